"""A bounded, seedless search that makes a drawing readable: node by node, the best of a fixed set of places.

A place's cost counts boxes that overlap (a node's shape and label are one box), crossings, lines through boxes,
lines too short for their label or too long, and narrow angles. The number of steps depends on the size of the graph
alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.render.stress import Points

Boxes = NDArray[np.float64]  # shape (n, 4): left, top, right, bottom, relative to the node's centre

_OVERLAP, _CROSSING, _THROUGH, _SHORT, _LONG, _NARROW, _OUTSIDE = 60.0, 20.0, 30.0, 9.0, 1.6, 7.0, 50.0
_PAD = 7.0
_WORK = 40_000_000  # pairs of a candidate line and another line, over four starts: about two seconds
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


def untangle(points: Points, scene: Scene) -> Points:
    """The best of a few runs from the same drawing, turned and mirrored; `points` has shape (n, 2)."""
    near = [np.flatnonzero((scene.lines == node).any(axis=1)) for node in range(len(points))]
    quarter = np.array([[0.0, -1.0], [1.0, 0.0]])
    turns = [points, points @ quarter, points * [-1, 1], points @ quarter * [-1, 1]]
    best, least, searched = points, float("inf"), len(points) <= _SEARCHED
    for number in range(_STARTS if searched else 1):
        run = _run(np.round(turns[number % 4]), scene, near, _WORK // (4 if searched else 1), number)
        cost = round(sum(_costs(run, scene, near)), 3)
        if cost < least:
            best, least = run, cost
        if not least or (number >= 3 and crossings(best, scene.lines) <= _TANGLED * len(scene.lines)):
            break
    return best


def part(points: Points, boxes: Boxes, steps: int = 80) -> Points:
    """Boxes pushed apart, each pair along the way that is shorter; for graphs too large to search long."""
    points = np.round(points)
    for _ in range(steps):
        box = np.tile(points, 2) + boxes
        middle, half = (box[:, :2] + box[:, 2:]) / 2, (box[:, 2:] - box[:, :2]) / 2 + _PAD / 2
        apart = middle[:, None] - middle[None, :]
        under = half[:, None] + half[None, :] - np.abs(apart)
        touching = (under > 0).all(axis=2) & ~np.eye(len(points), dtype=bool)
        if not touching.any():
            break
        along = under.argmin(axis=2)
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])  # equals part in their order
        for axis in (0, 1):
            side = np.where(apart[..., axis] == 0, order, np.sign(apart[..., axis]))
            points[:, axis] += (np.where(touching & (along == axis), under[..., axis], 0) * side).sum(axis=1) * 0.3
        points = np.round(points)
    return points


def _run(points: Points, scene: Scene, near: list[NDArray[np.int64]], work: int, number: int) -> Points:
    """One descent, at first over rough ground (annealing with a fixed table for its chances), then over the true."""
    still, costs = 0, _costs(points, scene, near)
    for turn in range(_TURNS):
        wide = turn % 3 == 0
        places = _places(turn, scene.frame, wide=wide)
        heat = _HEAT * max(0.0, 1 - turn / _COOL) if len(points) <= _SEARCHED else 0.0
        still += 1
        for node in _worst_first(costs, wide=wide):
            candidates = _candidates(node, points, scene.lines[near[node]], places, wide=wide)
            work -= len(candidates) * (len(near[node]) + 1) * (len(scene.lines) + len(points))
            cost = _cost(node, candidates, points, scene, near[node])
            if heat:
                at = (turn * 131 + node * 17 + number * 977) % (len(_ROUGH) - len(cost))
                cost = cost + heat * _ROUGH[at : at + len(cost)]
            best = int(cost.argmin())
            costs[node] = float(cost[best])
            if cost[best] < cost[0] - 1e-6:
                points[node] = candidates[best]
                still = 0
            if work < 0:
                return points
        if still >= _STILL:
            break
    return points


def _costs(points: Points, scene: Scene, near: list[NDArray[np.int64]]) -> list[float]:
    return [float(_cost(node, points[node : node + 1], points, scene, near[node])[0]) for node in range(len(points))]


def _worst_first(costs: list[float], *, wide: bool) -> list[int]:
    """All nodes by what they cost when last looked at, the costliest first; only the troubled where moves are far."""
    order = sorted(range(len(costs)), key=lambda node: (-round(costs[node], 3), node))
    return [node for node in order if costs[node] > _CROSSING / 2] if wide else order


def _places(turn: int, frame: tuple[float, float], *, wide: bool) -> Points:
    if wide:
        shift = (turn // 3 % 3 - 1) / 3
        columns = (np.arange(_GRID[0]) + shift) / (_GRID[0] - 1) * 2 - 1
        rows = (np.arange(_GRID[1]) + shift) / (_GRID[1] - 1) * 2 - 1
        return np.round(np.stack(np.meshgrid(columns * frame[0], rows * frame[1]), axis=2).reshape(-1, 2))
    step = (90, 45, 22, 60, 30, 12)[turn % 6]
    angle = np.arange(12) * np.pi / 6
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return np.round(np.concatenate([ring * step, ring * step / 2.5]))


def _candidates(node: int, points: Points, lines: NDArray[np.int64], places: Points, *, wide: bool) -> Points:
    """Where the node stands comes first, so that a tie keeps it."""
    here = points[node : node + 1]
    options = [here, places if wide else here + places]
    if len(lines):
        ends = points[np.where(lines[:, 0] == node, lines[:, 1], lines[:, 0])]
        options.append(np.round(ends.mean(axis=0, keepdims=True)))
        angle = np.arange(12) * np.pi / 6
        around = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        options.append(np.round(ends[0] + around * 125))
    return np.concatenate(options)


def _cost(node: int, places: Points, points: Points, scene: Scene, near: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shape (k,): what each of `places` (k, 2) would cost the node; `near` are its lines' rows."""
    lines, shortest = scene.lines[near], scene.shortest[near]
    others = np.arange(len(points)) != node
    box = places[:, None, :].repeat(2, axis=1).reshape(-1, 4) + scene.boxes[node]
    boxes = (np.tile(points, 2) + scene.boxes)[others]
    cost = _OVERLAP * _overlaps(box, boxes).sum(axis=1)
    beyond = np.maximum(np.abs(places) - np.array(scene.frame), 0).sum(axis=1)
    cost += _OUTSIDE * beyond / 40
    foreign = scene.lines[(scene.lines != node).all(axis=1)]
    cost += _THROUGH * _pierced(points[foreign[:, 0]][None], points[foreign[:, 1]][None], box[:, None, :]).sum(axis=1)
    if not len(lines):
        return np.asarray(cost)
    far = np.where(lines[:, 0] == node, lines[:, 1], lines[:, 0])
    ends = np.broadcast_to(points[far], (len(places), len(far), 2))
    starts = np.broadcast_to(places[:, None, :], ends.shape)
    cost += _CROSSING * _crossings(starts, ends, points[foreign[:, 0]], points[foreign[:, 1]], far, foreign)
    pierced = _pierced(starts[:, :, None, :], ends[:, :, None, :], boxes[None, None])
    pierced &= (far[:, None] != np.flatnonzero(others)[None, :])[None]
    cost += _THROUGH * pierced.sum(axis=(1, 2))
    vector = ends - starts
    length = np.sqrt((vector**2).sum(axis=2))
    cost += _SHORT * (np.maximum(shortest - length, 0) / shortest).sum(axis=1)
    cost += _LONG * (np.maximum(length - shortest - 40, 0) / 100).sum(axis=1)
    return np.asarray(cost + _NARROW * _narrow(vector, length))


def _overlaps(a: Boxes, b: Boxes) -> NDArray[np.float64]:
    """Shape (k, m): 0 where apart, from 1 to 2 by how much of the smaller box lies under the other."""
    width = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0]) + _PAD
    height = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1]) + _PAD
    shared = np.where((width > 0) & (height > 0), width * height, 0)
    smaller = np.minimum(_area(a)[:, None], _area(b)[None, :])
    cost: NDArray[np.float64] = np.where(shared > 0, 1 + np.minimum(shared / smaller, 1), 0)
    return cost


def _area(box: Boxes) -> NDArray[np.float64]:
    area: NDArray[np.float64] = (box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1])
    return area


def _turn(a: Points, b: Points, c: Points) -> NDArray[np.float64]:
    turn: NDArray[np.float64] = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        c[..., 0] - a[..., 0]
    )
    return turn


def _crossings(
    starts: Points, ends: Points, one: Points, two: Points, far: NDArray[np.int64], foreign: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Shape (k,): how many foreign lines the node's own lines cross; lines that share an end do not count."""
    a, b = starts[:, :, None, :], ends[:, :, None, :]
    c, d = one[None, None], two[None, None]
    cross = (_turn(a, b, c) * _turn(a, b, d) < 0) & (_turn(c, d, a) * _turn(c, d, b) < 0)
    cross &= ((far[:, None] != foreign[None, :, 0]) & (far[:, None] != foreign[None, :, 1]))[None]
    count: NDArray[np.float64] = cross.sum(axis=(1, 2)).astype(np.float64)
    return count


def _pierced(start: Points, end: Points, box: Boxes) -> NDArray[np.bool_]:
    """Whether segments touch boxes, by clipping (Liang & Barsky 1984); shapes broadcast."""
    enter = np.zeros(np.broadcast_shapes(start.shape[:-1], box.shape[:-1]))
    leave = np.ones_like(enter)
    for axis in (0, 1):
        origin, delta = start[..., axis], end[..., axis] - start[..., axis]
        delta = np.where(np.abs(delta) < 1e-9, 1e-9, delta)
        low, high = (box[..., axis] - origin) / delta, (box[..., axis + 2] - origin) / delta
        enter = np.maximum(enter, np.minimum(low, high))
        leave = np.minimum(leave, np.maximum(low, high))
    pierced: NDArray[np.bool_] = enter < leave
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
        far = np.array([end])
        total += float(
            _crossings(
                points[start][None, None], points[end][None, None], points[rest[:, 0]], points[rest[:, 1]], far, rest
            )[0]
        )
    return int(total)
