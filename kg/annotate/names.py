"""spaCy's entity recogniser, deciding for all words at once: the same names in a fraction of the time.

The recogniser goes through a text word by word and chooses an action at each: a name begins, goes on, ends, is this
word alone, or there is none (Lample et al. 2016; in BILUO actions). All that it sees of its own past is the name that
is open, so outside of names the action for a word depends on that word alone. Here the scores of all words are one
matrix product, and then all names that may have begun are followed side by side, a word at a time. spaCy takes the
global interpreter lock some hundred times a word, which is half of what its recogniser costs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

Places = NDArray[np.intp]  # of tokens, counted through all documents of a batch
Labels = NDArray[np.intp]  # by their number
Scores = NDArray[np.float32]
Name = tuple[int, int, str]  # first token in its document, the one after the last, label

_FEATURES = 3  # what a state is seen by: this word, the first of the open name, the one before this in it


class AtOnceRecognizer(EntityRecognizer):  # type: ignore[misc]  # compiled, so without types
    """A greedy recogniser made from another one, for documents in which no name is set yet."""

    def __init__(self, other: EntityRecognizer) -> None:
        super().__init__(other.vocab, other.model, other.name, other.moves, scorer=other.scorer)
        names = self.move_names
        self.known = [name[2:] for name in names if name.startswith("U-")]
        columns = {name: column for column, name in enumerate(names)}
        self.begin, self.inside, self.last, self.unit = (
            np.array([columns[f"{action}-{label}"] for label in self.known]) for action in "BILU"
        )

    def predict(self, docs: Sequence[Doc]) -> list[list[Name]]:
        """The names of each document."""
        if not any(map(len, docs)):
            return [[] for _ in docs]
        batch = _Batch(self, docs)
        starts, labels, alone = self._beginnings(batch)
        ends = np.where(alone, starts, self._ends(batch, starts, labels, ~alone))
        found = zip(starts.tolist(), (ends + 1).tolist(), (self.known[label] for label in labels), strict=True)
        return list(_by_document(found, docs))

    def set_annotations(self, docs: Sequence[Doc], names: Sequence[Sequence[Name]]) -> None:
        """Set the names, and of all other words that they are in none."""
        for doc, found in zip(docs, names, strict=True):
            doc.set_ents([Span(doc, *name) for name in found], default="outside")

    def _beginnings(self, batch: _Batch) -> tuple[Places, Labels, NDArray[np.bool_]]:
        """Words that would begin a name if none were open, with its label, and whether they are all of it."""
        scores = batch.scores(np.arange(batch.length))
        scores[:, self.inside] = scores[:, self.last] = -np.inf
        scores[np.ix_(batch.is_space | batch.closes, self.begin)] = -np.inf
        scores[np.ix_(batch.is_space, self.unit)] = -np.inf
        actions = scores.argmax(axis=1)
        alone = np.isin(actions, self.unit)
        places = np.flatnonzero(alone | np.isin(actions, self.begin))
        label_of = np.zeros(scores.shape[1], dtype=np.intp)
        label_of[self.begin] = label_of[self.unit] = np.arange(len(self.known))
        return places, label_of[actions[places]], alone[places]

    def _ends(self, batch: _Batch, starts: Places, labels: Labels, open_: NDArray[np.bool_]) -> Places:
        """The last word of each name that is open after its first."""
        ends = starts.copy()
        going = np.flatnonzero(open_)
        while going.size:
            ends[going] += 1
            here, label = ends[going], labels[going]
            scores = batch.scores(here, starts[going])
            rows = np.arange(going.size)
            goes_on = scores[rows, self.inside[label]] >= scores[rows, self.last[label]]
            going = going[goes_on & ~batch.closes[here]]
        return ends


class _Batch:
    """The words of some documents in one row, as the recogniser sees them. `closes` are the words after which no name
    goes on: the last of a sentence or a document."""

    def __init__(self, recognizer: EntityRecognizer, docs: Sequence[Doc]) -> None:
        model = recognizer.model
        lower = model.get_ref("lower")
        self.upper = model.get_ref("upper")
        self.bias = lower.get_param("b")
        self.seen: Scores = lower.predict(model.get_ref("tok2vec").predict(docs))  # the first row is for no word
        sentence = np.concatenate([doc.to_array(SENT_START) for doc in docs]) == 1
        last = np.cumsum([len(doc) for doc in docs]) - 1
        self.length = len(sentence)
        self.is_space = np.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool)
        self.closes = np.append(sentence[1:], True)
        self.closes[last[last >= 0]] = True

    def scores(self, words: Places, first: Places | None = None) -> Scores:
        """The score of each action at some words, in the name that began with `first` or outside of any."""
        hidden = self.seen[words + 1, 0]
        hidden += self.seen[0 if first is None else first + 1, 1]
        hidden += self.seen[0 if first is None else words, 2]
        return np.asarray(self.upper.predict((hidden + self.bias).max(axis=-1)))


def _by_document(found: Iterable[Name], docs: Sequence[Doc]) -> Iterator[list[Name]]:
    """Names in the order of their places to the documents that they are in, less what begins inside another."""
    taken: list[Name] = []
    for name in found:
        if not taken or name[0] >= taken[-1][1]:
            taken.append(name)
    starts = [start for start, _, _ in taken]
    for first, end in pairwise(accumulate(map(len, docs), initial=0)):
        here = taken[bisect_left(starts, first) : bisect_left(starts, end)]
        yield [(start - first, stop - first, label) for start, stop, label in here]


def at_once(recognizer: EntityRecognizer) -> EntityRecognizer:
    """One that decides at once in the place of one that is greedy and of the usual kind."""
    return AtOnceRecognizer(recognizer) if _is_usual(recognizer) else recognizer


def _is_usual(recognizer: EntityRecognizer) -> bool:
    model = recognizer.model
    usual = recognizer.cfg["beam_width"] == 1 and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
    return usual and model.get_ref("lower").get_dim("nF") == _FEATURES
