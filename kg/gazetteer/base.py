"""What every gazetteer can do, whatever holds its rows: find names in a text, and answer about rows.

Names are found case-sensitive, whole-word, longest first, in one pass: the word sequences of the text that
could be names are looked up together. The look-up is one dictionary or one indexed SQLite table, so that five
thousand names and ten million are the same to the caller.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from kg.gazetteer.row import Office, Row, fold, key

How = Literal["label", "alias", "demonym", "metonym"]
HOWS: tuple[How, ...] = ("label", "alias", "demonym", "metonym")

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ .,'&/-]{0,3}\s*")  # what may stand between two words of one name


class Sense(NamedTuple):
    """One row that a name can mean, and in which way it names it."""

    row: Row
    how: How


class Match(NamedTuple):
    """A name found at `text[start:end]`, with all it can mean, the likeliest first."""

    start: int
    end: int
    name: str
    senses: tuple[Sense, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(dict.fromkeys(sense.row for sense in self.senses))

    @property
    def how(self) -> How:
        """How the likeliest row is named."""
        return self.senses[0].how


def names_of(row: Row) -> Iterator[tuple[str, How]]:
    """Each name of a row, in its look-up form, with what it is to the row."""
    yield key(row.label), "label"
    for names, how in ((row.aliases, HOWS[1]), (row.demonyms, HOWS[2]), (row.metonyms, HOWS[3])):
        for name in names:
            yield key(name), how


def ordered(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    """Senses from the likeliest: labels before aliases, then by prior, then by what never changes."""
    several = dict.fromkeys(senses)
    if len(several) == 1:  # as of most names
        return tuple(several)
    return tuple(
        sorted(
            several,
            key=lambda sense: (HOWS.index(sense.how), -sense.row.prior, sense.row.label, sense.row.qid or ""),
        )
    )


class Gazetteer(ABC):
    """Rows by name, office, class and internet domain."""

    problems: tuple[str, ...] = ()  # rows that were skipped, one line each, with file and line

    @abstractmethod
    def senses(self, names: Iterable[str]) -> Mapping[str, tuple[Sense, ...]]:
        """The meanings of those of `names` (look-up forms) that are known, each `ordered`."""

    @abstractmethod
    def holders(self, title: str) -> tuple[tuple[Row, Office], ...]:
        """Everyone who held an office of this title (lower case)."""

    @abstractmethod
    def of_class(self, cls: str, country: str) -> tuple[Row, ...]:
        """Rows of a class whose `country` cell reads so."""

    @abstractmethod
    def at_domain(self, domain: str) -> tuple[Row, ...]:
        """Rows with exactly this internet domain."""

    @abstractmethod
    def by_qid(self, qid: str) -> Row | None:
        """The row with this Wikidata id."""

    @abstractmethod
    def reach(self, words: Iterable[str]) -> Mapping[str, int]:
        """For those of `words` that a name begins with: the most words of such a name."""

    def find(self, text: str) -> list[Match]:
        """All names in a text, in order, none overlapping another, the longest from the left."""
        folded = fold(text)
        words = [match.span() for match in _WORD.finditer(folded)]
        texts = _WORD.findall(folded)
        if not folded.isascii():
            texts = [form(word) for word in texts]
        reach = self.reach(set(texts))
        candidates = _candidates(folded, words, [reach.get(word, 0) for word in texts])
        known = self.senses({name for _, _, name in candidates})
        found: list[Match] = []
        for start, end, name in candidates:  # by start, the longest first
            if name in known and (not found or start >= found[-1].end):
                found.append(Match(start, end, name, known[name]))
        return found

    def lookup(self, name: str) -> tuple[Sense, ...]:
        """All that a name can mean, the likeliest first; empty where it is unknown."""
        name = key(name)
        return self.senses([name]).get(name, ())

    def row(self, label: str, kind: str | None = None) -> Row | None:
        """The likeliest row with this label (and kind)."""
        return next(
            (row for row, how in self.lookup(label) if how == "label" and kind in (None, row.kind)), None
        )

    def by_office(self, title: str, of: str, date: str | None = None) -> tuple[Row, ...]:
        """Who held the office on an ISO date; without a date, all holders, the latest first.

        `of` is the label or Wikidata id of the country or organisation, as the table has it.
        """
        places = self._names_of_place(of)
        held = [
            (office, row)
            for row, office in self.holders(title.casefold())
            if office.of in places and (date is None or office.held_on(date))
        ]
        held.sort(key=lambda pair: (pair[0].start, pair[1].label), reverse=True)
        return tuple(dict.fromkeys(row for _, row in held))

    def government(self, country: str) -> Row | None:
        """The row of class `government` of a country (label or Wikidata id)."""
        return self._one("government", country)

    def presidency(self, country: str) -> Row | None:
        """The row of class `presidency` of a country: what the Kremlin or the White House stands for."""
        return self._one("presidency", country)

    def capital(self, country: str) -> Row | None:
        """The row of class `capital` of a country."""
        return self._one("capital", country)

    def by_domain(self, domain: str) -> Row | None:
        """The outlet or organisation at an internet host, or at the domain that the host is under."""
        labels = domain.lower().strip(".").split(".")
        for first in range(max(len(labels) - 1, 1)):
            if rows := self.at_domain(".".join(labels[first:])):
                return rows[0]
        return None

    def _one(self, cls: str, country: str) -> Row | None:
        rows = [row for name in self._names_of_place(country) for row in self.of_class(cls, name)]
        return min(rows, key=lambda row: (-row.prior, row.label), default=None)

    def _names_of_place(self, place: str) -> tuple[str, ...]:
        """All that a place is called, and its id, from any of these: tables may name it by each."""
        senses = [row for row, how in self.lookup(place) if how in ("label", "alias") and row.kind != "person"]
        row = self.by_qid(place) or next(iter(senses), None)
        names = (row.label, row.qid, *row.aliases) if row else ()
        return tuple(dict.fromkeys([place, *filter(None, names)]))


def beginning(name: str) -> tuple[str, int]:
    """The first word of a name in its look-up form, and how many words it has."""
    words = _WORD.findall(name)
    return (words[0], len(words)) if words else ("", 0)


def _candidates(text: str, words: list[tuple[int, int]], reach: list[int]) -> list[tuple[int, int, str]]:
    """The word sequences that could be names, as (start, end, look-up form), the longest first at each start.

    A name has a word that is not all lower case among its first four ("de la Cruz").
    """
    cased = [not text[start:end].islower() for start, end in words]
    candidates: list[tuple[int, int, str]] = []
    for i, (start, _) in enumerate(words):
        if not reach[i] or not any(cased[i : i + 4]):
            continue
        here = []
        for j in range(i, min(i + reach[i], len(words))):
            if j > i and not _GAP.fullmatch(text, words[j - 1][1], words[j][0]):
                break
            end = words[j][1]
            if any(cased[i : j + 1]):
                here.append((start, end, form(text[start:end])))
                if text[end : end + 1] in {".", "!"}:  # "U.S.", "Yahoo!"
                    here.append((start, end + 1, form(text[start : end + 1])))
        candidates.extend(reversed(here))
    return candidates


def form(text: str) -> str:
    """`key` of a folded text, without the work where there is none to do."""
    if "  " in text:
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)
