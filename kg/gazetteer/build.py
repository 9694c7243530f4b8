"""Makes an index from other people's knowledge: a Wikidata JSON dump, a table, or SKOS in Turtle.

The input is read once, from front to back, with bounded memory: a dump of more than 100 GB is only a matter of
time. A broken row is told with its line and skipped; an input that ends early leaves an index that says so.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from kg.errors import SeedError
from kg.gazetteer.classes import OFFICE, Class, class_of, classes
from kg.gazetteer.foreign import office_cells
from kg.gazetteer.row import Row, parse_row
from kg.gazetteer.skos import skos_rows
from kg.gazetteer.table import table_rows
from kg.gazetteer.wikidata import item_of
from kg.gazetteer.writer import Writer

log = logging.getLogger(__name__)

_SETTLE = 20_000  # lines between two checkpoints
_LINE = 64 << 20  # bytes, at most, of one line: the longest items have some 10 MB
_TOLD = 100  # problems kept; all are counted and logged
_SITE = b'"site":"'
_TABLES = frozenset({".csv", ".tsv"})
_TURTLE = frozenset({".ttl", ".nt"})


class Progress(NamedTuple):
    """How far a build is: bytes of the file read and in all, lines read, rows kept."""

    read: int
    size: int
    lines: int
    rows: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made. `problems` are the first hundred of `skipped` rows; `resumed` the line it went on from."""

    output: Path
    rows: int
    names: int
    lines: int
    skipped: int
    problems: tuple[str, ...]
    partial: bool
    why: str
    resumed: int


class _Ended(Exception):  # noqa: N818  not an error: the input is shorter than it says
    """The input ended early."""


def build(
    dump: Path, output: Path, *, language: str = "en", min_sitelinks: int = 5, subclasses: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Make the index `output` from `dump` (.json, .json.gz, .json.bz2, .csv, .tsv, .ttl, .nt).

    From a Wikidata dump are kept the items of a class in `seeds/classes.tsv` (with `subclasses`, also of the
    classes below) that have at least `min_sitelinks` pages. Stopped, and called again, it goes on where it was.
    Raises `SeedError` when the file cannot be read or is of no known form.
    """
    source = _Source(dump, f"{language} {min_sitelinks} {subclasses}")
    try:
        return _build(source, output, language, min_sitelinks, subclasses, progress)
    except (sqlite3.Error, OSError) as error:
        raise SeedError(f"cannot be written: {error}", file=str(output)) from error


def _build(
    source: _Source, output: Path, language: str, min_sitelinks: int, subclasses: bool,
    progress: Callable[[Progress], None] | None,
) -> Summary:
    dump = source.path
    job = _Job(source, Writer(output, source.mark), progress)
    suffix = Path(dump.name.removesuffix(".gz").removesuffix(".bz2")).suffix
    why = None
    try:
        if suffix in _TABLES:
            job.take(table_rows(dump))
        elif suffix in _TURTLE:
            job.take(skos_rows(dump, language))
        else:
            _read_dump(job, language, min_sitelinks, subclasses)
    except _Ended as ended:
        why = f"{dump.name} ended early, {ended}"
        log.warning("%s: %s; the index has what stood before", dump, why)
    except SeedError:
        job.writer.discard()
        raise
    job.settle()
    rows, names = job.writer.finish(_settled(job.writer, subclasses), why)
    if not rows:
        because = why or "see seeds/classes.tsv for the classes known"
        raise SeedError(f"has no row that could be used; {because}", file=str(dump))
    return Summary(
        output, rows, names, job.line, job.skipped, tuple(job.problems), why is not None, why or "", job.resumed
    )


class _Source:
    """The input as lines of bytes. `mark` tells one input, and one set of choices, from another."""

    def __init__(self, path: Path, choices: str) -> None:
        self.path = path
        try:
            self.size = path.stat().st_size
            with path.open("rb") as file:
                start = file.read(1 << 20)
        except OSError as error:
            raise SeedError(f"cannot be opened: {error.strerror}", file=str(path)) from error
        self.mark = hashlib.sha256(start + f"{self.size} {choices}".encode()).hexdigest()
        self._raw: BinaryIO | None = None

    @property
    def read(self) -> int:
        """Bytes of the file read so far."""
        return self._raw.tell() if self._raw and not self._raw.closed else self.size

    def lines(self) -> Iterator[bytes]:
        """Each line. Raises `_Ended` where compressed data breaks off."""
        with self.path.open("rb") as self._raw:
            stream = _decompressed(self.path, self._raw)
            try:
                while line := stream.readline(_LINE):
                    yield line
            except (EOFError, OSError, gzip.BadGzipFile) as error:
                raise _Ended(f"inside its compressed data ({error})") from error


def _decompressed(path: Path, raw: BinaryIO) -> BinaryIO:
    if path.name.endswith(".gz"):
        return cast(BinaryIO, gzip.open(raw))
    return cast(BinaryIO, bz2.open(raw)) if path.name.endswith(".bz2") else raw


class _Job:
    """One build: the line it is at, what it kept, and what it could not use."""

    def __init__(self, source: _Source, writer: Writer, progress: Callable[[Progress], None] | None) -> None:
        self.source, self.writer, self.progress = source, writer, progress
        self.resumed = self.line = writer.at
        self.rows = self.skipped = 0
        self.problems: list[str] = []

    def keep(self, row: Row, wanting: dict[str, object] | None = None) -> None:
        self.writer.add(row, wanting)
        self.rows += 1

    def skip(self, message: str, line: int) -> None:
        problem = str(SeedError(f"{message}; skipped", file=str(self.source.path), line=line))
        log.warning("%s", problem)
        self.skipped += 1
        if len(self.problems) < _TOLD:
            self.problems.append(problem)

    def settle(self) -> None:
        self.writer.checkpoint(self.line)
        if self.progress:
            self.progress(Progress(self.source.read, self.source.size, self.line, self.rows))

    def take(self, found: Iterator[tuple[int, Row | SeedError]]) -> None:
        """The rows of a table or a thesaurus: small, so they are begun anew rather than resumed."""
        for line, row in found:
            if line > self.resumed:
                self.line = line
                self.skip(row.message, line) if isinstance(row, SeedError) else self.keep(row)
                if self.rows % _SETTLE == 0:
                    self.settle()


def _read_dump(job: _Job, language: str, min_sitelinks: int, subclasses: bool) -> None:
    """'[', then an item a line with a comma after it, then ']'."""
    titles = tuple(f'"{theirs}"'.encode() for theirs, ours in classes().items() if ours.kind == OFFICE)
    closed = False
    for number, line in enumerate(job.source.lines(), 1):
        if number <= job.resumed:
            continue
        if job.line % _SETTLE == 0:
            job.settle()
        job.line = number
        text = line.strip().rstrip(b",")
        closed = text == b"]"
        if text in (b"[", b"]", b""):
            continue
        told = (subclasses and b'"P279"' in text) or any(title in text for title in titles)
        if not told and text.count(_SITE) < min_sitelinks:  # most items: not worth parsing
            continue
        try:
            entity = json.loads(text)
            if not isinstance(entity, dict):
                raise ValueError("not an object")
            _keep_item(job, entity, language, min_sitelinks, subclasses)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if not line.endswith(b"\n"):
                raise _Ended(f"inside line {number}") from error
            job.skip(f"is not an item of a Wikidata dump ({_short(error)})", number)
    if not closed:
        raise _Ended(f"after line {job.line}, without its closing bracket")


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:80]}"


def _keep_item(job: _Job, entity: dict[str, object], language: str, min_sitelinks: int, subclasses: bool) -> None:
    item = item_of(entity, language)
    if item is None or item.row.qid is None:
        return
    ours = class_of(item.classes)
    if subclasses and item.supers:
        job.writer.add_subclasses(item.row.qid, item.supers)
    if (ours and ours.kind == OFFICE) or OFFICE in {found.kind for found in map(classes().get, item.supers) if found}:
        job.writer.add_title(item.row.qid, item.row.label)
        return
    if item.sitelinks < min_sitelinks or not (ours or (subclasses and item.classes)):
        return
    wanting: dict[str, object] = {} if ours else {"classes": item.classes}
    if item.held:
        wanting["held"] = item.held
    row = replace(item.row, kind=ours.kind, cls=ours.cls) if ours else item.row  # type: ignore[arg-type]  # a kind
    job.keep(row, wanting)


def _settled(writer: Writer, subclasses: bool) -> Iterator[tuple[int, Row]]:
    """The rows with all that only the whole input tells: classes by way of their superclasses, offices' titles."""
    below = _below(writer) if subclasses else {}
    for number, cells, wanting in writer.drafts():
        if "classes" in wanting:
            found = [below[theirs] for theirs in cast(list[str], wanting["classes"]) if theirs in below]
            if not found or min(found).kind == OFFICE:
                continue
            cells |= {"kind": min(found).kind, "class": min(found).cls}
        for office, start, end in cast(list[tuple[str, str, str]], wanting.get("held", [])):
            if title := writer.title(office):
                held = "|".join(office_cells(title, cells["country"], start, end))
                cells["offices"] = "|".join(filter(None, (cells["offices"], held)))
        yield number, parse_row(cells)


def _below(writer: Writer) -> dict[str, Class]:
    """Our class for every class below a known one; the nearer one counts, then the earlier line."""
    known = dict(classes())
    fresh = sorted(known)
    while fresh:
        found: dict[str, Class] = {}
        for sub, above in writer.subclasses_of(fresh):
            if sub not in known:
                found[sub] = min(found.get(sub, known[above]), known[above])
        known |= found
        fresh = sorted(found)
    return known
