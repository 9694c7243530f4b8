"""`seeds/news/`: five articles of our own, readable, dated, and with invented addresses only."""

from __future__ import annotations

import re
import tomllib

from kg.files import seeds
from kg.model import Article
from kg.read import read

KEYS = {"publisher", "published", "url", "title", "authors"}
OUTLETS = {"Harbour Post", "Northern Wire", "The Lantern Courier", "Meridian Brief"}
ADDRESS = re.compile(r"(?:https?://|[\w.]+@)([\w.-]*\w)")


def articles() -> list[Article]:
    found = list(read([seeds("news")]))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_every_file_is_described() -> None:
    tables = tomllib.loads(seeds("news", "articles.toml").read_text(encoding="utf-8"))
    files = {path.name for path in seeds("news").iterdir() if path.suffix in {".txt", ".html"}}
    assert set(tables) == files
    assert {key for table in tables.values() for key in table} <= KEYS


def test_five_articles_know_who_published_them_and_when() -> None:
    assert len(articles()) == 5
    assert {article.publisher for article in articles()} == OUTLETS
    for article in articles():
        assert article.title, article.id
        assert article.published, article.id


def test_page_furniture_is_not_prose() -> None:
    read_as_prose = {"headline", "paragraph", "caption"}
    for article in articles():
        prose = " ".join(block.span.of(article.text) for block in article.blocks if block.kind in read_as_prose)
        assert "Putin" in prose, article.id
        for furniture in ("Skip to", "Cookie", "newsletter", "Share", "All rights reserved", "Reporting by", "@"):
            assert furniture not in prose, f"{article.id}: {furniture}"


def test_addresses_are_invented() -> None:
    for path in sorted(seeds("news").iterdir()):
        for host in ADDRESS.findall(path.read_text(encoding="utf-8")):
            assert host.endswith(".example") or host == "schema.org", f"{path.name}: {host}"


def test_readme_names_every_file() -> None:
    readme = seeds("README.md").read_text(encoding="utf-8")
    folders = (seeds(), seeds("news"))
    files = {path.name for folder in folders for path in folder.iterdir() if path.is_file()} - {"README.md"}
    assert [name for name in sorted(files) if f"`{name}`" not in readme] == []
