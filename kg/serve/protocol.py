"""The SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013), section 2.1: what a request asks for, and in which form.

Pure functions from the parts of an HTTP request to a `Request` or a `Refusal`; nothing here knows a web framework.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

MAX_QUERY = 1_000_000  # bytes of a request's body

TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/json": "jsonld",
}
DATASETS = {
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
}


class Refusal(Exception):  # noqa: N818  an answer, not a fault
    """A request that gets no answer: the HTTP status, and why."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A query, and the graphs that stand in for its dataset (None where the request names none)."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def parse(method: str, query_string: str, content_type: str, body: bytes) -> Request | None:
    """The query that a request makes; None where it makes none and asks for the service's description.

    Raises `Refusal`: 400 malformed, 403 an update, 405 another method, 413 too long, 415 another content type.
    """
    in_url = _fields(query_string)
    if method in ("GET", "HEAD"):
        return _request(in_url) if in_url else None
    if method != "POST":
        raise Refusal(405, "use GET or POST")
    if len(body) > MAX_QUERY:
        raise Refusal(413, f"the request is longer than {MAX_QUERY:,} bytes")
    kind, _, parameters = content_type.partition(";")
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise Refusal(415, "write the request in UTF-8")
    match kind.strip().lower():
        case "application/x-www-form-urlencoded":
            return _request([*in_url, *_fields(_text(body))])
        case "application/sparql-query":
            return _request([*in_url, ("query", _text(body))])
        case "application/sparql-update":
            raise Refusal(403, "this service is read-only")
        case _:
            raise Refusal(415, "send application/x-www-form-urlencoded or application/sparql-query")


def negotiate(accept: str, offered: Mapping[str, str]) -> tuple[str, str]:
    """(media type, form) for an Accept header (RFC 9110, 12.5.1). Raises `Refusal` 406 where nothing fits."""
    wishes = list(_wishes(accept)) or [("*/*", 1.0)]
    best = max(
        ((_quality(media, wishes), -number, media) for number, media in enumerate(offered)), key=lambda one: one[:2]
    )
    if best[0] <= 0:
        raise Refusal(406, f"this comes as {', '.join(offered)}")
    return best[2], offered[best[2]]


def _wishes(accept: str) -> Sequence[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            weight = float(quality)
        except ValueError:
            weight = 0.0
        if media:
            found.append((media.lower(), weight))
    return found


def _quality(media: str, wishes: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific wish that fits."""
    fits = {media: 3, media.split("/")[0] + "/*": 2, "*/*": 1}
    ranked = [(fits[wish], weight) for wish, weight in wishes if wish in fits]
    return max(ranked)[1] if ranked else 0.0


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError):
        raise Refusal(400, "the request's fields are malformed") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "the request is not UTF-8") from None


def _request(fields: Sequence[tuple[str, str]]) -> Request:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise Refusal(403, "this service is read-only")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise Refusal(400, "give one query" if queries else "give a query")
    return Request(
        query=queries[0],
        default_graphs=_graphs(fields, "default-graph-uri", "named-graph-uri"),
        named_graphs=_graphs(fields, "named-graph-uri", "default-graph-uri"),
    )


def _graphs(fields: Sequence[tuple[str, str]], name: str, other: str) -> tuple[str, ...] | None:
    """The graphs of one kind: empty, not unset, where the request names graphs of the other kind only (2.1.4)."""
    found = tuple(value for field, value in fields if field == name)
    return found or (() if any(field == other for field, _ in fields) else None)
