"""Where each node stands: computed here, never in the browser, and the same on every machine.

The most central nodes (all of them, in a small graph) are unfolded part by part (`stress`), packed into a frame of
the canvas's shape, and untangled (`untangle`); every other node then takes the nearest free place beside a
neighbour that has one, ready for when the reader opens it.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.render.labels import EDGE_FONT, measure, wrap
from kg.render.stress import Points, hops, unfold
from kg.render.untangle import Scene, part, untangle

SHOWN = 300  # more nodes than this are hidden at first: beyond it labels no longer fit one screen

_ASPECT = 1.0  # width to height of the canvas between the panels at 1440 x 900
_STRETCH = 1.5  # a drawing is drawn out to the canvas's shape at most by this
_ROOM = 2.15  # the frame's area, in areas of what stands in it
_SEARCHED = 80  # nodes: up to here the search alone parts what overlaps
_NAMED = 40  # nodes of a larger drawing that are sure of a name
_CELL = 56.0  # pixels: the grid on which parts are packed and later nodes find a free place
_GAP = 4.0  # pixels between a shape and its label


@dataclass(frozen=True, slots=True)
class Place:
    """One node's centre and radius in pixels, its label's lines, and whether it is shown at first."""

    x: int
    y: int
    radius: float
    lines: tuple[str, ...]
    shown: bool


def radius(degree: int) -> float:
    """Pixels; grows with the square root, so that areas compare."""
    return round(min(10 + 3.2 * math.sqrt(degree), 30), 1)


def places(graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """Every node's place; `graph` carries a `label` on each node."""
    linked = graph.subgraph(node for node in graph.nodes if graph.degree(node)) if graph.number_of_edges() else graph
    order = most_central(linked)
    core, rest = order[:SHOWN], order[SHOWN:]
    lines = {node: wrap(graph.nodes[node]["label"]) for node in graph.nodes}
    radii = {node: radius(graph.degree(node)) for node in graph.nodes}
    # a large drawing is seen from farther away, where names are larger beside it: room for the most important ones
    scale = dict.fromkeys(core[:_NAMED], 1 + len(core) / 200) if len(core) > _SEARCHED else dict.fromkeys(core, 1.0)
    centres = _core(core, graph, {node: _box(radii[node], lines[node], scale.get(node, 0)) for node in core})
    centres |= _beside(rest, linked, centres)
    nowhere = 0.0, 0.0  # a thing without any line is not drawn, unless there is no line at all
    shown = set(core)
    return {
        node: Place(
            x=round(centres.get(node, nowhere)[0]),
            y=round(centres.get(node, nowhere)[1]),
            radius=radii[node],
            lines=lines[node],
            shown=node in shown,
        )
        for node in graph.nodes
    }


def most_central(graph: nx.MultiDiGraph[str]) -> list[str]:
    """The best connected first. A third of what is shown is chosen by neighbours alone; after that, whatever has
    the most neighbours among those chosen comes next, so that what is shown hangs together."""
    near = {node: (set(graph.successors(node)) | set(graph.predecessors(node))) - {node} for node in graph.nodes}
    order = sorted(graph.nodes, key=lambda node: (-len(near[node]), -graph.degree(node), node))
    chosen = dict.fromkeys(order[: SHOWN // 3])
    rank = {node: at for at, node in enumerate(order)}
    inside = {node: len(near[node] & chosen.keys()) for node in order}
    heap = [(-inside[node], rank[node], node) for node in order if node not in chosen]
    heapq.heapify(heap)
    while heap:
        links, _, node = heapq.heappop(heap)
        if node in chosen or -links != inside[node]:
            continue
        chosen[node] = None
        for other in near[node] - chosen.keys():
            inside[other] += 1
            heapq.heappush(heap, (-inside[other], rank[other], other))
    return list(chosen)


def _box(size: float, lines: Sequence[str], scale: float) -> tuple[float, float, float, float]:
    """Shape and label below it, relative to the centre: left, top, right, bottom; without a label at scale 0."""
    label = measure(tuple(lines))
    half = max(size + _GAP, label.width / 2 * scale)
    return -half, -size - _GAP, half, size + _GAP + label.height * scale


def _core(
    core: Sequence[str], graph: nx.MultiDiGraph[str], boxes: Mapping[str, tuple[float, float, float, float]]
) -> dict[str, tuple[float, float]]:
    if not core:
        return {}
    index = {node: at for at, node in enumerate(sorted(core))}
    pairs = sorted(  # parallel lines count as many as they are
        (min(index[a], index[b]), max(index[a], index[b]))
        for a, b in graph.edges()
        if a in index and b in index and a != b
    )
    lines = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    box = np.array([boxes[node] for node in index])
    area = float(((box[:, 2] - box[:, 0] + 18) * (box[:, 3] - box[:, 1] + 18)).sum()) * _ROOM
    frame = math.sqrt(area * _ASPECT) / 2, math.sqrt(area / _ASPECT) / 2
    points = _packed(len(index), lines, box, frame)
    if len(index) > _SEARCHED:
        points = part(_evened(points), box)
        frame = float(np.abs(points[:, 0]).max()), float(np.abs(points[:, 1]).max())
    points = _filling(untangle(points, Scene(box, lines, frame, _room(graph, index, pairs))))
    if len(index) > _SEARCHED:
        points = part(points, box)
    return {node: (float(points[at, 0]), float(points[at, 1])) for node, at in index.items()}


def _evened(points: Points) -> Points:
    """Half way to where all nodes would be spread evenly from side to side and from top to bottom: what is crowded
    takes room from what is empty, and nothing changes sides."""
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    least, most = points.min(axis=0), points.max(axis=0)
    even = least + (most - least) * ranks / (len(points) - 1)
    evened: Points = np.round((points + even) / 2)
    return evened


def _filling(points: Points) -> Points:
    """The drawing drawn out along its shorter side to the shape of the canvas: what crosses still crosses, nothing
    comes nearer, and there is more air."""
    width, height = (points.max(axis=0) - points.min(axis=0) + _CELL).tolist()
    wide, high = max(1.0, _ASPECT * height / width), max(1.0, width / height / _ASPECT)
    drawn_out: Points = np.round(points * [min(wide, _STRETCH), min(high, _STRETCH)])
    return drawn_out


def _room(
    graph: nx.MultiDiGraph[str], index: Mapping[str, int], pairs: Sequence[tuple[int, int]]
) -> NDArray[np.float64]:
    """How long the line of each pair must be for its longest label, from centre to centre."""
    longest = dict.fromkeys(pairs, 0.0)
    for start, end, label in graph.edges(data="label", default=""):
        pair = (
            (min(index[start], index[end]), max(index[start], index[end])) if start in index and end in index else None
        )
        if pair in longest:
            ends = radius(graph.degree(start)) + radius(graph.degree(end))
            longest[pair] = max(longest[pair], measure((label,)).width * EDGE_FONT + ends + 26)
    return np.array([max(75.0, longest[pair]) for pair in pairs])


def _packed(size: int, lines: NDArray[np.int64], boxes: NDArray[np.float64], frame: tuple[float, float]) -> Points:
    """Each connected part unfolded by itself, the largest in the middle, the others around it."""
    distance = hops(size, lines)
    points = np.zeros((size, 2))
    taken: set[tuple[int, int]] = set()
    for held in _parts(distance):
        local = unfold(distance[np.ix_(held, held)])
        points[held] = _spread(local, boxes[held], frame, share=len(held) / size)
        cells = _cells(points[held], boxes[held])
        shift = _free_shift(cells, taken)
        points[held] += np.array(shift) * _CELL
        taken |= {(x + shift[0], y + shift[1]) for x, y in cells}
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    moved: Points = points - middle
    return moved


def _parts(distance: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """The connected parts, the largest first."""
    linked = (distance > 0) | np.eye(len(distance), dtype=bool)
    heads = linked.argmax(axis=1)
    parts = [np.flatnonzero(heads == head) for head in np.unique(heads)]
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def _spread(local: Points, boxes: NDArray[np.float64], frame: tuple[float, float], *, share: float) -> Points:
    """Turned so that the long side lies flat, and scaled to the part's share of the frame, with room for labels."""
    if len(local) == 1:
        return np.zeros((1, 2))
    centred = local - local.mean(axis=0)
    xx, yy, xy = (centred[:, 0] ** 2).sum(), (centred[:, 1] ** 2).sum(), (centred[:, 0] * centred[:, 1]).sum()
    angle = -0.5 * math.atan2(2 * float(xy), float(xx - yy))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turned: Points = np.round((centred @ turn.T) * 1e4) / 1e4
    extent = np.maximum(turned.max(axis=0) - turned.min(axis=0), 0.6)
    room = 2 * np.array(frame) * math.sqrt(share) - np.array([(boxes[:, 2] - boxes[:, 0]).mean(), 40])
    scale = np.clip(room / extent, 105, 190)
    ratio = float(scale[0] / scale[1])
    scale *= np.array([min(1, 1.6 / ratio), min(1, 1.6 * ratio)])
    scaled: Points = np.round(turned * scale)
    return scaled


def _cells(points: Points, boxes: NDArray[np.float64]) -> set[tuple[int, int]]:
    cells: set[tuple[int, int]] = set()
    for (x, y), (left, top, right, bottom) in zip(points.tolist(), boxes.tolist(), strict=True):
        for column in range(math.floor((x + left) / _CELL), math.floor((x + right) / _CELL) + 1):
            cells.update(
                (column, row) for row in range(math.floor((y + top) / _CELL), math.floor((y + bottom) / _CELL) + 1)
            )
    return cells


def _rings() -> Iterable[tuple[int, int]]:
    """Grid steps around the origin, the nearest first, wider than high as the canvas is."""
    for ring in range(400):
        shell = [(x, y) for x in range(-ring, ring + 1) for y in range(-ring, ring + 1) if max(abs(x), abs(y)) == ring]
        yield from sorted(shell, key=lambda step: (step[0] ** 2 / _ASPECT**2 + step[1] ** 2, step))


def _free_shift(cells: set[tuple[int, int]], taken: set[tuple[int, int]]) -> tuple[int, int]:
    for dx, dy in _rings():
        if not any((x + dx, y + dy) in taken for x, y in cells):
            return dx, dy
    return 0, 0


def _beside(
    rest: Sequence[str], graph: nx.MultiDiGraph[str], centres: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Free places for the nodes not shown at first, each near a neighbour that has one, in waves from the core."""
    width, height = 2.4 * _CELL, 1.3 * _CELL
    taken = {(round(x / width), round(y / height)) for x, y in centres.values()}
    found: dict[str, tuple[float, float]] = {}
    waiting = set(rest)
    front = sorted(centres)
    steps = [step for step, _ in zip(_rings(), range(9000), strict=False)]
    reach: dict[tuple[int, int], int] = {}
    while waiting:
        wave: list[str] = []
        for node in front or [min(waiting)]:
            x, y = centres.get(node) or found.get(node) or (0.0, 0.0)
            origin = round(x / width), round(y / height)
            fresh = sorted({*graph.successors(node), *graph.predecessors(node)} & waiting) if front else [node]
            for neighbour in fresh:
                at = reach.get(origin, 0)
                while at < len(steps) - 1 and (origin[0] + steps[at][0], origin[1] + steps[at][1]) in taken:
                    at += 1
                reach[origin] = at
                spot = origin[0] + steps[at][0], origin[1] + steps[at][1]
                taken.add(spot)
                found[neighbour] = spot[0] * width, spot[1] * height
                waiting.discard(neighbour)
                wave.append(neighbour)
        front = wave
    return found
