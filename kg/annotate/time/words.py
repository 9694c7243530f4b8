"""The words of a text as the time grammar sees them: numbers, clock times and the lexicon `seeds/times.tsv`.

A word has categories (MONTH, UNIT, NUM ...) with a value for each; everything else is passed over. Phrases of
the lexicon and numbers of several words ("twenty-four", "two and a half") become one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from kg.errors import SeedError
from kg.files import seeds

TOKEN = re.compile(
    r"""(?x)
    (?P<PLAIN>(?!gmt|utc|q\d|fy|[ap][.m]|o['’])[^\W\d_]+)  # most words, at once: none that begins what is below
  | (?P<ISO>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d))
  | (?P<SLASH>(?<![\d/.])\d{1,4}(?P<SEP>[/.])\d{1,2}(?P=SEP)\d{2,4}(?![\d/]|\.\d))
  | (?P<PLUSZONE>\(?\s?(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d\d)?\s?\)?)
  | (?P<CLOCK>(?<![\d.,])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]) | (?<![\d.,:])\d{1,2}\.\d{2}(?=\s?[ap]\.?\s?m\b))
  | (?P<DECADE>\b\d{3}0\s?['’]?s\b | ['’]?\b[1-9]0s\b)
  | (?P<ORDINAL>\b\d{1,2}\s?(?:st|nd|rd|th)\b)
  | (?P<QUARTER>\bQ[1-4]\b | \b[1-4]Q\b)
  | (?P<FY>\bFY\s?(?:\d{4}|\d{2})\b)
  | (?P<SPANYEARS>\b(?:1[5-9]|20)\d\d\s?[-–/]\s?\d{2}(?!\d|[-–/]\d))
  | (?P<SHORTYEAR>['’]\d\d\b(?!s))
  | (?P<INTEGER>(?<![\d.,])\d+(?![\d,.]*\d))
  | (?P<DECIMAL>\d+(?:,\d{3})+(?:\.\d+)? | \d+\.\d+)
  | (?P<DOTTED>[ap]\.\s?m\b\.? | \b[ap]m\b)
  | (?P<LETTERS>o['’]clock | [^\W\d_]+)
  | (?P<S>['’]s\b)
  | (?P<OTHER>\S)
    """,
    re.IGNORECASE,
)


_DIGITS = 15  # in a number: longer ones count nothing


class Word(NamedTuple):
    """One word of the grammar: its characters, its text in lower case, and its value by category."""

    start: int
    end: int
    text: str
    values: Mapping[str, str]
    capital: bool = False


class Entry(NamedTuple):
    category: str
    value: str
    capital: bool


@cache
def lexicon() -> dict[tuple[str, ...], tuple[Entry, ...]]:
    """Entries by their tokens in lower case. Raises `SeedError` at a row that has not three cells."""
    path = seeds("times.tsv")
    entries: dict[tuple[str, ...], list[Entry]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith(("#", "word\t")):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not cells[0]:
            raise SeedError("a row has three cells: word, category, value", file=str(path), line=number)
        tokens = tuple(_plain(match.group()) for match in TOKEN.finditer(cells[0]))
        capital = cells[0][0].isupper() or (tokens[0] == "the" and any(map(str.isupper, cells[0])))
        entries.setdefault(tokens, []).append(Entry(cells[1], cells[2], capital))
    return {tokens: tuple(found) for tokens, found in entries.items()}


@cache
def _longest_from() -> dict[str, int]:
    """The most tokens of an entry that begins with a token."""
    longest: dict[str, int] = {}
    for tokens in lexicon():
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    return longest


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`."""
    return list(_numbers(list(_lexical(list(TOKEN.finditer(text, start, end))))))


def _lexical(tokens: list[re.Match[str]]) -> Iterator[Word]:
    """Tokens with their values; the longest phrase of the lexicon at each place is one word."""
    written = [token.group() for token in tokens]
    plain = list(map(_plain, written))
    entries, longest = lexicon(), _longest_from()
    i = 0
    while i < len(tokens):
        token, text, size = tokens[i], plain[i], 1
        values: Mapping[str, str] = _NOTHING
        for taken in range(min(longest[text], len(tokens) - i), 0, -1) if text in longest else ():
            found = entries.get(tuple(plain[i : i + taken]))
            if not found:
                continue
            capital = any(word[0].isupper() for word in written[i : i + taken])
            values = {entry.category: entry.value for entry in found if capital or not entry.capital}
            if values:
                size, text = taken, " ".join(plain[i : i + taken])
                break
        kind = token.lastgroup or "OTHER"
        if not values and kind not in _VALUELESS:
            values = _token_values(kind, text)
        yield Word(token.start(), tokens[i + size - 1].end(), text, values, written[i][0].isupper())
        i += size


_NOTHING: Mapping[str, str] = {}
_VALUELESS = frozenset({"PLAIN", "LETTERS", "OTHER", "S"})  # what has only its own text


def _token_values(kind: str, text: str) -> dict[str, str]:
    if kind in ("INTEGER", "DECIMAL") and len(text) > _DIGITS:
        return {}
    if kind == "INTEGER":
        return _integer_values(text)
    if kind == "DECIMAL":
        return {"NUM": text.replace(",", "")}
    if kind == "ORDINAL":
        number = re.sub(r"\D", "", text)
        return {"ORD": number} | ({"DAY": number, "NTH": number} if 1 <= int(number) <= 31 else {})
    if kind == "DOTTED":
        return {"AMPM": "12" if text[0] == "p" else "0"}
    return {kind: text}


def _integer_values(text: str) -> dict[str, str]:
    number = int(text) if len(text) < 7 else 0
    values = {"NUM": text}
    if len(text) <= 2 and 1 <= number <= 31:
        values["DAY"] = text
    if len(text) <= 2 and number <= 24:
        values["HOUR"] = text
    if len(text) == 4 and 1000 <= number <= 2999:
        values["YEAR"] = text
    if len(text) == 4 and int(text[:2]) < 24 and int(text[2:]) < 60:
        values["HHMM"] = text
    if len(text) == 2:
        values["YY"] = text
    return values


def _numbers(words: list[Word]) -> Iterator[Word]:
    """Numbers of several words as one: "twenty-four", "one hundred", "two and a half"."""
    i = 0
    while i < len(words):
        begins = "NUM" in words[i].values or "TENS" in words[i].values
        size, value = _number_at(words, i) if begins else (0, 0)
        if size > 1 or (size == 1 and "NUM" not in words[i].values):
            number = f"{value:g}"
            values = {"NUM": number}
            yield Word(words[i].start, words[i + size - 1].end, number, values)
        else:
            yield words[i]
            size = 1
        i += size


def _number_at(words: list[Word], i: int) -> tuple[int, float]:
    """(words taken, value) of the number that begins at word i; (0, 0) where none does."""

    def value(at: int, category: str) -> float | None:
        return float(words[at].values[category]) if at < len(words) and category in words[at].values else None

    def text(at: int) -> str:
        return words[at].text if at < len(words) else ""

    at = i
    tens, total = value(at, "TENS"), value(at, "NUM")
    if tens is not None:
        at, total = at + 1, tens
        after = at + (text(at) == "-")
        ones = value(after, "NUM")
        if ones is not None and 0 < ones < 10 and not text(after).isdigit():
            at, total = after + 1, tens + ones
    elif total is not None:
        at += 1
    else:
        return 0, 0
    while (scale := value(at, "SCALE")) is not None:
        at, total = at + 1, total * scale
    if (text(at), text(at + 1), text(at + 2)) == ("and", "a", "half"):
        at, total = at + 3, total + 0.5
    return at - i, total
