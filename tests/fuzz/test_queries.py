"""Whatever is asked: an answer, or an error of ours with its place; the protocol gives a status for anything."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from kg.errors import KgError, QueryError
from kg.query.named import named_queries
from kg.query.rows import Rows
from kg.query.sparql import run, term, with_values
from kg.serve.protocol import TABLES, Refusal, negotiate, parse
from tests.export.golden import NAMES, quads
from tests.fuzz.mutation import fuzz, mutated

STORE = Store()
STORE.extend(quads(NAMES[0])[:60])
GOOD = (*(one.text.encode() for one in named_queries().values()), b"ASK { ?s ?p ?o }", b"DESCRIBE <http://e/a>")


@fuzz
@given(content=mutated(GOOD))
def test_any_query_is_answered_or_told(content: bytes) -> None:
    try:
        list(islice(Rows(run(STORE, content.decode("utf-8", "replace"))), 50))
    except QueryError as error:
        assert "\n" not in str(error)  # noqa: PT017  both ends are good


@fuzz
@given(value=st.one_of(st.text(), st.binary().map(lambda some: some.decode("utf-8", "replace"))))
def test_any_value_stays_a_value(value: str) -> None:
    """Beside the text and within it: what is bound is data, and matches nothing but itself."""
    query = "SELECT ?m WHERE { ?m nif:anchorOf ?about }"
    try:
        bound = term(value)
        plain = Literal(value)
    except (KgError, ValueError):
        return
    for one in (bound, plain):
        assert len(list(Rows(run(STORE, query, {"about": one})))) <= 3
        within = Rows(run(STORE, with_values(query, {"about": one})))
        assert {row["about"] for row in within} <= {one}


@fuzz
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "get", ""]),
    fields=mutated((b"query=ASK%20%7B%7D&default-graph-uri=http://e/g", b"", b"query=a&query=b")),
    kind=mutated((b"application/sparql-query; charset=utf-8", b"application/x-www-form-urlencoded")),
    body=mutated((b"ASK {}", b"query=ASK%20%7B%7D")),
    accept=mutated((b"text/csv;q=0.5, application/json", b"*/*")),
)
def test_any_request_is_read_or_refused(method: str, fields: bytes, kind: bytes, body: bytes, accept: bytes) -> None:
    for act in (
        lambda: parse(method, fields.decode("latin-1"), kind.decode("latin-1"), body),
        lambda: negotiate(accept.decode("latin-1"), TABLES),
    ):
        try:
            act()
        except Refusal as refusal:
            assert refusal.status in (400, 403, 405, 406, 413, 415)  # noqa: PT017  both ends are good
