"""Whether a graph has the shape it should have: SHACL (W3C, 20 July 2017), checked by pySHACL, told in English.

The shapes are `ontology/shapes.ttl` with the classes of `ontology/kg.ttl`, or a file of the user's own. They are
checked over the union of all graphs, as their first line says. `Validated.report` is the standard's own validation
report, with blank nodes numbered in the order of the results, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from kg.errors import KgError, OntologyError
from kg.files import ontology
from kg.query.rows import GRAPH_FORMATS, short
from kg.vocab import PREFIXES, RDF, closed

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = closed(
    "sh", "http://www.w3.org/ns/shacl#",
    "ValidationReport ValidationResult conforms result focusNode resultPath value resultMessage resultSeverity "
    "sourceConstraintComponent sourceShape message inversePath Violation Warning Info",
)  # fmt: skip
_LIST_FIRST = NamedNode(RDF.iri + "first")
_LIST_REST = NamedNode(RDF.iri + "rest")
_LIST_END = NamedNode(RDF.iri + "nil")

# what a constraint component of SHACL means where the shape has no sentence of its own
_SENTENCES = {
    "MinCount": "{path} is missing.",
    "MaxCount": "{path} stands there more often than it may.",
    "Datatype": "{path} has a value of another datatype than it must.",
    "NodeKind": "{path} has a value of another kind (IRI, text) than it must.",
    "Class": "{path} leads to something of another class than it must.",
    "In": "{path} has a value that is none of those it may have.",
    "Pattern": "{path} has a value that is not written as it must be.",
    "MinLength": "{path} has a value that is too short.",
    "MinInclusive": "{path} has a value that is too small.",
    "MaxInclusive": "{path} has a value that is too large.",
    "LessThan": "{path} is not less than what it must be less than.",
    "LessThanOrEquals": "{path} is greater than what it must not exceed.",
    "Node": "{path} leads to something that is itself not as it must be.",
}
_OTHER = "{path} is not as {component} wants it."


class Violation(NamedTuple):
    """One result: the node, the sentence about it, the value that is wrong if there is one; terms as in N-Triples."""

    focus: str
    sentence: str
    path: str
    value: str | None
    component: str
    severity: str

    def __str__(self) -> str:
        value = f" It is {self.value}." if self.value else ""
        return f"{self.focus}: {self.sentence}{value}"


@dataclass(frozen=True, slots=True)
class Validated:
    """The violations, sorted, and the standard's report of them."""

    violations: tuple[Violation, ...]
    report: tuple[Quad, ...]

    def __bool__(self) -> bool:
        return not self.violations

    def to_bytes(self, form: str) -> bytes:
        """The report in a form of `kg.query.rows.GRAPH_FORMATS`."""
        triples = [quad.triple for quad in self.report]
        prefixes = {SH.prefix: SH.iri, "xsd": PREFIXES["xsd"], "kg": PREFIXES["kg"]}
        content = serialize(triples, format=GRAPH_FORMATS[form], prefixes=prefixes) or b""
        if form == "turtle":  # the serialiser writes prefixes in an order that changes from run to run
            head, body = content[: content.find(b"\n_:")], content[content.find(b"\n_:") :]
            content = b"\n".join(sorted(head.split(b"\n"))) + body
        return content


def require() -> None:
    """Raise `KgError` when the extra `validate` is not installed."""
    if find_spec("pyshacl") is None:
        raise KgError("validating needs pyshacl; install it with: pip install 'newskg[validate]'")


def validate(quads: Iterable[Quad], shapes: Path | None = None) -> Validated:
    """Check quads against the shapes.

    Raises `OntologyError` when the shapes cannot be read, `KgError` when pySHACL is not installed.
    """
    require()
    import pyshacl
    from rdflib import Graph

    union = Graph()
    triples = (quad.triple for quad in quads)
    union.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    conforms, report, _ = pyshacl.validate(
        union, shacl_graph=_read(shapes or ontology("shapes.ttl")), ont_graph=_read(ontology("kg.ttl"))
    )
    if not isinstance(report, Graph):
        raise OntologyError(f"cannot be used as shapes: {report}", file=str(shapes) if shapes else None)
    found = sorted(_results(report), key=lambda pair: pair[0])
    return Validated(
        tuple(one for one, _ in found), tuple(_report(report, [node for _, node in found], conforms=conforms))
    )


def _read(path: Path) -> Graph:
    from rdflib import Graph

    try:
        return Graph().parse(path, format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"cannot be read as Turtle: {error}", file=str(path)) from None


# --- in English --------------------------------------------------------------------------------------------


def _results(report: Graph) -> Iterator[tuple[Violation, Node]]:
    for result in report.objects(None, _uri(SH.result)):
        component = _local(report.value(result, _uri(SH.sourceConstraintComponent))).removesuffix("ConstraintComponent")
        path = _path(report, report.value(result, _uri(SH.resultPath)))
        shape, value = report.value(result, _uri(SH.sourceShape)), report.value(result, _uri(SH.value))
        focus = _shown(report.value(result, _uri(SH.focusNode)))
        own = report.value(shape, _uri(SH.message)) if shape is not None else None
        said = report.value(result, _uri(SH.resultMessage))
        plain = _SENTENCES.get(component, _OTHER).format(path=path or "It", component=component)
        # pySHACL gives a shape's own sentence where there is one; a named shape's is not in the report
        sentence = str(own or (said if _ends(said) else plain))
        severity = _local(report.value(result, _uri(SH.resultSeverity)))
        shown = None if value is None or _shown(value) == focus else _shown(value)
        yield Violation(focus, sentence, path, shown, component, severity), result


def _ends(message: Node | None) -> bool:
    """Whether a message is a sentence of ours: pySHACL's own have no full stop."""
    return message is not None and str(message).endswith(".")


def _path(report: Graph, path: Node | None) -> str:
    """A property path as SPARQL writes it: kg:source, ^kg:content, kg:source/rdfs:label."""
    from rdflib import BNode

    if not isinstance(path, BNode):
        return _shown(path)
    inverse = report.value(path, _uri(SH.inversePath))
    if inverse is not None:
        return "^" + _path(report, inverse)
    return "/".join(_path(report, step) for step in report.items(path))


def _uri(node: NamedNode) -> Any:
    from rdflib import URIRef

    return URIRef(node.value)


def _local(node: Node | None) -> str:
    return str(node or "").rpartition("#")[2]


def _shown(node: Node | None) -> str:
    from rdflib import URIRef

    return short(NamedNode(str(node))) if isinstance(node, URIRef) else str(node if node is not None else "")


# --- as RDF ------------------------------------------------------------------------------------------------


def _report(report: Graph, results: list[Node], *, conforms: bool) -> Iterator[Quad]:
    """The report with its blank nodes numbered. The shapes' own blank nodes, which lead nowhere, are left out."""
    top = BlankNode("report")
    yield Quad(top, RDF.type, SH.ValidationReport)
    yield Quad(top, SH.conforms, Literal(conforms))
    for number, result in enumerate(results, 1):
        node = BlankNode(f"result{number}")
        yield Quad(top, SH.result, node)
        yield Quad(node, RDF.type, SH.ValidationResult)
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "resultMessage", "value"):
            value = report.value(result, _uri(SH[name]))
            if value is not None:
                yield Quad(node, SH[name], _term(value))
        path = report.value(result, _uri(SH.resultPath))
        if path is not None:
            term, described = _path_term(report, path, f"result{number}path")
            yield Quad(node, SH.resultPath, term)
            yield from described


def _path_term(report: Graph, path: Node, name: str) -> tuple[NamedNode | BlankNode, list[Quad]]:
    from rdflib import BNode

    if not isinstance(path, BNode):
        return NamedNode(str(path)), []
    node, inverse = BlankNode(name), report.value(path, _uri(SH.inversePath))
    if inverse is not None:
        term, described = _path_term(report, inverse, name + "i")
        return node, [Quad(node, SH.inversePath, term), *described]
    rest: NamedNode | BlankNode = _LIST_END
    quads: list[Quad] = []
    for number, step in reversed(list(enumerate(report.items(path)))):
        cell = BlankNode(f"{name}{number}") if number else node
        term, described = _path_term(report, step, f"{name}{number}i")
        quads = [Quad(cell, _LIST_FIRST, term), Quad(cell, _LIST_REST, rest), *described, *quads]
        rest = cell
    return node, quads


def _term(value: Node) -> NamedNode | BlankNode | Literal:
    from rdflib import BNode, URIRef
    from rdflib import Literal as Text

    if isinstance(value, URIRef):
        return NamedNode(str(value))
    if isinstance(value, BNode):
        return BlankNode(str(value))
    assert isinstance(value, Text)  # noqa: S101  RDF has no fourth kind
    if value.language:
        return Literal(str(value), language=value.language)
    return Literal(str(value), datatype=NamedNode(str(value.datatype))) if value.datatype else Literal(str(value))
