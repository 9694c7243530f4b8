"""The web service: `/sparql`, `/` (the editor), `/graph` (the page), `/entity/...` and its like, `/health`.

Read-only. Only requests for known host names are answered, so that no web page can reach a service on loopback
by a name of its own (DNS rebinding); other sites' pages may read answers only where CORS is switched on.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.serve import editor, pages
from kg.serve.protocol import DATASETS, GRAPHS, MAX_QUERY, Refusal, negotiate, parse
from kg.serve.worker import Limits, Workers
from kg.store.graph import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.applications import Starlette
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_STILL = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
}


def application(
    directory: Path,
    *,
    limits: Limits = Limits(),  # noqa: B008  frozen
    workers: int = 2,
    hosts: Sequence[str] = LOOPBACK,
    cors: Sequence[str] = (),
) -> Starlette:
    """The service over a graph. Raises `StoreError` when there is none."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.routing import Route

    with KnowledgeGraph(directory) as graph:
        base = graph.manifest.base
    service = _Service(directory, base, Workers(directory, limits, workers))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        service.workers.close()

    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    if cors:
        middleware.append(
            Middleware(
                CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"], expose_headers=["X-Truncated"]
            )
        )
    anything = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]  # the protocol itself refuses
    return Starlette(
        routes=[
            Route("/sparql", service.sparql, methods=anything),
            Route("/", service.editor),
            Route("/static/{name}", service.static),
            Route("/graph", service.page),
            Route("/health", service.health),
            Route("/{kind}/{name}", service.thing),
        ],
        middleware=middleware,
        exception_handlers={Refusal: _refused, KgError: _failed},
        lifespan=lifespan,
    )


class _Service:
    """The answers to requests, one method a route."""

    def __init__(self, directory: Path, base: str, workers: Workers) -> None:
        self.directory, self.base, self.workers = directory, base, workers
        self._page: tuple[Path, str] | None = None

    async def sparql(self, http: HttpRequest) -> Response:
        """A query's answer, or the service's description."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import Response

        request = parse(http.method, http.url.query, http.headers.get("content-type", ""), await _body(http))
        accept = http.headers.get("accept", "*/*")
        if request is None:
            media, form = negotiate(accept, GRAPHS)
            return Response(
                pages.service_description(str(http.url.replace(query="")), form), media_type=media, headers=_SAFE
            )
        answer = await run_in_threadpool(self.workers.ask, request, accept)
        headers = _SAFE | {"Vary": "Accept"} | ({"X-Truncated": "true"} if answer.truncated else {})
        return Response(answer.content, media_type=answer.media, headers=headers)

    async def editor(self, http: HttpRequest) -> Response:
        """The query editor with the named queries."""
        from starlette.responses import HTMLResponse

        return HTMLResponse(editor.page(), headers=_SAFE | {"Content-Security-Policy": editor.POLICY})

    async def static(self, http: HttpRequest) -> Response:
        """A script or style of the editor."""
        from starlette.responses import Response

        found = editor.static(http.path_params["name"])
        if found is None:
            raise Refusal(404, "no such file")
        content, media = found
        return Response(content, media_type=media, headers=_SAFE | {"Cache-Control": "max-age=3600"})

    async def page(self, http: HttpRequest) -> Response:
        """The interactive page of the current build; it carries its own content security policy."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import HTMLResponse

        return HTMLResponse(await run_in_threadpool(self._rendered), headers=_SAFE)

    def _rendered(self) -> str:
        with KnowledgeGraph(self.directory) as graph:
            if self._page is None or self._page[0] != graph.generation:
                self._page = graph.generation, graph.page()
            return self._page[1]

    async def thing(self, http: HttpRequest) -> Response:
        """All that the graph says of an IRI, as HTML for people or as RDF."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import Response

        kind = http.path_params["kind"]
        kind = "proposition" if kind == "claim" else kind  # what a claim says is its proposition
        iri = f"{self.base}{kind}/{http.path_params['name']}"
        media, form = negotiate(http.headers.get("accept", "*/*"), {"text/html": "html"} | DATASETS)
        content = await run_in_threadpool(pages.described, self.directory, iri, form)
        headers = _SAFE | {"Vary": "Accept"} | (_STILL if form == "html" else {})
        return Response(content, media_type=media, headers=headers)

    async def health(self, http: HttpRequest) -> Response:
        """Whether the graph can be read, and how many articles it holds."""
        from starlette.responses import JSONResponse

        with KnowledgeGraph(self.directory) as graph:
            return JSONResponse({"status": "ok", "articles": len(graph.manifest.articles)}, headers=_SAFE)


async def _body(http: HttpRequest) -> bytes:
    """The request's body, no more of it than a query may have."""
    content = bytearray()
    async for part in http.stream():
        content += part
        if len(content) > MAX_QUERY:
            raise Refusal(413, f"the request is longer than {MAX_QUERY:,} bytes")
    return bytes(content)


async def _refused(http: HttpRequest, refusal: Exception) -> Response:
    from starlette.responses import PlainTextResponse

    assert isinstance(refusal, Refusal)  # noqa: S101  as registered
    headers = _SAFE | ({"Allow": "GET, HEAD, POST"} if refusal.status == 405 else {})
    return PlainTextResponse(refusal.message + "\n", status_code=refusal.status, headers=headers)


async def _failed(http: HttpRequest, error: Exception) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(f"{error}\n", status_code=503, headers=_SAFE)


def serve(directory: Path, *, host: str, port: int, **options: Any) -> None:
    """Run the service until it is stopped."""
    import uvicorn

    hosts = LOOPBACK if host in ("127.0.0.1", "::1", "localhost") else ("*",)
    uvicorn.run(
        application(directory, hosts=hosts, **options), host=host, port=port, log_level="warning", server_header=False
    )
