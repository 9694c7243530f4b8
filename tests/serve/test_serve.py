"""The service over real HTTP: the SPARQL 1.1 Protocol's test cases for queries, limits, and what is refused.

The protocol cases follow https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ (names in parentheses).
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from kg.errors import KgError, QueryError, StoreError
from kg.query import named_queries
from kg.serve import require
from kg.serve.protocol import GRAPHS, TABLES, Refusal, Request, negotiate
from kg.serve.worker import Limits, Workers
from kg.store.graph import KnowledgeGraph
from kg.store.remote import Remote
from kg.vocab import GRAPH
from tests.export.golden import comparison
from tests.store.graphs import ALL, keep

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

ASK = "ASK { ?a a kg:Article }"
FORM = "application/x-www-form-urlencoded"
PLAIN = "application/sparql-query"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


class Service(NamedTuple):
    """A running service and the graph behind it."""

    port: int
    directory: Path

    def ask(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body.encode() if isinstance(body, str) else body, headers=sent)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)

    def query(self, query: str, accept: str = "*/*", fields: Mapping[str, Any] | None = None) -> Answer:
        asked = urlencode({"query": query, **(fields or {})}, doseq=True)
        return self.ask("GET", "/sparql?" + asked, Accept=accept)


def started(directory: Path, *options: str) -> Iterator[Service]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", str(directory), "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603  ourselves
    service = Service(port, directory)
    try:
        for _ in range(200):
            try:
                assert service.ask("GET", "/health").status == 200
                break
            except OSError:
                time.sleep(0.05)
        yield service
    finally:
        process.terminate()
        process.wait(timeout=20)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    directory = tmp_path_factory.mktemp("served")
    keep(directory, ALL, comparison("planned-and-denied"))
    yield from started(directory, "--rows", "500", "--seconds", "4")


# --- protocol: what is answered -------------------------------------------------------------------------------


def test_query_get(service: Service) -> None:
    """(query_get)"""
    answer = service.query(ASK)
    assert answer.status == 200
    assert json.loads(answer.body)["boolean"] is True


def test_query_post_form(service: Service) -> None:
    """(query_post_form)"""
    answer = service.ask("POST", "/sparql", urlencode({"query": ASK}), Content_Type=FORM)
    assert (answer.status, json.loads(answer.body)["boolean"]) == (200, True)


def test_query_post_direct(service: Service) -> None:
    """(query_post_direct)"""
    for kind in (PLAIN, PLAIN + "; charset=utf-8"):
        answer = service.ask("POST", "/sparql", ASK, Content_Type=kind)
        assert (answer.status, json.loads(answer.body)["boolean"]) == (200, True)


NAMED = "ASK { GRAPH ?g { ?s ?p ?o } }"
EVENTS = "ASK { ?e kg:lemma ?l }"


def test_dataset_default_graphs(service: Service) -> None:
    """(query_dataset_default_graph, query_dataset_default_graphs_get, _post)"""
    graphs = [reading.events[0].iri.replace("/event/", "/proposition/") for reading in ALL]
    assert json.loads(service.query(EVENTS).body)["boolean"] is False
    assert json.loads(service.query(EVENTS, fields={"default-graph-uri": graphs[0]}).body)["boolean"] is True
    count = "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e kg:lemma ?l }"
    answer = service.query(count, fields={"default-graph-uri": graphs})
    assert json.loads(answer.body)["results"]["bindings"][0]["n"]["value"] == str(len(graphs))
    fields = urlencode({"default-graph-uri": graphs}, doseq=True)
    answer = service.ask("POST", "/sparql?" + fields, count, Content_Type=PLAIN)
    assert json.loads(answer.body)["results"]["bindings"][0]["n"]["value"] == str(len(graphs))


def test_dataset_named_graphs(service: Service) -> None:
    """(query_dataset_named_graphs_get, _post; query_dataset_full)"""
    fields = {"named-graph-uri": GRAPH.links.value}
    assert json.loads(service.query("ASK { GRAPH ?g { ?l a kg:Link } }", fields=fields).body)["boolean"] is True
    assert json.loads(service.query("ASK { GRAPH ?g { ?c a kg:Cluster } }", fields=fields).body)["boolean"] is False
    assert json.loads(service.query("ASK { ?s ?p ?o }", fields=fields).body)["boolean"] is False
    both = fields | {"default-graph-uri": GRAPH.identity.value}
    query = "ASK { ?c a kg:EventCluster . GRAPH ?g { ?l a kg:Link } }"
    assert json.loads(service.query(query, fields=both).body)["boolean"] is True


def test_the_protocols_dataset_wins_over_the_querys(service: Service) -> None:
    """(query_multiple_dataset)"""
    query = f"ASK FROM <{GRAPH.links.value}> {{ ?l a kg:Link }}"
    assert json.loads(service.query(query).body)["boolean"] is True
    assert json.loads(service.query(query, fields={"default-graph-uri": GRAPH.identity.value}).body)["boolean"] is False


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", "JSON"),
        ("application/sparql-results+xml", "XML"),
        ("text/tab-separated-values", "TSV"),
        ("text/csv", "CSV"),
    ],
)
def test_content_type_of_a_table(service: Service, media: str, form: str) -> None:
    """(query_content_type_select, query_content_type_ask)"""
    answer = service.query("SELECT ?a { ?a a kg:Article FILTER NOT EXISTS { ?a rdfs:label 'none' } }", accept=media)
    assert answer.headers["content-type"].startswith(media)
    if form != "CSV":  # CSV does not keep terms apart, and no parser of it is offered
        read = parse_query_results(answer.body, format=getattr(QueryResultsFormat, form))
        assert isinstance(read, QuerySolutions)
        assert len(list(read)) == len(ALL)
    else:
        assert len(answer.body.splitlines()) == len(ALL) + 1


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", "TURTLE"),
        ("application/n-triples", "N_TRIPLES"),
        ("application/ld+json", "JSON_LD"),
        ("application/rdf+xml", "RDF_XML"),
    ],
)
def test_content_type_of_a_graph(service: Service, media: str, form: str) -> None:
    """(query_content_type_construct, query_content_type_describe)"""
    answer = service.query("CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a kg:Place ; rdfs:label ?l }", accept=media)
    assert answer.headers["content-type"].startswith(media)
    assert len(list(parse(answer.body, format=getattr(RdfFormat, form)))) == 1


# --- protocol: what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "method", "path", "body", "kind", "status"),
    [
        ("bad_query_method", "PUT", "/sparql?query=" + quote(ASK), None, "", 405),
        ("bad_query_method", "DELETE", "/sparql?query=" + quote(ASK), None, "", 405),
        ("bad_multiple_queries", "GET", "/sparql?query=" + quote(ASK) + "&query=" + quote(ASK), None, "", 400),
        ("bad_query_wrong_media_type", "POST", "/sparql", ASK, "text/plain", 415),
        ("bad_query_missing_form_type", "POST", "/sparql", urlencode({"query": ASK}), "", 415),
        ("bad_query_missing_direct_type", "POST", "/sparql", ASK, "", 415),
        ("bad_query_non_utf8", "POST", "/sparql", ASK.encode("utf-16"), PLAIN + "; charset=UTF-16", 415),
        ("bad_query_non_utf8", "POST", "/sparql", b"ASK { ?s ?p '\xff' }", PLAIN, 400),
        ("bad_query_syntax", "GET", "/sparql?query=" + quote("ASK {"), None, "", 400),
        ("no query", "POST", "/sparql", "x=y", FORM, 400),
        ("malformed field", "GET", "/sparql?query=%ff", None, "", 400),
        ("update", "POST", "/sparql", urlencode({"update": "DROP ALL"}), FORM, 403),
        ("update", "POST", "/sparql", "DROP ALL", "application/sparql-update", 403),
        ("update", "GET", "/sparql?update=" + quote("DROP ALL"), None, "", 403),
        ("update as a query", "POST", "/sparql", "DROP ALL", PLAIN, 400),
        ("too long", "POST", "/sparql", "#" * 1_100_000, PLAIN, 413),
        ("not an iri", "GET", "/sparql?default-graph-uri=x%20y&query=" + quote(ASK), None, "", 400),
        ("service", "GET", "/sparql?query=" + quote("ASK { SERVICE <http://127.0.0.1:9/> {} }"), None, "", 400),
    ],
)  # fmt: skip
def test_refusals(
    service: Service, case: str, method: str, path: str, body: str | bytes | None, kind: str, status: int
) -> None:
    headers = {"Content_Type": kind} if kind else {}
    answer = service.ask(method, path, body, **headers)
    assert answer.status == status, (case, answer)
    assert answer.body.count("\n") == 1
    assert json.loads(service.query(ASK).body)["boolean"] is True


def test_no_form_that_fits(service: Service) -> None:
    assert service.query(ASK, accept="image/png").status == 406


def test_a_query_that_takes_too_long_is_stopped(service: Service) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER (?c != ?f && ?i != ?l) }"
    begun = time.monotonic()
    answer = service.query(query)
    assert answer.status == 503
    assert "stopped" in answer.body
    assert time.monotonic() - begun < 12
    assert service.query(ASK).status == 200


def test_rows_are_limited(service: Service) -> None:
    answer = service.query("SELECT * { ?s ?p ?o . ?x ?y ?z }")
    assert answer.headers["x-truncated"] == "true"
    assert len(json.loads(answer.body)["results"]["bindings"]) == 500
    assert "x-truncated" not in service.query("SELECT * { ?s a kg:Article }").headers


def test_another_sites_name_is_not_answered(service: Service) -> None:
    assert service.ask("GET", "/sparql?query=" + quote(ASK), Host="evil.example").status == 400


def test_no_other_sites_page_may_read_answers(service: Service) -> None:
    answer = service.ask("GET", "/sparql?query=" + quote(ASK), Origin="http://evil.example")
    assert "access-control-allow-origin" not in answer.headers


def test_sites_that_are_named_may_read_and_services_that_are_allowed_are_called(service: Service) -> None:
    for open_one in started(service.directory, "--cors", "http://friend.example", "--allow-service"):
        path = "/sparql?query=" + quote(ASK)
        answer = open_one.ask("GET", path, Origin="http://friend.example")
        assert answer.headers["access-control-allow-origin"] == "http://friend.example"
        assert "access-control-allow-origin" not in open_one.ask("GET", path, Origin="http://evil.example").headers
        asked = {"Origin": "http://friend.example", "Access_Control_Request_Method": "POST"}
        assert open_one.ask("OPTIONS", "/sparql", **asked).status == 200
        other = f"http://127.0.0.1:{service.port}/sparql"
        answer = open_one.query(
            f"SELECT ?a {{ SERVICE <{other}> {{ ?a a kg:Article }} }}".replace(
                "kg:Article", "<https://w3id.org/newskg/ontology#Article>"
            )
        )
        assert len(json.loads(answer.body)["results"]["bindings"]) == len(ALL), answer


def test_head_has_no_body(service: Service) -> None:
    answer = service.ask("HEAD", "/sparql?query=" + quote(ASK))
    assert (answer.status, answer.body) == (200, "")


# --- the rest -------------------------------------------------------------------------------------------------


def test_the_service_describes_itself(service: Service) -> None:
    answer = service.ask("GET", "/sparql", Accept="text/turtle")
    described = list(parse(answer.body, format=RdfFormat.TURTLE))
    assert any(triple.object.value.endswith("SPARQL11Query") for triple in described if hasattr(triple.object, "value"))


def test_iris_answer(service: Service) -> None:
    event = ALL[0].events[0].iri
    path = "/" + event.split("/id/")[1]
    answer = service.ask("GET", path, Accept="application/trig")
    assert any(
        quad.subject.value == event
        for quad in parse(answer.body, format=RdfFormat.TRIG)
        if hasattr(quad.subject, "value")
    )
    answer = service.ask("GET", path, Accept="text/html,*/*;q=0.1")
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert service.ask("GET", "/event/0000").status == 404


def test_hostile_text_stays_text_in_html(service: Service) -> None:
    hostile = next(reading for reading in ALL if "<script>" in reading.article.text)
    answer = service.ask("GET", "/" + hostile.article.iri.split("/id/")[1], Accept="text/html")
    assert "&lt;script&gt;" in answer.body
    assert "<script" not in answer.body


def test_the_editor_runs_nothing_but_itself(service: Service) -> None:
    answer = service.ask("GET", "/")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "who-said-what" in answer.body
    links = re.findall(r'(?:src|href)="([^"]*)"', answer.body)
    assert all(link.startswith(("/", "data:")) for link in links)
    for link in links:
        if link.startswith("/static/"):
            assert service.ask("GET", link).status == 200


def test_only_the_editors_files_are_files(service: Service) -> None:
    for name in (
        "README.md",
        "editor.html",
        "..%2feditor.py",
        "../app.py",
        "%2e%2e/%2e%2e/errors.py",
        "",
        "x%00y",
        ".",
    ):
        assert service.ask("GET", f"/static/{name}").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd", "/entity/../../../etc/passwd", "/entity/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/entity/%00",
        "/entity/a%20b", "/entity/%3Cscript%3E", "/entity/%0d%0aSet-Cookie:%20a=b", "//evil.example/",
        "/claim/" + "x" * 5000,
        "/entity/%ff%fe", "/etc/passwd", "/entity/%7B%22%7D",
    ],
)  # fmt: skip
def test_no_path_leads_out(service: Service, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = service.ask("GET", path, Accept=accept)
        assert answer.status == 404
        assert "set-cookie" not in answer.headers
        assert "root:" not in answer.body
        assert "<script" not in answer.body


@pytest.mark.parametrize(
    ("media", "form"),
    [("text/turtle", "TURTLE"), ("application/n-triples", "N_TRIPLES"), ("application/rdf+xml", "RDF_XML")],
)
def test_a_form_without_graphs_says_nothing_that_is_only_said(service: Service, media: str, form: str) -> None:
    event = ALL[0].events[0].iri
    proposition = event.replace("/event/", "/proposition/")
    path = proposition.split("/id/")[1].replace("proposition/", "claim/")
    answer = service.ask("GET", "/" + path, Accept=media)
    read = list(parse(answer.body, format=getattr(RdfFormat, form)))
    assert any(quad.subject == NamedNode(proposition) for quad in read)
    assert not any(quad.subject == NamedNode(event) for quad in read)
    whole = service.ask("GET", "/" + path, Accept="application/n-quads")
    assert any(quad.subject == NamedNode(event) for quad in parse(whole.body, format=RdfFormat.N_QUADS))


HIDDEN_SERVICES = [
    "ASK { SERVICE <%s> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "ASK { ?s ?p ?o.SERVICE<%s>{ } }",
    "ASK { ?s ?p 1SERVICE<%s>{ } }",
    'ASK { ?s ?p ?o FILTER(?o<?b#>"""\n||1=1) SERVICE <%s> { } #"""\n }',
    "PREFIX e: <%s> ASK { VALUES ?s { e: } SERVICE ?s { } }",
    "PREFIX e: <%s> ASK { { SELECT * { sErViCe#\ne:{ } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <%s> { ?s ?p ?o } }",
    "ASK FROM <%s> { ?s ?p ?o }",
    "ASK { GRAPH <%s> { ?s ?p ?o } }",
    "LOAD <%s>",
]


@pytest.mark.parametrize("query", HIDDEN_SERVICES)
def test_no_query_makes_the_server_call_another(service: Service, query: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        other.settimeout(0.2)
        address = f"http://127.0.0.1:{other.getsockname()[1]}/x"
        service.query(query.replace("%s", address), fields={"default-graph-uri": address})
        service.query(query.replace("%s", address))
        with pytest.raises(TimeoutError):
            other.accept()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /sparql?query=ASK%20{} HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: " + b"a," * 20_000 + b"\r\n\r\n",
        b"GET /sparql?query=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /sparql?" + b"a=b&" * 2_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_it_outlives_malformed_http(service: Service, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as raw:
        answer = b""
        with suppress(OSError):  # the server may answer and hang up before all was sent
            raw.sendall(sent)
            raw.shutdown(socket.SHUT_WR)
            while some := raw.recv(65536):
                answer += some
    assert b"Traceback" not in answer
    assert not answer or answer.startswith(b"HTTP/1.1 ")
    assert service.query(ASK).status == 200


def test_deep_and_long_queries_end(service: Service) -> None:
    for query in (
        "ASK " + "{" * 20_000,
        "ASK { ?s ?p ?o FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK { " + "?s ?p ?o . " * 40_000 + "}",
    ):
        answer = service.ask("POST", "/sparql", query, Content_Type=PLAIN)
        assert answer.status in (200, 400, 413, 500, 503)
        assert "Traceback" not in answer.body
    assert service.query(ASK).status == 200


def test_memory_is_limited(tmp_path: Path) -> None:
    keep(tmp_path, ALL)
    workers = Workers(tmp_path, Limits(memory=400_000_000, seconds=60), 1)
    try:
        everything = " . ".join(f"?a{number} ?b{number} ?c{number}" for number in range(5))
        with pytest.raises(Refusal) as told:
            workers.ask(Request(query=f"SELECT DISTINCT * {{ {everything} }} ORDER BY ?c0"), "text/csv")
        assert told.value.status == 500
        assert workers.ask(Request(query=ASK), "*/*").content
    finally:
        workers.close()


def test_the_page_is_served(service: Service) -> None:
    answer = service.ask("GET", "/graph")
    assert answer.status == 200
    assert "Ana Horvat" in answer.body


def test_answers_follow_the_builds(service: Service) -> None:
    count = "SELECT (COUNT(?a) AS ?n) { ?a a kg:Article }"
    keep(service.directory, ALL[:1])
    assert json.loads(service.query(count).body)["results"]["bindings"][0]["n"]["value"] == "1"
    keep(service.directory, ALL, comparison("planned-and-denied"))
    assert json.loads(service.query(count).body)["results"]["bindings"][0]["n"]["value"] == str(len(ALL))
    assert json.loads(service.ask("GET", "/health").body)["articles"] == len(ALL)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.serve.find_spec", lambda name: None)
    with pytest.raises(KgError, match=re.escape("newskg[serve]")):
        require()


def test_it_is_a_store_that_can_be_asked_and_not_changed(service: Service) -> None:
    remote = Remote.at(f"http://127.0.0.1:{service.port}/sparql", {})
    with KnowledgeGraph(service.directory) as graph:
        for one in named_queries().values():
            assert remote.query(one.text).values() == graph.query(one.text).values()
        made = "CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a kg:Place ; rdfs:label ?l }"
        assert remote.query(made).triples == graph.query(made).triples
        with pytest.raises(StoreError):
            remote.publish(graph)
    with pytest.raises(QueryError, match="malformed"):
        remote.query("SELECT * WHERE {")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
        ("text/html, application/xhtml+xml, */*;q=0.1", "application/sparql-results+json"),
        ("text/csv;q=x, application/json", "application/json"),
    ],
)
def test_negotiation(accept: str, wanted: str) -> None:
    assert negotiate(accept, TABLES)[0] == wanted


def test_negotiation_fails_where_nothing_fits() -> None:
    for accept in ("image/png", "text/turtle;q=0"):
        with pytest.raises(Refusal):
            negotiate(accept, {"text/turtle": GRAPHS["text/turtle"]})
