"""A graph in figures, and why its things are one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.errors import KgError
from kg.model import Corpus
from kg.query.rows import short
from kg.store.folder import Manifest
from kg.vocab import GRAPH, KG, NIF, RDFS


def overview(manifest: Manifest, corpus: Corpus, quads: int) -> dict[str, Any]:
    """The figures that `kg info` prints; `articles` is a list of the articles' metadata."""
    readings, comparison = corpus.readings, corpus.comparison
    differing = [one for one in comparison.disagreements if one.type != "refinement"]
    return {
        "base": manifest.base,
        "outlets": sorted({entry.publisher for entry in manifest.articles if entry.publisher}),
        "entities": len({entity.iri for reading in readings for entity in reading.entities}),
        "mentions": sum(len(reading.mentions) for reading in readings),
        "events": sum(len(reading.events) for reading in readings),
        "relations": sum(len(reading.relations) for reading in readings),
        "attributions": sum(len(reading.attributions) for reading in readings),
        "links": len(comparison.links),
        "stories": len(comparison.stories),
        "disagreements": len(differing),
        "quads": quads,
        "extractors": sorted({point.name for point in entry_points(group="kg.extractors")}),
        "gazetteers": manifest.gazetteers,
        "articles": [
            {name: getattr(entry, name) for name in ("id", "iri", "title", "publisher", "published", "url", "sha256")}
            for entry in manifest.articles
        ],
    }


def explanation(store: Store, iri: str) -> list[dict[str, Any]]:
    """What stands across articles about an IRI: clusters it is in or is, links and promotions it is or is part of."""
    try:
        about = NamedNode(iri.removeprefix("<").removesuffix(">"))
    except ValueError as error:
        raise KgError(f"{iri!r} is no IRI: {error}") from None
    found = {about} | {
        quad.subject
        for predicate, graph in (
            (KG.unites, GRAPH.identity), (KG.proposition, GRAPH.links), (KG.link, GRAPH.links),
            (KG.factSubject, GRAPH.links), (KG.factObject, GRAPH.links),
        )
        for quad in store.quads_for_pattern(None, predicate, about, graph)
    }  # fmt: skip
    described = (_described(store, thing) for thing in sorted(found, key=str))
    return [one for one in described if one]


def _described(store: Store, thing: Any) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for graph in (GRAPH.identity, GRAPH.links):
        for quad in sorted(store.quads_for_pattern(thing, None, None, graph), key=str):
            name = short(quad.predicate).rpartition(":")[2]
            table.setdefault(name, []).append(short(quad.object))
            if quad.predicate in (KG.unites, KG.proposition):
                table.setdefault("words", []).extend(_words(store, quad.object))
    return {"iri": thing.value} | {name: list(dict.fromkeys(values)) for name, values in table.items()} if table else {}


def _words(store: Store, thing: Any) -> Iterator[str]:
    """The sentences that state an event or a proposition, or the name of an entity."""
    stating: list[Any] = [quad.graph_name for quad in store.quads_for_pattern(thing, KG.lemma, None, None)]
    for proposition in stating or [thing]:
        for sentence in _objects(store, proposition, KG.sentence):
            yield from map(short, _objects(store, sentence, NIF.anchorOf))
    yield from map(short, _objects(store, thing, RDFS.label))


def _objects(store: Store, subject: Any, predicate: NamedNode) -> list[Any]:
    """The objects in the default graph."""
    return [quad.object for quad in store.quads_for_pattern(subject, predicate, None, DefaultGraph())]
