"""Golden cases of factuality: how its innermost source presents the event in brackets."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.annotate import annotate
from kg.attribute import attribute
from kg.model import Event, Reading, Span
from kg.read import clean_article

CASES = Path(__file__).parent.parent / "cases" / "attribute-factuality" / "cases.tsv"


def load() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


@pytest.mark.parametrize("case", load(), ids=lambda case: case["sentence"])
def test_presented(case: dict[str, str]) -> None:
    marked = case["sentence"]
    start = marked.index("[")
    event = Event(iri="event", kind="Event", lemma="", trigger=Span(start, marked.index("]") - 1), sentence=0)
    article = clean_article(marked.replace("[", "").replace("]", ""), id="case")
    reading = annotate(Reading(article=article))
    (found,) = attribute(
        Reading(article=article, parse=reading.parse, sentences=reading.sentences, times=reading.times, events=(event,))
    ).events
    assert (found.polarity, found.realis, found.certainty) == (case["polarity"], case["realis"], case["certainty"])
