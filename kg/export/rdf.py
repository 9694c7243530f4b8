"""One reading as RDF: the default graph is what we vouch for, a named graph per proposition is what is said.

The default graph says that a text stands so and that somebody is quoted; the event or relation itself, its
roles, its time and its counts stand only inside the graph named by its proposition (Carroll et al. 2005).
Offsets follow NIF 2.0 and RFC 5147; instances and their mentions follow GAF; attributions follow GRaSP.

`own_lines` are of one article alone; `shared_lines` (entities, outlets, calendar intervals) may be those of many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.export.terms import (
    GAF,
    KG,
    NIF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TIME,
    XSD,
    boolean,
    date,
    decimal,
    integer,
    interval,
    line,
    literal,
    node,
    number,
    outlet,
    proposition,
    value,
)  # fmt: skip
from kg.ids import base_of, chars, within
from kg.model import Article, Attribution, Entity, Event, Mention, Reading, Relation, Role, Span, TimeExpression

_CLASS_OF = {
    "person": KG.Person, "organization": KG.Organization, "place": KG.Place,
    "group": KG.Group, "other": KG.OtherThing,
}  # fmt: skip


def own_lines(reading: Reading) -> list[str]:
    """The quads that stand for this article alone, in no particular order, none twice."""
    return _Writer(reading).lines()


def shared_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """Entities, outlets and intervals that the readings name, each once, whatever the readings' order."""
    shared = Shared()
    for reading in readings:
        for use in uses(reading):
            shared.put(use)
    return shared.lines()


Dated = tuple[str, str | None, str | None]  # TIMEX3 value, first and last moment


class Use(NamedTuple):
    """What one article says of something that others may speak of as well: the entity, the outlet as it is called,
    (IRI, timex, start, end) of an interval, (published, article) at an address. `name` is its IRI or address; an
    interval has its moments as further names, as these are described with it."""

    name: str
    what: Entity | str | tuple[str, str, str | None, str | None] | tuple[str, str]


def uses(reading: Reading) -> Iterator[Use]:
    """All that a reading shares with others."""
    article = reading.article
    if article.url:
        yield Use(article.url, (article.published or "", article.iri))
    for entity in reading.entities:
        yield Use(entity.iri, entity)
    if article.publisher:
        yield Use(publisher(reading) or outlet(article.iri, article.publisher), article.publisher)
    base = base_of(article.iri)
    for dated in set(_dated(reading)):
        iri = interval(base, *dated)
        for name in filter(None, (iri, *dated[1:])):
            yield Use(name, (iri, *dated))


class Shared:
    """What readings share: entities, outlets, calendar intervals, addresses."""

    def __init__(self) -> None:
        self._variants: dict[str, Counter[Entity]] = defaultdict(Counter)
        self._outlets: dict[str, Counter[str]] = defaultdict(Counter)
        self._times: dict[str, Dated] = {}
        self._addresses: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def put(self, use: Use, articles: int = 1) -> None:
        """Enter what so many articles say."""
        name, what = use
        if isinstance(what, Entity):
            self._variants[name][what] += articles
        elif isinstance(what, str):
            self._outlets[name][what] += articles
        elif len(what) == 4:
            self._times[what[0]] = what[1:]
        else:
            self._addresses[name].add(what)

    def lines(self) -> Iterator[str]:
        for entities in self._variants.values():
            yield from _entity(entities)
        for iri, names in self._outlets.items():
            yield line(node(iri), RDF.type, KG.Outlet)
            if iri not in self._variants:
                yield line(node(iri), RDFS.label, literal(min(names)))
        yield from _intervals(self._times)
        for versions in self._addresses.values():
            yield from _revisions(sorted(versions))


def publisher(reading: Reading) -> str | None:
    """The IRI of who speaks in the article's own voice: the source of the root attribution."""
    root = next((att for att in reading.attributions if att.parent is None), None)
    return root.source.entity if root else None


def _dated(reading: Reading) -> Iterator[Dated]:
    for time in reading.times:
        if time.value or time.start or time.end:
            yield time.value, time.start, time.end
    for event in reading.events:
        if event.time or event.start or event.end:
            yield event.time or "", event.start, event.end


def _revisions(versions: list[tuple[str, str]]) -> Iterator[str]:
    """Each article at an address, and the one before it; where no date tells which that is, they are alternatives."""
    for (before, older), (after, newer) in pairwise(versions):
        yield line(node(newer), PROV.wasRevisionOf if before < after else PROV.alternateOf, node(older))


def _entity(variants: Counter[Entity]) -> Iterator[str]:
    """One entity as several readings have it: the most frequent label leads, the others stay as alternatives."""
    ranked = sorted(variants, key=lambda entity: (-variants[entity], entity.label, entity.kind))
    first = ranked[0]
    iri = node(first.iri)
    yield line(iri, RDF.type, _CLASS_OF[first.kind])
    yield line(iri, RDFS.label, literal(first.label))
    for label in sorted({entity.label for entity in ranked} - {first.label}):
        yield line(iri, SKOS.altLabel, literal(label))
    for other in sorted({other for entity in ranked for other in entity.same_as}):
        yield line(iri, OWL.sameAs, node(other))
    for member in sorted({member for entity in ranked for member in entity.members}):
        yield line(iri, KG.member, node(member))
    place = next((entity for entity in ranked if entity.latitude is not None), None)
    if place and place.latitude is not None and place.longitude is not None:
        yield line(iri, SCHEMA.latitude, decimal(place.latitude))
        yield line(iri, SCHEMA.longitude, decimal(place.longitude))


def _intervals(times: dict[str, Dated]) -> Iterator[str]:
    """OWL-Time intervals with their instants, and our own short form beside them. The calendar is no claim."""
    instants: dict[str, str] = {}
    for name, (timex, start, end) in times.items():
        iri = node(name)
        yield line(iri, RDF.type, TIME.Interval)
        if timex:
            yield line(iri, KG.timex, literal(timex))
        for moment, short, long in ((start, KG.begins, TIME.hasBeginning), (end, KG.ends, TIME.hasEnd)):
            if moment:
                yield line(iri, short, date(moment))
                instant = node(f"{base_of(name)}instant/{moment}")
                yield line(iri, long, instant)
                instants[instant] = moment
    for instant, moment in instants.items():
        dated = date(moment)
        yield line(instant, RDF.type, TIME.Instant)
        yield line(instant, TIME.inXSDDateTime if dated.endswith(XSD.dateTime) else TIME.inXSDDate, dated)


class _Writer:
    """Collects the quads of one reading; a phrase that several things lead to is described once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.iri = node(reading.article.iri)
        self.base = base_of(reading.article.iri)
        self.entities = {entity.iri: entity for entity in reading.entities}
        self.parents = {attribution.iri: attribution.parent for attribution in reading.attributions}
        self.phrases: dict[tuple[int, int], tuple[str, set[str]]] = {}
        self.out: dict[str, None] = {}
        self.voice: str | None = None  # who speaks in the article's own voice

    def lines(self) -> list[str]:
        reading = self.reading
        self._article(reading.article)
        for mention in reading.mentions:
            self._mention(mention)
        for time in reading.times:
            self._time_expression(time)
        for event in reading.events:
            self._event(event)
        for relation in reading.relations:
            self._relation(relation)
        children: dict[str, list[Attribution]] = defaultdict(list)
        for attribution in reading.attributions:
            if attribution.parent is not None:
                children[attribution.parent].append(attribution)
        roots = (self._speaker(attribution) for attribution in reading.attributions if attribution.parent is None)
        self.voice = next(roots, None)
        for attribution in reading.attributions:
            self._attribution(attribution, children[attribution.iri])
        return [*self.out, *self._phrases()]

    def _say(self, subject: str, predicate: str, object_: str, graph: str = "") -> None:
        self.out[line(subject, predicate, object_, graph)] = None

    def _phrase(self, span: Span, kind: str | None = None) -> str:
        """The IRI of a stretch of the text, which is thereby described in the default graph."""
        place = span.start, span.end
        known = self.phrases.get(place)
        if known is None:
            known = self.phrases[place] = f"<{chars(self.reading.article.iri, *place)}>", set()
        if kind is not None:
            known[1].add(kind)
        return known[0]

    def _phrases(self) -> Iterator[str]:
        """Half of all quads: nothing else says these, so they need no look for doubles."""
        text, article = self.reading.article.text, self.iri
        context, begin, end, anchor = NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf
        for (start, stop), (iri, kinds) in self.phrases.items():
            for kind in kinds or (KG.Phrase,):
                yield line(iri, RDF.type, kind)
            yield line(iri, context, article)
            yield line(iri, begin, integer(start))
            yield line(iri, end, integer(stop))
            if text:  # a graph without text keeps offsets alone
                yield line(iri, anchor, literal(text[start:stop]))

    def _article(self, article: Article) -> None:
        iri = self.iri
        self._say(iri, RDF.type, KG.Article)
        self._say(iri, RDFS.label, literal(article.title or article.id))
        self._say(iri, KG.sha256, literal(article.sha256))
        if article.text:
            self._say(iri, NIF.isString, literal(article.text))
        self._say(iri, SCHEMA.inLanguage, literal(article.language))
        if article.title:
            self._say(iri, SCHEMA.headline, literal(article.title))
        for author in article.authors:
            self._say(iri, SCHEMA.author, literal(author))
        if article.published:
            self._say(iri, SCHEMA.datePublished, date(article.published))
        if article.url:  # text, not an IRI: what stands in a page's head may be anything
            self._say(iri, SCHEMA.url, f"{literal(article.url)}^^{XSD.anyURI}")
        if article.publisher:
            self._say(iri, SCHEMA.publisher, node(publisher(self.reading) or outlet(article.iri, article.publisher)))

    def _mention(self, mention: Mention) -> None:
        phrase = self._phrase(mention.span, KG.Mention)
        self._say(phrase, GAF.denotes, node(mention.entity))
        self._say(phrase, KG.form, KG[f"{mention.form.capitalize()}Form"])
        if mention.score < 1:
            self._say(phrase, KG.linkScore, decimal(mention.score))
            if mention.reason:
                self._say(phrase, KG.linkReason, literal(mention.reason))

    def _time_expression(self, time: TimeExpression) -> None:
        phrase = self._phrase(time.span, KG.TimeExpression)
        if time.value or time.start or time.end:
            self._say(phrase, GAF.denotes, node(interval(self.base, time.value, time.start, time.end)))

    def _proposition(
        self, iri: str, span: Span, sentence: Span | None, polarity: str, realis: str, certainty: str
    ) -> str:
        """The proposition in the default graph: that it is stated, where, and how it is presented."""
        name = node(proposition(iri))
        self._say(name, RDF.type, KG.Proposition)
        self._say(name, PROV.wasDerivedFrom, self.iri)
        self._say(name, GAF.denotedBy, self._phrase(span))
        if sentence:
            self._say(name, KG.sentence, self._phrase(sentence, NIF.Sentence))
        self._say(name, KG.polarity, value(polarity))
        self._say(name, KG.realis, value(realis))
        self._say(name, KG.certainty, value(certainty))
        return name

    def _event(self, event: Event) -> None:
        sentences = self.reading.sentences
        sentence = sentences[event.sentence] if event.sentence < len(sentences) else None
        graph = self._proposition(event.iri, event.trigger, sentence, event.polarity, event.realis, event.certainty)
        iri = node(event.iri)
        self._say(iri, RDF.type, KG[event.kind], graph)
        self._say(iri, KG.lemma, literal(event.lemma), graph)
        if event.plover:
            self._say(iri, KG.plover, literal(event.plover), graph)
        dated = bool(event.time or event.start or event.end)
        if dated:
            self._say(iri, KG.time, node(interval(self.base, event.time or "", event.start, event.end)), graph)
            if event.time_basis:
                self._say(iri, KG.timeBasis, literal(event.time_basis), graph)
        for role in event.roles:
            if not (dated and role.name == "time"):
                self._role(iri, role, graph)

    def _role(self, event: str, role: Role, graph: str) -> None:
        phrase = self._phrase(role.span)
        filler = role.entity or role.event
        if filler is None:
            self._say(event, KG[role.name], phrase, graph)
            return
        self._say(event, KG[role.name], node(filler), graph)
        self._say(node(filler), GAF.denotedBy, phrase, graph)
        if role.entity:
            self._said_of(role.entity, graph)

    def _said_of(self, iri: str, graph: str) -> None:
        """What the text says of an unnamed participant, how many and whose: said, so inside the proposition."""
        entity = self.entities.get(iri)
        if entity and entity.count:
            self._say(node(iri), KG.count, number(entity.count), graph)
        if entity and entity.nationality:
            self._say(node(iri), KG.nationality, node(entity.nationality), graph)

    def _relation(self, relation: Relation) -> None:
        sentence = next((span for span in self.reading.sentences if span.covers(relation.span)), None)
        graph = self._proposition(relation.iri, relation.span, sentence, relation.polarity, "actual", "certain")
        object_phrase = self._phrase(relation.object_span)
        subject, object_ = node(relation.subject), node(relation.object) if relation.object else object_phrase
        self._say(subject, KG[relation.name], object_, graph)
        self._say(subject, GAF.denotedBy, self._phrase(relation.subject_span), graph)
        if relation.object:
            self._say(object_, GAF.denotedBy, object_phrase, graph)

    def _attribution(self, attribution: Attribution, children: list[Attribution]) -> None:
        iri, source = node(attribution.iri), attribution.source
        self._say(iri, RDF.type, KG.Attribution)
        if attribution.parent is None:
            self._say(iri, RDF.type, KG.OwnVoice)
        self._say(iri, PROV.wasDerivedFrom, self.iri)
        self._say(iri, KG.source, self._speaker(attribution))
        self._say(iri, KG.depth, integer(self._depth(attribution)))
        if source.anonymous:
            self._say(iri, KG.anonymous, boolean(True))
        if source.collective:
            self._say(iri, KG.collective, boolean(True))
        if source.told:
            self._say(iri, KG.toldTo, node(source.told))
        if source.span:
            self._say(iri, KG.sourcePhrase, self._phrase(source.span))
        if attribution.cue:
            self._say(iri, KG.cue, self._phrase(attribution.cue))
        if attribution.content and attribution.parent is not None:
            for span in attribution.content:
                self._say(iri, KG.contentPhrase, self._phrase(span))
            if self.voice:
                self._say(iri, KG.printedBy, self.voice)
        for span in attribution.verbatim:
            self._say(iri, KG.verbatim, self._phrase(span))
        for child in children:
            self._say(iri, KG.content, node(child.iri))
        for stated in (*attribution.events, *attribution.relations):
            self._say(iri, KG.content, node(proposition(stated)))

    def _depth(self, attribution: Attribution) -> int:
        """How many attributions relay this one."""
        depth, parent = 0, attribution.parent
        while parent in self.parents and depth < len(self.parents):  # a circle, which no reading has, would end
            depth, parent = depth + 1, self.parents[parent]
        return depth

    def _speaker(self, attribution: Attribution) -> str:
        source, article = attribution.source, self.reading.article
        if source.entity:
            return node(source.entity)
        if attribution.parent is None and article.publisher:
            return node(outlet(article.iri, article.publisher))
        speaker = node(within(article.iri, "speaker", attribution.iri))
        self._say(speaker, RDF.type, KG.Speaker)
        nobody = "unnamed source" if attribution.cue else article.id
        self._say(speaker, RDFS.label, literal(source.label or nobody))
        return speaker
