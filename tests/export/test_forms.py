"""Every form, read back by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import KgError
from kg.export.forms import FORMS, export
from kg.export.jsonld import context
from kg.export.nanopub import artifact_code
from kg.export.network import network, plain
from kg.export.rdf12 import propositions
from kg.export.table import COLUMNS, cell, cell_text
from kg.export.write import write
from kg.files import ontology
from kg.vocab import GRAPHS, KG, NAMESPACE, RDF, SCHEMA
from tests.export.golden import NAMES
from tests.export.graphs import InMemory, case, graphs

unhurried = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
EXPECTED = Path(__file__).resolve().parents[1] / "cases" / "export-forms"


# --- all of them -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_same_bytes_whatever_the_order(name: str, form: str) -> None:
    graph = case(name)
    shuffled = InMemory(graph.readings, graph.comparison)
    object.__setattr__(shuffled, "quads", lambda runs=False: reversed([*graph.quads(), *graph.quads()]))
    assert export(graph, form) == export(shuffled, form) == export(graph, form)
    assert export(graph, form)


@pytest.mark.parametrize("path", sorted(EXPECTED.iterdir()), ids=lambda path: path.name)
def test_form_is_the_expected_one(path: Path) -> None:
    """`tests/cases/export-forms/NAME.FORM`; a form that changes shall change before somebody's eyes."""
    name, _, form = path.name.rpartition(".")
    assert export(case(name), form) == path.read_bytes()


def test_an_unknown_form_is_told_with_what_was_meant() -> None:
    with pytest.raises(KgError, match="did you mean graphml"):
        export(case("radio-one"), "graphm")
    with pytest.raises(KgError, match="there are nquads, trig"):
        export(case("radio-one"), "docx")


def test_builds_are_recorded_in_rdf_alone() -> None:
    with pytest.raises(KgError, match="as RDF alone"):
        export(case("radio-one"), "csv", runs=True)


@pytest.mark.parametrize("form", FORMS)
def test_a_graph_of_nothing_can_be_written(form: str) -> None:
    export(InMemory(()), form)


def test_a_file_that_cannot_be_written_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    for path in (tmp_path / "file" / "below", tmp_path):
        with pytest.raises(KgError, match="cannot be written"):
            write(b"new", path)
    assert (tmp_path / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# --- RDF ---------------------------------------------------------------------------------------------------


def rdflib_quads(content: bytes, form: str) -> set[Quad]:
    dataset = rdflib.Dataset()
    dataset.parse(data=content.decode(), format=form)
    return set(parse(dataset.serialize(format="nquads").encode(), format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("name", NAMES)
def test_jsonld_is_read_by_two_readers(name: str) -> None:
    content = export(case(name), "jsonld")
    assert set(parse(content, format=RdfFormat.JSON_LD)) == set(case(name).quads())
    assert len(rdflib_quads(content, "json-ld")) == len(set(case(name).quads()))


@unhurried
@given(graphs())
def test_jsonld_keeps_any_text(graph: InMemory) -> None:
    assert set(parse(export(graph, "jsonld"), format=RdfFormat.JSON_LD)) == set(graph.quads())


def test_jsonld_keeps_literals_of_every_kind() -> None:
    from kg.export.jsonld import jsonld

    xsd = "http://www.w3.org/2001/XMLSchema#"
    subject, predicates = NamedNode("http://e/s"), (KG.depth, KG.content, NamedNode("http://e/p"), SCHEMA.latitude)
    values: list[Literal | NamedNode] = [
        Literal("5", datatype=NamedNode(xsd + "integer")), Literal("05", datatype=NamedNode(xsd + "integer")),
        Literal("9" * 30, datatype=NamedNode(xsd + "integer")), Literal("1", datatype=NamedNode(xsd + "boolean")),
        Literal(True), Literal(1.5), Literal("1.50", datatype=NamedNode(xsd + "decimal")), Literal(""), Literal("5"),
        Literal("a", language="en"), NamedNode("http://e/o"),
    ]  # fmt: skip
    quads = {Quad(subject, predicate, value) for predicate in predicates for value in values}
    assert set(parse(jsonld(quads), format=RdfFormat.JSON_LD)) == quads


def test_the_context_knows_every_property_that_leads_to_a_thing() -> None:
    known = context()
    for triple in parse(path=ontology("kg.ttl"), format=RdfFormat.TURTLE):
        if triple.predicate == RDF.type and triple.object == NamedNode("http://www.w3.org/2002/07/owl#ObjectProperty"):
            assert isinstance(triple.subject, NamedNode)
            assert triple.subject.value in known.links or not triple.subject.value.startswith(NAMESPACE)
    for name in known.terms.values():  # nothing stands for two things
        assert name not in dict(known.prefixes)


def test_the_context_stands_in_the_file_as_it_is_shipped() -> None:
    content = json.loads(export(case("radio-one"), "jsonld"))
    assert content["@context"] == json.loads(ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]


@pytest.mark.parametrize("name", NAMES)
def test_rdf12_says_the_same_in_triple_terms(name: str) -> None:
    found = list(parse(export(case(name), "rdf12"), format=RdfFormat.TRIG))
    graphs = {quad.graph_name for quad in found}
    assert all(isinstance(graph, DefaultGraph) or graph.value.startswith(GRAPHS) for graph in graphs)
    assert any(isinstance(quad.object, Triple) for quad in found)
    assert set(propositions(found)) == set(case(name).quads())


@unhurried
@given(graphs())
def test_rdf12_keeps_any_text(graph: InMemory) -> None:
    assert set(propositions(parse(export(graph, "rdf12"), format=RdfFormat.TRIG))) == set(graph.quads())


# --- nanopublications --------------------------------------------------------------------------------------


def nanopublications(graph: InMemory) -> dict[str, list[Quad]]:
    """The quads of each, by its name."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in parse(export(graph, "nanopub"), format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        found[quad.graph_name.value.partition("#")[0]].append(quad)
    return found


def read_by_nanopub(quads: list[Quad]) -> Any:
    nanopub = pytest.importorskip("nanopub")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = rdflib.ConjunctiveGraph()
        graph.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
        return nanopub.Nanopub(rdf=graph)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nanopublications_are_valid_and_named_by_their_content(name: str) -> None:
    for iri, quads in nanopublications(case(name)).items():
        read = read_by_nanopub(quads)
        assert read.is_valid
        assert read.has_valid_trusty
        code = iri.rsplit("/", 1)[1]
        assert artifact_code(quads, code) == code
        tampered = [quad for quad in quads if quad.predicate != KG.lemma]
        assert (artifact_code(tampered, code) == code) == (len(tampered) == len(quads))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_nobody_affirms_is_no_nanopublication() -> None:
    graph = case("planned-and-denied")
    events = {event.iri: event for reading in graph.readings for event in reading.events}
    asserted = {
        quad.subject.value
        for quads in nanopublications(graph).values()
        for quad in quads
        if quad.predicate == KG.lemma and isinstance(quad.subject, NamedNode)
    }
    affirmed = {
        event.iri
        for event in events.values()
        if (event.polarity, event.realis) == ("positive", "actual") and event.certainty in ("certain", "probable")
    }
    assert asserted == affirmed
    assert set(events) - affirmed


def test_a_nanopublication_names_the_whole_chain() -> None:
    graph = case("radio-one")
    depth = max(sum(1 for quad in quads if quad.predicate == KG.source) for quads in nanopublications(graph).values())
    assert depth == 4  # who prints it, the radio, the television, the coast guard


# --- networks ----------------------------------------------------------------------------------------------


def networks(graph: InMemory) -> list[Any]:
    return [
        networkx.parse_graphml(export(graph, "graphml").decode(), force_multigraph=True),
        networkx.read_gexf(io.BytesIO(export(graph, "gexf"))),
        networkx.node_link_graph(json.loads(export(graph, "nodelink")), edges="edges"),
    ]


def _key(edge: tuple[Any, ...]) -> str:
    """A link's IRI: GEXF's reader has it as an attribute, and gives no keys where no edges are parallel."""
    return str(edge[-1].get("id", edge[2]))


def check_networks(graph: InMemory) -> None:
    expected = network(graph.corpus())
    for read in networks(graph):
        assert set(read.nodes) == set(expected.nodes)
        for iri, known in expected.nodes(data=True):
            assert {name: read.nodes[iri][name] for name in known} == known
        found = {
            _key(edge): edge[-1] for edge in read.edges(data=True, **({"keys": True} if read.is_multigraph() else {}))
        }
        assert set(found) == {link.iri for link in graph.comparison.links}
        for _, _, key, known in expected.edges(keys=True, data=True):
            assert {name: found[key][name] for name in known} == known


@pytest.mark.parametrize("name", NAMES)
def test_networks_are_read_by_networkx(name: str) -> None:
    check_networks(case(name))


@unhurried
@given(graphs())
def test_networks_hold_any_text(graph: InMemory) -> None:
    check_networks(graph)


def test_a_network_knows_no_clock_and_is_no_film() -> None:
    content = export(case("planned-and-denied"), "gexf").decode()
    assert "lastmodified" not in content
    assert 'mode="dynamic"' not in content


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert plain("a\x00b\x1b[31m \ufffe\n c") == "a\ufffdb\ufffd[31m \ufffd c"


# --- tables ------------------------------------------------------------------------------------------------


def read_table(graph: InMemory) -> list[dict[str, str]]:
    text = export(graph, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        assert set(row) == set(COLUMNS)
        assert not any(value.startswith(tuple("=+-@\t\r\n")) for value in row.values())
    return [{name: cell_text(value) for name, value in row.items()} for row in rows]


def check_table(graph: InMemory) -> None:
    texts = {reading.article.iri: reading.article.text for reading in graph.readings}
    rows = read_table(graph)
    said = {stated.iri for claim in graph.claims() for stated in claim.propositions}
    assert {row["proposition"] for row in rows} - {""} == said
    for row in rows:
        text = texts[row["article_iri"]]
        pieces = row["quote"].split(" … ")
        assert text[int(row["start"]) :].startswith(pieces[0]) or " … " in text
        assert row["words"] in text


@pytest.mark.parametrize("name", NAMES)
def test_claims_are_read_by_the_csv_module(name: str) -> None:
    check_table(case(name))


@unhurried
@given(graphs())
def test_claims_of_any_text_come_back(graph: InMemory) -> None:
    check_table(graph)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "'=1", "''", "＝1", "=cmd|' /C calc'!A0", "plain"])
def test_no_spreadsheet_runs_a_cell(text: str) -> None:
    assert cell(text)[0] not in "=+-@\t\r\n＝"
    assert cell_text(cell(text)) == text


_HEADER = re.compile(
    r"\w+(:(ID|int|long|float|double|boolean|string|date|datetime)(\[\])?)?|:(ID|LABEL|START_ID|END_ID|TYPE)"
)


_TYPES = {"int": r"-?\d+", "boolean": "true|false", "double": r"-?\d+(\.\d+)?(e-?\d+)?"}


def check_neo4j(graph: InMemory) -> dict[str, list[dict[str, str]]]:
    """The rules of the importer's manual: headers, unique ids, ends that exist, types, no line breaks."""
    with ZipFile(io.BytesIO(export(graph, "neo4j"))) as archive:
        found = {name: neo4j_table(archive.read(name).decode()) for name in archive.namelist()}
    ids = [row["iri:ID"] for name, rows in found.items() if name.endswith(".nodes.csv") for row in rows]
    assert len(ids) == len(set(ids))
    for name, rows in found.items():
        for row in rows if name.endswith(".relationships.csv") else ():
            assert {row[":START_ID"], row[":END_ID"]} <= set(ids)
            assert re.fullmatch(r"\w+", row[":TYPE"])
    return found


def neo4j_table(text: str) -> list[dict[str, str]]:
    """One file, its header and its cells checked."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert all(_HEADER.fullmatch(column) for column in header), header
    assert len(set(header)) == len(header)
    for row in rows:
        for column, value in zip(header, row, strict=True):
            assert not re.search(r"[\r\n]", value)
            assert not value or re.fullmatch(_TYPES.get(column.partition(":")[2], ".*"), value)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_neo4j_files_keep_the_importers_rules(name: str) -> None:
    found = check_neo4j(case(name))
    graph = case(name)
    assert len(found["articles.nodes.csv"]) == len(graph.readings)
    assert len(found["claims.nodes.csv"]) == sum(len(reading.attributions) for reading in graph.readings)
    assert len(found["links.relationships.csv"]) == len(graph.comparison.links)


@unhurried
@given(graphs())
def test_neo4j_files_hold_any_text(graph: InMemory) -> None:
    check_neo4j(graph)


# --- annotations and drafts --------------------------------------------------------------------------------

# of the Web Annotation Vocabulary, the terms that we use; the context itself is on the W3C's site
_OA = "http://www.w3.org/ns/oa#"
_AS = "http://www.w3.org/ns/activitystreams#"
_ANNO = {
    "id": "@id", "type": "@type", "Annotation": _OA + "Annotation", "SpecificResource": _OA + "SpecificResource",
    "TextualBody": _OA + "TextualBody", "TextPositionSelector": _OA + "TextPositionSelector",
    "TextQuoteSelector": _OA + "TextQuoteSelector", "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": _AS + "OrderedCollection", "AnnotationPage": _AS + "OrderedCollectionPage",
    "start": _OA + "start", "end": _OA + "end", "exact": _OA + "exact", "prefix": _OA + "prefix",
    "suffix": _OA + "suffix", "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "label": "http://www.w3.org/2000/01/rdf-schema#label", "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language", "total": _AS + "totalItems",
    "startIndex": _AS + "startIndex", "items": {"@id": _AS + "items", "@type": "@id", "@container": "@list"},
    "first": {"@id": _AS + "first", "@type": "@id"}, "body": {"@id": _OA + "hasBody", "@type": "@id"},
    "target": {"@id": _OA + "hasTarget", "@type": "@id"}, "source": {"@id": _OA + "hasSource", "@type": "@id"},
    "selector": {"@id": _OA + "hasSelector", "@type": "@id"}, "via": {"@id": _OA + "via", "@type": "@id"},
    "motivation": {"@id": _OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": _OA + "hasPurpose", "@type": "@vocab"},
} | {name: _OA + name for name in ("identifying", "tagging", "classifying", "describing", "commenting")}  # fmt: skip


def check_annotations(graph: InMemory) -> None:
    texts = {reading.article.iri: reading.article.text for reading in graph.readings}
    found = json.loads(export(graph, "webannotation"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = found["first"]["items"]
    assert found["total"] == len(items)
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            text = texts[target["source"]["id"]]
            place, quote = target["selector"]
            assert text[place["start"] : place["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    read = rdflib.Dataset()
    read.parse(data=json.dumps(found | {"@context": _ANNO}), format="json-ld")
    everything = list(read.quads((None, None, None, None)))
    typed = {s for s, p, o, _ in everything if str(o) == _OA + "Annotation"}
    assert len(typed) == len({item["id"] for item in items})
    assert not any(str(p).startswith("file:") for _, p, _, _ in everything)
    motivated = {str(o) for _, p, o, _ in everything if str(p) == _OA + "motivatedBy"}
    assert motivated <= {_OA + name for name in ("identifying", "tagging", "classifying", "describing")}


@pytest.mark.parametrize("name", NAMES)
def test_annotations_stand_where_they_say(name: str) -> None:
    check_annotations(case(name))


@unhurried
@given(graphs())
def test_annotations_of_any_text_stand_where_they_say(graph: InMemory) -> None:
    check_annotations(graph)


def test_annotations_say_where_an_article_was_published_where_that_is_an_address() -> None:
    graph = case("radio-one")
    for url, shown in (("https://e.example/a?b=1", True), ("javascript:alert(1)", False), ("http://a b/<c>", False)):
        reading = replace(graph.readings[0], article=replace(graph.readings[0].article, url=url))
        content = export(InMemory((reading,)), "webannotation").decode()
        assert ('"via"' in content) == shown


_SCHEMA_TERMS = {
    "ClaimReview": {"creativeWorkStatus", "claimReviewed", "itemReviewed", "reviewBody"},
    "Claim": {"text", "author", "appearance", "firstAppearance", "datePublished"},
    "NewsArticle": {
        "headline", "url", "datePublished", "inLanguage", "publisher", "hasPart",
    },
    "Quotation": {"text", "position"},
    "Person": {"name", "sameAs"},
    "Organization": {"name", "sameAs"},
    None: {"name"},  # a claimant of another kind, or a reference
}  # fmt: skip


def check_schema(thing: Any) -> None:
    if isinstance(thing, list):
        for one in thing:
            check_schema(one)
    elif isinstance(thing, dict):
        assert set(thing) - {"@type", "@id"} <= _SCHEMA_TERMS[thing.get("@type")], thing
        for value in thing.values():
            check_schema(value)


@pytest.mark.parametrize("name", NAMES)
def test_drafts_for_fact_checkers_rate_nothing(name: str) -> None:
    content = export(case(name), "claimreview")
    found = json.loads(content)
    assert found["@context"] == "https://schema.org"
    check_schema(found["@graph"])
    for review in found["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert review["creativeWorkStatus"] == "Draft"
        assert review["reviewBody"].endswith("Nobody has rated this claim here.")
        assert review["claimReviewed"] == review["itemReviewed"]["text"]
        assert review["itemReviewed"]["author"]["name"]
    assert not re.search(rb"(?i)rating\b|alternateName|bestRating|truth", content)
    read = rdflib.Graph()
    read.parse(data=json.dumps(found | {"@context": {"@vocab": "https://schema.org/"}}), format="json-ld")
    drafts = set(read.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/ClaimReview")))
    assert len(drafts) == len(found["@graph"])


def test_drafts_are_of_what_others_are_quoted_as_saying() -> None:
    found = json.loads(export(case("radio-one"), "claimreview"))["@graph"]
    claimants = {review["itemReviewed"]["author"]["name"] for review in found}
    assert "Radio One" not in claimants
    assert claimants
