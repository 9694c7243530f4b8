"""What the page shows, as plain JSON: nodes, edges, and under each edge the claims that it rests on.

A claim is one event (or standing relation) of one article under one attribution; its chain is found by following
`Attribution.parent` up to the outlet's own voice. Ids are the tails of IRIs, short enough for a deep link. Offsets
count UTF-16 units, as the browser's strings do.

    >>> in_utf16("a\U0001f6a4b")(2)
    3
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypedDict

from kg.compare.copies import outlet_origins
from kg.model import Article, Attribution, Corpus, Disagreement, Entity, Event, Link, Reading, Relation, Side, Span
from kg.render.text import event_words, phrases, plain

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
    """One link of a chain of attribution, the outlet first."""

    label: str
    node: str | None
    source: Offsets | None
    cue: Offsets | None
    anonymous: bool


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


def in_utf16(text: str) -> Callable[[int], int]:
    """From an offset in code points to one in UTF-16 units."""
    if not text or max(text) < "\U00010000":
        return lambda at: at
    astral = [at for at, char in enumerate(text) if char >= "\U00010000"]
    return lambda at: at + bisect_left(astral, at)


def short_ids(iris: Iterable[str]) -> dict[str, str]:
    """Each IRI's tail, or the whole IRI where two would share one."""
    ordered = list(dict.fromkeys(iris))
    tails = {iri: iri.rstrip("/").rsplit("/", 1)[-1] or iri for iri in ordered}
    uses = Counter(tails.values())
    return {iri: tail if uses[tail] == 1 else iri for iri, tail in tails.items()}


def outlet_of(article: Article) -> str:
    return plain(article.publisher or article.id)


class Evidence:
    """All articles' claims, each made once and numbered in the order asked for."""

    def __init__(self, readings: Iterable[Reading], node_of: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self.readings = list(readings)
        self.node_of = node_of  # entity IRI -> node IRI
        self.labels = labels  # node IRI -> label
        self.articles = {reading.article.iri: at for at, reading in enumerate(self.readings)}
        self._offset = [in_utf16(reading.article.text) for reading in self.readings]
        self._happening: dict[str, tuple[int, Event | Relation]] = {}
        self._holders: dict[str, list[str]] = {}
        self._attributions: dict[str, tuple[int, Attribution]] = {}
        self._roots: dict[int, str] = {}
        self._named = [{entity.iri: entity.label for entity in reading.entities if entity.named} for reading in self.readings]
        self._voices = outlet_origins(self.readings)
        for at, reading in enumerate(self.readings):
            self._read(at, reading)
        self.claims: list[Claim] = []
        self.sayings: list[Saying] = []
        self.claim_keys: list[tuple[str, str]] = []  # (event or relation, attribution) of each claim
        self._claim_at: dict[tuple[str, str], int] = {}
        self._saying_at: dict[str, int] = {}

    def _read(self, at: int, reading: Reading) -> None:
        for happening in (*reading.events, *reading.relations):
            self._happening[happening.iri] = (at, happening)
        for attribution in reading.attributions:
            self._attributions[attribution.iri] = (at, attribution)
            if attribution.parent is None:
                self._roots.setdefault(at, attribution.iri)
            for iri in (*attribution.events, *attribution.relations):
                self._holders.setdefault(iri, []).append(attribution.iri)

    def of(self, happenings: Iterable[str], attributions: Iterable[str] = ()) -> list[int]:
        """The claims of these events and relations, by these attributions where any of them holds it."""
        wanted = set(attributions)
        found: list[int] = []
        for iri in happenings:
            if iri not in self._happening:
                continue
            holders = self._holders.get(iri, [])
            chosen = [holder for holder in holders if holder in wanted] or holders
            root = self._roots.get(self._happening[iri][0], "")
            found.extend(self._claim(iri, holder) for holder in chosen or [root])
        return list(dict.fromkeys(found))

    def offsets(self, article: int, span: Span) -> Offsets:
        offset = self._offset[article]
        return offset(span.start), offset(span.end)

    def sentence(self, article: int, span: Span) -> Offsets | None:
        """The sentences that a span touches, as one stretch."""
        touched = [s for s in self.readings[article].sentences if s.overlaps(span)]
        return self.offsets(article, Span(touched[0].start, touched[-1].end)) if touched else None

    def happened_in(self, iri: str) -> int | None:
        return self._happening[iri][0] if iri in self._happening else None

    def _claim(self, iri: str, attribution: str) -> int:
        key = (iri, attribution)
        if key not in self._claim_at:
            self._claim_at[key] = len(self.claims)
            self.claim_keys.append(key)
            self.claims.append(self._make_claim(*self._happening[iri], attribution))
        return self._claim_at[key]

    def _make_claim(self, at: int, happening: Event | Relation, attribution: str) -> Claim:
        if isinstance(happening, Event):
            span, stated = happening.trigger, happening.time_basis == "stated"
            roles = [(role.name, *self.offsets(at, role.span)) for role in happening.roles]
            kind, lemma = happening.kind, happening.lemma
            date, basis = (happening.start or "", "stated") if stated else ("", "")
            realis, certainty = happening.realis, happening.certainty
        else:
            span, kind, lemma, date, basis, realis, certainty = happening.span, "Relation", happening.name, "", "", "actual", "certain"
            roles = [("subject", *self.offsets(at, happening.subject_span)), ("object", *self.offsets(at, happening.object_span))]
        return {
            "article": at, "saying": self._saying(at, attribution), "kind": kind, "lemma": plain(lemma),
            "trigger": self.offsets(at, span), "sentence": self.sentence(at, span), "roles": roles, "date": date[:10], "basis": basis,
            "polarity": happening.polarity, "realis": realis, "certainty": certainty,
        }

    def _saying(self, at: int, attribution: str) -> int:
        key = attribution or f"{at}"
        if key not in self._saying_at:
            self._saying_at[key] = len(self.sayings)
            chain = self._chain(at, attribution)
            content = self._attributions[attribution][1].content if len(chain) > 1 else ()
            self.sayings.append({"chain": chain, "content": [self.offsets(at, span) for span in content], "origin": self._origin(at, attribution)})
        return self._saying_at[key]

    def _relays(self, attribution: str) -> Iterable[Attribution]:
        """The attribution and those that relay it, up to the outlet's own voice, which is left out."""
        seen: set[str] = set()
        while attribution in self._attributions and attribution not in seen:
            seen.add(attribution)
            found = self._attributions[attribution][1]
            if found.parent is None:
                return
            yield found
            attribution = found.parent

    def _chain(self, at: int, attribution: str) -> list[Voice]:
        """From the outlet down to the innermost source."""
        outlet: Voice = {"label": outlet_of(self.readings[at].article), "node": None, "source": None, "cue": None, "anonymous": False}
        return [outlet, *reversed([self._voice(at, found) for found in self._relays(attribution)])]

    def _origin(self, at: int, attribution: str) -> str:
        """Who it comes from, as `kg.compare` counts: the innermost named source, else the outlet that had it first."""
        for found in self._relays(attribution):
            label = self._named[at].get(found.source.entity or "")
            if label and not found.source.anonymous and not found.source.collective:
                return plain(label)
        return plain(self._voices[self.readings[at].article.iri])

    def _voice(self, at: int, attribution: Attribution) -> Voice:
        source = attribution.source
        node = self.node_of.get(source.entity) if source.entity else None
        return {
            "label": (self.labels.get(node) if node else None) or plain(source.label) or "someone unnamed", "node": node,
            "source": self.offsets(at, source.span) if source.span else None,
            "cue": self.offsets(at, attribution.cue) if attribution.cue else None, "anonymous": source.anonymous,
        }


def build_view(corpus: Corpus) -> View:
    """Everything the page shows. Links whose ends are unknown are drawn with the words of their IRIs."""
    comparison = corpus.comparison
    canonical = {member: cluster.iri for cluster in comparison.clusters for member in cluster.members}
    entities = _entities(corpus, canonical)
    members = {cluster.iri: cluster.members for cluster in comparison.clusters if cluster.kind == "event"}
    wanted = [canonical.get(iri, iri) for iri in _drawn(corpus)]
    ids = short_ids(wanted)
    labels = {iri: label for iri, label in _labels(corpus, wanted, entities, canonical).items()}
    node_ids = {iri: ids[canonical.get(iri, iri)] for iri in _all_iris(corpus) if canonical.get(iri, iri) in ids}
    evidence = Evidence(corpus.readings, node_ids, {ids[iri]: labels[iri] for iri in ids})
    links = [_edge(link, canonical, ids, evidence) for link in comparison.links]
    edge_ids = short_ids(edge["id"] for edge in links)
    edges = [edge | {"id": edge_ids[edge["id"]]} for edge in links]
    differences = [_difference(item, canonical, ids, members, evidence) for item in comparison.disagreements]
    _connect(edges, differences)
    nodes = [_node(iri, ids[iri], labels[iri], entities, members, evidence) for iri in ids]
    return {
        "articles": [_article(at, reading, evidence) for at, reading in enumerate(evidence.readings)],
        "nodes": nodes, "edges": edges, "differences": differences,  # type: ignore[typeddict-item]
        "stories": [
            {"id": story.iri.rsplit("/", 1)[-1], "label": plain(story.label), "articles": [evidence.articles[a] for a in story.articles if a in evidence.articles],
             "events": [ids[iri] for event in story.events if (iri := canonical.get(event, event)) in ids]}
            for story in comparison.stories
        ],
        "omissions": [
            {"story": omission.story.rsplit("/", 1)[-1], "about": ids.get(canonical.get(omission.about, omission.about)),
             "outlets": [plain(o) for o in omission.outlets], "lacking": [plain(o) for o in omission.lacking]}
            for omission in comparison.omissions
        ],
        "claims": evidence.claims, "sayings": evidence.sayings,
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
            merged.setdefault(canonical.get(entity.iri, entity.iri), {"entity": entity, "names": Counter(), "articles": set()})
        for mention in reading.mentions:
            found = merged.get(canonical.get(mention.entity, mention.entity))
            if found is None:
                continue
            found["articles"].add(reading.article.iri)
            if mention.form == "name":
                found["names"][plain(mention.span.of(reading.article.text))] += 1
    return merged


def _labels(corpus: Corpus, wanted: Iterable[str], entities: Mapping[str, _Merged], canonical: Mapping[str, str]) -> dict[str, str]:
    clusters = {cluster.iri: cluster.label for cluster in corpus.comparison.clusters}
    events = {event.iri: event.lemma for reading in corpus.readings for event in reading.events if event.iri not in canonical}
    labels = {}
    for iri in wanted:
        entity = entities.get(iri)
        label = clusters.get(iri) or (entity["entity"].label if entity else None) or events.get(iri) or iri.rsplit("/", 1)[-1]
        labels[iri] = (plain(label) if entity else event_words(plain(label))) or "(no name)"
    return labels


def _edge(link: Link, canonical: Mapping[str, str], ids: Mapping[str, str], evidence: Evidence) -> Edge:
    claims = evidence.of(link.events, link.attributions)
    standing = any(evidence.claims[claim]["kind"] == "Relation" for claim in claims)
    words = phrases(plain(link.relation), standing=standing)
    return {
        "id": link.iri, "subject": ids[canonical.get(link.subject, link.subject)], "relation": words.told, "label": words.short, "denial": words.denied,
        "plan": words.planned, "object": ids[canonical.get(link.object, link.object)], "status": link.status, "negated": link.negated,
        "claims": claims, "differ": [],
    }


def _node(
    iri: str, node_id: str, label: str, entities: Mapping[str, _Merged], members: Mapping[str, tuple[str, ...]], evidence: Evidence
) -> Node:
    found = entities.get(iri)
    if found is None:
        claims = evidence.of(members.get(iri, (iri,)))
        kind = evidence.claims[claims[0]]["kind"] if claims else ""
        articles = len({evidence.claims[claim]["article"] for claim in claims})
        return {"id": node_id, "label": label, "kind": "event", "names": [], "links": [], "articles": articles, "claims": claims, "note": kind}
    entity = found["entity"]
    names = _other_names(found["names"], label)
    note = "" if entity.named else "known only by description"
    links = [same for same in entity.same_as if same.startswith(("http://", "https://"))]
    return {"id": node_id, "label": label, "kind": entity.kind, "names": names, "links": links, "articles": len(found["articles"]), "claims": [], "note": note}


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
        "id": article.iri.rsplit("/", 1)[-1], "title": plain(article.title) or plain(article.id), "outlet": outlet_of(article),
        "date": plain(article.published or "")[:10], "url": url, "text": article.text,
        "sentences": [evidence.offsets(at, span) for span in reading.sentences],
    }


def _difference(
    item: Disagreement, canonical: Mapping[str, str], ids: Mapping[str, str], members: Mapping[str, tuple[str, ...]], evidence: Evidence
) -> Difference:
    about = canonical.get(item.about, item.about)
    events = members.get(about, ())
    return {
        "id": item.iri.rsplit("/", 1)[-1], "type": item.type, "severity": item.severity, "about": ids.get(about), "text": plain(item.explanation),
        "sides": [_side(side, events, evidence) for side in item.sides if side.article in evidence.articles],
    }


def _side(side: Side, events: tuple[str, ...], evidence: Evidence) -> SideView:
    at = evidence.articles[side.article]
    here = evidence.of(iri for iri in events if evidence.happened_in(iri) == at)
    exact = [claim for claim in here if evidence.claim_keys[claim][1] == side.attribution]
    return {
        "article": at, "outlet": outlet_of(evidence.readings[at].article), "source": plain(side.source or ""),
        "span": evidence.offsets(at, side.span), "sentence": evidence.sentence(at, side.span), "value": plain(side.value), "claims": exact or here,
    }


def _connect(edges: Iterable[Edge | dict[str, object]], differences: list[Difference]) -> None:
    """Tell each disputed edge which disagreements it is part of: by claim, else by what they are about."""
    by_claim: dict[int, set[int]] = {}
    by_node: dict[str, set[int]] = {}
    for at, difference in enumerate(differences):
        if difference["about"]:
            by_node.setdefault(difference["about"], set()).add(at)
        for side in difference["sides"]:
            for claim in side["claims"]:
                by_claim.setdefault(claim, set()).add(at)
    for edge in edges:
        shared = set().union(*(by_claim.get(claim, set()) for claim in edge["claims"]))  # type: ignore[attr-defined]
        if not shared and edge["status"] == "disputed":
            shared = by_node.get(edge["subject"], set()) | by_node.get(edge["object"], set())  # type: ignore[arg-type]
        edge["differ"] = sorted(shared)  # type: ignore[index]
