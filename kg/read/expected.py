"""How many articles the paths hold, where that can be told without reading them: for a bar that knows its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.read.fetch import is_url
from kg.read.sources import READERS, files, form

_COUNTED_BYTES = 4_000_000_000  # of JSON Lines: a second or two to count their lines
_BLOCK = 1 << 20


def expected(paths: Iterable[str | Path]) -> int | None:
    """The number of articles under the paths, those among them that turn out broken included; None where only reading
    tells, as of feeds, web archives, standard input and addresses."""
    given = [str(path) for path in paths]
    if any(path == "-" or is_url(path) for path in given):
        return None
    found = [file for path in map(Path, given) for file in (files(path) if path.is_dir() else [path])]
    lines = [file for file in found if form(file) in (".jsonl", ".ndjson")]
    if sum(file.stat().st_size for file in lines if file.is_file()) > _COUNTED_BYTES:
        return None
    numbers = [_number(file) for file in found if file.is_file()]
    return sum(number for number in numbers if number is not None) if None not in numbers else None


def _number(file: Path) -> int | None:
    kind = form(file)
    if kind in (".jsonl", ".ndjson"):
        return sum(1 for _ in _full_lines(file))
    if kind == ".parquet":
        return _rows(file)
    whole = kind not in READERS or kind in (".txt", ".html", ".htm", ".xhtml")
    return 1 if whole and not kind.startswith(".warc") else None


def _full_lines(file: Path) -> Iterator[bytes]:
    with file.open("rb", buffering=_BLOCK) as content:
        yield from (line for line in content if line.strip())


def _rows(file: Path) -> int | None:
    try:
        from pyarrow import ArrowInvalid
        from pyarrow.parquet import read_metadata
    except ImportError:
        return 0
    try:
        return int(read_metadata(file).num_rows)
    except (ArrowInvalid, OSError):
        return 0
