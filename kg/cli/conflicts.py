"""Disagreements on the terminal: the explanation, and each side's words where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.cli.screen import line, say
from kg.model import Disagreement, Side

_AROUND = 60  # characters shown on either side of the words that differ
_SEVERITY = {"high": 0, "medium": 1, "low": 2}


def print_conflicts(found: Iterable[Disagreement], texts: Mapping[str, str]) -> None:
    """The disagreements, the gravest first, refinements last. `texts` are the articles' by IRI."""
    for one in sorted(found, key=lambda one: (one.type == "refinement", _SEVERITY[one.severity], one.iri)):
        say(f"{one.type} ({one.severity}): {line(one.explanation)}")
        for side in one.sides:
            who = " <- ".join(dict.fromkeys(part for part in (side.publisher, side.source) if part))
            say(f"  {line(who) or 'unknown outlet'} [{line(side.value)}]: {line(_in_place(side, texts[side.article]))}")
        say()


def _in_place(side: Side, text: str) -> str:
    """The side's words in guillemets, with what stands around them on their line."""
    start = max(text.rfind("\n", 0, side.span.start) + 1, side.span.start - _AROUND)
    end = text.find("\n", side.span.end)
    end = min(len(text) if end < 0 else end, side.span.end + _AROUND)
    before, after = text[start : side.span.start], text[side.span.end : end]
    if start and text[start - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if end < len(text) and text[end] != "\n":
        after = after.rpartition(" ")[0] + "…"
    return f"{before}«{side.quote}»{after}"
