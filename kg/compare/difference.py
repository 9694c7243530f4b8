"""One difference between tellings of a thing, before it is a disagreement of the graph."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import DisagreementType, Severity, Side

MOST_VALUES = 20  # of one thing; beyond that the first ones tell the story


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Values that stand against each other, each with one side that says so."""

    type: DisagreementType
    severity: Severity
    explanation: str
    sides: tuple[Side, ...]


def says(side: Side) -> str:
    """Who says it, for an explanation: the source, through the outlet that prints it."""
    outlet = side.publisher or "one report"
    return f"{side.source}, in {outlet}," if side.source else outlet
