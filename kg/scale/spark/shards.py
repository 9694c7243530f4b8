"""The graph as shards of N-Quads, from readings and what was found across them.

    own       by article      what each article alone says, and of it what stands around each proposition
    shared    by IRI          entities and outlets, as all articles have them
    facts     by fact         what a promotion rule lets through

A rule sees the links that may say one fact, with the propositions behind them and who says these: whatever a rule
asks, it may ask of those. Both rules of `ontology/rules` do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg.export.across import identity_lines, link_lines
from kg.export.rdf import own_lines, publisher, shared_lines
from kg.export.terms import outlet, proposition, quads
from kg.export.write import nquads
from kg.model import Cluster, Comparison, Disagreement, Link, Omission, Reading, Story
from kg.scale.spark.comparison import Found
from kg.scale.spark.tables import Rows, Tables, pack
from kg.store.codec import decode_reading
from kg.store.facts import default_rules, promote
from kg.vocab import KG

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_reading = msgspec.msgpack.Decoder(Reading)
_cluster = msgspec.msgpack.Decoder(Cluster)
_link = msgspec.msgpack.Decoder(Link)
_OTHERS: dict[str, tuple[str, msgspec.msgpack.Decoder[Any]]] = {
    "disagreement": ("disagreements", msgspec.msgpack.Decoder(Disagreement)),
    "story": ("stories", msgspec.msgpack.Decoder(Story)),
    "omission": ("omissions", msgspec.msgpack.Decoder(Omission)),
}
_TOGETHER = 500  # facts that a store in memory looks for at a time


def own(tables: Tables, readings: DataFrame) -> DataFrame:
    """(proposition, lines): what each article alone says, and once more what stands around each of its propositions."""
    return tables.each("own", readings, _own, "proposition string, lines string")


def across(tables: Tables, readings: DataFrame, clusters: DataFrame, found: Found, own: DataFrame) -> DataFrame:
    """(value): all that follows from the readings together, each line once, sorted within a shard."""
    parts = tables.each(
        "shared-parts", readings, _shared_parts, "iri string, article string, value binary, lines string"
    )
    entities = tables.together(
        "shared-quads", parts.where("iri is not null").select("iri", "article", "value"), _shared, "lines string"
    )
    links = tables.each("link-quads", found.links, _links, "fact string, propositions array<string>, lines string")
    lines = (
        parts.where("iri is null").select("lines")
        .union(entities)
        .union(tables.each("identity-quads", clusters, _identity, "lines string"))
        .union(tables.each("other-quads", found.others, _others, "lines string"))
        .union(links.select("lines"))
        .union(_facts(tables, links, own))
    )  # fmt: skip
    return each_line(lines).distinct().sortWithinPartitions("value")


def each_line(table: DataFrame) -> DataFrame:
    """(value): the lines of a column of them."""
    return table.selectExpr("explode(split(lines, '\\n')) as value").where("value != ''")


def _text(quads: Iterable[Quad]) -> str:
    return nquads(quads).decode("utf-8")


# --- what articles say -------------------------------------------------------------------------------------


def _own(rows: Rows) -> Iterator[tuple[str | None, str]]:
    for row in rows:
        lines = own_lines(decode_reading(row.reading))
        yield None, "".join(lines)
        for name, around in _around(quads(lines)).items():
            yield name, _text(around)


def _around(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """Proposition -> its own quads, those of its graph, and those of the attributions that have it as content."""
    found: dict[str, list[Quad]] = defaultdict(list)
    by_subject: dict[Any, list[Quad]] = defaultdict(list)
    saying: list[tuple[str, Any]] = []
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            found[quad.graph_name.value].append(quad)
        else:
            by_subject[quad.subject].append(quad)
            if quad.predicate == KG.content and isinstance(quad.object, NamedNode):
                saying.append((quad.object.value, quad.subject))
    for subject, about in by_subject.items():
        if isinstance(subject, NamedNode) and subject.value in found:
            found[subject.value].extend(about)
    for name, attribution in saying:
        if name in found:
            found[name].extend(by_subject[attribution])
    return found


def _shared_parts(rows: Rows) -> Iterator[tuple[Any, ...]]:
    """An article cut by what it shares with others: entities, its outlet, its address; intervals of time, which are
    the same wherever they are told."""
    for row in rows:
        reading = decode_reading(row.reading)
        article = replace(reading.article, text="", blocks=())
        bare = Reading(article=replace(article, publisher=None, url=None))
        if article.url:
            yield article.url, row.article, pack(Reading(article=replace(article, publisher=None))), None
        for entity in reading.entities:
            yield entity.iri, row.article, pack(replace(bare, entities=(entity,))), None
        if article.publisher:
            roots = tuple(one for one in reading.attributions if one.parent is None)
            iri = publisher(reading) or outlet(article.iri, article.publisher)
            yield iri, row.article, pack(Reading(article=replace(article, url=None), attributions=roots)), None
        yield None, None, None, "".join(shared_lines([replace(bare, times=reading.times, events=reading.events)]))


def _shared(rows: Rows) -> Iterator[tuple[str]]:
    yield ("".join(shared_lines(_reading.decode(row.value) for row in rows)),)


# --- what is found across ----------------------------------------------------------------------------------


def _identity(rows: Rows) -> Iterator[tuple[str]]:
    for row in rows:
        yield ("".join(identity_lines(Comparison(clusters=(_cluster.decode(row.value),)))),)


def _others(rows: Rows) -> Iterator[tuple[str]]:
    for row in rows:
        name, decoder = _OTHERS[row.what]
        yield ("".join(link_lines(Comparison(**{name: (decoder.decode(row.value),)}))),)


def _links(rows: Rows) -> Iterator[tuple[str, list[str], str]]:
    for row in rows:
        link = _link.decode(row.value)
        lines = "".join(link_lines(Comparison(links=(link,), clusters=_named(row.thing) if row.cluster else ())))
        fact = row.thing or "\x1f".join(sorted((link.subject, link.object)))
        yield fact, [proposition(event) for event in link.events], lines


def _named(iri: str) -> tuple[Cluster, ...]:
    """A cluster of which no more than its IRI is asked."""
    return (Cluster(iri=iri, kind="event", label="", members=(), method="", score=0.0),)


def _facts(tables: Tables, links: DataFrame, own: DataFrame) -> DataFrame:
    behind = links.selectExpr("fact", "explode(propositions) as proposition").distinct()
    support = behind.join(own, "proposition").select("fact", "lines")
    parts = links.select("fact", "lines").union(support)
    laid_out = parts.repartition("fact").sortWithinPartitions("fact")
    return tables.each("facts", laid_out, _promoted, "lines string")


def _promoted(rows: Rows) -> Iterator[tuple[str]]:
    """What the rules let through, for some hundred facts at a time; all that speaks of one fact stays together."""
    lines: list[str] = []
    for number, (_, group) in enumerate(groupby(rows, lambda row: row.fact), start=1):
        lines.extend(row.lines for row in group)
        if number % _TOGETHER == 0:
            yield (_facts_of(lines),)
            lines = []
    yield (_facts_of(lines),)


def _facts_of(lines: Iterable[str]) -> str:
    store = Store()
    store.bulk_load("\n".join(lines).encode("utf-8"), format=RdfFormat.N_QUADS)
    return "".join(promote(store, default_rules()))
