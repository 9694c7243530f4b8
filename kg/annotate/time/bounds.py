"""What a preposition makes of a date's interval: since, until, by, before, after, from ... to.

The TIMEX3 value stays that of the bare date (TimeML leaves the preposition out); the interval is the one meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.annotate.time.words import Word

if TYPE_CHECKING:
    from kg.annotate.time.reading import Found

_RANGE = frozenset({"to", "-", "–", "until", "till", "through", "and"})


def bounded(found: Sequence[Found], words: Sequence[Word], published: date | None) -> list[Found]:
    """The expressions of one sentence with their intervals as their prepositions bound them."""
    out: list[Found] = []
    ranges = {at: at + 1 for at in range(len(found) - 1) if _is_range(found[at], found[at + 1], words)}
    for at, each in enumerate(found):
        meaning = each.meaning
        if meaning.start is None or meaning.type not in ("DATE", "TIME"):
            out.append(each)
        elif at in ranges:
            out.append(replace(each, meaning=meaning._replace(end=found[at + 1].meaning.end)))
        elif at - 1 in ranges:
            out.append(replace(each, meaning=meaning._replace(start=found[at - 1].meaning.start)))
        else:
            preposition = "" if _is_owner(each, words) else _before(each, words)
            if preposition == "before" and any(word.text.endswith("end") for word in words[each.first : each.last]):
                preposition = "by"  # "before the end of the year"
            start, end = _bounds(preposition, meaning.start, meaning.end, published)
            out.append(replace(each, meaning=meaning._replace(start=start, end=end)))
    return out


def _before(each: Found, words: Sequence[Word]) -> str:
    """The word before an expression, past "on" and the like."""
    at = each.first - 1
    while at > 0 and words[at].text in {"on", "about", "around", "at", "least"}:
        at -= 1
    return words[at].text if at >= 0 else ""


def _is_owner(each: Found, words: Sequence[Word]) -> bool:
    """'since Friday's attack' is not since Friday."""
    return each.last + 1 < len(words) and words[each.last + 1].text == "'s"


def _is_range(one: Found, other: Found, words: Sequence[Word]) -> bool:
    """'from 2009 to 2011', 'between May and June 2016', 'May 3 - June 5'."""
    a, b = one.meaning, other.meaning
    if not (a.start and b.end and a.type == b.type != "DURATION" and a.start < b.end):
        return False
    between = [word.text for word in words[one.last + 1 : other.first]]
    if len(between) != 1 or between[0] not in _RANGE:
        return False
    return between[0] != "and" or _before(one, words) == "between"


def _bounds(
    preposition: str, start: str, end: str | None, published: date | None
) -> tuple[str | None, str | None]:
    match preposition:
        case "since":
            tomorrow = (published + timedelta(days=1)).isoformat() if published else None
            return start, tomorrow if tomorrow is None or tomorrow > start else None
        case "until" | "till" | "by":
            return None, end
        case "before":
            return None, start
        case "after":
            return end, None
    return start, end
