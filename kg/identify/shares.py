"""How usual a type of event or a word is in news: `seeds/shares.tsv` (made by `python -m tests.eval.shares`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Literal

from kg.errors import SeedError
from kg.files import seeds

LEAST = 0.02  # of all articles: the share of what the table does not know


def share(what: Literal["type", "stem", "word"], name: str, unknown: float = LEAST) -> float:
    """The share of news articles, 0 to 1, with an event of that "type" or "stem", or with that "word" (as a stem).

    Raises `SeedError` with the line of a wrong row.
    """
    return _shares().get((what, name), unknown)


@cache
def _shares() -> Mapping[tuple[str, str], float]:
    path = seeds("shares.tsv")
    found: dict[tuple[str, str], float] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            try:
                found[row["what"], row["name"]] = float(row["share"])
            except (KeyError, TypeError, ValueError):
                raise SeedError(f"needs what, name and share, has {dict(row)}", file=str(path), line=line) from None
    return found
