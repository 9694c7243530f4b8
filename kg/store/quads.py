"""Readings and their comparison as the quads of an Oxigraph store, written whole.

Everything that a store holds follows from the readings and the comparison: a changed store (`kg.store.change`) and one
made anew from the same readings hold the same quads. Only `graph:runs`, the record of builds, is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BufferedReader, RawIOBase
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store

from kg.export.across import identity_lines, link_lines
from kg.export.rdf import own_lines, shared_lines
from kg.export.terms import quads
from kg.model import Comparison, Reading
from kg.store.facts import default_rules, promote

RunQuads = Iterable[Quad]
_TOGETHER = 500_000  # quads loaded at a time: as fast as all at once, in a third of the memory
_WHILE_READING = 100_000  # a tenth dearer, but done while others read
_SCATTERED = 64  # files of the database; a million quads are in some forty, and as quick to ask
STORE = "oxigraph"  # the folder of the database in a generation's folder


def add(store: Store, lines: Iterable[str], together: int = _TOGETHER) -> None:
    """Add quads in bulk, some at a time: the bulk loader holds in memory what it is given in one go."""
    rest = iter(lines)
    for first in rest:
        some = BufferedReader(_File(chain([first], islice(rest, together - 1))))
        store.bulk_load(some, format=RdfFormat.N_QUADS, lenient=True)  # we wrote them: what is checked is checked


class _File(RawIOBase):
    """Lines as the bytes of a file, made as they are read: text and bytes of half a million lines would be .2 GB."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.rest = self.rest or "".join(islice(self.lines, 1000)).encode("utf-8")
        part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


class Draft:
    """A new store, in a generation's folder, that can be filled while articles are still being read."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self.store = Store(str(generation / STORE))

    def fill(self, readings: Iterable[Reading], together: int = _WHILE_READING) -> None:
        """Add what each article says on its own."""
        add(self.store, (line for reading in readings for line in own_lines(reading)), together)

    def replace(self, old: Reading, new: Reading) -> None:
        """Put one reading of an article in the place of another."""
        remove(self.store, own_lines(old))
        add(self.store, own_lines(new))

    def finish(
        self, readings: Sequence[Reading], comparison: Comparison, runs: RunQuads
    ) -> None:
        """Add what follows from all readings together, and close the store."""
        add(self.store, _across(readings, comparison))
        self.store.extend(runs)
        _promote(self.store)
        _compact(self.store, self.generation)
        del self.store  # closes the database's files before the generation is named current


def write_whole(
    generation: Path, readings: Sequence[Reading], comparison: Comparison, runs: RunQuads
) -> None:
    """A new store in a generation's folder."""
    draft = Draft(generation)
    draft.fill(readings, _TOGETHER)
    draft.finish(readings, comparison, runs)


def _across(readings: Sequence[Reading], comparison: Comparison) -> Iterator[str]:
    yield from shared_lines(readings)
    yield from identity_lines(comparison)
    yield from link_lines(comparison)


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
