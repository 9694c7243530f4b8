"""The first layers of spaCy's model in half the time, with the same vectors.

What a word is before its neighbours are looked at follows from a few of its attributes (spaCy's MultiHashEmbed: its
form, how it begins and ends, its shape), and most words of an article were met before. To look up their hashes and mix
them takes a third of these layers' time; here it is remembered. The other layers, which look at a word and those beside
it, make few arrays of their own.

On some processors the last digits of a product of matrices depend on the place of a row and on how many there are.
Words are mixed so many at a time, never more or fewer, that they do not: so nothing depends on what was met when.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

Rows = NDArray[np.uint64]  # a word each, its attributes
Vectors = NDArray[np.float32]  # a word each

_MOST = 5_000  # words remembered: 3 MB; of more, a worker would grow for some thousand articles
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


class _Window(NamedTuple):
    """A layer that looks at each word and those beside it: maxout over their vectors, made even, added to its own."""

    width: int
    weights: Vectors  # the first pieces of all numbers, then the second ones: rows to be compared lie side by side
    bias: Vectors
    scale: Vectors
    shift: Vectors

    def of(self, vectors: Vectors, beside: Vectors) -> Vectors:
        """The vector of each word, from those and from what `expand_window` puts beside each other."""
        pieces = beside @ self.weights.T
        pieces += self.bias
        best = pieces[:, : self.width]
        for start in range(self.width, pieces.shape[1], self.width):
            best = np.maximum(best, pieces[:, start : start + self.width])
        best -= best.mean(axis=1, keepdims=True)
        variance = (best * best).sum(axis=1, keepdims=True) / np.float32(self.width)
        variance += 1e-08  # as thinc's layers do
        best *= variance ** (-1.0 / 2.0)
        best *= self.scale
        best += self.shift
        best += vectors
        return best


def quicken(model: Model[Any, Any] | None) -> None:
    """Put quicker layers in the place of those of a component's model, where it has one."""
    for node in list(model.walk()) if model else ():
        for at, layer in enumerate(node.layers):
            if looks_at_words(layer):
                node.layers[at] = remembering(layer)
            elif looks_beside(layer):
                node.layers[at] = at_once(layer)


def looks_at_words(layer: Model[Any, Any]) -> bool:
    """Whether a layer takes documents and gives a vector for each word on its own."""
    parts = [part.name for part in layer.layers]
    mixed = "with_array(maxout>>layernorm>>dropout)"
    return len(parts) == 5 and parts[0] == "extract_features" and parts[3:] == [mixed, "ragged2list"]


def remembering(embed: Model[Any, Any]) -> Model[Any, Any]:
    """One that remembers in the place of such a layer."""
    known = {"known": _Known(embed)}
    return Model("remembered", _remembered, layers=[embed], dims={"nO": embed.get_dim("nO")}, attrs=known)


def _remembered(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Vectors], Any]:
    extract = model.layers[0].layers[0]
    rows: list[Rows] = extract.predict(docs)
    vectors = model.attrs["known"].of(np.concatenate(rows))
    return np.split(vectors, [*accumulate(map(len, rows))][:-1]), None


def looks_beside(layer: Model[Any, Any]) -> bool:
    """Whether a layer looks, again and again, at each word and at those beside it."""
    return {part.name for part in layer.layers} == {"residual(expand_window>>maxout>>layernorm>>dropout)"}


def at_once(encode: Model[Any, Any]) -> Model[Any, Any]:
    """One that makes no more arrays than it takes in the place of such a layer."""
    windows = []
    for layer in encode.layers:
        parts = {part.name: part for part in layer.walk()}
        weights = np.asarray(parts["maxout"].get_param("W"))
        width, pieces, beside = weights.shape
        windows.append(
            _Window(
                width,
                np.ascontiguousarray(weights.swapaxes(0, 1)).reshape(pieces * width, beside),
                np.ascontiguousarray(np.asarray(parts["maxout"].get_param("b")).T).ravel(),
                np.asarray(parts["layernorm"].get_param("G")),
                np.asarray(parts["layernorm"].get_param("b")),
            )
        )
    return Model("windows", _windows, layers=[encode], dims={"nO": encode.get_dim("nO")}, attrs={"windows": windows})


def _windows(model: Model[Any, Any], vectors: Vectors, is_train: bool) -> tuple[Vectors, Any]:
    for window, layer in zip(model.attrs["windows"], model.layers[0].layers, strict=True):
        expand = layer.layers[0].layers[0]
        vectors = window.of(vectors, expand.predict(vectors))
    return vectors, None
