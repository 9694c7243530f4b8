"""How sure a link is, from the claims that are left of it.

`kg.compare` says so for the whole corpus; this says it again for a part (`--as-of`), and `page/lens.js` does under
the reader's lenses, by the same rule:

| first that fits | status |
|---|---|
| its sides disagree | disputed |
| its claims deny it | denied |
| no claim says that it happened | planned |
| two origins or more | corroborated |
| an outlet says it in its own voice | reported |
| else | attributed |
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.model import Link, Reading, Status


def status_of(link: Link, events: Collection[str], readings: Iterable[Reading], *, disputed: bool) -> Status:
    """The status of `link` when only `events` of it are known; `disputed` tells whether its ends are disagreed about."""
    if link.status == "disputed" and disputed:
        return "disputed"
    if link.negated:
        return "denied"
    happened, origins, own_voice = False, set(), False
    for reading in readings:
        found = [event for event in reading.events if event.iri in events]
        happened |= any(event.realis == "actual" for event in found) or any(relation.iri in events for relation in reading.relations)
        for attribution in reading.attributions:
            if not set(events).isdisjoint((*attribution.events, *attribution.relations)):
                own_voice |= attribution.parent is None
                origins.add(attribution.source.entity or attribution.source.label)
    if not happened:
        return "planned"
    if len(origins) > 1:
        return "corroborated"
    return "reported" if own_voice else "attributed"
