"""Stories: articles that share events; and what each outlet leaves out of a story that others tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.compare.claims import Claim, Claims
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Omission, Side, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a story needs to know of one thing. `first` is its earliest stated date, `names` counts the claims that
    name each label, `side` is one telling of it where it is worth telling that an outlet lacks it."""

    about: str
    kind: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    first: str | None
    names: Mapping[str, int]
    side: Side | None


def told_of(about: str, claims: Sequence[Claim]) -> Told:
    """All that a story needs to know of one thing, from the claims about it."""
    stated = [claim.event.start for claim in claims if claim.event.start and claim.event.time_basis == "stated"]
    names: Counter[str] = Counter()
    for claim in claims:
        names.update({entity.label for role in claim.event.roles for _, entity in claim.named(role)})
    first = min(claims, key=lambda claim: claim.event.iri)
    side = first.side(first.reading.sentences[first.event.sentence], first.event.lemma)
    return Told(
        about=about,
        kind=claims[0].event.kind,
        articles=tuple(sorted({claim.reading.article.iri for claim in claims})),
        outlets=tuple(sorted({claim.outlet for claim in claims})),
        first=min(stated, default=None),
        names=names,
        side=side if _worth_telling(claims[0]) else None,
    )


def _worth_telling(claim: Claim) -> bool:
    """A saying alone is no event of the story; an event without any name in it cannot be looked for."""
    named = any(claim.named(role) for role in claim.event.roles)
    return claim.event.kind != "Statement" and named


def stories(claims: Claims) -> tuple[tuple[Story, ...], tuple[Omission, ...]]:
    """Articles joined by events that two or more of them tell, with what their outlets leave out; an article that
    shares none is no story."""
    unions = Unions()
    telling = {about: sorted({claim.reading.article.iri for claim in told}) for about, told in claims.by_thing.items()}
    for articles in telling.values():
        for other in articles[1:]:
            unions.join(articles[0], other)
    by_root: dict[str, list[str]] = defaultdict(list)
    for about, articles in telling.items():
        by_root[unions.root(articles[0])].append(about)
    found = [
        story(told_of(about, claims.by_thing[about]) for about in by_root[unions.root(articles[0])])
        for articles in unions.groups()
    ]
    found.sort(key=lambda pair: pair[0].iri)
    return tuple(one for one, _ in found), tuple(omission for _, omissions in found for omission in omissions)


def story(things: Iterable[Told]) -> tuple[Story, tuple[Omission, ...]]:
    """The story that the articles of these things tell together, and its omissions: things with a named participant
    that some of its outlets have and others lack."""
    ordered = sorted(things, key=lambda thing: (thing.first or "9999", thing.about))
    articles = tuple(sorted({article for thing in ordered for article in thing.articles}))
    outlets = {outlet for thing in ordered for outlet in thing.outlets}
    told = Story(
        iri=mint(base_of(articles[0]), "story", *articles),
        label=_label(ordered),
        articles=articles,
        events=tuple(thing.about for thing in ordered),
        outlets=tuple(sorted(outlets)),
    )
    left_out = ((thing, tuple(sorted(outlets.difference(thing.outlets)))) for thing in ordered)
    return told, tuple(
        Omission(story=told.iri, about=thing.about, outlets=thing.outlets, lacking=lacking, sides=(thing.side,))
        for thing, lacking in left_out
        if lacking and thing.side
    )


def _label(things: Iterable[Told]) -> str:
    """The three names that most of the story's claims are about, and the type that most articles tell."""
    names: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for thing in things:
        names.update(thing.names)
        kinds[thing.kind] += len(thing.articles) - 1
    del kinds["Event"], kinds["Statement"]
    top = sorted(names, key=lambda name: (-names[name], name))[:3]
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind), default="")
    return ", ".join(top) + (f": {kind}" if kind else "")
