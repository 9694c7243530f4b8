"""The lemmatizer that remembers gives what spaCy's own gives; and words of several documents are those of one."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import IDX, LENGTH, NORM, ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.lemmas import RememberingLemmatizer
from kg.annotate.model import MODEL, model
from kg.annotate.parse import _merged
from kg.files import seeds

WORDS = st.sampled_from(
    "He was leaving left leaves better the best men 's they 're Banks banks banking THE lay laid lying data 85m Ünal "
    "mice ran running dogged saw sawn \n … “ gonna".split(" ")
)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


@cache
def _loaded() -> Language:
    return spacy.load(MODEL, exclude=["ner"])


def _both(text: str) -> None:
    theirs = _loaded()
    plain: Any = theirs.get_pipe("lemmatizer")
    with theirs.select_pipes(disable=["lemmatizer"]):
        one = theirs(text)
    other = one.copy()
    lemmas = [token.lemma_ for token in plain(one)]
    remembering = RememberingLemmatizer(plain)
    assert [token.lemma_ for token in remembering(other.copy())] == lemmas
    assert [token.lemma_ for token in remembering(other)] == lemmas  # now remembered


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_the_same_for_odd_words(text: str) -> None:
    _both(text)


def test_the_same_for_news_and_for_nothing() -> None:
    for path in sorted((seeds() / "news").glob("*.txt")):
        _both(path.read_text(encoding="utf-8"))
    _both("")


def test_what_is_remembered_outlives_the_memory_of_the_model() -> None:
    for _ in range(2):
        with model().memory_zone():
            assert [token.lemma_ for token in model()("Quxlings were zorbing.")][-2] == "zorbe"


def test_it_is_in_use() -> None:
    assert isinstance(dict(model()._components)["lemmatizer"], RememberingLemmatizer)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_documents_are_merged_as_spacy_does(texts: list[str]) -> None:
    nlp = model()
    theirs = Doc.from_docs([nlp.make_doc(text) for text in texts], ensure_whitespace=False)
    assert theirs is not None
    ours = _merged([nlp.make_doc(text) for text in texts])
    wanted = [ORTH, SPACY, NORM, IDX, LENGTH]
    assert ours.to_array(wanted).tolist() == theirs.to_array(wanted).tolist()
    assert ours.text == theirs.text
