"""Stories: articles that tell the same things; and what each outlet leaves out of a story that others tell."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from kg.compare.claims import Claim
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Omission, Side, Story

SHARED = 20  # two articles tell one story where they share one in so many of the things that the shorter tells, or more
_BESIDE = 50  # articles that each is held against, of those that tell a thing with it: famous things have a bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a story needs to know of one thing as one article tells it. `event` is the first of its events there,
    `first` the earliest stated date, `names` counts the claims that name each label, `side` is one telling of it
    where it is worth telling that an outlet lacks it."""

    about: str
    article: str
    outlet: str
    event: str
    kind: str
    first: str | None
    names: Mapping[str, int]
    side: Side | None


def told_of(about: str, claims: Iterable[Claim]) -> list[Told]:
    """What a story needs to know of one thing, from the claims about it: one for each article, in their order."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.reading.article.iri].append(claim)
    return [_told(about, article, found) for article, found in sorted(by_article.items())]


def _told(about: str, article: str, claims: Sequence[Claim]) -> Told:
    stated = [claim.event.start for claim in claims if claim.event.start and claim.event.time_basis == "stated"]
    names: Counter[str] = Counter()
    for claim in claims:
        names.update({entity.label for role in claim.event.roles for _, entity in claim.named(role)})
    first = min(claims, key=lambda claim: claim.event.iri)
    return Told(
        about=about,
        article=article,
        outlet=first.outlet,
        event=first.event.iri,
        kind=first.event.kind,
        first=min(stated, default=None),
        names=names,
        side=first.side(first.sentence_span, first.event.lemma) if _worth_telling(first) else None,
    )


def beside(told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    """Pairs of articles that tell one thing, in order: each with the next few, as a famous thing has thousands."""
    for at, one in enumerate(told):
        for other in islice(told, at + 1, at + 1 + _BESIDE):
            yield one.article, other.article


def shares(told: Iterable[Sequence[Told]]) -> Counter[tuple[str, str]]:
    """How many things two articles tell beside each other."""
    return Counter(pair for found in told for pair in beside(found))


def are_of_one(shared: int, *things: int) -> bool:
    """Whether two articles that share so many of their things tell one story; that one of them tells so few of them is
    enough."""
    return shared * SHARED >= min(things)


def _worth_telling(claim: Claim) -> bool:
    """A saying alone is no event of the story; an event without any name in it cannot be looked for."""
    named = any(claim.named(role) for role in claim.event.roles)
    return claim.event.kind != "Statement" and named


def stories(told: Iterable[Sequence[Told]]) -> tuple[tuple[Story, ...], tuple[Omission, ...]]:
    """Articles that tell some of the same things, with what their outlets leave out; what tells of nothing that another
    tells is no story. `told` has what is told of each thing."""
    told = list(told)
    things = Counter(one.article for found in told for one in found)
    unions = Unions()
    for (one, other), count in shares(told).items():
        if are_of_one(count, things[one], things[other]):
            unions.join(one, other)
    by_root: dict[str, list[Told]] = defaultdict(list)
    for one_told in (one for found in told for one in found):
        by_root[unions.root(one_told.article)].append(one_told)
    found = [story(by_root[unions.root(articles[0])]) for articles in unions.groups()]
    found.sort(key=lambda pair: pair[0].iri)
    return tuple(one for one, _ in found), tuple(omission for _, omissions in found for omission in omissions)


def story(told: Iterable[Told]) -> tuple[Story, tuple[Omission, ...]]:
    """The story that the articles of these things tell together, and its omissions."""
    told = list(told)
    things = things_of(told)
    whole = Sums.of(things.values()).story({one.article for one in told})
    found = (omission(whole, things[about]) for about in whole.events)
    return whole, tuple(one for one in found if one)


def omission(whole: Story, thing: Thing) -> Omission | None:
    """What a story's outlets leave out: a thing with a named participant that some of them have and others lack."""
    lacking = tuple(outlet for outlet in whole.outlets if outlet not in thing.outlets)
    if not lacking or not thing.side:
        return None
    return Omission(
        story=whole.iri, about=thing.about, outlets=thing.outlets, lacking=lacking, sides=(thing.side,)
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing as all articles of a story tell it."""

    about: str
    kind: str
    articles: int
    outlets: tuple[str, ...]
    first: str | None
    names: Mapping[str, int]
    side: Side | None


def things_of(told: Iterable[Told]) -> dict[str, Thing]:
    """The things that articles of one story tell of."""
    by_thing: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_thing[one.about].append(one)
    return {about: _thing(found) for about, found in by_thing.items()}


def _thing(told: Sequence[Told]) -> Thing:
    names: Counter[str] = Counter()
    for one in told:
        names.update(one.names)
    first = min(told, key=lambda one: one.event)
    return Thing(
        about=first.about,
        kind=first.kind,
        articles=len(told),
        outlets=tuple(sorted({one.outlet for one in told})),
        first=min((one.first for one in told if one.first), default=None),
        names=names,
        side=first.side,
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """What a story adds up of its things: each with its earliest date, in order of time; how many claims name a name;
    how many articles tell things of a type beside the first to tell each; how many things an outlet tells."""

    things: list[tuple[str, str]]
    names: dict[str, int]
    kinds: dict[str, int]
    outlets: dict[str, int]

    @classmethod
    def of(cls, things: Iterable[Thing]) -> Sums:
        """The sums over things."""
        found = cls([], {}, {}, {})
        for thing in things:
            found.things.append(_when(thing))
            found._count(thing, 1)
        found.things.sort()
        return found

    def put(self, thing: Thing) -> None:
        """Add a thing."""
        insort(self.things, _when(thing))
        self._count(thing, 1)

    def take(self, thing: Thing) -> None:
        """Take a thing away that was put."""
        del self.things[bisect_left(self.things, _when(thing))]
        self._count(thing, -1)

    def _count(self, thing: Thing, sign: int) -> None:
        for name, claims in thing.names.items():
            _more(self.names, name, sign * claims)
        _more(self.kinds, thing.kind, sign * (thing.articles - 1))
        for outlet in thing.outlets:
            _more(self.outlets, outlet, sign)

    def story(self, articles: Iterable[str], label: str | None = None) -> Story:
        """The story of these things, told by these articles; its label is found where none is given."""
        ordered = tuple(sorted(articles))
        return Story(
            iri=mint(base_of(ordered[0]), "story", ordered[0]),  # which is in no other
            label=self._label() if label is None else label,
            articles=ordered,
            events=tuple(about for _, about in self.things),
            outlets=tuple(sorted(self.outlets)),
        )

    def _label(self) -> str:
        """The three names that most of the story's claims are about, and the type that most articles tell together."""
        top = nsmallest(3, self.names, key=lambda name: (-self.names[name], name))
        kinds = self.kinds.keys() - {"Event", "Statement"}
        kind = min(kinds, key=lambda kind: (-self.kinds[kind], kind), default="")
        return ", ".join(top) + (f": {kind}" if kind else "")


def _when(thing: Thing) -> tuple[str, str]:
    return thing.first or "9999", thing.about


def _more(counts: dict[str, int], key: str, count: int) -> None:
    """Count so many more; what there is none of is not kept."""
    if count := counts.get(key, 0) + count:
        counts[key] = count
    else:
        counts.pop(key, None)
