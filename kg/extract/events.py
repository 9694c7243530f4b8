"""Triggers and their arguments as `Event`s: IRIs minted, roles filled, dates attached."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.arguments import Classes, fillers
from kg.extract.dates import date_event
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.syntax import phrase, relativizer
from kg.extract.triggers import Trigger, triggers
from kg.ids import within
from kg.model import Event, Mention, Parse, Reading, Role, Span, TimeExpression

SIDES = frozenset({"side", "camp"})


def extract_events(reading: Reading) -> Reading:
    """The reading with its `events`."""
    words = lexicon()
    found = triggers(reading, words)
    parse = reading.parse
    spans = [trigger.span(parse) for trigger in found]
    iris = {}
    for trigger, span in zip(found, spans, strict=True):
        iri = within(reading.article.iri, "event", span.start, span.end, trigger.kind)
        iris[trigger.head] = iri
        iris.update(dict.fromkeys(trigger.hosts, iri))
    classes = Classes(reading, (trigger.head for trigger in found))
    mentions = mentions_by_head(reading)
    times = _times_by_sentence(reading)
    events = []
    for trigger, span in zip(found, spans, strict=True):
        here = times.get(parse.tokens[trigger.head].sentence, ())
        events.append(_event(trigger, span, reading, iris, mentions, classes, words, here))
    return replace(reading, events=tuple(events))


def _times_by_sentence(reading: Reading) -> dict[int, list[TimeExpression]]:
    """The time expressions of each sentence, or after its end; the others date nothing in it."""
    parse = reading.parse
    starts = [parse.tokens[first].start for first, _ in parse.sentences]
    found: dict[int, list[TimeExpression]] = {}
    for time in reading.times:
        found.setdefault(bisect_right(starts, time.span.start) - 1, []).append(time)
    return found


def mentions_by_head(reading: Reading) -> dict[int, Mention]:
    """The widest mention for each end of a head word."""
    found: dict[int, Mention] = {}
    for mention in reading.mentions:
        known = found.get(mention.head.end)
        if known is None or mention.span.start < known.span.start:
            found[mention.head.end] = mention
    return found


def _event(
    trigger: Trigger, span: Span, reading: Reading, iris: dict[int, str], mentions: dict[int, Mention],
    classes: Classes, words: Lexicon, times: Sequence[TimeExpression],
) -> Event:  # fmt: skip
    parse = reading.parse
    own = iris[trigger.head]
    roles: dict[tuple[str, Span], Role] = {}
    taken: set[int] = set()
    for role, head in fillers(trigger.arguments, trigger.frame, trigger.sense, classes):
        if head in trigger.words or head in taken or iris.get(head) == own:
            continue
        taken.add(head)
        filled = _role(role, head, parse, mentions, iris.get(head), relativizer(parse, trigger.head, head))
        roles.setdefault((role, filled.head), filled)
    date = date_event(trigger.head, parse, times, reading.article)
    return Event(
        iri=own, kind=trigger.kind, lemma=trigger.lemma, trigger=span,
        sentence=parse.tokens[trigger.head].sentence, plover=words.plover(trigger.kind),
        roles=tuple(sorted(roles.values(), key=lambda r: (r.head.start, r.name))),
        time=date.value, start=date.start, end=date.end, time_basis=date.basis,
    )


def _role(
    name: str, head: int, parse: Parse, mentions: dict[int, Mention], event: str | None, pronoun: int | None
) -> Role:
    """The role filled by token `head`. A relative pronoun that denotes an entity is its own evidence: it stands
    in the clause itself, and its mention says who "who" is."""
    if pronoun is not None and parse.tokens[pronoun].end in mentions:
        head = pronoun
    token = parse.tokens[head]
    mention = mentions.get(token.end) or _side_of(parse, head, mentions)
    span = phrase(parse, head)
    if mention and mention.form == "name" and mention.span.start < span.start:
        span = Span(mention.span.start, span.end)  # "and" inside a name joins nothing
    if mention and parse.tokens[head - 1].tag == "HYPH" and span.start <= mention.span.start <= token.start:
        span = Span(mention.span.start, span.end)  # the second of two names joined by a hyphen
    return Role(
        name=name, span=span, head=Span(token.start, token.end),
        entity=mention.entity if mention else None, event=event,
    )


def _side_of(parse: Parse, head: int, mentions: dict[int, Mention]) -> Mention | None:
    """ "the Russian side" is Russia: nouns that say only that somebody is a party."""
    if parse.tokens[head].lemma not in SIDES:
        return None
    before = (mentions.get(parse.tokens[c].end) for c in parse.children[head] if c < head)
    return next(filter(None, before), None)


class _Events:
    """Events of the lexicon, and all others under the type "Event"."""

    name = "events"

    def extract(self, reading: Reading) -> Reading:
        return extract_events(reading)


EXTRACTOR = _Events()
