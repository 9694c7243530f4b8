"""A store as a change to the one before it: what is the same of both comparisons is neither made nor written again.

The new store shares its files with the old one. What differs is found where it is small, in readings and comparisons,
and only that becomes quads; the facts are looked at again that something speaks of which has changed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.export.across import identity_lines, link_lines
from kg.export.rdf import Shared, own_lines
from kg.export.terms import proposition, quads
from kg.model import Attribution, Cluster, Comparison, Disagreement, Link, Omission, Reading, Story
from kg.store.facts import default_rules, promote
from kg.store.quads import STORE, RunQuads, remove
from kg.vocab import KG

Found = Cluster | Link | Disagreement | Story | Omission

_TOGETHER = 500  # facts that a store in memory looks for at a time


class Articles(NamedTuple):
    """What becomes of the articles that a graph holds: `kept` is gone through once."""

    removed: Sequence[Reading]
    added: Sequence[Reading]
    kept: Iterable[Reading]


def write_change(
    generation: Path,
    current: Path,
    articles: Articles,
    was: Comparison,
    now: Comparison,
    runs: RunQuads,
) -> None:
    """The store of a generation, from that of the current one and the comparisons of both."""
    old = Store.read_only(str(current / STORE))
    old.backup(str(generation / STORE))
    store = Store(str(generation / STORE))
    (less, more), (less_shared, more_shared) = _differing(was, now), _shared(articles)
    asked = _facts_touched(was, less, articles.removed) | _facts_touched(now, more, articles.added)
    less_facts = set(_promoted(old, was, asked))
    _replace(
        store,
        chain(_own(articles.removed), less_shared, identity_lines(less), _link_lines(less, was)),
        chain(_own(articles.added), more_shared, identity_lines(more), _link_lines(more, now)),
    )
    more_facts = set(_promoted(store, now, asked))
    _replace(store, less_facts - more_facts, more_facts - less_facts)
    store.extend(runs)
    store.flush()


def _replace(store: Store, less: Iterable[str], more: Iterable[str]) -> None:
    before, after = set(less), set(more)
    remove(store, before - after)
    store.extend(quads(after - before))


def _own(readings: Iterable[Reading]) -> Iterator[str]:
    return (line for reading in readings for line in own_lines(reading))


def _shared(articles: Articles) -> tuple[set[str], set[str]]:
    """The lines that articles share, before and after, of all that a removed or an added one names."""
    changed = Shared()
    for reading in chain(articles.removed, articles.added):
        changed.add(reading)
    before, after = Shared(changed.names()), Shared(changed.names())
    for reading in articles.removed:
        before.add(reading)
    for reading in articles.added:
        after.add(reading)
    for reading in articles.kept:
        before.add(reading)
        after.add(reading)
    return set(before.lines()), set(after.lines())


# --- comparisons -------------------------------------------------------------------------------------------


def _differing(was: Comparison, now: Comparison) -> tuple[Comparison, Comparison]:
    """What of each comparison is not, or not so, in the other."""
    names = [field.name for field in fields(Comparison)]
    parts = [_apart(getattr(was, name), getattr(now, name)) for name in names]
    less, more = (dict(zip(names, sides, strict=True)) for sides in zip(*parts, strict=True))
    return Comparison(**less), Comparison(**more)


def _apart(ones: Sequence[Found], others: Sequence[Found]) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """The items of each that bear a name under which the two differ."""
    names = {_name(item) for item in set(ones) ^ set(others)}
    return tuple(item for item in ones if _name(item) in names), tuple(item for item in others if _name(item) in names)


def _name(item: Found) -> object:
    return (item.story, item.about) if isinstance(item, Omission) else item.iri


def _link_lines(part: Comparison, whole: Comparison) -> Iterator[str]:
    """The lines of a part of a comparison, whose links lead to clusters of the whole."""
    return link_lines(replace(part, clusters=whole.clusters))


# --- facts -------------------------------------------------------------------------------------------------


def _fact(link: Link, clusters: Container[str]) -> str:
    """What a link speaks of, as far as rules ask: the thing that it leads to, or two parties in any order."""
    thing = link.object in clusters or link.object in link.events
    return link.object if thing else "\x1f".join(sorted((link.subject, link.object)))


def _clusters(comparison: Comparison) -> frozenset[str]:
    return frozenset(cluster.iri for cluster in comparison.clusters if cluster.kind == "event")


def _facts_touched(whole: Comparison, part: Comparison, readings: Iterable[Reading]) -> set[str]:
    """What those links speak of that differ, or that rest on articles that do."""
    clusters, differing = _clusters(whole), set(part.links)
    stated = {iri for reading in readings for attribution in reading.attributions for iri in _content(attribution)}
    touched = (link for link in whole.links if link in differing or not stated.isdisjoint(link.events))
    return {_fact(link, clusters) for link in touched}


def _content(attribution: Attribution) -> tuple[str, ...]:
    return (*attribution.events, *attribution.relations)


def _promoted(store: Store, whole: Comparison, asked: Container[str]) -> Iterator[str]:
    """The facts that rules let through of those asked for, with their log: of the links that speak of them, and of what
    the store says of the propositions behind. Whatever a rule asks, it may ask of those."""
    clusters = _clusters(whole)
    by_fact: dict[str, list[Link]] = {}
    for link in whole.links:
        if (fact := _fact(link, clusters)) in asked:
            by_fact.setdefault(fact, []).append(link)
    facts = sorted(by_fact)
    for at in range(0, len(facts), _TOGETHER):
        some = tuple(link for fact in facts[at : at + _TOGETHER] for link in by_fact[fact])
        small = Store()
        small.bulk_extend(quads(_link_lines(Comparison(links=some), whole)))
        small.bulk_extend(_around(store, {event for link in some for event in link.events}))
        yield from promote(small, default_rules())


def _around(store: Store, stated: Iterable[str]) -> Iterator[Quad]:
    """What is said of propositions, inside them, and by those who say them."""
    sayings: set[Any] = set()
    for name in sorted(stated):
        node = NamedNode(proposition(name))
        yield from store.quads_for_pattern(node, None, None, DefaultGraph())
        yield from store.quads_for_pattern(None, None, None, node)
        sayings.update(quad.subject for quad in store.quads_for_pattern(None, KG.content, node, DefaultGraph()))
    for saying in sayings:
        yield from store.quads_for_pattern(saying, None, None, DefaultGraph())
