"""Which pairs of events are worth a comparison.

Sorted neighbourhoods (Hernández & Stolfo 1995): events that share a blocking key are laid out by date and IRI,
and each is compared with its next few neighbours only, so that cost grows with the number of events and not
with its square. A cluster larger than the window is still found, link by link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.identify.features import CorpusFeatures, EventFeatures

WINDOW = 16  # neighbours a key; half of it loses merges, twice of it only costs time


def candidate_pairs(features: CorpusFeatures) -> Iterator[tuple[EventFeatures, EventFeatures]]:
    """Pairs (a, b) with a.iri < b.iri, each once."""
    blocks: dict[str, list[EventFeatures]] = defaultdict(list)
    for event in features.events:
        for key in _keys(event):
            blocks[key].append(event)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        row = sorted(blocks[key], key=lambda event: (event.published, event.iri))
        for position, one in enumerate(row):
            for other in row[position + 1 : position + 1 + WINDOW]:
                first, second = (one, other) if one.iri < other.iri else (other, one)
                if (first.iri, second.iri) not in seen:
                    seen.add((first.iri, second.iri))
                    yield first, second


def _keys(event: EventFeatures) -> Iterator[str]:
    for family in {event.family, "lemma:" + event.stem}:
        yield family
        for participant in event.participants:
            yield f"{family}\x1f{participant}"
