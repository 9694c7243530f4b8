"""The words that the rules of this step speak of, read once from `seeds/`.

* `nouns.tsv`: common nouns by the kind of thing they name, with a finer sense and a gender.
* `nameparts.tsv`: words that stand before, first in or last in names and tell what they name; `full` is the noun
  that an abbreviated title is short for.
* `givennames.tsv`: given names with their usual gender ("" for either).
* `wordlists.tsv`: the closed lists of words that single rules ask for, by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast, get_args

from kg.errors import SeedError
from kg.files import seeds
from kg.model import EntityKind

KINDS = frozenset(get_args(EntityKind))
PLACES_IN_NAMES = ("title", "first", "last")


class Noun(NamedTuple):
    """What a common noun names: `sense` is finer than `kind` ("company", "role", "country")."""

    kind: EntityKind
    sense: str
    gender: str


class Part(NamedTuple):
    """What a word of a name says about the thing named."""

    kind: EntityKind
    gender: str
    full: str  # the noun that an abbreviated title is short for: "governor"


@cache
def nouns() -> dict[str, Noun]:
    """Singular noun -> what it names."""
    return {noun: Noun(_kind(kind, at, "nouns.tsv"), sense, gender)
            for at, (noun, kind, sense, gender) in _rows("nouns.tsv", 4)}


@cache
def parts() -> dict[str, dict[tuple[str, ...], Part]]:
    """Position in the name -> words -> what they tell."""
    found: dict[str, dict[tuple[str, ...], Part]] = {where: {} for where in PLACES_IN_NAMES}
    for at, (name, kind, where, gender, full) in _rows("nameparts.tsv", 5):
        if where not in found:
            raise SeedError(f"{where!r} is not one of {', '.join(found)}", file="nameparts.tsv", line=at)
        found[where][tuple(name.split())] = Part(_kind(kind, at, "nameparts.tsv"), gender, full or name.lower())
    return found


@cache
def given_names() -> dict[str, str]:
    """Given name -> "m", "f" or ""."""
    return {name: gender for _, (name, gender) in _rows("givennames.tsv", 2)}


@cache
def listed(name: str) -> frozenset[str]:
    """One list of `wordlists.tsv`; "_" stands for a space. Raises `SeedError` when there is no such list."""
    try:
        return _lists()[name]
    except KeyError:
        raise SeedError(f"has no list {name!r}", file="wordlists.tsv") from None


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(word.replace("_", " ") for word in listed.split())
        for _, (name, listed, _about) in _rows("wordlists.tsv", 3)
    }


def singular(word: str) -> str:
    """Of a noun that the tagger took for a name and left as it is: "gunmen", "rebels"."""
    return word[:-2] + "an" if word.endswith("men") else word.removesuffix("s")


def title_before(before: tuple[str, ...]) -> Part | None:
    """The title that the words before a name end with, the longest first."""
    titles = parts()["title"]
    for size in range(min(3, len(before)), 0, -1):
        if part := titles.get(before[-size:]):
            return part
    return None


def _rows(name: str, width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows below the header, each with its line number. Raises `SeedError` at a row that is too long."""
    lines = seeds(name).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) > width:
            raise SeedError(f"has {len(cells)} columns; {width} are meant", file=name, line=number)
        yield number, (*cells, *[""] * (width - len(cells)))


def _kind(text: str, line: int, file: str) -> EntityKind:
    if text not in KINDS:
        raise SeedError(f"{text!r} is not a kind of entity", file=file, line=line)
    return cast(EntityKind, text)
