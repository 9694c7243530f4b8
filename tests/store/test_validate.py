"""Validate: the shapes, told in English and as SHACL's own report."""

from __future__ import annotations

from importlib import util
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.errors import KgError, OntologyError
from kg.query.rows import GRAPH_FORMATS
from kg.store.graph import KnowledgeGraph
from kg.store.validate import validate
from kg.vocab import KG, PROV
from tests.export.golden import NAMES, quads
from tests.store.graphs import whole

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
BAD = b"""
    @prefix kg: <https://w3id.org/newskg/ontology#> .
    @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
    <http://e/p> a kg:Proposition ; kg:polarity kg:Perhaps .
    <http://e/a> a kg:Attribution .
    <http://e/x#char=9,3> nif:beginIndex 9 ; nif:endIndex 3 ; nif:referenceContext <http://e/x> .
"""


def bad() -> list[Quad]:
    return list(parse(BAD, format=RdfFormat.TURTLE))


@pytest.mark.parametrize("name", NAMES)
def test_golden_graphs_have_their_shape(name: str) -> None:
    assert validate(quads(name)), validate(quads(name)).violations


def test_what_is_wrong_is_told_in_english() -> None:
    said = [str(violation) for violation in validate(bad()).violations]
    for sentence in (
        "http://e/a: An attribution has one source.",
        "http://e/a: An attribution is an outlet's own voice, or is relayed by one other.",
        "http://e/a: kg:depth is missing.",
        "http://e/p: Somebody says each proposition.",
        "http://e/p: kg:polarity has a value that is none of those it may have. It is kg:Perhaps.",
        "http://e/x#char=9,3: A phrase begins before it ends. It is 9.",
    ):
        assert sentence in said
    assert said == sorted(said)
    assert not any("->" in sentence or "Literal(" in sentence for sentence in said)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_the_report_is_shacls_own(form: str) -> None:
    found = validate(bad())
    names = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    report = rdflib.Graph().parse(data=found.to_bytes(form), format=names[form])
    (top,) = report.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert report.value(top, SH.conforms) == rdflib.Literal(False)
    results = list(report.objects(top, SH.result))
    assert len(results) == len(found.violations)
    for result in results:
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert report.value(result, needed) is not None
    inverse = set(report.objects(None, SH.inversePath))
    assert rdflib.URIRef(KG.content.value) in inverse


def test_a_report_is_the_same_bytes_in_any_order() -> None:
    assert validate(bad()).to_bytes("turtle") == validate(bad()[::-1]).to_bytes("turtle")
    assert b"conforms true" in validate([]).to_bytes("turtle")


def test_a_graph_on_disk_is_validated_without_its_builds(tmp_path: Path) -> None:
    with KnowledgeGraph(whole(tmp_path / "graph")) as graph:
        assert graph.validate()


def test_a_proposition_that_nobody_says_is_told() -> None:
    graph = [quad for quad in quads("radio-one") if quad.predicate != KG.content]
    assert any("Somebody says each proposition." in str(one) for one in validate(graph).violations)
    graph = [quad for quad in quads("radio-one") if quad.predicate != PROV.wasDerivedFrom]
    assert any("prov:wasDerivedFrom is missing." in str(one) for one in validate(graph).violations)


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text("""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/newskg/ontology#> .
        <http://e/shape> a sh:NodeShape ; sh:targetClass kg:Article ;
            sh:property [ sh:path kg:sha256 ; sh:pattern "^never" ; sh:severity sh:Warning ] .
    """, encoding="utf-8")  # fmt: skip
    (violation,) = validate(quads("radio-one"), shapes).violations
    assert violation.severity == "Warning"
    assert "kg:sha256 has a value that is not written as it must be." in str(violation)
    shapes.write_text("no turtle", encoding="utf-8")
    with pytest.raises(OntologyError, match="cannot be read as Turtle"):
        validate([], shapes)
    with pytest.raises(OntologyError, match=r"none\.ttl"):
        validate([], tmp_path / "none.ttl")


def test_without_pyshacl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.validate.find_spec", lambda name: None if name == "pyshacl" else util.find_spec(name))
    with pytest.raises(KgError, match=r"pip install 'newskg\[validate\]'"):
        validate([Quad(NamedNode("http://e/s"), KG.depth, NamedNode("http://e/o"), DefaultGraph())])
