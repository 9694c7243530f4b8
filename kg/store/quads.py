"""Readings and their comparison as the quads of an Oxigraph store, written whole.

Everything that a store holds follows from the readings and the comparison: a changed store (`kg.store.change`) and one
made anew from the same readings hold the same quads. Only `graph:runs`, the record of builds, is carried over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store

from kg.export.across import identity_lines, link_lines
from kg.export.rdf import Shared, own_lines, uses
from kg.export.terms import quads
from kg.model import Comparison, Reading
from kg.store.facts import default_rules, promote

RunQuads = Iterable[Quad]
_TOGETHER = 500_000  # quads loaded at a time: as fast as all at once, in a third of the memory
_SCATTERED = 64  # files of the database; a million quads are in some forty, and as quick to ask
STORE = "oxigraph"  # the folder of the database in a generation's folder


def add(store: Store, lines: Iterable[str], together: int = _TOGETHER, loaders: int = 1) -> None:
    """Add quads in bulk, some at a time: the bulk loader holds in memory what it is given in one go. Of several loaders
    each is given as much less."""
    rest = iter(lines)
    loading: deque[Future[None]] = deque()
    with ThreadPoolExecutor(loaders) as pool:
        while some := _packed(islice(rest, together // loaders)):
            # we wrote them: what is checked is checked
            loading.append(pool.submit(store.bulk_load, some, format=RdfFormat.N_QUADS, lenient=True))
            if len(loading) == loaders:
                loading.popleft().result()
        for loaded in loading:
            loaded.result()


def _packed(lines: Iterator[str]) -> bytes:
    """Lines as bytes, in whose loading no other thread is asked anything; never twice in memory."""
    packed = BytesIO()
    while some := "".join(islice(lines, 1000)):
        packed.write(some.encode("utf-8"))
    return packed.getvalue()


class Draft:
    """A new store, in a generation's folder. A thread may fill it while another finds what to finish it with."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self.store = Store(str(generation / STORE))
        self._given_up = False  # nobody will finish it: to fill it may end

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *_error: object) -> None:
        self._given_up = True

    def fill(self, readings: Iterable[Reading], loaders: int = 1) -> None:
        """Add what each article says on its own, and what they say of the same things."""
        add(self.store, self._told(readings), loaders=loaders)

    def _told(self, readings: Iterable[Reading]) -> Iterator[str]:
        shared = Shared()
        for reading in readings:
            if self._given_up:
                return
            for use in uses(reading):
                shared.put(use)
            yield from own_lines(reading)
        yield from shared.lines()

    def link(self, comparison: Comparison) -> None:
        """Add what follows from all readings together; other threads may still be filling the store."""
        add(self.store, chain(identity_lines(comparison), link_lines(comparison)))

    def finish(self, runs: RunQuads) -> None:
        """Add the record of builds and what follows from all this, the facts, and close the store."""
        self.store.extend(runs)
        _promote(self.store)
        _compact(self.store, self.generation)
        del self.store  # closes the database's files before the generation is named current


def write_whole(generation: Path, readings: Iterable[Reading], comparison: Comparison, runs: RunQuads) -> None:
    """A new store in a generation's folder."""
    draft = Draft(generation)
    draft.fill(readings)
    draft.link(comparison)
    draft.finish(runs)


def remove(store: Store, lines: Iterable[str]) -> None:
    """Take quads out."""
    graphs = set()
    for quad in quads(lines):
        store.remove(quad)
        graphs.add(quad.graph_name)
    for graph in graphs:  # an emptied graph keeps its name in the store until it is removed
        if next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)


def _promote(store: Store) -> None:
    facts = list(promote(store, default_rules()))  # a rule sees what was there before any was asked
    add(store, facts, _TOGETHER // 5)  # what the rules asked for still takes its room
    store.flush()


def _compact(store: Store, generation: Path) -> None:
    """Merge what was loaded in many parts, which overlap on disk: until then queries take up to four times as long."""
    if sum(1 for _ in (generation / STORE).glob("*.sst")) > _SCATTERED:
        store.optimize()
