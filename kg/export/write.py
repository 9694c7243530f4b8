"""Graphs as files: the same quads give the same bytes, whatever their order.

N-Quads lines are sorted as bytes; every other form is written from the sorted quads.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import KgError
from kg.vocab import GRAPH, PREFIXES

FORMATS = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,  # one graph alone: the default graph, which is what we vouch for
    "jsonld": RdfFormat.JSON_LD,
}


def nquads(quads: Iterable[Quad]) -> bytes:
    """The quads as sorted N-Quads, none twice."""
    lines = _serialized(quads, RdfFormat.N_QUADS)
    return b"".join(sorted({line + b"\n" for line in lines.split(b"\n") if line}))


def to_bytes(quads: Iterable[Quad], form: str) -> bytes:
    """The quads in one of `FORMATS`. Raises KeyError for another name."""
    format_ = FORMATS[form]
    ordered = nquads(quads)
    if format_ is RdfFormat.N_QUADS:
        return ordered
    parsed = sorted(parse(ordered, format=RdfFormat.N_QUADS), key=lambda quad: str(quad.graph_name))
    content = _serialized(_default_graph(parsed) if format_ is RdfFormat.TURTLE else parsed, format_)
    return _prefixes_sorted(content)


def trig(quads: Iterable[Quad]) -> bytes:
    """The quads as TriG."""
    return to_bytes(quads, "trig")


def turtle(quads: Iterable[Quad]) -> bytes:
    """The default graph of the quads as Turtle."""
    return to_bytes(quads, "turtle")


def _serialized(statements: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> bytes:
    prefixes = PREFIXES if format_ in (RdfFormat.TRIG, RdfFormat.TURTLE) else None
    return serialize(statements, format=format_, prefixes=prefixes) or b""


def _prefixes_sorted(content: bytes) -> bytes:
    """The serialiser writes its prefixes first, one a line, in an order that changes from run to run."""
    lines = content.split(b"\n")
    end = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:end]), *lines[end:]])


def without_runs(quads: Iterable[Quad]) -> Iterator[Quad]:
    """All but `graph:runs`, which knows a clock."""
    return (quad for quad in quads if quad.graph_name != GRAPH.runs)


def write(content: bytes | str, path: Path) -> None:
    """Write a file whole or not at all. Raises `KgError` where it cannot be written."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        _write(data, path)
    except OSError as error:
        raise KgError(f"cannot be written: {error.strerror or error}", file=str(path)) from None


def _write(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _default_graph(quads: Iterable[Quad]) -> Iterator[Triple]:
    return (quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph))
