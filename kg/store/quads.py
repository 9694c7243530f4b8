"""Readings and their comparison as the quads of an Oxigraph store, written whole or as a change to another.

Everything that a store holds follows from the readings and the comparison: a changed store and one made anew
from the same readings hold the same quads. Only `graph:runs`, the record of builds, is carried over.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.export.across import identity_quads, link_quads
from kg.export.rdf import own_quads, shared_quads
from kg.model import Comparison, Reading
from kg.store.facts import Rule, promote
from kg.vocab import GRAPH

RunQuads = Iterable[Quad]


def write_whole(
    path: Path, readings: Sequence[Reading], comparison: Comparison, rules: Sequence[Rule], runs: RunQuads
) -> None:
    """A new store at `path`."""
    store = Store(str(path))
    store.bulk_extend(_all(readings, comparison))
    store.extend(runs)
    _finish(store, rules)


def write_change(
    path: Path,
    current: Path,
    *,
    removed: Sequence[Reading],
    added: Sequence[Reading],
    before: Callable[[], Iterator[Reading]],
    after: Sequence[Reading],
    comparison: Comparison,
    rules: Sequence[Rule],
    runs: RunQuads,
) -> None:
    """A new store at `path` that shares its files with the current one and differs from it by some articles."""
    Store.read_only(str(current)).backup(str(path))
    store = Store(str(path))
    shared_before, shared_after = set(shared_quads(before())), set(shared_quads(after))
    for reading in removed:
        _remove(store, own_quads(reading))
    _remove(store, shared_before - shared_after)
    for graph in (GRAPH.identity, GRAPH.links, GRAPH.facts):
        store.remove_graph(graph)
    for reading in added:
        store.extend(own_quads(reading))
    store.extend(shared_after - shared_before)
    store.extend([*identity_quads(comparison), *link_quads(comparison), *runs])
    _finish(store, rules)


def _all(readings: Sequence[Reading], comparison: Comparison) -> Iterator[Quad]:
    for reading in readings:
        yield from own_quads(reading)
    yield from shared_quads(readings)
    yield from identity_quads(comparison)
    yield from link_quads(comparison)


def _remove(store: Store, quads: Iterable[Quad]) -> None:
    graphs = set()
    for quad in quads:
        store.remove(quad)
        graphs.add(quad.graph_name)
    for graph in graphs:  # an emptied graph keeps its name in the store until it is removed
        if next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)


def _finish(store: Store, rules: Sequence[Rule]) -> None:
    store.extend(promote(store, rules))
    store.flush()
    del store
    gc.collect()  # closes the database's files before the generation is named current
