"""Clusters of events from scored pairs, whatever the order they came in.

Best pairs first (ties by IRI); two clusters join when the pair reaches the threshold and, of some members of each (the
least by IRI), the pairs across agree on average and none speaks clearly against it. After Bagga & Baldwin 1999's vector
clustering, with vetoes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import product
from operator import attrgetter
from statistics import fmean

from kg.identify.curation import Curation
from kg.identify.features import CorpusFeatures, EventFeatures
from kg.identify.score import CONSENT, THRESHOLD, VETO, evidence, pair_score
from kg.identify.unions import Unions
from kg.ids import base_of, mint
from kg.model import Cluster, Merge


def cluster_events(features: CorpusFeatures, found: Iterable[Merge], curation: Curation) -> tuple[Cluster, ...]:
    """Clusters of two or more events, from the pairs that could be joined, best first."""
    events = {event.iri: event for event in features.events}
    unions = Unions(curation.different)
    merges: list[Merge] = []
    for pair in sorted(map(sorted, curation.same)):
        if all(iri in events for iri in pair) and unions.join(*pair):
            merges.append(Merge(1.0, pair[0], pair[1], curated=True))
    refused: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()  # and asked again by every other pair of the two
    for merge in found:
        if unions.root(merge.one) == unions.root(merge.other):
            continue
        sides = _some(unions, merge.one), _some(unions, merge.other)
        if sides in refused:
            continue
        if not _agree(*sides, events, features):
            refused.add(sides)
        elif unions.join(merge.one, merge.other):
            merges.append(merge)
    by_root: dict[str, list[Merge]] = {}
    for merge in merges:
        by_root.setdefault(unions.root(merge.one), []).append(merge)
    return tuple(_cluster(members, by_root[unions.root(members[0])], events, features) for members in unions.groups())


def scored(
    features: CorpusFeatures, pairs: Iterable[tuple[EventFeatures, EventFeatures]], curation: Curation
) -> list[Merge]:
    """The pairs that reach the threshold, best first."""
    ignored = curation.ignore
    found = []
    for one, other in pairs:
        if ignored and (one.iri in ignored or other.iri in ignored):
            continue
        score = pair_score(one, other, features, THRESHOLD)
        if score >= THRESHOLD:
            found.append(Merge(score, one.iri, other.iri))
    return best_first(found)


def best_first(merges: list[Merge]) -> list[Merge]:
    """The same list, sorted."""
    merges.sort(key=attrgetter("one", "other"))
    merges.sort(key=attrgetter("score"), reverse=True)  # keeps the order of equals
    return merges


_LOOKED_AT = 6  # members of each side that are asked about a join: enough to stop a chain, bounded in cost


def _some(unions: Unions, iri: str) -> tuple[str, ...]:
    return tuple(nsmallest(_LOOKED_AT, unions.members(iri)))


def _agree(
    left: Sequence[str], right: Sequence[str], events: Mapping[str, EventFeatures], features: CorpusFeatures
) -> bool:
    """Whether these of two clusters may be one: no pair across speaks against it, and on average they agree."""
    scores = []
    for one, other in product(left, right):
        scores.append(pair_score(events[one], events[other], features))
        if scores[-1] < VETO:
            return False
    return fmean(scores) >= CONSENT


def _cluster(
    members: tuple[str, ...], merges: list[Merge], events: dict[str, EventFeatures], features: CorpusFeatures
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
