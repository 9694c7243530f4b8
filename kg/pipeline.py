"""The pipeline: the order of the steps stands here and nowhere else.

read -> annotate -> resolve -> extract -> attribute      per article, pure
identify -> compare                                      across articles
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotate import annotate, annotate_all
from kg.attribute import attribute
from kg.errors import PipelineError
from kg.extract import extract
from kg.model import Article, Parse, Reading, Step
from kg.resolve import resolve

ANNOTATE = Step(name="annotate", run=annotate, needs=("article",), adds=("parse", "sentences", "times"))

STEPS: tuple[Step, ...] = (
    ANNOTATE,
    Step(name="resolve", run=resolve, needs=("parse", "times"), adds=("mentions", "entities")),
    Step(
        name="extract",
        run=extract,
        needs=("parse", "times", "mentions", "entities"),
        adds=("events", "relations"),
    ),
    Step(
        name="attribute",
        run=attribute,
        needs=("parse", "mentions", "entities", "events", "relations"),
        adds=("attributions",),
    ),
)


def check_order(steps: Iterable[Step]) -> None:
    """Raise `PipelineError` when a step needs a layer that no earlier step adds."""
    have = {"article"}
    for step in steps:
        missing = sorted(set(step.needs) - have)
        if missing:
            raise PipelineError(f"step {step.name} needs {', '.join(missing)}, which no step before it adds")
        have.update(step.adds)


def read_articles(articles: Iterable[Article], *, keep_parse: bool = False) -> Iterator[Reading]:
    """Articles through all steps, in order. The parse is batched; every other step is per article."""
    for reading in annotate_all(Reading(article=article) for article in articles):
        yield finish(reading, keep_parse=keep_parse)


def finish(reading: Reading, *, keep_parse: bool = False) -> Reading:
    """All steps after annotate."""
    for step in STEPS:
        if step is not ANNOTATE:
            reading = step(reading)
    return reading if keep_parse else replace(reading, parse=Parse())
