"""Patterns over words, and what a pattern's words mean.

A pattern is written as items with spaces between: `the? m=MONTH d=DAY ,? y=YEAR?`. In capitals stands a category
of `kg.annotate.time.words`, else a literal; `|` parts alternatives, `?` makes an item optional, `name=` keeps
the matched word's value under a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.annotate.time.periods import Period, Unit, third
from kg.annotate.time.words import Word
from kg.model import Granularity, TimexType


class Meaning(NamedTuple):
    """What an expression stands for; `period` is the calendar period of a dated one, `part` its part of the day."""

    value: str
    type: TimexType = "DATE"
    start: str | None = None
    end: str | None = None
    granularity: Granularity = "none"
    anchor: str = "none"
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What an expression is reckoned from: the article's date (and clock, if known), the last date told before
    it, the day that its sentence is about, the direction of its verb (-1 past, 1 future, 0 unknown), and the
    words around it. `first` and `last` are the indices of the expression's words, both inclusive."""

    words: Sequence[Word]
    first: int
    last: int
    published: date | None
    narrative: Period | None
    direction: Callable[[], int]
    label: str = ""  # the parser's label of the expression's first word
    tag: str = ""  # and its part of speech
    counted: bool = False  # whether that word counts a plural noun

    def text(self, offset: int) -> str:
        """The word `offset` places after the expression (before it when negative), "" beyond the sentence."""
        at = self.last + offset if offset > 0 else self.first + offset
        return self.words[at].text if 0 <= at < len(self.words) else ""

    @property
    def in_a_compound(self) -> bool:
        """Whether a hyphen follows at once: 'now-cancelled', 'day-to-day'."""
        after = self.words[self.last + 1 : self.last + 2]
        return bool(after) and after[0].text == "-" and after[0].start == self.words[self.last].end

    @property
    def in_a_name(self) -> bool:
        """Whether its capital stands behind another capital: 'USA Today', 'News Daily'."""
        before = self.words[self.first - 1] if self.first else None
        return bool(before) and self.words[self.first].capital and before.capital  # type: ignore[union-attr]

    def value(self, offset: int, category: str) -> str | None:
        at = self.last + offset if offset > 0 else self.first + offset
        return self.words[at].values.get(category) if 0 <= at < len(self.words) else None


Groups = Mapping[str, str]
Sense = Callable[[Groups, Scene], Meaning | None]


class Item(NamedTuple):
    name: str
    options: tuple[str, ...]
    optional: bool

    def fits(self, word: Word) -> str | None:
        """The word's value where it fits, its text for a literal."""
        for option in self.options:
            if option in word.values:
                return word.values[option]
            if option == word.text:
                return option
        return None


class Rule(NamedTuple):
    items: tuple[Item, ...]
    sense: Sense


def rule(pattern: str, sense: Sense) -> Rule:
    """A pattern and the function that gives its meaning, or None where the words mean something else."""
    items = []
    for part in pattern.split():
        optional = len(part) > 1 and part.endswith("?")
        name, _, options = part.rstrip("?").rpartition("=")
        items.append(Item(name, tuple(options.split("|")), optional))
    return Rule(tuple(items), sense)


def openings(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules by each category or literal that can come first, in their order."""
    index: dict[str, list[Rule]] = {}
    for each in rules:
        for item in each.items:
            for option in item.options:
                index.setdefault(option, []).append(each)
            if not item.optional:
                break
    return index


def matched(
    items: tuple[Item, ...], words: Sequence[Word], at: int, place: int = 0
) -> tuple[int, dict[str, str]] | None:
    """(index after the last word, values by name) where the items from `place` on fit the words from `at` on."""
    if place == len(items):
        return at, {}
    item = items[place]
    value = item.fits(words[at]) if at < len(words) else None
    if value is not None and (found := matched(items, words, at + 1, place + 1)):
        end, groups = found
        return end, ({item.name: value} | groups if item.name else groups)
    return matched(items, words, at, place + 1) if item.optional else None


def granularity_of(unit: Unit) -> Granularity:
    return "day" if unit == "weekend" else unit


def dated(period: Period, anchor: str, part: str = "") -> Meaning:
    """A calendar period, or its `early`, `mid` or `late` part under the same value."""
    start, end = third(period, part) if part else (period.start, period.end)
    return Meaning(
        period.value, "DATE", start.isoformat(), end.isoformat(),
        granularity_of(period.unit), anchor, period,
    )


def vague(value: str) -> Meaning:
    """PAST_REF, PRESENT_REF, FUTURE_REF, or a set: no interval."""
    return Meaning(value)


def unresolved(value: str, granularity: Granularity) -> Meaning:
    """What the words alone say (XXXX-12-29), where nothing tells the year."""
    return Meaning(value, granularity=granularity)


def recurring(value: str) -> Meaning:
    return Meaning(value, "SET")


def lasting(value: str, start: date | None = None, end: date | None = None, anchor: str = "none") -> Meaning:
    """A duration, with the interval that it fills where that is known."""
    return Meaning(
        value, "DURATION", start.isoformat() if start else None, end.isoformat() if end else None, "none", anchor
    )
