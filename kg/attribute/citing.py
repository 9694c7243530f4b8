"""Whom a source cites for what it says: "Reuters reported, citing two officials, that the talks had failed".

The one who is cited is a link of the chain of its own, relayed by the one who cites: what is said is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.attribute import sources
from kg.attribute.prose import Prose, Saying

_CITING = frozenset({"cite", "quote"})
_DOCUMENTS = frozenset(
    "report statement document dossier memo letter email cable transcript filing record study survey poll data figure "
    "interview source website broadcast".split()
)  # they speak; "reasons" or "concerns" do not


def cited(prose: Prose, found: Sequence[Saying]) -> tuple[Saying, ...]:
    """The sayings, where a source cites for a saying of its own that of the one who is cited."""
    return tuple(_cited(prose, saying, found) for saying in found)


def _cited(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Saying:
    voice = _voice(prose, saying)
    host = next(_hosts(prose, saying, found), None) if voice is not None else None
    if voice is None or host is None:
        return saying
    phrase = (run for run in saying.content if run.first <= voice <= run.last)
    source = next(phrase, sources.noun_phrase(prose, voice))
    return replace(
        saying, kind="say", source=source, source_head=voice, content=host.content, frame=host.frame, relay=host.head
    )


def _voice(prose: Prose, saying: Saying) -> int | None:
    """The head of who or what is cited, if that can speak."""
    tokens = prose.tokens
    if tokens[saying.head].lemma.lower() not in _CITING or tokens[saying.head].pos != "VERB":
        return None
    children = prose.parse.children[saying.head]
    if any(tokens[child].text.lower() == "as" for child in children):  # "quoted her as saying": found by its own verb
        return None
    voice = prose.child(saying.head, "dobj")
    return voice if voice is not None and (voice in prose.voices or tokens[voice].lemma in _DOCUMENTS) else None


def _hosts(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Iterator[Saying]:
    """What the same source says in the same sentence, in a clause of its own; what stands nearest first."""
    if saying.source_head is None:
        return
    source, sentence = sources.antecedent(prose, saying.source_head), prose.sentence(saying.head)
    for other in sorted(found, key=lambda other: (abs(other.head - saying.head), other.head)):
        said = other is not saying and other.kind == "say" and other.clausal and other.source_head is not None
        if said and other.source_head is not None and sentence.first <= other.head <= sentence.last:
            outside = not any(run.first <= saying.head <= run.last for run in other.content)
            if outside and sources.antecedent(prose, other.source_head) == source:
                yield other
