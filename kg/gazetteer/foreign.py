"""Other people's tables as ours: their column names, and how they write classes and offices.

    >>> own = adapted({"name": "Ann Lee", "type": "person", "country_qid": "Q159", "roles": "Mayor of Elba 2012/"})
    >>> own["label"], own["kind"], own["offices"]
    ('Ann Lee', 'person', 'mayor@Elba@2012@|mayor of elba@Q159@2012@')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.gazetteer.classes import class_of

_COLUMNS = {
    "name": "label", "preflabel": "label", "prefLabel": "label", "altlabel": "aliases", "altLabel": "aliases",
    "alias": "aliases", "names": "aliases", "demonym": "demonyms", "country_qid": "country",
    "wikidata": "qid", "wikidata_id": "qid", "id": "qid", "geonames_id": "geonames", "website": "domain",
    "latitude": "lat", "longitude": "lon", "weight": "prior",
}
_HELD = re.compile(r"(.+?)\s*(?:\[Q\d+\]\s*)?(?<!\S)(\d{4}(?:-\d\d){0,2})?/(\d{4}(?:-\d\d){0,2})?")

Cells = Mapping[str, str | None]


def known_column(name: str) -> bool:
    """Whether a header's cell names the column of labels."""
    return _COLUMNS.get(name, name) == "label"


def adapted(cells: Cells) -> Cells:
    """A row of a foreign table by our column names; one of our own is given back as it is."""
    if "type" not in cells and not any(name in _COLUMNS for name in cells):
        return cells
    own = {_COLUMNS.get(name, name): cell for name, cell in cells.items()}
    if "kind" not in own and (found := class_of([(cells.get("type") or "").strip()])):
        own |= {"kind": found.kind, "class": found.cls}
    if own.get("qid") and not re.fullmatch(r"Q\d+", own["qid"] or ""):
        own["qid"] = "" if "qid" not in cells else own["qid"]  # an `id` column may hold ids of any kind
    if roles := cells.get("roles"):
        own["offices"] = "|".join(_offices(roles, own.get("country") or ""))
    return own


def _offices(roles: str, country: str) -> Iterator[str]:
    """'President of Elba [Q1] 2012-05/2017 ; Minister of Trade 2009/2012' in our form; undated roles are none."""
    for role in roles.split(" ; "):
        if found := _HELD.fullmatch(role.strip()):
            title, start, end = found[1], found[2] or "", found[3] or ""
            yield from office_cells(title, country, start, end)


def office_cells(title: str, country: str, start: str, end: str) -> Iterator[str]:
    """An office as cells: 'president' of 'Elba', and the whole title where its country is told elsewhere."""
    title = title.replace("|", " ").replace("@", " ").strip()
    short, of, place = title.partition(" of ")
    if of:
        yield f"{short.lower()}@{place.removeprefix('the ')}@{start}@{end}"
    if country:
        yield f"{title.lower()}@{country}@{start}@{end}"
