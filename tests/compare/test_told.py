"""What somebody without a name told one news organisation is one origin, however many quote it."""

from __future__ import annotations

from kg.compare import compare
from kg.identify import identify
from kg.model import Link
from kg.pipeline import read_articles
from kg.read import clean_article

HARBOUR = "Anna Berger met Boris Novak in Vienna on Sunday, a diplomat told {}."
WIRE = "The talks failed. Anna Berger met Boris Novak in Vienna on Sunday, a diplomat told {} by telephone."


def shared(first: str, second: str) -> list[Link]:
    articles = [
        clean_article(HARBOUR.format(first), id="one", publisher="Harbour Post", published="2016-01-11"),
        clean_article(WIRE.format(second), id="two", publisher="Northern Wire", published="2016-01-11"),
    ]
    readings = tuple(read_articles(articles))
    return [link for link in compare(readings, identify(readings)).links if len(link.outlets) == 2]


def test_one_news_organisation_is_one_origin() -> None:
    links = shared("Reuters", "Reuters")
    assert links
    assert {link.origins for link in links} == {("Reuters",)}
    assert all(link.status != "corroborated" for link in links)


def test_two_news_organisations_are_two() -> None:
    assert {link.origins for link in shared("Reuters", "the BBC")} == {("BBC", "Reuters")}


def test_reporters_are_nobody() -> None:
    assert {link.origins for link in shared("reporters", "reporters")} == {("Harbour Post", "Northern Wire")}
