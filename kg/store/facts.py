"""Promotion: the only way by which a claim becomes a triple of `graph:facts`.

A rule is a SPARQL CONSTRUCT query in `ontology/rules/`; its file's name is the rule's name. Each triple it gives is
entered in `graph:facts` and logged in `graph:links` as a kg:Promotion with the rule and the links behind it.
Facts are made anew with every build, so a fact whose support goes is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from kg.errors import OntologyError
from kg.export import terms
from kg.export.terms import line, literal, node
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


def promote(store: Store, rules: Sequence[Rule]) -> Iterator[str]:
    """The facts that the rules let through, and the log of each, as lines of N-Quads."""
    for rule in rules:
        yield from _promoted(store, rule, _facts(store, rule))


def _facts(store: Store, rule: Rule) -> list[Triple]:
    """What a rule gives, once. What the query held in memory is gone with it."""
    try:
        return list(dict.fromkeys(cast(QueryTriples, store.query(rule.query, prefixes=PREFIXES))))
    except SyntaxError as error:
        raise OntologyError(str(error), file=f"ontology/rules/{rule.name}.rq") from error


def _promoted(store: Store, rule: Rule, facts: Sequence[Triple]) -> Iterator[str]:
    support = _Support(store, {term for triple in facts for term in (triple.subject, triple.object)})
    for triple in facts:
        yield line(str(triple.subject), str(triple.predicate), str(triple.object), terms.GRAPH.facts)
        yield from _log(support, rule, triple)


def _log(support: _Support, rule: Rule, triple: Triple) -> Iterator[str]:
    links, graph = support.of(triple), terms.GRAPH.links
    fact = str(triple.subject), str(triple.predicate), str(triple.object)
    base = base_of(cast(NamedNode, links[0] if links else triple.subject).value)
    iri = node(mint(base, "promotion", rule.name, *fact))
    yield line(iri, terms.RDF.type, terms.KG.Promotion, graph)
    yield line(iri, terms.KG.rule, literal(rule.name), graph)
    for part, term in zip((terms.KG.factSubject, terms.KG.factPredicate, terms.KG.factObject), fact, strict=True):
        yield line(iri, part, term, graph)
    for link in links:
        yield line(iri, terms.KG.link, str(link), graph)
    for attribution in dict.fromkeys(one for link in links for one in support.attributions(link)):
        yield line(iri, terms.KG.attribution, attribution, graph)


class _Support:
    """The links that speak of some things, by what they say: looked up for every fact, so gathered once."""

    def __init__(self, store: Store, things: set[Term]) -> None:
        self.store = store
        self._attributions: dict[Subject, list[str]] = {}
        self.saying: dict[tuple[Term, ...], set[Subject]] = defaultdict(set)
        subjects, objects = (_values(store, known, things) for known in (KG.subject, KG.object))
        for link, object_ in objects.items():
            if Quad(link, KG.negated, Literal(False), GRAPH.links) not in store:
                continue
            self.saying[object_,].add(link)
            if link in subjects:
                for quad in store.quads_for_pattern(link, KG.predicate, None, GRAPH.links):
                    self.saying[subjects[link], quad.object, object_].add(link)

    def of(self, triple: Triple) -> list[Subject]:
        """The links that say what a triple says, sorted.

        A link from a participant to its event says it the other way round, and also that the event is of its type.
        """
        subject, predicate, object_ = triple.subject, triple.predicate, triple.object
        if predicate == RDF.type:
            return sorted(self.saying.get((subject,), ()), key=str)
        either = ((subject, predicate, object_), (object_, predicate, subject))
        return sorted({link for said in either for link in self.saying.get(said, ())}, key=str)

    def attributions(self, link: Subject) -> list[str]:
        """Who stands behind a link; it may be asked for several facts."""
        known = self._attributions.get(link)
        if known is None:
            found = self.store.quads_for_pattern(link, KG.attribution, None, GRAPH.links)
            known = self._attributions[link] = [str(quad.object) for quad in found]
        return known


def _values(store: Store, predicate: NamedNode, among: set[Term]) -> dict[Subject, Term]:
    """The object of each subject of a predicate in `graph:links`, where it is one of these."""
    quads = store.quads_for_pattern(None, predicate, None, GRAPH.links)
    return {quad.subject: quad.object for quad in quads if quad.object in among}
