"""The first layers of spaCy's model, remembering what they made of a word: the same vectors in a tenth of the time.

What a word is before its neighbours are looked at follows from a few of its attributes (spaCy's MultiHashEmbed: its
form, how it begins and ends, its shape), and most words of an article were met before. To look up their hashes and mix
them takes a third of the model's layers.

On some processors the last digits of a product of matrices depend on the place of a row and on how many there are.
Words are mixed so many at a time, never more or fewer, that they do not: so nothing depends on what was met when.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

Rows = NDArray[np.uint64]  # a word each, its attributes
Vectors = NDArray[np.float32]  # a word each

_MOST = 20_000  # words remembered: 12 MB
_TOGETHER = 8  # words mixed at a time; of 12 OpenBLAS's kernels for Haswell and Zen make half in another way


class _Known:
    """The vectors of words by their attributes."""

    def __init__(self, embed: Model[Any, Any]) -> None:
        _, _, looked_up, mixed, _ = embed.layers
        self.looked_up: Model[Any, Any] = looked_up.layers[0]
        parts = {part.name: part for part in mixed.walk()}
        self.mix, self.norm = parts["maxout"], parts["layernorm"]
        self.places: dict[bytes, int] = {}
        self.vectors: Vectors = np.zeros((0, embed.get_dim("nO")), dtype=np.float32)

    def of(self, rows: Rows) -> Vectors:
        """The vector of each word."""
        keys: list[bytes] = np.ascontiguousarray(rows).view(f"V{rows.itemsize * rows.shape[1]}").ravel().tolist()
        if len(self.places) > _MOST:
            self.places, self.vectors = {}, self.vectors[:0]
        fresh = {key: at for at, key in enumerate(keys) if key not in self.places}
        if fresh:
            self.places |= zip(fresh, range(len(self.places), len(self.places) + len(fresh)), strict=True)
            self.vectors = np.concatenate([self.vectors, self._made(rows[[*fresh.values()]])])
        return self.vectors[[self.places[key] for key in keys]]

    def _made(self, rows: Rows) -> Vectors:
        """Maxout (Goodfellow et al. 2013), as the layers do it for all rows at once."""
        full = np.concatenate([rows, rows[:1].repeat(-len(rows) % _TOGETHER, axis=0)])
        weights: NDArray[np.float32] = np.asarray(self.mix.get_param("W"))  # vector's width, pieces, what was looked up
        looked_up = self.looked_up.predict(full).reshape(-1, _TOGETHER, weights.shape[2])
        products = np.matmul(looked_up, weights.reshape(-1, weights.shape[2]).T)
        pieces = products.reshape(-1, *weights.shape[:2]) + np.asarray(self.mix.get_param("b"))
        made: Vectors = self.norm.predict(pieces.max(axis=2))[: len(rows)]
        return made


def remember(model: Model[Any, Any] | None) -> None:
    """Let every embedding of words in a component's model, where it has one, remember."""
    for node in list(model.walk()) if model else ():
        for at, layer in enumerate(node.layers):
            if looks_at_words(layer):
                node.layers[at] = remembering(layer)


def looks_at_words(layer: Model[Any, Any]) -> bool:
    """Whether a layer takes documents and gives a vector for each word on its own."""
    parts = [part.name for part in layer.layers]
    mixed = "with_array(maxout>>layernorm>>dropout)"
    return len(parts) == 5 and parts[0] == "extract_features" and parts[3:] == [mixed, "ragged2list"]


def remembering(embed: Model[Any, Any]) -> Model[Any, Any]:
    """One that remembers in the place of such a layer."""
    known = {"known": _Known(embed)}
    return Model("remembered", _forward, layers=[embed], dims={"nO": embed.get_dim("nO")}, attrs=known)


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Vectors], Any]:
    extract = model.layers[0].layers[0]
    rows: list[Rows] = extract.predict(docs)
    vectors = model.attrs["known"].of(np.concatenate(rows))
    return np.split(vectors, [*accumulate(map(len, rows))][:-1]), None
