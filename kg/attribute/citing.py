"""Who relays whose words with "cite" and "quote", "according to": two links of a chain with one content.

    Reuters reported, citing two officials, that the talks had failed.
    The talks had failed, Reuters quoted the minister as saying.
    The minister, quoted by Reuters, said the talks had failed.
    The talks had failed, the minister said, as quoted by Reuters.

Each of the two is a saying; the one that is relayed knows the head of the other (`Saying.relay`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.attribute import sources
from kg.attribute.prose import DOCUMENTS, Prose, Run, Saying

_CITING = frozenset({"cite", "quote"})


def cited(prose: Prose, found: Sequence[Saying]) -> tuple[Saying, ...]:
    """The sayings, with what is relayed under who relays it."""
    apart = [_apart(prose, saying, found) for saying in found]
    told = [link for saying in apart for said in _as_quoted(prose, saying) for link in _as_saying(prose, said)]
    told.sort(key=lambda saying: (saying.cue.first, -saying.cue.last))
    quoting = [saying for saying in told if _cites(prose, saying.head)]
    return tuple(_relayed(prose, _relaying(prose, _citing(prose, saying, told), told), quoting) for saying in told)


def _cites(prose: Prose, token: int) -> bool:
    return prose.tokens[token].pos == "VERB" and prose.tokens[token].lemma.lower() in _CITING


def _covers(runs: Sequence[Run], token: int) -> bool:
    return any(run.first <= token <= run.last for run in runs)


# --- Reuters reported, citing two officials -----------------------------------------------------------------


def _citing(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Saying:
    """Not what is cited is said there, but on the word of who is cited what the same source says beside it."""
    voice = _voice(prose, saying)
    host = next(_hosts(prose, saying, found), None) if voice is not None else None
    if voice is None or host is None:
        return saying
    phrase = (run for run in saying.content if _covers((run,), voice))
    source = next(phrase, sources.noun_phrase(prose, voice))
    return replace(
        saying, kind="say", source=source, source_head=voice, content=host.content, frame=host.frame, relay=host.head
    )


def _voice(prose: Prose, saying: Saying) -> int | None:
    """The head of who or what is cited, if that can speak."""
    if not _cites(prose, saying.head) or _as(prose, saying.head) is not None:
        return None
    voice = prose.child(saying.head, "dobj")
    known = voice is not None and (voice in prose.voices or prose.tokens[voice].lemma in DOCUMENTS)
    return voice if known else None


def _hosts(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Iterator[Saying]:
    """What the same source says in the same sentence, in a clause of its own; what stands nearest first."""
    if saying.source_head is None:
        return
    source = sources.antecedent(prose, saying.source_head)
    for other in sorted(found, key=lambda other: (abs(other.head - saying.head), other.head)):
        said = other is not saying and other.kind == "say" and other.clausal and not _cites(prose, other.head)
        if said and other.source_head is not None and not _covers(other.content, saying.head):
            same = sources.antecedent(prose, other.source_head) == source
            if same and _covers((prose.sentence(saying.head),), other.head):
                yield other


# --- the talks had failed, Reuters quoted the minister as saying --------------------------------------------


def _as(prose: Prose, verb: int) -> int | None:
    """The participle of "quoted as saying"."""
    for child in prose.parse.children[verb]:
        if prose.tokens[child].text.lower() == "as":
            return prose.child(child, "pcomp")
    return None


def _as_saying(prose: Prose, saying: Saying) -> Iterator[Saying]:
    """What is quoted, and before the quoting verb, is also the word of who is quoted."""
    yield saying
    participle, voice = _as(prose, saying.head), prose.child(saying.head, "dobj")
    fronted = saying.clausal and saying.content and saying.content[-1].last < saying.head
    if _cites(prose, saying.head) and participle is not None and voice is not None and fronted:
        yield replace(
            saying,
            head=participle,
            cue=Run(participle, participle),
            source=sources.noun_phrase(prose, voice, stop=participle - 1),
            source_head=voice,
            relay=saying.head,
        )


def _as_quoted(prose: Prose, saying: Saying) -> Iterator[Saying]:
    """Who is told to have quoted, behind what somebody says: "..., the minister said, as quoted by Reuters"."""
    last = prose.sentence(saying.head).last if saying.clausal and saying.source_head is not None else saying.head
    for verb in range(saying.head + 1, last):
        by = prose.child(verb, "agent") if _cites(prose, verb) else None
        agent = prose.child(by, "pobj") if by is not None else None
        first = prose.parse.left[verb]
        if agent is not None and prose.tokens[first].text.lower() == "as":
            content = tuple(run for run in saying.content if run.last < first)
            source = sources.noun_phrase(prose, agent)
            if content:
                cue = Run(verb, verb)
                yield replace(saying, head=verb, cue=cue, source=source, source_head=agent, content=content)
                yield replace(saying, content=content, relay=verb)
                return
    yield saying


# --- the minister, quoted by Reuters, said ------------------------------------------------------------------


def _relaying(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Saying:
    """Who quotes somebody relays what that one says."""
    for other in found if _cites(prose, saying.head) else ():
        if _is_relayed_by(prose, other, saying):
            return replace(saying, kind="say", content=other.content, frame=other.frame)
    return saying


def _relayed(prose: Prose, saying: Saying, quoting: Sequence[Saying]) -> Saying:
    for other in quoting:
        if _is_relayed_by(prose, saying, other):
            return replace(saying, relay=other.head)
    return saying


def _is_relayed_by(prose: Prose, saying: Saying, other: Saying) -> bool:
    """Whether the other, which quotes, does so by a passive verb whose subject is the source of a saying."""
    return (
        saying is not other
        and other.source_head is not None
        and not other.clausal
        and prose.child(other.head, "agent") is not None
        and saying.clausal
        and saying.source_head is not None
        and _covers(other.content, saying.source_head)
        and _covers((prose.sentence(saying.head),), other.head)
    )


# --- the minister said, according to Reuters ----------------------------------------------------------------


def _apart(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Saying:
    """A content without the words that tell who relays it."""
    if len(saying.content) < 2:
        return saying
    relays = [other.head for other in found if other is not saying and _covers(other.content, saying.head)]
    kept = tuple(run for run in saying.content if not any(run.first == head for head in relays))
    return replace(saying, content=kept) if kept and len(kept) < len(saying.content) else saying
