"""Extractors as plug-ins: the entry-point group `kg.extractors` (PyPA entry points specification).

A package adds one by registering an object with a `name` and an `extract`:

    [project.entry-points."kg.extractors"]
    sports = "sports_news.results:EXTRACTOR"

The built-in ones stand in our own pyproject in the same way. They run in the order of their entry points'
names, each on what those before it gave, so that a plug-in called "sports" sees events and relations.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from kg.errors import KgError
from kg.model import Reading

GROUP = "kg.extractors"


@runtime_checkable
class Extractor(Protocol):
    """Adds events or relations to a reading. Pure and deterministic: the same reading gives the same result."""

    @property
    def name(self) -> str:
        """A short name, for `kg info`."""

    def extract(self, reading: Reading) -> Reading:
        """The reading with more `events` or `relations`; every other layer as it was."""


@cache
def extractors() -> tuple[Extractor, ...]:
    """All installed extractors in the order in which they run.

    Raises `KgError` when none is installed or one cannot be used.
    """
    return load(entry_points(group=GROUP))


def load(found: Iterable[EntryPoint]) -> tuple[Extractor, ...]:
    """The extractors behind some entry points, sorted by name; one that is registered twice counts once."""
    unique = {(point.name, point.value): point for point in found}
    loaded = tuple(_load(unique[key]) for key in sorted(unique))
    if not loaded:
        raise KgError(f"no package registers an extractor under {GROUP}; install newskg again")
    return loaded


def _load(point: EntryPoint) -> Extractor:
    owner = point.dist.name if point.dist else "an unknown package"
    try:
        extractor = point.load()
    except Exception as error:
        message = f"the extractor {point.name} of {owner} cannot be loaded: {error}; mend or uninstall it"
        raise KgError(message) from error
    if not isinstance(extractor, Extractor):
        raise KgError(f"the extractor {point.name} of {owner} has no name and extract(reading); uninstall it")
    return extractor
