"""Each event of each article as a claim: what is said, by which outlet, on whose word.

The word that counts is the *origin*: the innermost named source of the chain. A collective or unnamed source is
never one, nor is one that is said *not* to have said it; what such a source has told a news organisation has that one
as its origin ("a US official told CNN"). Where a chain names nobody, the outlet itself is the
origin, and near-copies of one article share one. An outlet that once gives its source for a thing does not become
a second origin by mentioning the thing again: it goes on relaying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.compare.copies import outlet_origins
from kg.identify.features import sayings
from kg.model import Attribution, Cluster, Entity, Event, Reading, Relation, Role, Side, Source, Span

_TURN = re.compile(r"(?:In|At|Near|Outside) ")
_FRONT = len("Outside ")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One event as one article tells it. `about` is the IRI of its cluster, its own where it stands alone;
    `chain` runs from the innermost attribution to the root; `relayed` says that the article's own voice here only
    takes up what it has attributed to the origin elsewhere; `sourced` that the chain names the origin."""

    about: str
    event: Event
    reading: Reading
    chain: tuple[Attribution, ...]
    outlet: str
    origin: str
    own_voice: bool
    sourced: bool
    relayed: bool = False
    names: Mapping[str, Entity]
    canonical: Mapping[str, str]
    pronouns: frozenset[Span]  # of the article
    says: bool  # whether the event is itself somebody's saying: the cue of an attribution

    @property
    def attribution(self) -> Attribution:
        return self.chain[0]

    @property
    def date(self) -> str | None:
        """The day of the event where stated, else the day of the report."""
        stated = self.event.start if self.event.time_basis == "stated" else None
        return (stated or self.reading.article.published or "")[:10] or None

    def by_pronoun(self, role: Role) -> bool:
        """Whether a role is filled by a pronoun, whose antecedent is our reading and not the outlet's word."""
        return role.head in self.pronouns

    @property
    def in_headline(self) -> bool:
        return any(b.kind == "headline" and b.span.covers(self.event.trigger) for b in self.reading.article.blocks)

    @property
    def sentence_span(self) -> Span:
        """The sentence of the event, or its trigger alone where the reading has none."""
        return self.reading.sentences[self.event.sentence] if self.reading.sentences else self.event.trigger

    @property
    def sentence(self) -> str:
        return self.sentence_span.of(self.reading.article.text)

    @cached_property
    def aimed_at(self) -> bool:
        """Whether it is told as the purpose of something else: "boarded the ship to search it"."""
        purposes = (role.span for event in self.reading.events for role in event.roles if role.name == "purpose")
        return any(span.covers(self.event.trigger) for span in purposes)

    @cached_property
    def parties(self) -> frozenset[str]:
        """All named participants."""
        return frozenset(iri for role in self.event.roles for iri, _ in self.named(role))

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The places that its sentence names: label by IRI across articles."""
        names = (mention for mention in self.reading.mentions if mention.form == "name")
        return self._places({mention.entity for mention in names if self.sentence_span.covers(mention.head)})

    @cached_property
    def turns_to(self) -> Mapping[str, str]:
        """The place that its sentence begins with: "In Bergen, ..."."""
        start = self.sentence_span.start
        first = (m for m in self.reading.mentions if m.form == "name" and 0 < m.span.start - start <= _FRONT)
        return self._places({mention.entity for mention in first} if _TURN.match(self.sentence) else ())

    @cached_property
    def article_places(self) -> Mapping[str, str]:
        """The named places of its article."""
        return self._places(self.names)

    def _places(self, entities: Iterable[str]) -> Mapping[str, str]:
        found = (self.names[iri] for iri in sorted(entities) if iri in self.names)
        return {self.canonical.get(e.iri, e.iri): e.label for e in found if e.named and e.kind == "place"}

    @property
    def days(self) -> tuple[str, ...]:
        """First day and day after the last, where the text states them; else nothing."""
        event = self.event
        return (event.start, event.end) if event.time_basis == "stated" and event.start and event.end else ()

    @cached_property
    def scene_days(self) -> tuple[str, ...]:
        """The same, or those of the one date in its sentence."""
        if self.days:
            return self.days
        sentence = self.sentence_span
        dates = [time for time in self.reading.times if time.type == "DATE" and sentence.covers(time.span)]
        return (dates[0].start, dates[0].end) if len(dates) == 1 and dates[0].start and dates[0].end else ()

    @cached_property
    def fillers(self) -> Mapping[str, tuple[Role, ...]]:
        found: dict[str, list[Role]] = defaultdict(list)
        for role in self.event.roles:
            found[role.name].append(role)
        return {name: tuple(roles) for name, roles in found.items()}

    def named(self, role: Role) -> tuple[tuple[str, Entity], ...]:
        """The named entities that fill a role, as (IRI across articles, entity); a group gives its members."""
        entity = self.names.get(role.entity or "")
        if entity is None:
            return ()
        members = [self.names[iri] for iri in entity.members if iri in self.names] or [entity]
        return tuple((self.canonical.get(e.iri, e.iri), e) for e in members if e.named)

    def shown(self, role: Role) -> tuple[tuple[str, Entity], ...]:
        """Who is drawn for a role: the named, and people who are counted or told by nationality ("two Russians")."""
        entity = self.names.get(role.entity or "")
        if entity and entity.kind == "person" and not (entity.named or entity.members or self.by_pronoun(role)):
            return ((self.canonical.get(entity.iri, entity.iri), entity),) if entity.count or entity.nationality else ()
        return self.named(role)

    def side(self, span: Span, value: str) -> Side:
        source = next((a.source.label for a in self.chain if a.cue is not None), None)
        return Side(
            article=self.reading.article.iri,
            publisher=self.reading.article.publisher,
            source=source,
            span=span,
            quote=span.of(self.reading.article.text),
            value=value,
            attribution=self.attribution.iri,
        )


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A stated relation as one article tells it."""

    relation: Relation
    reading: Reading
    attribution: Attribution
    outlet: str
    origin: str
    own_voice: bool
    canonical: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Claims:
    """All claims, by the thing they are about, and all stated relations."""

    by_thing: Mapping[str, tuple[Claim, ...]]
    relations: tuple[Stated, ...]
    clusters: Mapping[str, Cluster]


def corpus_claims(
    readings: Sequence[Reading], clusters: Iterable[Cluster], voices: Mapping[str, str] | None = None
) -> Claims:
    """The claims of all readings. Readings and clusters are sorted by IRI; `voices`, where they are known, are the
    origins by article where that names nobody."""
    identity = tuple(clusters)
    one = {member: cluster.iri for cluster in identity for member in cluster.members}
    voices = voices or outlet_origins(readings)
    by_thing: dict[str, list[Claim]] = defaultdict(list)
    relations: list[Stated] = []
    for reading in readings:
        told, stated = article_claims(reading, one, voices[reading.article.iri])
        for claim in told:
            by_thing[claim.about].append(claim)
        relations.extend(stated)
    return Claims(
        by_thing={about: relayed(found) for about, found in sorted(by_thing.items())},
        relations=tuple(sorted(relations, key=lambda s: s.relation.iri)),
        clusters={cluster.iri: cluster for cluster in identity},
    )


def article_claims(reading: Reading, one: Mapping[str, str], voice: str) -> tuple[list[Claim], list[Stated]]:
    """What one article claims, events and relations. `one` maps what is in a cluster to the cluster, `voice` is the
    origin where the article names nobody."""
    names = {entity.iri: entity for entity in reading.entities}
    known = {attribution.iri: attribution for attribution in reading.attributions}
    unsaid = _unsaid(reading)
    events = {event.iri: event for event in reading.events}
    relations = {relation.iri: relation for relation in reading.relations}
    outlet = outlet_of(reading)
    pronouns = frozenset(mention.head for mention in reading.mentions if mention.form == "pronoun")
    said = sayings(reading)
    told: list[Claim] = []
    stated: list[Stated] = []
    for attribution in reading.attributions:
        chain = chain_of(attribution, known)
        origin, own_voice, sourced = _origin(chain, names, unsaid, voice)
        told.extend(
            Claim(
                about=one.get(iri, iri),
                event=events[iri],
                reading=reading,
                chain=chain,
                outlet=outlet,
                origin=origin,
                own_voice=own_voice,
                sourced=sourced,
                names=names,
                canonical=one,
                pronouns=pronouns,
                says=iri in said,
            )
            for iri in attribution.events
        )
        stated.extend(
            Stated(
                relation=relations[iri],
                reading=reading,
                attribution=attribution,
                outlet=outlet,
                origin=origin,
                own_voice=own_voice,
                canonical=one,
            )
            for iri in attribution.relations
        )
    return told, stated


def relayed(told: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims about one thing, where an article's own voice stands back behind the source that it names."""
    ordered = sorted(told, key=lambda claim: (claim.event.trigger.start, claim.event.iri))
    named: dict[str, str] = {}
    for claim in ordered:
        if not claim.own_voice:
            named.setdefault(claim.reading.article.iri, claim.origin)
    return tuple(
        sorted(
            (
                replace(claim, origin=named[claim.reading.article.iri], relayed=True)
                if claim.own_voice and claim.reading.article.iri in named
                else claim
                for claim in ordered
            ),
            key=lambda claim: claim.event.iri,
        )
    )


def _unsaid(reading: Reading) -> frozenset[str]:
    """Attributions whose source is said not to have said it: their cue is a negated event."""
    negated = [event.trigger for event in reading.events if event.polarity == "negative"]
    return frozenset(
        attribution.iri
        for attribution in reading.attributions
        if attribution.cue is not None and any(attribution.cue.covers(trigger) for trigger in negated)
    )


def outlet_of(reading: Reading) -> str:
    """The publisher, or the article's id where nobody says who published it."""
    return reading.article.publisher or reading.article.id


def chain_of(attribution: Attribution, known: Mapping[str, Attribution]) -> tuple[Attribution, ...]:
    """The attribution and all that relay it, innermost first."""
    chain = [attribution]
    while chain[-1].parent is not None:
        chain.append(known[chain[-1].parent])
    return tuple(chain)


def speaker(source: Source, names: Mapping[str, Entity]) -> Entity | None:
    """Whose word a source is, where it is anybody's by name: its own, or that of the news organisation it spoke to."""
    entity = names.get(source.entity or "")
    if entity is not None and entity.named and not (source.anonymous or source.collective):
        return entity
    return names.get(source.told or "")


def _origin(
    chain: Sequence[Attribution], names: Mapping[str, Entity], unsaid: frozenset[str], voice: str
) -> tuple[str, bool, bool]:
    """The innermost named source's label, whether that is the outlet's own voice, and whether a source was found."""
    for attribution in chain:
        if attribution.iri in unsaid or attribution.cue is None:
            continue
        named = speaker(attribution.source, names)
        if named is not None:
            return named.label, False, True
    return voice, all(attribution.cue is None or attribution.iri in unsaid for attribution in chain), False
