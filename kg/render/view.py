"""What the page shows, as plain JSON: nodes, edges, and under each edge the claims that it rests on.

A claim is one event (or standing relation) of one article under one attribution. Ids are the tails of IRIs, short
enough for a deep link; lists are referred to by index. Offsets count UTF-16 units, as the browser's strings do.
"""

from __future__ import annotations

from typing import TypedDict

Offsets = tuple[int, int]


class ArticleView(TypedDict):
    id: str
    title: str
    outlet: str
    date: str
    url: str
    text: str
    sentences: list[Offsets]


class Voice(TypedDict):
    """One link of a chain of attribution, the outlet first. `told` is the news organisation that it spoke to, or ""."""

    label: str
    node: str | None
    source: Offsets | None
    cue: Offsets | None
    anonymous: bool
    told: str


class Saying(TypedDict):
    """An attribution: who says it through whom, and the characters of what is said."""

    chain: list[Voice]
    content: list[Offsets]
    origin: str


class Claim(TypedDict):
    article: int
    saying: int
    kind: str
    lemma: str
    trigger: Offsets | None
    sentence: Offsets | None
    roles: list[tuple[str, int, int]]
    date: str
    basis: str
    polarity: str
    realis: str
    certainty: str


class Node(TypedDict):
    id: str
    label: str
    kind: str
    names: list[str]
    links: list[str]
    articles: int
    claims: list[int]
    note: str


class Edge(TypedDict):
    id: str
    subject: str
    relation: str
    label: str
    denial: str
    plan: str
    object: str
    status: str
    negated: bool
    claims: list[int]
    differ: list[int]


class SideView(TypedDict):
    article: int
    outlet: str
    source: str
    span: Offsets
    sentence: Offsets | None
    value: str
    claims: list[int]


class Difference(TypedDict):
    id: str
    type: str
    severity: str
    about: str | None
    text: str
    sides: list[SideView]


class StoryView(TypedDict):
    id: str
    label: str
    articles: list[int]
    events: list[str]


class OmissionView(TypedDict):
    story: str
    about: str | None
    outlets: list[str]
    lacking: list[str]


class View(TypedDict):
    """The whole page's data; lists are referred to by index, nodes and edges by id."""

    articles: list[ArticleView]
    sayings: list[Saying]
    claims: list[Claim]
    nodes: list[Node]
    edges: list[Edge]
    differences: list[Difference]
    stories: list[StoryView]
    omissions: list[OmissionView]
