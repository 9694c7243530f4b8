"""Planted pairs of short reports: what differs must be found, what only looks different must not.

Each `tests/cases/compare/*.toml` holds two texts, what must be found, and the types that must not be.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.compare import compare
from kg.identify import identify
from kg.model import Article, Comparison, Reading
from kg.pipeline import read_articles
from kg.read import clean_article, read

CASES = sorted((Path(__file__).parent.parent / "cases" / "compare").glob("*.toml"))


@cache
def load(case: Path) -> dict[str, Any]:
    return tomllib.loads(case.read_text(encoding="utf-8"))


@cache
def readings(case: Path) -> tuple[Reading, ...]:
    given = load(case)
    articles = [
        clean_article(given[key].strip(), id=key, publisher=outlet, published=given["published"])
        for key, outlet in (("first", "Harbour Post"), ("second", "Northern Wire"))
    ]
    return tuple(read_articles(articles))


def comparison(case: Path) -> Comparison:
    return compare(readings(case), identify(readings(case)))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    given, found = load(case), comparison(case)
    told = [(d.type, [side.quote + " / " + side.value for side in d.sides]) for d in found.disagreements]
    for wanted in given.get("expect", []):
        assert any(
            kind == wanted["type"] and all(any(text in side for side in sides) for text in wanted["says"])
            for kind, sides in told
        ), (wanted, told)
    assert not [entry for entry in told if entry[0] in given["absent"]]


@pytest.mark.parametrize("case", [c for c in CASES if load(c).get("one_origin")], ids=lambda path: path.stem)
def test_reprints_are_one_origin(case: Path) -> None:
    shared = [link for link in comparison(case).links if len(link.outlets) == 2]
    assert shared
    assert all(len(link.origins) == 1 for link in shared)
    assert all(link.status != "corroborated" for link in shared)


HEADLINE = """Israel bombs port of Latakia in Syria

Iran said that Israel had bombed the port of Latakia in Syria on Saturday night.
"""


def test_a_headline_that_drops_the_source_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEADLINE, encoding="utf-8")
    articles = [item for item in read([tmp_path]) if isinstance(item, Article)]
    found = list(read_articles(articles))
    (loss,) = [d for d in compare(found, identify(found)).disagreements if d.type == "attribution"]
    assert "headline" in loss.explanation
    assert [side.quote for side in loss.sides] == ["bombed", "bombs"]


@pytest.mark.parametrize("case", CASES[:4], ids=lambda path: path.stem)
def test_order_does_not_matter(case: Path) -> None:
    both = readings(case)
    back = both[::-1]
    assert compare(both, identify(both)) == compare(back, identify(back))
