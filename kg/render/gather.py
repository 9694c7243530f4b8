"""From a corpus to the page's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypedDict

from kg.model import Corpus, Disagreement, Entity, Link, Reading, Side
from kg.render.evidence import Evidence, outlet_of
from kg.render.naming import Account, Known, Names, described, event_name, short_names
from kg.render.text import event_words, phrases, plain
from kg.render.view import ArticleView, Difference, Edge, Node, SideView, View

_VALUES = {"positive": "it is so", "negative": "it is not so"}  # the sides of a disagreement about polarity


def short_ids(iris: Iterable[str]) -> dict[str, str]:
    """Each IRI's tail, or the whole IRI where two would share one."""
    ordered = list(dict.fromkeys(iris))
    tails = {iri: iri.rstrip("/").rsplit("/", 1)[-1] or iri for iri in ordered}
    uses = Counter(tails.values())
    return {iri: tail if uses[tail] == 1 else iri for iri, tail in tails.items()}


def build_view(corpus: Corpus) -> View:
    """Everything the page shows. Links whose ends are unknown are drawn with the words of their IRIs."""
    comparison = corpus.comparison
    canonical = {member: cluster.iri for cluster in comparison.clusters for member in cluster.members}
    entities = _entities(corpus, canonical)
    members = {cluster.iri: cluster.members for cluster in comparison.clusters if cluster.kind == "event"}
    wanted = [canonical.get(iri, iri) for iri in _drawn(corpus)]
    ids = short_ids(wanted)
    labels = _labels(corpus, wanted, entities, canonical)
    node_ids = {iri: ids[canonical.get(iri, iri)] for iri in _all_iris(corpus) if canonical.get(iri, iri) in ids}
    evidence = Evidence(corpus.readings, node_ids, {ids[iri]: labels[iri] for iri in ids})
    links = [_edge(link, canonical, ids, evidence) for link in comparison.links]
    edge_ids = short_ids(edge["id"] for edge in links)
    differences = [_difference(item, canonical, ids, members, evidence) for item in comparison.disagreements]
    edges: list[Edge] = [
        {**edge, "id": edge_ids[edge["id"]], "differ": differ}
        for edge, differ in zip(links, _touching(links, differences), strict=True)
    ]
    nodes = [_node(iri, ids[iri], labels[iri], entities, members, evidence) for iri in ids]
    return {
        "articles": [_article(at, reading, evidence) for at, reading in enumerate(evidence.readings)],
        "nodes": nodes,
        "edges": edges,
        "differences": differences,
        "stories": [
            {
                "id": story.iri.rsplit("/", 1)[-1],
                "label": plain(story.label),
                "articles": [evidence.articles[a] for a in story.articles if a in evidence.articles],
                "events": [ids[iri] for event in story.events if (iri := canonical.get(event, event)) in ids],
            }
            for story in comparison.stories
        ],
        "omissions": [
            {
                "story": omission.story.rsplit("/", 1)[-1],
                "about": ids.get(canonical.get(omission.about, omission.about)),
                "outlets": [plain(o) for o in omission.outlets],
                "lacking": [plain(o) for o in omission.lacking],
            }
            for omission in comparison.omissions
        ],
        "claims": evidence.claims,
        "sayings": evidence.sayings,
    }


def _drawn(corpus: Corpus) -> Iterable[str]:
    comparison = corpus.comparison
    for link in comparison.links:
        yield link.subject
        yield link.object
    known = {member for cluster in comparison.clusters for member in (cluster.iri, *cluster.members)}
    known.update(entity.iri for reading in corpus.readings for entity in reading.entities)
    yield from (item.about for item in comparison.disagreements if item.about in known)
    yield from (event for story in comparison.stories for event in story.events if event in known)


def _all_iris(corpus: Corpus) -> Iterable[str]:
    for cluster in corpus.comparison.clusters:
        yield from (cluster.iri, *cluster.members)
    for reading in corpus.readings:
        yield from (entity.iri for entity in reading.entities)
        yield from (event.iri for event in reading.events)
    for link in corpus.comparison.links:
        yield from (link.subject, link.object)


class _Merged(TypedDict):
    entity: Entity
    names: Counter[str]
    articles: set[str]


def _entities(corpus: Corpus, canonical: Mapping[str, str]) -> dict[str, _Merged]:
    """Every entity under its node's IRI, with the names it goes by and the articles that mention it."""
    merged: dict[str, _Merged] = {}
    for reading in corpus.readings:
        for entity in reading.entities:
            merged.setdefault(
                canonical.get(entity.iri, entity.iri), {"entity": entity, "names": Counter(), "articles": set()}
            )
        for mention in reading.mentions:
            found = merged.get(canonical.get(mention.entity, mention.entity))
            if found is None:
                continue
            found["articles"].add(reading.article.iri)
            if mention.form == "name":
                found["names"][plain(mention.span.of(reading.article.text))] += 1
    return merged


def _labels(
    corpus: Corpus, wanted: Iterable[str], entities: Mapping[str, _Merged], canonical: Mapping[str, str]
) -> dict[str, str]:
    """An entity's label; an event's name, where its cluster has not been given one of its own."""
    clusters = {cluster.iri: cluster for cluster in corpus.comparison.clusters}
    accounts = {event.iri: Account(event, reading) for reading in corpus.readings for event in reading.events}
    names = _names(corpus, entities, canonical)
    labels = {}
    for iri in wanted:
        cluster, entity = clusters.get(iri), entities.get(iri)
        told = [accounts[member] for member in (cluster.members if cluster else (iri,)) if member in accounts]
        given = cluster.label if cluster else entity["entity"].label if entity else ""
        if told and (not given or given in {word for event, _ in told for word in (event.kind, event.lemma)}):
            labels[iri] = event_name(told, names)
        else:
            labels[iri] = plain(given or iri.rsplit("/", 1)[-1]) or "(no name)"
    return labels


def _names(corpus: Corpus, entities: Mapping[str, _Merged], canonical: Mapping[str, str]) -> Names:
    """How each entity is called in the name of an event; a group by its members."""
    short = short_names(
        (iri, merged["entity"].label, merged["entity"].kind, merged["names"])
        for iri, merged in entities.items()
        if merged["entity"].named
    )
    by_iri = {entity.iri: entity for reading in corpus.readings for entity in reading.entities}

    @cache
    def names(iri: str) -> Known | None:
        entity = by_iri.get(iri)
        if entity is None:
            return None
        members = [name for member in entity.members if (name := short.get(canonical.get(member, member)))]
        if members:
            return Known(tuple(dict.fromkeys(members)), plural=True)
        if entity.named:
            return Known((short[canonical.get(iri, iri)],), plural=False)
        return described(entity)

    return names


def _edge(link: Link, canonical: Mapping[str, str], ids: Mapping[str, str], evidence: Evidence) -> Edge:
    claims = evidence.of(link.events, link.attributions)
    standing = any(evidence.claims[claim]["kind"] == "Relation" for claim in claims)
    words = phrases(plain(link.relation), standing=standing)
    return {
        "id": link.iri,
        "subject": ids[canonical.get(link.subject, link.subject)],
        "relation": words.told,
        "label": words.short,
        "denial": words.denied,
        "plan": words.planned,
        "object": ids[canonical.get(link.object, link.object)],
        "status": link.status,
        "negated": link.negated,
        "claims": claims,
        "differ": [],
    }


def _node(
    iri: str,
    node_id: str,
    label: str,
    entities: Mapping[str, _Merged],
    members: Mapping[str, tuple[str, ...]],
    evidence: Evidence,
) -> Node:
    found = entities.get(iri)
    if found is None:
        claims = evidence.of(members.get(iri, (iri,)))
        kind = evidence.claims[claims[0]]["kind"] if claims else ""
        articles = len({evidence.claims[claim]["article"] for claim in claims})
        return {
            "id": node_id,
            "label": label,
            "kind": "event",
            "names": [],
            "links": [],
            "articles": articles,
            "claims": claims,
            "note": event_words(kind),
        }
    entity = found["entity"]
    names = _other_names(found["names"], label)
    note = "" if entity.named else "known only by description"
    links = [same for same in entity.same_as if same.startswith(("http://", "https://"))]
    return {
        "id": node_id,
        "label": label,
        "kind": entity.kind,
        "names": names,
        "links": links,
        "articles": len(found["articles"]),
        "claims": [],
        "note": note,
    }


def _other_names(names: Counter[str], label: str) -> list[str]:
    """Up to six, the most used first; the same words in another case, or with an article, are not another name."""
    bare = {_bare(label): label}
    for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0])):
        bare.setdefault(_bare(name), name)
    return list(bare.values())[1:7]


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _article(at: int, reading: Reading, evidence: Evidence) -> ArticleView:
    article = reading.article
    url = article.url if article.url and article.url.startswith(("http://", "https://")) else ""
    return {
        "id": article.iri.rsplit("/", 1)[-1],
        "title": plain(article.title) or plain(article.id),
        "outlet": outlet_of(article),
        "date": plain(article.published or "")[:10],
        "url": url,
        "text": article.text,
        "sentences": [evidence.offsets(at, span) for span in reading.sentences],
    }


def _difference(
    item: Disagreement,
    canonical: Mapping[str, str],
    ids: Mapping[str, str],
    members: Mapping[str, tuple[str, ...]],
    evidence: Evidence,
) -> Difference:
    about = canonical.get(item.about, item.about)
    events = members.get(about, ())
    return {
        "id": item.iri.rsplit("/", 1)[-1],
        "type": item.type,
        "severity": item.severity,
        "about": ids.get(about),
        "text": plain(item.explanation),
        "sides": [_side(side, events, evidence) for side in item.sides if side.article in evidence.articles],
    }


def _side(side: Side, events: tuple[str, ...], evidence: Evidence) -> SideView:
    at = evidence.articles[side.article]
    here = evidence.of(iri for iri in events if evidence.happened_in(iri) == at)
    exact = [claim for claim in here if evidence.claim_keys[claim][1] == side.attribution]
    return {
        "article": at,
        "outlet": outlet_of(evidence.readings[at].article),
        "source": plain(side.source or ""),
        "span": evidence.offsets(at, side.span),
        "sentence": evidence.sentence(at, side.span),
        "value": _VALUES.get(side.value, plain(side.value)),
        "claims": exact or here,
    }


def _touching(edges: Iterable[Edge], differences: list[Difference]) -> Iterable[list[int]]:
    """For each edge, the disagreements it is part of: by claim, else, where it is disputed, by what they are about."""
    by_claim: dict[int, set[int]] = {}
    by_node: dict[str, set[int]] = {}
    for at, difference in enumerate(differences):
        if difference["about"]:
            by_node.setdefault(difference["about"], set()).add(at)
        for side in difference["sides"]:
            for claim in side["claims"]:
                by_claim.setdefault(claim, set()).add(at)
    for edge in edges:
        found = {at for claim in edge["claims"] for at in by_claim.get(claim, ())}
        if not found and edge["status"] == "disputed":
            found = by_node.get(edge["subject"], set()) | by_node.get(edge["object"], set())
        yield sorted(found)
