"""Parts of a corpus or view: what was published by a day, what one story's articles say, what is near one thing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kg.errors import RenderError
from kg.model import Corpus, Reading
from kg.render.text import plain
from kg.render.view import Edge, View


def as_of_date(corpus: Corpus, day: str) -> Corpus:
    """What was known on `day` (ISO date): the articles published by then, compared again among themselves.

    Articles without a date are left out: nothing says that they were known.
    """
    from kg.compare import compare

    try:
        date.fromisoformat(day)
    except ValueError:
        raise RenderError(f"{plain(day)} is not a date; write it as YYYY-MM-DD") from None
    readings = [reading for reading in corpus.readings if (reading.article.published or "9999")[:10] <= day]
    known = {iri for reading in readings for iri in _iris(reading)}
    clusters = [
        replace(cluster, members=members)
        for cluster in corpus.comparison.clusters
        if (members := tuple(iri for iri in cluster.members if iri in known))
    ]
    return Corpus(readings=readings, comparison=compare(readings, clusters))


def _iris(reading: Reading) -> Iterable[str]:
    yield from (event.iri for event in reading.events)
    yield from (entity.iri for entity in reading.entities)


def of_story(view: View, name: str) -> View:
    """What the articles of one story say; `name` is its label or id, or the start of its label."""
    wanted = plain(name).casefold()
    stories = view["stories"]
    found = [s for s in stories if wanted in (s["label"].casefold(), s["id"].casefold())] or [
        s for s in stories if s["label"].casefold().startswith(wanted)
    ]
    if not found:
        raise RenderError(f"no story is called {plain(name)}; " + _known(name, [story["label"] for story in stories]))
    articles = set(found[0]["articles"])
    edges = [
        edge for edge in view["edges"] if any(view["claims"][claim]["article"] in articles for claim in edge["claims"])
    ]
    return _keep(view, edges, found[0]["events"])


def around_name(view: View, name: str, depth: int) -> View:
    """What is within `depth` lines of the thing of that name (case aside), other name, part of a name, or id."""
    if depth < 0:
        raise RenderError(f"depth {depth} is below 0; give the number of lines to follow")
    wanted = plain(name).casefold()
    reached = _called(view, wanted)
    if not reached:
        raise RenderError(
            f"nothing is called {plain(name)}; " + _known(name, [node["label"] for node in view["nodes"]])
        )
    for _ in range(depth):
        reached |= {
            end
            for edge in view["edges"]
            if edge["subject"] in reached or edge["object"] in reached
            for end in (edge["subject"], edge["object"])
        }
    return _keep(
        view, [edge for edge in view["edges"] if edge["subject"] in reached and edge["object"] in reached], reached
    )


def _called(view: View, wanted: str) -> set[str]:
    """The things of that id or label; else of that other name; else the one whose label has these words in it."""
    nodes = view["nodes"]
    by_word = {
        node["id"] for node in nodes if node["kind"] != "event" and f" {wanted} " in f" {node['label'].casefold()} "
    }
    return (
        {node["id"] for node in nodes if wanted in (node["id"].casefold(), node["label"].casefold())}
        or {node["id"] for node in nodes if wanted in (other.casefold() for other in (*node["names"], node["note"]))}
        or (by_word if len(by_word) == 1 else set())
    )


def _keep(view: View, edges: list[Edge], others: Iterable[str]) -> View:
    ids = {end for edge in edges for end in (edge["subject"], edge["object"])} | set(others)
    kept = {at for edge in edges for at in edge["differ"]}
    kept |= {at for at, item in enumerate(view["differences"]) if item["about"] in ids}
    new_at = {old: new for new, old in enumerate(sorted(kept))}
    cut: View = {
        **view,
        "nodes": [node for node in view["nodes"] if node["id"] in ids],
        "edges": [{**edge, "differ": [new_at[at] for at in edge["differ"]]} for edge in edges],
        "differences": [
            item if item["about"] in ids else {**item, "about": None}
            for at, item in enumerate(view["differences"])
            if at in kept
        ],
        "stories": [
            {**story, "events": [event for event in story["events"] if event in ids]} for story in view["stories"]
        ],
        "omissions": [item for item in view["omissions"] if item["about"] in ids],
    }
    return _without_unused(cut)


def _without_unused(view: View) -> View:
    """The same view with only the claims, sayings and articles that are still referred to."""
    claims = {claim for edge in view["edges"] for claim in edge["claims"]} | {
        claim for node in view["nodes"] for claim in node["claims"]
    }
    new_claim = {old: new for new, old in enumerate(sorted(claims))}
    sides = [side for item in view["differences"] for side in item["sides"]]
    articles = {view["claims"][claim]["article"] for claim in claims} | {side["article"] for side in sides}
    new_article = {old: new for new, old in enumerate(sorted(articles))}
    sayings = sorted({view["claims"][claim]["saying"] for claim in claims})
    new_saying = {old: new for new, old in enumerate(sayings)}

    def moved(numbers: Iterable[int]) -> list[int]:
        return [new_claim[number] for number in numbers if number in new_claim]

    return {
        **view,
        "articles": [view["articles"][at] for at in new_article],
        "sayings": [view["sayings"][at] for at in new_saying],
        "claims": [
            {**claim, "article": new_article[claim["article"]], "saying": new_saying[claim["saying"]]}
            for claim in (view["claims"][at] for at in new_claim)
        ],
        "nodes": [{**node, "claims": moved(node["claims"])} for node in view["nodes"]],
        "edges": [{**edge, "claims": moved(edge["claims"])} for edge in view["edges"]],
        "differences": [
            {
                **item,
                "sides": [
                    {**side, "article": new_article[side["article"]], "claims": moved(side["claims"])}
                    for side in item["sides"]
                ],
            }
            for item in view["differences"]
        ],
        "stories": [
            {**story, "articles": [new_article[at] for at in story["articles"] if at in new_article]}
            for story in view["stories"]
        ],
    }


def _known(name: str, labels: Iterable[str]) -> str:
    ordered = sorted(set(labels))
    close = difflib.get_close_matches(name, ordered, n=3, cutoff=0.5) or ordered[:3]
    return f"did you mean {', '.join(close)}?" if close else "there is none at all"
