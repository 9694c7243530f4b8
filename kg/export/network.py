"""The links between entities and events as a network: GraphML, GEXF and node-link JSON, by NetworkX.

Nodes are the things that links join, edges the links, each with its status and with who backs it. An edge says what is
reported, not what is true: look at `status`, `negated`, `outlets` and `origins` before it is drawn. Text is on one
line, and characters that XML has no place for are replaced.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from kg.export.forms import Exportable
from kg.model import Comparison, Corpus, Entity, Event, Link

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Attributes = dict[str, str | int | float | bool]
# what XML 1.0 allows (its production 2), and none of the characters that are no characters
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BETWEEN = "; "  # several names in one attribute


def graphml(graph: Exportable) -> bytes:
    """GraphML."""
    import networkx

    lines = networkx.generate_graphml(network(graph.corpus(text=False)), encoding="utf-8", named_key_ids=True)
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n").encode()


def gexf(graph: Exportable) -> bytes:
    """GEXF 1.2, without the day on which it was written."""
    from networkx.readwrite.gexf import GEXFWriter

    made = network(graph.corpus(text=False))
    for *_, key, known in made.edges(keys=True, data=True):
        known["id"] = key  # else it would be a number
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(made)
    root: ElementTree.Element = writer.xml
    for meta in [one for one in root if one.tag.endswith("meta")]:
        root.remove(meta)
    ElementTree.indent(root)
    out = BytesIO()
    ElementTree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def nodelink(graph: Exportable) -> bytes:
    """JSON with `nodes` and `edges`, as NetworkX and D3 read it."""
    import networkx

    data = networkx.node_link_data(network(graph.corpus(text=False)), edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def network(corpus: Corpus) -> MultiDiGraph[str]:
    """The network of a corpus, sorted by IRI. Nothing in it is None: what is not known is not there."""
    import networkx

    made: MultiDiGraph[str] = networkx.MultiDiGraph()
    things = nodes(corpus)
    for iri in sorted({end for link in corpus.comparison.links for end in (link.subject, link.object)}):
        made.add_node(iri, **things[iri])
    for link in sorted(corpus.comparison.links, key=lambda link: link.iri):
        made.add_edge(link.subject, link.object, key=link.iri, **edge(link))
    return made


def canonical(comparison: Comparison) -> dict[str, str]:
    """Entity or event of one article -> the cluster it is in."""
    return {member: cluster.iri for cluster in comparison.clusters for member in cluster.members}


def nodes(corpus: Corpus) -> dict[str, Attributes]:
    """All entities and events of a corpus by IRI, those that are one under the cluster's."""
    one = canonical(corpus.comparison)
    labels = {cluster.iri: cluster.label for cluster in corpus.comparison.clusters}
    entities: dict[str, Counter[Entity]] = {}
    events: dict[str, list[Event]] = {}
    for reading in corpus.readings:
        for entity in reading.entities:
            entities.setdefault(one.get(entity.iri, entity.iri), Counter())[entity] += 1
        for event in reading.events:
            events.setdefault(one.get(event.iri, event.iri), []).append(event)
    found = {iri: _entity(variants, labels.get(iri)) for iri, variants in entities.items()}
    found |= {iri: _event(told, labels.get(iri)) for iri, told in events.items()}
    for iri in {end for link in corpus.comparison.links for end in (link.subject, link.object)} - found.keys():
        found[iri] = {"label": plain(labels.get(iri, iri)), "kind": "other"}  # every edge has two ends
    return found


def edge(link: Link) -> Attributes:
    """What is known of a link."""
    known: Attributes = {
        "label": plain(link.relation),
        "status": link.status,
        "negated": link.negated,
        "outlets": len(link.outlets),
        "origins": len(link.origins),
        "outlet_names": plain(_BETWEEN.join(link.outlets)),
        "origin_names": plain(_BETWEEN.join(link.origins)),
        "events": len(link.events),
    }
    return known | _given(first=link.first, last=link.last)


def plain(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return " ".join(_NO_XML.sub("\ufffd", text).split())


def _entity(variants: Counter[Entity], label: str | None) -> Attributes:
    """One entity as several articles have it: the most frequent of them leads."""
    first = min(variants, key=lambda entity: (-variants[entity], entity.label, entity.kind, entity.iri))
    place = min((e for e in variants if e.latitude is not None), key=lambda e: e.iri, default=None)
    known: Attributes = {"label": plain(label or first.label), "kind": first.kind, "named": first.named}
    known |= _given(wikidata=next(filter(None, (entity.qid for entity in _sorted(variants))), None))
    return known | (_given(latitude=place.latitude, longitude=place.longitude) if place else {})


def _sorted(variants: Iterable[Entity]) -> list[Entity]:
    return sorted(variants, key=lambda entity: (entity.iri, entity.label))


def _event(told: list[Event], label: str | None) -> Attributes:
    """One event as several articles tell it."""
    kinds = Counter(event.kind for event in told)
    kind = min(kinds, key=lambda kind: (kind == "Event", -kinds[kind], kind))
    lemmas = sorted({event.lemma for event in told})
    starts = sorted(event.start for event in told if event.start and event.time_basis == "stated")
    plover = next((event.plover for event in told if event.plover), None)
    named = label or (kind if kind != "Event" else lemmas[0])
    known: Attributes = {"label": plain(named), "kind": "event", "type": kind, "lemmas": plain(_BETWEEN.join(lemmas))}
    return known | {"told": len(told)} | _given(plover=plover, date=starts[0] if starts else None)


def _given(**values: Any) -> Attributes:
    return dict(_known(values.items()))


def _known(values: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for name, value in values:
        if value is not None:
            yield name, plain(value) if isinstance(value, str) else value
