"""A graph in somebody's store: published to a real Virtuoso, asked there, and what a store may answer instead."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from kg.errors import KgError, QueryError, StoreError
from kg.query import named_queries
from kg.query.sparql import with_values
from kg.store.graph import KnowledgeGraph
from kg.store.remote import Remote, _insertion
from tests.export.golden import comparison
from tests.store.graphs import ALL, keep
from tests.store.virtuoso import MISSING, PASSWORD, PROGRAM, USER, free_port, virtuoso

CREDENTIALS = {"KG_STORE_USER": USER, "KG_STORE_PASSWORD": PASSWORD}
VALUES = {
    "about": "Elba", "by": "coast guard", "place": "Elba", "type": "kg:Rescue", "one": "Elba", "other": "Harbour TV",
    "has": "Gazette", "lacks": "Courier", "realis": "kg:Planned", "least": "1",
}  # fmt: skip


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    keep(folder, ALL, comparison("planned-and-denied"))
    return folder


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if PROGRAM is None:
        pytest.skip(MISSING)
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(scope="module")
def published(endpoint: str, directory: Path) -> Remote:
    remote = Remote.at(endpoint, CREDENTIALS)
    with KnowledgeGraph(directory) as graph:
        assert remote.publish(graph) == len(list(graph.quads()))
    return remote


def ordered(rows: Any) -> list[str]:
    return sorted(map(str, rows.values()))


@pytest.mark.parametrize("name", sorted(named_queries()))
@pytest.mark.parametrize("bound", [False, True])
def test_a_named_query_answers_as_on_disk(published: Remote, directory: Path, name: str, bound: bool) -> None:
    one = named_queries()[name]
    values = {parameter: VALUES[parameter] for parameter, _ in one.parameters if parameter in VALUES and bound}
    with KnowledgeGraph(directory) as graph:
        assert ordered(published.query(one.text, **values)) == ordered(graph.query(one.text, **values))


def test_a_graph_and_a_yes_come_back(published: Remote) -> None:
    made = published.query("CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a kg:Place ; rdfs:label ?l }")
    assert {triple.object.value for triple in made.triples} == {"Elba"}  # type: ignore[union-attr]
    assert published.query("ASK { ?a a kg:Article }")
    assert not published.query("ASK { ?a a kg:Nothing }")


def test_publishing_again_replaces_only_what_is_ours(published: Remote, directory: Path, tmp_path: Path) -> None:
    published.update('INSERT DATA { GRAPH <http://elsewhere.example/g> { <http://e/s> <http://e/p> "theirs" } }')
    keep(tmp_path, ALL[:1])
    with KnowledgeGraph(tmp_path) as graph:
        assert published.publish(graph) == len(list(graph.quads()))
    assert published.query("SELECT ?a WHERE { ?a a kg:Article }").values() == [(ALL[0].article.iri,)]
    assert published.query("ASK { GRAPH <http://elsewhere.example/g> { ?s ?p 'theirs' } }")
    with KnowledgeGraph(directory) as graph:
        published.publish(graph)


def test_large_graphs_go_by_the_graph_store_protocol(
    published: Remote, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.remote._LARGE", 20)
    monkeypatch.setattr("kg.store.remote._UPLOAD", 30)
    with KnowledgeGraph(directory) as graph:
        assert published.publish(graph) == len(list(graph.quads()))


def test_without_credentials_nothing_is_written(published: Remote, endpoint: str, directory: Path) -> None:
    for environment in ({}, CREDENTIALS | {"KG_STORE_PASSWORD": "wrong"}):
        with KnowledgeGraph(directory) as graph, pytest.raises(StoreError, match="KG_STORE_USER"):
            Remote.at(endpoint, environment).publish(graph)
    assert published.query("ASK { ?a a kg:Article }")


def test_a_malformed_query_is_told(published: Remote) -> None:
    with pytest.raises(QueryError, match="says: "):
        published.query("SELECT * WHERE { ?s ?p }")


def test_the_command_line_publishes_and_asks(endpoint: str, published: Remote, directory: Path, tmp_path: Path) -> None:
    def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        return subprocess.run(  # noqa: S603  ourselves
            command, capture_output=True, text=True, check=False, env=os.environ | CREDENTIALS
        )

    (tmp_path / "a.txt").write_text("The coast guard said two divers were rescued near Elba.\n", encoding="utf-8")
    done = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g", "--store", endpoint)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].startswith(f"{endpoint}: ")
    here, there = (
        kg("query", *which, "--csv") for which in ([tmp_path / "g", "sources"], ["sources", "--store", endpoint])
    )
    assert here.stdout == there.stdout.replace("\r\n", "\n") or here.stdout == there.stdout
    with KnowledgeGraph(directory) as graph:
        published.publish(graph)


# --- any store: what goes out, and what may come back ----------------------------------------------------------


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[tuple[str, list[tuple[str | None, bytes]]]]:
    """A store that always says the same; the authorization and the body of what it was sent."""
    asked: list[tuple[str | None, bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(
                (self.headers.get("Authorization"), self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  as the library names it

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/query", asked
        server.shutdown()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://e/x", "x", "http://", "", "javascript:1"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(StoreError, match="no address"):
        Remote.at(url, {})


def test_nobody_there() -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        Remote.at(f"http://127.0.0.1:{free_port()}/sparql", {})


@pytest.mark.parametrize(
    ("status", "body", "headers", "error"),
    [
        (500, b"out of\nmemory", {}, "answers 500: out of memory"),
        (401, b"", {"WWW_Authenticate": 'Basic realm="x"'}, "KG_STORE_USER"),
        (200, b"<html>", {"Content_Type": "application/sparql-results+json"}, "no application/sparql-results"),
        (200, b"<html>", {"Content_Type": "text/html"}, "no text/html"),
        (200, b"\xff\xfe", {"Content_Type": "application/n-triples"}, "no application/n-triples"),
        (302, b"", {"Location": "file:///etc/passwd"}, "(cannot be reached|answers 302)"),
    ],
)
def test_every_answer_is_an_answer_or_an_error_of_ours(
    status: int, body: bytes, headers: dict[str, str], error: str
) -> None:
    with answering(status, body, **headers) as (url, _), pytest.raises(KgError, match=error) as told:
        Remote.at(url, {}).query("SELECT * { ?s ?p ?o }")
    assert "\n" not in str(told.value)


def test_credentials_stay_with_their_store() -> None:
    with answering(401, b"", WWW_Authenticate='Basic realm="x"') as (other, asked):
        with answering(302, b"", Location=other) as (url, _), pytest.raises(StoreError):
            Remote.at(url, CREDENTIALS).query("ASK {}")
        assert asked
        assert not any(authorization for authorization, _ in asked)


def test_credentials_are_given_to_their_store() -> None:
    with answering(401, b"", WWW_Authenticate='Basic realm="x"') as (url, asked), pytest.raises(StoreError):
        Remote.at(url, CREDENTIALS).query("ASK {}")
    assert any((authorization or "").startswith("Basic ") for authorization, _ in asked)


@pytest.mark.parametrize("attack", ['" } ; DROP ALL ; #', "x' . ?s ?p ?o", '"""', "\\", "\\u0022 }", "a\nb", "}"])
def test_a_value_keeps_its_place_in_the_text(attack: str, directory: Path) -> None:
    query = "SELECT ?m { ?m nif:anchorOf ?about }"
    with KnowledgeGraph(directory) as graph:
        assert graph.query(with_values(query, {"about": Literal(attack)})).values() == []
        found = graph.query(with_values(query, {"about": Literal("Elba")})).values()
        assert found == graph.query(query, about="Elba").values() != []


def test_quads_are_inserted_as_they_are(directory: Path) -> None:
    from pyoxigraph import Store

    with KnowledgeGraph(directory) as graph:
        quads = sorted(graph.quads(), key=str)
    store = Store()
    store.update(_insertion(quads))
    assert sorted(store, key=str) == quads
