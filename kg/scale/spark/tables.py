"""Tables between the stages of a distributed build: kept as Parquet, so that each stage runs once.

What a stage leaves behind stands in a file system that all machines see: a lost worker, or a lost machine, costs its
own part of the stage under way and nothing of the stages before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kg.errors import KgError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Rows = Iterable[Any]
Run = Callable[[Rows], Iterator[tuple[Any, ...]]]

pack = msgspec.msgpack.encode


class Tables(NamedTuple):
    """A session, and the folder under which its tables are kept."""

    spark: SparkSession
    folder: str

    def begin(self, output: str) -> None:
        """Raise `KgError` where the folder of the build exists."""
        if self._files(output).exists(self._path(output)):
            raise KgError("exists already; give a new folder", file=output)

    def keep(self, name: str, table: DataFrame) -> DataFrame:
        """The table as it is on disk."""
        path = f"{self.folder}/{name}"
        table.write.mode("error").parquet(path)
        return self.spark.read.schema(table.schema).parquet(path)

    def each(self, name: str, table: DataFrame, run: Run, columns: str) -> DataFrame:
        """What `run` makes of the rows of each partition, kept."""
        made = table.rdd.mapPartitions(run)
        return self.keep(name, self.spark.createDataFrame(made, columns, verifySchema=False))

    def together(self, name: str, table: DataFrame, run: Run, columns: str, *, keys: int = 1) -> DataFrame:
        """What `run` makes of the rows that share their first `keys` columns, kept. This is the shuffle: rows of one
        key meet on one machine, in the order of all their columns but binary ones, and stream through it."""
        by = table.columns[:keys]
        order = [name for name, kind in table.dtypes if kind == "string"]
        laid_out = table.repartition(*by).sortWithinPartitions(*by, *(name for name in order if name not in by))
        return self.each(name, laid_out, partial(_groups, run, keys), columns)

    def remove(self) -> None:
        """Everything kept is removed."""
        self._files(self.folder).delete(self._path(self.folder), True)

    def _path(self, path: str) -> Any:
        return self.spark.sparkContext._jvm.org.apache.hadoop.fs.Path(path)

    def _files(self, path: str) -> Any:
        return self._path(path).getFileSystem(self.spark._jsparkSession.sessionState().newHadoopConf())


def _groups(run: Run, keys: int, rows: Rows) -> Iterator[tuple[Any, ...]]:
    for _, group in groupby(rows, lambda row: tuple(row[:keys])):
        yield from run(group)
