"""The store on synthetic readings: `python -m tests.bench.store [CLAIMS]`, 100,000 unless told.

Each part runs in a process of its own, so that its memory is its own: comparing the articles, making the quads,
writing the store, each named query beside the same SPARQL sent straight to pyoxigraph, and our own and pyoxigraph's
bulk load of the same N-Quads. Seconds are the processor's, of all threads: what else the machine does counts less. The
folder (some 350 bytes a quad: the store and its N-Quads) is removed at the end.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from kg.compare import compare
from kg.export.across import identity_lines, link_lines
from kg.export.rdf import own_lines, shared_lines
from kg.identify import identify
from kg.query.named import named_queries
from kg.query.rows import Rows
from kg.query.sparql import asked, run, term
from kg.store import codec
from kg.store.quads import STORE, add, write_whole
from kg.vocab import PREFIXES
from tests.bench.telling import CLAIMS, Telling

_VALUES = {
    "about": '"Person0"',
    "by": '"Speaker0"',
    "place": '"Place0"',
    "type": "kg:Event",
    "one": '"Person0"',
    "other": '"Person1"',
    "has": '"Outlet 0"',
    "lacks": '"Outlet 1"',
}  # fmt: skip  the most frequent of each, so the slowest


def part(run_it: Callable[..., Any], *arguments: object) -> tuple[Any, float, float]:
    """A function's result, its processor seconds and its process's peak memory in GB, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_part, args=(theirs, run_it, arguments))
    process.start()
    theirs.close()
    result, seconds, memory = ours.recv()
    process.join()
    return result, seconds, memory


def _part(pipe: Any, run_it: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    started = time.process_time()
    result = run_it(*arguments)
    pipe.send((result, time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6))


def across(folder: Path, articles: int) -> tuple[int, int]:
    """Identify and compare; how many clusters and links there are."""
    readings = list(Telling(articles))
    comparison = compare(readings, identify(readings))
    (folder / "comparison").write_bytes(codec.encode(comparison))
    return len(comparison.clusters), len(comparison.links)


def make(folder: Path, articles: int) -> None:
    """Make the quads, and drop them."""
    comparison = codec.decode_comparison((folder / "comparison").read_bytes())
    readings = Telling(articles)
    for one in readings:
        own_lines(one)
    deque(chain(shared_lines(readings), identity_lines(comparison), link_lines(comparison)), 0)


def write(folder: Path, articles: int) -> None:
    """Write the store as a build does."""
    comparison = codec.decode_comparison((folder / "comparison").read_bytes())
    (folder / "ours").mkdir()
    write_whole(folder / "ours", Telling(articles), comparison, ())


def dump(folder: Path) -> int:
    """The store as N-Quads; how many."""
    store = Store.read_only(str(folder / "ours" / STORE))
    store.dump(str(folder / "quads.nq"), format=RdfFormat.N_QUADS)
    return len(store)


def load(folder: Path) -> None:
    """Our load of the same quads, ready as lines."""
    store = Store(str(folder / "again"))
    with (folder / "quads.nq").open(encoding="utf-8") as lines:
        add(store, lines)
    store.flush()


def load_as_pyoxigraph(folder: Path) -> None:
    """Pyoxigraph's own bulk load of the same quads."""
    store = Store(str(folder / "theirs"))
    store.bulk_load(path=str(folder / "quads.nq"), format=RdfFormat.N_QUADS)
    store.flush()


def ask(folder: Path, name: str, *, bound: bool) -> tuple[float, float, int]:
    """Seconds of a named query, of the same SPARQL sent straight to pyoxigraph, and how many rows it gave."""
    store = Store.read_only(str(folder / "ours" / STORE))
    query = named_queries()[name]
    values = {one: term(_VALUES[one]) for one, _ in query.parameters if one in _VALUES} if bound else {}
    text, substitutions = asked(query.text, values)

    def straight() -> bytes:
        results = store.query(text, prefixes=PREFIXES, substitutions=substitutions)
        assert isinstance(results, QuerySolutions)
        return results.serialize(format=QueryResultsFormat.TSV) or b""

    seconds = _best(lambda: Rows(run(store, query.text, values)).to_bytes("tsv"))
    return seconds, _best(straight), len(straight().splitlines()) - 1


def _best(run_it: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        start = time.process_time()
        run_it()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    articles = claims // CLAIMS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{articles:,} articles, {claims:,} claims", flush=True)
        (clusters, links), comparing, memory = part(across, folder, articles)
        _told("identify and compare", comparing, memory, f"{clusters:,} clusters, {links:,} links")
        _, making, memory = part(make, folder, articles)
        _told("make the quads", making, memory)
        _, writing, memory = part(write, folder, articles)
        quads, *_ = part(dump, folder)
        _told("write the store", writing, memory, f"{quads:,} quads")
        _queries(folder)
        shutil.rmtree(folder / "ours")  # of a million claims not two stores have room on an ordinary disk
        _, ours, memory = part(load, folder)
        _told("load the same, ready made", ours, memory)
        shutil.rmtree(folder / "again")
        _, theirs, memory = part(load_as_pyoxigraph, folder)
        _told("pyoxigraph's own load", theirs, memory)
        print(f"our load takes {ours / theirs:.2f} times as long, the whole writing {writing / theirs:.2f}", flush=True)


def _queries(folder: Path) -> None:
    for query in named_queries().values():
        for bound in (False, True) if any(one in _VALUES for one, _ in query.parameters) else (False,):
            (ours, straight, rows), _, memory = part(_ask, folder, query.name, bound)
            ratio = f"{ours / straight:.2f} times {straight:.3f} s straight" if straight > 0.005 else ""
            _told(f"{query.name}{' (values)' if bound else ''}", ours, memory, f"{rows:,} rows   {ratio}")


def _ask(folder: Path, name: str, bound: bool) -> tuple[float, float, int]:
    return ask(folder, name, bound=bound)


def _told(what: str, seconds: float, memory: float, more: str = "") -> None:
    print(f"{what:<24}{seconds:10.3f} s {memory:6.2f} GB   {more}", flush=True)


if __name__ == "__main__":
    main()
