"""A SKOS thesaurus in Turtle or N-Triples as rows: preferred and alternative labels, types, matches, coordinates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SeedError
from kg.gazetteer.classes import class_of
from kg.gazetteer.row import Row, parse_row

if TYPE_CHECKING:
    from pyoxigraph import Literal

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_WIKIDATA = "http://www.wikidata.org/entity/"
_GEONAMES = "https://sws.geonames.org/"
_CELLS = {
    _SKOS + "prefLabel": "label", _SKOS + "altLabel": "aliases", _SKOS + "exactMatch": "same",
    "http://www.w3.org/2002/07/owl#sameAs": "same", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "type",
    _GEO + "lat": "lat", _GEO + "long": "lon",
}


def skos_rows(path: Path, language: str) -> Iterator[tuple[int, Row | SeedError]]:
    """Each thing with a preferred label, in the order of the file, as (its number, its row or what is wrong)."""
    from pyoxigraph import Literal, RdfFormat, parse

    things: dict[str, defaultdict[str, list[str]]] = {}
    form = RdfFormat.TURTLE if path.suffix == ".ttl" else RdfFormat.N_TRIPLES
    try:
        for quad in parse(path=str(path), format=form):
            name = _CELLS.get(quad.predicate.value)
            if name and not (isinstance(quad.object, Literal) and not _in(quad.object, language)):
                thing = things.setdefault(str(quad.subject), defaultdict(list))
                thing[name].append(getattr(quad.object, "value", ""))
    except (SyntaxError, OSError) as error:
        raise SeedError(f"cannot be read: {error}", file=str(path), line=getattr(error, "lineno", None)) from error
    for number, (iri, cells) in enumerate(things.items(), 1):
        if cells["label"]:
            try:
                yield number, parse_row(_row_cells(iri.strip("<>"), cells))
            except SeedError as wrong:
                yield number, wrong


def _in(literal: Literal, language: str) -> bool:
    """Whether a literal is of the language, of one of its regions, or of none."""
    return not literal.language or literal.language.split("-")[0].lower() == language


def _row_cells(iri: str, cells: defaultdict[str, list[str]]) -> dict[str, str | None]:
    ids = [iri, *cells["same"]]
    kind = class_of(cells["type"])
    names = [*cells["label"], *cells["aliases"]]
    return {
        "label": names[0].strip(), "aliases": "|".join(name.replace("|", " ") for name in names[1:]),
        "kind": kind.kind if kind else "other", "class": kind.cls if kind else "concept",
        "qid": next((each.removeprefix(_WIKIDATA) for each in ids if each.startswith(_WIKIDATA)), ""),
        "geonames": next((each.removeprefix(_GEONAMES).strip("/") for each in ids if each.startswith(_GEONAMES)), ""),
        "lat": next(iter(cells["lat"]), ""), "lon": next(iter(cells["lon"]), ""),
    }
