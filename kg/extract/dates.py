"""The date of an event: its own time expression, else a bound from the tense and the article's date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Article, Parse, TimeExpression


class EventDate(NamedTuple):
    """When an event takes place, as far as the article says.

    `value` is the TIMEX3 value of its own expression (None without one); `start` and `end` are ISO dates or
    date-times of the half-open interval, either None where unbounded; `basis` is "stated", "not-after" (past
    tense: before the article's day ends), "not-before" (future: from the article's day on) or "" (unknown).
    """

    value: str | None = None
    start: str | None = None
    end: str | None = None
    basis: str = ""


def date_event(trigger: int, parse: Parse, times: Sequence[TimeExpression], article: Article) -> EventDate:
    """The date of the event whose trigger is token `trigger` of `parse`; `times` are the reading's."""
    return EventDate()
