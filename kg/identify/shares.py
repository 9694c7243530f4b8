"""How usual a type of event or a word is in news: `seeds/shares.tsv` (made by `python -m tests.eval.shares`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from kg.files import seeds

LEAST = 0.02  # of all articles: the share of what the table does not know


def share(what: str, name: str, unknown: float = LEAST) -> float:
    """The share of news articles, 0 to 1, with an event of that "type" or "stem", or with that "word" (as a stem)."""
    return _shares().get((what, name), unknown)


@cache
def _shares() -> Mapping[tuple[str, str], float]:
    with seeds("shares.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["what"], row["name"]): float(row["share"]) for row in rows}
