"""RDF terms for the values of the data model, and the IRIs that the graph derives from the model's own."""

from __future__ import annotations

import re
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.ids import base_of, mint
from kg.vocab import XSD

_DATE_TYPES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), XSD.dateTime),
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), XSD.date),
    (re.compile(r"-?\d{4,}-\d\d"), XSD.gYearMonth),
    (re.compile(r"-?\d{4,}"), XSD.gYear),
)
_MINUTES = re.compile(r"(-?\d{4,}-\d\d-\d\dT\d\d:\d\d)((?:Z|[+-]\d\d:\d\d)?)")


@lru_cache(maxsize=65536)
def node(iri: str) -> NamedNode:
    """The IRI as a term."""
    return NamedNode(iri)


def date(value: str) -> Literal:
    """An ISO 8601 date, date-time, month or year with its datatype; anything else as plain text.

    >>> date("2019-12-29T10:30")
    <Literal value=2019-12-29T10:30:00 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#dateTime>>
    """
    minutes = _MINUTES.fullmatch(value)
    if minutes:
        value = f"{minutes[1]}:00{minutes[2]}"
    datatype = next((datatype for pattern, datatype in _DATE_TYPES if pattern.fullmatch(value)), None)
    return Literal(value, datatype=datatype) if datatype else Literal(value)


def number(value: str) -> Literal:
    """A count as written: an integer where it is one."""
    return Literal(int(value)) if re.fullmatch(r"\d{1,18}", value) else Literal(value)


def decimal(value: float) -> Literal:
    """A score, to four places."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip(".") or "0", datatype=XSD.decimal)


def proposition(iri: str) -> NamedNode:
    """The proposition that states an event or a relation: the name of its graph.

    >>> proposition("https://w3id.org/newskg/id/event/00ff").value
    'https://w3id.org/newskg/id/proposition/00ff'
    """
    return node(f"{base_of(iri)}proposition/{iri.rsplit('/', 1)[1]}")


def outlet(article_iri: str, name: str) -> NamedNode:
    """The outlet of that name, where no entity is known for it."""
    return node(mint(base_of(article_iri), "outlet", " ".join(name.casefold().split())))


def interval(base: str, value: str, start: str | None, end: str | None) -> NamedNode:
    """The interval of a time: the same for every article that names it."""
    return node(mint(base, "time", value, start or "", end or ""))
