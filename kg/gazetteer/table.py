"""A gazetteer in memory, from tab- or comma-separated rows."""

from __future__ import annotations

import csv
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.errors import SeedError
from kg.gazetteer.base import Gazetteer, Sense, beginning, names_of, ordered
from kg.gazetteer.foreign import adapted, known_column
from kg.gazetteer.row import Office, Row, parse_row

log = logging.getLogger(__name__)


class Table(Gazetteer):
    """Rows held in dictionaries: for seeds and for tables of some ten thousand rows."""

    def __init__(self, rows: Iterable[Row], problems: tuple[str, ...] = ()) -> None:
        self.rows = tuple(rows)
        self.problems = problems
        senses: defaultdict[str, list[Sense]] = defaultdict(list)
        offices: defaultdict[str, list[tuple[Row, Office]]] = defaultdict(list)
        classes: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        domains: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            for name, how in names_of(row):
                senses[name].append(Sense(row, how))
            for office in row.offices:
                offices[office.title.casefold()].append((row, office))
            if row.country:
                classes[row.cls, row.country].append(row)
            for domain in (row.domain or "").split("|"):  # an outlet may have several
                if domain:
                    domains[domain].append(row)
        self._senses = {name: ordered(found) for name, found in senses.items()}
        self._reach: dict[str, int] = {}
        for first, count in map(beginning, self._senses):
            self._reach[first] = max(count, self._reach.get(first, 0))
        self._offices, self._classes, self._domains = dict(offices), dict(classes), dict(domains)
        self._qids = {row.qid: row for row in reversed(self.rows) if row.qid}

    def senses(self, names: Iterable[str]) -> Mapping[str, tuple[Sense, ...]]:
        return {name: self._senses[name] for name in names if name in self._senses}

    def reach(self, words: Iterable[str]) -> Mapping[str, int]:
        return {word: self._reach[word] for word in words if word in self._reach}

    def holders(self, title: str) -> tuple[tuple[Row, Office], ...]:
        return tuple(self._offices.get(title, ()))

    def of_class(self, cls: str, country: str) -> tuple[Row, ...]:
        return tuple(self._classes.get((cls, country), ()))

    def at_domain(self, domain: str) -> tuple[Row, ...]:
        return tuple(self._domains.get(domain, ()))

    def by_qid(self, qid: str) -> Row | None:
        return self._qids.get(qid)


def read_table(path: Path) -> Table:
    """A table's rows. A broken row is logged with its line, kept in `problems`, and skipped.

    Raises `SeedError` when the file itself cannot be used.
    """
    rows: list[Row] = []
    problems: list[str] = []
    for line, row in table_rows(path):
        if isinstance(row, Row):
            rows.append(row)
            continue
        problems.append(str(SeedError(f"{row.message}; the row is skipped", file=str(path), line=line)))
        log.warning("%s", problems[-1])
    return Table(rows, tuple(problems))


def table_rows(path: Path) -> Iterator[tuple[int, Row | SeedError]]:
    """Each row of a table, ours or a foreign one, as (line, row or what is wrong with it)."""
    for line, cells in table_cells(path):
        try:
            yield line, parse_row(adapted(cells))
        except SeedError as wrong:
            yield line, wrong


def table_cells(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Each row of a `.tsv` or `.csv` as (line, cells by column); blank lines and `#` comments are none."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SeedError(f"cannot be opened: {error.strerror}", file=str(path)) from error
    with file:
        try:
            yield from _csv_cells(file, path) if path.suffix == ".csv" else _tsv_cells(file, path)
        except UnicodeDecodeError as error:
            raise SeedError("is not UTF-8 text; save it as UTF-8", file=str(path)) from error


def _tsv_cells(file: Iterable[str], path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    header: list[str] = []
    for number, line in enumerate(file, 1):
        cells = line.rstrip("\r\n").split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if not header:
            header = _checked_header([cell.strip() for cell in cells], path, number)
        else:
            yield number, _by_column(header, cells)


def _csv_cells(file: Iterable[str], path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    reader = csv.reader(file)
    header: list[str] = []
    for cells in reader:
        if not any(cells) or cells[0].startswith("#"):
            continue
        if not header:
            header = _checked_header([cell.strip() for cell in cells], path, reader.line_num)
        else:
            yield reader.line_num, _by_column(header, cells)


def _checked_header(header: list[str], path: Path, line: int) -> list[str]:
    if not any(map(known_column, header)):
        raise SeedError("the first row must name the columns, 'label' among them", file=str(path), line=line)
    return header


def _by_column(header: list[str], cells: list[str]) -> dict[str, str | None]:
    """Cells by column; one cell too many makes the label empty, so that the row is reported, not misread."""
    if len(cells) > len(header):
        return {"label": None, "overflow": cells[len(header)]}
    return dict(zip(header, cells, strict=False))
