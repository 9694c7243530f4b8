"""What the service says of itself and of single things."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple, serialize

from kg.export.write import to_bytes, without_runs
from kg.query.rows import GRAPH_FORMATS, short
from kg.serve.protocol import Refusal
from kg.store.graph import KnowledgeGraph
from kg.vocab import GRAPH, PREFIXES, RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_DATASET_FORMS = ("trig", "nquads", "jsonld")
_MOST = 2000  # statements shown of one thing


def service_description(endpoint: str, form: str) -> bytes:
    """SPARQL 1.1 Service Description of the endpoint."""
    service, features = NamedNode(endpoint), BlankNode("dataset")
    triples = [
        Triple(service, RDF.type, NamedNode(_SD + "Service")),
        Triple(service, NamedNode(_SD + "endpoint"), service),
        Triple(service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query")),
        *(
            Triple(service, NamedNode(_SD + "resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
            for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
                         "Turtle", "N-Triples", "JSON-LD", "RDF_XML")
        ),
        Triple(service, NamedNode(_SD + "defaultDataset"), features),
        Triple(features, RDF.type, NamedNode(_SD + "Dataset")),
    ]  # fmt: skip
    return serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES | {"sd": _SD}) or b""


def described(directory: Path, iri: str, form: str) -> bytes:
    """Every statement with the IRI as subject or object, or in the graph it names. Raises `Refusal` 404 for none."""
    try:
        about = NamedNode(iri)
    except ValueError:
        raise Refusal(404, "no such thing") from None
    with KnowledgeGraph(directory) as graph:
        quads = _about(graph.store, about)
        if not quads:
            raise Refusal(404, "the graph says nothing of it")
        base = graph.manifest.base
    if form == "html":
        return _html(about, quads, base).encode("utf-8")
    return to_bytes(quads, form) if form in _DATASET_FORMS else _triples(quads, form)


def _triples(quads: Sequence[Quad], form: str) -> bytes:
    """In a form that knows no graphs: what is only said, each in its proposition's graph, would stand there as fact."""
    ours = (DefaultGraph(), GRAPH.identity, GRAPH.links, GRAPH.facts)
    triples = dict.fromkeys(quad.triple for quad in quads if quad.graph_name in ours)
    return serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b""


def _about(store: Store, about: NamedNode) -> list[Quad]:
    found: dict[Quad, None] = {}
    for pattern in ((about, None, None, None), (None, None, about, None), (None, None, None, about)):
        for quad in without_runs(store.quads_for_pattern(*pattern)):
            if len(found) == _MOST:
                break
            found[quad] = None
    return sorted(found, key=str)


def _html(about: NamedNode, quads: Sequence[Quad], base: str) -> str:
    """A table of the statements. Every word of it is escaped; only our own IRIs are links, and lead back to us."""
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{_cell(term, base)}</td>" for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        )
        + "</tr>"
        for quad in quads
    )
    title = escape(about.value)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}"
        "table{border-collapse:collapse}td,th{padding:.3rem .6rem;border-bottom:1px solid #8886;text-align:left;"
        "vertical-align:top;overflow-wrap:anywhere}</style>"
        f"<h1>{title}</h1><table><tr><th>subject<th>predicate<th>object<th>graph</tr>{rows}</table></html>"
    )


def _cell(term: NamedNode | Literal | BlankNode | Triple | DefaultGraph, base: str) -> str:
    if isinstance(term, DefaultGraph):
        return ""
    if isinstance(term, NamedNode) and term.value.startswith(base):
        local = term.value.removeprefix(base)
        return f'<a href="/{escape(quote(local.split("#")[0]), quote=True)}">{escape(local)}</a>'
    return escape(short(term))
