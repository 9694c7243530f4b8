"""The forms in which a graph is written for others: one table, one small module each.

    export(graph, "trig")         the bytes, the same for the same articles

A form of RDF takes the graph's quads; every other takes the graph itself (`Exportable`). What an article says is
untrusted: each module escapes it as its form asks for.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kg.errors import KgError

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.model import Corpus
    from kg.query.claims import Claim


class Exportable(Protocol):
    """What a form is written from; `kg.store.graph.KnowledgeGraph` is one."""

    def quads(self, *, runs: bool = False) -> Iterator[Quad]: ...
    def corpus(self, *, text: bool = True) -> Corpus: ...
    def claims(self) -> list[Claim]: ...


class Form(NamedTuple):
    """A form: what it is, and `module:function` of `kg.export` that writes it.

    `rdf` where the function takes quads; `binary` where it gives no text.
    """

    what: str
    writer: str
    rdf: bool = False
    binary: bool = False


FORMS: dict[str, Form] = {
    "nquads": Form("RDF 1.1, N-Quads in order", "write:nquads", rdf=True),
    "trig": Form("RDF 1.1, TriG", "write:trig", rdf=True),
    "turtle": Form("RDF 1.1, Turtle: the default graph alone, which is what we vouch for", "write:turtle", rdf=True),
    "jsonld": Form("RDF 1.1, JSON-LD with its context", "jsonld:jsonld", rdf=True),
    "rdf12": Form("RDF 1.2, TriG: what is said as triple terms", "rdf12:rdf12", rdf=True),
    "nanopub": Form("nanopublications in TriG, of what is affirmed, with trusty URIs", "nanopub:nanopub", rdf=True),
    "graphml": Form("GraphML: entities, events and the links between them", "network:graphml"),
    "gexf": Form("GEXF, the same for Gephi", "network:gexf"),
    "nodelink": Form("JSON, the same for D3 and NetworkX", "network:nodelink"),
    "neo4j": Form("CSV for neo4j-admin in a zip file: also claims and articles", "neo4j:neo4j", binary=True),
    "csv": Form("CSV: a line for each thing that somebody says", "table:table"),
    "webannotation": Form("W3C Web Annotations in JSON-LD: what stands where", "webannotation:webannotation"),
    "claimreview": Form("schema.org ClaimReview in JSON-LD: drafts, without ratings", "claimreview:claimreview"),
}  # fmt: skip


def export(graph: Exportable, form: str, *, runs: bool = False) -> bytes:
    """The graph in one of `FORMS`; RDF with the record of builds if `runs`. Raises `KgError` for another form."""
    if form not in FORMS:
        near = difflib.get_close_matches(form, FORMS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FORMS)}"
        raise KgError(f"no form is named {form!r}; {hint}")
    known = FORMS[form]
    module, _, name = known.writer.partition(":")
    writer = getattr(import_module(f"kg.export.{module}"), name)
    if known.rdf:
        written: bytes = writer(graph.quads(runs=runs))
        return written
    if runs:
        raise KgError(f"the record of builds is written as RDF alone, not as {form}")
    content: bytes = writer(graph)
    return content
