"""Inputs good and bad: the bad ones come out as one-line errors in their place, the others are still read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.read import read
from kg.read.dateline import is_dateline, published
from kg.read.sources import MAX_CHARACTERS

STORY = "The harbour bridge opens\n\nThe mayor opened the new bridge on Monday morning.\n"
PAGE = """<!doctype html><html lang="en"><head><title>The harbour bridge opens</title>
<meta property="article:published_time" content="2021-05-03"><meta property="og:site_name" content="Harbour Post">
<script>alert("never read")</script></head><body><nav><a href="/">Home</a></nav><article>
<h1>The harbour bridge opens</h1>
<p>The mayor opened the new bridge on Monday morning, and many people came to see it.</p>
<p>The ferry company said that it would stop its service in October.</p>
<p>Nine years of work went into the bridge, which is the longest of the country.</p></article></body></html>"""


def one(path: Path) -> Article | InputError:
    (found,) = read([path])
    return found


def test_text_is_the_file_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORY.replace("\n", "\r\n").encode())
    article = one(path)
    assert isinstance(article, Article)
    assert article.text.encode() == path.read_bytes()
    assert article.title == "The harbour bridge opens"
    assert article.id == "a.txt"


def test_bylines_and_the_line_of_outlet_and_date(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    lines = ("The bridge opens again", "By TOM BERG", "The Harbour Standard, Tuesday 9 July 2024", "The mayor spoke.")
    path.write_text("\n\n".join(lines), encoding="utf-8")
    article = one(path)
    assert isinstance(article, Article)
    assert (article.title, article.published) == ("The bridge opens again", "2024-07-09")
    assert (article.publisher, article.authors) == ("The Harbour Standard", ("Tom Berg",))


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("By Tom Berg, Adriatic Daily", "Rijeka, 3 June 2026"), "Adriatic Daily"),
        (("By Tom Berg", "Sundkyst Avis, 3 June 2026"), "Sundkyst Avis"),
        (("By Tom Berg", "Sundposten, 3 June 2026"), "Sundposten"),
        (("By Tom Berg, football correspondent", "Rijeka, 3 June 2026"), None),
    ],
)
def test_the_outlet_stands_by_the_author_or_the_date(
    tmp_path: Path, lines: tuple[str, str], publisher: str | None
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(("The bridge opens again", *lines, "The mayor spoke.")), encoding="utf-8")
    article = one(path)
    assert isinstance(article, Article)
    assert (article.publisher, article.authors, article.published) == (publisher, ("Tom Berg",), "2026-06-03")


def test_html(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    article = one(path)
    assert isinstance(article, Article)
    assert (article.title, article.published, article.publisher) == (
        "The harbour bridge opens",
        "2021-05-03",
        "Harbour Post",
    )
    assert "never read" not in article.text
    assert "The mayor opened" in article.text


def test_json_lines_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    records = [
        {"id": "x1", "text": " Two spaces  stay.\nAnd lines.", "published": "2021-05-03", "authors": ["A"]},
        {"text": "No id."},
    ]
    path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf-8")
    first, second = read([path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.text, first.published, first.authors) == (
        "x1",
        " Two spaces  stay.\nAnd lines.",
        "2021-05-03",
        ("A",),
    )
    assert second.id == "a.jsonl:2"


def test_metadata_beside_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "articles.toml").write_text(
        '["a.txt"]\npublisher = "Harbour Post"\npublished = 2021-05-03\n', encoding="utf-8"
    )
    article = one(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert (article.publisher, article.published) == ("Harbour Post", "2021-05-03")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", bytes(range(256)) * 8, "is binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "is binary"),
        ("a.txt", "Zürich ".encode("latin-1") * 3, "is not UTF-8 (byte 0xFC)"),
        ("a.txt", b"word " * (MAX_CHARACTERS // 4), "is too long"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", "holds no article text"),
        ("a.html", b"<html><head><meta charset=klingon></head></html>", "unknown encoding"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b'{"text": ', "is not JSON"),
        ("a.jsonl", b'["text"]', "is not a JSON object"),
        ("a.jsonl", b'{"id": "x"}', "lacks the field 'text'"),
        ("a.jsonl", b'{"text": "A b.", "published": "yesterday"}', "not an ISO 8601 date"),
        ("a.jsonl", b'{"text": "A \\ud800 b."}', "surrogate"),
        ("a.jsonl", b"[" * 100_000, "nested too deeply"),
        ("a.jsonl", b'{"text": "\xff"}', "is not UTF-8"),
    ],
)
def test_bad_input(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = one(path)
    assert isinstance(error, InputError)
    assert message in str(error)
    assert str(error).startswith(str(path))
    assert "\n" not in str(error)


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One came."}\n{"text": 3}\n{"text": "Two came."}\n', encoding="utf-8")
    first, error, third = read([path])
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert isinstance(error, InputError)
    assert error.line == 2


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    error = one(tmp_path / "none.txt")
    assert isinstance(error, InputError)
    assert "is not there" in str(error)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('["a.txt"]\nauthor = "x"\n', "unknown key 'author'"),
        ('["a.txt"\n', "is not TOML"),
        ('published = "2021"\n', "is not a table"),
    ],
)
def test_broken_metadata(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "articles.toml").write_text(toml, encoding="utf-8")
    error = one(tmp_path / "a.txt")
    assert isinstance(error, InputError)
    assert message in str(error)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = 'The mayor said "<script>alert(1)</script>" on \u202eMonday\0 morning.'
    path.write_text(text, encoding="utf-8")
    article = one(path)
    assert isinstance(article, Article)
    assert article.text == text


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Posted December. 31, 2019 07:51,", "2019-12-31T07:51"),
        ("Updated: 3 May 2021", "2021-05-03"),
        ("Mon, 3 May 2021 9:05 p.m. GMT", "2021-05-03T21:05"),
        ("2019-12-31", "2019-12-31"),
        ("Published on Jan 1st, 2020", "2020-01-01"),
    ],
)
def test_dateline(line: str, value: str) -> None:
    assert is_dateline(line)
    assert published(line) == value


@pytest.mark.parametrize(
    "line", ["The war ended on 8 May 1945 after the army surrendered.", "Updated", "Call 555 1234"]
)
def test_no_dateline(line: str) -> None:
    assert not is_dateline(line)
