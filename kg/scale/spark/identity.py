"""Identify as shuffles: the functions of `kg.identify`, each over the rows that meet under one key.

    names          by name             entities of one name and kind
    surnames       by word             who bears a word as a surname, and in which articles' company
    entities       by component        the clusters of entities
    blocks         by blocking key     neighbours in time, and of them the pairs that could be one
    merges         by article          the same pairs, scored with how alike their articles are
    events         by component        the clusters of events

A join of two clusters depends on nothing outside of their connected component, so that clusters made component by
component are those made of all at once. Nothing but counts reaches the driver.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from kg.identify.candidates import blocking_keys, neighbours
from kg.identify.clusters import cluster_events, scored
from kg.identify.curation import Curation
from kg.identify.entities import Bearer, bearers, joined, name_key, surname_pairs
from kg.identify.features import CorpusFeatures, EventFeatures, article_features, known_to
from kg.model import Cluster, Entity
from kg.scale.spark.components import components
from kg.scale.spark.tables import Rows, Tables, pack
from kg.store.codec import decode_reading

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_entity = msgspec.msgpack.Decoder(Entity)
_bearer = msgspec.msgpack.Decoder(Bearer)
_features = msgspec.msgpack.Decoder(EventFeatures)
_weights = msgspec.msgpack.Decoder(dict[str, float])
_CLUSTERS = "kind string, iri string, members array<string>, value binary"


class _AllAlike(CorpusFeatures):
    """As if all articles told one story: a pair scores no higher than with this, so that most need no vectors."""

    def similarity(self, one: str, other: str) -> float:
        return 1.0


def identify(tables: Tables, readings: DataFrame, articles: int, curation: Curation) -> DataFrame:
    """The clusters (kind, iri, members, value: packed) of readings (article, reading: packed), `articles` of them."""
    entities = entity_clusters(tables, readings, curation)
    named = with_clusters(tables, readings, entities)
    found = tables.each("features", named, _article_rows, "article string, iri string, value binary")
    events = event_clusters(tables, found, articles, curation)
    return tables.keep("clusters", entities.union(events))


# --- entities ----------------------------------------------------------------------------------------------


def entity_clusters(tables: Tables, readings: DataFrame, curation: Curation) -> DataFrame:
    """Clusters of entities."""
    parts = tables.each(
        "people", readings, partial(_entity_rows, curation), "what string, key string, article string, value binary"
    )
    last = parts.where("what = 'entity'").groupBy("key").agg(_max_by("value", "article"))  # of all that know it
    entities = tables.each("entities", last, partial(_named, curation), "iri string, name string, value binary")
    surnames = tables.together(
        "surnames",
        parts.where("what = 'bearer'").select("key", "article", "value"),
        _surnames,
        "item string, other string",
    )
    names = entities.where("name is not null").groupBy("name").agg({"iri": "collect_set"}).toDF("name", "iris")
    same_name = names.selectExpr("explode(iris) as item", "array_min(iris) as other")
    roots = components(tables, "entity-components", same_name.union(surnames).union(_ruled(tables, curation)))
    held = roots.join(entities.withColumnRenamed("iri", "item"), "item").selectExpr(
        "root", "item", "'' as other", "value"
    )
    pairs = roots.join(surnames, "item").selectExpr("root", "item", "other", "cast(null as binary) as value")
    return tables.together("entity-clusters", held.union(pairs), partial(_join_entities, curation), _CLUSTERS)


def _max_by(value: str, by: str) -> Any:
    from pyspark.sql import functions

    return functions.max_by(value, by).alias(value)


def _entity_rows(curation: Curation, rows: Rows) -> Iterator[tuple[str, str, str, bytes]]:
    for row in rows:
        reading = decode_reading(row.reading)
        for entity in reading.entities:
            yield "entity", entity.iri, row.article, pack(entity)
        for bearer in bearers(reading, curation):
            yield "bearer", bearer.word, row.article, pack(bearer)


def _named(curation: Curation, rows: Rows) -> Iterator[tuple[str, str | None, bytes]]:
    """Each entity with the name that it shares with those that are the same by name."""
    for row in rows:
        entity = _entity.decode(row.value)
        name = "" if entity.same_as or entity.iri in curation.ignore else name_key(entity)
        yield entity.iri, f"{entity.kind}\x1f{name}" if name else None, row.value


def _surnames(rows: Rows) -> Iterator[tuple[str, str]]:
    yield from sorted(surname_pairs(_bearer.decode(row.value) for row in rows))


def _ruled(tables: Tables, curation: Curation) -> DataFrame:
    """The pairs that a curator calls the same."""
    pairs = [tuple(sorted(pair)) for pair in sorted(map(sorted, curation.same))]
    return tables.spark.createDataFrame(pairs, "item string, other string")


def _join_entities(curation: Curation, rows: Rows) -> Iterator[tuple[Any, ...]]:
    entities: dict[str, Entity] = {}
    surnames: list[tuple[str, str]] = []
    for row in rows:
        if row.value is None:
            surnames.append((row.item, row.other))
        else:
            entities[row.item] = _entity.decode(row.value)
    yield from map(_cluster_row, joined(entities, surnames, curation))


def _cluster_row(cluster: Cluster) -> tuple[Any, ...]:
    return cluster.kind, cluster.iri, list(cluster.members), pack(cluster)


# --- what articles use ----------------------------------------------------------------------------------------


def with_clusters(tables: Tables, readings: DataFrame, clusters: DataFrame) -> DataFrame:
    """The readings with a column `one`: of what each article knows of, the cluster that it is in."""
    uses = tables.spark.createDataFrame(
        readings.rdd.mapPartitions(_uses), "article string, member string", verifySchema=False
    )
    member = clusters.selectExpr("explode(members) as member", "iri as cluster")
    maps = uses.join(member, "member").groupBy("article").agg(_entries("member", "cluster").alias("one"))
    return readings.join(maps, "article", "left")


def _uses(rows: Rows) -> Iterator[tuple[str, str]]:
    """Every event and entity that an article knows of, its own or by reference."""
    for row in rows:
        yield from ((row.article, iri) for iri in sorted(known_to(decode_reading(row.reading))))


def _entries(key: str, value: str) -> Any:
    from pyspark.sql import functions

    return functions.map_from_entries(functions.collect_list(functions.struct(key, value)))


# --- events ------------------------------------------------------------------------------------------------


def _article_rows(rows: Rows) -> Iterator[tuple[Any, ...]]:
    """One row an event, and one an article, with its vector."""
    for row in rows:
        events, vector = article_features(decode_reading(row.reading), row.one or {})
        for event in events:
            yield row.article, event.iri, pack(event)
        yield row.article, None, pack(vector)


def event_clusters(tables: Tables, found: DataFrame, articles: int, curation: Curation) -> DataFrame:
    """Clusters of events."""
    events = found.where("iri is not null").select("iri", "article", "value")
    vectors = found.where("iri is null").select("article", "value")
    blocked = events.rdd.mapPartitions(_block_rows)
    blocks = tables.spark.createDataFrame(
        blocked, "block string, published string, iri string, value binary", verifySchema=False
    )
    near = tables.together("near", blocks, partial(_near, curation, articles), _PAIRS).dropDuplicates(["one", "other"])
    of_one = vectors.selectExpr("article as article_one", "value as vector_one")
    of_other = vectors.selectExpr("article as article_other", "value as vector_other")
    beside = near.join(of_one, "article_one").join(of_other, "article_other")
    merges = tables.each("merges", beside, partial(_merges, curation, articles), "item string, other string")
    roots = components(tables, "event-components", merges.union(_ruled(tables, curation)))
    held = roots.join(events.withColumnRenamed("iri", "item"), "item")
    weighed = held.select("root", "article").distinct().join(vectors, "article")
    parts = (
        held.selectExpr("root", "'event' as what", "item", "'' as other", "value")
        .union(weighed.selectExpr("root", "'vector' as what", "article", "'' as other", "value"))
        .union(roots.join(merges, "item").selectExpr("root", "'pair' as what", "item", "other", "null as value"))
    )
    return tables.together("event-clusters", parts, partial(_join_events, curation, articles), _CLUSTERS)


def _block_rows(rows: Rows) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        event = _features.decode(row.value)
        for key in blocking_keys(event):
            yield key, event.published, event.iri, row.value


_PAIRS = "one string, other string, article_one string, article_other string, value_one binary, value_other binary"


def _near(curation: Curation, articles: int, rows: Rows) -> Iterator[tuple[Any, ...]]:
    """Of the pairs of one block, those that are one if only their articles are alike."""
    features = _AllAlike(events=(), articles=articles, vectors={})
    decoded = ((_features.decode(row.value), row.value) for row in rows)
    for pair in neighbours(decoded):
        (one, packed_one), (other, packed_other) = sorted(pair, key=lambda event: event[0].iri)
        if one.iri != other.iri and scored(features, [(one, other)], curation):
            yield one.iri, other.iri, one.article, other.article, packed_one, packed_other


def _merges(curation: Curation, articles: int, rows: Rows) -> Iterator[tuple[str, str]]:
    for row in rows:
        vectors = {
            row.article_one: _weights.decode(row.vector_one), row.article_other: _weights.decode(row.vector_other)
        }  # fmt: skip
        pair = _features.decode(row.value_one), _features.decode(row.value_other)
        if scored(CorpusFeatures(events=(), articles=articles, vectors=vectors), [pair], curation):
            yield row.one, row.other


def _join_events(curation: Curation, articles: int, rows: Rows) -> Iterator[tuple[Any, ...]]:
    events: dict[str, EventFeatures] = {}
    vectors: dict[str, dict[str, float]] = {}
    pairs: list[tuple[str, str]] = []
    for row in rows:
        if row.what == "event":
            events[row.item] = _features.decode(row.value)
        elif row.what == "vector":
            vectors[row.item] = _weights.decode(row.value)
        else:
            pairs.append((row.item, row.other))
    held = tuple(events[iri] for iri in sorted(events))
    features = CorpusFeatures(events=held, articles=articles, vectors=vectors)
    met = [(events[one], events[other]) for one, other in pairs]
    yield from map(_cluster_row, cluster_events(features, scored(features, met, curation), curation))
