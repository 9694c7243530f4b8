"""Compare: what is known only across articles.

claims -> disagreements -> links        what is said of each thing, who differs, and the view people look at
       -> stories -> omissions          which articles tell one story, and what each leaves out
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.compare.claims import corpus_claims
from kg.compare.disagreements import disagreements
from kg.compare.links import links
from kg.compare.stories import stories
from kg.model import Cluster, Comparison, Reading

__all__ = ["compare"]


def compare(readings: Sequence[Reading], clusters: Iterable[Cluster]) -> Comparison:
    """The comparison over readings and their identity. Every part is sorted, whatever the order given."""
    identity = tuple(sorted(clusters, key=lambda cluster: cluster.iri))
    ordered = sorted(readings, key=lambda reading: reading.article.iri)
    claims = corpus_claims(ordered, identity)
    differing = disagreements(claims)
    told, omissions = stories(claims)
    return Comparison(
        clusters=identity,
        links=links(claims, ordered, differing),
        disagreements=differing,
        omissions=omissions,
        stories=told,
    )
