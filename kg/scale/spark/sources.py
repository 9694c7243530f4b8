"""Where a distributed build finds articles: JSON Lines, Parquet and web archives, under any path that Hadoop opens.

Each record needs an `id`: what a file of its own would be called after, its line, a partition does not know. Web
archives are streamed by one worker each and their articles then spread, as an archive holds a day of somebody's
crawl; under a path with a scheme the workers open them with fsspec.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import msgspec

from kg.errors import InputError
from kg.model import Article
from kg.scale.spark.tables import pack

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

Found = Article | InputError
_article = msgspec.msgpack.Decoder(Article)
_SPREAD = 4  # parts a core, of what archives hold


def found(spark: SparkSession, source: str, base: str) -> RDD[Found]:
    """Every article under a path, and an `InputError` for each record that is none. Raises `AnalysisException` where
    the path is not there."""
    form = source.rstrip("/").lower()
    if form.endswith((".warc", ".warc.gz")):
        return _archives(spark, source, base)
    if form.endswith(".parquet"):
        table = _moments_as_text(spark.read.parquet(source))
        return table.rdd.map(lambda row: _with_id(_row(row.asDict(recursive=True), source, base), source))
    lines = spark.read.text(source).where("length(trim(value)) > 0")
    return lines.rdd.map(lambda row: _with_id(_line(row[0], source, base), source))


def _line(line: str, source: str, base: str) -> Found:
    from kg.read.metadata import Metadata
    from kg.read.record import json_article

    return json_article(line.encode("utf-8"), source, 0, "", Metadata(), base)


def _row(row: dict[str, Any], source: str, base: str) -> Found:
    from kg.read.metadata import Metadata
    from kg.read.record import row_article

    return row_article(row, source, 0, "", Metadata(), base)


def _with_id(item: Found, source: str) -> Found:
    """Errors of rows and lines without their number, which is not known here."""
    if isinstance(item, InputError):
        return InputError(item.message.removeprefix("row 0 "), file=source)
    return item if not item.id.startswith(":") else InputError("a record lacks an 'id'", file=source)


def _moments_as_text(table: DataFrame) -> DataFrame:
    """Moments in UTC, as Parquet keeps them; Spark would give them in its machine's own time."""
    utc = "date_format(to_utc_timestamp({0}, current_timezone()), \"yyyy-MM-dd'T'HH:mm:ss'+00:00'\") as {0}"
    return table.selectExpr(
        *(utc.format(f"`{name}`") if kind == "timestamp" else f"`{name}`" for name, kind in table.dtypes)
    )


# --- web archives ------------------------------------------------------------------------------------------


def _archives(spark: SparkSession, source: str, base: str) -> RDD[Found]:
    files = _files(spark, source)
    context = spark.sparkContext
    packed = context.parallelize(files, max(len(files), 1)).flatMap(lambda file: _archived(file, base))
    return packed.repartition(_SPREAD * context.defaultParallelism).map(_unpacked)


def _files(spark: SparkSession, source: str) -> list[str]:
    """The files that a pattern names, as Hadoop lists them."""
    java = spark.sparkContext._jvm
    path = java.org.apache.hadoop.fs.Path(source)
    listed = path.getFileSystem(spark._jsparkSession.sessionState().newHadoopConf()).globStatus(path) or ()
    files = sorted(status.getPath().toString() for status in listed)
    if not files:
        raise InputError("is not there; check the path", file=source)
    return files


def _archived(file: str, base: str) -> Iterator[bytes | InputError]:
    from kg.read.metadata import Metadata
    from kg.read.warc import archived

    with _opened(file) as stream:
        for item in archived(stream, file, Metadata(), base):
            yield item if isinstance(item, InputError) else pack(item)


def _opened(file: str) -> IO[bytes]:
    import fsspec

    opened: IO[bytes] = fsspec.open(file, "rb").open()
    return opened


def _unpacked(item: bytes | InputError) -> Found:
    return item if isinstance(item, InputError) else _article.decode(item)
