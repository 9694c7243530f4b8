"""Parts of a corpus or view: what was published by a day, what one story's articles say, what is near one thing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from kg.errors import RenderError
from kg.model import Comparison, Corpus, Link, Reading
from kg.render.status import status_of
from kg.render.text import plain
from kg.render.view import Edge, View


def as_of_date(corpus: Corpus, day: str) -> Corpus:
    """Only the articles published on `day` (ISO date) or before; links rest on what these say, with their status
    found again. Articles without a date are left out: nothing says that they were known by then."""
    try:
        date.fromisoformat(day)
    except ValueError:
        raise RenderError(f"{plain(day)} is not a date; write it as YYYY-MM-DD") from None
    readings = [reading for reading in corpus.readings if (reading.article.published or "9999")[:10] <= day]
    known = {iri for reading in readings for iri in _happenings(reading)}
    articles = {reading.article.iri for reading in readings}
    old = corpus.comparison
    disagreements = tuple(
        replace(item, sides=sides) for item in old.disagreements
        if len(sides := tuple(side for side in item.sides if side.article in articles)) > 1 and len({side.value for side in sides}) > 1
    )
    disputed = {item.about for item in disagreements if item.type != "refinement"}
    clusters = tuple(
        replace(cluster, members=members) for cluster in old.clusters
        if (members := cluster.members if cluster.kind == "entity" else tuple(iri for iri in cluster.members if iri in known))
    )
    kept = {cluster.iri for cluster in clusters}
    return Corpus(readings=readings, comparison=Comparison(
        clusters=clusters,
        links=tuple(_cut_link(link, known, disputed, readings) for link in old.links if known & set(link.events)),
        disagreements=disagreements,
        stories=tuple(
            replace(story, articles=tuple(a for a in story.articles if a in articles), events=tuple(e for e in story.events if e in kept))
            for story in old.stories if articles & set(story.articles)
        ),
    ))


def _happenings(reading: Reading) -> Iterable[str]:
    yield from (event.iri for event in reading.events)
    yield from (relation.iri for relation in reading.relations)


def _cut_link(link: Link, known: Collection[str], disputed: Collection[str], readings: Iterable[Reading]) -> Link:
    events = tuple(iri for iri in link.events if iri in known)
    if events == link.events:
        return link
    return replace(link, events=events, status=status_of(link, events, readings, disputed=bool({link.subject, link.object} & set(disputed))))


def of_story(view: View, name: str) -> View:
    """What the articles of one story say; `name` is its label or id, or the start of its label."""
    wanted = plain(name).casefold()
    stories = view["stories"]
    found = [s for s in stories if wanted in (s["label"].casefold(), s["id"].casefold())] or [s for s in stories if s["label"].casefold().startswith(wanted)]
    if not found:
        raise RenderError(f"no story is called {plain(name)}; " + _known(name, [story["label"] for story in stories]))
    articles = set(found[0]["articles"])
    edges = [edge for edge in view["edges"] if any(view["claims"][claim]["article"] in articles for claim in edge["claims"])]
    return _keep(view, edges, found[0]["events"])


def around_name(view: View, name: str, depth: int) -> View:
    """What is within `depth` lines of the thing of that name (case aside), other name, or id."""
    if depth < 0:
        raise RenderError(f"depth {depth} is below 0; give the number of lines to follow")
    wanted = plain(name).casefold()
    reached = {node["id"] for node in view["nodes"] if node["id"].casefold() == wanted or node["label"].casefold() == wanted}
    reached = reached or {node["id"] for node in view["nodes"] if wanted in (other.casefold() for other in node["names"])}
    if not reached:
        raise RenderError(f"nothing is called {plain(name)}; " + _known(name, [node["label"] for node in view["nodes"]]))
    for _ in range(depth):
        reached |= {end for edge in view["edges"] if edge["subject"] in reached or edge["object"] in reached for end in (edge["subject"], edge["object"])}
    return _keep(view, [edge for edge in view["edges"] if edge["subject"] in reached and edge["object"] in reached], reached)


def _keep(view: View, edges: list[Edge], others: Iterable[str]) -> View:
    ids = {end for edge in edges for end in (edge["subject"], edge["object"])} | set(others)
    kept = {at for edge in edges for at in edge["differ"]}
    kept |= {at for at, item in enumerate(view["differences"]) if item["about"] in ids}
    new_at = {old: new for new, old in enumerate(sorted(kept))}
    cut: View = {
        **view, "nodes": [node for node in view["nodes"] if node["id"] in ids],
        "edges": [{**edge, "differ": [new_at[at] for at in edge["differ"]]} for edge in edges],
        "differences": [item if item["about"] in ids else {**item, "about": None} for at, item in enumerate(view["differences"]) if at in kept],
        "stories": [{**story, "events": [event for event in story["events"] if event in ids]} for story in view["stories"]],
        "omissions": [item for item in view["omissions"] if item["about"] in ids],
    }
    return cut


def _known(name: str, labels: Iterable[str]) -> str:
    ordered = sorted(set(labels))
    close = difflib.get_close_matches(name, ordered, n=3, cutoff=0.5) or ordered[:3]
    return f"did you mean {', '.join(close)}?" if close else "there is none at all"
