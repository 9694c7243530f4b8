"""The date of an event: its own time expression, else a bound from the tense and the article's date.

An expression belongs to the first verb or noun of the parse that it can date, climbing from it: in "Putin, who
arrived on Monday, called on Sunday" the Monday stays with the arrival. A noun takes over the date of a verb that
only says that it took place ("the call was held on Sunday", "made a call on Sunday").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kg.annotate.tree import direction, token_at
from kg.model import Article, Parse, TimeExpression, Token

# verbs that only say that their subject, or their object, took place
_HAPPENING = frozenset(
    "take happen occur come begin start open resume commence follow end last hold conduct make have give launch stage "
    "carry".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "nsubjpass"})
_VERBS = frozenset({"VERB", "AUX"})
# verbs whose object is dated by "for" and "during" ("plan an attack for Friday"), they themselves are not
_PLANNING = frozenset(
    "plan schedule set expect slate prepare plot organize organise foil prevent thwart avert intend due".split()
)
_AIMED = frozenset({"for", "during"})
_PRENOMINAL = frozenset({"compound", "poss", "nummod", "amod", "nmod"})
_AT_AN_EVENT = frozenset({"in", "during", "at", "on"})  # "in the December 29 call they discussed"
_ORDER: dict[str, int] = {"TIME": 0, "DATE": 1, "DURATION": 2}


class EventDate(NamedTuple):
    """When an event takes place, as far as the article says.

    `value` is the TIMEX3 value of its own expression (None without one); `start` and `end` are ISO dates or
    date-times of the half-open interval, either None where unbounded; `basis` is "stated", "not-after" (past
    tense: before the article's day ends), "not-before" (future: from the article's day on) or "" (unknown).
    """

    value: str | None = None
    start: str | None = None
    end: str | None = None
    basis: str = ""


def date_event(trigger: int, parse: Parse, times: Sequence[TimeExpression], article: Article) -> EventDate:
    """The date of the event whose trigger is token `trigger` of `parse`; `times` are the reading's."""
    own = own_time(trigger, parse, times)
    if own and (own.type != "DURATION" or own.start):
        return EventDate(own.value, own.start, own.end, "stated")
    return _bound(trigger, parse, article)


def own_time(trigger: int, parse: Parse, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The expression that says when the event takes place, or for how long: the nearest of the most exact ones."""
    first, last = parse.sentences[parse.tokens[trigger].sentence]
    start, end = parse.tokens[first].start, parse.tokens[last].end
    here = [time for time in times if start <= time.span.start < end and time.type != "SET" and time.value]
    for owner in _owners(trigger, parse) if here else ():
        if own := [time for time in here if _attached(time, owner, parse, owner == trigger)]:
            return min(own, key=lambda time: (_ORDER[time.type], time.start is None, _distance(time, owner, parse)))
    return None


def _owners(trigger: int, parse: Parse) -> Iterator[int]:
    """The trigger, then the verbs whose date is its date too."""
    token = parse.tokens[trigger]
    yield trigger
    head = parse.tokens[token.head]
    if token.pos in _VERBS:
        if token.dep == "conj" and head.pos in _VERBS and not _has_subject(trigger, parse):
            yield head.i
        return
    if head.lemma in _HAPPENING | _PLANNING and head.pos in _VERBS and token.dep in _SUBJECTS | _OBJECTS:
        yield head.i
    for child in parse.children[trigger]:  # "attacks planned for New Year's Eve", "a summit that opens on Friday"
        clause = parse.tokens[child]
        if clause.lemma in _HAPPENING | _PLANNING and (clause.dep == "acl" or _is_said_of(trigger, child, parse)):
            yield child


def _is_said_of(noun: int, clause: int, parse: Parse) -> bool:
    """Whether the noun is what a relative clause says takes place."""
    subjects = (parse.tokens[c] for c in parse.children[clause] if parse.tokens[c].dep in _SUBJECTS)
    return parse.tokens[clause].dep == "relcl" and any(token.tag in {"WDT", "WP"} for token in subjects)


def _has_subject(verb: int, parse: Parse) -> bool:
    return any(parse.tokens[child].dep in _SUBJECTS for child in parse.children[verb])


def _attached(time: TimeExpression, owner: int, parse: Parse, is_trigger: bool) -> bool:
    """Whether climbing from the expression reaches the owner before anything else that it could date."""
    tokens = parse.tokens
    path = [tokens[_head(time, parse)]]
    while path[-1].i != owner:
        token = path[-1]
        governor = tokens[token.head]
        if governor.i == token.i or (governor.pos in _VERBS and governor.i != owner):
            return False
        path.append(governor)
    if is_trigger and time.anchor == "published" and _is_the_verb_s(path, parse):
        return False
    below = path[-2] if len(path) > 1 else path[0]
    if tokens[owner].lemma in _PLANNING and tokens[owner].pos in _VERBS:
        return is_trigger != any(token.text.lower() in _AIMED for token in path[:-1])
    if len(path) > 2 and path[0].dep in _PRENOMINAL:  # "Friday's attack": no other noun's date
        return tokens[owner].pos in _VERBS and len(path) == 4 and path[2].text.lower() in _AT_AN_EVENT
    return below.dep not in _SUBJECTS or tokens[owner].pos not in _VERBS


def _is_the_verb_s(path: list[Token], parse: Parse) -> bool:
    """"confirmed the call on Monday": a day of late says when the verb's event was, not when its object's was."""
    noun = path[-1]
    verb = parse.tokens[noun.head]
    return (
        len(path) == 3 and path[1].text.lower() == "on" and noun.dep == "dobj"
        and verb.pos in _VERBS and verb.lemma not in _HAPPENING | _PLANNING
    )


def _head(time: TimeExpression, parse: Parse) -> int:
    """The expression's highest token: the one whose governor is outside it."""
    first, last = token_at(parse, time.span.start), token_at(parse, time.span.end - 1)
    return next((i for i in range(first, last + 1) if not first <= parse.tokens[i].head <= last), first)


def _distance(time: TimeExpression, owner: int, parse: Parse) -> int:
    return abs(token_at(parse, time.span.start) - owner)


def _bound(trigger: int, parse: Parse, article: Article) -> EventDate:
    """Past tense: not after the article's day; looking ahead: not before it. A noun's tense is nobody's."""
    day = _day(article.published)
    if day is None or parse.tokens[trigger].pos not in _VERBS:
        return EventDate()
    way = direction(trigger, parse)
    if way == 0 and _in_headline(trigger, parse, article):
        way = -1  # headlines tell the past in the present
    if way < 0:
        return EventDate(end=(day + timedelta(days=1)).isoformat(), basis="not-after")
    return EventDate(start=day.isoformat(), basis="not-before") if way > 0 else EventDate()


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _in_headline(trigger: int, parse: Parse, article: Article) -> bool:
    start = parse.tokens[trigger].start
    return any(block.kind == "headline" and block.span.start <= start < block.span.end for block in article.blocks)
