"""A graph in somebody's SPARQL 1.1 store: query, update and Graph Store HTTP protocols (W3C, 21 March 2013).

    remote = Remote.at("http://127.0.0.1:8890/sparql")
    remote.publish(graph)                                  the store holds what the folder holds
    remote.query("SELECT ...", by="the coast guard")       as of a graph on disk

Credentials come from the environment (KG_STORE_USER, KG_STORE_PASSWORD; Basic or Digest, whichever the store asks
for) and are sent to that store alone. KG_STORE_UPDATE and KG_STORE_GRAPHS give the addresses of the other two protocols
where they are not those of a known kind of store.

A store of others has no transactions over several requests: while `publish` runs, its readers see part of the graph.
It ends by counting; killed in the middle, it is simply run again.

Virtuoso's default graph is the union of all its graphs and cannot be written: what we vouch for stands there in
`graph:vouched`, and a pattern outside GRAPH also finds what is only said.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from itertools import islice
from typing import TYPE_CHECKING, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from kg.errors import QueryError, StoreError
from kg.query.rows import Rows
from kg.query.sparql import Results, form_of, term, with_values
from kg.vocab import GRAPHS, PREFIXES

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

    from kg.store.graph import KnowledgeGraph

T = TypeVar("T")

SECONDS = 300.0  # of silence before a store is given up
_UPDATE = 400  # quads an update: Virtuoso compiles an INSERT DATA as one program, and refuses long ones
_UPLOAD = 20_000  # triples an upload by the Graph Store protocol
_LARGE = 1_000  # triples from which a graph is uploaded rather than inserted
_VOUCHED = GRAPHS + "vouched"  # our default graph, where a store's own cannot be written
_TABLE = "application/sparql-results+json"
_FORM = "application/x-www-form-urlencoded"  # of the two POST forms of a query the one that every store reads
_TRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where a kind of store has its protocols, as endings in place of the query address's, and its default graph."""

    query: str
    update: str
    graphs: str
    default_graph: str | None = None


# known by the end of the address; Virtuoso by what it says of itself
_DIALECTS = (
    Dialect(query="/query", update="/update", graphs="/store"),  # Oxigraph
    Dialect(query="/sparql", update="/update", graphs="/data"),  # Fuseki
)
_VIRTUOSO = Dialect(
    query="/sparql", update="/sparql-auth", graphs="/sparql-graph-crud-auth", default_graph=_VOUCHED
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A store's three addresses; `graphs` is None where it has no Graph Store protocol."""

    url: str
    update_url: str
    graphs_url: str | None
    default_graph: str | None
    opener: OpenerDirector

    @classmethod
    def at(cls, url: str, environment: Mapping[str, str] = os.environ) -> Remote:
        """The store whose query address this is. Raises `StoreError` when there is none."""
        for one in (url, environment.get("KG_STORE_UPDATE"), environment.get("KG_STORE_GRAPHS")):
            _check(one)
        opener = _opener(url, environment)
        dialect = _dialect(url, opener)
        stem = url.removesuffix(dialect.query) if dialect else url
        return cls(
            url=url,
            update_url=environment.get("KG_STORE_UPDATE") or (stem + dialect.update if dialect else url),
            graphs_url=environment.get("KG_STORE_GRAPHS") or (stem + dialect.graphs if dialect else None),
            default_graph=dialect.default_graph if dialect else None,
            opener=opener,
        )

    def query(self, sparql: str, **bindings: str | int | float | bool | NamedNode | Literal) -> Rows:
        """The answer to a query. `bindings` give values to its variables, as terms (never as text)."""
        text = with_values(sparql, {name: term(value) for name, value in bindings.items()})
        declared = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
        asked = urlencode({"query": f"{declared} {text}"})
        form = form_of(text)
        wanted = (
            _TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else _TABLE
        )  # one alone: a store may write triples as a table as well
        media, body = _send(self.opener, self.url, asked, _FORM, accept=wanted)
        results = _results(media, body, self.url)
        return Rows(_truth(results) if form == "ASK" and isinstance(results, QuerySolutions) else results)

    def update(self, sparql: str) -> None:
        """Change the store by a SPARQL 1.1 Update."""
        _send(self.opener, self.update_url, sparql, "application/sparql-update", accept="*/*")

    def publish(self, graph: KnowledgeGraph) -> int:
        """Make the store hold this graph, all of it, and nothing older of it; how many quads that are.

        What else the store holds stays: only `graph:...` and the graphs under the graph's base are ours, and the
        store's default graph. Raises `StoreError` when the store does not hold as many quads in the end.
        """
        quads = [self._placed(quad) for quad in graph.quads()]
        self._check_default(graph.manifest.base)
        self._clear(graph.manifest.base)
        small, large = _by_size(quads)
        for name, triples in large.items() if self.graphs_url else ():
            self._upload(name, triples)
        rest = small if self.graphs_url else quads
        for some in _batches(sorted(rest, key=_graph), _UPDATE):
            self.update(_insertion(some))
        held = self._count(graph.manifest.base)
        if held != len(quads):
            raise StoreError(
                f"holds {held:,} statements after {len(quads):,} were sent; publish again, or see its log",
                file=self.url,
            )
        return held

    def _placed(self, quad: Quad) -> Quad:
        if self.default_graph and isinstance(quad.graph_name, DefaultGraph):
            return Quad(quad.subject, quad.predicate, quad.object, NamedNode(self.default_graph))
        return quad

    def _ours(self, base: str) -> str:
        tests = (f"STRSTARTS(STR(?g), {Literal(prefix)})" for prefix in (base, GRAPHS))
        return f"GRAPH ?g {{ ?s ?p ?o }} FILTER ({' || '.join(tests)})"

    def _check_default(self, base: str) -> None:
        """Refuse to replace a default graph that is not ours."""
        if self.default_graph or not self.query("ASK { ?s ?p ?o }") or self.query(f"ASK {{ {self._ours(base)} }}"):
            return
        raise StoreError(
            "has statements of others in its default graph; give this graph a store of its own", file=self.url
        )

    def _clear(self, base: str) -> None:
        names = [row["g"] for row in self.query(f"SELECT DISTINCT ?g WHERE {{ {self._ours(base)} }} LIMIT 10000")]
        while names:  # a store may cut an answer short: ask again until nothing is left
            for some in _batches(names, _UPDATE):
                self.update(" ;\n".join(f"DROP SILENT GRAPH {name}" for name in some))
            again = [row["g"] for row in self.query(f"SELECT DISTINCT ?g WHERE {{ {self._ours(base)} }} LIMIT 10000")]
            if again == names:
                raise StoreError("does not let go of the graphs it holds", file=self.update_url)
            names = again
        if not self.default_graph:
            self.update("DROP SILENT DEFAULT")

    def _count(self, base: str) -> int:
        named = f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._ours(base)} }}"
        default = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        return sum(_number(self.query(one)) for one in ((named,) if self.default_graph else (named, default)))

    def _upload(self, graph: str, triples: list[str]) -> None:
        address = f"{self.graphs_url}?" + (f"graph={quote(graph[1:-1], safe='')}" if graph else "default")
        for some in _batches(triples, _UPLOAD):
            _send(self.opener, address, "".join(some), _TRIPLES, accept="*/*")


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some


def _number(rows: Rows) -> int:
    (row,) = rows.values()
    return int(row[0] or 0)


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)


def _line(quad: Quad) -> str:
    return f"{quad.triple} .\n"


def _by_size(quads: Iterable[Quad]) -> tuple[list[Quad], dict[str, list[str]]]:
    """The quads of small graphs, and the triples of each large one as lines of N-Triples."""
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[_graph(quad)].append(quad)
    small = [quad for held in graphs.values() if len(held) < _LARGE for quad in held]
    return small, {name: [_line(quad) for quad in held] for name, held in graphs.items() if len(held) >= _LARGE}


def _insertion(quads: Iterable[Quad]) -> str:
    """An INSERT DATA of quads that stand by graph."""
    graphs: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        graphs[_graph(quad)].append(_line(quad))
    blocks = (f"GRAPH {name} {{\n{''.join(held)}}}\n" if name else "".join(held) for name, held in graphs.items())
    return f"INSERT DATA {{\n{''.join(blocks)}}}"


def _results(media: str, body: bytes, url: str) -> Results:
    """What a store answered, as the embedded engine would give it."""
    try:
        if media == _TABLE:
            checked = parse_query_results(body, format=QueryResultsFormat.JSON)
            if isinstance(checked, QuerySolutions):  # it is read row by row: see to all of it before any is used
                for _ in checked:
                    pass
            return parse_query_results(body, format=QueryResultsFormat.JSON)
        held = Store()
        held.extend(parse(body, format=RdfFormat.from_media_type(media) or RdfFormat.N_TRIPLES))
        return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"gave an answer that is no {media}: {error}", file=url) from None


def _truth(rows: QuerySolutions) -> QueryBoolean:
    """The yes or no that Virtuoso 7 gives as a table with a row or without one."""
    answer = parse_query_results(
        f'{{"head":{{}},"boolean":{"true" if any(True for _ in rows) else "false"}}}', format=QueryResultsFormat.JSON
    )
    assert isinstance(answer, QueryBoolean)  # noqa: S101  as written
    return answer


def _check(url: str | None) -> None:
    if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise StoreError("is no address of a store; give http://... or https://...", file=url)


def _opener(url: str, environment: Mapping[str, str]) -> OpenerDirector:
    """What opens addresses, with credentials for this store's host alone."""
    from urllib.request import (
        HTTPBasicAuthHandler,
        HTTPDigestAuthHandler,
        HTTPPasswordMgrWithDefaultRealm,
        build_opener,
    )

    user, password = environment.get("KG_STORE_USER"), environment.get("KG_STORE_PASSWORD")
    if not user:
        return build_opener()
    parts = urlsplit(url)
    known = HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, password or "")
    return build_opener(HTTPBasicAuthHandler(known), HTTPDigestAuthHandler(known))


def _dialect(url: str, opener: OpenerDirector) -> Dialect | None:
    from urllib.request import Request

    try:
        request = Request(f"{url}?query={quote('ASK {}')}", headers={"Accept": _TABLE})  # noqa: S310  checked
        with opener.open(request, timeout=SECONDS) as answer:
            server = answer.headers.get("Server") or ""
    except HTTPError as error:
        server = error.headers.get("Server") or ""
        error.close()
    except (OSError, HTTPException, ValueError) as error:
        raise _unreachable(error, url) from None
    if server.startswith("Virtuoso"):
        return _VIRTUOSO
    return next((one for one in _DIALECTS if url.endswith(one.query)), None)


def _send(opener: OpenerDirector, url: str, body: str, kind: str, *, accept: str) -> tuple[str, bytes]:
    """The media type and the body of the answer. Raises `QueryError` or `StoreError`."""
    from urllib.request import Request

    headers = {"Content-Type": kind, "Accept": accept}
    try:
        request = Request(url, body.encode("utf-8"), headers, method="POST")  # noqa: S310  checked to be http
        with opener.open(request, timeout=SECONDS) as answer:
            return answer.headers.get_content_type(), answer.read()
    except HTTPError as error:
        with error:
            raise _refused(error, url) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _unreachable(error, url) from None


def _refused(error: HTTPError, url: str) -> StoreError | QueryError:
    if error.code in (401, 403):
        return StoreError("refuses us; set KG_STORE_USER and KG_STORE_PASSWORD, and see who may write", file=url)
    said = " ".join(_said(error)).strip() or error.reason
    if error.code == 400:
        return QueryError(f"{url} says: {said}")
    return StoreError(f"answers {error.code}: {said}", file=url)


def _said(error: HTTPError) -> Iterator[str]:
    """The first lines of what a store says of an error."""
    try:
        text = error.read(2_000).decode("utf-8", "replace")
    except (OSError, HTTPException):
        return
    yield from (line.strip() for line in text.splitlines()[:3])


def _unreachable(error: Exception, url: str) -> StoreError:
    reason = error.reason if isinstance(error, URLError) else error
    return StoreError(f"cannot be reached: {reason}", file=url)
