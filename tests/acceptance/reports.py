"""The two real reports, read once a test run, and small questions to ask of them.

The reports are other people's text: they stand outside the project, and the tests that ask about them say so
and are skipped where they are missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.compare import compare
from kg.identify import identify
from kg.model import Article, Attribution, Corpus, Entity, Event, Reading
from kg.pipeline import read_articles
from kg.read import read

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "seeds"
REFERENCE = FOLDER.parent / "reference" / "checked_qids.csv"

needs_reports = pytest.mark.skipif(not FOLDER.is_dir(), reason="the two real reports (../shared/seeds) are not here")


@cache
def corpus() -> Corpus:
    articles = [item for item in read([FOLDER]) if isinstance(item, Article)]
    readings = sorted(read_articles(articles), key=lambda reading: reading.article.iri)
    return Corpus(readings=readings, comparison=compare(readings, identify(readings)))


def first() -> Reading:
    """The report of the radio."""
    return _by_id("000_")


def second() -> Reading:
    """The report of the daily."""
    return _by_id("004_")


def _by_id(prefix: str) -> Reading:
    return next(reading for reading in corpus().readings if reading.article.id.startswith(prefix))


def quote(reading: Reading, event: Event) -> str:
    return event.trigger.of(reading.article.text)


def sentence(reading: Reading, event: Event) -> str:
    return reading.sentences[event.sentence].of(reading.article.text)


def events(reading: Reading, words: str, *, lemma: str | None = None, kind: str | None = None) -> list[Event]:
    """Events of one kind or lemma whose sentence contains the words."""
    return [
        event
        for event in reading.events
        if words in sentence(reading, event)
        and (lemma is None or event.lemma == lemma)
        and (kind is None or event.kind == kind)
    ]


def entities(reading: Reading, text: str) -> list[Entity]:
    """The entities that mentions with exactly this text denote."""
    known = {entity.iri: entity for entity in reading.entities}
    return [known[m.entity] for m in reading.mentions if m.span.of(reading.article.text) == text]


def labels(reading: Reading, event: Event, role: str) -> set[str]:
    """The labels of the entities that fill a role; a group counts as itself and its members."""
    known = {entity.iri: entity for entity in reading.entities}
    found = {known[r.entity].iri for r in event.roles if r.name == role and r.entity}
    found |= {member for iri in found for member in known[iri].members}
    return {known[iri].label for iri in found if iri in known}


def chain(reading: Reading, event: Event) -> list[str]:
    """Who says so, outermost first: the labels of the sources above an event."""
    return [attribution.source.label for attribution in reversed(list(_up(reading, holder(reading, event))))]


def holder(reading: Reading, event: Event) -> Attribution:
    return next(attribution for attribution in reading.attributions if event.iri in attribution.events)


def _up(reading: Reading, attribution: Attribution) -> Iterator[Attribution]:
    known = {a.iri: a for a in reading.attributions}
    while True:
        yield attribution
        if attribution.parent is None:
            return
        attribution = known[attribution.parent]
