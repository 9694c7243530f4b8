"""An article's time expressions: the grammar, walked over its sentences and datelines in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from kg.annotate.time import clock, durations, rules
from kg.annotate.time.bounds import bounded
from kg.annotate.time.grammar import Meaning, Rule, Scene, matched, openings
from kg.annotate.time.modifiers import modified
from kg.annotate.time.periods import Period
from kg.annotate.time.words import Word, words
from kg.annotate.tree import direction, token_at
from kg.model import Reading, Span, TimeExpression

# a date that the parser may take for a sentence's end: "on Dec." | "31", "March" | "01, 2008"
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2}\b(?:\s*,?\s*\d{4}\b)?", re.I
)
_DATE_TAIL = 10  # characters that a date may go on after such a sentence
_DATE_LENGTH = 40  # characters, at most, that it has on either side of the end
_CONNECTORS = frozenset({",", "of", "in", "the", "on", "'s"})
_PUNCTUATION = frozenset({",", ".", "-", "–", "'s"})  # never begins an expression
_PREPOSITIONS = frozenset({"in", "during"})  # "in the morning": asked for by the rule, not of the expression
_AHEAD = 5  # words within which an expression has one of the lexicon
_LOOKING = {"since": -1, "until": 1, "till": 1, "by": 1}  # which way a preposition looks, where no verb tells
_TOP_LINES = 8  # where a dateline stands that the page's layout does not tell
_DATELINE = 60  # characters, at most, of a line that is only a dateline
_REACH = 5  # sentences that the last date told stays the anchor for "two days later"


@dataclass(frozen=True, slots=True)
class Found:
    """An expression: its words (both inclusive), its rule, the rule's values, and what it means."""

    first: int
    last: int
    rule: Rule
    groups: dict[str, str]
    meaning: Meaning


@cache
def _rules() -> dict[str, list[tuple[int, Rule]]]:
    """All rules by what they can begin with, each with its place in the order."""
    table = (*rules.RULES, *durations.RULES, *clock.RULES)
    order = {id(rule): place for place, rule in enumerate(table)}
    return {option: [(order[id(rule)], rule) for rule in found] for option, found in openings(table).items()}


@cache
def _clock_rules() -> frozenset[int]:
    return frozenset(id(rule) for rule in clock.RULES)


def time_expressions(reading: Reading) -> tuple[TimeExpression, ...]:
    """All time expressions of the prose and the datelines, in text order."""
    article = reading.article
    published = _day(article.published) or _told_by_datelines(reading)
    found: list[TimeExpression] = []
    narrative: Period | None = None
    since = 0
    for segment in _segments(reading):
        here = words(article.text, segment.start, segment.end)
        expressions = _expressions(here, Scene(here, 0, 0, published, narrative, lambda: 0), reading)
        found.extend(_timex(each, here) for each in bounded(expressions, here, published))
        told = [each.meaning.period for each in expressions if each.meaning.period and each.meaning.type != "SET"]
        narrative, since = (told[-1], 0) if told else (narrative, since + 1)
        if since > _REACH:
            narrative = None
    return tuple(found)


def parse_dateline(text: str) -> str | None:
    """The ISO date, or date and time to the minute, that a dateline of any usual form says; None without a full date.

    >>> parse_dateline("Posted December. 31, 2019 07:51, Updated December. 31, 2019 07:51")
    '2019-12-31T07:51'
    """
    here = words(text, 0, len(text))
    told = [found.meaning for found in _expressions(here, Scene(here, 0, 0, None, None, lambda: 0), None)]
    for at, meaning in enumerate(told):
        if meaning.anchor != "absolute" or not meaning.period or meaning.period.unit != "day":
            continue
        after = told[at + 1] if at + 1 < len(told) else None
        if meaning.type == "DATE" and after and after.granularity == "minute":
            return meaning.period.value + after.value[after.value.index("T") :]
        return meaning.value
    return None


def _day(iso: str | None) -> date | None:
    """The day of an article's date; None where that is no date that an article can have."""
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None
    return day if 1600 <= day.year <= 2400 else None


def _told_by_datelines(reading: Reading) -> date | None:
    """The day that a dateline tells: a block read as one, or one of the first lines that says little but a date."""
    text = reading.article.text
    blocks = [block.span.of(text) for block in reading.article.blocks if block.kind == "dateline"]
    lines = [line for line in text.split("\n", _TOP_LINES)[:_TOP_LINES] if len(line) <= _DATELINE]
    return next((_day(told) for line in (*blocks, *lines) if (told := parse_dateline(line))), None)


def _segments(reading: Reading) -> Iterator[Span]:
    """Sentences, and datelines, in text order; sentences that part a date are one."""
    text = reading.article.text
    datelines = (block.span for block in reading.article.blocks if block.kind == "dateline")
    spans = sorted({*reading.sentences, *datelines})
    held: Span | None = None
    for span in spans:
        if held and _parts_a_date(text, held, span):
            held = Span(held.start, span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _parts_a_date(text: str, one: Span, other: Span) -> bool:
    first, last = max(one.start, other.start - _DATE_LENGTH), min(other.end + _DATE_TAIL, other.start + _DATE_LENGTH)
    dates = _DATE.finditer(text, first, last)
    return any(date.start() < other.start < date.end() for date in dates)


def _expressions(here: Sequence[Word], scene: Scene, reading: Reading | None) -> list[Found]:
    """The expressions of one sentence, modifiers included, clock times on the sentence's own day."""
    found: list[Found] = []
    hopeful = {at for i, word in enumerate(here) if word.values for at in range(i - _AHEAD + 1, i + 1)}
    at = 0
    while at < len(here):
        each = _at(here, at, scene, reading) if at in hopeful else None
        at = each.last + 1 if each else at + 1
        if each is None:
            continue
        first, last, meaning = modified(each.first, each.last, each.meaning, here, scene.published)
        while found and found[-1].first >= first:  # "the early hours" + "of Monday" are one
            found.pop()
        first = max(first, found[-1].last + 1) if found else first
        each, at = replace(each, first=first, last=last, meaning=meaning), max(at, last + 1)
        if found and (both := _composed(found[-1], each, scene)):
            found.pop()
            each = both
        found.append(each)
        if each.meaning.period:
            scene = replace(scene, narrative=each.meaning.period)
    whole = [each for one in found if (each := _without_relation(one, here))]
    return [_on_its_day(each, found, scene) for each in whole]


def _composed(one: Found, other: Found, scene: Scene) -> Found | None:
    """'two days before' + 'Christmas' as one expression."""
    day = other.meaning.period
    if one.meaning.anchor != durations.RELATING or other.first != one.last + 1 or not day or day.unit != "day":
        return None
    meaning = durations.before_or_after(one.groups, scene, day.start)
    return replace(one, last=other.last, meaning=meaning) if meaning else None


def _without_relation(each: Found, here: Sequence[Word]) -> Found | None:
    """'two days' of 'two days before the vote'; nothing of 'the day before the vote'."""
    if each.meaning.anchor != durations.RELATING:
        return each
    if here[each.first].text == "the":
        return None
    return replace(each, last=each.last - 1, meaning=each.meaning._replace(anchor="none"))


def _at(here: Sequence[Word], at: int, scene: Scene, reading: Reading | None) -> Found | None:
    """The longest expression that begins at a word."""
    table = _rules()
    word = here[at]
    if word.text in _PUNCTUATION:
        return None
    candidates = {place: rule for option in (*word.values, word.text) for place, rule in table.get(option, ())}
    if not candidates:
        return None
    fits: list[tuple[int, int, Rule, dict[str, str]]] = []
    for place, rule in candidates.items():
        if found := matched(rule.items, here, at):
            fits.append((-found[0], place, rule, found[1]))
    for end, _, rule, groups in sorted(fits, key=lambda fit: fit[:2]):
        last = -end - 1
        while last > at and _leads_nowhere(here, last):
            last -= 1
        if meaning := rule.sense(groups, _scene(scene, at, last, reading)):
            first = at + (word.text in _PREPOSITIONS and id(rule) in _clock_rules())
            return Found(first, last, rule, groups, meaning)
    return None


def _leads_nowhere(here: Sequence[Word], last: int) -> bool:
    """Whether the last word is an optional item that nothing followed; a full stop stays with "Dec." alone."""
    text = here[last].text
    return text in _CONNECTORS or (text == "." and "MONTH" in here[last - 1].values)


def _scene(scene: Scene, first: int, last: int, reading: Reading | None) -> Scene:
    """The scene around words `first` to `last`, with what the parse says of them."""
    if reading is None or not reading.parse.tokens:
        return replace(scene, first=first, last=last)
    parse = reading.parse
    index = token_at(parse, scene.words[first].start)
    token = parse.tokens[index]
    plural = token.dep == "nummod" and parse.tokens[token.head].tag in {"NNS", "NNPS"}
    looking = _LOOKING.get(scene.words[first - 1].text, 0) if first else 0
    return replace(
        scene, first=first, last=last, direction=lambda: direction(index, parse) or looking, label=token.ner,
        tag=token.tag, counted=plural,
    )


def _on_its_day(each: Found, found: Iterable[Found], scene: Scene) -> Found:
    """A clock time or part of a day, on the day that its own sentence tells nearest to it."""
    if id(each.rule) not in _clock_rules() or "r" in each.groups:
        return each
    days = [
        other for other in found
        if other.meaning.period and other.meaning.period.unit == "day" and id(other.rule) not in _clock_rules()
    ]
    if not days:
        return each
    near = min(days, key=lambda other: (abs(other.first - each.first), other.first))
    here_then = replace(scene, first=each.first, last=each.last, narrative=near.meaning.period)
    meaning = each.rule.sense(each.groups, here_then)
    return replace(each, meaning=meaning or each.meaning)


def _timex(each: Found, here: Sequence[Word]) -> TimeExpression:
    meaning = each.meaning
    return TimeExpression(
        span=Span(here[each.first].start, here[each.last].end), value=meaning.value, type=meaning.type,
        start=meaning.start, end=meaning.end, granularity=meaning.granularity, anchor=meaning.anchor,
    )
