"""The ledger of a graph: what was found of the articles of its current generation, so that a few more, or fewer, cost
what they touch and not what there is.

One SQLite file beside the generations. It says by a hash of what manifest it is; where that is not the current one's,
or the file is not there or is damaged, everything is found again from the readings, as at first. So it may be lost at
any moment, and be ahead of a graph that was never made.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from kg.compare import Compared
from kg.compare import growth as compare_growth
from kg.compare import known as compared
from kg.errors import StoreError
from kg.export.rdf import Use, uses
from kg.identify import Identity
from kg.identify import growth as identify_growth
from kg.identify import known as identified
from kg.model import Entity, Reading
from kg.store.change import Change, differing, ends, named
from kg.store.folder import Manifest

_TABLES = """
create table signature (of text not null);
create table use (name text, sort integer, what blob, articles integer, primary key (name, sort, what)) without rowid;
"""
_TOGETHER = 1000  # articles whose uses are entered at a time: those of all would be the most that is in memory
_SHARE = 0.1  # of the articles: where more come and go, all are better looked at again
_sorts: tuple[msgspec.msgpack.Decoder[Any], ...] = tuple(
    msgspec.msgpack.Decoder(sort) for sort in (Entity, str, tuple[str, str, str | None, str | None], tuple[str, str])
)


class Ledger:
    """An open ledger. What a change does to it stands only once it is signed; else it is forgotten."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._identified = identified.Known(database)
        self._compared = compared.Known(database)

    def changed(
        self, gone: Sequence[Reading], come: Sequence[Reading], stays: Callable[[str], Reading]
    ) -> Change | None:
        """What becomes of the graph where articles go and come. `stays` reads any other, and gives one object each.
        None where those are too many, or the ledger or what one of these said turns out to be damaged."""
        try:
            before = self._identified.articles()
            few = len(gone) + len(come) <= max(1, _SHARE * before)
            if few and identify_growth.may_grow(before, before - len(gone) + len(come)):
                return self._changed([*gone], [*come], stays)
        except (sqlite3.Error, msgspec.MsgspecError, StoreError):
            pass  # everything is found again from what is not
        return None

    def _changed(self, gone: Sequence[Reading], come: Sequence[Reading], stays: Callable[[str], Reading]) -> Change:
        clusters = identify_growth.grown(self._identified, gone, come, stays)
        articles = compare_growth.Articles(gone, come, stays)
        parts = compare_growth.grown(self._compared, articles, *clusters, self._identified)
        self._identified.drop_clusters(clusters.gone)
        self._identified.put_clusters(clusters.come)
        self._use(_counted(gone), -1)
        stay = [*self._used(named([*gone, *come]))]
        self._use(_counted(come), 1)
        return Change(gone, come, *differing(*parts), ends(*parts), stay)

    def sign(self, manifest: Manifest) -> None:
        """Let what was changed stand, as of that manifest. Where that fails, the ledger is one of an older one."""
        with suppress(sqlite3.Error):
            self._database.execute("delete from signature")
            self._database.execute("insert into signature values (?)", (_signature(manifest),))
            self._database.commit()

    def fill(self, readings: Sequence[Reading], identity: Identity, comparison: Compared) -> None:
        """Enter what was found of all articles into an empty ledger."""
        self._identified.fill(readings, identity)
        self._compared.fill(comparison)
        for start in range(0, len(readings), _TOGETHER):
            self._use(_counted(readings[start : start + _TOGETHER]), 1)

    def _use(self, counted: Mapping[Row, int], sign: int) -> None:
        rows = [(*row, sign * count) for row, count in counted.items()]
        more = "insert into use values (?, ?, ?, ?) on conflict do update set articles = articles + excluded.articles"
        self._database.executemany(more, rows)
        if sign < 0:
            self._database.executemany("delete from use where name = ? and sort = ? and what = ? and articles = 0",
                                       [row[:3] for row in rows])  # fmt: skip

    def _used(self, names: Iterable[str]) -> Iterator[tuple[Use, int]]:
        query = "select sort, what, articles from use where name = ?"
        for name in sorted(names):
            for sort, what, articles in self._database.execute(query, (name,)):
                yield Use(name, _sorts[sort].decode(what)), articles


Row = tuple[str, int, bytes]  # name, sort and packed value of a use


def _counted(readings: Iterable[Reading]) -> Counter[Row]:
    """The uses that readings make, each with the number of them."""
    return Counter(_row(use) for reading in readings for use in uses(reading))


def _row(use: Use) -> Row:
    what = use.what
    sort = 0 if isinstance(what, Entity) else 1 if isinstance(what, str) else 2 if len(what) == 4 else 3
    return use.name, sort, msgspec.msgpack.encode(what)


def _signature(manifest: Manifest) -> str:
    return blake2b(msgspec.json.encode(manifest), digest_size=20).hexdigest()


@contextmanager
def opened(path: Path, manifest: Manifest) -> Iterator[Ledger | None]:
    """The ledger of a manifest; None where there is none, or none that can be read. Any thread may sign it."""
    if not path.is_file():
        yield None
        return
    with closing(sqlite3.connect(path, check_same_thread=False)) as database:
        try:
            database.execute("pragma cache_size = -65536")
            signed = [of for (of,) in database.execute("select of from signature")]
        except sqlite3.Error:
            signed = []
        yield Ledger(database) if signed == [_signature(manifest)] else None


def prepare(path: Path, readings: Sequence[Reading], identity: Identity, comparison: Compared) -> None:
    """Make a ledger anew of what was found of all articles, of no manifest yet; none where there is no room for it."""
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as database:
            database.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;")
            database.executescript(_TABLES + identified.TABLES + compared.TABLES)
            Ledger(database).fill(readings, identity, comparison)
            database.executescript(identified.INDEXES + compared.INDEXES)
            database.commit()
    except sqlite3.Error:
        path.unlink(missing_ok=True)


def replace(path: Path, by: Path, manifest: Manifest) -> None:
    """Put a prepared ledger in the place of another, as that of a manifest. Where none was, there is none."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # of a change that was killed: never of another file
    if not by.exists():
        return
    with closing(sqlite3.connect(by)) as database:
        Ledger(database).sign(manifest)
    with by.open("rb+") as file:
        os.fsync(file.fileno())
    by.replace(path)
