"""Entities across articles. A linked entity has one IRI everywhere; this is about those without an id.

Two unlinked names are one when they are the same name of the same kind: the full name for people, any name for
organisations and places. A bare surname is the person of that surname in articles that share another name with its
own, when there is just one such person: namesakes are common in news.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kg.identify.curation import Curation
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Cluster, Entity, Reading

_SAME_NAME = 0.8  # two different things of one kind under one full name are rare in one collection, not unknown

_SURNAME = 0.7  # the one bearer of a surname in articles about the same names


def entity_clusters(readings: Sequence[Reading], curation: Curation) -> tuple[Cluster, ...]:
    """Clusters of unlinked entities that are one."""
    entities = {entity.iri: entity for reading in readings for entity in reading.entities}
    by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in entities.values():
        key = name_key(entity)
        if key and not entity.same_as and entity.iri not in curation.ignore:
            by_name[entity.kind, key].add(entity.iri)
    unions = Unions(curation.different)
    for pair in sorted(map(sorted, curation.same)):
        if all(iri in entities for iri in pair):
            unions.join(*pair)
    for group in by_name.values():
        for one, other in combinations(sorted(group), 2):
            unions.join(one, other)
    for bare, person in _surnames(readings, curation):
        unions.join(bare, person)
    return tuple(_cluster(members, entities, curation) for members in unions.groups())


def _surnames(readings: Sequence[Reading], curation: Curation) -> list[tuple[str, str]]:
    """(bare surname, the one person meant), sorted."""
    bearers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # surname -> person -> articles
    names: dict[str, frozenset[str]] = {}
    bare: list[tuple[str, str, str]] = []
    for reading in readings:
        article = reading.article.iri
        named = [entity for entity in reading.entities if entity.named and entity.iri not in curation.ignore]
        names[article] = frozenset(entity.iri if entity.same_as else name_key(entity) for entity in named) - {""}
        for entity in named:
            words = re.findall(r"[\w'’-]+", entity.label)
            if entity.kind == "person" and len(words) == 1 and not entity.same_as:
                bare.append((entity.iri, words[0].casefold(), article))
            elif entity.kind == "person":
                for word in {words[0].casefold(), words[-1].casefold()} if words else ():
                    bearers[word][entity.iri].add(article)
    found = []
    for iri, word, article in sorted(bare):
        near = [
            person
            for person, articles in bearers[word].items()
            if any(names[article] & names[other] - {person} for other in articles)
        ]
        if len(near) == 1:
            found.append((iri, near[0]))
    return found


def _cluster(members: tuple[str, ...], entities: Mapping[str, Entity], curation: Curation) -> Cluster:
    labels = sorted({entities[iri].label for iri in members}, key=lambda label: (-len(label), label))
    curated = any(pair <= set(members) for pair in curation.same)
    linked = next((iri for iri in members if entities[iri].same_as), None)
    surname = len({name_key(entities[iri]) for iri in members}) > 1
    return Cluster(
        iri=linked or mint(base_of(members[0]), "entity", *members),
        kind="entity",
        label=entities[linked].label if linked else labels[0],
        members=members,
        method="curator" if curated else "surname" if surname else "same name",
        score=1.0 if curated else _SURNAME if surname else _SAME_NAME,
        evidence=tuple(f"named {label}" for label in labels),
    )


def name_key(entity: Entity) -> str:
    """What two unlinked entities must share to be one by name; "" for those that a name cannot tell apart."""
    if not entity.named:
        return ""
    words = re.findall(r"\w+", entity.label.casefold())
    if entity.kind == "person" and len(words) < 2:
        return ""
    return " ".join(words)


def canonical_entities(clusters: Iterable[Cluster]) -> dict[str, str]:
    """Member IRI -> cluster IRI, for entities."""
    return {member: cluster.iri for cluster in clusters if cluster.kind == "entity" for member in cluster.members}
