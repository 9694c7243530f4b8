"""One entry of a gazetteer, and the table that holds it: tab-separated, with a header.

    label kind class qid aliases demonyms country metonyms offices domain geonames lat lon prior

`|` stands between the members of a list. `kind` is an entity kind of the model; `class` is finer
(`country`, `capital`, `government`, `newspaper`); `country` is another row's label or id; an office is
`title@of@from@to`, with ISO dates as precise as known and an empty end for one still held. Only `label` and
`kind` must be there; columns may stand in any order.

    >>> row = parse_row({"label": "Ann Lee", "kind": "person", "offices": "mayor@Elba@2012@"})
    >>> row.offices[0].held_on("2019-05-01")
    True
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from kg.errors import SeedError
from kg.model import EntityKind

COLUMNS = (
    "label", "kind", "class", "qid", "aliases", "demonyms", "country", "metonyms", "offices", "domain",
    "geonames", "lat", "lon", "prior",
)
KINDS: frozenset[str] = frozenset(get_args(EntityKind))

# one character for one, so that offsets into the folded text are offsets into the text
_FOLD = str.maketrans("‘’ʼ‐‑–\u00a0\u202f\t\n\r", "'''---     ")


def fold(text: str) -> str:
    """Typographic apostrophes, hyphens and spaces as plain ones; the length stays."""
    return text.translate(_FOLD)


def key(name: str) -> str:
    """The form under which a name is stored and looked up: folded, single spaces, composed letters."""
    if name.isascii():  # it has nothing to fold but white space
        return " ".join(name.split())
    return unicodedata.normalize("NFC", " ".join(fold(name).split()))


@dataclass(frozen=True, slots=True)
class Office:
    """A title held, of what (a country, an organisation), from and to ISO dates ("" where unknown)."""

    title: str
    of: str
    start: str = ""
    end: str = ""

    def held_on(self, date: str) -> bool:
        """Whether it was held on an ISO date; a bound known only to the year or month counts whole."""
        return date[: len(self.start)] >= self.start and (not self.end or date[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """One real thing and the names it goes by. `prior` weighs it against others of its name (1 is usual)."""

    label: str
    kind: EntityKind
    cls: str = ""
    qid: str | None = None
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    country: str | None = None
    metonyms: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    domain: str | None = None
    geonames: str | None = None
    lat: float | None = None
    lon: float | None = None
    prior: float = 1.0

    @property
    def is_news(self) -> bool:
        """Whether it publishes news: an outlet or a news agency."""
        return self.cls in ("outlet", "news-agency")


def parse_row(cells: Mapping[str, str | None]) -> Row:
    """A table row by column name. Raises `SeedError` (without a place) that names the wrong cell."""

    def cell(name: str) -> str:
        return (cells.get(name) or "").strip()

    label, kind, qid = cell("label"), cell("kind"), cell("qid")
    if not label:
        raise SeedError("the label is empty")
    if kind not in KINDS:
        raise SeedError(f"{kind!r} is not a kind; use one of {', '.join(sorted(KINDS))}")
    if qid and not (qid[0] == "Q" and qid[1:].isascii() and qid[1:].isdigit()):
        raise SeedError(f"{qid!r} is not a Wikidata id such as Q42")
    return Row(
        label=label,
        kind=kind,  # type: ignore[arg-type]  # checked against KINDS
        cls=cell("class"),
        qid=qid or None,
        aliases=_listed(cell("aliases")),
        demonyms=_listed(cell("demonyms")),
        country=cell("country") or None,
        metonyms=_listed(cell("metonyms")),
        offices=tuple(_office(text) for text in _listed(cell("offices"))),
        domain=cell("domain").lower() or None,
        geonames=cell("geonames") or None,
        lat=_number(cell("lat"), "lat", 90),
        lon=_number(cell("lon"), "lon", 180),
        prior=_positive(cell("prior")),
    )


def row_cells(row: Row) -> dict[str, str]:
    """The row as its table cells: the inverse of `parse_row`."""
    cells = dict.fromkeys(COLUMNS, "") | {
        "label": row.label, "kind": row.kind, "class": row.cls, "qid": row.qid or "",
        "aliases": "|".join(row.aliases), "demonyms": "|".join(row.demonyms), "country": row.country or "",
        "metonyms": "|".join(row.metonyms),
        "offices": "|".join("@".join((o.title, o.of, o.start, o.end)) for o in row.offices),
        "domain": row.domain or "", "geonames": row.geonames or "",
        "lat": "" if row.lat is None else repr(row.lat), "lon": "" if row.lon is None else repr(row.lon),
        "prior": "" if row.prior == 1.0 else repr(row.prior),
    }
    return {name: " ".join(cell.split()) for name, cell in cells.items()}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip())) if text else ()


def _office(text: str) -> Office:
    parts = [part.strip() for part in text.split("@")]
    if not 2 <= len(parts) <= 4 or not parts[0]:
        raise SeedError(f"the office {text!r} is not of the form title@of@from@to")
    for date in parts[2:]:
        if date and not _is_date(date):
            raise SeedError(f"{date!r} in the office {text!r} is not a date such as 2019-12-31 or 2019-12")
    return Office(*parts)


def _is_date(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text) is not None


def _number(text: str, name: str, limit: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        raise SeedError(f"{name} {text!r} is not a number from -{limit} to {limit}")
    return value


def _positive(text: str) -> float:
    try:
        value = float(text or 1)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise SeedError(f"prior {text!r} is not a number above 0")
    return value
