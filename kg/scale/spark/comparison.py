"""Compare as shuffles: the functions of `kg.compare`, each over the articles that meet under one key.

    copies     by band                near-copies of one text, and the outlet that speaks in all of them
    lone       by article             things that one article alone tells
    things     by cluster             the claims about one thing: where they differ, its links
    lines      by line                links between events, links of stated relations
    stories    by pair, by component  articles that share things, and what their outlets leave out

A claim knows its whole article, so an article goes, packed, to every thing that it shares with others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kg.compare.claims import Claim, Stated, article_claims, relayed
from kg.compare.copies import alike, bands, own_voice, shingles
from kg.compare.disagreements import differing
from kg.compare.links import Line, event_links, line_link, lines_between, relation_line, relation_links
from kg.compare.stories import SHARED, Told, beside, story, told_of
from kg.model import Article
from kg.scale.spark.components import components
from kg.scale.spark.tables import Rows, Tables, pack
from kg.store.codec import decode_reading

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_article = msgspec.msgpack.Decoder(Article)
_told = msgspec.msgpack.Decoder(Told)
_line = msgspec.json.Decoder(Line)


class Found(NamedTuple):
    """What a comparison found, as tables of packed values of the data model.

    `links` (value, thing, cluster): `thing` is the event that the link leads to, if it leads to one, and `cluster`
    tells whether that is a cluster. `others` (what, value): disagreements, stories, omissions.
    """

    links: DataFrame
    others: DataFrame


def compare(tables: Tables, readings: DataFrame) -> Found:
    """The comparison of readings (article, reading: packed, one: what of it is in which cluster)."""
    voiced = tables.keep("voiced", readings.join(_voices(tables, readings), "article", "left"))
    alone = tables.each("alone", voiced, _alone, _FOUND)
    met = alone.where("what in ('thing', 'line', 'relation')").selectExpr("what", "thing as key", "article")
    parts = met.join(voiced, "article").select("what", "key", "article", "reading", "one", "voice")
    shared = tables.together("shared", parts, _shared, _FOUND, keys=2)
    found = alone.union(shared)
    drawn = found.where("what = 'link' and thing is not null").select("thing").distinct()
    lines = found.where("what = 'drawn-line'").join(drawn, "thing", "left_semi").select(*found.columns)
    links = found.where("what = 'link'").union(lines).select("value", "thing", "cluster")
    others = found.where("what = 'disagreement'").select("what", "value").union(_stories(tables, found))
    return Found(tables.keep("links", links), tables.keep("others", others))


# --- near-copies -------------------------------------------------------------------------------------------


def _voices(tables: Tables, readings: DataFrame) -> DataFrame:
    """(article, voice): the outlet that speaks in each article that is a copy, or has copies."""
    banded = tables.each("bands", readings, _band_rows, "article string, band binary")
    left, right = banded.toDF("item", "band"), banded.toDF("other", "band")
    near = left.join(right, "band").where("item < other").select("item", "other").distinct()
    texts = readings.select("article", "reading")
    near = near.join(texts.toDF("item", "one"), "item").join(texts.toDF("other", "two"), "other")
    copies = tables.each("copies", near.select("item", "other", "one", "two"), _alike, "item string, other string")
    roots = components(tables, "copy-components", copies)
    told = roots.join(texts.withColumnRenamed("article", "item"), "item").select("root", "item", "reading")
    return tables.together("voices", told, _voice, "article string, voice string")


def _band_rows(rows: Rows) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        yield from ((row.article, band) for band in bands(shingles(decode_reading(row.reading).article)))


def _alike(rows: Rows) -> Iterator[tuple[str, str]]:
    for row in rows:
        one, two = (shingles(decode_reading(packed).article) for packed in (row.one, row.two))
        if alike(one, two):
            yield row.item, row.other


def _voice(rows: Rows) -> Iterator[tuple[str, str]]:
    copies = [decode_reading(row.reading).article for row in rows]
    voice = own_voice(copies)
    yield from ((article.iri, voice) for article in copies)


# --- claims ------------------------------------------------------------------------------------------------

_FOUND = "what string, thing string, cluster boolean, article string, value binary"


def _claims(row: Any) -> tuple[dict[str, tuple[Claim, ...]], list[Stated]]:
    """What an article claims, by the thing that it is about; and the relations that it states."""
    reading = decode_reading(row.reading)
    told, stated = article_claims(reading, row.one or {}, row.voice or own_voice([reading.article]))
    by_thing: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        by_thing[claim.about].append(claim)
    return {about: relayed(found) for about, found in sorted(by_thing.items())}, stated


def _alone(rows: Rows) -> Iterator[tuple[Any, ...]]:
    """What follows from one article alone; and the keys under which it meets others."""
    for row in rows:
        by_thing, stated = _claims(row)
        clusters = frozenset((row.one or {}).values())
        for about, told in by_thing.items():
            if about in clusters:
                yield "thing", about, None, row.article, None
            else:
                yield from _thing(about, told, cluster=False)
        claims = [claim for told in by_thing.values() for claim in told]
        for between in sorted({line for line, _ in lines_between(claims)}):
            yield "line", _key(between), None, row.article, None
        for stated_line in sorted({line for one in stated if (line := relation_line(one))}):
            yield "relation", _key(stated_line), None, row.article, None


def _key(line: Line) -> str:
    return msgspec.json.encode(line).decode("utf-8")


def _thing(about: str, told: tuple[Claim, ...], *, cluster: bool) -> Iterator[tuple[Any, ...]]:
    """All that the claims about one thing give."""
    differ = differing(about, told)
    yield from (("disagreement", None, None, None, pack(one)) for one in differ)
    for link in event_links(about, told, differ):
        yield "link", link.object if link.object == about else None, cluster, None, pack(link)
    each = told_of(about, told)
    yield from (("told", about, None, one.article, pack(one)) for one in each)
    yield from (("beside", other, None, article, None) for article, other in beside(each))


def _shared(rows: Rows) -> Iterator[tuple[Any, ...]]:
    """What the articles that meet under one key give together."""
    first, *others = iter(rows)
    articles = ((row, *_claims(row)) for row in (first, *others))
    if first.what == "thing":
        told = [claim for _, by_thing, _ in articles for claim in by_thing[first.key]]
        yield from _thing(first.key, relayed(told), cluster=True)
    elif first.what == "relation":
        yield from _relations(_line.decode(first.key), (one for *_, stated in articles for one in stated))
    else:
        yield from _between(_line.decode(first.key), ((row, by_thing) for row, by_thing, _ in articles))


def _relations(wanted: Line, stated: Iterable[Stated]) -> Iterator[tuple[Any, ...]]:
    for link in relation_links(one for one in stated if relation_line(one) == wanted):
        yield "link", None, False, None, pack(link)


def _between(wanted: Line, told: Iterable[tuple[Any, Mapping[str, tuple[Claim, ...]]]]) -> Iterator[tuple[Any, ...]]:
    """The link of a line to an event, which counts only where that event is drawn."""
    behind: list[Claim] = []
    cluster = False
    for row, by_thing in told:
        cluster = cluster or wanted[2] in (row.one or {}).values()
        claims = [claim for found in by_thing.values() for claim in found]
        behind += [claim for line, claim in lines_between(claims) if line == wanted]
    yield "drawn-line", wanted[2], cluster, None, pack(line_link(wanted, behind))


# --- stories -----------------------------------------------------------------------------------------------


def _stories(tables: Tables, found: DataFrame) -> DataFrame:
    """(what, value) of stories and omissions."""
    told = found.where("what = 'told'")
    things = told.groupBy("article").count()
    shared = found.where("what = 'beside'").groupBy("article", "thing").count().toDF("item", "other", "shared")
    of_one, of_other = things.toDF("item", "items"), things.toDF("other", "others")
    near = shared.join(of_one, "item").join(of_other, "other").where(f"shared * {SHARED} >= least(items, others)")
    roots = components(tables, "story-components", near.select("item", "other"))
    parts = told.join(roots.withColumnRenamed("item", "article"), "article").select("root", "thing", "value")
    return tables.together("stories", parts, _story, "what string, value binary")


def _story(rows: Rows) -> Iterator[tuple[str, bytes]]:
    told, omissions = story(_told.decode(row.value) for row in rows)
    yield "story", pack(told)
    yield from (("omission", pack(omission)) for omission in omissions)
