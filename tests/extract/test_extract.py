"""Properties that hold for everything extracted, and what coverage lists."""

from __future__ import annotations

from dataclasses import replace

from kg.extract import coverage, extract
from kg.ids import within
from kg.model import Parse, Reading
from kg.pipeline import read_articles
from kg.read.article import clean_article

TEXT = (
    "The FSB detained two men who were planning an attack in St. Petersburg, the Kremlin said on Sunday.\n"
    "Quite a day!\n"
    "***\n"
    "Merkel had a meeting with Macron, and France, Spain and Italy signed the \"treaty\" "
    "that Russia’s president rejected.\n"
)


def read(text: str, *, keep_parse: bool = False) -> Reading:
    return next(iter(read_articles([clean_article(text, id="x")], keep_parse=keep_parse)))


def test_spans_and_ids_are_sound() -> None:
    reading = read(TEXT)
    events = {event.iri: event for event in reading.events}
    assert len(events) == len(reading.events)
    entities = {entity.iri for entity in reading.entities}
    for event in reading.events:
        span = event.trigger
        assert event.iri == within(reading.article.iri, "event", span.start, span.end, event.kind)
        assert reading.sentences[event.sentence].covers(span)
        assert len({(role.name, role.head) for role in event.roles}) == len(event.roles)
        for role in event.roles:
            assert role.span.covers(role.head)
            assert role.event != event.iri
            assert role.event is None or role.event in events
            assert role.entity is None or role.entity in entities
    for relation in reading.relations:
        assert relation.span.covers(relation.subject_span)
        assert relation.span.covers(relation.object_span)
        assert relation.subject in entities


def test_extracting_twice_changes_nothing() -> None:
    reading = read(TEXT, keep_parse=True)
    bare = replace(reading, events=(), relations=(), attributions=())
    assert extract(bare) == extract(bare)


def test_coverage_lists_sentences_that_yield_nothing() -> None:
    reading = read(TEXT)
    assert [span.of(reading.article.text) for span in coverage(reading)] == ["Quite a day!"]


def test_an_article_without_prose_yields_nothing() -> None:
    reading = extract(Reading(article=clean_article("", id="x"), parse=Parse()))
    assert reading.events == ()
    assert reading.relations == ()
