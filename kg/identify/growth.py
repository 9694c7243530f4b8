"""Identify again where articles have come or gone: which clusters change, as if all had been looked at again.

A pair of events scores the same as long as both articles and their names are what they were, and the collection counts
as no larger. A join asks nothing but its two sides. So pairs are looked for beside what came and what went; and joins
are made again, best first, among the events whose pairs or clusters that changes, and those that would now join them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from kg.identify.candidates import WINDOW, block_keys
from kg.identify.clusters import Joins, Merge, Side, best_first, scored, some
from kg.identify.curation import Curation
from kg.identify.entities import bearers, joined
from kg.identify.features import CorpusFeatures, EventFeatures, article_features, known_to
from kg.identify.known import Held, Known, Pair, place
from kg.identify.score import MANY_ARTICLES
from kg.identify.unions import Unions
from kg.model import Cluster, Reading

_NO_RULES = Curation()


class Change(NamedTuple):
    """Clusters as they are no more, and as there are instead, by IRI."""

    gone: tuple[Cluster, ...]
    come: tuple[Cluster, ...]


def may_grow(before: int, now: int) -> bool:
    """Whether what is known of so many articles tells what will be of so many: of fewer, no pair may be worth more."""
    return min(before, MANY_ARTICLES) <= min(now, MANY_ARTICLES)


def grown(
    known: Known, gone: Sequence[Reading], come: Sequence[Reading], reading: Callable[[str], Reading]
) -> Change:
    """What becomes of the clusters, where no curator has ruled. All tables but those of clusters are brought up to
    date. `reading` gives what an article says that stays."""
    before = known.articles()
    names, renamed = _entities(known, gone, come)
    again = [reading(article) for article in sorted(renamed)]
    counts = min(before, MANY_ARTICLES) != min(known.articles(), MANY_ARTICLES)
    events = _events(known, [*gone, *again], [*come, *again], everything=counts)
    less, more = {*names.gone, *events.gone}, {*names.come, *events.come}
    return Change(*(tuple(sorted(side, key=attrgetter("iri"))) for side in (less - more, more - less)))


# --- entities ----------------------------------------------------------------------------------------------


def _entities(known: Known, gone: Sequence[Reading], come: Sequence[Reading]) -> tuple[Change, set[str]]:
    """The clusters of entities that change, and the articles that stay, but one of whose entities has another label."""
    words = sorted({bearer.word for reading in (*gone, *come) for bearer in bearers(reading, _NO_RULES)})
    were = {pair for word in words for pair in known.surnames(word)}
    for one in gone:
        known.drop_names(one)
    for one in come:
        known.put_names(one, {})
    now = {pair for word in words for pair in known.surname_pairs(word)}
    known.drop_surnames(were - now)
    known.put_surnames(now - were)
    touched = {iri for pair in were ^ now for iri in pair}
    touched.update(entity.iri for reading in (*gone, *come) for entity in reading.entities)
    while True:
        found, pairs = known.component(touched)
        old = known.clusters(touched | found.keys())
        reached = {member for cluster in old.values() for member in cluster.members}
        if reached <= touched | found.keys():
            break
        touched |= reached
    clusters = joined({iri: held.entity for iri, held in found.items()}, pairs, _NO_RULES)
    change = Change(tuple(cluster for cluster in old.values() if cluster.kind == "entity"), clusters)
    return change, _relabelled(known, found, clusters, come)


def _relabelled(
    known: Known, found: Mapping[str, Held], clusters: Iterable[Cluster], come: Sequence[Reading]
) -> set[str]:
    """The articles that stay of entities that get another label: a cluster has the one that most of its members had."""
    new = Counter(entity.iri for reading in come for entity in reading.entities)
    articles = {reading.article.iri for reading in come}
    grouped = [cluster.members for cluster in clusters]
    alone = found.keys() - {member for members in grouped for member in members}
    linked = {iri for iri, held in found.items() if held.entity.same_as}
    ranked = []
    for members in (*grouped, *((iri,) for iri in alone)):
        stay = Counter({found[iri].label: 0 for iri in members if found[iri].articles > new[iri]})
        for iri in members:
            stay[found[iri].label] += found[iri].articles - new[iri]
        ranked.append((linked.isdisjoint(members), -stay.total(), members, stay))
    taken: set[str] = set()
    moved: set[str] = set()
    for *_, members, stay in sorted(ranked, key=lambda one: one[:3]):  # a linked one keeps its own
        wanted = chain((iri for iri in members if iri in linked), sorted(stay, key=lambda label: (-stay[label], label)),
                       _own(members[0]))  # fmt: skip
        label = next(one for one in wanted if one not in taken and known.bear(one) <= found.keys())
        taken.add(label)
        for iri in members:
            if found[iri].label != label:
                known.label(iri, label)
                moved |= known.entity_holders([iri]) - articles
    return moved


def _own(iri: str) -> Iterable[str]:
    """Labels that nothing else has: the IRI, as long as no cluster that it has left goes by it."""
    while True:
        yield iri
        iri += "'"


# --- events ------------------------------------------------------------------------------------------------


def _events(known: Known, gone: Sequence[Reading], come: Sequence[Reading], *, everything: bool) -> Change:
    """The clusters of events that change. If `everything`, all pairs are scored again: each article counts."""
    number = known.next_number()
    lost: dict[int, EventFeatures] = {}
    for reading in gone:
        lost |= known.drop_events(reading.article.iri)
    fresh: dict[int, EventFeatures] = {}
    for reading in come:
        own, vector = article_features(reading, known.labels(known_to(reading)))
        fresh |= enumerate(sorted(own, key=attrgetter("iri")), start=number)
        number += len(own)
        known.put_vectors({reading.article.iri: vector})
    known.put_events(fresh.items())
    near, parted = _neighbours(known, lost, fresh)
    known.drop_pairs(parted)
    if everything:
        known_pairs = known.all_pairs()
        known.drop_pairs(known_pairs)
        near.update((pair.one, pair.other) for pair in known_pairs)
    features = CorpusFeatures(events=(), articles=known.articles(), vectors=known.vectors)
    numbers = {known.events[one].iri: one for pair in near for one in pair}
    pairs = ((known.events[one], known.events[other]) for one, other in near)
    found = scored(features, pairs, _NO_RULES)
    known.put_pairs(Pair(numbers[merge.one], numbers[merge.other], merge.score, False) for merge in found)
    torn = {event.iri for event in lost.values()}
    torn.update(known.events[one].iri for pair in parted if pair.joined for one in (pair.one, pair.other))
    new = {event.iri for event in fresh.values()}
    met = {iri for merge in found if new.isdisjoint(merge[1:3]) for iri in (merge.one, merge.other)}
    members = {member for cluster in known.clusters(torn | met).values() for member in cluster.members}
    inside = known.numbers_of(members | met | new)
    return _joined_again(known, features, known.all_numbers() if everything else inside, torn)


class _Pairs(dict[int, list[Pair]]):
    """The pairs of events, kept once they were asked for."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __missing__(self, number: int) -> list[Pair]:
        found = self[number] = self._known.pairs(number)
        return found


def _neighbours(
    known: Known, lost: Mapping[int, EventFeatures], fresh: Mapping[int, EventFeatures]
) -> tuple[set[tuple[int, int]], set[Pair]]:
    """Pairs of events that have become neighbours; and known pairs that no longer are."""
    left, entered = (
        {(key, place(event)) for event in events.values() for key in block_keys(event)} for events in (lost, fresh)
    )
    crowd = Counter(key for key, _ in entered)
    pairs = _Pairs(known)
    near: set[tuple[int, int]] = set()
    parted: set[Pair] = set()
    for number, event in fresh.items():
        for key in block_keys(event):
            before, after = known.neighbours(key, place(event), WINDOW + crowd[key])
            near.update(_ordered(known, number, other) for other in (*before[:WINDOW], *after[:WINDOW]))
            if (key, place(event)) not in left:
                far = {other: steps for steps, other in enumerate(after, start=1)}
                for steps, one in enumerate(before, start=1):
                    beyond = (pair for pair in pairs[one] if _end(pair, one) in far)
                    parted.update(pair for pair in beyond if steps + far[_end(pair, one)] > WINDOW)
    closed: set[tuple[int, int]] = set()
    for key, hole in left - entered:
        before, after = known.neighbours(key, hole, WINDOW)
        for steps, one in enumerate(before):
            closed.update(_ordered(known, one, other) for other in after[: max(0, WINDOW - steps)])
    near |= {(one, other) for one, other in closed if all(_end(pair, one) != other for pair in pairs[one])}
    return near, {pair for pair in parted if not _are_near(known, pair)}


def _ordered(known: Known, one: int, other: int) -> tuple[int, int]:
    return (one, other) if known.events[one].iri < known.events[other].iri else (other, one)


def _end(pair: Pair, one: int) -> int:
    return pair.other if pair.one == one else pair.one


def _are_near(known: Known, pair: Pair) -> bool:
    """Whether two events are neighbours in some block."""
    one, other = known.events[pair.one], known.events[pair.other]
    shared = {*block_keys(one)} & {*block_keys(other)}
    return any(known.apart(key, place(one), place(other), WINDOW + 1) <= WINDOW for key in shared)


# --- joins -------------------------------------------------------------------------------------------------


class _Named(dict[str, EventFeatures]):
    """Events by IRI, kept once they were asked for."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __missing__(self, iri: str) -> EventFeatures:
        found = self[iri] = self._known.events[self._known.number(iri)]
        return found


def _joined_again(known: Known, features: CorpusFeatures, inside: Set[int], torn: Set[str]) -> Change:
    """The clusters of events that change if those `inside` are joined anew; `torn` are events whose clusters are."""
    pairs, events = _Pairs(known), _Named(known)
    whole, others = set(inside), set[int]()
    agreed: dict[tuple[Side, Side], bool] = {}
    while True:
        joins = Joins(events, features, agreed=agreed)
        reached = _replayed(known, joins, pairs, whole, others)
        if not reached:
            break
        whole |= reached
        others |= reached
    old = known.clusters({known.events[number].iri for number in whole} | torn)
    met = {(merge.one, merge.other) for merge in joins.merges}
    within = {pair for number in whole for pair in pairs[number] if pair.one in whole and pair.other in whole}
    said = ((pair, (known.events[pair.one].iri, known.events[pair.other].iri) in met) for pair in within)
    known.put_pairs(pair._replace(joined=joined) for pair, joined in said if joined != pair.joined)
    return Change(tuple(old.values()), joins.clusters())


def _replayed(known: Known, joins: Joins, pairs: _Pairs, inside: Set[int], others: Set[int]) -> set[int]:
    """Join the events `inside`, and tell the events of clusters outside that would join them. Of inside, the
    `others` stood in clusters that only came in by that: as long as such a one has the company it had, what was refused
    is refused."""
    met = {pair for number in inside for pair in pairs[number]}
    offered = [(Merge(pair.score, known.events[pair.one].iri, known.events[pair.other].iri), pair) for pair in met]
    offered.sort(key=lambda one: _turn(one[0]))
    past = _Past(known, pairs)
    reached: set[int] = set()
    for merge, pair in offered:
        if pair.one in inside and pair.other in inside:
            joins.offer(merge)
            continue
        ours, theirs = (merge.one, merge.other) if pair.one in inside else (merge.other, merge.one)
        number, outer = (pair.one, pair.other) if pair.one in inside else (pair.other, pair.one)
        if outer in reached:
            continue
        side = some(joins.unions, ours)
        if number in others and past.side(ours, _turn(merge)) == side:
            continue
        there = past.side(theirs, _turn(merge))
        sides = (side, there) if ours == merge.one else (there, side)
        if joins.agree(*sides):
            reached |= known.numbers_of(past.members(theirs))
    return reached


def _turn(merge: Merge) -> tuple[float, str, str]:
    """When a pair has its turn: the best first."""
    return -merge.score, merge.one, merge.other


class _Past:
    """The clusters as they were when a pair had its turn; turns are asked for one after the other."""

    def __init__(self, known: Known, pairs: _Pairs) -> None:
        self._known, self._pairs = known, pairs
        self._unions = Unions()
        self._members: dict[str, tuple[str, ...]] = {}
        self._waiting: dict[tuple[str, ...], list[Merge]] = {}

    def members(self, event: str) -> tuple[str, ...]:
        """The cluster of an event, in the end."""
        if event not in self._members:
            found = next(iter(self._known.clusters([event]).values()), None)
            members = found.members if found else (event,)
            self._members |= dict.fromkeys(members, members)
        return self._members[event]

    def side(self, event: str, turn: tuple[float, str, str]) -> tuple[str, ...]:
        """Some members of the cluster that an event was in."""
        members = self.members(event)
        waiting = self._waiting.get(members)
        if waiting is None:
            waiting = self._waiting[members] = self._joined(members)
        while waiting and _turn(waiting[-1]) < turn:
            merge = waiting.pop()
            self._unions.join(merge.one, merge.other)
        return some(self._unions, event)

    def _joined(self, members: Iterable[str]) -> list[Merge]:
        """The merges that made a cluster, the last one first."""
        events = self._known.events
        met = {pair for number in self._known.numbers_of(members) for pair in self._pairs[number] if pair.joined}
        merges = [Merge(pair.score, events[pair.one].iri, events[pair.other].iri) for pair in met]
        return best_first(merges)[::-1]
