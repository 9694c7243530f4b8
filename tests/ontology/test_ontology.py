"""The ontology: complete, closed, and the same as what the program knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.errors import OntologyError
from kg.export.terms import value
from kg.files import ontology
from kg.query.named import Named, named_queries
from kg.vocab import KG, NAMESPACE, PREFIXES, PROV, RDFS, event_types, own_terms, relation

TRIPLES = list(parse(path=ontology("kg.ttl"), format=RdfFormat.TURTLE))
SUBPROPERTY = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
OWL = "http://www.w3.org/2002/07/owl#"


def objects(term: str, predicate: NamedNode) -> list[NamedNode | Literal]:
    return [t.object for t in TRIPLES if t.subject == NamedNode(NAMESPACE + term) and t.predicate == predicate]


@pytest.mark.parametrize("term", sorted(own_terms()))
def test_every_term_has_label_comment_and_parent(term: str) -> None:
    assert len(objects(term, RDFS.label)) == 1
    assert len(objects(term, RDFS.comment)) == 1
    kinds = [kind.value for kind in objects(term, TYPE)]
    assert len(kinds) >= 1
    if OWL + "Class" in kinds:
        assert objects(term, RDFS.subClassOf)
    elif any(kind.startswith(OWL) for kind in kinds) and term not in ("role", "relation"):
        assert objects(term, SUBPROPERTY)
    for parent in (*objects(term, RDFS.subClassOf), *objects(term, SUBPROPERTY)):
        if parent.value.startswith(NAMESPACE):
            assert parent.value.removeprefix(NAMESPACE) in own_terms()


def test_event_types_take_no_name_of_ours() -> None:
    assert own_terms() & set(event_types()) <= {"Event"}


def test_parents_of_event_types_are_types() -> None:
    parents = {kind.parent for kind in event_types().values() if kind.parent}
    assert parents <= set(event_types()) | {"Event"}


def test_no_term_is_unused() -> None:
    """Each term is used by the program, the queries, the shapes, or the ontology itself."""
    root = Path(__file__).resolve().parents[2]
    sources = [
        *(root / "kg").rglob("*.py"),
        *(root / "ontology").rglob("*.rq"),
        ontology("shapes.ttl"),
        *(root / "seeds").glob("*.tsv"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    words = set(re.findall(r"\w+", text))
    unused = {term for term in own_terms() if not {term, term[0].lower() + term[1:], term.removesuffix("Form")} & words}
    assert not {term for term in unused if term not in ("NominalForm", "PronounForm", "NameForm")}


def test_roles_of_the_extractor_are_in_the_ontology() -> None:
    from kg.extract.lexicon import ROLES

    for role in ROLES - {"-"}:
        assert KG[role]


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(OntologyError, match="did you mean kg:Attribution"):
        _ = KG.Atribution
    with pytest.raises(OntologyError):
        _ = PROV.wasDerivedfrom


@pytest.mark.parametrize("name", ["positive", "planned", "possible", "unknown", "disputed"])
def test_values_of_the_model_are_individuals(name: str) -> None:
    assert value(name) == f"<{NAMESPACE}{name.capitalize()}>"


def test_relations_are_minted_only_where_the_ontology_has_none() -> None:
    assert relation("holdsOffice") == KG.holdsOffice
    assert relation("Attack").value == "https://w3id.org/newskg/relation/Attack"
    assert relation(" ").value == "https://w3id.org/newskg/relation/related"


@pytest.mark.parametrize("query", named_queries().values(), ids=lambda query: query.name)
def test_named_queries_stand_on_their_own(query: Named) -> None:
    """Standard SPARQL with its own prefixes, a one-line comment, and every parameter used."""
    assert query.description.endswith((".", "?"))
    assert "\n" not in query.description
    Store().query(query.text)  # without our preset prefixes
    body = "\n".join(line for line in query.text.split("\n") if not line.startswith("#"))
    for name, meaning in query.parameters:
        assert f"?{name}" in body
        assert meaning
    for prefix, iri in re.findall(r"PREFIX (\w+):\s*<([^>]+)>", query.text):
        assert PREFIXES[prefix] == iri
    for prefix, term in re.findall(r"\b(kg|graph|nif|gaf|prov|schema|rdfs):(\w+)", body):
        if prefix == "kg":
            assert KG[term]


def test_there_are_at_least_ten_named_queries() -> None:
    assert len(named_queries()) >= 10
