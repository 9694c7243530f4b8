"""The parse cache changes nothing but the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate import parse as parsing
from kg.read.article import clean_article
from tests.eval.readings import Reader

ARTICLES = [
    clean_article("Harbour TV said on Friday that two divers were rescued.", id="one", published="2019-03-02"),
    clean_article("The mayor denied it.", id="two"),
]


def test_cached_readings_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = list(Reader().read(ARTICLES))
    first = list(Reader(cache_folder=tmp_path).read(ARTICLES))
    monkeypatch.setattr(parsing, "annotate_all", lambda _: iter(()))  # a second parse would fail
    second = list(Reader(cache_folder=tmp_path).read(ARTICLES))
    assert plain == first == second
    assert [reading.article.id for reading in second] == ["one", "two"]


def test_until_stops_after_a_step() -> None:
    (reading,) = Reader(until="annotate").read(ARTICLES[:1])
    assert reading.parse.tokens
    assert not reading.mentions


def test_timing_takes_the_time_expressions_off_the_parse() -> None:
    reader = Reader(timing=True)
    list(reader.read(ARTICLES))
    assert list(reader.seconds) == ["parse", "times", "resolve", "extract", "attribute"]
    assert reader.timing_lines()[0].endswith("100.0 % of the parse")
