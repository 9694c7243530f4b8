"""Claims as nanopublications (Nanopublication Guidelines, 15 December 2015), named by what they hold (trusty URIs, RA).

    NP#Head         what belongs together
    NP#assertion    what is said: the event with its roles, or the relation
    NP#provenance   who says it, through whom, in which words of which article
    NP#pubinfo      what made it, from which proposition of the graph, and how its things are called

A nanopublication asserts. So only what its source affirms becomes one: positive, actual, and certain or probable. What
is denied, planned or only possible is not asserted by anybody, and is left out; `trig` has it.

The name's code is a hash of all four graphs, computed as Kuhn and Dumontier have it (Trusty URIs, 2014): IRIs with a
blank for the code, sorted, one a line; SHA-256; base64. Whoever has the file can check it. No clock is in it: who
publishes one signs it and adds the time.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.export.write import to_bytes
from kg.ids import base_of
from kg.vocab import GAF, GRAPHS, KG, NIF, PROV, RDF, RDFS, SCHEMA, closed

NP = closed(
    "np", "http://www.nanopub.org/nschema#",
    "Nanopublication hasAssertion hasProvenance hasPublicationInfo",
)  # fmt: skip
_BLANK = "RA" + "-" * 43  # stands for the code while that is computed
Term = NamedNode | Literal
Statements = dict[NamedNode, list[tuple[NamedNode, Term]]]

_AFFIRMED = (
    (KG.polarity, frozenset({KG.Positive})),
    (KG.realis, frozenset({KG.Actual})),
    (KG.certainty, frozenset({KG.Certain, KG.Probable})),
)
_PHRASES = (KG.cue, KG.sourcePhrase, KG.contentPhrase, KG.verbatim, KG.sentence, GAF.denotedBy)
_OF_ARTICLE = frozenset({RDFS.label, KG.sha256, SCHEMA.publisher, SCHEMA.datePublished, SCHEMA.url, RDF.type})
_OF_SPEAKER = frozenset({RDFS.label, RDF.type})


def nanopub(quads: Iterable[Quad]) -> bytes:
    """All nanopublications of a graph, in TriG."""
    return to_bytes(nanopublications(quads), "trig")


def nanopublications(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of the nanopublications of a graph, one after the other."""
    known: Statements = defaultdict(list)
    said: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            known[_node(quad.subject)].append((quad.predicate, _term(quad.object)))
        elif isinstance(quad.graph_name, NamedNode) and not quad.graph_name.value.startswith(GRAPHS):
            said[quad.graph_name].append(quad)
    relays = {value: iri for iri, of in known.items() for predicate, value in of if predicate == KG.content}
    for proposition in sorted(said, key=str):
        if all(set(_values(known, proposition, name)) & allowed for name, allowed in _AFFIRMED):
            yield from _named(_Made(known, relays, proposition, said[proposition]).quads())


class _Made:
    """One nanopublication, under a name whose code is still blank."""

    def __init__(
        self, known: Statements, relays: dict[Term, NamedNode], proposition: NamedNode, said: list[Quad]
    ) -> None:
        self.known = known
        self.relays = relays
        self.proposition = proposition
        self.said = said
        self.iri = NamedNode(f"{base_of(proposition.value)}np/{_BLANK}")
        self.head, self.assertion, self.provenance, self.info = (
            NamedNode(f"{self.iri.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
        )

    def quads(self) -> set[Quad]:
        return {*self._head(), *self._assertion(), *self._provenance(), *self._info()}

    def _head(self) -> Iterator[Quad]:
        yield Quad(self.iri, RDF.type, NP.Nanopublication, self.head)
        yield Quad(self.iri, NP.hasAssertion, self.assertion, self.head)
        yield Quad(self.iri, NP.hasProvenance, self.provenance, self.head)
        yield Quad(self.iri, NP.hasPublicationInfo, self.info, self.head)

    def _assertion(self) -> Iterator[Quad]:
        for quad in self.said:
            yield Quad(quad.subject, quad.predicate, quad.object, self.assertion)

    def _provenance(self) -> Iterator[Quad]:
        """The proposition's own statements, then the chain from its innermost source to the article's own voice."""
        for predicate, value in self.known[self.proposition]:
            yield Quad(self.assertion, predicate, value, self.provenance)
            yield from self._phrase(predicate, value)
        below, above = self.assertion, self.relays.get(self.proposition)
        seen: set[NamedNode] = set()
        while above is not None and above not in seen:
            seen.add(above)
            yield Quad(above, KG.content, below, self.provenance)
            yield from self._attribution(above)
            below, above = above, self.relays.get(above)
        for article in _values(self.known, self.proposition, PROV.wasDerivedFrom):
            yield from self._of(article, _OF_ARTICLE)
            for publisher in _values(self.known, article, SCHEMA.publisher):
                yield from self._of(publisher, _OF_SPEAKER)

    def _attribution(self, iri: NamedNode) -> Iterator[Quad]:
        for predicate, value in self.known[iri]:
            if predicate == KG.content:
                continue
            yield Quad(iri, predicate, value, self.provenance)
            yield from self._phrase(predicate, value)
            if predicate == KG.source:
                yield from self._of(value, _OF_SPEAKER)

    def _phrase(self, predicate: NamedNode, value: Term) -> Iterator[Quad]:
        if predicate in _PHRASES:
            yield from self._of(value, None)

    def _of(self, thing: Term, wanted: frozenset[NamedNode] | None) -> Iterator[Quad]:
        """What is known of a thing; of that, the wanted predicates."""
        if isinstance(thing, NamedNode):
            for predicate, value in self.known.get(thing, ()):
                if wanted is None or predicate in wanted:
                    yield Quad(thing, predicate, value, self.provenance)

    def _info(self) -> Iterator[Quad]:
        yield Quad(self.iri, PROV.wasDerivedFrom, self.proposition, self.info)
        yield Quad(self.iri, KG.software, Literal("newskg"), self.info)
        for thing in sorted({term for quad in self.said for term in (quad.subject, quad.object)}, key=str):
            if isinstance(thing, NamedNode):
                for name in (RDFS.label, NIF.anchorOf):
                    for label in _values(self.known, thing, name):
                        yield Quad(thing, RDFS.label, label, self.info)


def _values(known: Statements, thing: Term, predicate: NamedNode) -> list[Term]:
    return [value for name, value in known.get(thing, ()) if name == predicate] if isinstance(thing, NamedNode) else []


def _node(term: object) -> NamedNode:
    assert isinstance(term, NamedNode)  # noqa: S101  a graph of ours has no blank nodes
    return term


def _term(term: object) -> Term:
    assert isinstance(term, NamedNode | Literal)  # noqa: S101  nor triple terms
    return term


# --- names -------------------------------------------------------------------------------------------------


def _named(quads: set[Quad]) -> Iterator[Quad]:
    """The quads under the name that follows from them."""
    code = artifact_code(quads)
    for quad in quads:
        yield Quad(_coded(quad.subject, code), quad.predicate, _coded(quad.object, code), _coded(quad.graph_name, code))  # type: ignore[arg-type, unused-ignore]


def artifact_code(quads: Iterable[Quad], code: str = _BLANK) -> str:
    """The code of a nanopublication, `code` being what stands in its place: RA and 43 characters."""
    lines = sorted({_line(quad, code) for quad in quads})
    text = "".join(part for _, parts in lines for part in parts)
    digest = hashlib.sha256(text.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _line(quad: Quad, code: str) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """What a quad is sorted by, and its four lines."""
    iris = tuple(_value(term).replace(code, " ") for term in (quad.graph_name, quad.subject, quad.predicate))
    if isinstance(quad.object, Literal):
        kind = f"@{quad.object.language.lower()}" if quad.object.language else f"^{quad.object.datatype.value}"
        escaped = quad.object.value.replace("\\", "\\\\").replace("\n", "\\n")
        order = (b"1", quad.object.value.encode(), kind.encode())
        last = f"{kind} {escaped}"
    else:
        last = _value(quad.object).replace(code, " ")
        order = (b"0", last.encode(), b"")
    return (*(iri.encode() for iri in iris), *order), tuple(f"{part}\n" for part in (*iris, last))


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _coded(term: object, code: str) -> object:
    if isinstance(term, NamedNode) and _BLANK in term.value:
        return NamedNode(term.value.replace(_BLANK, code))
    return term
