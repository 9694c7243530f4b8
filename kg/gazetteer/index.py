"""A gazetteer in a file: one SQLite database, read where it lies, so that ten million names cost no memory.

Tables: `rows` (the cells of `kg.gazetteer.row`, tab-separated), and the ways to find them: `names` and
`firsts` (the first words of names), `offices`, `classes`, `domains`, `qids`. `meta` says whether it is whole.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import SeedError
from kg.gazetteer.base import HOWS, Gazetteer, Sense, ordered
from kg.gazetteer.row import COLUMNS, Office, Row, parse_row

log = logging.getLogger(__name__)

FORMAT = "1"
MAGIC = b"SQLite format 3\x00"
_AT_ONCE = 500  # names asked for in one query
_CACHE = 16_384  # kilobytes of the file kept in memory
_KEPT = 20_000  # rows, and names, kept decoded


class Index(Gazetteer):
    """A built index. Raises `SeedError` when the file is none, is unfinished, or is of another version."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        self._process = os.getpid()
        meta = dict(self._all("SELECT key, value FROM meta", ()))
        if meta.get("format") != FORMAT:
            raise SeedError("is of another version; make it again with 'kg gazetteer build'", file=str(path))
        if meta.get("partial") == "1":
            self.problems = (str(SeedError(f"is partial: {meta.get('why')}", file=str(path))),)
            log.warning("%s", self.problems[0])
        self._row = lru_cache(_KEPT)(self._read_row)
        self._known: dict[str, tuple[Sense, ...]] = {}

    @property
    def partial(self) -> bool:
        """Whether what it was made from ended early."""
        return bool(self.problems)

    def senses(self, names: Iterable[str]) -> Mapping[str, tuple[Sense, ...]]:
        wanted = sorted(set(names))
        if len(self._known) > _KEPT:
            self._known.clear()
        missing = [name for name in wanted if name not in self._known]
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            found: dict[str, list[Sense]] = {name: [] for name in part}
            marks = ",".join("?" * len(part))
            query = f"SELECT name, row, how FROM names WHERE name IN ({marks})"  # noqa: S608  marks only
            for name, row, how in self._all(query, part):
                found[name].append(Sense(self._row(row), HOWS[how]))
            self._known.update((name, ordered(senses)) for name, senses in found.items())
        return {name: senses for name in wanted if (senses := self._known[name])}

    def reach(self, words: Iterable[str]) -> Mapping[str, int]:
        wanted = sorted(set(words))
        found: dict[str, int] = {}
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            marks = ",".join("?" * len(part))
            found.update(self._all(f"SELECT word, longest FROM firsts WHERE word IN ({marks})", part))  # noqa: S608
        return found

    def holders(self, title: str) -> tuple[tuple[Row, Office], ...]:
        rows = self._rows("SELECT row FROM offices WHERE title = ? ORDER BY row", title)
        return tuple((row, office) for row in rows for office in row.offices if office.title.casefold() == title)

    def of_class(self, cls: str, country: str) -> tuple[Row, ...]:
        return self._rows("SELECT row FROM classes WHERE class = ? AND country = ? ORDER BY row", cls, country)

    def at_domain(self, domain: str) -> tuple[Row, ...]:
        return self._rows("SELECT row FROM domains WHERE domain = ? ORDER BY row", domain)

    def by_qid(self, qid: str) -> Row | None:
        return next(iter(self._rows("SELECT row FROM qids WHERE qid = ? ORDER BY row LIMIT 1", qid)), None)

    def _rows(self, query: str, *values: str) -> tuple[Row, ...]:
        return tuple(self._row(row) for (row,) in self._all(query, values))

    def _read_row(self, row: int) -> Row:
        ((cells,),) = self._all("SELECT cells FROM rows WHERE id = ?", (row,))
        return parse_row(dict(zip(COLUMNS, cells.split("\t"), strict=True)))

    def _all(self, query: str, values: Iterable[str | int]) -> list[Any]:
        if self._process != os.getpid():  # a connection must not cross a fork
            self._connection, self._process = _connect(self.path), os.getpid()
        return self._connection.execute(query, tuple(values)).fetchall()


def is_index(path: Path) -> bool:
    """Whether a file is a SQLite database. Raises `SeedError` when it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError as error:
        raise SeedError(f"cannot be opened: {error.strerror}", file=str(path)) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("SELECT 1 FROM meta, rows, names, firsts LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise SeedError("is not a gazetteer made with 'kg gazetteer build'", file=str(path)) from error
    return connection
