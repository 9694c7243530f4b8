"""What stands around a date and narrows it: early, mid-, the end of, later (this year), (Friday) morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.annotate.time.clock import part_of_day
from kg.annotate.time.grammar import Meaning
from kg.annotate.time.periods import third
from kg.annotate.time.words import Word

_LINKS = ((), ("-",), ("of",), ("in",), ("on",), ("of", "the"), ("in", "the"), ("during",))


def modified(
    first: int, last: int, meaning: Meaning, words: Sequence[Word], published: date | None
) -> tuple[int, int, Meaning]:
    """The expression with the modifiers before it and the part of the day after it taken in."""
    if meaning.period is None or meaning.type != "DATE":
        return first, last, meaning
    if meaning.period.unit == "day":
        first, last, meaning = _with_part(first, last, meaning, words)
    if "/" in meaning.value:
        return first, last, meaning
    for link in _LINKS:
        at = first - len(link) - 1
        if at >= 0 and tuple(word.text for word in words[at + 1 : first]) == link:
            if part := words[at].values.get("MOD"):
                the = at > 0 and words[at - 1].text == "the" and link != ("-",)
                return at - the, last, _narrowed(meaning, part)
            if (part := words[at].values.get("MODADV")) and link != ("-",):
                return at, last, _rest_of(meaning, part, published)
    return first, last, meaning


def _with_part(first: int, last: int, meaning: Meaning, words: Sequence[Word]) -> tuple[int, int, Meaning]:
    """'Friday morning', 'the evening of December 27'."""
    assert meaning.period  # noqa: S101  the caller checked
    after = last + 1
    if after < len(words) and words[after].text in {"'s", "’s"}:
        after += 1
    if after < len(words) and (part := words[after].values.get("PART")):
        return first, after, part_of_day(meaning.period.start, part, meaning.anchor)
    if first >= 2 and words[first - 1].text in {"of", "on"} and (part := words[first - 2].values.get("PART")):
        the = first >= 3 and words[first - 3].text == "the"
        return first - 2 - the, last, part_of_day(meaning.period.start, part, meaning.anchor)
    return first, last, meaning


def _narrowed(meaning: Meaning, part: str) -> Meaning:
    assert meaning.period  # noqa: S101  the caller checked
    start, end = third(meaning.period, part)
    return meaning._replace(start=start.isoformat(), end=end.isoformat()) if meaning.type == "DATE" else meaning


def _rest_of(meaning: Meaning, part: str, published: date | None) -> Meaning:
    """'earlier this year', 'later in 2019': up to the article's day, or from it, where that lies inside."""
    today = published.isoformat() if published else ""
    if not (meaning.start and meaning.end and meaning.start < today < meaning.end):
        return meaning
    return meaning._replace(end=today) if part == "early" else meaning._replace(start=today)
