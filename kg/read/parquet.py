"""Parquet: one article a row, with the fields of JSON Lines as columns, read in groups of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.model import Article
from kg.read.metadata import Metadata
from kg.read.record import FIELDS, row_article

_ROWS = 256  # at a time


def parquet(path: Path, metadata: Metadata, base: str) -> Iterator[Article | InputError]:
    """The articles of a table; needs pyarrow."""
    try:
        from pyarrow import ArrowInvalid
        from pyarrow.parquet import ParquetFile
    except ImportError:
        yield InputError("is Parquet, which needs pyarrow; run: pip install 'newskg[parquet]'", file=str(path))
        return
    number = 0
    try:
        with ParquetFile(path) as table:
            columns = [name for name in FIELDS if name in table.schema_arrow.names]
            batches = table.iter_batches(batch_size=_ROWS, columns=columns)
            rows = (row for batch in batches for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                yield row_article(row, str(path), number, path.name, metadata, base)
    except (ArrowInvalid, OSError) as error:
        yield InputError(f"is not Parquet that can be read (after row {number}): {error}", file=str(path))
    else:
        if number == 0:
            yield InputError("is empty; there is nothing to read", file=str(path))
