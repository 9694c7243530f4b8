"""Identify: which entities and events of different articles are one.

    articles -> entities (same name) -> features of events -> candidate pairs -> scores -> clusters

Every result is a `Cluster` with method, score and evidence. The order of articles never matters: everything is
sorted by IRI before it is compared. Articles' own readings are never changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.identify.clusters import Merge, joined_events, scored
from kg.identify.curation import Curation
from kg.identify.entities import canonical_entities, entity_clusters
from kg.identify.features import CorpusFeatures, corpus_features
from kg.model import Cluster, Reading

__all__ = ["Curation", "Identity", "canonical_entities", "identify", "identity"]


class Identity(NamedTuple):
    """Clusters, sorted by IRI, and what those of events follow from: their features, which call entities by `labels`,
    the pairs that could be joined, and the `merges` that made two clusters one."""

    clusters: tuple[Cluster, ...]
    features: CorpusFeatures
    labels: Mapping[str, str]
    pairs: Sequence[Merge]
    merges: Sequence[Merge]


def identify(readings: Sequence[Reading], curation: Curation | None = None) -> tuple[Cluster, ...]:
    """Clusters of two or more entities or events that are one, sorted by IRI; what is in none stands alone.

    `curation` holds the curator's rules (same / different / ignore), which win over every score.
    """
    return identity(readings, curation).clusters


def identity(readings: Sequence[Reading], curation: Curation | None = None) -> Identity:
    """The same, with all that it takes to find what changes when articles come or go (`kg.identify.growth`)."""
    from kg.identify.pairs import likely_pairs

    rules = curation or Curation()
    ordered = sorted(readings, key=lambda reading: reading.article.iri)
    entities = entity_clusters(ordered, rules)
    labels = canonical_entities(entities)
    features = corpus_features(ordered, labels)
    pairs = scored(features, likely_pairs(features), rules)
    events = joined_events(features, pairs, rules)
    clusters = sorted((*entities, *events.clusters()), key=lambda cluster: cluster.iri)
    return Identity(tuple(clusters), features, labels, pairs, events.merges)
