"""Which pairs of events are worth a comparison.

Sorted neighbourhoods (Hernández & Stolfo 1995): events that share a blocking key are laid out by date and IRI,
and each is compared with its next few neighbours only, so that cost grows with the number of events and not
with its square. A cluster larger than the window is still found, link by link.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from kg.identify.features import CorpusFeatures, EventFeatures

Item = TypeVar("Item")

WINDOW = 16  # neighbours a key; half of it loses merges, twice of it only costs time


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """The blocks of all events: rows of places in `events`, by key, each laid out by (published, IRI)."""

    events: Sequence[EventFeatures]  # by IRI, so that the order of places is the order of IRIs
    rows: Mapping[str, Sequence[int]]
    _laid_out: dict[str, dict[int, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {event.iri: place for place, event in enumerate(self.events)}

    def parted(self, standing: Set[str]) -> Iterator[tuple[str, str]]:
        """Pairs of IRIs, in order, of events that what is not of `standing` articles has parted in some block."""
        stands = [event.article in standing for event in self.events]
        for row in self.rows.values():
            if all(stands[place] for place in row):
                continue
            old = [(number, place) for number, place in enumerate(row) if stands[place]]
            for (earlier, one), (later, other) in neighbours(old):
                if later - earlier > WINDOW:
                    yield self.events[min(one, other)].iri, self.events[max(one, other)].iri

    def are_near(self, one: str, other: str) -> bool:
        """Whether two events, by their IRIs, are neighbours in some block."""
        places = self._places[one], self._places[other]
        left, right = (set(blocking_keys(self.events[place])) for place in places)
        return any(abs(self._number(key, places[0]) - self._number(key, places[1])) <= WINDOW for key in left & right)

    def _number(self, key: str, place: int) -> int:
        row = self._laid_out.get(key)
        if row is None:
            row = self._laid_out[key] = {place: number for number, place in enumerate(self.rows[key])}
        return row[place]


def blocks(features: CorpusFeatures) -> Blocks:
    """The blocks that events stand in."""
    events = features.events
    rows: dict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(events)), key=lambda place: (events[place].published, place)):
        for key in blocking_keys(events[place]):
            rows[key].append(place)
    return Blocks(events=events, rows=rows)


def candidate_pairs(
    blocks: Blocks, standing: Set[str] = frozenset()
) -> Iterator[tuple[EventFeatures, EventFeatures]]:
    """Pairs (a, b) with a.iri < b.iri, each once; without those of two articles that are `standing`."""
    events = blocks.events
    stands = [event.article in standing for event in events] if standing else None
    seen: set[int] = set()
    for key in sorted(blocks.rows):
        row = blocks.rows[key]
        if stands and all(stands[place] for place in row):
            continue
        for one, other in neighbours(row):
            first, second = (one, other) if one < other else (other, one)
            pair = first * len(events) + second
            if pair not in seen and not (stands and stands[first] and stands[second]):
                seen.add(pair)
                yield events[first], events[second]


def neighbours(row: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Each item of a block, laid out by (published, IRI), with each of those just before it."""
    before: deque[Item] = deque(maxlen=WINDOW)
    for item in row:
        for other in before:
            yield other, item
        before.append(item)


def blocking_keys(event: EventFeatures) -> Iterator[str]:
    """The blocks that an event stands in."""
    for family in {event.family, "lemma:" + event.stem}:
        yield family
        for participant in event.participants:
            yield f"{family}\x1f{participant}"
