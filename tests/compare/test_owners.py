"""Who acts in one claim and is acted on in the other: two owners of two things, unless each is said to have done it."""

from __future__ import annotations

import pytest

from kg.compare.claims import corpus_claims
from kg.compare.disagreements import differing
from kg.identify import identify
from kg.pipeline import read_articles
from kg.read import clean_article


def types(lemma: str, *texts: str) -> set[str]:
    """The types of disagreement between the claims of one verb, taken for one event."""
    readings = tuple(read_articles(clean_article(text, id=text[:9], published="2016-01-11") for text in texts))
    by_thing = corpus_claims(readings, identify(readings)).by_thing
    told = [claim for claims in by_thing.values() for claim in claims if claim.event.lemma == lemma]
    assert len(told) == len(texts)
    return {found.type for found in differing(told[0].about, told)}


@pytest.mark.parametrize(
    ("lemma", "first", "second", "differ"),
    [
        ("own", "Microsoft, which is owned by Barclays, grew.", "The yard is owned by Microsoft.", False),
        ("own", "Microsoft is owned by Barclays.", "Britain says Microsoft is owned by Siemens.", True),
        ("attack", "Israel attacked Syria on Sunday.", "On Sunday Syria attacked Israel.", True),
    ],
)
def test_owners(lemma: str, first: str, second: str, *, differ: bool) -> None:
    assert ("actor" in types(lemma, first, second)) is differ
