"""Queries in processes of their own, so that one which takes too long can be stopped: the engine itself cannot.

A worker opens the graph read-only, follows it from build to build, and answers one question at a time.
"""

from __future__ import annotations

import json
import multiprocessing
import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.serve.protocol import GRAPHS, TABLES, Refusal, Request, negotiate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, rows (or triples) and bytes of memory that a query may take; whether it may call other services."""

    seconds: float = 30.0
    rows: int = 100_000
    memory: int = 2_000_000_000
    service: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer's body; `truncated` where the row limit cut it."""

    content: bytes
    media: str
    truncated: bool = False


class Workers:
    """A few worker processes. `ask` blocks until one is free, and no longer than the time limit."""

    def __init__(self, directory: Path, limits: Limits, count: int) -> None:
        self._directory, self._limits = directory, limits
        self._free: queue.Queue[_Worker] = queue.Queue()
        for _ in range(count):
            self._free.put(_Worker(directory, limits))

    def ask(self, request: Request, accept: str) -> Answer:
        """The answer. Raises `Refusal`: 400 malformed, 406 no such form, 503 too long."""
        with self._one() as worker:
            return worker.ask(request, accept, self._limits.seconds)

    def close(self) -> None:
        """End the processes."""
        while not self._free.empty():
            self._free.get().stop()

    @contextmanager
    def _one(self) -> Iterator[_Worker]:
        try:
            worker = self._free.get(timeout=self._limits.seconds)
        except queue.Empty:
            raise Refusal(503, "busy; try again later") from None
        try:
            yield worker
        finally:
            self._free.put(worker)


class _Worker:
    """One process, started when it is first asked and again after it had to be stopped."""

    def __init__(self, directory: Path, limits: Limits) -> None:
        self._arguments = (directory, limits)
        self._process: Any = None
        self._pipe: Connection | None = None

    def ask(self, request: Request, accept: str, seconds: float) -> Answer:
        pipe = self._started()
        try:
            pipe.send((request, accept))
            if not pipe.poll(seconds):
                self.stop()
                raise Refusal(503, f"the query took longer than {seconds:g} seconds and was stopped")
            answer = pipe.recv()
        except (EOFError, OSError):
            self.stop()
            raise Refusal(500, "the query ended its process; it may need more memory than there is") from None
        if isinstance(answer, Answer):
            return answer
        raise Refusal(*answer)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, *self._arguments), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe


def _work(pipe: Connection, directory: Path, limits: Limits) -> None:
    """What a worker process does until its pipe closes."""
    from kg.store.graph import KnowledgeGraph

    _confine(limits.memory)
    graph: KnowledgeGraph | None = None
    while True:
        try:
            request, accept = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        answer: Answer | tuple[int, str]
        try:
            if graph is None or graph.folder.current() != graph.generation:
                graph = KnowledgeGraph(directory)
            answer = answered(graph.store, request, accept, limits)
        except Refusal as refusal:
            answer = refusal.status, refusal.message
        except KgError as error:
            answer = 400, str(error)
        except (OSError, RuntimeError, ValueError) as error:  # of the engine, while it gives its rows
            answer = 500, f"the query failed: {' '.join(str(error).split())}"
        except MemoryError:
            answer = 503, "the answer does not fit into memory"
        pipe.send(answer)


def _confine(memory: int) -> None:
    """Let a query that asks for too much memory end this process alone, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answered(store: Any, request: Request, accept: str, limits: Limits) -> Answer:
    """The answer to a request from a store, cut at the row limit."""
    from pyoxigraph import QueryResultsFormat, QuerySolutions, QueryTriples, parse_query_results

    from kg.query.rows import GRAPH_FORMATS, TABLE_FORMATS
    from kg.query.sparql import run

    ends = time.monotonic() + limits.seconds
    results = run(
        store, request.query, service=limits.service,
        default_graphs=request.default_graphs, named_graphs=request.named_graphs,
    )  # fmt: skip
    if isinstance(results, QueryTriples):
        from pyoxigraph import serialize

        media, form = negotiate(accept, GRAPHS)
        triples, cut = _some(results, limits.rows, ends)
        return Answer(content=serialize(triples, format=GRAPH_FORMATS[form]) or b"", media=media, truncated=cut)
    media, form = negotiate(accept, TABLES)
    if not isinstance(results, QuerySolutions):
        return Answer(content=results.serialize(format=TABLE_FORMATS[form]) or b"", media=media)
    names = [variable.value for variable in results.variables]
    solutions, cut = _some(results, limits.rows, ends)
    rows = [{name: _json(cell) for name, cell in zip(names, row, strict=True) if cell is not None} for row in solutions]
    content = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}, ensure_ascii=False).encode("utf-8")
    if form != "json":
        parsed = parse_query_results(content, format=QueryResultsFormat.JSON)
        content = parsed.serialize(format=TABLE_FORMATS[form]) or b""
    return Answer(content=content, media=media, truncated=cut)


def _some(results: Any, limit: int, ends: float) -> tuple[list[Any], bool]:
    """The first results, and whether there are more."""
    found: list[Any] = []
    for one in results:
        if len(found) == limit:
            return found, True
        if time.monotonic() > ends:
            raise Refusal(503, "the query took too long and was stopped")
        found.append(one)
    return found, False


def _json(cell: Any) -> dict[str, Any]:
    """A term as the SPARQL 1.1 Query Results JSON Format has it."""
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Triple):
        parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
        return {"type": "triple", "value": {name: _json(term) for name, term in parts.items()}}
    assert isinstance(cell, Literal)  # noqa: S101  there is no other kind of term
    found: dict[str, Any] = {"type": "literal", "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        found["datatype"] = cell.datatype.value
    return found
