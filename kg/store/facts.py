"""Promotion: the only way by which a claim becomes a triple of `graph:facts`.

A rule is a SPARQL CONSTRUCT query in `ontology/rules/`; its file's name is the rule's name. Each triple it gives is
entered in `graph:facts` and logged in `graph:links` as a kg:Promotion with the rule and the links behind it.
Facts are made anew with every build, so a fact whose support goes is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from kg.errors import OntologyError
from kg.export.terms import node
from kg.files import ontology
from kg.ids import base_of, mint
from kg.vocab import GRAPH, KG, PREFIXES, RDF

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal


class Rule(NamedTuple):
    """A promotion rule: the file's name without its ending, and the query."""

    name: str
    query: str


@cache
def default_rules() -> tuple[Rule, ...]:
    """The rules of `ontology/rules/`, by name."""
    files = sorted(ontology("rules").glob("*.rq"))
    return tuple(Rule(path.stem, path.read_text(encoding="utf-8")) for path in files)


def promote(store: Store, rules: Sequence[Rule]) -> Iterator[Quad]:
    """The facts that the rules let through, and the log of each."""
    for rule in rules:
        try:
            triples = cast(QueryTriples, store.query(rule.query, prefixes=PREFIXES))
        except SyntaxError as error:
            raise OntologyError(str(error), file=f"ontology/rules/{rule.name}.rq") from error
        for triple in list(triples):
            yield Quad(triple.subject, triple.predicate, triple.object, GRAPH.facts)
            yield from _log(store, rule, triple)


def _log(store: Store, rule: Rule, triple: Triple) -> Iterator[Quad]:
    subject, predicate, object_ = triple.subject, triple.predicate, triple.object
    links = sorted(_links(store, triple), key=str)
    base = base_of(cast(NamedNode, links[0]).value if links else cast(NamedNode, subject).value)
    iri = node(mint(base, "promotion", rule.name, subject, predicate, object_))
    yield Quad(iri, RDF.type, KG.Promotion, GRAPH.links)
    yield Quad(iri, KG.rule, Literal(rule.name), GRAPH.links)
    yield Quad(iri, KG.factSubject, subject, GRAPH.links)
    yield Quad(iri, KG.factPredicate, predicate, GRAPH.links)
    yield Quad(iri, KG.factObject, object_, GRAPH.links)
    for link in links:
        yield Quad(iri, KG.link, link, GRAPH.links)
        for quad in store.quads_for_pattern(link, KG.attribution, None, GRAPH.links):
            yield Quad(iri, KG.attribution, quad.object, GRAPH.links)


def _links(store: Store, triple: Triple) -> Iterator[Subject]:
    """The links that say what the triple says.

    A link from a participant to its event says it the other way round, and also that the event is of its type.
    """
    subject, predicate, object_ = triple.subject, triple.predicate, triple.object
    if predicate == RDF.type:
        yield from _matching(store, KG.object, subject, ())
        return
    for first, last in ((subject, object_), (object_, subject)):
        yield from _matching(store, KG.subject, first, ((KG.object, last), (KG.predicate, predicate)))


def _matching(
    store: Store, known: NamedNode, value: Term, others: Sequence[tuple[NamedNode, Term]]
) -> Iterator[Subject]:
    """The links, not negated, that have these values."""
    wanted = (*others, (KG.negated, Literal(False)))
    for quad in store.quads_for_pattern(None, known, value, GRAPH.links):
        if all(Quad(quad.subject, predicate, term, GRAPH.links) in store for predicate, term in wanted):
            yield quad.subject
