"""Golden cases of the extract step: `tests/cases/extract-*/`.

`text.txt` is the article, `expected.txt` all that is extracted from it, as `render` writes it. A change that is
meant is taken over by hand, line by line, so that every line has been read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Reading
from kg.pipeline import read_articles
from kg.read.article import clean_article

CASES = sorted((Path(__file__).parents[1] / "cases").glob("extract-*"))


def render(reading: Reading) -> list[str]:
    """Each sentence, then its events (type, trigger, roles; * where an event fills the role) and relations."""
    text = reading.article.text
    lines = []
    for number, sentence in enumerate(reading.sentences):
        lines.append(sentence.of(text))
        for event in (event for event in reading.events if event.sentence == number):
            roles = (f"{role.name}={role.span.of(text)}{'*' if role.event else ''}" for role in event.roles)
            lines.append("    " + " | ".join([event.kind, event.trigger.of(text), *roles]))
        for relation in (relation for relation in reading.relations if sentence.covers(relation.span)):
            ends = f"{relation.subject_span.of(text)} -> {relation.object_span.of(text)}"
            lines.append(f"    {relation.name}: {ends}")
    return lines


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_golden_case(case: Path) -> None:
    text = (case / "text.txt").read_text(encoding="utf-8")
    reading = next(iter(read_articles([clean_article(text, id=case.name)])))
    assert render(reading) == (case / "expected.txt").read_text(encoding="utf-8").splitlines()
