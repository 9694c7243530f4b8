"""Several gazetteers as one: what one lacks the next may have, and a thing that two know is one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.gazetteer.base import Gazetteer, Sense, ordered
from kg.gazetteer.row import Office, Row


class Chain(Gazetteer):
    """Gazetteers in order: of two rows with the same Wikidata id the earlier stands for both."""

    def __init__(self, links: tuple[Gazetteer, ...]) -> None:
        self.links = links
        self.problems = tuple(problem for link in links for problem in link.problems)

    def senses(self, names: Iterable[str]) -> Mapping[str, tuple[Sense, ...]]:
        names = list(names)
        found: dict[str, list[Sense]] = {}
        for link in self.links:
            for name, senses in link.senses(names).items():
                found.setdefault(name, []).extend(Sense(self._first(row), how) for row, how in senses)
        return {name: _one_each(senses) for name, senses in found.items()}

    def reach(self, words: Iterable[str]) -> Mapping[str, int]:
        words = list(words)
        reaches = [link.reach(words) for link in self.links]
        return {word: most for word in words if (most := max(reach.get(word, 0) for reach in reaches))}

    def holders(self, title: str) -> tuple[tuple[Row, Office], ...]:
        held = (pair for link in self.links for pair in link.holders(title))
        return tuple(dict.fromkeys((self._first(row), office) for row, office in held))

    def of_class(self, cls: str, country: str) -> tuple[Row, ...]:
        return self._rows(row for link in self.links for row in link.of_class(cls, country))

    def at_domain(self, domain: str) -> tuple[Row, ...]:
        return self._rows(row for link in self.links for row in link.at_domain(domain))

    def by_qid(self, qid: str) -> Row | None:
        return next((row for link in self.links if (row := link.by_qid(qid))), None)

    def _rows(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(dict.fromkeys(map(self._first, rows)))

    def _first(self, row: Row) -> Row:
        return (self.by_qid(row.qid) if row.qid else None) or row


def _one_each(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    """Each row once, in the best way in which it is named."""
    best: dict[Row, Sense] = {}
    for sense in ordered(senses):
        best.setdefault(sense.row, sense)
    return tuple(best.values())
