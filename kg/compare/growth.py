"""Compare again where articles have come or gone: what changes of the comparison, as if all had been compared again.

What is said of a thing follows from the claims about it. So the things are found whose tellers, clusters or names have
changed; the articles that tell them are compared as they were and as they are; and the two are what to take away and
what to put in its place. A story is told anew where one of its articles tells other things, or shares them with others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple, Protocol

from kg.compare.claims import Claim, Stated, article_claims, relayed
from kg.compare.copies import alike, bands, own_voice, shingles
from kg.compare.disagreements import differing
from kg.compare.known import Known
from kg.compare.links import Line, event_links, line_link, lines_between, relation_line, relation_links
from kg.compare.retelling import Tales, retold
from kg.compare.stories import Told, told_of
from kg.identify.features import known_to
from kg.model import Cluster, Comparison, Disagreement, Link, Reading


class Identified(Protocol):
    """Identity as it was before; events and entities are those of the articles there are now."""

    def one(self, iris: Iterable[str]) -> dict[str, str]:
        """The clusters of those that are in one."""

    def cluster(self, iri: str) -> Cluster | None:
        """The cluster of an IRI."""

    def holders(self, events: Iterable[str]) -> dict[str, str]:
        """The articles of events."""

    def entity_holders(self, entities: Iterable[str]) -> set[str]:
        """The articles of entities, but of those that are linked."""


class Articles(NamedTuple):
    """Articles that have gone, and that have come; and how to read any that stays: always the same object."""

    gone: Sequence[Reading]
    come: Sequence[Reading]
    stays: Callable[[str], Reading]


class Change(NamedTuple):
    """What of a comparison is no more, or no more so; and what there is instead. Both may have what is the same."""

    gone: Comparison
    come: Comparison


def grown(
    known: Known, articles: Articles, gone: Sequence[Cluster], come: Sequence[Cluster], identified: Identified
) -> Change:
    """What becomes of the comparison where these clusters have gone and come, with the tables brought up to date."""
    came, went = _by_iri(articles.come), _by_iri(articles.gone)
    were, are, revoiced = _revoiced(known, articles, came, went)
    clustered = _Before(identified)
    was = _Side(identified, clustered, lambda article: were.get(article) or are[article])
    now = _Side(identified, clustered, are.__getitem__, gone, come)
    touched = _Touched(was, now, gone, come)
    for reading in articles.gone:
        touched.add_whole(was, reading)
    for reading in articles.come:
        touched.add_whole(now, reading)
    named = identified.entity_holders(touched.renamed) - came.keys()
    moved = {*identified.holders(touched.renamed).values()} - came.keys()
    for article in named | moved | revoiced:
        touched.add(articles.stays(article), whole=article in revoiced)
    told = chain.from_iterable(side.members(thing) for side in (was, now) for thing in touched.things)
    telling = {*identified.holders(told).values()} - came.keys()
    stating = {article for line in touched.lines for article in known.stating(line)} - went.keys()
    before = [*articles.gone, *map(articles.stays, sorted(telling | stating))]
    clustered.look_up(before)
    for side, read, change in ((was, articles.gone, known.drop_lines), (now, articles.come, known.put_lines)):
        for reading in (*read, *map(articles.stays, sorted(named))):
            change(reading.article.iri, side.lines(reading))
    stating = {article for line in touched.lines for article in known.stating(line)} - came.keys()
    after = [*articles.come, *map(articles.stays, sorted(telling | stating))]
    less, was_told = was.compared(before, touched)
    more, now_told = now.compared(after, touched)
    old, new = retold(known, was_told, now_told)
    return Change(_with(less, gone, old), _with(more, come, new))


def _with(part: Comparison, clusters: Iterable[Cluster], tales: Tales) -> Comparison:
    """A part with clusters and stories."""
    return replace(
        part,
        clusters=tuple({cluster.iri: cluster for cluster in (*part.clusters, *clusters)}.values()),
        stories=tuple(tales.stories),
        omissions=tuple(tales.omissions),
    )


# --- near-copies -------------------------------------------------------------------------------------------


def _revoiced(
    known: Known, articles: Articles, came: Mapping[str, Reading], went: Mapping[str, Reading]
) -> tuple[Mapping[str, str], Mapping[str, str], set[str]]:
    """The voices that articles had which have gone or whose copies change; the voices of all that there are; and the
    articles that stay and have another."""
    near = [*_near(known, articles)]
    beside = {iri for pair in near for iri in pair} - came.keys()
    were = _Voices(known, lambda one: went.get(one) or articles.stays(one))
    for article in went.keys() | beside:
        were.find(article)
    for reading in articles.gone:
        known.drop_bands(reading.article.iri, bands(shingles(reading.article)))
    for reading in articles.come:
        known.put_bands(reading.article.iri, bands(shingles(reading.article)))
    known.put_copies(near)
    are = _Voices(known, lambda one: came.get(one) or articles.stays(one))
    return were, are, {iri for iri in were.keys() - went.keys() if are[iri] != were[iri]}


class _Voices(dict[str, str]):
    """The outlet that speaks in each article, kept once it was asked for: copies have one."""

    def __init__(self, known: Known, read: Callable[[str], Reading]) -> None:
        self._known, self._read = known, read

    def __missing__(self, article: str) -> str:
        self.find(article)
        return self[article]

    def find(self, article: str) -> None:
        """Look up an article and its copies."""
        copies = self._known.copies(article)
        self |= dict.fromkeys(copies, own_voice(self._read(copy).article for copy in copies))


def _by_iri(readings: Iterable[Reading]) -> dict[str, Reading]:
    return {reading.article.iri: reading for reading in readings}


def _near(known: Known, articles: Articles) -> Iterator[tuple[str, str]]:
    """The pairs of copies that come with articles."""
    went = {reading.article.iri for reading in articles.gone}
    met: list[tuple[str, frozenset[bytes], frozenset[bytes]]] = []
    for reading in articles.come:
        found = shingles(reading.article)
        banded = frozenset(bands(found))
        others = [(iri, shingles(articles.stays(iri).article)) for iri in sorted(known.banded(banded) - went)]
        others += [(iri, shingled) for iri, shingled, of_that in met if not banded.isdisjoint(of_that)]
        yield from ((iri, reading.article.iri) for iri, shingled in others if alike(found, shingled))
        met.append((reading.article.iri, found, banded))


# --- things ------------------------------------------------------------------------------------------------


class _Before:
    """What articles know of, and the clusters that it was in."""

    def __init__(self, identified: Identified) -> None:
        self._identified = identified
        self._found: dict[str, tuple[set[str], Mapping[str, str]]] = {}

    def look_up(self, readings: Iterable[Reading]) -> None:
        """Look up many articles at once."""
        known = {one.article.iri: known_to(one) for one in readings if one.article.iri not in self._found}
        one = self._identified.one(chain.from_iterable(known.values())) if known else {}
        for article, iris in known.items():
            self._found[article] = iris, {iri: one[iri] for iri in iris & one.keys()}

    def of(self, reading: Reading) -> tuple[set[str], Mapping[str, str]]:
        """What one knows of, and those of it that were in a cluster with that."""
        self.look_up([reading])
        return self._found[reading.article.iri]


class _Side:
    """The collection as it was, or as it is: there clusters have `gone`, and others `come`."""

    def __init__(
        self, identified: Identified, before: _Before, voice: Callable[[str], str],
        gone: Iterable[Cluster] = (), come: Iterable[Cluster] = (),
    ) -> None:  # fmt: skip
        self._identified, self._before, self._voice = identified, before, voice
        self._ruled: dict[str, Cluster | None] = {}
        for cluster in gone:
            self._ruled |= dict.fromkeys((cluster.iri, *cluster.members))
        for cluster in come:
            self._ruled |= dict.fromkeys((cluster.iri, *cluster.members), cluster)
        self._claims: dict[str, tuple[list[Claim], list[Stated]]] = {}
        self._ones: dict[str, dict[str, str]] = {}

    def cluster(self, iri: str) -> Cluster | None:
        """The cluster of that IRI."""
        return self._ruled[iri] if iri in self._ruled else self._identified.cluster(iri)

    def members(self, thing: str) -> tuple[str, ...]:
        """The events of a thing: of a cluster, or of itself alone."""
        cluster = self.cluster(thing)
        return cluster.members if cluster else (thing,)

    def one(self, reading: Reading) -> dict[str, str]:
        """The clusters of all that a reading knows of, where it is in one."""
        article = reading.article.iri
        if article not in self._ones:
            known, one = self._before.of(reading)
            found = dict(one)
            for iri in known & self._ruled.keys():
                found.pop(iri, None)
                if cluster := self._ruled[iri]:
                    found[iri] = cluster.iri
            self._ones[article] = found
        return self._ones[article]

    def claims(self, reading: Reading) -> tuple[list[Claim], list[Stated]]:
        """What an article claims."""
        article = reading.article.iri
        if article not in self._claims:
            self._claims[article] = article_claims(reading, self.one(reading), self._voice(article))
        return self._claims[article]

    def lines(self, reading: Reading) -> set[Line]:
        """The lines of the relations that an article states."""
        return {line for stated in self.claims(reading)[1] if (line := relation_line(stated))}

    def compared(self, readings: Iterable[Reading], touched: _Touched) -> tuple[Comparison, dict[str, list[Told]]]:
        """Clusters, links and disagreements of the things and lines that are touched, and what is told of them."""
        by_thing: dict[str, list[Claim]] = defaultdict(list)
        between: dict[Line, list[Claim]] = defaultdict(list)
        stated: list[Stated] = []
        for reading in sorted(readings, key=lambda reading: reading.article.iri):
            own: dict[str, list[Claim]] = defaultdict(list)
            claims, relations = self.claims(reading)
            for claim in claims:
                own[claim.about].append(claim)
            stated += (one for one in relations if relation_line(one) in touched.lines)
            for about in own.keys() & touched.things:
                by_thing[about] += own[about]
            if not touched.things.isdisjoint(own):
                all_told = [claim for found in own.values() for claim in relayed(found)]
                for line, claim in lines_between(all_told, touched.things):
                    between[line].append(claim)
        differ: list[Disagreement] = []
        links: list[Link] = []
        told: dict[str, list[Told]] = {}
        for about in sorted(by_thing):
            claimed = relayed(by_thing[about])
            found = differing(about, claimed)
            differ += found
            links += event_links(about, claimed, found)
            told[about] = told_of(about, claimed)
        drawn = {link.object for link in links}
        links += (line_link(line, behind) for line, behind in between.items() if line[2] in drawn)
        links += relation_links(stated)
        clusters = tuple(cluster for thing in sorted(touched.things) if (cluster := self.cluster(thing)))
        return Comparison(clusters=clusters, links=tuple(links), disagreements=tuple(differ)), told


class _Touched:
    """The things, and the lines of stated relations, of which something may have changed."""

    def __init__(self, was: _Side, now: _Side, gone: Iterable[Cluster], come: Iterable[Cluster]) -> None:
        self.was, self.now = was, now
        clusters = (*gone, *come)
        events = {cluster.iri for cluster in clusters if cluster.kind == "event"}
        self.things = {iri for iri in events if was.members(iri) != now.members(iri)}
        self.lines: set[Line] = set()
        before = {member: cluster.iri for cluster in gone for member in cluster.members}
        after = {member: cluster.iri for cluster in come for member in cluster.members}
        self.renamed = {iri for iri in before.keys() | after.keys() if before.get(iri, iri) != after.get(iri, iri)}

    def add_whole(self, side: _Side, reading: Reading) -> None:
        """All that an article tells which is on one side only."""
        one = side.one(reading)
        self.things |= {one.get(event.iri, event.iri) for event in reading.events}
        self.lines |= side.lines(reading)

    def add(self, reading: Reading, *, whole: bool) -> None:
        """What an article tells with other names, or what of it is in another cluster, with all that it tells of the
        same thing, as one of these may name the source; and events that are tied to that; or the `whole` of it."""
        entities = {
            entity.iri
            for entity in reading.entities
            if not self.renamed.isdisjoint((entity.iri, *entity.members, entity.nationality))
        }
        events = {
            event.iri
            for event in reading.events
            if whole or event.iri in self.renamed or any(role.entity in entities for role in event.roles)
        }
        for side in (self.was, self.now):
            one = side.one(reading)
            about = {one.get(iri, iri) for iri in events}
            events |= {event.iri for event in reading.events if one.get(event.iri, event.iri) in about}
        ties = {(event.iri, role.event) for event in reading.events for role in event.roles if role.event}
        events |= {iri for tie in ties if not events.isdisjoint(tie) for iri in tie}
        for side in (self.was, self.now):
            one = side.one(reading)
            self.things |= {one.get(iri, iri) for iri in events}
            if entities or whole:
                self.lines |= side.lines(reading)
