"""What changes of a comparison when articles come and go is what comparing all of them again would show."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import chain
from typing import Any

import pytest

import kg.compare.known
import kg.identify.known
from kg.compare import compared
from kg.compare.growth import Articles, Change, grown
from kg.identify import growth, identity, score
from kg.model import Cluster, Comparison, Reading
from kg.pipeline import read_articles
from kg.read import clean_article
from kg.store.parts import Delta, changed, name_of
from tests.bench.corpus import records


@cache
def readings() -> tuple[Reading, ...]:
    """Articles that tell some stories together, some of them copies, under a few outlets' names."""
    told = {"\n\n".join(record["text"].split("\n\n")[:6]): record for record in records(44)}  # no text twice
    copied = {f"{text}\n\nThis is a copy.": one for text, one in list(told.items())[:6]}
    return tuple(
        read_articles(
            clean_article(text, id=f"{one['id']}-{number}", published=one["published"], publisher=one["publisher"])
            for number, (text, one) in enumerate(chain(told.items(), copied.items()))
        )
    )


class Graph:
    """What is known of some articles, and their comparison as it has become."""

    def __init__(self, held: Sequence[Reading], clusters: Sequence[Cluster] | None = None) -> None:
        database = sqlite3.connect(":memory:")
        database.executescript(kg.identify.known.TABLES + kg.compare.known.TABLES)
        self.identified, self.compared = kg.identify.known.Known(database), kg.compare.known.Known(database)
        found = identity(held)
        if clusters is not None:
            found = found._replace(clusters=tuple(clusters))
        everything = compared(held, found.clusters)
        self.identified.fill(held, found)
        self.compared.fill(everything)
        self.comparison = everything.comparison
        database.executescript(kg.identify.known.INDEXES + kg.compare.known.INDEXES)

    def change(
        self, gone: Sequence[Reading], come: Sequence[Reading], instead: growth.Change | None = None
    ) -> Change:
        """Let articles go and come, with the clusters that are found, or with these `instead`."""
        by_iri = {reading.article.iri: reading for reading in (*readings(), *of_a_departure())}
        clusters = growth.grown(self.identified, gone, come, by_iri.__getitem__)
        if instead is not None:
            clusters = instead
        articles = Articles(gone, come, by_iri.__getitem__)
        found = grown(self.compared, articles, *clusters, self.identified)
        self.identified.drop_clusters(clusters.gone)
        self.identified.put_clusters(clusters.come)
        held: dict[str, set[Any]] = {one.name: {*getattr(self.comparison, one.name)} for one in fields(Comparison)}
        for name, items in held.items():
            assert items.issuperset(getattr(found.gone, name))  # what goes was there, and so
        names = (name_of(item) for one in fields(Comparison) for item in getattr(found.gone, one.name))
        self.comparison = changed(self.comparison, [Delta(gone=tuple(names), come=found.come)])
        return found


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if these few articles were a large collection, whose number no longer counts."""
    monkeypatch.setattr(score, "MANY_ARTICLES", 20)
    monkeypatch.setattr(growth, "MANY_ARTICLES", 20)


@pytest.mark.parametrize("seed", range(8))
def test_changed_is_as_compared_at_once(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    mixed = list(readings())
    chance.shuffle(mixed)
    held, rest = mixed[:30], mixed[30:]
    graph = Graph(held)
    for _ in range(5):
        come = [rest.pop() for _ in range(min(chance.choice((1, 1, 2, 4)), len(rest)))]
        gone = chance.sample(held, chance.choice((0, 0, len(come) // 2, len(come))))
        held = [reading for reading in held if reading not in gone] + come
        rest = gone + rest
        graph.change(gone, come)
        assert graph.comparison == compared(held, identity(held).clusters).comparison


def test_one_article_more_leaves_most_as_it_is() -> None:
    *held, last = readings()
    graph = Graph(held)
    found = graph.change([], [last])
    links = {*found.gone.links} ^ {*found.come.links}
    assert links
    assert len(links) < len(graph.comparison.links) / 4


def test_an_article_that_is_read_anew_says_what_it_says_now() -> None:
    *held, one = readings()
    other = replace(one, attributions=one.attributions[:1], relations=one.relations[:1])
    graph = Graph([*held, other])
    graph.change([other], [one])
    assert graph.comparison == compared(readings(), identity(readings()).clusters).comparison


def test_copies_have_one_voice_as_long_as_the_first_is_there() -> None:
    held = list(readings())
    graph = Graph(held)
    for first in held[:3]:
        graph.change([first], [])
        held.remove(first)
        assert graph.comparison == compared(held, identity(held).clusters).comparison


@cache
def of_a_departure() -> tuple[Reading, ...]:
    """Three short articles; the first tells of two departures, one in its own voice and one as a lawyer's word."""
    told = (
        "Ana Sousa left after the arrest of Carlos Mendes and Bruno Costa.\n\n"
        "The lawyer Tom Reed said that Ana Sousa left on Monday.",
        "Ana Sousa left on Friday.",
        "Ana Sousa left on Sunday.",
    )
    return tuple(read_articles(clean_article(text, id=f"left-{number}") for number, text in enumerate(told)))


def test_who_tells_one_thing_is_asked_of_all_that_an_article_tells_of_it() -> None:
    """The two departures become one, so the first is no more in the article's own voice, nor is the line from her to
    the arrest, of which nothing else changes."""
    *held, one = of_a_departure()
    left = [event.iri for reading in of_a_departure() for event in reading.events if event.lemma == "leave"]
    all_four = Cluster(iri="urn:left", kind="event", label="left", members=tuple(sorted(left)), method="", score=1.0)
    two = replace(all_four, members=tuple(sorted({left[0], left[2]})))
    graph = Graph(held, [two])
    before = [link.origins for link in graph.comparison.links if link.relation == "move"]
    graph.change([], [one], growth.Change((two,), (all_four,)))
    after = [link.origins for link in graph.comparison.links if link.relation == "move"]
    assert (before, after) == ([("left-0",)], [("Tom Reed",)])
    assert graph.comparison == compared(of_a_departure(), [all_four]).comparison
