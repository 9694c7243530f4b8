"""What is found when articles come and go is what would be found in all that there are then."""

from __future__ import annotations

import random
import sqlite3
from functools import cache

import pytest

from kg.identify import Identity, growth, identity, score
from kg.identify.growth import grown, may_grow
from kg.identify.known import INDEXES, TABLES, Known
from kg.model import Reading
from kg.pipeline import read_articles
from kg.read import clean_article
from tests.bench.corpus import records


@cache
def readings() -> tuple[Reading, ...]:
    """Articles that tell some stories together; those of a story differ, so that clusters grow and split."""
    told = {"\n\n".join(record["text"].split("\n\n")[:5]): record for record in records(48)}  # no text twice
    return tuple(
        read_articles(clean_article(text, id=one["id"], published=one["published"]) for text, one in told.items())
    )


def known(held: list[Reading]) -> Known:
    """What is known of these articles."""
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    found = Known(database)
    found.fill(held, identity(held))
    database.executescript(INDEXES)
    return found


def change(tables: Known, gone: list[Reading], come: list[Reading]) -> None:
    by_iri = {reading.article.iri: reading for reading in readings()}
    changed = grown(tables, gone, come, by_iri.__getitem__)
    tables.drop_clusters(changed.gone)
    tables.put_clusters(changed.come)


def check(tables: Known, found: Identity) -> None:
    """The clusters and the pairs are those found at once."""
    assert tuple(sorted(tables.all_clusters(), key=lambda cluster: cluster.iri)) == found.clusters
    pairs = {(tables.events[one].iri, tables.events[other].iri, score) for one, other, score, _ in tables.all_pairs()}
    assert pairs == {(merge.one, merge.other, merge.score) for merge in found.pairs}
    joined = {(tables.events[one].iri, tables.events[other].iri) for one, other, _, met in tables.all_pairs() if met}
    assert joined == {(merge.one, merge.other) for merge in found.merges}


@pytest.mark.parametrize("many", [20, 1000], ids=["few count", "each counts"])
@pytest.mark.parametrize("seed", range(6))
def test_grown_is_as_found_at_once(seed: int, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "MANY_ARTICLES", many)
    monkeypatch.setattr(growth, "MANY_ARTICLES", many)
    chance = random.Random(seed)  # noqa: S311
    mixed = list(readings())
    chance.shuffle(mixed)
    held, rest = mixed[:30], mixed[30:]
    tables = known(held)
    for _ in range(6):
        come = [rest.pop() for _ in range(min(chance.choice((1, 1, 2, 4)), len(rest)))]
        gone = chance.sample(held, chance.choice((0, 0, len(come) // 2, len(come))))
        held = [reading for reading in held if reading not in gone] + come
        rest = gone + rest
        change(tables, gone, come)
        check(tables, identity(held))


def test_an_article_that_comes_back_brings_back_what_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "MANY_ARTICLES", 20)
    monkeypatch.setattr(growth, "MANY_ARTICLES", 20)
    held = list(readings())
    tables, whole = known(held), identity(held)
    for one in held[:8]:
        change(tables, [one], [])
    check(tables, identity(held[8:]))
    change(tables, [], held[:4])
    change(tables, held[10:12], [*held[4:8], *held[10:12]])  # two are read anew
    check(tables, whole)


def test_pairs_may_be_worth_more_where_each_article_counts_and_some_go() -> None:
    assert may_grow(5, 6)
    assert may_grow(5, 5)
    assert not may_grow(6, 5)
    assert may_grow(3000, 2000)
