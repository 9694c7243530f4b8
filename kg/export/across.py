"""The comparison of all readings as RDF: `graph:identity` and `graph:links`, recomputed as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from kg.export.terms import date, decimal, node, proposition
from kg.ids import base_of, chars, mint
from kg.model import Cluster, Comparison, Disagreement, Link, Omission, Side, Story
from kg.vocab import GAF, GRAPH, KG, RDF, RDFS, relation, value


def identity_quads(comparison: Comparison) -> Iterator[Quad]:
    """What is one across articles, with method, score and evidence."""
    for cluster in comparison.clusters:
        yield from _cluster(cluster)


def link_quads(comparison: Comparison) -> Iterator[Quad]:
    """Links, disagreements, stories and omissions."""
    clusters = {cluster.iri for cluster in comparison.clusters if cluster.kind == "event"}
    for link in comparison.links:
        yield from _link(link)
        if link.object in clusters or link.object in link.events:
            yield Quad(node(link.iri), RDF.type, KG.RoleLink, GRAPH.links)
    for disagreement in comparison.disagreements:
        yield from _disagreement(disagreement)
    for story in comparison.stories:
        yield from _story(story)
    for omission in comparison.omissions:
        yield from _omission(omission)


def _cluster(cluster: Cluster) -> Iterator[Quad]:
    iri, graph = node(cluster.iri), GRAPH.identity
    yield Quad(iri, RDF.type, KG.EventCluster if cluster.kind == "event" else KG.EntityCluster, graph)
    yield Quad(iri, RDFS.label, Literal(cluster.label), graph)
    yield Quad(iri, KG.method, Literal(cluster.method), graph)
    yield Quad(iri, KG.score, decimal(cluster.score), graph)
    for member in cluster.members:
        yield Quad(iri, KG.unites, node(member), graph)
    for evidence in cluster.evidence:
        yield Quad(iri, KG.evidence, Literal(evidence), graph)


def _link(link: Link) -> Iterator[Quad]:
    iri, graph = node(link.iri), GRAPH.links
    yield Quad(iri, RDF.type, KG.Link, graph)
    yield Quad(iri, RDFS.label, Literal(link.relation), graph)
    yield Quad(iri, KG.subject, node(link.subject), graph)
    yield Quad(iri, KG.predicate, relation(link.relation), graph)
    yield Quad(iri, KG.object, node(link.object), graph)
    yield Quad(iri, KG.status, value(link.status), graph)
    yield Quad(iri, KG.negated, Literal(link.negated), graph)
    yield Quad(iri, KG.outlets, Literal(len(link.outlets)), graph)
    yield Quad(iri, KG.origins, Literal(len(link.origins)), graph)
    for outlet in link.outlets:
        yield Quad(iri, KG.outletName, Literal(outlet), graph)
    for origin in link.origins:
        yield Quad(iri, KG.originName, Literal(origin), graph)
    for attribution in link.attributions:
        yield Quad(iri, KG.attribution, node(attribution), graph)
    for event in link.events:
        yield Quad(iri, KG.proposition, proposition(event), graph)
    if link.first:
        yield Quad(iri, KG.firstSaid, date(link.first), graph)
    if link.last:
        yield Quad(iri, KG.lastSaid, date(link.last), graph)


def _disagreement(disagreement: Disagreement) -> Iterator[Quad]:
    iri, graph = node(disagreement.iri), GRAPH.links
    yield Quad(iri, RDF.type, KG.Disagreement, graph)
    yield Quad(iri, KG.disagreementType, Literal(disagreement.type), graph)
    yield Quad(iri, KG.severity, Literal(disagreement.severity), graph)
    yield Quad(iri, KG.about, node(disagreement.about), graph)
    yield Quad(iri, KG.explanation, Literal(disagreement.explanation), graph)
    for side in disagreement.sides:
        yield from _side(disagreement.iri, side)


def _side(owner: str, side: Side) -> Iterator[Quad]:
    """A side under the disagreement or omission `owner`. Its quote is text of the article, not a claim of ours."""
    span, graph = side.span, GRAPH.links
    iri = node(mint(base_of(owner), "side", owner, side.article, span.start, span.end, side.source, side.value))
    yield Quad(node(owner), KG.side, iri, graph)
    yield Quad(iri, RDF.type, KG.Side, graph)
    yield Quad(iri, KG.article, node(side.article), graph)
    yield Quad(iri, GAF.denotedBy, node(chars(side.article, span.start, span.end)), graph)
    if side.quote:
        yield Quad(iri, RDFS.label, Literal(side.quote), graph)
    if side.value:
        yield Quad(iri, KG.value, Literal(side.value), graph)
    if side.publisher:
        yield Quad(iri, KG.outletName, Literal(side.publisher), graph)
    if side.source:
        yield Quad(iri, KG.sourceName, Literal(side.source), graph)
    if side.attribution:
        yield Quad(iri, KG.attribution, node(side.attribution), graph)


def _story(story: Story) -> Iterator[Quad]:
    iri, graph = node(story.iri), GRAPH.links
    yield Quad(iri, RDF.type, KG.Story, graph)
    yield Quad(iri, RDFS.label, Literal(story.label), graph)
    for article in story.articles:
        yield Quad(iri, KG.article, node(article), graph)
    for event in story.events:
        yield Quad(iri, KG.event, node(event), graph)
    for outlet in story.outlets:
        yield Quad(iri, KG.outletName, Literal(outlet), graph)


def _omission(omission: Omission) -> Iterator[Quad]:
    """Who has it; who lacks it are the other outlets of the story, which would be a quad for each of them here."""
    graph = GRAPH.links
    iri = node(mint(base_of(omission.about), "omission", omission.story, omission.about, *omission.lacking))
    yield Quad(iri, RDF.type, KG.Omission, graph)
    yield Quad(iri, KG.story, node(omission.story), graph)
    yield Quad(iri, KG.about, node(omission.about), graph)
    for outlet in omission.outlets:
        yield Quad(iri, KG.outletName, Literal(outlet), graph)
    for side in omission.sides:
        yield from _side(iri.value, side)
