"""Which date an event gets: its own, that of the verb that only says that it took place, or a bound."""

from __future__ import annotations

import pytest

from kg.annotate import annotate_all
from kg.extract.dates import EventDate, date_event
from kg.model import Article, Block, Reading, Span

SUNDAY = EventDate("2019-12-29", "2019-12-29", "2019-12-30", "stated")
MONDAY = EventDate("2019-12-30", "2019-12-30", "2019-12-31", "stated")
FRIDAY = EventDate("2019-12-27", "2019-12-27", "2019-12-28", "stated")
THIRD = EventDate("2020-03-03", "2020-03-03", "2020-03-04", "stated")
BEFORE = EventDate(None, None, "2020-01-01", "not-after")
AHEAD = EventDate(None, "2019-12-31", None, "not-before")
UNKNOWN = EventDate()


@pytest.mark.parametrize(("text", "word", "date"), [
    ("The mayor called the minister on Sunday to thank her.", "called", SUNDAY),
    ("On Sunday, the mayor called the minister.", "called", SUNDAY),
    ("The mayor, who had arrived on Friday, called the minister.", "called", BEFORE),
    ("The mayor, who had arrived on Friday, called the minister.", "arrived", FRIDAY),
    ("Troops left the city, officials said on Monday.", "said", MONDAY),
    ("Troops left the city, officials said on Monday.", "left", BEFORE),
    ("Troops will leave the city, officials said on Monday.", "leave", AHEAD),
    ("Officials said on Monday that troops plan to leave.", "leave", AHEAD),
    ("Friday's attack killed ten people.", "attack", FRIDAY),
    ("Friday's attack killed ten people.", "killed", BEFORE),
    ("In the December 29 call, they discussed trade.", "call", SUNDAY),
    ("In the December 29 call, they discussed trade.", "discussed", SUNDAY),
    ("The ministry confirmed the call on Monday.", "confirmed", MONDAY),
    ("The ministry confirmed the call on Monday.", "call", UNKNOWN),
    ("The ministry recalled the attack on 29 December 2019.", "attack", SUNDAY),
    ("The call took place on Sunday.", "call", SUNDAY),
    ("The call was held on Sunday.", "call", SUNDAY),
    ("They made a phone call on Sunday.", "call", SUNDAY),
    ("They met on Friday and agreed to cut tariffs.", "agreed", FRIDAY),
    ("They met on Friday and the minister left.", "left", BEFORE),
    ("The minister condemned Friday's attack.", "condemned", BEFORE),
    ("The police foiled attacks planned for New Year's Eve.", "attacks",
     EventDate("2019-12-31", "2019-12-31", "2020-01-01", "stated")),
    ("The trial opens in Lund on 3 March 2020.", "trial", THIRD),
    ("The ministers spoke ahead of a summit that opens on 3 March 2020.", "summit", THIRD),
    ("They planned an attack for Sunday.", "attack", EventDate("2020-01-05", "2020-01-05", "2020-01-06", "stated")),
    ("They planned an attack for Sunday.", "planned", BEFORE),
    ("They planned the attack on Sunday.", "planned", SUNDAY),
    ("The mayor has been in prison since 2017.", "been", EventDate("2017", "2017-01-01", "2020-01-01", "stated")),
    ("The firm will buy it by 2021.", "buy", EventDate("2021", None, "2022-01-01", "stated")),
    ("The firm may buy the port.", "buy", AHEAD),
    ("The firm owns the port.", "owns", UNKNOWN),
    ("The attack shocked the town.", "attack", UNKNOWN),
    ("They meet every Monday.", "meet", UNKNOWN),
    ("The strike lasted two years.", "lasted", BEFORE),
])
def test_dates(text: str, word: str, date: EventDate) -> None:
    assert dated(text, word) == date


def test_a_headline_tells_the_past_in_the_present() -> None:
    assert dated("Minister resigns over the port deal", "resigns", kind="headline") == BEFORE


@pytest.mark.parametrize("published", [None, "", "soon"])
def test_without_the_article_s_date_there_is_no_bound(published: str | None) -> None:
    assert dated("The mayor called the minister.", "called", published=published) == UNKNOWN
    stated = dated("The mayor called the minister on 29 December 2019.", "called", published=published)
    assert stated == SUNDAY


def dated(text: str, word: str, *, published: str | None = "2019-12-31", kind: str = "paragraph") -> EventDate:
    block = Block(span=Span(0, len(text)), kind=kind)  # type: ignore[arg-type]  # a kind of block
    iri = "https://w3id.org/newskg/id/article/0"
    article = Article(iri=iri, id="0", text=text, sha256="", published=published, blocks=(block,))
    reading = next(annotate_all([Reading(article=article)]))
    trigger = next(token.i for token in reading.parse.tokens if token.text == word)
    return date_event(trigger, reading.parse, reading.times, reading.article)
