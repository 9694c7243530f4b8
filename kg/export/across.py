"""The comparison of all readings as RDF: `graph:identity` and `graph:links`, recomputed as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.export.terms import (
    GAF,
    GRAPH,
    KG,
    RDF,
    RDFS,
    boolean,
    date,
    decimal,
    integer,
    line,
    literal,
    node,
    proposition,
    value,
)
from kg.ids import base_of, chars, mint
from kg.model import Cluster, Comparison, Disagreement, Link, Omission, Side, Story
from kg.vocab import relation


def identity_lines(comparison: Comparison) -> Iterator[str]:
    """What is one across articles, with method, score and evidence."""
    for cluster in comparison.clusters:
        yield from _cluster(cluster)


def link_lines(comparison: Comparison, ends: Set[str] | None = None) -> Iterator[str]:
    """Links, disagreements, stories and omissions. The clusters of events are the comparison's own, or `ends`."""
    clusters = ends if ends is not None else {one.iri for one in comparison.clusters if one.kind == "event"}
    for link in comparison.links:
        yield from _link(link)
        if link.object in clusters or link.object in link.events:
            yield line(node(link.iri), RDF.type, KG.RoleLink, GRAPH.links)
    for disagreement in comparison.disagreements:
        yield from _disagreement(disagreement)
    for story in comparison.stories:
        yield from _story(story)
    for omission in comparison.omissions:
        yield from _omission(omission)


def _cluster(cluster: Cluster) -> Iterator[str]:
    iri, graph = node(cluster.iri), GRAPH.identity
    yield line(iri, RDF.type, KG.EventCluster if cluster.kind == "event" else KG.EntityCluster, graph)
    yield line(iri, RDFS.label, literal(cluster.label), graph)
    yield line(iri, KG.method, literal(cluster.method), graph)
    yield line(iri, KG.score, decimal(cluster.score), graph)
    for member in cluster.members:
        yield line(iri, KG.unites, node(member), graph)
    for evidence in cluster.evidence:
        yield line(iri, KG.evidence, literal(evidence), graph)


def _link(link: Link) -> Iterator[str]:
    iri, graph = node(link.iri), GRAPH.links
    yield line(iri, RDF.type, KG.Link, graph)
    yield line(iri, RDFS.label, literal(link.relation), graph)
    yield line(iri, KG.subject, node(link.subject), graph)
    yield line(iri, KG.predicate, str(relation(link.relation)), graph)
    yield line(iri, KG.object, node(link.object), graph)
    yield line(iri, KG.status, value(link.status), graph)
    yield line(iri, KG.negated, boolean(link.negated), graph)
    yield line(iri, KG.outlets, integer(len(link.outlets)), graph)
    yield line(iri, KG.origins, integer(len(link.origins)), graph)
    for outlet in link.outlets:
        yield line(iri, KG.outletName, literal(outlet), graph)
    for origin in link.origins:
        yield line(iri, KG.originName, literal(origin), graph)
    for attribution in link.attributions:
        yield line(iri, KG.attribution, node(attribution), graph)
    for event in link.events:
        yield line(iri, KG.proposition, node(proposition(event)), graph)
    if link.first:
        yield line(iri, KG.firstSaid, date(link.first), graph)
    if link.last:
        yield line(iri, KG.lastSaid, date(link.last), graph)


def _disagreement(disagreement: Disagreement) -> Iterator[str]:
    iri, graph = node(disagreement.iri), GRAPH.links
    yield line(iri, RDF.type, KG.Disagreement, graph)
    yield line(iri, KG.disagreementType, literal(disagreement.type), graph)
    yield line(iri, KG.severity, literal(disagreement.severity), graph)
    yield line(iri, KG.about, node(disagreement.about), graph)
    yield line(iri, KG.explanation, literal(disagreement.explanation), graph)
    for side in disagreement.sides:
        yield from _side(disagreement.iri, side)


def _side(owner: str, side: Side) -> Iterator[str]:
    """A side under the disagreement or omission `owner`. Its quote is text of the article, not a claim of ours."""
    span, graph = side.span, GRAPH.links
    iri = node(mint(base_of(owner), "side", owner, side.article, span.start, span.end, side.source, side.value))
    yield line(node(owner), KG.side, iri, graph)
    yield line(iri, RDF.type, KG.Side, graph)
    yield line(iri, KG.article, node(side.article), graph)
    yield line(iri, GAF.denotedBy, node(chars(side.article, span.start, span.end)), graph)
    if side.quote:
        yield line(iri, RDFS.label, literal(side.quote), graph)
    if side.value:
        yield line(iri, KG.value, literal(side.value), graph)
    if side.publisher:
        yield line(iri, KG.outletName, literal(side.publisher), graph)
    if side.source:
        yield line(iri, KG.sourceName, literal(side.source), graph)
    if side.attribution:
        yield line(iri, KG.attribution, node(side.attribution), graph)


def _story(story: Story) -> Iterator[str]:
    iri, graph = node(story.iri), GRAPH.links
    yield line(iri, RDF.type, KG.Story, graph)
    yield line(iri, RDFS.label, literal(story.label), graph)
    for article in story.articles:
        yield line(iri, KG.article, node(article), graph)
    for event in story.events:
        yield line(iri, KG.event, node(event), graph)
    for outlet in story.outlets:
        yield line(iri, KG.outletName, literal(outlet), graph)


def _omission(omission: Omission) -> Iterator[str]:
    """Who has it; who lacks it are the other outlets of the story, which would be a quad for each of them here."""
    graph = GRAPH.links
    name = mint(base_of(omission.about), "omission", omission.story, omission.about, *omission.lacking)
    iri = node(name)
    yield line(iri, RDF.type, KG.Omission, graph)
    yield line(iri, KG.story, node(omission.story), graph)
    yield line(iri, KG.about, node(omission.about), graph)
    for outlet in omission.outlets:
        yield line(iri, KG.outletName, literal(outlet), graph)
    for side in omission.sides:
        yield from _side(name, side)
