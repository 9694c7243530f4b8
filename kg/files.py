"""Finds the data that is read by people and by the program: `ontology/` and `seeds/`.

In a checkout they stand beside the package; in an installed wheel, inside it under `_files/`.
"""

from __future__ import annotations

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
