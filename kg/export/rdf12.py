"""The graph as RDF 1.2 (W3C, Candidate Recommendation), in TriG: what is said are triple terms, nobody's graph.

Each triple of a proposition's graph is a triple term that the proposition reifies:

    prop:1 rdf:reifies <<( ev:1 kg:patient ent:divers )>> .

A triple term is not asserted, so the claim is as far from being a fact as it was in its own graph. Identity, links and
facts keep their graphs. Readers of RDF 1.1 cannot read it; `propositions` turns it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.export.write import to_bytes
from kg.vocab import GRAPHS, RDF


def rdf12(quads: Iterable[Quad]) -> bytes:
    """The quads as TriG of RDF 1.2."""
    return to_bytes(map(_reified, quads), "trig")


def propositions(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The inverse: what a proposition reifies stands in its graph."""
    for quad in quads:
        if quad.predicate == RDF.reifies and isinstance(quad.object, Triple) and isinstance(quad.subject, NamedNode):
            said = quad.object
            yield Quad(said.subject, said.predicate, said.object, quad.subject)
        else:
            yield quad


def _reified(quad: Quad) -> Quad:
    graph = quad.graph_name
    if isinstance(graph, DefaultGraph) or not isinstance(graph, NamedNode) or graph.value.startswith(GRAPHS):
        return quad
    return Quad(graph, RDF.reifies, quad.triple)
