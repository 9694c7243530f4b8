"""How usual a type of event or a word is in news: `seeds/shares.tsv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from kg.files import seeds

LEAST = 0.02  # of all articles: the share of what the table does not know


def share(what: str, name: str, unknown: float = LEAST) -> float:
    """In what share of news articles an event of a "type", or with a "stem", or a "word" stands."""
    return _shares().get((what, name), unknown)


@cache
def _shares() -> Mapping[tuple[str, str], float]:
    with seeds("shares.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["what"], row["name"]): float(row["share"]) for row in rows}
