"""Closed vocabularies: a misspelt term raises, so that no typing error ever becomes a predicate.

Our own terms stand in `ontology/kg.ttl` and nowhere else; the types of events are rows of `seeds/events.tsv`.
Of other people's vocabularies, the terms that we use are listed here.

    >>> PROV.wasDerivedFrom.value
    'http://www.w3.org/ns/prov#wasDerivedFrom'
    >>> KG.Attribution.value
    'https://w3id.org/newskg/ontology#Attribution'
    >>> KG.Atribution
    Traceback (most recent call last):
    kg.errors.OntologyError: kg:Atribution is not in the ontology; did you mean kg:Attribution?
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import OntologyError
from kg.files import ontology, seeds

NAMESPACE = "https://w3id.org/newskg/ontology#"
GRAPHS = "https://w3id.org/newskg/graph/"
RELATIONS = "https://w3id.org/newskg/relation/"


class Vocabulary:
    """A namespace with a closed list of terms, each reached as an attribute or by its name in brackets."""

    def __init__(self, prefix: str, iri: str, terms: Callable[[], frozenset[str]]) -> None:
        self.prefix = prefix
        self.iri = iri
        self._terms = terms
        self._nodes: dict[str, NamedNode] = {}

    def __getitem__(self, name: str) -> NamedNode:
        node = self._nodes.get(name)
        if node is None:
            if name not in self:
                raise OntologyError(f"{self.prefix}:{name} is not in the ontology{self._nearest(name)}")
            node = self._nodes[name] = NamedNode(self.iri + name)
        return node

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("_"):
            raise AttributeError(name)
        node = self[name.removesuffix("_")]  # `RDFS.class_`: Python's own words take an underscore
        setattr(self, name, node)  # found at once from now on
        return node

    def __contains__(self, name: object) -> bool:
        return name in self._terms()

    def terms(self) -> frozenset[str]:
        """The names of all terms."""
        return self._terms()

    def _nearest(self, name: str) -> str:
        near = difflib.get_close_matches(name, sorted(self._terms()), n=1)
        return f"; did you mean {self.prefix}:{near[0]}?" if near else ""


def closed(prefix: str, iri: str, names: str) -> Vocabulary:
    """A vocabulary of other people, with the terms of it that we use."""
    terms = frozenset(names.split())
    return Vocabulary(prefix, iri, lambda: terms)


@cache
def own_terms() -> frozenset[str]:
    """The terms that `ontology/kg.ttl` defines."""
    subjects = (triple.subject for triple in parse(path=ontology("kg.ttl"), format=RdfFormat.TURTLE))
    iris = (node.value for node in subjects if isinstance(node, NamedNode))
    return frozenset(iri.removeprefix(NAMESPACE) for iri in iris if iri.startswith(NAMESPACE))


class EventType(NamedTuple):
    """A type of events: its PLOVER code and the type above it, where it has them."""

    plover: str | None
    parent: str | None


@cache
def event_types() -> dict[str, EventType]:
    """The types of events of `seeds/events.tsv`, by name."""
    with seeds("events.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith(("#", "@")))
        types: dict[str, EventType] = {}
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, known = row["type"], types.get(row["type"], EventType(None, None))
            types[name] = EventType(known.plover or row["plover"] or None, known.parent or row["parent"] or None)
        return types


@cache
def _kg_terms() -> frozenset[str]:
    return own_terms() | frozenset(event_types())


KG = Vocabulary("kg", NAMESPACE, _kg_terms)
GRAPH = closed("graph", GRAPHS, "identity links facts runs")
RDF = closed("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type reifies")
RDFS = closed("rdfs", "http://www.w3.org/2000/01/rdf-schema#", "label comment subClassOf")
OWL = closed("owl", "http://www.w3.org/2002/07/owl#", "sameAs Class")
SKOS = closed("skos", "http://www.w3.org/2004/02/skos/core#", "altLabel notation")
XSD = closed(
    "xsd", "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer decimal double date dateTime gYear gYearMonth anyURI",
)  # fmt: skip
NIF = closed(
    "nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Sentence isString referenceContext beginIndex endIndex anchorOf",
)  # fmt: skip
GAF = closed("gaf", "http://groundedannotationframework.org/gaf#", "denotes denotedBy")
PROV = closed(
    "prov", "http://www.w3.org/ns/prov#",
    "wasDerivedFrom wasRevisionOf alternateOf wasGeneratedBy startedAtTime endedAtTime generated used",
)  # fmt: skip
SCHEMA = closed(
    "schema", "https://schema.org/",
    "headline publisher author datePublished inLanguage url latitude longitude",
)  # fmt: skip
TIME = closed("time", "http://www.w3.org/2006/time#", "Interval Instant hasBeginning hasEnd inXSDDate inXSDDateTime")
DCT = closed("dct", "http://purl.org/dc/terms/", "identifier")

_VOCABULARIES = (KG, GRAPH, RDF, RDFS, OWL, SKOS, XSD, NIF, GAF, PROV, SCHEMA, TIME, DCT)

PREFIXES: dict[str, str] = {vocabulary.prefix: vocabulary.iri for vocabulary in _VOCABULARIES} | {
    "rel": RELATIONS,
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "grasp": "http://groundedannotationframework.org/grasp#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "wd": "http://www.wikidata.org/entity/",
    "gn": "https://sws.geonames.org/",
}


def relation(name: str) -> NamedNode:
    """The IRI of a link's relation: our own term where there is one, else one minted from the name.

    >>> relation("agent").value, relation("shareIntelligence").value
    ('https://w3id.org/newskg/ontology#agent', 'https://w3id.org/newskg/relation/shareIntelligence')
    """
    if name[:1].islower() and name in own_terms():
        return KG[name]
    slug = re.sub(r"[^\w.~-]+", "-", name).strip("-")
    return NamedNode(RELATIONS + (slug or "related"))
