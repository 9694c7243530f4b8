"""Clusters of events from scored pairs, whatever the order they came in.

Best pairs first (ties by IRI); two clusters join when the pair reaches the threshold and, of some members of each (the
least by IRI), the pairs across agree on average and none speaks clearly against it. After Bagga & Baldwin 1999's vector
clustering, with vetoes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest
from itertools import product
from operator import attrgetter
from statistics import fmean
from typing import NamedTuple

from kg.identify.curation import Curation
from kg.identify.features import CorpusFeatures, EventFeatures
from kg.identify.score import CONSENT, THRESHOLD, VETO, evidence, pair_score
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Cluster


class Merge(NamedTuple):
    """Two events that could be joined: a score, and their IRIs in order."""

    score: float
    one: str
    other: str
    curated: bool = False


class Joins:
    """Clusters of events that grow by one pair after the other, the best first."""

    def __init__(
        self, events: Mapping[str, EventFeatures], features: CorpusFeatures, curation: Curation | None = None,
        agreed: dict[tuple[Side, Side], bool] | None = None,
    ) -> None:  # fmt: skip
        rules = curation or Curation()
        self.events, self.features = events, features
        self.unions = Unions(rules.different)
        self.merges: list[Merge] = []  # that made two clusters one
        # asked again by every other pair of the two, and by joins of the same events that are made once more
        self._agreed = {} if agreed is None else agreed
        for pair in sorted(map(sorted, rules.same)):
            if all(iri in events for iri in pair) and self.unions.join(*pair):
                self.merges.append(Merge(1.0, pair[0], pair[1], curated=True))

    def offer(self, merge: Merge) -> None:
        """Join the clusters of a pair, if they may be one."""
        unions = self.unions
        if unions.root(merge.one) == unions.root(merge.other):
            return
        if self.agree(some(unions, merge.one), some(unions, merge.other)) and unions.join(merge.one, merge.other):
            self.merges.append(merge)

    def agree(self, left: Side, right: Side) -> bool:
        """Whether these of two clusters may be one: no pair across speaks against it, and on average they agree."""
        known = self._agreed.get((left, right))
        if known is None:
            known = self._agreed[left, right] = self._agree(left, right)
        return known

    def _agree(self, left: Side, right: Side) -> bool:
        scores = []
        for one, other in product(left, right):
            scores.append(pair_score(self.events[one], self.events[other], self.features))
            if scores[-1] < VETO:
                return False
        return fmean(scores) >= CONSENT

    def clusters(self) -> tuple[Cluster, ...]:
        """Those of two or more events."""
        by_root: dict[str, list[Merge]] = {}
        for merge in self.merges:
            by_root.setdefault(self.unions.root(merge.one), []).append(merge)
        return tuple(
            _cluster(members, by_root[self.unions.root(members[0])], self.events, self.features)
            for members in self.unions.groups()
        )


Side = tuple[str, ...]  # some members of a cluster


def joined_events(features: CorpusFeatures, found: Iterable[Merge], curation: Curation) -> Joins:
    """Clusters of events, from the pairs that could be joined, best first."""
    joins = Joins({event.iri: event for event in features.events}, features, curation)
    for merge in found:
        joins.offer(merge)
    return joins


def cluster_events(features: CorpusFeatures, found: Iterable[Merge], curation: Curation) -> tuple[Cluster, ...]:
    """The same, once they are done."""
    return joined_events(features, found, curation).clusters()


def scored(
    features: CorpusFeatures, pairs: Iterable[tuple[EventFeatures, EventFeatures]], curation: Curation
) -> list[Merge]:
    """The pairs that reach the threshold, best first."""
    ignored = curation.ignore
    found = []
    for one, other in pairs:
        if ignored and (one.iri in ignored or other.iri in ignored):
            continue
        score = pair_score(one, other, features)
        if score >= THRESHOLD:
            found.append(Merge(score, one.iri, other.iri))
    return best_first(found)


def best_first(merges: list[Merge]) -> list[Merge]:
    """The same list, sorted."""
    merges.sort(key=attrgetter("one", "other"))
    merges.sort(key=attrgetter("score"), reverse=True)  # keeps the order of equals
    return merges


_LOOKED_AT = 6  # members of each side that are asked about a join: enough to stop a chain, bounded in cost


def some(unions: Unions, iri: str) -> Side:
    return tuple(nsmallest(_LOOKED_AT, unions.members(iri)))


def _cluster(
    members: tuple[str, ...], merges: list[Merge], events: Mapping[str, EventFeatures], features: CorpusFeatures
) -> Cluster:
    weakest = min(merges, key=lambda merge: (merge.score, merge.one, merge.other))
    kinds = sorted({events[iri].kind for iri in members} - {"Event"})
    lemmas = sorted({events[iri].lemma for iri in members})
    phrases: set[str] = set()
    for merge in merges:
        pair = events[merge.one], events[merge.other]
        phrases.update(("decided by the curator",) if merge.curated else evidence(*pair, features))
    return Cluster(
        iri=mint(base_of(members[0]), "event", members[0]),  # which stays when others join
        kind="event",
        label=kinds[0] if len(kinds) == 1 else lemmas[0],
        members=members,
        method="curator" if all(merge.curated for merge in merges) else "evidence",
        score=weakest.score,
        evidence=tuple(sorted(phrases)),
    )
