"""Stories told anew where their articles tell other things, or share them with others.

Of a story only the things are looked at of which it tells otherwise than before: what it adds up is kept. So a story of
thousands of articles costs what is new of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
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
    ties = _Ties(known, Counter(one.article for one in come), Counter(one.article for one in gone), changed)
    known.drop_told(gone)
    known.put_told(come)
    known.share({pair: count for pair, count in changed.items() if count})
    stirred = {one.article for one in (*gone, *come)}.union(*(pair for pair, count in changed.items() if count))
    tied, cut = ties.of(stirred)
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in tied:
        beside[one].add(other)
        beside[other].add(one)
    cut_off = {one for one, other in cut if beside[one].isdisjoint(beside[other])}  # all others still meet in a third
    reached = {known.tale(article) for article in stirred.union(*tied)} - {""}
    old = [known.story(iri) for iri in sorted(reached)]
    unions = Unions()
    for one, other in sorted(tied):
        unions.join(one, other)
    for tale in old:
        stay = [article for article in tale.story.articles if article not in stirred or known.things(article)]
        whole = len(stay) == len(tale.story.articles) and not cut_off & {*stay}
        for one, other in pairwise(stay) if whole else sorted(ties.of(stay)[0]):
            unions.join(one, other)
    groups = unions.groups()
    known.drop_stories(old, {article for tale in old for article in tale.story.articles}.difference(*groups))
    tellings = _Tellings(known, was, now, (*gone, *come))
    less, more = Tales([], []), Tales([], [])
    for base, articles in _continued(old, groups):
        if told := _retell(base, frozenset(articles), tellings, less, more):
            known.put_story(told, base.story if base else None)
    return less, more


def _continued(old: Sequence[Tale], groups: Sequence[Sequence[str]]) -> list[tuple[Tale | None, Sequence[str]]]:
    """Each old story with the articles that go on with it: most of its own; none where it is no more. And articles that
    go on with none."""
    tale_of = {article: number for number, tale in enumerate(old) for article in tale.story.articles}
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
    base: Tale | None, articles: Set[str], tellings: _Tellings, less: Tales, more: Tales
) -> Tale | None:  # fmt: skip
    """The story of these articles, which goes on from `base`, with the two entered as they were and as they are."""
    were = frozenset(base.story.articles if base else ())
    touched = tellings.touched(were, articles)
    before, after = tellings.before(touched, were), tellings.after(touched, articles)
    sums = base.sums if base else Sums.of(())
    for thing in before.values():
        sums.take(thing)
    for thing in after.values():
        sums.put(thing)
    story = sums.story(articles) if articles else None
    if base and story and (base.story.iri, base.story.outlets) == (story.iri, story.outlets):
        less.put(base.story, before)
        more.put(story, after)
    else:  # of each thing it is told anew who leaves it out
        if base:
            less.put(base.story, tellings.before(base.story.events, were))
        if story:
            more.put(story, tellings.after(story.events, articles))
    return Tale(story, sums) if story else None


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

class _Ties:
    """Which articles tell one story with which, and did before so many things `came` and went, by article, and were
    shared by so many more, by pair."""

    def __init__(
        self, known: Known, came: Mapping[str, int], went: Mapping[str, int], changed: Mapping[tuple[str, str], int]
    ) -> None:
        self.known, self.came, self.went = known, came, went
        self._changed: dict[str, dict[str, int]] = defaultdict(dict)
        for (one, other), count in changed.items():
            self._changed[one][other] = self._changed[other][one] = count
        self._things: dict[str, int] = {}

    def of(self, articles: Iterable[str]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """The ties of these articles, and those that they have lost."""
        tied: set[tuple[str, str]] = set()
        cut: set[tuple[str, str]] = set()
        for article in articles:
            counts = dict(self.known.shared(article))
            changed = self._changed.get(article, {})
            for other in counts.keys() | changed.keys():
                count = counts.get(other, 0)
                more = changed.get(other, 0)
                things = self._now(article), self._now(other)
                had = self._before(article, things[0]), self._before(other, things[1])
                pair = (article, other) if article < other else (other, article)
                if count and are_of_one(count, *things):
                    tied.add(pair)
                elif count > more and are_of_one(count - more, *had):
                    cut.add(pair)
        return tied, cut

    def _now(self, article: str) -> int:
        if article not in self._things:
            self._things[article] = self.known.things(article)
        return self._things[article]

    def _before(self, article: str, now: int) -> int:
        return now - self.came.get(article, 0) + self.went.get(article, 0)
