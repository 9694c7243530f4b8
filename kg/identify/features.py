"""What is compared: each event reduced to keys that mean the same in every article.

A participant's key is its entity (after merging across articles), or the head word of its description; a group
brings its members too, so that "both leaders" meets the two names.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from sys import intern

from kg.identify.shares import share
from kg.model import Entity, Event, Reading

ENTITY, WORD = "e:", "w:"
CORE = frozenset({"agent", "patient", "theme", "recipient", "topic", "beneficiary"})  # roles of who has a part in it
NONE: frozenset[str] = frozenset()
OBJECTS = ("theme", "patient")  # the roles of what something is done to, or said of
_KEPT = 100_000  # similarities of articles remembered: 20 MB; their pairs come one after the other
_SHORTEST = 4  # letters of a word that tells something
FEW_WORDS = 6  # sentences of fewer words are alike by chance
_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ance",
    "ence",
    "als",
    "al",
    "ers",
    "er",
    "ed",
    "es",
    "s",
    "e",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFeatures:
    """`family` is the type, or the stem for an untyped predicate. `roles` maps a role to its participants' keys,
    `named` to those that are named; `has_cast` tells that there are some in a core role.
    `days` is the half-open interval of a stated time; `context` the words of its sentence; `says` tells that it is
    somebody's saying (its trigger is the cue of an attribution), `around` the keys of its participants and of those who
    tell it, `surnames` the stems of the surnames, as words of a text, of the people who have a part in it."""

    iri: str
    article: str
    published: str
    kind: str
    lemma: str
    stem: str
    family: str
    roles: Mapping[str, frozenset[str]]
    named: Mapping[str, frozenset[str]]
    has_cast: bool
    participants: frozenset[str]
    surnames: frozenset[str]
    days: tuple[str, str] | None
    says: bool
    around: frozenset[str]
    context: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFeatures:
    """All events, sorted by IRI, of so many articles, and how alike these are."""

    events: tuple[EventFeatures, ...]
    articles: int
    vectors: Mapping[str, Mapping[str, float]] = field(repr=False)
    _known: dict[tuple[str, str], float] = field(default_factory=dict, repr=False)

    def similarity(self, one: str, other: str) -> float:
        """Cosine of two articles' weighted keys, 0 to 1; 1 for an article with itself."""
        if one == other:
            return 1.0
        pair = (one, other) if one < other else (other, one)
        known = self._known.get(pair)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            left, right = self.vectors[one], self.vectors[other]
            known = self._known[pair] = math.fsum([left[key] * right[key] for key in left.keys() & right.keys()])
        return known


def corpus_features(readings: Sequence[Reading], canonical: Mapping[str, str]) -> CorpusFeatures:
    """Features of every event of every reading."""
    events: list[EventFeatures] = []
    vectors: dict[str, Mapping[str, float]] = {}
    for reading in readings:
        own, vectors[reading.article.iri] = article_features(reading, canonical)
        events.extend(own)
    events.sort(key=lambda event: event.iri)
    return CorpusFeatures(events=tuple(events), articles=len(vectors), vectors=vectors)


def article_features(reading: Reading, canonical: Mapping[str, str]) -> tuple[list[EventFeatures], dict[str, float]]:
    """Features of one reading's events, and the article's vector: what it is about."""
    entities = {entity.iri: entity for entity in reading.entities}
    view = _View(reading=reading, entities=entities, canonical=canonical)
    events = [_features(event, view) for event in reading.events]
    counted = Counter(canonical.get(m.entity, m.entity) for m in reading.mentions if entities[m.entity].named)
    counted.update(word for event in events for word in event.context)
    counted.update(event.family for event in events)
    return events, _weighted(counted)


_RAREST = 0.003  # of all news: the share of what the table does not know


def _weighted(counted: Mapping[str, int]) -> dict[str, float]:
    """A unit vector of tf-idf weights (Spärck Jones 1972). How rare a key is, is how rare it is in all news and not in
    this collection: two articles are as alike whatever stands beside them. Exact sums: no order of keys may reach a
    score."""
    raw = {key: (1 + math.log(n)) * -math.log(_usual(key)) for key, n in counted.items()}
    norm = math.sqrt(math.fsum(weight * weight for weight in raw.values())) or 1.0
    return {key: weight / norm for key, weight in raw.items()}


@lru_cache(maxsize=1 << 16)
def _usual(key: str) -> float:
    """The share of news that a key is in."""
    if key.startswith("lemma:"):
        return share("stem", key.removeprefix("lemma:"), _RAREST)
    return max(share("word", key, _RAREST), share("type", key, _RAREST))


@dataclass(frozen=True, kw_only=True)
class _View:
    """A reading with what is looked up in it for every event."""

    reading: Reading
    entities: Mapping[str, Entity]
    canonical: Mapping[str, str]

    @cached_property
    def sayings(self) -> frozenset[str]:
        return sayings(self.reading)

    @cached_property
    def contexts(self) -> tuple[frozenset[str], ...]:
        """The content words of each sentence."""
        return tuple(content_words(span.of(self.reading.article.text)) for span in self.reading.sentences)

    @cached_property
    def told_by(self) -> Mapping[str, frozenset[str]]:
        """Event -> the keys of its innermost source."""
        found = {}
        for attribution in self.reading.attributions:
            entity = self.entities.get(attribution.source.entity or "")
            keys = frozenset(self.keys(entity, "")) if entity and entity.named and attribution.cue else frozenset()
            found.update(dict.fromkeys(attribution.events, keys))
        return found

    def keys(self, entity: Entity | None, head: str) -> Iterable[str]:
        return participant_keys(entity, head, self.entities, self.canonical)


def _features(event: Event, view: _View) -> EventFeatures:
    reading = view.reading
    text = reading.article.text
    roles: dict[str, set[str]] = defaultdict(set)
    for role in event.roles:
        if role.name != "time":
            keys = view.keys(view.entities.get(role.entity or ""), role.head.of(text))
            roles[role.name].update(map(intern, keys))  # once in memory, however many events it is a part of
    return described(
        iri=event.iri,
        article=reading.article.iri,
        published=(reading.article.published or "")[:10],
        kind=event.kind,
        lemma=event.lemma,
        roles={name: frozenset(found) for name, found in roles.items()},
        days=(event.start[:10], event.end[:10]) if event.start and event.end and event.time_basis == "stated" else None,
        says=event.kind == "Statement" or event.iri in view.sayings,
        told_by=view.told_by.get(event.iri, frozenset()),
        context=view.contexts[event.sentence] if reading.sentences else frozenset(),
    )


def described(
    *, iri: str, article: str, published: str, kind: str, lemma: str, roles: Mapping[str, frozenset[str]],
    days: tuple[str, str] | None, says: bool, told_by: frozenset[str], context: frozenset[str],
) -> EventFeatures:  # fmt: skip
    """An event with all that follows from this: `told_by` are keys of those who tell it."""
    stemmed = stem(lemma)
    participants = _united(roles.values())
    named = {name: _those(keys, [key for key in keys if key.startswith(ENTITY)]) for name, keys in roles.items()}
    people = [word for name in CORE if named.get(name) for word in _surnames(roles[name])]
    return EventFeatures(
        iri=iri,
        article=article,
        published=published,
        kind=kind,
        lemma=lemma,
        stem=stemmed,
        family=kind if kind not in ("Event", "Statement") else "lemma:" + stemmed,
        roles=roles,
        named={name: keys for name, keys in named.items() if keys},
        has_cast=any(name in CORE and keys for name, keys in roles.items()),
        participants=participants,
        surnames=frozenset(people) if people else NONE,
        days=days,
        says=says,
        around=_united([participants, told_by]),
        context=context,
    )


def _united(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """Their union, which is one of them where that has all: a set takes 200 bytes, and there are millions."""
    largest = max(sets, key=len, default=NONE)
    return largest if all(found <= largest for found in sets) else largest.union(*sets)


def _those(keys: frozenset[str], some: Sequence[str]) -> frozenset[str]:
    """Some keys of a set, which are that set where they are all."""
    return keys if len(some) == len(keys) else frozenset(some) if some else NONE


def _surnames(keys: Iterable[str]) -> Iterator[str]:
    """The words by which the people of a role may be met in a text (`content_words`)."""
    words = (key.removeprefix(WORD) for key in keys if key.startswith(WORD))
    return (stem(word) for word in words if len(word) >= _SHORTEST)


def known_to(reading: Reading) -> set[str]:
    """Every event and entity that an article knows of, its own or by reference."""
    known = {event.iri for event in reading.events}
    for entity in reading.entities:
        known.update((entity.iri, *entity.members, *filter(None, [entity.nationality])))
    return known


def sayings(reading: Reading) -> frozenset[str]:
    """The events that are themselves somebody's saying: their trigger is the cue of an attribution."""
    cues = [attribution.cue for attribution in reading.attributions if attribution.cue]
    places = frozenset(place for cue in cues for place in range(cue.start, cue.end))
    triggers = ((event.iri, event.trigger) for event in reading.events)
    return frozenset(iri for iri, trigger in triggers if not places.isdisjoint(range(trigger.start, trigger.end)))


def participant_keys(
    entity: Entity | None, head: str, entities: Mapping[str, Entity], canonical: Mapping[str, str]
) -> Iterable[str]:
    """The keys under which one participant may meet the same in another article."""
    described = () if head.casefold() in _POINTING else (WORD + stem(head.casefold()),)
    if entity is None:
        return described
    if entity.members:
        return tuple(ENTITY + canonical.get(member, member) for member in entity.members)
    if entity.named:
        name = ENTITY + canonical.get(entity.iri, entity.iri)
        # an unresolved surname is no other person: it meets the full name by its last word
        return (name, WORD + entity.label.casefold().split()[-1]) if entity.kind == "person" else (name,)
    if entity.nationality:
        return (*described, "n:" + canonical.get(entity.nationality, entity.nationality))
    return described


# words that point and do not describe, and the heads of clauses: two of them are nothing shared
_POINTING = frozenset(
    "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom whose "
    "which what that this these those one ones some any all many much more most none others another each both "
    "something someone somebody anything anyone anybody nothing nobody everything everyone everybody there here "
    "is am are was were be been being 's ’s 're ’re has have had do does did".split()
)


@cache
def stem(word: str) -> str:
    """A word less its most usual inflection and derivation, so that "announce" meets "announcement"."""
    word = word.casefold()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@lru_cache(maxsize=1 << 14)
def content_words(sentence: str) -> frozenset[str]:
    """The stems of a sentence's longer words, less the most common ones."""
    return frozenset(stem(word) for word in _WORDS.findall(sentence.casefold()) if word not in _COMMON)


_WORDS = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")


_COMMON = frozenset(
    "about after again against also although among another around because been before being between both could does "
    "doing down during each even every few from further have having here hers herself himself however into itself just "
    "last like made make many might more most much must near never next once only other ours over people same shall "
    "should since some still such than that their theirs them themselves then there these they this those though three "
    "through time told under until upon very want well were what when where which while whom whose will with within "
    "without would year years your yours according said says saying monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
