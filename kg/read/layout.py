"""Tells an article from the page around it, in plain text as it was scraped.

Every line (or hard-wrapped paragraph) becomes one `Block` with a function; only headline, paragraph and
caption are read as prose afterwards, and of a credit line only the names credited. The text itself is never
changed, so that all offsets fit the file. After Kohlschütter et al. 2010 ("Boilerplate Detection using
Shallow Text Features") the evidence is shallow: words, final punctuation, repetition, position, and a table
of set phrases (`seeds/layout.tsv`).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import get_args

from kg.errors import SeedError
from kg.files import seeds
from kg.model import Block, BlockKind, Span
from kg.read.dateline import is_dateline

_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_CAPTION_SIGN = re.compile(
    r"\((left|right|center|centre|[lrc]|file|pictured)\)|\b(pictured|file photo|seen here)\b", re.I
)
_CREDITED = re.compile(r"\b(?:by|from)\s+(.+?)[\s.)]*$", re.I)
_CITY_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.’'-]+(?:[ /,]+(?:[A-Z][A-Z.’'-]+|[A-Z][a-z]+\.?))*,?\s*)"  # MOSCOW, Russia
    r"(?:(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?),?\s*(?:\d{4},?\s*)?)?"  # Dec. 29, 29 December
    r"(?:\([^()\n]{2,40}\)\s*)?"  # (Reuters)
    r"(?:--|[-–—])\s+"
)
_AUTHOR = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
_AUTHORS = re.compile(rf"(?:By|BY) ({_AUTHOR}(?:(?:, {_AUTHOR})* and {_AUTHOR})?)(?:,|$)")
_BULLET = "•·▪●*-–—►»| \t\ufeff"
OUTLET = "outlet"  # in the table: how names of outlets are made
MASTHEAD = "masthead"  # a line of such a name and a date
_AND_DATE = (
    r",? (?:[A-Z][a-z]+day,? )?"
    r"(?:\d{1,2} [A-Z][a-z]+\.?,? \d{4}|[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)$"
)
_WORDS_OF_PROSE = 4  # shorter lines without a quotation are labels, buttons and sizes
_WORDS_OF_HEADLINE = 4
_PARAGRAPHS_BEFORE_END = 1  # an end marker above the first paragraph is navigation


@dataclass(frozen=True, slots=True)
class _Unit:
    span: Span
    text: str
    key: str
    words: int

    @property
    def is_sentence(self) -> bool:
        enough = self.words >= _WORDS_OF_PROSE or (self.words >= 2 and any(mark in self.text for mark in '"“”'))
        return enough and _SENTENCE_END.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    pattern: re.Pattern[str]


@cache
def _phrases() -> tuple[_Phrase, ...]:
    path = seeds("layout.tsv")
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            if row["kind"] not in {"end", OUTLET} and row["kind"] not in get_args(BlockKind):
                raise SeedError(f"has the unknown kind {row['kind']!r}", file=str(path), line=number)
            anchored = "^" + row["pattern"] if row["where"] == "start" else row["pattern"]
            flags = re.NOFLAG if row["kind"] in {"byline", OUTLET} else re.IGNORECASE  # told by their capitals
            found.append(_Phrase(row["kind"], re.compile(anchored, flags)))
            if row["kind"] == OUTLET:
                found.append(_Phrase(MASTHEAD, re.compile(anchored + _AND_DATE)))
    return tuple(found)


def masthead(line: str) -> str | None:
    """The outlet that a line names before the date: "Harbour Courier, 14 May 2024"."""
    found = (phrase.pattern.match(line) for phrase in _phrases() if phrase.kind == MASTHEAD)
    return next((match[1] for match in found if match), None)


def outlet_of(byline: str) -> str | None:
    """The outlet that a byline names behind its author.

    >>> outlet_of("By Ann Lee, Harbour Courier")
    'Harbour Courier'
    """
    _, comma, behind = byline.rpartition(", ")
    named = comma and any(phrase.pattern.fullmatch(behind) for phrase in _phrases() if phrase.kind == OUTLET)
    return behind if named else None


def authors_of(line: str) -> list[str]:
    """Who a byline says has written it, in the usual capitals; behind a comma stands an office or an outlet.

    >>> authors_of("By ANN LEE and Tom Berg, football correspondent")
    ['Ann Lee', 'Tom Berg']
    """
    names = _AUTHORS.match(line)
    several = re.split(r" and |, ", names[1]) if names else []
    return [name.title() if name.isupper() else name for name in several]


def blocks(text: str, *, title: str = "", outlets: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """The page's lines by function, in order. `title` is the headline where metadata gives it; `outlets` are
    lower-case names which, alone on a line below the story, open an outlet's own box."""
    units = _units(text)
    kinds = _kinds(units, _fold(title), outlets)
    found: list[Block] = []
    for unit, kind in zip(units, kinds, strict=True):
        found.extend(_block(unit, kind))
    return tuple(found)


def _block(unit: _Unit, kind: BlockKind) -> list[Block]:
    span = unit.span
    if kind == "credit":
        match = _CREDITED.search(unit.text)
        if not match:
            return [Block(span=span, kind="noise")]
        start = span.start + match.start(1)
        return [
            Block(span=Span(span.start, start), kind="noise"),
            Block(span=Span(start, span.start + match.end(1)), kind="credit"),
        ]
    if kind == "paragraph" and (match := _CITY_DATELINE.match(unit.text)):
        cut = span.start + match.end()
        if cut < span.end:
            return [
                Block(span=Span(span.start, cut), kind="dateline"),
                Block(span=Span(cut, span.end), kind="paragraph"),
            ]
    return [Block(span=span, kind=kind)]


def _units(text: str) -> list[_Unit]:
    lines = [_trimmed(match.start(), match.group()) for match in _LINE.finditer(text)]
    lines = [span for span in lines if span.end > span.start]
    groups: list[list[Span]] = []
    for span in lines:
        if groups and text.count("\n", groups[-1][-1].end, span.start) == 1:
            groups[-1].append(span)
        else:
            groups.append([span])
    units = []
    for group in groups:
        for span in [Span(group[0].start, group[-1].end)] if _hard_wrapped(text, group) else group:
            quote = span.of(text)
            units.append(_Unit(span, quote, _fold(quote), len(re.findall(r"\w[\w'’.-]*", quote))))
    return units


def _trimmed(offset: int, line: str) -> Span:
    body = line.lstrip(_BULLET + "\u00a0")
    start = offset + len(line) - len(body)
    return Span(start, start + len(body.rstrip()))


def _hard_wrapped(text: str, group: list[Span]) -> bool:
    """Neighbouring lines of one width that break off inside sentences are one paragraph."""
    inner = [span.of(text) for span in group[:-1]]
    return (
        bool(inner)
        and all(45 <= len(line) <= 110 for line in inner)
        and (
            sum(_SENTENCE_END.search(line) is None for line in inner) * 2 > len(inner)
            and len({line[:20] for line in inner}) == len(inner)
            and text[group[1].start].islower()
        )
    )


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _phrase(unit: _Unit) -> str | None:
    kinds = (phrase.kind for phrase in _phrases() if phrase.kind != OUTLET and phrase.pattern.search(unit.text))
    return next(kinds, None)


def _kinds(units: list[_Unit], title: str, outlets: frozenset[str]) -> list[BlockKind]:
    repeated = {key for key, count in Counter(unit.key for unit in units).items() if count > 1}
    headline = _headline(units, title, repeated)
    seen: set[str] = set()
    kinds: list[BlockKind] = []
    paragraphs, ended = 0, False
    for position, unit in enumerate(units):
        phrase = _phrase(unit)
        kind: BlockKind = "noise"
        if position == headline:
            kind = "headline"
        elif ended or unit.key in seen:
            pass
        elif phrase == "end" or (unit.key in outlets and paragraphs >= _PARAGRAPHS_BEFORE_END):
            ended = paragraphs >= _PARAGRAPHS_BEFORE_END
            kind = "credit" if ended and _CREDITED.search(unit.text) else "noise"
        elif phrase == MASTHEAD or is_dateline(unit.text):
            kind = "dateline"
        elif phrase is not None:
            kind = phrase if phrase in ("byline", "credit") else "noise"  # type: ignore[assignment]
        elif unit.is_sentence:
            kind = "paragraph"
            paragraphs += 1
        elif unit.words >= _WORDS_OF_HEADLINE and (
            _CAPTION_SIGN.search(unit.text) or (unit.key in repeated and unit.key != title)
        ):
            kind = "caption"
        seen.add(unit.key)
        kinds.append(kind)
    return kinds


def _headline(units: list[_Unit], title: str, repeated: set[str]) -> int | None:
    """The first line that is the known title; else, above the first paragraph, the first repeated line of
    some length that is no sentence, else the first line of some length."""
    first_paragraph = next((i for i, unit in enumerate(units) if _is_body(unit)), len(units))
    if title:
        return next((i for i, unit in enumerate(units[: first_paragraph + 1]) if unit.key == title), None)
    candidates = [
        i
        for i, unit in enumerate(units[:first_paragraph])
        if unit.words >= _WORDS_OF_HEADLINE
        and _phrase(unit) is None
        and not is_dateline(unit.text)
        and not _CAPTION_SIGN.search(unit.text)
    ]
    return next((i for i in candidates if units[i].key in repeated), candidates[0] if candidates else None)


def _is_body(unit: _Unit) -> bool:
    return unit.is_sentence and unit.words >= 8 and _phrase(unit) is None and not is_dateline(unit.text)
