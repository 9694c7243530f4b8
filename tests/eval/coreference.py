"""Coreference scores: MUC (Vilain et al. 1995), B3 (Bagga & Baldwin 1998) and CEAFe (Luo 2005), and CoNLL, their mean.

As in the reference scorer (Pradhan et al. 2014): singletons count, a mention that only one side has is a
mention of that side alone. Mentions are any hashable keys, the same key on both sides for the same mention.

    >>> key, response = [{1, 2, 3, 4}], [{1, 2}, {3, 4}]
    >>> muc(key, response) == (1.0, 2 / 3)
    True
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tests.eval.figures import Figure, f1

Clusters = Sequence[AbstractSet[Hashable]]


def conll(gold: Clusters, predicted: Clusters) -> float:
    """The mean F1 of the three."""
    return sum(f1(*score(gold, predicted)) for score in MEASURES.values()) / len(MEASURES)


def muc(gold: Clusters, predicted: Clusters) -> tuple[float, float]:
    """Precision and recall of links: a cluster of n mentions has n-1, less one for each part it is cut into."""
    return _links(predicted, gold), _links(gold, predicted)


def b_cubed(gold: Clusters, predicted: Clusters) -> tuple[float, float]:
    """Precision and recall of each mention's own cluster, averaged over mentions."""
    return _shared(predicted, gold), _shared(gold, predicted)


def ceaf_e(gold: Clusters, predicted: Clusters) -> tuple[float, float]:
    """Precision and recall of the best one-to-one alignment of clusters, by 2|K∩R| / (|K|+|R|)."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    if not gold or not predicted:
        return 0.0, 0.0
    cluster_of = _cluster_of(predicted)
    similarity = np.zeros((len(gold), len(predicted)))
    for row, cluster in enumerate(gold):
        for column, shared in _overlaps(cluster, cluster_of).items():
            similarity[row, column] = 2 * shared / (len(cluster) + len(predicted[column]))
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    best = float(similarity[rows, columns].sum())
    return best / len(predicted), best / len(gold)


MEASURES = {"MUC": muc, "B3": b_cubed, "CEAFe": ceaf_e}


def coreference_figure(key: str, gold: Clusters, predicted: Clusters) -> Figure:
    """CoNLL, with the three that it is the mean of beside it."""
    parts = []
    for name, score in MEASURES.items():
        precision, recall = score(gold, predicted)
        parts.append(f"{name} {100 * f1(precision, recall):.1f} (P {100 * precision:.1f} R {100 * recall:.1f})")
    sizes = f"{sum(map(len, gold))} mentions in {len(gold)}, predicted {sum(map(len, predicted))} in {len(predicted)}"
    return Figure(key=key, value=conll(gold, predicted), detail="  ".join([*parts, f"({sizes})"]))


@dataclass(slots=True)
class Partition:
    """Clusters under way: `link` puts a mention into the cluster of a name."""

    clusters: dict[Hashable, set[Hashable]]

    @classmethod
    def empty(cls) -> Partition:
        return cls({})

    def link(self, name: Hashable, mention: Hashable) -> None:
        self.clusters.setdefault(name, set()).add(mention)

    def as_clusters(self) -> list[set[Hashable]]:
        return list(self.clusters.values())


def _cluster_of(clusters: Clusters) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _overlaps(cluster: Iterable[Hashable], cluster_of: dict[Hashable, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for mention in cluster:
        if (number := cluster_of.get(mention)) is not None:
            counts[number] = counts.get(number, 0) + 1
    return counts


def _links(clusters: Clusters, others: Clusters) -> float:
    cluster_of = _cluster_of(others)
    kept = possible = 0
    for cluster in clusters:
        overlaps = _overlaps(cluster, cluster_of)
        alone = len(cluster) - sum(overlaps.values())
        kept += len(cluster) - len(overlaps) - alone
        possible += len(cluster) - 1
    return kept / possible if possible else 0.0


def _shared(clusters: Clusters, others: Clusters) -> float:
    cluster_of = _cluster_of(others)
    mentions = sum(map(len, clusters))
    shared = sum(
        count * count / len(cluster) for cluster in clusters for count in _overlaps(cluster, cluster_of).values()
    )
    return shared / mentions if mentions else 0.0
