"""Reads "21 degrees" as an event of the type "Temperature": an example of an extractor in a package of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from kg.ids import within
from kg.model import Event, Reading, Role, Span

_DEGREES = re.compile(r"\b(\d+) degrees\b")


class _Weather:
    name = "weather"

    def extract(self, reading: Reading) -> Reading:
        found = tuple(_event(reading, match) for match in _DEGREES.finditer(reading.article.text))
        return replace(reading, events=reading.events + found)


def _event(reading: Reading, match: re.Match[str]) -> Event:
    trigger = Span(*match.span())
    number = Span(*match.span(1))
    return Event(
        iri=within(reading.article.iri, "event", trigger.start, trigger.end, "Temperature"),
        kind="Temperature",
        lemma="degree",
        trigger=trigger,
        sentence=bisect_right(reading.sentences, trigger.start, key=lambda sentence: sentence.start) - 1,
        roles=(Role(name="amount", span=number, head=number),),
    )


EXTRACTOR = _Weather()
