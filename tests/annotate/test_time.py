"""The table `tests/cases/times.tsv`, and what a table of sentences cannot show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as calendar
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import annotate_all
from kg.annotate.time import parse_dateline, time_expressions
from kg.annotate.time.days import easter
from kg.annotate.time.periods import Period, period_at, shift
from kg.annotate.time.words import lexicon
from kg.model import Article, Block, Reading, Span, TimeExpression

TABLE = Path(__file__).parent.parent / "cases" / "times.tsv"


class Case(NamedTuple):
    sentence: str
    published: str
    value: str
    type: str
    start: str
    end: str
    granularity: str

    @property
    def text(self) -> str:
        return self.sentence.replace("[[", "").replace("]]", "")

    @property
    def span(self) -> Span | None:
        if "[[" not in self.sentence:
            return None
        return Span(self.sentence.index("[["), self.sentence.index("]]") - 2)


def cases() -> list[Case]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [Case(*(line.split("\t") + [""] * 6)[:7]) for line in lines[1:]]


def article(text: str, published: str | None) -> Reading:
    block = Block(span=Span(0, len(text)), kind="paragraph")
    iri = "https://w3id.org/newskg/id/article/0"
    return Reading(article=Article(iri=iri, id="0", text=text, sha256="", published=published, blocks=(block,)))


@pytest.fixture(scope="module")
def readings() -> dict[Case, Reading]:
    table = cases()
    read = annotate_all(article(case.text, case.published or None) for case in table)
    return dict(zip(table, read, strict=True))


def times(text: str, published: str | None = "2019-12-31") -> tuple[TimeExpression, ...]:
    return next(annotate_all([article(text, published)])).times


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.sentence} {case.published}")
def test_the_table(case: Case, readings: dict[Case, Reading]) -> None:
    found = readings[case].times
    if case.span is None:
        assert found == ()
        return
    told = {time.span: time for time in found}
    assert case.span in told, [time.span.of(case.text) for time in found]
    time = told[case.span]
    assert (time.value, time.type) == (case.value, case.type)
    assert (time.start or "", time.end or "", time.granularity) == (case.start, case.end, case.granularity)


def test_the_table_is_large() -> None:
    assert len(cases()) >= 150


def test_expressions_are_in_text_order_and_apart(readings: dict[Case, Reading]) -> None:
    for reading in readings.values():
        spans = [time.span for time in reading.times]
        assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(("line", "date"), [
    ("Posted December. 31, 2019 07:51,   Updated December. 31, 2019 07:51", "2019-12-31T07:51"),
    ("Dec 30, 2019, 10:05 AM EST", "2019-12-30T10:05-05:00"),
    ("30 December 2019", "2019-12-30"),
    ("Published: Mon 30 Dec 2019 21.40 GMT", "2019-12-30"),
    ("Last updated on Tuesday, December 31, 2019 at 9:15 p.m.", "2019-12-31T21:15"),
    ("2019-12-30T18:00:00Z", "2019-12-30T18:00:00Z"),
    ("31.12.2019 18:40 GMT", "2019-12-31T18:40Z"),
    ("December 31st, 2019", "2019-12-31"),
    ("MOSCOW, December 29. /TASS/.", None),
    ("By Ann Lee", None),
])
def test_datelines(line: str, date: str | None) -> None:
    assert parse_dateline(line) == date


def test_an_article_without_a_date_is_anchored_by_its_dateline() -> None:
    found = times("Ship lost off Elba\nDecember 31, 2019\nThe ship sank on Sunday.", None)
    assert [(time.value, time.anchor) for time in found] == [("2019-12-31", "absolute"), ("2019-12-29", "published")]


def test_a_dateline_block_is_read_too() -> None:
    text = "Posted December. 31, 2019 07:51\nThe ship sank on Sunday."
    line = text.index("\n")
    blocks = (
        Block(span=Span(0, line), kind="dateline"), Block(span=Span(line + 1, len(text)), kind="paragraph"),
    )
    reading = article(text, None)
    found = next(annotate_all([replace(reading, article=replace(reading.article, blocks=blocks))])).times
    assert [time.value for time in found] == ["2019-12-31", "2019-12-31T07:51", "2019-12-29"]


def test_a_date_cut_by_a_line_break_is_one() -> None:
    assert [time.value for time in times("It was signed on Dec.\n27, 2018 in Rome.")] == ["2018-12-27"]


def test_a_date_cut_into_sentences_is_one() -> None:
    text = "March 06 , 2005"
    cuts = tuple(Span(start, end) for start, end in ((0, 5), (6, 8), (9, 10), (11, 15)))
    found = time_expressions(replace(article(text, "2005-03-07"), sentences=cuts))
    assert [(time.span, time.value) for time in found] == [(Span(0, 15), "2005-03-06")]


def test_an_empty_text_has_none() -> None:
    assert times("") == ()


@pytest.mark.parametrize("published", ["1600-01-01", "2400-12-31", "2020-02-29"])
def test_the_ends_of_the_calendar(published: str) -> None:
    text = (
        "Last week, next week, 300 years ago, 9000 centuries ago, in two thousand centuries' time, next Friday, "
        "Easter, last winter, next year, 99999999999999 weeks from now, the 1st century, the 30th century."
    )
    assert len(times(text, published)) > 8


@pytest.mark.parametrize("published", ["", "yesterday", "0001-01-01", "9999-12-31", "2019-13-45", "2019"])
def test_a_date_that_no_article_has_is_none(published: str) -> None:
    assert [(time.value, time.start) for time in times("It sank on Sunday.", published)] == [("XXXX-WXX-7", None)]


_SOME = [
    *sorted({" ".join(words) for words in lexicon()}),
    "2019", "31", "12", "7", "1,000", "0", ",", ".", "-", "the", "of", "in", "a", "and", "half", "'s", "18:00", "30th",
    "99:99", "2019-02-31", "31/12/2019", "13/13/13", "$", "ago", "next", "1990s", "per", "to", "from", "until",
]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_SOME), max_size=12), st.sampled_from([None, "2019-12-31", "1600-01-01", "2400-12-31"]))
def test_any_words_of_time_in_any_order(some: list[str], published: str | None) -> None:
    text = " ".join(some)
    reading = article(text.title(), published)
    found = time_expressions(replace(reading, sentences=(Span(0, len(text)),)))
    assert all(time.span.start < time.span.end <= len(text) for time in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(time.start < time.end for time in found if time.start and time.end)


@pytest.mark.parametrize(("day", "year"), [("04-12", 2020), ("04-21", 2019), ("03-23", 2008), ("04-25", 2038)])
def test_easter(day: str, year: int) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


def test_every_period_goes_forth_and_back() -> None:
    for day in (f"2020-{month:02d}-{date:02d}" for month in range(1, 13) for date in (1, 15, 28)):
        for unit in ("day", "week", "month", "quarter", "season", "half", "year", "decade", "century"):
            period = period_at(calendar.fromisoformat(day), unit)
            assert period.start <= calendar.fromisoformat(day) < period.end
            assert shift(shift(period, 7), -7) == period
            assert shift(period, 1) == Period(period.end, period.unit)


def test_the_lexicon_has_values_that_its_rules_can_read() -> None:
    for entries in lexicon().values():
        for entry in entries:
            if entry.category in {"MONTH", "WEEKDAY", "SEASON", "NUM", "ORD", "REL", "FOLLOW", "DEICTIC"}:
                assert entry.value.lstrip("-").isdigit(), entry
