"""The plain NetworkX graph that people get: nodes by id, one edge for each link, keyed by the link's id."""

from __future__ import annotations

import networkx as nx

from kg.model import Corpus
from kg.render.gather import build_view
from kg.render.view import View


def graph(corpus: Corpus) -> nx.MultiDiGraph[str]:
    """Nodes carry `label` and `kind`; edges `relation` (in words), `label` (on the line), `status`, `negated`,
    `outlets` and `origins`."""
    return graph_of(build_view(corpus))


def graph_of(view: View) -> nx.MultiDiGraph[str]:
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in view["nodes"]:
        drawn.add_node(node["id"], label=node["label"], kind=node["kind"])
    for edge in view["edges"]:
        claims = [view["claims"][claim] for claim in edge["claims"]]
        drawn.add_edge(
            edge["subject"],
            edge["object"],
            key=edge["id"],
            relation=edge["relation"],
            label=edge["denial"] if edge["negated"] else edge["label"],
            status=edge["status"],
            negated=edge["negated"],
            outlets=sorted({view["articles"][claim["article"]]["outlet"] for claim in claims}),
            origins=sorted({view["sayings"][claim["saying"]]["origin"] for claim in claims}),
        )
    return drawn
