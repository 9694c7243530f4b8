"""Graphs on disk for tests of what is in them: the golden readings, as a build would have stored them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kg.ids import DEFAULT_BASE
from kg.model import Comparison, Reading
from kg.store import codec
from kg.store.build import Build, commit, entry
from kg.store.folder import Folder
from kg.store.held import Held
from kg.store.quads import Draft
from tests.export.golden import NAMES, comparison, readings

ALL = sorted((reading for name in NAMES for reading in readings(name)), key=lambda reading: reading.article.iri)
COMPARED = replace(
    comparison("planned-and-denied"),
    clusters=tuple(one for name in NAMES for one in comparison(name).clusters),
    disagreements=tuple(one for name in NAMES for one in comparison(name).disagreements),
)


def whole(directory: Path, compared: Comparison = COMPARED) -> Path:
    """Make the graph of all golden readings, and say where it is."""
    return keep(directory, ALL, compared)


def keep(
    directory: Path, wanted: Sequence[Reading], compared: Comparison | None = None, *, anew: bool = False
) -> Path:
    """Make the graph of these readings, and say where it is."""
    folder = Folder(directory)
    with folder.writing():
        entries = []
        for reading in sorted(wanted, key=lambda reading: reading.article.iri):
            key = codec.key(reading.article, "f")
            folder.keep(key, reading)
            entries.append(entry(reading.article, key))
        build = Build(DEFAULT_BASE, "f", datetime.now(UTC), across=codec.across(directory / "curation.toml"))
        held, draft = Held(folder, entries), Draft(folder.begin()) if anew else None
        if draft:
            draft.fill(held, loaders=2)
            draft.link(compared or Comparison())
        commit(folder, held, compared or Comparison(), build, draft)
    return directory
