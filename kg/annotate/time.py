"""Time expressions: found by table and parse, normalised to TIMEX3 against the article's date."""

from __future__ import annotations

from kg.model import Reading, TimeExpression


def time_expressions(reading: Reading) -> tuple[TimeExpression, ...]:
    """All time expressions of the prose, in text order."""
    return ()
