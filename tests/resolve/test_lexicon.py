"""The word files of `resolve`: they can be read, hold what the rules ask for, and nothing that no rule asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg.resolve
from kg.errors import SeedError
from kg.files import seeds
from kg.resolve.lexicon import given_names, listed, nouns, parts, title_before

CODE = "".join(file.read_text(encoding="utf-8") for file in Path(kg.resolve.__file__).parent.glob("*.py"))


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in seeds(name).read_text(encoding="utf-8").splitlines()[1:]]


def test_every_list_is_asked_for_and_there() -> None:
    asked = set(re.findall(r'listed\("([^"]+)"\)', CODE))
    assert {name for name, _, _ in rows("wordlists.tsv")} == asked
    assert all(listed(name) for name in asked)


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(SeedError, match=r"wordlists\.tsv: has no list 'no-such-list'"):
        listed("no-such-list")


@pytest.mark.parametrize("name", ["nouns.tsv", "givennames.tsv"])
def test_words_stand_once(name: str) -> None:
    words = [row[0] for row in rows(name)]
    assert words == sorted(set(words))


def test_genders_are_known() -> None:
    assert {noun.gender for noun in nouns().values()} | set(given_names().values()) <= {"m", "f", ""}


def test_the_longest_title_counts() -> None:
    part = title_before(("said", "Prime", "Minister"))
    assert part is not None
    assert part.kind == "person"
    assert title_before(("the", "harbour")) is None
    assert ("Inc.",) in parts()["last"]
