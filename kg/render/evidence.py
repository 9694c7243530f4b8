"""Every claim with its chain, found by following `Attribution.parent` up to the outlet's own voice.

>>> in_utf16("a\U0001f6a4b")(2)
3
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping

from kg.compare.claims import speaker
from kg.compare.copies import outlet_origins
from kg.model import Article, Attribution, Event, Reading, Relation, Span
from kg.render.text import plain
from kg.render.view import Claim, Offsets, Saying, Voice

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?$")


def in_utf16(text: str) -> Callable[[int], int]:
    """From an offset in code points to one in UTF-16 units."""
    if not text or max(text) < "\U00010000":
        return lambda at: at
    astral = [at for at, char in enumerate(text) if char >= "\U00010000"]
    return lambda at: at + bisect_left(astral, at)


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
        self._named = [
            {entity.iri: entity for entity in reading.entities if entity.named} for reading in self.readings
        ]
        self._voices = outlet_origins(self.readings)
        for at, reading in enumerate(self.readings):
            self._read(at, reading)
        self.claims: list[Claim] = []
        self.sayings: list[Saying] = []
        self.claim_keys: list[tuple[str, str]] = []  # (event or relation, attribution) of each claim
        self._claim_at: dict[tuple[str, str], int] = {}
        self._saying_at: dict[str, int] = {}

    def _read(self, at: int, reading: Reading) -> None:
        for event in reading.events:
            self._happening[event.iri] = (at, event)
        for relation in reading.relations:
            self._happening[relation.iri] = (at, relation)
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
            date, basis = (_day(happening), "stated") if stated else ("", "")
            realis, certainty = happening.realis, happening.certainty
        else:
            span, kind, lemma, date, basis, realis, certainty = (
                happening.span,
                "Relation",
                happening.name,
                "",
                "",
                "actual",
                "certain",
            )
            roles = [
                ("subject", *self.offsets(at, happening.subject_span)),
                ("object", *self.offsets(at, happening.object_span)),
            ]
        return {
            "article": at,
            "saying": self._saying(at, attribution),
            "kind": kind,
            "lemma": plain(lemma),
            "trigger": self.offsets(at, span),
            "sentence": self.sentence(at, span),
            "roles": roles,
            "date": date,
            "basis": basis,
            "polarity": happening.polarity,
            "realis": realis,
            "certainty": certainty,
        }

    def _saying(self, at: int, attribution: str) -> int:
        key = attribution or f"{at}"
        if key not in self._saying_at:
            self._saying_at[key] = len(self.sayings)
            chain = self._chain(at, attribution)
            content = self._attributions[attribution][1].content if len(chain) > 1 else ()
            self.sayings.append(
                {
                    "chain": chain,
                    "content": [self.offsets(at, span) for span in content],
                    "origin": self._origin(at, attribution),
                }
            )
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
        outlet: Voice = {
            "label": outlet_of(self.readings[at].article),
            "node": None,
            "source": None,
            "cue": None,
            "anonymous": False,
            "told": "",
        }
        return [outlet, *reversed([self._voice(at, found) for found in self._relays(attribution)])]

    def _origin(self, at: int, attribution: str) -> str:
        """Who it comes from, as `kg.compare` counts: the innermost named source, else the outlet that had it first."""
        for found in self._relays(attribution):
            named = speaker(found.source, self._named[at])
            if named is not None:
                return plain(named.label)
        return plain(self._voices[self.readings[at].article.iri])

    def _voice(self, at: int, attribution: Attribution) -> Voice:
        source = attribution.source
        node = self.node_of.get(source.entity) if source.entity else None
        return {
            "label": (self.labels.get(node) if node else None) or plain(source.label) or "someone unnamed",
            "node": node,
            "source": self.offsets(at, source.span) if source.span else None,
            "cue": self.offsets(at, attribution.cue) if attribution.cue else None,
            "anonymous": source.anonymous,
            "told": plain(told.label) if (told := self._named[at].get(source.told or "")) else "",
        }


def _day(event: Event) -> str:
    """The day, month or year of an event, no finer than the text says it."""
    value = event.time or ""
    return value[:10] if _DATE.match(value) else (event.start or "")[:10]
