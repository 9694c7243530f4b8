"""Is what is joined across mixed articles one event? `same.tsv` holds pairs of triggers of different articles (article,
offset), each read and judged: one event, or two. Three quarters were drawn from clusters of an earlier, laxer identity,
one from those of a later, so precision here is that of the doubtful cases and not of all that is joined.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from kg.identify import identify
from kg.model import Reading
from tests.eval.figures import Counts, Figure, f1_figure

_JUDGED = Path(__file__).with_name("same.tsv")


def same_figure(key: str, readings: Sequence[Reading]) -> Figure:
    """Of the judged pairs of these articles: how many of those joined are one event, and of those that are one joined.
    Not available where there are none."""
    clusters = [cluster for cluster in identify(readings) if cluster.kind == "event"]
    cluster_of = {iri: cluster.iri for cluster in clusters for iri in cluster.members}
    found = {
        (reading.article.id, event.trigger.start): cluster_of.get(event.iri, event.iri)
        for reading in readings
        for event in reading.events
    }
    articles = {reading.article.id for reading in readings}
    counts = Counts()
    with _JUDGED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["one"] in articles and row["other"] in articles:
                one = found.get((row["one"], int(row["at"])))
                joined = one is not None and one == found.get((row["other"], int(row["other_at"])))
                same = row["same"] == "yes"
                counts += Counts(right=joined and same, predicted=joined, found=joined and same, gold=same)
    return f1_figure(key, counts) if counts.gold else Figure(key=key, value=None)
