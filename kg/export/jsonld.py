"""The graph as JSON-LD 1.1 (W3C, 16 July 2020), in words: `ontology/context.jsonld` says what each of them stands for.

The context is part of the file, so that it is read without a network. A proposition carries what is said in its own
`@graph`; all else stands beside it. One thing stands on each line; the same quads give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import OntologyError
from kg.files import ontology
from kg.vocab import RDF, XSD

Json = dict[str, Any]
_NAME = re.compile(r"[A-Za-z][\w.-]*")
_MOST = 2**53 - 1  # the largest integer that every reader of JSON keeps
_BARE = {"true": True, "false": False}


class Context(NamedTuple):
    """What a context says: the terms of IRIs, those of them whose values are IRIs, prefixes, and the vocabulary."""

    source: Json
    terms: dict[str, str]
    links: frozenset[str]
    prefixes: tuple[tuple[str, str], ...]
    vocabulary: str

    def name(self, iri: str) -> str:
        """The shortest name of a property or class that leads back to its IRI."""
        if iri in self.terms:
            return self.terms[iri]
        rest = iri.removeprefix(self.vocabulary)
        if rest != iri and _NAME.fullmatch(rest) and rest not in self.source:
            return rest
        for prefix, start in self.prefixes:
            rest = iri.removeprefix(start)
            if rest != iri and _NAME.fullmatch(rest):
                return f"{prefix}:{rest}"
        return iri


@cache
def context() -> Context:
    """The context of `ontology/context.jsonld`. Raises `OntologyError` when that is not what it has to be."""
    path = ontology("context.jsonld")
    try:
        source: Json = json.loads(path.read_text(encoding="utf-8"))["@context"]
        prefixes = {name: iri for name, iri in source.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
        vocabulary = prefixes.pop("@vocab")
        terms = {name: value for name, value in source.items() if name not in prefixes and name != "@vocab"}
        ids = {name: value["@id"] if isinstance(value, dict) else value for name, value in terms.items()}
        iris = {
            name: prefixes[prefix] + rest for name, (prefix, _, rest) in ((n, i.partition(":")) for n, i in ids.items())
        }
    except (ValueError, KeyError, TypeError) as error:
        raise OntologyError(f"is no context of terms and prefixes: {error!r}", file=str(path)) from None
    return Context(
        source=source,
        terms={iri: name for name, iri in iris.items()},
        links=frozenset(
            iris[name] for name, value in terms.items() if isinstance(value, dict) and value["@type"] == "@id"
        ),
        prefixes=tuple(sorted(prefixes.items())),
        vocabulary=vocabulary,
    )


def jsonld(quads: Iterable[Quad]) -> bytes:
    """The quads as one JSON-LD document."""
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    known = context()
    for quad in set(quads):
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else _id(quad.graph_name)
        name, value = _statement(quad, known)
        graphs[graph][_id(quad.subject)][name].append(value)
    top = {iri: _node(iri, found) for iri, found in graphs.pop("", {}).items()}
    for graph, nodes in graphs.items():
        inside = [_node(iri, found) for iri, found in sorted(nodes.items())]
        top.setdefault(graph, {"@id": graph})["@graph"] = inside
    lines = ",\n".join(_text(top[iri]) for iri in sorted(top))
    return f'{{"@context": {_text(known.source)},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _node(iri: str, found: dict[str, list[Any]]) -> Json:
    node: Json = {"@id": iri}
    for name in sorted(found):
        values = sorted(found[name], key=_text)
        node[name] = values[0] if len(values) == 1 else values
    return node


def _statement(quad: Quad, known: Context) -> tuple[str, Any]:
    """A property by its name, and its value."""
    value = quad.object
    if quad.predicate == RDF.type and isinstance(value, NamedNode):
        return "@type", known.name(value.value)
    is_link = quad.predicate.value in known.links
    if isinstance(value, Literal):
        return known.name(quad.predicate.value), _literal(value, bare=not is_link)
    return known.name(quad.predicate.value), _id(value) if is_link else {"@id": _id(value)}


def _literal(value: Literal, *, bare: bool) -> Any:
    """Text, a truth value or a number by itself, where that says which datatype it has."""
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if bare and value.datatype == XSD.string:
        return value.value
    if bare and value.datatype == XSD.boolean and value.value in _BARE:
        return _BARE[value.value]
    if bare and value.datatype == XSD.integer and _canonical(value.value):
        return int(value.value)
    return {"@value": value.value} | ({} if value.datatype == XSD.string else {"@type": value.datatype.value})


def _canonical(digits: str) -> bool:
    return len(digits) < 17 and bool(re.fullmatch(r"0|-?[1-9][0-9]*", digits)) and abs(int(digits)) <= _MOST


def _id(term: Any) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _text(thing: Any) -> str:
    return json.dumps(thing, ensure_ascii=False)
