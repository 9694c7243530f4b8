"""How much: "about 3,000", "at least nine people", "$2.4 billion", as a range and what is counted.

Two quantities differ only where no number could be both: "at least nine" is no contradiction of "eleven", "thousands"
none of "8,000". The words are those of `seeds/quantities.tsv`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kg.errors import SeedError
from kg.files import seed_rows
from kg.identify.features import stem

_ABOUT = 0.2  # how far "about" reaches, to either side
_ROUND = 0.05  # how far a number of a thousand or more that ends in noughts does, at most: it may be a rounded one
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+|[$€£¥%]")
_NO_NUMBER = re.compile(r"\d(?:s|st|nd|rd|th)\b|\b(?:1[5-9]|20)\d\d\b")  # "the 1940s", "the 3rd", years
_LONGEST = 3  # words of an entry


class Quantity(NamedTuple):
    """At least and at most so many, and of what: a stem or a unit, "" for a bare number."""

    least: float
    most: float
    of: str

    def differs(self, other: Quantity) -> bool:
        """Whether no number could be both."""
        return self.most < other.least or other.most < self.least


@lru_cache(maxsize=1 << 14)
def quantity(text: str, head: str = "") -> Quantity | None:
    """What a phrase with this head counts, or None: where it gives no number, several, or a part of something ("two of
    the men")."""
    words = [] if _NO_NUMBER.search(text) else _WORD.findall(text.casefold())
    found = [(at, *read) for at in range(len(words)) if (read := _number(words, at))]
    if not found:
        return None
    at, size, least, most = found[0]
    after = at + size
    part = least == most and words[after : after + 1] == ["of"]
    if part or any(later >= after for later, *_ in found):
        return None
    bound = _bound(words[:at])
    unit = next((_unit(word) for word in (*words[at - 1 : at], *words[after : after + 1]) if _unit(word)), "")
    if words[after + 1 : after + 2] == ["old"]:
        return None
    near = words[after : after + _LONGEST]
    counted = unit or (stem(head) if head.casefold() in near else "".join(map(stem, near[:1])))
    return Quantity(*_BOUNDS[bound](least, most), counted)


@lru_cache(maxsize=1 << 14)
def numerals(text: str) -> frozenset[str]:
    """The words of a text that are numbers."""
    return frozenset(word for word in _WORD.findall(text.casefold()) if word[0].isdigit() or word in _words("number"))


def _number(words: Sequence[str], at: int) -> tuple[int, float, float] | None:
    """(words taken, least, most) of the number that begins at a word."""
    for size in range(_LONGEST, 0, -1):
        if reach := _words("range").get(" ".join(words[at : at + size])):
            least, most = map(float, reach.split())
            return size, least, most
    total, size = 0.0, 0
    numbers, scales = _words("number"), _words("scale")
    for word in words[at:]:
        if word[0].isdigit() and not size:
            total = float(word.replace(",", ""))
        elif word in numbers and (not size or (total % 10 == 0 < total and float(numbers[word]) < 10)):
            total += float(numbers[word])
        elif word in scales and size:
            total *= float(scales[word])
        else:
            break
        size += 1
    return (size, total, total) if size else None


def _bound(words: Sequence[str]) -> str:
    """What the words just before a number make of it."""
    bounds = _words("bound")
    words = [word for word in words if not _unit(word)]
    tails = (" ".join(words[-size:]) for size in range(_LONGEST, 0, -1))
    return next((bounds[tail] for tail in tails if tail in bounds), "")


def _exactly(least: float, most: float) -> tuple[float, float]:
    digits = f"{least:.0f}"
    step = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    slack = min(0.49 * step, _ROUND * least) if least == most >= 1000 else 0.0
    return least - slack, most + slack


_BOUNDS: Mapping[str, Callable[[float, float], tuple[float, float]]] = {
    "": _exactly,
    "least": lambda least, most: (least, math.inf),
    "most": lambda least, most: (0.0, most),
    "near": lambda least, most: (least * (1 - _ABOUT), most * (1 + _ABOUT)),
}


def _unit(word: str) -> str:
    units = _words("unit")
    return units.get(word) or units.get(word.removesuffix("s"), "")


@cache
def _words(sense: str) -> Mapping[str, str]:
    return {word: value for word, of, value in _rows() if of == sense}


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    return tuple(_checked(seed_rows("quantities.tsv")))


def _checked(rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for line, row in enumerate(rows, start=2):
        if row["sense"] not in ("number", "scale", "range", "bound", "unit") or not row["value"]:
            raise SeedError(f"needs word, sense and value, has {row}", file="quantities.tsv", line=line)
        yield row["word"], row["sense"], row["value"]
