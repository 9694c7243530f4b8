"""The recogniser that decides at once sets the names that spaCy's own sets."""

from __future__ import annotations

from functools import cache

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from kg.annotate.model import MODEL, model
from kg.annotate.names import AtOnceRecognizer
from kg.files import seeds

WORDS = st.sampled_from(
    "Vladimir Putin the Bank of England said on Monday 12 March 2024 , \n . U.S. dollars 3 million per cent New York "
    "and first Kremlin FSB 's “ ” European Union 's war in Ukraine at 10 a.m. Mr Smith & Co. \n\n".split(" ")
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@cache
def _loaded() -> Language:
    return spacy.load(MODEL, exclude=["attribute_ruler", "lemmatizer"])


def _names(doc: Doc) -> list[tuple[str, str]]:
    return [(token.ent_iob_, token.ent_type_) for token in doc]


def _both(texts: list[str], batch: int) -> None:
    nlp = _loaded()
    theirs = nlp.get_pipe("ner")
    assert isinstance(theirs, EntityRecognizer)
    with nlp.select_pipes(disable=["ner"]):
        docs = list(nlp.pipe(texts))
    expected = [_names(doc) for doc in theirs.pipe((doc.copy() for doc in docs), batch_size=batch)]
    ours = AtOnceRecognizer(theirs)
    assert [_names(doc) for doc in ours.pipe((doc.copy() for doc in docs), batch_size=batch)] == expected
    assert [_names(ours(doc)) for doc in docs] == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_the_same_for_odd_words(texts: list[str]) -> None:
    _both(texts, 3)


def test_the_same_for_news() -> None:
    _both([path.read_text(encoding="utf-8") for path in sorted((seeds() / "news").glob("*.txt"))], 16)


def test_nothing_to_read() -> None:
    _both(["", "\n", ""], 16)


def test_it_is_in_use() -> None:
    assert isinstance(model().get_pipe("ner"), AtOnceRecognizer)
