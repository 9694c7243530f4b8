"""Finds the data that is read by people and by the program: `ontology/` and `seeds/`.

In a checkout they stand beside the package; in an installed wheel, inside it under `_files/`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `ontology` or `seeds`. Raises `KgError` when the installation lacks it."""
    for candidate in (_PACKAGE / "_files" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise KgError(f"the folder {name}/ is missing from this installation; install the package again")


def ontology(*parts: str) -> Path:
    """A path under `ontology/`."""
    return folder("ontology").joinpath(*parts)


def seeds(*parts: str) -> Path:
    """A path under `seeds/`."""
    return folder("seeds").joinpath(*parts)


def seed_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of `seeds/`, by column."""
    with seeds(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
