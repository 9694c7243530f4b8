"""Quotation marks: pairs of every style, inside a paragraph and across paragraphs.

A quotation that runs over several paragraphs opens each of them and closes only the last: an unclosed
opening mark reaches to the end of its paragraph, and is `open` so that the next can be joined to it.

    >>> text = "“Go on,” she said. “Please.”"
    >>> [text[q.first : q.end] for q in quotations(text, [(0, len(text))])]
    ['“Go on,”', '“Please.”']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_MARK = re.compile(r"``|''|[“”„«»\"‘’`'‹›]")
_DOUBLE_OPEN = frozenset({"``", "“", "„", "«"})
_DOUBLE_CLOSE = frozenset({"”", "»"})
_EITHER = frozenset({'"', "''"})
_SINGLE_OPEN = frozenset({"‘", "`", "‹"})
_SINGLE_CLOSE = frozenset({"’", "'", "›"})
_ELISION = re.compile(r"['’](?:\d\ds?\b|s\b|ll\b|re\b|ve\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|d\b|m\b|t\b)", re.I)
_TELLING = frozenset(
    "said says say told tells wrote writes added adds asked asks explained noted tweeted insisted warned argued".split()
)


class Quotation(NamedTuple):
    """A quotation in an article: offsets of its marks' outer edges; `open` when nothing closes it."""

    first: int
    end: int
    inner_first: int
    inner_end: int
    open: bool
    double: bool


def quotations(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[Quotation]:
    """All outermost quotations of the paragraphs (start, end offsets), in text order."""
    return [found for start, end in paragraphs for found in _in_paragraph(text, start, end)]


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    double = True
    lost = _lost_opening(text, start, end)
    for mark in _MARK.finditer(text, start, end):
        if lost is not None and mark.start() == lost:
            # it reaches back to the start: what single marks opened on the way lies in it
            found, opened = [Quotation(start, mark.end(), start, mark.start(), False, True)], None
        elif opened is None:
            if _opens(text, mark, start, end):
                opened, double = mark, mark.group() in _DOUBLE_OPEN or mark.group() in _EITHER
        elif _closes(text, mark, double, end):
            found.append(_quotation(opened, mark.start(), mark.end(), double))
            opened = None
    if opened is not None and double:
        stop = start + len(text[start:end].rstrip())
        found.append(Quotation(opened.start(), stop, opened.end(), stop, True, True))
    return [quote for quote in found if text[quote.inner_first : quote.inner_end].strip()]


def _lost_opening(text: str, start: int, end: int) -> int | None:
    """The offset of a first mark that closes a quotation whose opening mark is lost (at the paragraph's start)."""
    marks = [
        mark for mark in _MARK.finditer(text, start, end) if mark.group() in _EITHER | _DOUBLE_CLOSE | _DOUBLE_OPEN
    ]
    if not marks or marks[0].group() in _DOUBLE_OPEN or len(marks) % 2 == 0:
        return None
    first, last = marks[0], marks[-1]
    ended = text[start : first.start()].rstrip()[-1:]
    if len(ended) == 0 or ended not in ",.?!" or len(text[start : first.start()].split()) < 4:
        return None
    if marks[0].group() in _DOUBLE_CLOSE:
        return first.start()
    spaced = text[first.start() - 1].isspace() and text[first.end() : first.end() + 1].isspace()
    if not spaced and text[first.start() - 1].isspace():
        return None
    rest = text[last.end() : end].split()
    told = len(marks) == 1 and any(word.lower().strip(".,") in _TELLING for word in rest[:6])
    return first.start() if len(rest) <= 1 or told else None


def _quotation(opened: re.Match[str], inner_end: int, end: int, double: bool) -> Quotation:
    return Quotation(opened.start(), end, opened.end(), inner_end, False, double)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    sign, at, after = mark.group(), mark.start(), mark.end()
    if sign in _DOUBLE_OPEN:
        return True
    if sign in _EITHER:
        return not _before_is_word(text, at, start)
    if sign not in _SINGLE_OPEN and sign != "'":
        return False
    if _before_is_word(text, at, start) or (sign == "'" and _ELISION.match(text, at)):
        return False
    if sign == "'" and (after >= end or text[after].isspace()):
        return False
    return any(_closes(text, later, False, end) for later in _MARK.finditer(text, after, end))


def _closes(text: str, mark: re.Match[str], double: bool, end: int) -> bool:
    sign = mark.group()
    if double:
        return sign in _DOUBLE_CLOSE or sign in _EITHER
    if sign not in _SINGLE_CLOSE:
        return False
    follows = text[mark.end() : mark.end() + 1] if mark.end() < end else ""
    return not follows.isalnum() and not (_ELISION.match(text, mark.start()) and follows)


def _before_is_word(text: str, at: int, start: int) -> bool:
    return at > start and (text[at - 1].isalnum() or text[at - 1] in ".,!?)%")
