"""RDF terms as N-Quads writes them, and the IRIs that the graph derives from the model's own.

A graph of news is many million quads: as lines of text they are made three times as fast as by way of objects.

    >>> line(node("https://a.example/x"), RDFS.label, literal('a "label"'))
    '<https://a.example/x> <http://www.w3.org/2000/01/rdf-schema#label> "a \\\\"label\\\\"" .\\n'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import vocab
from kg.errors import KgError
from kg.ids import base_of, mint
from kg.vocab import Vocabulary


class Written:
    """A closed vocabulary whose terms are text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __getitem__(self, name: str) -> str:
        return getattr(self, name)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        term = str(self._vocabulary[name])
        setattr(self, name, term)  # found at once from now on
        return term


KG, RDF, RDFS, OWL, SKOS = map(Written, (vocab.KG, vocab.RDF, vocab.RDFS, vocab.OWL, vocab.SKOS))
GAF, NIF, PROV, SCHEMA = map(Written, (vocab.GAF, vocab.NIF, vocab.PROV, vocab.SCHEMA))
TIME, XSD, GRAPH = map(Written, (vocab.TIME, vocab.XSD, vocab.GRAPH))

_DATE_TYPES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), XSD.dateTime),
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), XSD.date),
    (re.compile(r"-?\d{4,}-\d\d"), XSD.gYearMonth),
    (re.compile(r"-?\d{4,}"), XSD.gYear),
)
_MINUTES = re.compile(r"(-?\d{4,}-\d\d-\d\dT\d\d:\d\d)((?:Z|[+-]\d\d:\d\d)?)")


def line(subject: str, predicate: str, object_: str, graph: str = "") -> str:
    """The line of a quad; without a graph it is of the default one."""
    return f"{subject} {predicate} {object_} {graph} .\n" if graph else f"{subject} {predicate} {object_} .\n"


def quads(lines: Iterable[str]) -> Iterator[Quad]:
    """Lines as pyoxigraph's objects."""
    return parse("".join(lines), format=RdfFormat.N_QUADS)


@lru_cache(maxsize=65536)
def node(iri: str) -> str:
    """The IRI as a term. Raises `KgError` for what is none, and so could end the term and begin another."""
    try:
        return str(NamedNode(iri))
    except ValueError as error:
        raise KgError(f"{iri!r} is no IRI: {error}") from None


def literal(text: str) -> str:
    """Plain text as a term."""
    if text.isprintable():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(Literal(text))


def boolean(value: bool) -> str:
    """True or false as a term."""
    return f'"{str(value).lower()}"^^{XSD.boolean}'


def integer(value: int) -> str:
    """A number as a term."""
    return f'"{value}"^^{XSD.integer}'


def date(value: str) -> str:
    """An ISO 8601 date, date-time, month or year with its datatype; anything else as plain text.

    >>> date("2019-12-29T10:30")
    '"2019-12-29T10:30:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    """
    minutes = _MINUTES.fullmatch(value)
    if minutes:
        value = f"{minutes[1]}:00{minutes[2]}"
    datatype = next((datatype for pattern, datatype in _DATE_TYPES if pattern.fullmatch(value)), None)
    return f"{literal(value)}^^{datatype}" if datatype else literal(value)


def number(value: str) -> str:
    """A count as written: an integer where it is one."""
    return integer(int(value)) if re.fullmatch(r"\d{1,18}", value) else literal(value)


def decimal(value: float) -> str:
    """A score, to four places."""
    return f'"{f"{value:.4f}".rstrip("0").rstrip(".") or "0"}"^^{XSD.decimal}'


def value(name: str) -> str:
    """The individual for a value of the data model: "positive" is kg:Positive."""
    return KG[name.capitalize()]


def proposition(iri: str) -> str:
    """The IRI of the proposition that states an event or a relation: the name of its graph.

    >>> proposition("https://w3id.org/newskg/id/event/00ff")
    'https://w3id.org/newskg/id/proposition/00ff'
    """
    return f"{base_of(iri)}proposition/{iri.rsplit('/', 1)[1]}"


def outlet(article_iri: str, name: str) -> str:
    """The IRI of the outlet of that name, where no entity is known for it."""
    return mint(base_of(article_iri), "outlet", " ".join(name.casefold().split()))


def interval(base: str, value: str, start: str | None, end: str | None) -> str:
    """The IRI of the interval of a time: the same for every article that names it."""
    return mint(base, "time", value, start or "", end or "")
