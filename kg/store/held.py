"""The readings of a graph as a sequence that decodes them when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import overload

from kg.errors import StoreError
from kg.model import Reading
from kg.store.folder import Entry, Folder

_KEPT = 256  # readings kept decoded: a small graph is decoded once, a large one streams through bounded memory


class Held(Sequence[Reading]):
    """Readings in the order of their entries. Raises `StoreError` where one is lost.

    `texts`, by the key of an entry, are put back into readings that are kept without theirs.
    """

    def __init__(self, folder: Folder, entries: Sequence[Entry] = (), texts: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.entries = entries
        self.texts = texts or {}
        self._kept: dict[str, Reading] = {}  # by key

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> Held: ...
    def __getitem__(self, index: int | slice) -> Reading | Held:
        if isinstance(index, slice):
            return Held(self.folder, self.entries[index], self.texts)
        return self.reading(self.entries[index])

    def reading(self, entry: Entry) -> Reading:
        """What the article of an entry says."""
        kept = self._kept.get(entry.key)
        if kept is not None:
            return kept
        reading = self.folder.reading(entry.key)
        if reading is None:
            raise StoreError(f"has lost the article {entry.id}; build the graph again", file=str(self.folder.path))
        if entry.key in self.texts:
            reading = replace(reading, article=replace(reading.article, text=self.texts[entry.key]))
        if len(self._kept) < _KEPT:
            self._kept[entry.key] = reading
        return reading
