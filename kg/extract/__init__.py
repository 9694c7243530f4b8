"""The extract step: events with typed roles, and stated relations.

    parse, times, mentions, entities -> events, relations
"""

from __future__ import annotations

from kg.extract.events import extract_events
from kg.model import Reading


def extract(reading: Reading) -> Reading:
    """Fill `events` and `relations`."""
    return extract_events(reading)
