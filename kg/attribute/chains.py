"""Chains: which attribution relays which, and which attribution an event hangs under.

A saying whose cue stands inside another's content is relayed by it ("Russian media cited the FSB as saying"), and so
is one that is cited for the same content ("Reuters reported, citing the FSB").
A saying whose source is the relaying source itself ("he said he hopes", "“I think”") adds no link to the chain:
what it does to the content is left to factuality.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.attribute import sources
from kg.attribute.prose import DOCUMENTS, Prose, Saying

_RELAYING = frozenset({"say", "relay", "show", "think", "deny", "accuse", "credit"})
_ACTING = frozenset({"promise", "ask", "order", "urge", "offer", "refuse"})
_NO_ONE = frozenset(
    "i we me us myself ourselves you anyone anybody everyone everybody someone somebody nobody people what that".split()
)


def covers(saying: Saying, token: int) -> bool:
    """Whether a token stands inside the content of a saying."""
    return any(run.first <= token <= run.last for run in saying.content)


def innermost(found: Sequence[Saying], size: int) -> list[int | None]:
    """For each of `size` tokens the index of the smallest saying whose content covers it, if any."""
    owner: list[int | None] = [None] * size
    for index in sorted(
        range(len(found)), key=lambda index: (-_size(found[index]), found[index].relay is not None, index)
    ):
        for run in found[index].content:
            owner[run.first : run.last + 1] = [index] * (run.last - run.first + 1)
    return owner


def parents(found: Sequence[Saying], size: int) -> list[int | None]:
    """For each saying the index of the innermost other one whose content covers its cue, if any."""
    owner = innermost(found, size)
    result: list[int | None] = []
    at = {saying.head: index for index, saying in enumerate(found)}
    for index, saying in enumerate(found):
        parent = at.get(saying.relay, owner[saying.head]) if saying.relay is not None else owner[saying.head]
        mutual = parent is not None and (parent == index or covers(saying, found[parent].head))
        result.append(None if mutual else parent)
    return result


def linked(prose: Prose, found: Sequence[Saying], same: Callable[[int, int], bool]) -> list[Saying]:
    """The sayings that are links of a chain: outermost ones, and inner ones with a source of their own.

    `same(a, b)` tells whether two source heads denote one entity.
    """
    kept = list(found)
    while True:
        above = parents(kept, len(prose.tokens))
        rest = [
            saying
            for saying, parent in zip(kept, above, strict=True)
            if parent is None or saying.relay is not None or _adds_a_link(prose, saying, kept[parent], same)
        ]
        if len(rest) == len(kept):
            return kept
        kept = rest


def _adds_a_link(prose: Prose, inner: Saying, outer: Saying, same: Callable[[int, int], bool]) -> bool:
    """Whether an inner saying is told as having been said, by somebody else than the outer source."""
    tokens = prose.tokens
    if inner.source_head is None:
        return False
    reported = tokens[outer.head].text.lower() == "according" and inner.kind in _ACTING
    if not reported and (inner.kind not in _RELAYING or not (inner.clausal or inner.frame == "obj@")):
        return False
    if tokens[inner.source_head].text.lower() in _NO_ONE:
        return False
    if inner.kind == "show" and not _speaks(prose, sources.antecedent(prose, inner.source_head)):
        return False
    if any(tokens[i].tag in {"TO", "MD"} for i in range(inner.cue.first, inner.cue.last + 1)):
        return False
    return outer.source_head is None or not same(inner.source_head, outer.source_head)


def _speaks(prose: Prose, head: int) -> bool:
    """Whether what shows something says it as well: a survey, not a video or a defeat."""
    return head in prose.voices or prose.tokens[head].lemma.lower() in DOCUMENTS


def _size(saying: Saying) -> int:
    return sum(run.last - run.first + 1 for run in saying.content)
