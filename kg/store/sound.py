"""What must hold within one reading, and between the comparison and the readings, whatever they say.

Each check is a function that yields a `Failure` for whatever does not hold; `READING_CHECKS` is the list of them.
Of a reading that is kept without its text, spans are checked as far as that can be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Comparison, Reading, Side, Span


class Failure(NamedTuple):
    """What does not hold, and where: an article's id (or the graph's folder) and an offset in its text."""

    place: str
    offset: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.place}:{self.offset}: {self.what}" if self.offset is not None else f"{self.place}: {self.what}"


@dataclass(slots=True)
class Known:
    """What the readings seen so far hold, by IRI; `texts` are "" where a text is not kept."""

    texts: dict[str, str] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)

    def add(self, reading: Reading) -> None:
        article = reading.article
        self.texts[article.iri] = article.text
        self.ids[article.iri] = article.id
        for layer in (reading.entities, reading.events, reading.relations, reading.attributions):
            self.things.update(thing.iri for thing in layer)


def reading_failures(reading: Reading) -> Iterator[Failure]:
    """All that is wrong within a reading."""
    for check in READING_CHECKS:
        yield from check(reading)


def comparison_failures(comparison: Comparison, known: Known, place: str) -> Iterator[Failure]:
    """All that is wrong between the comparison and the readings. `place` names the graph."""
    for cluster in comparison.clusters:
        for iri in set(cluster.members) - known.things:
            yield Failure(place, None, f"the cluster {cluster.iri} unites {iri}, which no article has")
    for link in comparison.links:
        for iri in sorted({*link.attributions, *link.events} - known.things):
            yield Failure(place, None, f"the link {link.iri} rests on {iri}, which no article has")
    sides = (side for one in comparison.disagreements for side in one.sides)
    for side in (*sides, *(side for omission in comparison.omissions for side in omission.sides)):
        yield from _side(side, known, place)


def _side(side: Side, known: Known, place: str) -> Iterator[Failure]:
    text = known.texts.get(side.article)
    if text is None:
        yield Failure(place, None, f"a side of a disagreement is of the article {side.article}, which is not here")
    elif text and (side.span.of(text) != side.quote if side.quote else side.span.end > len(text)):
        yield Failure(known.ids[side.article], side.span.start, f"the text has no {side.quote!r} here, as a side says")
    if side.attribution and side.attribution not in known.things:
        yield Failure(place, None, f"a side rests on {side.attribution}, which no article has")


# --- one reading -------------------------------------------------------------------------------------------


def _spans(reading: Reading) -> Iterator[Failure]:
    """Every span lies within the text and is not empty."""
    length = len(reading.article.text)
    for what, span in _all_spans(reading):
        if not 0 <= span.start < span.end:
            yield Failure(reading.article.id, span.start, f"{what} ends at {span.end}, before it has begun")
        elif length and span.end > length:
            yield Failure(reading.article.id, span.start, f"{what} ends at {span.end}, the text at {length}")


def _all_spans(reading: Reading) -> Iterator[tuple[str, Span]]:
    yield from (("a block", block.span) for block in reading.article.blocks)
    yield from (("a sentence", span) for span in reading.sentences)
    yield from (("a time expression", time.span) for time in reading.times)
    for mention in reading.mentions:
        yield from (("a mention", mention.span), ("a mention's head", mention.head))
    for event in reading.events:
        yield "an event's word", event.trigger
        for role in event.roles:
            yield from ((f"a {role.name}", role.span), (f"a {role.name}'s head", role.head))
    for relation in reading.relations:
        yield from (("a relation", span) for span in (relation.span, relation.subject_span, relation.object_span))
    for attribution in reading.attributions:
        yield from (("a cue", span) for span in (attribution.cue,) if span)
        yield from (("a source", span) for span in (attribution.source.span,) if span)
        yield from (("what is said", span) for span in attribution.content)
        yield from (("a verbatim quote", span) for span in attribution.verbatim)


def _chains(reading: Reading) -> Iterator[Failure]:
    """Every attribution is relayed, by however many others, by the article's own voice, which has no cue."""
    by_iri = {attribution.iri: attribution for attribution in reading.attributions}
    for attribution in reading.attributions:
        seen, above = {attribution.iri}, attribution
        while above.parent is not None and above.parent in by_iri and above.parent not in seen:
            seen.add(above.parent)
            above = by_iri[above.parent]
        if above.parent is not None:
            ends = "runs in a circle" if above.parent in by_iri else f"breaks at {above.parent}"
            offset = attribution.cue.start if attribution.cue else None
            yield Failure(
                reading.article.id, offset, f"the chain of {attribution.iri} never reaches the article: it {ends}"
            )
        elif above.cue is not None:
            yield Failure(reading.article.id, above.cue.start, f"{above.iri} has a cue, and nobody who relays it")


def _said(reading: Reading) -> Iterator[Failure]:
    """Every event and relation is what somebody says, and nothing else is said."""
    places = {event.iri: event.trigger for event in reading.events}
    places |= {relation.iri: relation.span for relation in reading.relations}
    said = {iri for one in reading.attributions for iri in (*one.events, *one.relations)}
    for iri in sorted(places.keys() - said):
        yield Failure(reading.article.id, places[iri].start, f"nobody says {iri}")
    for iri in sorted(said - places.keys()):
        yield Failure(reading.article.id, None, f"somebody says {iri}, which the article does not have")


def _fillers(reading: Reading) -> Iterator[Failure]:
    """Whoever is mentioned, takes part or speaks is known."""
    entities = {entity.iri for entity in reading.entities}
    events = {event.iri for event in reading.events}
    for iri, span in _named(reading):
        if iri not in entities:
            yield Failure(
                reading.article.id, span.start if span else None, f"nothing is known of {iri}, which stands here"
            )
    for event in reading.events:
        for role in event.roles:
            if role.event and role.event not in events:
                yield Failure(reading.article.id, role.span.start, f"no event is {role.event}, which fills a role here")


def _named(reading: Reading) -> Iterable[tuple[str, Span | None]]:
    yield from ((mention.entity, mention.span) for mention in reading.mentions)
    yield from ((role.entity, role.span) for event in reading.events for role in event.roles if role.entity)
    for relation in reading.relations:
        yield relation.subject, relation.subject_span
        if relation.object:
            yield relation.object, relation.object_span


READING_CHECKS = (_spans, _chains, _said, _fillers)
