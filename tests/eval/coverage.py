"""How much of the text yields something: sentences with an event, events with a role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.model import Event, Reading, Span
from tests.eval.cat import Document
from tests.eval.figures import Figure

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(slots=True)
class Coverage:
    """Counts of all articles so far."""

    finite: int = 0
    with_event: int = 0
    events: int = 0
    with_role: int = 0

    def add(
        self, document: Document, reading: Reading, sentences: Collection[int], triggers: Mapping[int, Event]
    ) -> None:
        """Count the gold's own sentences of these numbers; `triggers` are our events in them, by gold token."""
        finite = {
            document.sentence_of[tokens[0]]
            for token in reading.parse.tokens
            if token.tag in FINITE and (tokens := document.text.tokens(Span(token.start, token.end)))
        }
        finite &= set(sentences)
        self.finite += len(finite)
        self.with_event += len(finite & {document.sentence_of[token] for token in triggers})
        self.events += len(triggers)
        self.with_role += sum(bool(event.roles) for event in triggers.values())

    def figures(self, name: str) -> list[Figure]:
        return [
            _share(f"  {name}.sentences_covered", self.with_event, self.finite, "sentences with a finite verb"),
            _share(f"  {name}.events_with_role", self.with_role, self.events, "events"),
        ]


def _share(key: str, part: int, whole: int, of: str) -> Figure:
    return Figure(key=key, value=part / whole if whole else None, detail=f"({part} of {whole} {of})", listed=False)
