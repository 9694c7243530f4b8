"""The gazetteer: names that are known, and the real things they name.

    >>> gazetteer = Table([parse_row({"label": "Elba", "kind": "place", "aliases": "the Isle of Elba"})])
    >>> [(match.name, match.how) for match in gazetteer.find("He left the Isle of Elba.")]
    [('the Isle of Elba', 'alias')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from kg.files import seeds
from kg.gazetteer.base import Gazetteer, How, Match, Sense
from kg.gazetteer.chain import Chain
from kg.gazetteer.index import Index, is_index
from kg.gazetteer.row import Office, Row, parse_row
from kg.gazetteer.table import Table, read_table

__all__ = [
    "Gazetteer", "How", "Index", "Match", "Office", "Row", "Sense", "Table", "current", "default", "open_gazetteer",
    "parse_row", "using",
]

_USED: ContextVar[tuple[Path, ...]] = ContextVar("gazetteers", default=())


@cache
def default() -> Table:
    """The gazetteer of `seeds/entities.tsv`, compiled once a process."""
    return read_table(seeds("entities.tsv"))


def current() -> Gazetteer:
    """The default gazetteer, followed by those set with `using`."""
    return _chained(_USED.get())


@contextmanager
def using(paths: Iterable[Path]) -> Iterator[Gazetteer]:
    """Use these gazetteer files beside the default one: tables (`.tsv`, `.csv`) or built indexes.

    Raises `SeedError` at once when one cannot be opened.
    """
    token = _USED.set(tuple(paths))
    try:
        yield current()
    finally:
        _USED.reset(token)


@cache
def _chained(paths: tuple[Path, ...]) -> Gazetteer:
    return Chain((default(), *(open_gazetteer(path) for path in paths))) if paths else default()


@cache
def open_gazetteer(path: Path) -> Gazetteer:
    """The gazetteer in a file, opened once a process."""
    return Index(path) if is_index(path) else read_table(path)
