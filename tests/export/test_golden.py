"""What readings become in RDF, case by case."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse, serialize

from kg.export.write import FORMATS, nquads, to_bytes
from kg.files import ontology
from kg.ids import chars
from kg.query.rows import plain
from kg.vocab import GAF, GRAPH, KG, NIF, RDF, event_types
from tests.export.golden import CASES, NAMES, comparison, quads, readings


@pytest.mark.parametrize("name", NAMES)
def test_graph_is_the_expected_one(name: str) -> None:
    # no blank nodes, so equal sets are isomorphic graphs
    assert set(quads(name)) == set(parse(path=CASES / name / "expected.trig", format=RdfFormat.TRIG))


@pytest.mark.parametrize("name", NAMES)
def test_graph_conforms_to_the_shapes(name: str) -> None:
    union = rdflib.Graph()
    union.parse(data=serialize([quad.triple for quad in quads(name)], format=RdfFormat.N_TRIPLES), format="nt")
    conforms, _, report = pyshacl.validate(
        union, shacl_graph=str(ontology("shapes.ttl")), ont_graph=str(ontology("kg.ttl"))
    )
    assert conforms, report


def test_shapes_can_fail() -> None:
    graph = rdflib.Graph()
    graph.parse(data="""
        @prefix kg: <https://w3id.org/newskg/ontology#> .
        <http://e/p> a kg:Proposition ; kg:polarity kg:Perhaps .
        <http://e/a> a kg:Attribution .
        <http://e/x#char=9,3> <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex> 9 ;
            <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex> 3 ;
            <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext> <http://e/x> .
    """, format="turtle")  # fmt: skip
    conforms, _, report = pyshacl.validate(graph, shacl_graph=str(ontology("shapes.ttl")))
    assert not conforms
    for message in (
        "begins before it ends",
        "Somebody says each proposition",
        "has one source",
        "relayed by one other",
    ):
        assert message in report


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_only_said_stands_outside_its_proposition(name: str) -> None:
    said = {KG[kind] for kind in event_types()} | {
        KG[term]
        for term in (
            "lemma",
            "plover",
            "count",
            "nationality",
            "holdsOffice",
            "spokespersonOf",
            "agent",
            "patient",
            "theme",
            "place",
            "time",
        )
    }
    propositions = {quad.subject for quad in quads(name) if quad.object == KG.Proposition}
    for quad in quads(name):
        if quad.graph_name not in propositions:
            assert quad.predicate not in said
            assert not (quad.predicate == RDF.type and quad.object in said)
            assert quad.graph_name in (DefaultGraph(), GRAPH.identity, GRAPH.links)


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_slices_back_to_its_quote(name: str) -> None:
    texts = {plain(quad.subject): plain(quad.object) for quad in quads(name) if quad.predicate == NIF.isString}
    anchors = {plain(quad.subject): plain(quad.object) for quad in quads(name) if quad.predicate == NIF.anchorOf}
    assert anchors
    for phrase, quote in anchors.items():
        article, place = phrase.split("#char=")
        start, end = map(int, place.split(","))
        assert texts[article][start:end] == quote


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_that_is_led_to_is_described(name: str) -> None:
    described = {quad.subject for quad in quads(name) if quad.predicate == NIF.anchorOf}
    led_to = {
        term
        for quad in quads(name)
        for term in (quad.subject, quad.object)
        if isinstance(term, NamedNode) and "#char=" in term.value
    }
    assert led_to == described


@pytest.mark.parametrize("name", NAMES)
def test_every_role_leads_to_characters(name: str) -> None:
    graph = set(quads(name))
    for reading in readings(name):
        for event in reading.events:
            for role in event.roles:
                phrase = chars(reading.article.iri, role.span.start, role.span.end)
                assert any(
                    plain(quad.object) == phrase for quad in graph if quad.predicate in (GAF.denotedBy, KG[role.name])
                ) or (role.name == "time" and event.time)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_same_bytes_whatever_the_order(name: str, form: str) -> None:
    found = quads(name)
    assert to_bytes(found, form) == to_bytes(reversed(found), form) == to_bytes(found + found, form)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_read_back(name: str) -> None:
    found = set(quads(name))
    for form, format_ in FORMATS.items():
        read = set(parse(to_bytes(found, form), format=format_))
        assert read == (found if form != "turtle" else {quad for quad in found if quad.graph_name == DefaultGraph()}), (
            form
        )


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_reads_the_same(name: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=to_bytes(quads(name), "trig"), format="trig")
    assert len({(s, p, o, g) for s, p, o, g in dataset.quads((None, None, None, None))}) == len(set(quads(name)))


def test_shared_quads_do_not_depend_on_the_order_of_readings() -> None:
    from kg.export.rdf import shared_lines
    from kg.export.terms import quads as parsed

    everything = [reading for name in NAMES for reading in readings(name)]
    assert nquads(parsed(shared_lines(everything))) == nquads(parsed(shared_lines(everything[::-1])))


def test_comparison_has_its_own_graphs() -> None:
    graphs = {quad.graph_name for quad in quads("planned-and-denied")}
    assert {GRAPH.identity, GRAPH.links} <= graphs
    assert comparison("planned-and-denied").links
