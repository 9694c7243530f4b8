"""One item of a Wikidata JSON dump as a row.

The dump's form: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Read are labels and aliases
of one language (and `mul`), and the statements: instance of (P31), subclass of (P279), country (P17), demonym
(P1549), position held (P39, with start P580 and end P582), official website (P856), coordinates (P625) and
GeoNames id (P1566). Deprecated statements are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg.gazetteer.row import Row

Json = dict[str, Any]
_WELL_KNOWN = 200  # sitelinks from which a thing's prior is 1, as that of a hand-written row
_PRECISION = {9: 4, 10: 7, 11: 10}  # Wikidata's precision of a time: year, month, day -> characters of the date


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its row without kind, its classes, and the offices held as (office's id, start, end)."""

    row: Row
    classes: tuple[str, ...]
    supers: tuple[str, ...]
    held: tuple[tuple[str, str, str], ...]
    sitelinks: int


def item_of(entity: Json, language: str) -> Item | None:
    """The item of a dump's object; None for properties, lexemes, redirects and items without a name."""
    qid = entity.get("id", "")
    if entity.get("type") != "item" or not qid.startswith("Q"):
        return None
    names = _names(entity, language)
    if not names:
        return None
    claims = entity.get("claims") or {}
    sitelinks = len(entity.get("sitelinks") or ())
    lat, lon = _coordinates(claims)
    row = Row(
        label=names[0], kind="other", qid=qid, aliases=tuple(names[1:]),
        demonyms=tuple(_demonyms(claims, language)), country=next(_ids(claims, "P17"), None),
        domain=next(_domains(claims), None), geonames=next(_strings(claims, "P1566"), None),
        lat=lat, lon=lon, prior=round(max(min(sitelinks / _WELL_KNOWN, 1.0), 0.001), 3),
    )
    return Item(row, tuple(_ids(claims, "P31")), tuple(_ids(claims, "P279")), tuple(_held(claims)), sitelinks)


def _names(entity: Json, language: str) -> list[str]:
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    names = [labels[code]["value"] for code in (language, "mul") if code in labels]
    names += [alias["value"] for code in (language, "mul") for alias in aliases.get(code, ())]
    return list(dict.fromkeys(_cell(name) for name in names if _cell(name)))


def _cell(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def _values(claims: Json, name: str) -> Iterator[tuple[Any, Json]]:
    """The values of a property's statements, preferred ones first, each with its statement."""
    statements = [each for each in claims.get(name, ()) if each.get("rank") != "deprecated"]
    for statement in sorted(statements, key=lambda each: each.get("rank") != "preferred"):
        snak = statement.get("mainsnak") or {}
        if snak.get("snaktype") == "value" and "value" in (snak.get("datavalue") or {}):
            yield snak["datavalue"]["value"], statement


def _ids(claims: Json, name: str) -> Iterator[str]:
    for value, _ in _values(claims, name):
        if isinstance(value, dict) and value.get("entity-type", "item") == "item":
            yield value.get("id") or f"Q{value['numeric-id']}"


def _strings(claims: Json, name: str) -> Iterator[str]:
    return (value for value, _ in _values(claims, name) if isinstance(value, str))


def _demonyms(claims: Json, language: str) -> Iterator[str]:
    for value, _ in _values(claims, "P1549"):
        if isinstance(value, dict) and value.get("language") == language and _cell(value["text"]):
            yield _cell(value["text"])


def _domains(claims: Json) -> Iterator[str]:
    for url in _strings(claims, "P856"):
        try:
            host = urlsplit(url).hostname
        except ValueError:
            continue
        if host and urlsplit(url).path in {"", "/"}:
            yield host.removeprefix("www.")


def _coordinates(claims: Json) -> tuple[float | None, float | None]:
    for value, _ in _values(claims, "P625"):
        if isinstance(value, dict) and "latitude" in value and str(value.get("globe", "Q2")).endswith("Q2"):
            return round(value["latitude"], 5), round(value["longitude"], 5)
    return None, None


def _held(claims: Json) -> Iterator[tuple[str, str, str]]:
    """Positions held that say when they began: one without dates would hold on every date."""
    for value, statement in _values(claims, "P39"):
        qualifiers = statement.get("qualifiers") or {}
        start, end = _time(qualifiers, "P580"), _time(qualifiers, "P582")
        if isinstance(value, dict) and (start or end):
            yield value.get("id") or f"Q{value['numeric-id']}", start, end


def _time(qualifiers: Json, name: str) -> str:
    for snak in qualifiers.get(name, ()):
        value = (snak.get("datavalue") or {}).get("value") or {}
        time, length = value.get("time", ""), _PRECISION.get(value.get("precision", 0))
        if length and time.startswith("+") and len(time) >= 11:
            return str(time[1 : 1 + length])
    return ""
