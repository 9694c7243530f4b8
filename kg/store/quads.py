"""Readings and their comparison as the quads of an Oxigraph store, written whole or as a change to another.

Everything that a store holds follows from the readings and the comparison: a changed store and one made anew
from the same readings hold the same quads. Only `graph:runs`, the record of builds, is carried over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.export.across import identity_quads, link_quads
from kg.export.rdf import own_quads, shared_quads
from kg.model import Comparison, Reading
from kg.store.facts import Rule, promote
from kg.vocab import GRAPH

RunQuads = Iterable[Quad]
_TOGETHER = 500_000  # quads loaded at a time: as fast as all at once, in a third of the memory
STORE = "oxigraph"  # the folder of the database in a generation's folder


class Draft:
    """A new store, in a generation's folder, that can be filled while articles are still being read."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self.store = Store(str(generation / STORE))

    def fill(self, readings: Iterable[Reading]) -> None:
        """Add what each article says on its own."""
        _load(self.store, (quad for reading in readings for quad in own_quads(reading)))

    def replace(self, old: Reading, new: Reading) -> None:
        """Put one reading of an article in the place of another."""
        _remove(self.store, own_quads(old))
        self.store.extend(own_quads(new))

    def finish(
        self, readings: Sequence[Reading], comparison: Comparison, rules: Sequence[Rule], runs: RunQuads
    ) -> None:
        """Add what follows from all readings together, and close the store."""
        _load(self.store, _across(readings, comparison))
        self.store.extend(runs)
        _promote(self.store, rules)
        del self.store  # closes the database's files before the generation is named current


def write_whole(
    generation: Path, readings: Sequence[Reading], comparison: Comparison, rules: Sequence[Rule], runs: RunQuads
) -> None:
    """A new store in a generation's folder."""
    draft = Draft(generation)
    draft.fill(readings)
    draft.finish(readings, comparison, rules, runs)


def write_change(
    generation: Path,
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
    """A new store that shares its files with that of the current generation and differs from it by some articles."""
    Store.read_only(str(current / STORE)).backup(str(generation / STORE))
    store = Store(str(generation / STORE))
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
    _promote(store, rules)


def _across(readings: Sequence[Reading], comparison: Comparison) -> Iterator[Quad]:
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


def _promote(store: Store, rules: Sequence[Rule]) -> None:
    _load(store, promote(store, rules))
    store.flush()


def _load(store: Store, quads: Iterable[Quad]) -> None:
    """Add quads in bulk, some at a time: the bulk loader holds in memory what it is given in one go."""
    rest = iter(quads)
    for first in rest:
        store.bulk_extend(chain([first], islice(rest, _TOGETHER - 1)))
