"""The ruler that remembers sets what spaCy's own ruler sets."""

from __future__ import annotations

from functools import cache

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from kg.annotate.model import MODEL, model
from kg.annotate.ruler import RememberingRuler
from kg.files import seeds

WORDS = st.sampled_from(
    "Let 's go I 'm gon na do it ai n't got ta say y' all C'm on There were is two of them had which that \n  “ ”"
    " nothin' its mine better than Ivanov , who has been here not once 're to be well".split(" ")
)


def _attributes(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.tag_, token.pos_, token.lemma_, str(token.morph), token.dep_) for token in doc]


@cache
def _loaded() -> Language:
    return spacy.load(MODEL, exclude=["ner", "lemmatizer"])


def _both(text: str) -> None:
    theirs = _loaded()
    plain = theirs.get_pipe("attribute_ruler")
    assert isinstance(plain, AttributeRuler)
    with theirs.select_pipes(disable=["attribute_ruler"]):
        one = theirs(text)
    other = one.copy()
    assert _attributes(RememberingRuler(plain)(other)) == _attributes(plain(one))


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_the_same_for_odd_words(text: str) -> None:
    _both(text)


def test_the_same_for_news() -> None:
    for path in sorted((seeds() / "news").glob("*.txt")):
        _both(path.read_text(encoding="utf-8"))


def test_it_is_in_use() -> None:
    assert isinstance(model().get_pipe("attribute_ruler"), RememberingRuler)
