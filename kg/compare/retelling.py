"""Stories told anew where their articles tell other things, or share them with others.

Of a story only the things are looked at of which it tells otherwise than before: what it adds up is kept. So a story of
thousands of articles costs what is new of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from kg.compare.known import Known, Tale
from kg.compare.stories import Sums, Thing, Told, are_of_one, omission, shares, things_of
from kg.identify.unions import Unions
from kg.model import Omission, Story


class Tales(NamedTuple):
    """Stories, and what outlets leave out of some of their things."""

    stories: list[Story]
    omissions: list[Omission]

    def put(self, story: Story, things: Mapping[str, Thing]) -> None:
        """Add a story, with what is left out of these things."""
        self.stories.append(story)
        found = (omission(story, thing) for thing in things.values())
        self.omissions.extend(one for one in found if one)


def retold(known: Known, was: Mapping[str, list[Told]], now: Mapping[str, list[Told]]) -> tuple[Tales, Tales]:
    """The stories that may have changed, as they were and as they are, by all that was told of things and that is. Of
    omissions, those are left out that are the same before and after."""
    before, after = ({(one.article, one.about): one for told in side.values() for one in told} for side in (was, now))
    gone = [one for key, one in before.items() if after.get(key) != one]
    come = [one for key, one in after.items() if before.get(key) != one]
    changed = shares(now.values())
    changed.subtract(shares(was.values()))
    known.drop_told(gone)
    known.put_told(come)
    known.share({pair: count for pair, count in changed.items() if count})
    ties = _Ties(known, Counter(one.article for one in come), Counter(one.article for one in gone), changed)
    tied, cut = ties.stirred()
    apart = _fallen_apart(cut, ties)
    stirred = {one.article for one in (*gone, *come)}.union(*tied, *cut)
    reached = sorted({known.story_of(article) for article in stirred} - {""})
    old = [known.tale(iri) for iri in reached]
    groups = _grouped(old, tied, stirred, apart, ties)
    known.drop_stories(reached, {article for tale in old for article in tale.articles}.difference(*groups))
    tellings = _Tellings(known, was, now, (*gone, *come))
    less, more = Tales([], []), Tales([], [])
    for goes_on, articles in _continued(old, groups):
        base, sums = (goes_on.story(), goes_on.sums) if goes_on else (None, Sums.of(()))
        if story := _retell(base, sums, frozenset(articles), tellings, less, more):
            known.put_story(story, sums, base)
    return less, more


def _grouped(
    old: Iterable[Tale], tied: Iterable[Pair], stirred: Set[str], apart: Set[str], ties: _Ties
) -> list[tuple[str, ...]]:
    """The articles that make a story each. Those of an old one that holds together are one from the start: in the
    unions its first stands for all."""
    unions, first, whole = Unions(), dict[str, str](), dict[str, list[str]]()
    pairs = set(tied)
    for tale in old:
        stay = [article for article in tale.articles if article not in stirred or ties.things(article)]
        if not apart.isdisjoint(stay):
            pairs |= ties.of(stay)
        elif stay:
            first |= dict.fromkeys(stay, stay[0])
            whole[stay[0]] = stay
            unions.root(stay[0])
    for one, other in sorted(pairs):
        unions.join(first.get(one, one), first.get(other, other))
    roots: dict[str, list[str]] = defaultdict(list)
    for one in {*whole, *(first.get(article, article) for pair in pairs for article in pair)}:
        roots[unions.root(one)] += whole.get(one, [one])
    return sorted(tuple(sorted(group)) for group in roots.values() if len(group) > 1)


def _continued(old: Sequence[Tale], groups: Sequence[Sequence[str]]) -> list[tuple[Tale | None, Sequence[str]]]:
    """Each old story with the articles that go on with it: most of its own; none where it is no more. And articles that
    go on with none."""
    tale_of = {article: number for number, tale in enumerate(old) for article in tale.articles}
    common = Counter(
        (tale_of[article], number) for number, group in enumerate(groups) for article in group if article in tale_of
    )
    after: dict[int, int] = {}
    for (tale, number), _ in common.most_common():
        if tale not in after and number not in after.values():
            after[tale] = number
    found = [(tale, groups[after[number]] if number in after else ()) for number, tale in enumerate(old)]
    new = [(None, group) for number, group in enumerate(groups) if number not in after.values()]
    return [*found, *new]


def _retell(
    base: Story | None, sums: Sums, articles: Set[str], tellings: _Tellings, less: Tales, more: Tales
) -> Story | None:
    """The story of these articles, if any, which goes on from `base` and what that added up; those are brought up to
    date, and the two entered as they were and as they are."""
    were = frozenset(base.articles if base else ())
    touched = tellings.touched(were, articles)
    before, after = tellings.before(touched, were), tellings.after(touched, articles)
    for thing in before.values():
        sums.take(thing)
    for thing in after.values():
        sums.put(thing)
    story = sums.story(articles) if articles else None
    if base and story and (base.iri, base.outlets) == (story.iri, story.outlets):
        less.put(base, before)
        more.put(story, after)
    else:  # of each thing it is told anew who leaves it out
        if base:
            less.put(base, tellings.before(base.events, were))
        if story:
            more.put(story, tellings.after(story.events, articles))
    return story


class _Tellings:
    """What was told of things, and what is, by the articles of a story; where so many tellings have changed."""

    def __init__(
        self, known: Known, was: Mapping[str, list[Told]], now: Mapping[str, list[Told]], changed: Iterable[Told]
    ) -> None:
        self._known, self._was, self._now = known, was, now
        self._changed: dict[str, set[str]] = defaultdict(set)
        for one in changed:
            self._changed[one.article].add(one.about)

    def touched(self, were: Set[str], are: Set[str]) -> set[str]:
        """The things of which articles tell otherwise, where these made a story and those do."""
        moved = (self._known.things_of(article) for article in were ^ are)
        changed = (self._changed[article] for article in (were | are) & self._changed.keys())
        return {about for found in (*moved, *changed) for about in found}

    def before(self, things: Iterable[str], articles: Set[str]) -> dict[str, Thing]:
        """Things as these articles told them."""
        return self._told(things, articles, self._was)

    def after(self, things: Iterable[str], articles: Set[str]) -> dict[str, Thing]:
        """Things as these articles tell them."""
        return self._told(things, articles, self._now)

    def _told(
        self, things: Iterable[str], articles: Set[str], compared: Mapping[str, list[Told]]
    ) -> dict[str, Thing]:  # fmt: skip
        told: list[Told] = []
        for about in things:
            if about in self._was or about in self._now:  # all that is told of it was compared
                told += compared.get(about, ())
            else:
                told += self._known.tellings(about)
        return things_of(one for one in told if one.article in articles)


Pair = tuple[str, str]  # of articles, in order


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


class _Ties:
    """Which articles tell one story with which, and did before so many things `came` and went, by article, and were
    shared by so many more, by pair."""

    def __init__(
        self, known: Known, came: Mapping[str, int], went: Mapping[str, int], changed: Mapping[Pair, int]
    ) -> None:
        self._known, self._came, self._went, self._changed = known, came, went, changed
        self._things: dict[str, int] = {}
        self._beside: dict[str, dict[str, int]] = {}

    def stirred(self) -> tuple[set[Pair], set[Pair]]:
        """The ties among those that may have changed, and those that are no more."""
        counts = {pair: self._known.shared_by(*pair) for pair, more in self._changed.items() if more}
        for article in self._came.keys() | self._went.keys():
            if self._came.get(article, 0) != self._went.get(article, 0):
                counts |= {_pair(article, other): count for other, count in self._counts(article).items()}
        tied = {pair for pair, count in counts.items() if self._are(*pair, count)}
        return tied, {pair for pair, count in counts.items() if pair not in tied and self._was(pair, count)}

    def of(self, articles: Iterable[str]) -> set[Pair]:
        """The ties of these articles."""
        return {
            _pair(one, other)
            for one in articles
            for other, count in self._counts(one).items()
            if self._are(one, other, count)
        }

    def have_a_third(self, one: str, other: str) -> bool:
        """Whether a third article is tied to both of two."""
        ours, theirs = self._counts(one), self._counts(other)
        both = (third for third in ours if third in theirs)  # in a long story the first of them will do
        return any(self._are(one, third, ours[third]) and self._are(other, third, theirs[third]) for third in both)

    def things(self, article: str) -> int:
        """Of how many things an article tells."""
        if article not in self._things:
            self._things[article] = self._known.things(article)
        return self._things[article]

    def _counts(self, article: str) -> dict[str, int]:
        """How many things an article tells beside each other."""
        if article not in self._beside:
            self._beside[article] = dict(self._known.shared(article))
        return self._beside[article]

    def _are(self, one: str, other: str, count: int) -> bool:
        """Whether two are tied that share so many things; where the first tells few, the other need not be asked."""
        if not count:
            return False
        return are_of_one(count, self.things(one)) or are_of_one(count, self.things(other))

    def _was(self, pair: Pair, count: int) -> bool:
        before = count - self._changed.get(pair, 0)
        things = (self.things(one) - self._came.get(one, 0) + self._went.get(one, 0) for one in pair)
        return bool(before) and are_of_one(before, *things)


def _fallen_apart(cut: Iterable[Pair], ties: _Ties) -> set[str]:
    """Articles of stories that may be of one no more: what tied them is cut, and what ties them now to others does not
    bring them together. All others still meet that once did."""
    cuts, meet = Unions(), Unions()
    for pair in cut:
        if not ties.have_a_third(*pair):
            cuts.join(*pair)
    groups = [{article for article in group if ties.things(article)} for group in cuts.groups()]
    for pair in ties.of(set().union(*groups)):
        meet.join(*pair)
    return set().union(*(group for group in groups if len({*map(meet.root, group)}) > 1))
