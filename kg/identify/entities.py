"""Entities across articles. A linked entity has one IRI everywhere; this is about those without an id.

Two unlinked names are one when they are the same name of the same kind: the full name for people, any name for
organisations and places. A bare surname is the person of that surname in articles that share another name with its
own, when there is just one such person: namesakes are common in news.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from kg.identify.curation import Curation
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Cluster, Entity, Reading

_SAME_NAME = 0.8  # two different things of one kind under one full name are rare in one collection, not unknown

_SURNAME = 0.7  # the one bearer of a surname in articles about the same names


class Bearer(NamedTuple):
    """A person in one article, under one word of the name: `bare` where that is all of it. `who` is the same for the
    person in other articles; `names` are all names of the article, the same object for all its bearers."""

    word: str
    bare: bool
    person: str
    who: str
    article: str
    names: frozenset[str]


def entity_clusters(readings: Sequence[Reading], curation: Curation) -> tuple[Cluster, ...]:
    """Clusters of unlinked entities that are one."""
    entities = {entity.iri: entity for reading in readings for entity in reading.entities}
    by_word: dict[str, list[Bearer]] = defaultdict(list)
    for reading in readings:
        for bearer in bearers(reading, curation):
            by_word[bearer.word].append(bearer)
    return joined(entities, {pair for found in by_word.values() for pair in surname_pairs(found)}, curation)


def joined(
    entities: Mapping[str, Entity], surnames: Iterable[tuple[str, str]], curation: Curation
) -> tuple[Cluster, ...]:
    """Clusters of entities by the curator's word, by name, and by pairs of a bare surname and the person it means."""
    by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in entities.values():
        key = name_key(entity)
        if key and not entity.same_as and entity.iri not in curation.ignore:
            by_name[entity.kind, key].add(entity.iri)
    unions = Unions(curation.different)
    for pair in sorted(map(sorted, curation.same)):
        if all(iri in entities for iri in pair):
            unions.join(*pair)
    ruled = frozenset().union(*curation.different)
    for _, group in sorted(by_name.items()):
        # one after the other is enough where nobody has ruled that some must stay apart
        pairs = pairwise(sorted(group)) if ruled.isdisjoint(group) else combinations(sorted(group), 2)
        for one, other in pairs:
            unions.join(one, other)
    for bare, person in sorted(surnames):
        unions.join(bare, person)
    return tuple(_cluster(members, entities, curation) for members in unions.groups())


def bearers(reading: Reading, curation: Curation) -> Iterator[Bearer]:
    """The persons of one article, under the words by which a surname alone could mean them."""
    article = reading.article.iri
    named = [entity for entity in reading.entities if entity.named and entity.iri not in curation.ignore]
    names = frozenset(entity.iri if entity.same_as else name_key(entity) for entity in named) - {""}
    for entity in named:
        words = [word.casefold() for word in re.findall(r"[\w'’-]+", entity.label)] if entity.kind == "person" else []
        if len(words) == 1 and not entity.same_as:
            yield Bearer(words[0], True, entity.iri, entity.iri, article, names)
        elif words:
            who = entity.iri if entity.same_as else name_key(entity)
            for word in {words[0], words[-1]}:
                yield Bearer(word, False, entity.iri, who, article, names)


def surname_pairs(of_one_word: Iterable[Bearer]) -> set[tuple[str, str]]:
    """(bare surname, the one person meant) among the bearers of one word."""
    bare: list[Bearer] = []
    whole: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in of_one_word:
        (bare if bearer.bare else whole[bearer.who]).append(bearer)
    found = set()
    for one in bare:
        near = [told for who, told in whole.items() if any(one.names & other.names - {who} for other in told)]
        if len(near) == 1:
            found.add((one.person, min(other.person for other in near[0])))
    return found


def _cluster(members: tuple[str, ...], entities: Mapping[str, Entity], curation: Curation) -> Cluster:
    labels = sorted({entities[iri].label for iri in members}, key=lambda label: (-len(label), label))
    curated = any(pair <= set(members) for pair in curation.same)
    linked = next((iri for iri in members if entities[iri].same_as), None)
    surname = len({name_key(entities[iri]) for iri in members}) > 1
    return Cluster(
        iri=linked or mint(base_of(members[0]), "entity", members[0]),  # which stays when others join
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
