"""Entities across articles. A linked entity has one IRI everywhere; this is about those without an id.

Two unlinked names are one when they are the same name of the same kind: the full name for people, any name for
organisations and places. A bare surname or first name is merged with nothing: namesakes are common in news.
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
    return tuple(_cluster(members, entities, curation) for members in unions.groups())


def _cluster(members: tuple[str, ...], entities: Mapping[str, Entity], curation: Curation) -> Cluster:
    labels = sorted({entities[iri].label for iri in members}, key=lambda label: (-len(label), label))
    curated = any(pair <= set(members) for pair in curation.same)
    return Cluster(
        iri=mint(base_of(members[0]), "entity", *members),
        kind="entity",
        label=labels[0],
        members=members,
        method="curator" if curated else "same name",
        score=1.0 if curated else _SAME_NAME,
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
