"""The extract step: events with typed roles, and stated relations.

    parse, times, mentions, entities -> events, relations

What extracts them are plug-ins (`kg.extract.registry`); ours are `events` and `relations`.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.coverage import coverage
from kg.extract.registry import Extractor, extractors
from kg.model import Reading

__all__ = ["Extractor", "coverage", "extract", "extractors"]


def extract(reading: Reading) -> Reading:
    """Fill `events` and `relations`, both in text order, by every installed extractor in turn."""
    for extractor in extractors():
        reading = extractor.extract(reading)
    return replace(
        reading,
        events=tuple(sorted(reading.events, key=lambda event: (event.trigger, event.iri))),
        relations=tuple(sorted(reading.relations, key=lambda each: (each.span, each.name, each.iri))),
    )
