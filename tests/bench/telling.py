"""Synthetic readings as news has them: stories told by several outlets, each with its sources, chains and doubts.

`Telling(1000)` is a sequence of a thousand readings made when they are asked for, the same on every machine. An
article has eight claims: four of its story's, four of its own; a third is the outlet's own voice, the others are what
somebody says, or is said to have said. Names are spread as names are: a few are everywhere, most are rare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, overload

from kg.ids import DEFAULT_BASE, mint, within
from kg.model import (
    Article,
    Attribution,
    Block,
    Entity,
    Event,
    Mention,
    Reading,
    Realis,
    Role,
    Source,
    Span,
)

CLAIMS = 8  # an article
_TOLD_BY = 6  # articles a story
_OUTLETS, _SPEAKERS = 60, 5_000
_NAMES = 120  # of people, and of places, a story
_KINDS = (
    "Event", "Statement", "Meet", "Attack", "Detain", "Thank", "Invade", "Sanction", "Telephone", "Resign", "Elect",
    "Protest", "Die", "Appoint", "Acquire", "Sue",
)  # fmt: skip
_WORDS = "river market bridge harbour council railway budget border treaty convoy summit deadline festival".split()
_DAYS = tuple(f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 28))


class Telling(Sequence[Reading]):
    """The readings of so many articles."""

    def __init__(self, articles: int) -> None:
        self.articles = articles

    def __len__(self) -> int:
        return self.articles

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Reading]: ...
    def __getitem__(self, index: int | slice) -> Reading | Sequence[Reading]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(self.articles))]
        if not 0 <= index < self.articles:
            raise IndexError(index)
        return _reading(index, max(1, self.articles // _TOLD_BY))


def _chance(*parts: object) -> float:
    """A number from 0 to 1 that looks random and depends on the parts alone."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode("ascii"), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def _one_of(many: int, *parts: object) -> int:
    """One of so many, the first far more often than the last."""
    return int(many * _chance(*parts) ** 3)


def _word(*parts: object) -> str:
    number = int(_chance(*parts) * 10_000)
    return f"{_WORDS[number % len(_WORDS)]}{number}"


def _any_of(many: int, *parts: object) -> int:
    """One of so many, each as often."""
    return int(many * _chance(*parts))


class _Said(NamedTuple):
    """One sentence: the event's parts and where they stand in the text."""

    event: Event
    sentence: Span
    names: tuple[tuple[Span, Entity], ...]


def _thing(name: str, kind: str) -> Entity:
    iri = mint(DEFAULT_BASE, "entity", name)
    return Entity(iri=iri, label=name, kind="place" if kind == "place" else "person", same_as=(iri,))


def _sentence(iri: str, start: int, slot: int, names: int, seed: tuple[object, ...]) -> tuple[str, _Said]:
    """What is told in one sentence, which begins at `start`; the same words and names for the same seed."""
    often = _one_of if slot < CLAIMS // 2 else _any_of  # what is known everywhere would make all stories one
    agent = _thing(f"Person{often(names, 'a', *seed)}", "person")
    patient = _thing(f"Person{_any_of(names, 'b', *seed)}", "person")
    place = _thing(f"Place{_any_of(names, 'p', *seed)}", "place")
    kind = _KINDS[_one_of(len(_KINDS), "k", *seed)]
    words = " ".join(_word(number, *seed) for number in range(9))
    text, spans = "", []
    for part in (agent.label, " ", kind.lower(), " ", patient.label, " in ", place.label, f", {words}."):
        spans.append(Span(start + len(text), start + len(text) + len(part)))
        text += part
    by, _, trigger, _, to, _, where, _ = spans
    doubt = _chance("doubt", *seed)
    realis: Realis = "planned" if doubt < 0.06 else "possible" if doubt < 0.09 else "actual"
    day = _DAYS[int(_chance("day", *seed) * len(_DAYS))] if slot % 3 == 0 else None
    event = Event(
        iri=within(iri, "event", trigger.start, kind),
        kind=kind,
        lemma=kind.lower(),
        trigger=trigger,
        sentence=slot,
        roles=tuple(
            Role(name=name, span=span, head=span, entity=entity.iri)
            for name, span, entity in (("agent", by, agent), ("patient", to, patient), ("place", where, place))
        ),
        time=day,
        start=day,
        end=day and day[:8] + f"{int(day[8:]) + 1:02d}",
        time_basis="stated" if day else "",
        polarity="negative" if 0.1 < doubt < 0.14 else "positive",
        realis=realis,
    )
    return text, _Said(event, Span(start, start + len(text)), ((by, agent), (to, patient), (where, place)))


def _reading(number: int, stories: int) -> Reading:
    story, iri = number % stories, f"{DEFAULT_BASE}article/{number:016x}"
    lines: list[str] = []
    told: list[_Said] = []
    for slot in range(CLAIMS):
        seed = ("story", story, slot) if slot < CLAIMS // 2 else ("own", number, slot)
        line, said = _sentence(iri, sum(len(line) + 1 for line in lines), slot, _NAMES * stories, seed)
        lines.append(line)
        told.append(said)
    text, speakers = _speech(number, "\n".join(lines))
    outlet = f"Outlet {_one_of(_OUTLETS, 'outlet', number)}"
    named = [pair for said in told for pair in said.names] + [(span, entity) for span, entity in speakers]
    return Reading(
        article=Article(
            iri=iri,
            id=f"{number}.txt",
            text=text,
            sha256=f"{number:064x}",
            title=f"Report {number}",
            publisher=outlet,
            published=_DAYS[int(_chance("when", story) * len(_DAYS))],
            blocks=(Block(span=Span(0, len(text)), kind="paragraph"),),
        ),
        sentences=tuple(said.sentence for said in told),
        entities=tuple({entity.iri: entity for _, entity in named}.values()),
        mentions=tuple(
            Mention(span=span, head=span, kind=entity.kind, entity=entity.iri, form="name") for span, entity in named
        ),
        events=tuple(said.event for said in told),
        attributions=_attributions(iri, text, outlet, told, speakers),
    )


def _speech(number: int, text: str) -> tuple[str, list[tuple[Span, Entity]]]:
    """The text with its speakers at the end, and where they stand."""
    speakers = []
    for turn in range(3):
        name = f"Speaker{_one_of(_SPEAKERS, 'speaker', number, turn)}"
        text += "\n"
        speakers.append((Span(len(text), len(text) + len(name)), _thing(name, "person")))
        text += f"{name} said so."
    return text, speakers


def _attributions(
    iri: str, text: str, outlet: str, told: Sequence[_Said], speakers: Sequence[tuple[Span, Entity]]
) -> tuple[Attribution, ...]:
    """The outlet's own voice, two who are quoted, and a third whom the second of them quotes."""
    root = Attribution(
        iri=within(iri, "attribution", 0, len(text)),
        source=Source(span=None, entity=None, label=outlet),
        cue=None,
        content=(),
        events=tuple(said.event.iri for said in told[:3]),
    )
    found = [root]
    for turn, ((span, speaker), said) in enumerate(zip(speakers, (told[3:5], told[5:7], told[7:]), strict=True)):
        content = tuple(one.sentence for one in said)
        found.append(
            Attribution(
                iri=within(iri, "attribution", span.start, span.end),
                source=Source(span=span, entity=speaker.iri, label=speaker.label),
                cue=Span(span.end + 1, span.end + 5),
                content=content,
                verbatim=content[:1] if turn == 0 else (),
                events=tuple(one.event.iri for one in said),
                parent=found[-1].iri if turn == 2 else root.iri,
            )
        )
    return tuple(found)
