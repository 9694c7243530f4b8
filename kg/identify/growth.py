"""Identify again when articles have come and none has gone: what was found among the others stands.

A pair of events scores the same as long as both articles and their names are what they were, and the collection counts
as no larger. Events that were no neighbours then are none now, as others only come between. And a join depends on
nothing outside of its connected component, so that components without anything new keep their clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from kg.identify.candidates import Blocks, candidate_pairs
from kg.identify.clusters import best_first, cluster_events, scored
from kg.identify.curation import Curation
from kg.identify.entities import canonical_entities
from kg.identify.features import CorpusFeatures
from kg.identify.score import MANY_ARTICLES
from kg.identify.unions import Unions
from kg.model import Cluster, Merge, Reading


class Identity(NamedTuple):
    """Clusters, sorted by IRI, and the pairs of events from which those of events follow."""

    clusters: tuple[Cluster, ...] = ()
    merges: tuple[Merge, ...] = ()


class Before(NamedTuple):
    """What was found, under the same rules, for these articles (IRIs), whose readings are the same now."""

    found: Identity
    articles: frozenset[str]


def standing(before: Before, readings: Sequence[Reading], entities: Iterable[Cluster]) -> frozenset[str]:
    """The articles whose events are described as they were: none where more has happened than that some came."""
    if not before.articles.issubset(reading.article.iri for reading in readings):
        return frozenset()
    if min(len(before.articles), MANY_ARTICLES) != min(len(readings), MANY_ARTICLES):
        return frozenset()
    old, new = canonical_entities(before.found.clusters), canonical_entities(entities)
    known = old.keys() | new.keys()
    renamed = {old.get(iri, iri): new.get(iri, iri) for iri in known}
    if any(renamed[old.get(iri, iri)] != new.get(iri, iri) for iri in known):
        return frozenset()  # what was one is two
    changed = {iri for iri in known if old.get(iri, iri) != new.get(iri, iri)}
    stands = (reading.article.iri for reading in readings if changed.isdisjoint(_names(reading)))
    return before.articles.intersection(stands)


def _names(reading: Reading) -> Iterable[str]:
    """All entities that a reading knows of."""
    for entity in reading.entities:
        yield entity.iri
        yield from entity.members
        if entity.nationality:
            yield entity.nationality


def event_identity(
    features: CorpusFeatures, blocks: Blocks, curation: Curation, before: Identity, standing: Set[str]
) -> Identity:
    """The clusters of events and their pairs. Of articles that are `standing`, what was found before is taken."""
    fresh = scored(features, candidate_pairs(blocks, standing), curation)
    if not standing:
        return Identity(cluster_events(features, fresh, curation), tuple(fresh))
    moved = {event.iri for event in features.events if event.article not in standing}
    parted = {pair for pair in blocks.parted(standing) if not blocks.are_near(*pair)}
    kept, gone = _split(before.merges, lambda merge: moved.isdisjoint(merge[1:3]) and merge[1:3] not in parted)
    merges = best_first([*kept, *fresh])
    components = _components(merges, curation)
    touched = {components.root(iri) for iri in chain(moved, *(merge[1:3] for merge in gone))}
    again = tuple(event for event in features.events if components.root(event.iri) in touched)
    joined = cluster_events(
        replace(features, events=again), (merge for merge in merges if components.root(merge.one) in touched), curation
    )
    stand = (one for one in before.clusters if one.kind == "event" and components.root(one.members[0]) not in touched)
    return Identity((*joined, *stand), tuple(merges))


def _split(merges: Iterable[Merge], holds: Callable[[Merge], bool]) -> tuple[list[Merge], list[Merge]]:
    sides: tuple[list[Merge], list[Merge]] = [], []
    for merge in merges:
        sides[not holds(merge)].append(merge)
    return sides


def _components(merges: Iterable[Merge], curation: Curation) -> Unions:
    unions = Unions()
    for pair in sorted(map(sorted, curation.same)):
        unions.join(*pair)
    for merge in merges:
        unions.join(merge.one, merge.other)
    return unions
