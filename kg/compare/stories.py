"""Stories: articles that share events; and what each outlet leaves out of a story that others tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.compare.claims import Claim, Claims
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Omission, Reading, Story


def stories(claims: Claims, readings: Sequence[Reading]) -> tuple[Story, ...]:
    """Articles joined by events that two or more of them tell; an article that shares none is no story."""
    unions = Unions()
    for told in claims.by_thing.values():
        telling = sorted({claim.reading.article.iri for claim in told})
        for other in telling[1:]:
            unions.join(telling[0], other)
    events: dict[str, set[str]] = defaultdict(set)
    for about, told in claims.by_thing.items():
        for claim in told:
            events[unions.root(claim.reading.article.iri)].add(about)
    found = []
    for articles in unions.groups():
        shared = events[unions.root(articles[0])]
        ordered = sorted(shared, key=lambda about: (_first_date(claims.by_thing[about]) or "9999", about))
        found.append(
            Story(
                iri=mint(base_of(articles[0]), "story", *articles),
                label=_label(shared, claims),
                articles=articles,
                events=tuple(ordered),
            )
        )
    return tuple(sorted(found, key=lambda story: story.iri))


def _first_date(told: Sequence[Claim]) -> str | None:
    stated = [claim.event.start for claim in told if claim.event.start and claim.event.time_basis == "stated"]
    return min(stated, default=None)


def _label(shared: set[str], claims: Claims) -> str:
    """The three names that most of the story's claims are about, and the type that most articles tell."""
    names: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for about in sorted(shared):
        told = claims.by_thing[about]
        for claim in told:
            names.update({entity.label for role in claim.event.roles for _, entity in claim.named(role)})
        kinds[told[0].event.kind] += len({claim.reading.article.iri for claim in told}) - 1
    del kinds["Event"], kinds["Statement"]
    top = sorted(names, key=lambda name: (-names[name], name))[:3]
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind), default="")
    return ", ".join(top) + (f": {kind}" if kind else "")


def omissions(claims: Claims, told: Sequence[Story]) -> tuple[Omission, ...]:
    """Events of a story with a named participant that some of its outlets have and others lack."""
    found = []
    for story in told:
        outlets = _outlets(story, claims)
        for about in story.events:
            behind = claims.by_thing[about]
            having = {claim.outlet for claim in behind}
            lacking = outlets - having
            if lacking and _worth_telling(behind):
                first = min(behind, key=lambda claim: claim.event.iri)
                found.append(
                    Omission(
                        story=story.iri,
                        about=about,
                        outlets=tuple(sorted(having)),
                        lacking=tuple(sorted(lacking)),
                        sides=(first.side(first.reading.sentences[first.event.sentence], first.event.lemma),),
                    )
                )
    return tuple(found)


def _outlets(story: Story, claims: Claims) -> set[str]:
    return {claim.outlet for about in story.events for claim in claims.by_thing[about]}


def _worth_telling(behind: Sequence[Claim]) -> bool:
    """A saying alone is no event of the story; an event without any name in it cannot be looked for."""
    claim = behind[0]
    named: Mapping[str, object] = {iri: entity for role in claim.event.roles for iri, entity in claim.named(role)}
    return claim.event.kind != "Statement" and bool(named)
