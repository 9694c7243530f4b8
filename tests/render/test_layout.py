"""Where nodes stand: deterministic, apart, and untangled."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np

from kg.render.graph import graph
from kg.render.labels import measure, wrap
from kg.render.layout import SHOWN, most_central, places
from kg.render.stress import hops, unfold
from kg.render.untangle import crossings
from tests.render.corpus import story, synthetic


def test_hops_count_edges() -> None:
    distance = hops(4, np.array([[0, 1], [1, 2]]))
    assert distance[0].tolist() == [0, 1, 2, 0]


def test_a_path_unfolds_to_a_line() -> None:
    points = unfold(hops(5, np.array([[0, 1], [1, 2], [2, 3], [3, 4]])))
    apart = np.sqrt(((points[0] - points[4]) ** 2).sum())
    assert 3.9 < apart < 4.1


def test_places_do_not_depend_on_the_order_of_nodes() -> None:
    drawn = graph(story())
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(drawn.nodes(data=True))))
    for start, end, key, given in reversed(list(drawn.edges(keys=True, data=True))):
        turned.add_edge(start, end, key=key, **given)
    assert places(turned) == dict(places(drawn))


def test_no_box_lies_on_another() -> None:
    placed = [place for place in places(graph(story())).values() if place.shown]
    for one, other in combinations(placed, 2):
        sizes = [measure(place.lines) for place in (one, other)]
        wide = sum(max(size.width / 2, place.radius) for size, place in zip(sizes, (one, other), strict=True))
        low, high = (one, other) if one.y < other.y else (other, one)
        assert abs(one.x - other.x) >= wide or high.y - low.y >= low.radius + measure(low.lines).height + high.radius


def test_a_planar_graph_is_drawn_without_crossings() -> None:
    grid: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.relabel_nodes(nx.grid_2d_graph(4, 4).to_directed(), str))
    nx.set_node_attributes(grid, dict.fromkeys(grid, "node"), "label")
    placed = places(grid)
    index = {node: at for at, node in enumerate(sorted(placed))}
    points = np.array([[placed[node].x, placed[node].y] for node in sorted(placed)], dtype=float)
    lines = np.array(sorted({tuple(sorted((index[a], index[b]))) for a, b in grid.edges()}))
    assert crossings(points, lines) == 0


def test_a_large_graph_shows_its_centre_in_one_piece() -> None:
    drawn = graph(synthetic(2000, 6000))
    placed = places(drawn)
    shown = [node for node, place in placed.items() if place.shown]
    assert len(shown) == SHOWN
    assert set(shown) == set(most_central(drawn)[:SHOWN])
    spots = {(place.x, place.y) for place in placed.values()}
    assert len(spots) > 0.99 * len(placed)  # everything has a place of its own
    assert drawn.subgraph(shown).number_of_edges() > SHOWN


def test_labels_are_wrapped_and_measured_generously() -> None:
    assert wrap("Federal Security Service of the Russian Federation in Moscow and elsewhere")[-1].endswith("…")
    assert all(len(line) <= 17 for line in wrap("Donaudampfschifffahrtsgesellschaft"))
    assert measure(("Moscow",)).width > 40
