"""Connected components of a graph that no machine holds: which items belong together, by pairs that do.

Few pairs are joined by one worker. Of more, large stars and small stars in turn (Kiveris et al., Connected Components
in MapReduce and Beyond, SOCC 2014): each round hangs items under lesser neighbours, until all items of a component hang
under its least one. The rounds grow with the logarithm of the longest chain; only the number of pairs ever reaches the
driver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.identify.unions import Unions
from kg.scale.spark.tables import Rows, Tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


_AT_ONCE = 1_000_000  # pairs that one worker joins in its own memory, in a second or two


def components(tables: Tables, name: str, pairs: DataFrame, *, at_once: int = _AT_ONCE) -> DataFrame:
    """(item, root) of each item of `pairs`, two columns of strings; the root is the least item of the component."""
    edges = tables.keep(f"{name}-0", pairs.toDF("item", "other").where("item != other").distinct())
    if edges.count() <= at_once:
        return tables.each(name, edges.coalesce(1), _joined, "item string, root string")
    before, number = (-1, 0), 0
    while (now := _checksum(edges)) != before:
        before, number = now, number + 1
        edges = tables.keep(f"{name}-{number}", _small_star(_large_star(edges)))
    roots = edges.selectExpr("other as item", "other as root").distinct()
    return edges.selectExpr("item", "other as root").union(roots)


def _joined(rows: Rows) -> Iterator[tuple[str, str]]:
    unions = Unions()
    for row in rows:
        unions.join(row.item, row.other)
    yield from ((item, group[0]) for group in unions.groups() for item in group)


def _large_star(edges: DataFrame) -> DataFrame:
    """Each item's greater neighbours hang under the least of it and its neighbours."""
    both = edges.union(edges.selectExpr("other", "item"))
    stars = both.groupBy("item").agg({"other": "collect_set"}).toDF("item", "others")
    stars = stars.selectExpr("item", "others", "least(item, array_min(others)) as other")
    return stars.selectExpr("explode(filter(others, x -> x > item)) as item", "other").distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Each item and its lesser neighbours hang under the least of these."""
    down = edges.selectExpr("greatest(item, other) as item", "least(item, other) as other")
    stars = down.groupBy("item").agg({"other": "collect_set"}).toDF("item", "others")
    stars = stars.selectExpr("item", "others", "array_min(others) as other")
    hung = stars.selectExpr("explode(array_append(others, item)) as item", "other")
    return hung.where("item != other").distinct()


def _checksum(edges: DataFrame) -> tuple[int, int]:
    """Of a set of pairs, whatever their order: their number and a hash."""
    row = edges.selectExpr("count(*)", "coalesce(bit_xor(xxhash64(item, other)), 0)").first()
    return (row[0], row[1]) if row else (0, 0)
