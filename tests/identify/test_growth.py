"""What is found of old articles stands when others come, and is the same as if all had been looked at together."""

from __future__ import annotations

import random
from functools import cache

import pytest

from kg.identify import Before, Curation, growth, identity, score
from kg.identify.entities import entity_clusters
from kg.identify.growth import standing
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


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if these few articles were a large collection, whose number no longer counts."""
    monkeypatch.setattr(score, "MANY_ARTICLES", 20)
    monkeypatch.setattr(growth, "MANY_ARTICLES", 20)


@pytest.mark.parametrize("seed", range(6))
def test_grown_is_as_found_at_once(seed: int) -> None:
    mixed = list(readings())
    random.Random(seed).shuffle(mixed)  # noqa: S311
    first, *rest = (mixed[:30], mixed[30:31], mixed[31:40], mixed[40:])
    held, found = list(first), identity(first)
    stood = 0
    for more in rest:
        before = Before(found, frozenset(reading.article.iri for reading in held))
        held += more
        found = identity(held, before=before)
        assert found == identity(held)
        stood += len(standing(before, held, entity_clusters(held, Curation())))
    assert stood > 0  # and not as all was looked at again


def test_nothing_stands_where_an_article_has_gone() -> None:
    held = readings()
    before = Before(identity(held), frozenset(reading.article.iri for reading in held))
    assert standing(before, held, entity_clusters(held, Curation())) == before.articles
    assert not standing(before, held[1:], entity_clusters(held[1:], Curation()))


def test_nothing_stands_while_every_article_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "MANY_ARTICLES", 1000)
    held = readings()
    before = Before(identity(held[1:]), frozenset(reading.article.iri for reading in held[1:]))
    assert not standing(before, held, entity_clusters(held, Curation()))


def test_the_curator_is_heard_in_what_has_grown() -> None:
    held = readings()
    clusters = [one for one in identity(held).clusters if one.kind == "event" and len(one.members) > 2]
    rules = Curation(
        same=frozenset({frozenset((clusters[0].members[0], clusters[-1].members[0]))}),
        different=frozenset({frozenset(clusters[1].members[:2])}),
        ignore=frozenset({clusters[2].members[0]}),
    )
    before = Before(identity(held[:40], rules), frozenset(reading.article.iri for reading in held[:40]))
    assert identity(held, rules, before) == identity(held, rules)
