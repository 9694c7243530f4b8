"""Identify: which entities and events of different articles are one.

    articles -> entities (same name) -> features of events -> candidate pairs -> scores -> clusters

Every result is a `Cluster` with method, score and evidence. The order of articles never matters: everything is
sorted by IRI before it is compared. Articles' own readings are never changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.identify.candidates import blocks
from kg.identify.curation import Curation
from kg.identify.entities import canonical_entities, entity_clusters
from kg.identify.features import corpus_features
from kg.identify.growth import Before, Identity, event_identity, standing
from kg.model import Cluster, Reading

__all__ = ["Before", "Curation", "Identity", "canonical_entities", "identify", "identity"]


def identify(readings: Sequence[Reading], curation: Curation | None = None) -> tuple[Cluster, ...]:
    """Clusters of two or more entities or events that are one, sorted by IRI; what is in none stands alone.

    `curation` holds the curator's rules (same / different / ignore), which win over every score.
    """
    return identity(readings, curation).clusters


def identity(
    readings: Sequence[Reading], curation: Curation | None = None, before: Before | None = None
) -> Identity:
    """The same, with what it takes to find it quickly when more articles come: what was found `before`, for some of
    these readings and under the same rules."""
    rules = curation or Curation()
    ordered = sorted(readings, key=lambda reading: reading.article.iri)
    entities = entity_clusters(ordered, rules)
    stand = standing(before, ordered, entities) if before else frozenset()
    features = corpus_features(ordered, canonical_entities(entities))
    events, merges = event_identity(features, blocks(features), rules, before.found if before else Identity(), stand)
    return Identity(tuple(sorted((*entities, *events), key=lambda cluster: cluster.iri)), merges)
