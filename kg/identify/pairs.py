"""The pairs of a whole collection that could be one, found in columns of numbers.

Of real news nine neighbours in ten can be seen at a glance not to be one, most of them as nobody has to do with both.
What is quick to know of an event is a row of numbers here, and of many pairs at once it is found what they score at
most (`kg.identify.score`): all that takes longer to know is taken to speak for them.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import numpy as np

from kg.identify.candidates import WINDOW, blocking_keys
from kg.identify.features import CorpusFeatures, EventFeatures
from kg.identify.kin import kin
from kg.identify.score import (
    ALIKE,
    ARTICLES,
    MOST_SHARED,
    NEXT_DAY,
    ONE_ARTICLE,
    SAME_PLACE,
    SAME_TIME,
    SAME_TYPE,
    SAME_WORD,
    SENTENCES,
    STRANGERS,
    THRESHOLD,
    VAGUE,
    coincidence,
    counted,
    mixture,
    sentences,
)  # fmt: skip

Column = np.ndarray[Any, np.dtype[Any]]  # a row an event, or a pair

_AT_A_TIME = 1 << 16  # pairs
_ROUNDING = 0.001  # more than what scores are rounded by, and what sums of columns differ in
_BITS = 256  # of a set that is only asked whether it has to do with another


def likely_pairs(features: CorpusFeatures) -> Iterator[tuple[EventFeatures, EventFeatures]]:
    """Pairs (a, b) with a.iri < b.iri, each once: neighbours (`kg.identify.candidates`) that may reach the threshold.

    They come in the order of their articles.
    """
    events = sorted(features.events, key=attrgetter("article"))
    pairs = near(events)
    table = _Table(events, features)
    for start in range(0, len(pairs), _AT_A_TIME):
        one, other = np.divmod(pairs[start : start + _AT_A_TIME], max(1, len(events)))
        missing = table.missing(one, other)
        likely = missing <= SENTENCES
        for first, second, lacks in zip(*(column[likely].tolist() for column in (one, other, missing)), strict=True):
            left, right = events[first], events[second]
            if lacks <= 0 or lacks <= sentences(left, right):
                yield (left, right) if left.iri < right.iri else (right, left)


def near(events: Sequence[EventFeatures]) -> Column:
    """Neighbours by their places, each pair once: as the lesser place times the number of events, and the other."""
    numbers: dict[str, int] = {}
    blocks, placed = array("q"), array("q")
    for place in sorted(range(len(events)), key=lambda place: (events[place].published, events[place].iri)):
        for key in blocking_keys(events[place]):
            blocks.append(numbers.setdefault(key, len(numbers)))
            placed.append(place)
    laid_out = np.argsort(np.asarray(blocks), kind="stable")
    block, here = np.asarray(blocks)[laid_out], np.asarray(placed)[laid_out]
    pairs = []
    for step in range(1, WINDOW + 1):
        together = block[step:] == block[:-step]
        one, other = here[:-step][together], here[step:][together]
        pairs.append(np.minimum(one, other) * len(events) + np.maximum(one, other))
    found = np.concatenate(pairs)
    found.sort()  # `np.unique` takes three times as long
    return found[np.diff(found, prepend=-1) > 0]


class _Table:
    """Events as columns of numbers, in the order given."""

    def __init__(self, events: Sequence[EventFeatures], features: CorpusFeatures) -> None:
        count = counted(features.articles)
        articles, self.article = _numbered(event.article for event in events)
        _, self.stem = _numbered(event.stem for event in events)
        kinds, self.kind = _numbered(event.kind for event in events)
        self.of_one_type = np.array([[_of_one_type(one, other) for other in kinds] for one in kinds], dtype=bool)
        self.has_cast = np.array([event.has_cast for event in events], dtype=bool)
        self.dated = np.array([event.days is not None for event in events], dtype=bool)
        # days are compared as text, so their places in the order of texts will do
        order = {day: n for n, day in enumerate(sorted({day for event in events for day in event.days or ()}))}
        days = [[order[day] for day in event.days] if event.days else (0, 0) for event in events]
        self.begin, self.end = np.array(days, dtype=np.int64).reshape(-1, 2).T
        self.around = _sets(event.around for event in events)
        self.mixture = mixture(count)
        self.usual_word = np.array([coincidence(count, event.stem, None) for event in events], dtype=float)
        self.usual_type = np.array([coincidence(count, None, event.kind) for event in events], dtype=float)
        self.usual = coincidence(count, None, None)
        self.vectors = _Vectors([features.vectors[article] for article in articles])

    def missing(self, one: Column, other: Column) -> Column:
        """What each pair lacks of the threshold, if all that is not known here speaks for it but their sentences."""
        here, there = self.article[one], self.article[other]
        apart = here != there
        alike = np.where(apart, np.minimum(1.0, self.vectors.similarity(here, there) / ALIKE), 1.0)
        same_word = self.stem[one] == self.stem[other]
        strangers = ~(self.around[one] & self.around[other]).any(axis=1)
        both_dated = self.dated[one] & self.dated[other]
        same_time = (self.begin[one] < self.end[other]) & (self.begin[other] < self.end[one])
        most = (
            (SAME_TYPE * self.of_one_type[self.kind[one], self.kind[other]] + SAME_WORD * same_word)
            * np.maximum(alike, STRANGERS)
            + np.where(apart, ARTICLES * alike, ONE_ARTICLE)
            + both_dated * np.where(same_time, SAME_TIME, -NEXT_DAY)
            + ~strangers * (MOST_SHARED + SAME_PLACE)
        )
        usual_type = np.where(self.kind[one] == self.kind[other], self.usual_type[one], self.usual)
        twice = 1 + (strangers & self.has_cast[one] & self.has_cast[other])
        chance = twice * self.mixture + np.where(same_word, self.usual_word[one], usual_type)
        missing: Column = THRESHOLD - _ROUNDING - most + apart * chance
        missing[~apart & (missing > 0)] = math.inf  # two sentences of one article say nothing
        return missing


def _of_one_type(one: str, other: str) -> bool:
    """Whether two types may be one."""
    return one not in VAGUE if one == other else kin(one, other) is not None


def _numbered(values: Iterable[Hashable]) -> tuple[list[Any], Column]:
    """The values that there are, and for each given one the place of its like."""
    places: dict[Hashable, int] = {}
    column = np.array([places.setdefault(value, len(places)) for value in values], dtype=np.int64)
    return [*places], column


def _sets(sets: Iterable[Iterable[str]]) -> Column:
    """Each set as bits (Bloom 1970): two that have something in common share one, of others few do."""
    places: dict[str, int] = {}
    packed = bytearray()
    for keys in sets:
        bits = 0
        for key in keys:
            bits |= 1 << places.setdefault(key, len(places)) % _BITS
        packed += bits.to_bytes(_BITS // 8, "little")
    return np.frombuffer(packed, dtype=np.uint64).reshape(-1, _BITS // 64)


class _Vectors:
    """Articles' vectors, one after the other."""

    def __init__(self, vectors: Sequence[Mapping[str, float]]) -> None:
        _, self.keys = _numbered(key for vector in vectors for key in vector)
        self.weights = np.array([weight for vector in vectors for weight in vector.values()], dtype=float)
        self.ends = np.cumsum([len(vector) for vector in vectors])
        self.begins = np.concatenate(([0], self.ends[:-1]))
        self.row = np.zeros(1 + self.keys.max(initial=0))

    def similarity(self, one: Column, other: Column) -> Column:
        """The cosine of each pair of articles, by their places; of the exact sum (`CorpusFeatures`) but for the
        last digits."""
        pairs, places = np.unique(one * len(self.ends) + other, return_inverse=True)
        firsts, seconds = np.divmod(pairs, len(self.ends))
        found = [self._similar(first, seconds[firsts == first]) for first in np.unique(firsts)]
        cosines: Column = np.concatenate([*found, []])[places]
        return cosines

    def _similar(self, article: int, others: Column) -> Column:
        own = slice(self.begins[article], self.ends[article])
        self.row[self.keys[own]] = self.weights[own]
        lengths = self.ends[others] - self.begins[others]
        until = np.cumsum(lengths)
        theirs = np.arange(until[-1]) + np.repeat(self.begins[others] - until + lengths, lengths)
        sums = np.concatenate(([0.0], np.cumsum(self.row[self.keys[theirs]] * self.weights[theirs])))
        self.row[self.keys[own]] = 0.0
        cosines: Column = sums[until] - sums[until - lengths]
        return cosines
