"""Verbs of headlines In Title Case, which a parser of sentences takes for plurals."""

from __future__ import annotations

import pytest

from kg.annotate import annotate
from kg.model import Reading
from kg.read import clean_article

BODY = "\n\nThe government said on Monday that the decision had been taken after a long debate.\n"


@pytest.mark.parametrize(("headline", "verbs"), [
    ("Trump Fires Security Adviser, Threatens Tariffs on Canada", ["Fires", "Threatens"]),
    ("Judge Orders Release of Detained Student", ["Orders"]),
    ("Exclusive: Bank Fires Traders Over Messages", ["Fires"]),
    ("Hungary Blocks EU Aid Package as Orban Rejects Brussels Demands", ["Blocks", "Rejects"]),
    ("U.S. Arms Sales to Taiwan: A Short History", []),
    ("Inside the Trump Tax Returns Scandal", []),
    ("Boeing Safety Checks Backlog Grows", ["Grows"]),
])  # fmt: skip
def test_verbs(headline: str, verbs: list[str]) -> None:
    reading = annotate(Reading(article=clean_article(headline + BODY, id="case")))
    finite = [t for t in reading.parse.tokens if t.tag == "VBZ" and t.end <= len(headline) and t.dep != "ccomp"]
    assert [headline[t.start : t.end] for t in finite] == verbs


def test_a_mended_headline_is_a_tree() -> None:
    headline = "Trump Fires Security Adviser, Threatens Tariffs on Canada"
    reading = annotate(Reading(article=clean_article(headline + BODY, id="case")))
    tokens = reading.parse.tokens
    relations = {t.text: (t.dep, tokens[t.head].text) for t in tokens[:8]}
    assert relations["Trump"] == ("nsubj", "fires")
    assert relations["adviser"] == ("dobj", "fires")
    assert relations["threatens"] == ("conj", "fires")
