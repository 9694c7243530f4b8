"""Quicker layers give what spaCy's own give; those that remember words, the same to the last digit whatever was met
before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from thinc.api import use_ops

from kg.annotate import vectors
from kg.annotate.model import MODEL, model
from kg.files import seeds

WORDS = st.sampled_from("Putin thanked the CIA for 85m tips . “ \n ’ll Ünal St. is IS Is 1,000 … ships".split(" "))
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=5)


@cache
def _loaded() -> Language:
    with use_ops("numpy", use_blis=False):  # as we load it: only of this product is a row the same in any company
        return spacy.load(MODEL, enable=["tok2vec", "ner"])


def _layers(nlp: Language) -> list[Any]:
    """All of them: for the tagger and the parser, and for the names."""
    nodes = (node for name in ("tok2vec", "ner") for node in _model(nlp, name).walk())
    return [layer for node in nodes for layer in node.layers]


@cache
def _embeddings() -> list[Any]:
    return [layer for layer in _layers(_loaded()) if vectors.looks_at_words(layer)]


def _model(nlp: Language, name: str) -> Any:
    pipe: Any = nlp.get_pipe(name)
    return pipe.model


def _like(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return all(a.shape == b.shape and np.allclose(a, b, atol=1e-5) for a, b in zip(one, other, strict=True))


def _same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_each_that_can_be_is_quicker() -> None:
    names = [layer.name for layer in _layers(model())]
    assert names.count("remembered") == names.count("windows") == 2


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(0, 9))
def test_words_and_those_beside_them(rows: int, seed: int) -> None:
    beside = [layer for layer in _layers(_loaded()) if vectors.looks_beside(layer)]
    assert len(beside) == 2
    for layer in beside:
        given_ = np.random.default_rng(seed).standard_normal((rows, layer.get_dim("nO")), dtype=np.float32)
        kept = given_.copy()
        assert _like([vectors.at_once(layer).predict(given_)], [layer.predict(given_)])
        assert np.array_equal(given_, kept)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_what_was_met_before_changes_nothing(batches: list[list[str]]) -> None:
    for embed in _embeddings():
        one, other = vectors.remembering(embed), vectors.remembering(embed)
        other.predict([_loaded().make_doc(text) for text in _news()])
        for batch in batches:
            docs = [_loaded().make_doc(text) for text in batch]
            assert _same(one.predict(docs), other.predict(docs))
            assert _like(one.predict(docs), embed.predict(docs))


def test_more_words_are_met_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_MOST", 40)
    docs = [_loaded().make_doc(text) for text in _news()]
    for embed in _embeddings():
        remembering = vectors.remembering(embed)
        for doc in (*docs, *docs):
            assert _like(remembering.predict([doc]), embed.predict([doc]))
        words = {tuple(row) for row in docs[-1].to_array(embed.layers[0].attrs["columns"]).tolist()}
        assert len(remembering.attrs["known"].places) <= 40 + len(words)


def _news() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((seeds() / "news").glob("*.txt"))]
