"""First positions: the energy of Kamada & Kawai (1989), minimised by majorisation (Gansner, Koren & North 2004),
from a start by pivot multidimensional scaling (Brandes & Pich 2007).

Every step is rounded to a grid, so that the last bits of a processor's arithmetic never decide a picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # shape (n, 2)
Matrix = NDArray[np.float64]

_PIVOTS = 40
_STEPS = 90
_GRID = 1e-5


def hops(size: int, edges: NDArray[np.int64]) -> Matrix:
    """Shape (size, size): how many edges apart; 0 between parts that do not hang together."""
    adjacent = np.zeros((size, size), dtype=np.float32)
    adjacent[edges[:, 0], edges[:, 1]] = adjacent[edges[:, 1], edges[:, 0]] = 1
    distance = np.zeros((size, size))
    seen = np.eye(size, dtype=bool)
    front, step = seen.copy(), 0
    while front.any():
        step += 1
        front = (front.astype(np.float32) @ adjacent > 0) & ~seen
        distance[front] = step
        seen |= front
    return distance


def unfold(distance: Matrix) -> Points:
    """Positions of one connected part, one unit a hop; `distance` has shape (n, n)."""
    size = len(distance)
    if size == 1:
        return np.zeros((1, 2))
    return _majorise(_start(distance), distance)


def _start(distance: Matrix) -> Points:
    pivots = _pivots(distance)
    squared = distance[:, pivots] ** 2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean())
    first = _principal(centred, None)
    axes = np.stack([first, _principal(centred, first)], axis=1)
    points: Points = _snap(centred @ axes / np.sqrt(np.abs(centred).max() * len(pivots) + 1e-9))
    spread = np.arange(len(distance)) * 2.399963229728653  # the golden angle: twins part, and always alike
    return points + 0.05 * _snap(np.stack([np.cos(spread), np.sin(spread)], axis=1))


def _pivots(distance: Matrix) -> list[int]:
    """Nodes far from each other, the farthest next."""
    chosen = [int(distance.sum(axis=1).argmax())]
    nearest = distance[chosen[0]].copy()
    while len(chosen) < min(_PIVOTS, len(distance)):
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, distance[chosen[-1]])
    return chosen


def _principal(matrix: Matrix, without: Matrix | None) -> Matrix:
    """The main direction of the rows, by power iteration from a fixed start; orthogonal to `without`."""
    vector: Matrix = np.cos(np.arange(matrix.shape[1]) * 1.7 + (0.3 if without is None else 1.1))
    for _ in range(60):
        if without is not None:
            vector = vector - without * (without @ vector)
        vector = matrix.T @ (matrix @ vector)
        length = float(np.sqrt(vector @ vector))
        if length < 1e-9:
            break
        vector = _snap(vector / length)
    return vector


def _majorise(points: Points, distance: Matrix) -> Points:
    size = len(distance)
    weight = 1 / np.maximum(distance, 1) ** 2
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + 1 / size)  # the constant vector is its only null space
    pull = weight * distance
    for _ in range(_STEPS):
        apart = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
        ratio = pull / np.maximum(apart, 1e-6)
        np.fill_diagonal(ratio, 0)
        points = _snap(inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points))
    centred: Points = points - points.mean(axis=0)
    return centred


def _snap(values: Matrix) -> Matrix:
    snapped: Matrix = np.round(values / _GRID) * _GRID
    return snapped
