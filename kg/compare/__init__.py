"""Compare: what is known only across articles.

claims -> disagreements -> links        what is said of each thing, who differs, and the view people look at
       -> stories -> omissions          which articles tell one story, and what each leaves out
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.compare.claims import corpus_claims
from kg.compare.copies import Copies, copies, voices
from kg.compare.disagreements import disagreements
from kg.compare.links import Line, links, relation_line
from kg.compare.stories import Told, stories, told_of
from kg.model import Cluster, Comparison, Reading

__all__ = ["Compared", "compare", "compared"]


class Compared(NamedTuple):
    """A comparison, and what it follows from: near-copies, what is told of each thing, and the lines of stated
    relations by article."""

    comparison: Comparison
    copies: Copies
    told: Sequence[Sequence[Told]]
    lines: Mapping[str, Sequence[Line]]


def compare(readings: Sequence[Reading], clusters: Iterable[Cluster]) -> Comparison:
    """The comparison over readings and their identity. Every part is sorted, whatever the order given."""
    return compared(readings, clusters).comparison


def compared(readings: Sequence[Reading], clusters: Iterable[Cluster]) -> Compared:
    """The same, with all that it takes to find what changes when articles come or go (`kg.compare.growth`)."""
    identity = tuple(sorted(clusters, key=lambda cluster: cluster.iri))
    ordered = sorted(readings, key=lambda reading: reading.article.iri)
    articles = [reading.article for reading in ordered]
    near = copies(articles)
    claims = corpus_claims(ordered, identity, voices(articles, near.pairs))
    differing = disagreements(claims)
    told = [told_of(about, found) for about, found in claims.by_thing.items()]
    tales, omissions = stories(told)
    lines: dict[str, list[Line]] = defaultdict(list)
    for stated in claims.relations:
        if line := relation_line(stated):
            lines[stated.reading.article.iri].append(line)
    found = Comparison(
        clusters=identity,
        links=links(claims, differing),
        disagreements=differing,
        omissions=omissions,
        stories=tales,
    )
    return Compared(found, near, told, lines)
