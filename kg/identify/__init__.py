"""Identify: which entities and events of different articles are one.

    articles -> entities (same name) -> features of events -> candidate pairs -> scores -> clusters

Every result is a `Cluster` with method, score and evidence. The order of articles never matters: everything is
sorted by IRI before it is compared. Articles' own readings are never changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.identify.candidates import candidate_pairs
from kg.identify.clusters import cluster_events
from kg.identify.curation import Curation
from kg.identify.entities import canonical_entities, entity_clusters
from kg.identify.features import corpus_features
from kg.model import Cluster, Reading

__all__ = ["Curation", "canonical_entities", "identify"]


def identify(readings: Sequence[Reading], curation: Curation | None = None) -> tuple[Cluster, ...]:
    """Clusters of two or more entities or events that are one, sorted by IRI; what is in none stands alone.

    `curation` holds the curator's rules (same / different / ignore), which win over every score.
    """
    rules = curation or Curation()
    ordered = sorted(readings, key=lambda reading: reading.article.iri)
    entities = entity_clusters(ordered, rules)
    features = corpus_features(ordered, canonical_entities(entities))
    events = cluster_events(features, candidate_pairs(features), rules)
    return tuple(sorted((*entities, *events), key=lambda cluster: cluster.iri))
