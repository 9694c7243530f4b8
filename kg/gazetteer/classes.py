"""What the classes of other people's data are to us: the table `seeds/classes.tsv`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kg.errors import SeedError
from kg.files import seeds
from kg.gazetteer.row import KINDS

OFFICE = "office"  # the kind of an item that is a title, not a thing with a name


class Class(NamedTuple):
    """A class of ours, and the place of its line: where a thing has several, the first counts."""

    line: int
    kind: str
    cls: str


@cache
def classes() -> dict[str, Class]:
    """Our class for each of theirs. Raises `SeedError` at a row that is not of three cells with a known kind."""
    path = seeds("classes.tsv")
    found: dict[str, Class] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        cells = line.split("\t")
        if not line or line.startswith("#") or cells[0] == "from":
            continue
        if len(cells) != 3 or cells[1] not in KINDS | {OFFICE}:
            raise SeedError("a row is a class, one of our kinds, and a class of ours", file=str(path), line=number)
        found.setdefault(cells[0], Class(number, cells[1], cells[2]))
    return found


def class_of(theirs: Iterable[str]) -> Class | None:
    """Our class for a thing of these classes; None where none is known. `org:igo` falls back on `org`."""
    table = classes()
    known = [found for name in theirs if (found := table.get(name) or table.get(name.partition(":")[0]))]
    return min(known, default=None)
