"""Chains: which attribution relays which, and which attribution an event hangs under.

A saying whose cue stands inside another's content is relayed by it ("Russian media cited the FSB as saying").
A saying whose source is the relaying source itself ("he said he hopes", "“I think”") adds no link to the chain:
what it does to the content is left to factuality.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.attribute.prose import Prose, Run, Saying

_RELAYING = frozenset(
    {"say", "relay", "show", "think", "know", "deny", "accuse", "praise", "suspect", "promise", "describe"}
)
_SELF = frozenset({"i", "we", "me", "us", "myself", "ourselves", "you"})


def covers(saying: Saying, token: int) -> bool:
    """Whether a token stands inside the content of a saying."""
    return any(run.first <= token <= run.last for run in saying.content)


def parents(found: Sequence[Saying]) -> list[int | None]:
    """For each saying the index of the innermost other one whose content covers its cue, if any."""
    result: list[int | None] = []
    for index, saying in enumerate(found):
        around = [
            other
            for other, each in enumerate(found)
            if other != index and covers(each, saying.head) and not covers(saying, each.head)
        ]
        result.append(min(around, key=lambda other: _size(found[other]), default=None))
    return result


def innermost(found: Sequence[Saying], token: int) -> int | None:
    """The index of the smallest saying whose content covers a token."""
    around = [index for index, saying in enumerate(found) if covers(saying, token)]
    return min(around, key=lambda index: _size(found[index]), default=None)


def linked(prose: Prose, found: Sequence[Saying], same: Callable[[int, int], bool]) -> list[Saying]:
    """The sayings that are links of a chain: outermost ones, and inner ones with a source of their own.

    `same(a, b)` tells whether two source heads denote one entity.
    """
    kept = list(found)
    while True:
        above = parents(kept)
        rest = [
            saying
            for saying, parent in zip(kept, above, strict=True)
            if parent is None or _adds_a_link(prose, saying, kept[parent], same)
        ]
        if len(rest) == len(kept):
            return kept
        kept = rest


def _adds_a_link(prose: Prose, inner: Saying, outer: Saying, same: Callable[[int, int], bool]) -> bool:
    if inner.kind not in _RELAYING or inner.source_head is None or not (inner.clausal or inner.frame == "obj@"):
        return False
    if prose.tokens[inner.source_head].text.lower() in _SELF:
        return False
    return outer.source_head is None or not same(inner.source_head, outer.source_head)


def _size(saying: Saying) -> int:
    return sum(run.last - run.first + 1 for run in saying.content)


def overlapping(first: Run, second: Run) -> bool:
    """Whether two runs share a token."""
    return first.first <= second.last and second.first <= first.last
