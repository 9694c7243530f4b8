"""Writes an index: rows as they come, into `OUTPUT.part`, sorted and renamed when all are there.

A run that is stopped leaves the part file with its last checkpoint; the next run over the same input with the
same choices goes on from there. Nothing is held in memory but what SQLite caches.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.gazetteer.base import HOWS, beginning, names_of
from kg.gazetteer.index import FORMAT
from kg.gazetteer.row import COLUMNS, Row, row_cells

_DRAFT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE draft (id INTEGER PRIMARY KEY, cells TEXT NOT NULL, wanting TEXT);
CREATE TABLE titles (qid TEXT PRIMARY KEY, label TEXT);
CREATE TABLE subclasses (sub TEXT, super TEXT);
"""
_FINAL = """
CREATE TABLE rows (id INTEGER PRIMARY KEY, cells TEXT NOT NULL);
CREATE TABLE names (name TEXT, how INTEGER, row INTEGER, PRIMARY KEY (name, how, row)) WITHOUT ROWID;
CREATE TABLE firsts (word TEXT PRIMARY KEY, longest INTEGER) WITHOUT ROWID;
CREATE TABLE offices (title TEXT, row INTEGER, PRIMARY KEY (title, row)) WITHOUT ROWID;
CREATE TABLE classes (class TEXT, country TEXT, row INTEGER, PRIMARY KEY (class, country, row)) WITHOUT ROWID;
CREATE TABLE domains (domain TEXT, row INTEGER, PRIMARY KEY (domain, row)) WITHOUT ROWID;
CREATE TABLE qids (qid TEXT, row INTEGER, PRIMARY KEY (qid, row)) WITHOUT ROWID;
CREATE TEMP TABLE unsorted (name TEXT, how INTEGER, row INTEGER, first TEXT, count INTEGER);
"""


class Writer:
    """An index being made. `at` is the input's line up to which the part file has everything."""

    def __init__(self, output: Path, source: str) -> None:
        self.output = output
        self.part = output.with_name(output.name + ".part")
        self.at = self._resumable(source)
        if not self.at:
            for name in ("", "-wal", "-shm"):
                self.part.with_name(self.part.name + name).unlink(missing_ok=True)
        self._db = sqlite3.connect(self.part)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if not self.at:
            self._db.executescript(_DRAFT)
            self._db.execute("INSERT INTO meta VALUES ('source', ?)", (source,))
            self._db.commit()

    def _resumable(self, source: str) -> int:
        if not self.part.exists():
            return 0
        try:
            db = sqlite3.connect(self.part)
            meta = dict(db.execute("SELECT key, value FROM meta"))
            db.close()
        except sqlite3.DatabaseError:
            return 0
        return int(meta.get("line", 0)) if meta.get("source") == source else 0

    def add(self, row: Row, wanting: dict[str, object] | None = None) -> None:
        """A row; `wanting` is what must still be told before it is whole (classes to settle, offices to name)."""
        cells = "\t".join(row_cells(row).values())
        self._db.execute(
            "INSERT INTO draft (cells, wanting) VALUES (?, ?)", (cells, json.dumps(wanting) if wanting else None)
        )

    def add_title(self, qid: str, label: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO titles VALUES (?, ?)", (qid, label))

    def add_subclasses(self, sub: str, supers: Iterable[str]) -> None:
        self._db.executemany("INSERT INTO subclasses VALUES (?, ?)", ((sub, each) for each in supers))

    def checkpoint(self, line: int) -> None:
        """Everything up to this line is on disk."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('line', ?)", (str(line),))
        self._db.commit()

    def title(self, qid: str) -> str | None:
        found = self._db.execute("SELECT label FROM titles WHERE qid = ?", (qid,)).fetchone()
        return found[0] if found else None

    def subclasses_of(self, supers: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(subclass, class) below these classes, one step down."""
        self._db.execute("CREATE INDEX IF NOT EXISTS supers ON subclasses (super)")
        for each in supers:
            yield from self._db.execute("SELECT sub, super FROM subclasses WHERE super = ? ORDER BY sub", (each,))

    def drafts(self) -> Iterator[tuple[int, dict[str, str], dict[str, object]]]:
        """Each row's number, its cells by column, and what it wants."""
        for number, cells, wanting in self._db.execute("SELECT id, cells, wanting FROM draft ORDER BY id"):
            yield number, dict(zip(COLUMNS, cells.split("\t"), strict=True)), json.loads(wanting or "{}")

    def finish(self, rows: Iterable[tuple[int, Row]], why_partial: str | None) -> tuple[int, int]:
        """Write the index from the settled rows; (rows, names) in it. Nothing is left of an input without a row.
        The part file is gone afterwards."""
        made = self.output.with_name(self.output.name + ".made")
        made.unlink(missing_ok=True)
        db = sqlite3.connect(made)
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        db.executescript(_FINAL)
        count = 0
        for number, row in rows:
            _store(db, number, row)
            count += 1
        db.execute("INSERT OR IGNORE INTO names SELECT name, how, row FROM unsorted ORDER BY name, how, row")
        db.execute("INSERT INTO firsts SELECT first, max(count) FROM unsorted WHERE count > 0 GROUP BY first")
        names = int(db.execute("SELECT count(*) FROM names").fetchone()[0])
        db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        meta = {"format": FORMAT, "rows": str(count), "names": str(names), "partial": "1" if why_partial else "0"}
        db.executemany("INSERT INTO meta VALUES (?, ?)", (meta | {"why": why_partial or ""}).items())
        db.commit()
        db.close()
        self.close()
        self.part.unlink(missing_ok=True)
        if count:
            made.replace(self.output)
        else:
            made.unlink()
        return count, names

    def discard(self) -> None:
        """Leave nothing of an input that cannot be used."""
        self.close()
        self.part.unlink(missing_ok=True)

    def close(self) -> None:
        self._db.commit()
        self._db.close()


def _store(db: sqlite3.Connection, number: int, row: Row) -> None:
    db.execute("INSERT INTO rows VALUES (?, ?)", (number, "\t".join(row_cells(row).values())))
    db.executemany(
        "INSERT INTO unsorted VALUES (?, ?, ?, ?, ?)",
        ((name, HOWS.index(how), number, *beginning(name)) for name, how in names_of(row)),
    )
    titles = {office.title.casefold() for office in row.offices}
    db.executemany("INSERT INTO offices VALUES (?, ?)", ((title, number) for title in sorted(titles)))
    if row.country:
        db.execute("INSERT INTO classes VALUES (?, ?, ?)", (row.cls, row.country, number))
    domains = {domain for domain in (row.domain or "").split("|") if domain}
    db.executemany("INSERT INTO domains VALUES (?, ?)", ((domain, number) for domain in sorted(domains)))
    if row.qid:
        db.execute("INSERT INTO qids VALUES (?, ?)", (row.qid, number))
