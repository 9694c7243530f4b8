"""The distributed engine: the same steps inside Apache Spark, for articles that no one machine should read.

    SOURCE (JSON Lines or Parquet, any path that Hadoop opens)
      -> mapPartitions: the steps; each Python worker holds the model once
      -> OUTPUT/readings   Parquet: iri, id, reading (packed as in `kg.store.codec`)
      -> OUTPUT/articles   N-Quads shards: what each article alone says
      -> OUTPUT/across     N-Quads: entities, identity, links, facts

The steps are the objects of `kg.pipeline.STEPS`, and the comparison is the one of the local engine, run on the driver
over all readings: identity is not yet a shuffle, so the driver needs memory for all of them. `across=False` leaves it
out, and a later run of the local engine can make it. Every record needs an `id` (JSON Lines elsewhere fall back on
line numbers, which a partition does not know). A lost worker changes nothing: Spark reads its partition again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError, KgError
from kg.ids import DEFAULT_BASE, check_base
from kg.model import Article, Reading
from kg.scale.local import Work, batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row, SparkSession

_COLUMNS = "iri string, id string, reading binary, error string"


class Distributed(NamedTuple):
    """What a build did: articles read, and one line for each record that could not be read, sorted."""

    articles: int
    errors: tuple[str, ...]


def build(
    source: str, output: str, *, base: str = DEFAULT_BASE, gazetteers: Iterable[str] = (), across: bool = True,
    session: SparkSession | None = None,
) -> Distributed:  # fmt: skip
    """Read every article of `source` on the cluster and write readings and N-Quads under the new folder `output`.

    Without a session, the one that runs is taken, or one with all cores of this machine. Gazetteers must lie under the
    same path on every machine. Raises `KgError` when Spark is missing or `output` exists.
    """
    from kg.pipeline import read_articles

    spark = session or _session()
    work = Work(read_articles, tuple(gazetteers))
    table = _read(spark, source, work, check_base(base))
    try:
        table.write.mode("error").parquet(f"{output}/readings")
    except Exception as error:
        if type(error).__name__ == "AnalysisException":
            raise KgError("exists already; give a new folder", file=f"{output}/readings") from error
        raise
    kept = spark.read.parquet(f"{output}/readings")
    good = kept.where("error is null").dropDuplicates(["iri"]).select("reading")
    good.rdd.mapPartitions(_own_lines).saveAsTextFile(f"{output}/articles")
    if across:
        packed = [bytes(row.reading) for row in good.collect()]
        spark.sparkContext.parallelize(_across_lines(packed), 1).saveAsTextFile(f"{output}/across")
    errors = sorted(row.error for row in kept.where("error is not null").select("error").collect())
    return Distributed(good.count(), tuple(errors))


def _session() -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise KgError("the distributed engine needs Spark; run: pip install 'newskg[spark]'") from error
    return SparkSession.builder.appName("newskg").config("spark.ui.showConsoleProgress", "false").getOrCreate()


def _read(spark: SparkSession, source: str, work: Work, base: str) -> DataFrame:
    parquet = source.rstrip("/").endswith(".parquet")
    table = spark.read.parquet(source).selectExpr("to_json(struct(*))") if parquet else spark.read.text(source)
    lines = table.rdd.map(lambda row: row[0])
    return spark.createDataFrame(lines.mapPartitions(lambda part: _rows(part, source, work, base)), _COLUMNS)


def _rows(lines: Iterable[str], source: str, work: Work, base: str) -> Iterator[tuple[str | None, ...]]:
    """In a worker: (iri, id, packed reading, None) for each article, (None, None, None, error) for what is none."""
    errors: list[str] = []
    for batch in batches(_articles(lines, source, base, errors)):
        for article, packed in zip(batch, work.packed(batch), strict=True):
            yield article.iri, article.id, packed, None  # type: ignore[misc]
    yield from ((None, None, None, error) for error in errors)


def _articles(lines: Iterable[str], source: str, base: str, errors: list[str]) -> Iterator[Article]:
    from kg.read.metadata import Metadata
    from kg.read.sources import READERS

    for line in lines:
        for found in READERS[".jsonl"](line.encode("utf-8"), source, "", Metadata(), base):
            if isinstance(found, InputError):
                errors.append(f"{source}: {found.message}")
            elif found.id.startswith(":"):
                errors.append(f"{source}: a record lacks an 'id'")
            else:
                yield found


def _own_lines(rows: Iterable[Row]) -> Iterator[str]:
    """In a worker: the quads of each article alone, as N-Quads lines, sorted within the article."""
    from kg.export.rdf import own_quads
    from kg.export.write import nquads
    from kg.store.codec import decode_reading

    for row in rows:
        yield from nquads(own_quads(decode_reading(bytes(row.reading)))).decode("utf-8").splitlines()


def _across_lines(packed: Iterable[bytes]) -> list[str]:
    """On the driver: all that follows from the readings together, as sorted N-Quads lines."""
    from pyoxigraph import Store

    from kg.compare import compare
    from kg.export.across import identity_quads, link_quads
    from kg.export.rdf import own_quads, shared_quads
    from kg.export.write import nquads
    from kg.identify import identify
    from kg.store.codec import decode_reading
    from kg.store.facts import default_rules, promote

    readings: list[Reading] = sorted(map(decode_reading, packed), key=lambda reading: reading.article.iri)
    comparison = compare(readings, identify(readings))
    quads = [*shared_quads(readings), *identity_quads(comparison), *link_quads(comparison)]
    store = Store()
    store.bulk_extend(quad for reading in readings for quad in own_quads(reading))
    store.bulk_extend(quads)
    return nquads([*quads, *promote(store, default_rules())]).decode("utf-8").splitlines()
