"""A bounded, seedless search that makes a drawing readable: node by node, the best of a fixed set of places.

A place's cost counts boxes that overlap (a node's shape and label are one box), crossings, lines through boxes,
lines too short for their label or too long, and narrow angles. The number of steps depends on the size of the graph
alone.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.render.stress import Points

Boxes = NDArray[np.float64]  # shape (n, 4): left, top, right, bottom, relative to the node's centre

_OVERLAP, _CROSSING, _THROUGH, _SHORT, _LONG, _NARROW, _OUTSIDE = 60.0, 40.0, 30.0, 9.0, 1.6, 7.0, 50.0
_PAD = 7.0
_WORK = 20_000_000  # pairs of a candidate line and another line, over four starts: about a second
_TURNS, _STARTS, _SEARCHED = 90, 8, 150  # of a run; runs at most; nodes up to which there is more than one
_TANGLED = 0.2  # crossings a line: above it, four starts are not enough
_HEAT, _COOL = 12.0, 14  # in costs, and turns until it is gone
_STILL = 4  # turns without a move that end a run
_GRID = (10, 9)  # places over the whole frame


def _rough(size: int = 8191) -> NDArray[np.float64]:
    """Numbers from 0 to 1 without any order, by a linear congruence, the same everywhere."""
    state, found = 1, []
    for _ in range(size):
        state = (state * 1103515245 + 12345) % 2**31
        found.append(state / 2**31)
    return np.array(found)


_ROUGH = _rough()


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn: boxes, lines (node index pairs, no loops), and the frame's half width and height."""

    boxes: Boxes
    lines: NDArray[np.int64]
    frame: tuple[float, float]
    shortest: NDArray[np.float64]  # shape (m,): the length at which a line has room for its label


class _Around(NamedTuple):
    """What one node has to do with the others, by index: it never changes while nodes move."""

    others: NDArray[np.int64]
    far: NDArray[np.int64]  # shape (l,): the other ends of its lines
    shortest: NDArray[np.float64]  # shape (l,)
    foreign: NDArray[np.int64]  # shape (m, 2): the lines that do not end in it
    apart: NDArray[np.bool_]  # shape (l, m): whether one of its lines and a foreign one share no end
    piercable: NDArray[np.bool_]  # shape (l, n - 1): whether a box is not that of the line's own end


class _Drawing:
    """Points that move, with all that is looked up at every step."""

    def __init__(self, points: Points, scene: Scene) -> None:
        self.points = points
        self.frame = np.array(scene.frame)
        self.middle = (scene.boxes[:, :2] + scene.boxes[:, 2:]) / 2
        self.half = (scene.boxes[:, 2:] - scene.boxes[:, :2]) / 2
        self.lines = scene.lines
        self.around = [_around(node, scene) for node in range(len(points))]

    def at(self, points: Points) -> _Drawing:
        """The same drawing with its points elsewhere."""
        other = copy(self)
        other.points = points
        return other


def _around(node: int, scene: Scene) -> _Around:
    touching = (scene.lines == node).any(axis=1)
    lines, foreign = scene.lines[touching], scene.lines[~touching]
    far = np.where(lines[:, 0] == node, lines[:, 1], lines[:, 0])
    others = np.flatnonzero(np.arange(len(scene.boxes)) != node)
    apart = (far[:, None] != foreign[None, :, 0]) & (far[:, None] != foreign[None, :, 1])
    return _Around(others, far, scene.shortest[touching], foreign, apart, far[:, None] != others[None, :])


def untangle(points: Points, scene: Scene) -> Points:
    """The best of a few runs from the same drawing, turned and mirrored; `points` has shape (n, 2)."""
    drawing = _Drawing(points, scene)
    quarter = np.array([[0.0, -1.0], [1.0, 0.0]])
    turns = [points, points @ quarter, points * [-1, 1], points @ quarter * [-1, 1]]
    best, least, searched = points, float("inf"), len(points) <= _SEARCHED
    for number in range(_STARTS if searched else 1):
        run = _run(drawing.at(np.round(turns[number % 4])), _WORK // (4 if searched else 1), number)
        cost = round(sum(_costs(run)), 3)
        if cost < least:
            best, least = run.points, cost
        if not least or (number >= 3 and crossings(best, scene.lines) <= _TANGLED * len(scene.lines)):
            break
    return best


def part(points: Points, boxes: Boxes, steps: int = 160) -> Points:
    """Boxes pushed apart, each pair along the way that is shorter; for graphs too large to search long."""
    points = np.round(points)
    middle, half = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2] + _PAD) / 2
    least = half[:, None] + half[None, :]
    above = np.triu(np.ones((len(points), len(points)), dtype=bool), 1)
    for _ in range(steps):
        at = points + middle
        one, two = np.nonzero(above & (np.abs(at[:, None, 0] - at[None, :, 0]) < least[..., 0]))
        under = least[one, two] - np.abs(at[one] - at[two])
        touching = under[:, 1] > 0
        one, two, under = one[touching], two[touching], under[touching]
        if not len(one):
            break
        axis = under.argmin(axis=1)
        apart = (at[one] - at[two])[np.arange(len(one)), axis]
        push = under.min(axis=1) * np.where(apart > 0, 0.3, -0.3)  # equals part in their order
        np.add.at(points, (one, axis), push)
        np.add.at(points, (two, axis), -push)
        points = np.round(points)
    return points


def _run(drawing: _Drawing, work: int, number: int) -> _Drawing:
    """One descent, at first over rough ground (annealing with a fixed table for its chances), then over the true."""
    still, costs, size = 0, _costs(drawing), len(drawing.points)
    for turn in range(_TURNS):
        wide = turn % 3 == 0
        places = _places(turn, drawing.frame, wide=wide)
        heat = _HEAT * max(0.0, 1 - turn / _COOL) if size <= _SEARCHED else 0.0
        still += 1
        for node in _worst_first(costs, wide=wide):
            candidates = _candidates(drawing, node, places, wide=wide)
            at = (turn * 131 + node * 17 + number * 977) % (len(_ROUGH) - len(candidates))
            best, costs[node], looked = _best(drawing, node, candidates, heat * _ROUGH[at : at + len(candidates)])
            work -= looked * (len(drawing.around[node].far) + 1) * (len(drawing.lines) + size)
            if best:
                drawing.points[node] = candidates[best]
                still = 0
            if work < 0:
                return drawing
        if still >= _STILL:
            break
    return drawing


def _best(drawing: _Drawing, node: int, places: Points, rough: NDArray[np.float64]) -> tuple[int, float, int]:
    """The cheapest of `places` (the first is where the node stands), its cost, and how many were looked at closely:
    those that cost more than the first already by what is quickly found are not."""
    quick = _near_cost(drawing, node, places) + rough
    first = float(quick[0] + _tangle(drawing, node, places[:1])[0])
    hopeful = np.flatnonzero(quick[1:] < first - 1e-6) + 1
    if not len(hopeful):
        return 0, first, 1
    cost = quick[hopeful] + _tangle(drawing, node, places[hopeful])
    best = int(cost.argmin())
    if cost[best] < first - 1e-6:
        return int(hopeful[best]), float(cost[best]), len(hopeful) + 1
    return 0, first, len(hopeful) + 1


def _costs(drawing: _Drawing) -> list[float]:
    here = [drawing.points[node : node + 1] for node in range(len(drawing.points))]
    return [float((_near_cost(drawing, n, at) + _tangle(drawing, n, at))[0]) for n, at in enumerate(here)]


def _worst_first(costs: list[float], *, wide: bool) -> list[int]:
    """All nodes by what they cost when last looked at, the costliest first; only the troubled where moves are far."""
    order = sorted(range(len(costs)), key=lambda node: (-round(costs[node], 3), node))
    return [node for node in order if costs[node] > _CROSSING / 2] if wide else order


def _places(turn: int, frame: NDArray[np.float64], *, wide: bool) -> Points:
    if wide:
        shift = (turn // 3 % 3 - 1) / 3
        columns = (np.arange(_GRID[0]) + shift) / (_GRID[0] - 1) * 2 - 1
        rows = (np.arange(_GRID[1]) + shift) / (_GRID[1] - 1) * 2 - 1
        return np.round(np.stack(np.meshgrid(columns * frame[0], rows * frame[1]), axis=2).reshape(-1, 2))
    step = (90, 45, 22, 60, 30, 12)[turn % 6]
    angle = np.arange(12) * np.pi / 6
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return np.round(np.concatenate([ring * step, ring * step / 2.5]))


def _candidates(drawing: _Drawing, node: int, places: Points, *, wide: bool) -> Points:
    """Where the node stands comes first, so that a tie keeps it."""
    here, far = drawing.points[node : node + 1], drawing.around[node].far
    options = [here, places if wide else here + places]
    if len(far):
        ends = drawing.points[far]
        options.append(np.round(ends.mean(axis=0, keepdims=True)))
        angle = np.arange(12) * np.pi / 6
        around = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        options.append(np.round(ends[0] + around * 125))
    return np.concatenate(options)


def _near_cost(drawing: _Drawing, node: int, places: Points) -> NDArray[np.float64]:
    """Shape (k,): what each of `places` (k, 2) costs by itself: boxes under the node's, lines of the wrong length or
    too near each other, the frame left."""
    around = drawing.around[node]
    cost = _OVERLAP * _overlaps(drawing, node, places)
    cost += _OUTSIDE * np.maximum(np.abs(places) - drawing.frame, 0).sum(axis=1) / 40
    if len(around.far):
        vector = drawing.points[around.far][None] - places[:, None, :]
        length = np.sqrt((vector**2).sum(axis=2))
        cost += _SHORT * (np.maximum(around.shortest - length, 0) / around.shortest).sum(axis=1)
        cost += _LONG * (np.maximum(length - around.shortest - 40, 0) / 100).sum(axis=1)
        cost += _NARROW * _narrow(vector, length)
    return np.asarray(cost)


def _tangle(drawing: _Drawing, node: int, places: Points) -> NDArray[np.float64]:
    """Shape (k,): what each of `places` costs by the lines: crossings, and lines through boxes."""
    around, points = drawing.around[node], drawing.points
    one, two = points[around.foreign[:, 0]], points[around.foreign[:, 1]]
    own = places + drawing.middle[node]
    cost = _THROUGH * _pierced(one[None], two[None], own[:, None], drawing.half[node]).sum(axis=1)
    if len(around.far):
        ends, others = points[around.far], around.others
        cost = cost + _CROSSING * _crossings(places, ends, one, two, around.apart)
        middle = points[others] + drawing.middle[others]
        through = _pierced(places[:, None, None], ends[None, :, None], middle[None, None], drawing.half[others])
        cost = cost + _THROUGH * (through & around.piercable[None]).sum(axis=(1, 2))
    return np.asarray(cost)


def _overlaps(drawing: _Drawing, node: int, places: Points) -> NDArray[np.float64]:
    """Shape (k,): the sum over other boxes of 0 where apart, from 1 to 2 by how much of the smaller lies under."""
    others = drawing.around[node].others
    half, mine = drawing.half[others], drawing.half[node]
    apart = np.abs((places + drawing.middle[node])[:, None] - (drawing.points[others] + drawing.middle[others])[None])
    under = np.minimum(half + mine - apart, 2 * np.minimum(half, mine)) + _PAD
    shared = np.maximum(under, 0).prod(axis=2)
    smaller = 4 * np.minimum(half.prod(axis=1), mine.prod())
    cost: NDArray[np.float64] = np.where(shared > 0, 1 + np.minimum(shared / smaller, 1), 0).sum(axis=1)
    return cost


Whole = NDArray[np.int32]  # shape (..., 2): points on the grid


def _side(a: Whole, b: Whole, c: Whole) -> Whole:
    """On which side of the line from a to b is c: the sign; whole numbers, so that it is exact. Shapes broadcast."""
    side: Whole = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    return side


def _crossings(starts: Points, ends: Points, one: Points, two: Points, apart: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Shape (k,): how many of the lines from `one` to `two` (m) are crossed by the lines from each of `starts` (k) to
    all of `ends` (l); `apart` (l, m) says which of them share no end."""
    a, b, c, d = (points.astype(np.int32) for points in (starts, ends, one, two))
    cross = (_side(c[None], d[None], a[:, None])[:, None] ^ _side(c[None], d[None], b[:, None])[None]) < 0
    a, b = a[:, None, None], b[None, :, None]
    cross &= (_side(a, b, c[None, None]) ^ _side(a, b, d[None, None])) < 0
    cross &= apart[None]
    count: NDArray[np.float64] = cross.sum(axis=(1, 2)).astype(np.float64)
    return count


def _pierced(start: Points, end: Points, middle: Points, half: Points) -> NDArray[np.bool_]:
    """Whether segments touch boxes: no axis parts them, neither the boxes' nor the segment's; shapes broadcast."""
    reach = (end - start) / 2
    wide = np.abs(reach)
    way = start + reach - middle
    across = np.abs(way[..., 0] * reach[..., 1] - way[..., 1] * reach[..., 0])
    pierced: NDArray[np.bool_] = across < half[..., 0] * wide[..., 1] + half[..., 1] * wide[..., 0]
    pierced &= np.abs(way[..., 0]) < half[..., 0] + wide[..., 0]
    pierced &= np.abs(way[..., 1]) < half[..., 1] + wide[..., 1]
    return pierced


def _narrow(vector: Points, length: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (k,): pairs of the node's lines that leave it within about twenty degrees of each other."""
    unit = vector / np.maximum(length, 1e-6)[..., None]
    along = np.matmul(unit, unit.transpose(0, 2, 1))
    count: NDArray[np.float64] = (np.maximum(along - 0.94, 0) / 0.06).sum(axis=(1, 2)) - vector.shape[1]
    return count / 2


def crossings(points: Points, lines: NDArray[np.int64]) -> int:
    """How many pairs of lines cross, lines that share an end left out."""
    total = 0.0
    for at, (start, end) in enumerate(lines):
        rest = lines[at + 1 :]
        rest = rest[(rest != start).all(axis=1) & (rest != end).all(axis=1)]
        apart = np.ones((1, len(rest)), dtype=bool)
        total += _crossings(points[[start]], points[[end]], points[rest[:, 0]], points[rest[:, 1]], apart)[0]
    return int(total)
