"""A store as a change to the one before it: what is the same before and after is neither made nor written again.

The new store shares its files with the old one. What differs is told by readings that have gone or come and by parts of
two comparisons, and only that becomes quads; the facts are looked at again that something speaks of which has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.export.across import identity_lines, link_lines
from kg.export.rdf import Shared, Use, own_lines, uses
from kg.export.terms import proposition, quads
from kg.model import Comparison, Reading, Story
from kg.store.facts import default_rules, promote
from kg.store.quads import STORE, RunQuads, remove
from kg.vocab import GRAPH, KG, RDF

_TOGETHER = 500  # facts that a store in memory looks for at a time


class Change(NamedTuple):
    """What makes a graph another: readings that have gone and come; of its comparison, what is no more so (`less`) and
    what is instead (`more`); the clusters to which links of these lead (`ends`); and each use that the articles that
    stay make of what the changed ones share with them, with the number of articles. Those are gone through once."""

    gone: Sequence[Reading]
    come: Sequence[Reading]
    less: Comparison
    more: Comparison
    ends: Set[str]
    stay: Iterable[tuple[Use, int]]


def write_change(generation: Path, current: Path, change: Change, runs: RunQuads) -> None:
    """The store of a generation, from that of the current one."""
    old = Store.read_only(str(current / STORE))
    old.backup(str(generation / STORE))
    store = Store(str(generation / STORE))
    before, after = ({*_own(readings), *shared} for readings, shared in zip(change[:2], _shared(change), strict=True))
    less, more = _without_common(change.less, change.more), _without_common(change.more, change.less)
    before.update(chain(identity_lines(less), link_lines(less, change.ends)))
    after.update(chain(identity_lines(more), link_lines(more, change.ends)))
    less_facts, more_facts = _Facts(old, change.gone, change.less), _Facts(store, change.come, change.more)
    asked = less_facts.touched()
    _replace(store, before, after)
    asked |= more_facts.touched()
    _replace(store, {*less_facts.promoted(asked)}, {*more_facts.promoted(asked)})
    store.extend(runs)
    store.flush()


def _replace(store: Store, before: Set[str], after: Set[str]) -> None:
    remove(store, sorted(before - after))
    store.extend(quads(sorted(after - before)))


def _without_common(part: Comparison, other: Comparison) -> Comparison:
    """A part without what its stories and those of the same name in the other have in common: a long one makes a quad
    for each article and event."""
    there = {story.iri: (frozenset(story.articles), frozenset(story.events)) for story in other.stories}
    none = frozenset[str](), frozenset[str]()
    return replace(part, stories=tuple(_less(story, *there.get(story.iri, none)) for story in part.stories))


def _less(story: Story, articles: Set[str], events: Set[str]) -> Story:
    return replace(
        story,
        articles=tuple(article for article in story.articles if article not in articles),
        events=tuple(event for event in story.events if event not in events),
    )


def _own(readings: Iterable[Reading]) -> Iterator[str]:
    return (line for reading in readings for line in own_lines(reading))


def _shared(change: Change) -> tuple[set[str], set[str]]:
    """The lines that articles share, before and after, of all that a gone or a come one names."""
    before, after = Shared(), Shared()
    for use, articles in change.stay:
        before.put(use, articles)
        after.put(use, articles)
    for shared, readings in ((before, change.gone), (after, change.come)):
        for reading in readings:
            for use in uses(reading):
                shared.put(use)
    return set(before.lines()), set(after.lines())


def named(readings: Iterable[Reading]) -> set[str]:
    """The names of all that these readings may share with others."""
    return {use.name for reading in readings for use in uses(reading)}


def used(readings: Iterable[Reading], names: Set[str]) -> Iterator[tuple[Use, int]]:
    """What these readings say of names, found by going through them."""
    return ((use, 1) for reading in readings for use in uses(reading) if use.name in names)


def differing(was: Comparison, now: Comparison) -> tuple[Comparison, Comparison]:
    """What of each comparison is not, or not so, in the other."""
    less: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for field in fields(Comparison):
        ones, others = getattr(was, field.name), getattr(now, field.name)
        before, after = {*ones}, {*others}
        less[field.name] = tuple(item for item in ones if item not in after)
        more[field.name] = tuple(item for item in others if item not in before)
    return Comparison(**less), Comparison(**more)


def ends(*parts: Comparison) -> frozenset[str]:
    """The clusters of events in parts of comparisons."""
    return frozenset(cluster.iri for part in parts for cluster in part.clusters if cluster.kind == "event")


# --- facts -------------------------------------------------------------------------------------------------

Fact = tuple[Any, ...]  # what a link speaks of, as far as rules ask: its thing, or two parties in any order


class _Facts:
    """The facts of a store that a change may touch, by the changed readings and the part of the comparison there."""

    def __init__(self, store: Store, readings: Iterable[Reading], part: Comparison) -> None:
        self.store, self.readings, self.part = store, readings, part
        self._parties: dict[Any, set[Any]] = {}

    def touched(self) -> set[Fact]:
        """What the links speak of that are in the part, or rest on what the articles state."""
        links = {NamedNode(link.iri) for link in self.part.links}
        for reading in self.readings:
            for attribution in reading.attributions:
                for name in (*attribution.events, *attribution.relations):
                    links |= self._subjects(KG.proposition, NamedNode(proposition(name)))
        return {fact for link in links if (fact := self._fact(link))}

    def _fact(self, link: Any) -> Fact:
        ends = [quad.object for known in (KG.subject, KG.object) for quad in self._of(link, known)]
        leads = Quad(link, RDF.type, KG.RoleLink, GRAPH.links) in self.store
        return (*ends[1:],) if leads else tuple(sorted(ends, key=str))

    def _links(self, fact: Fact) -> set[Any]:
        """All links that speak of that."""
        if len(fact) == 1:
            return self._subjects(KG.object, fact[0])
        one, other = (self._at(party) for party in fact)
        return {link for link in one & other if self._fact(link) == fact}

    def _at(self, party: Any) -> set[Any]:
        """The links that lead from a party or to it."""
        if party not in self._parties:
            self._parties[party] = self._subjects(KG.subject, party) | self._subjects(KG.object, party)
        return self._parties[party]

    def _subjects(self, predicate: NamedNode, value: Any) -> set[Any]:
        return {quad.subject for quad in self.store.quads_for_pattern(None, predicate, value, GRAPH.links)}

    def _of(self, link: Any, predicate: NamedNode | None = None) -> Iterator[Quad]:
        return iter(self.store.quads_for_pattern(link, predicate, None, GRAPH.links))

    def promoted(self, asked: Iterable[Fact]) -> Iterator[str]:
        """The facts that rules let through of those asked for, with their log: of the links that speak of them, and of
        what the store says of the propositions behind. Whatever a rule asks, it may ask of those."""
        facts = sorted(asked, key=str)
        for at in range(0, len(facts), _TOGETHER):
            links = sorted({link for fact in facts[at : at + _TOGETHER] for link in self._links(fact)}, key=str)
            spoken = [quad for link in links for quad in self._of(link)]
            small = Store()
            small.bulk_extend(spoken)
            small.bulk_extend(self._around({quad.object for quad in spoken if quad.predicate == KG.proposition}))
            yield from promote(small, default_rules())

    def _around(self, propositions: Iterable[Any]) -> Iterator[Quad]:
        """What is said of propositions, inside them, and by those who say them."""
        sayings: set[Any] = set()
        quads_of = self.store.quads_for_pattern
        for node in sorted(propositions, key=str):
            yield from quads_of(node, None, None, DefaultGraph())
            yield from quads_of(None, None, None, node)
            sayings.update(quad.subject for quad in quads_of(None, KG.content, node, DefaultGraph()))
        for saying in sayings:
            yield from quads_of(saying, None, None, DefaultGraph())
