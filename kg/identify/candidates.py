"""Which pairs of events are worth a comparison.

Sorted neighbourhoods (Hernández & Stolfo 1995): events that share a blocking key are laid out by date and IRI,
and each is compared with its next few neighbours only, so that cost grows with the number of events and not
with its square. A cluster larger than the window is still found, link by link.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from kg.identify.features import EventFeatures
from kg.identify.kin import kindred

Item = TypeVar("Item")

WINDOW = 16  # neighbours a key; half of it loses merges, twice of it only costs time


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
    for kin in kindred(event.kind).values():
        if not kin.contrary:
            yield kin.name
        for participant in event.roles.get(kin.role, ()):
            yield f"{kin.name}\x1f{participant}"


def block_keys(event: EventFeatures) -> Iterator[int]:
    """The blocks that an event stands in, as numbers of 64 bits."""
    return map(_hashed, blocking_keys(event))


@lru_cache(maxsize=1 << 16)
def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
