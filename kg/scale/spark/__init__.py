"""The distributed engine: the same steps inside Apache Spark, for articles that no one machine should read.

    SOURCE (JSON Lines, Parquet or web archives, any path that Hadoop opens)
      -> steps              each Python worker holds the model once
      -> OUTPUT/readings    Parquet: iri, id, reading (packed as in `kg.store.codec`)
      -> OUTPUT/articles    N-Quads shards: what each article alone says
      -> identify, compare  shuffles on their keys
      -> OUTPUT/across      N-Quads shards: entities, identity, links, facts; no line twice

The steps are the objects of `kg.pipeline.STEPS`, and identity and comparison the functions of `kg.identify` and
`kg.compare`: the quads are those of the local engine, whatever the number of machines and partitions. The driver holds
counts, the errors of single records and the curator's rulings. A lost worker changes nothing: Spark reads its part
again, and what stages leave for each other stands in `OUTPUT/work`, which is removed at the end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import InputError, KgError
from kg.identify.curation import Curation
from kg.ids import DEFAULT_BASE, check_base
from kg.model import Article
from kg.scale.local import Work, batches

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_COLUMNS = "iri string, id string, key string, reading binary, error string"
_TRIES = 4  # of a part whose worker was lost, on this machine; clusters set their own


class Distributed(NamedTuple):
    """What a build did: articles read, and one line for each record that could not be read, sorted."""

    articles: int
    errors: tuple[str, ...]


def build(
    source: str, output: str, *, base: str = DEFAULT_BASE, gazetteers: Iterable[str] = (), across: bool = True,
    curation: Curation | None = None, session: SparkSession | None = None,
) -> Distributed:  # fmt: skip
    """Read every article of `source` on the cluster and write readings and N-Quads under the new folder `output`.

    Without a session, the one that runs is taken, or one with all cores of this machine. Gazetteers must lie under the
    same path on every machine. `across=False` ends after the single articles. Raises `KgError` when Spark is missing or
    `output` exists, and `InputError` when there is no `source`.
    """
    from kg.pipeline import read_articles

    spark = session or _session()
    from kg.scale.spark import comparison, identity, shards
    from kg.scale.spark.tables import Tables

    work = Work(read_articles, tuple(gazetteers))
    tables = Tables(spark, f"{output}/work")
    tables.begin(output)
    read = tables.keep("read", _read(spark, source, work, check_base(base)))
    one = _least_key(read.where("error is null"))
    one.write.parquet(f"{output}/readings")
    readings = spark.read.parquet(f"{output}/readings").selectExpr("iri as article", "reading")
    own = shards.own(tables, readings)
    shards.each_line(own.where("proposition is null").select("lines")).write.text(f"{output}/articles")
    articles = readings.count()
    if across:
        clusters = identity.identify(tables, readings, articles, curation or Curation())
        known = identity.with_clusters(tables, readings, clusters)
        found = comparison.compare(tables, known)
        shards.across(tables, readings, clusters, found, own).write.text(f"{output}/across")
    errors = sorted(row.error for row in read.where("error is not null").select("error").collect())
    tables.remove()
    return Distributed(articles, tuple(errors))


def _session() -> SparkSession:
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise KgError("the distributed engine needs Spark; run: pip install 'newskg[spark]'") from error
    builder = SparkSession.builder.appName("newskg").config("spark.ui.showConsoleProgress", "false")
    if not SparkConf().contains("spark.master"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the first python3 of the PATH would be taken
        builder = builder.master(f"local[*,{_TRIES}]")
    return builder.getOrCreate()


def _read(spark: SparkSession, source: str, work: Work, base: str) -> Any:
    from kg.scale.spark.sources import found

    try:
        items = found(spark, source, base)
    except Exception as error:
        if type(error).__name__ == "AnalysisException":
            raise InputError("cannot be read; check the path", file=source) from error
        raise
    return spark.createDataFrame(items.mapPartitions(lambda part: _rows(part, work)), _COLUMNS, verifySchema=False)


def _rows(items: Iterable[Article | InputError], work: Work) -> Iterator[tuple[Any, ...]]:
    """In a worker: a row for each article, and one for each record that is none."""
    from kg.read import readable
    from kg.store import codec

    errors: list[InputError] = []
    for batch in batches(readable(items, errors)):
        for article, packed in zip(batch, work.packed(batch), strict=True):
            yield article.iri, article.id, codec.key(article, ""), packed, None
        yield from ((None, None, None, None, str(error)) for error in errors)
        errors.clear()
    yield from ((None, None, None, None, str(error)) for error in errors)


def _least_key(read: Any) -> Any:
    """Of records with the same bytes one is kept, the same one as by the local engine."""
    from pyspark.sql import functions

    least = functions.min_by(functions.struct("id", "reading"), "key").alias("least")
    return read.groupBy("iri").agg(least).select("iri", "least.id", "least.reading")
