"""The folder of a graph on disk: who may write, and which generation is the current one.

    DIR/lock                     held by the one writer
    DIR/readings/ab/ab12...      what each article says, by hash of its content and of the steps that read it
    DIR/store/current            the name of the current generation
    DIR/store/g000007/           one generation, complete before `current` names it, never changed afterwards:
        manifest.json  comparison  oxigraph/
    DIR/store/ledger             what was found of the current generation's articles, for the next change

A build writes a new generation beside the current one and then replaces the file `current` (an atomic rename),
so a reader or a build killed at any moment finds the old graph or the new one, whole.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from kg.errors import StoreError
from kg.model import Comparison, Reading
from kg.store import codec, locks, parts

FORMAT = 1  # of the folder; a graph of another format has to be built again


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a generation, and the key of its reading."""

    iri: str
    id: str
    key: str
    sha256: str
    title: str = ""
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation was made from. `code` is the fingerprint of the program that wrote its quads."""

    format: int
    base: str
    code: str
    articles: list[Entry]
    gazetteers: list[str] = []
    across: str = ""  # what the graph was made with besides its readings; with the same of both it is the same graph
    facts: bool = True
    text: bool = True  # whether readings and quads hold what articles say, or offsets alone (`kg.store.textless`)
    reader: str = ""  # the fingerprint under which articles were read: with it, keys are made again from originals


@lru_cache(maxsize=4)
def _manifest(path: Path, *_state: int) -> Manifest:
    """What a file says, as long as it stays as it is: a command asks for it some six times."""
    return msgspec.json.decode(path.read_bytes(), type=Manifest)


class Folder:
    """The paths of one graph on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = path / "store"
        self.ledger = self.store / "ledger"
        self.next_ledger = self.store / "ledger.new"

    def exists(self) -> bool:
        return (self.store / "current").is_file()

    def current(self) -> Path:
        """The current generation. Raises `StoreError` when there is none."""
        try:
            name = (self.store / "current").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            what = "is not a graph" if self.path.is_dir() else "is not there"
            raise StoreError(f"{what}; make one with: kg build PATH... -o {self.path}", file=str(self.path)) from None
        return self.store / name

    def manifest(self, generation: Path) -> Manifest:
        path = generation / "manifest.json"
        try:
            state = path.stat()
            manifest = _manifest(path, state.st_mtime_ns, state.st_size)
        except (OSError, msgspec.MsgspecError) as error:
            raise StoreError(f"is damaged ({error}); build the graph again", file=str(generation)) from error
        if manifest.format != FORMAT:
            raise StoreError(
                f"is of format {manifest.format}, this program reads {FORMAT}; build it again", file=str(self.path)
            )
        return manifest

    def comparison(self, generation: Path) -> Comparison:
        whole, *changes = (path.read_bytes() for path in parts.files(generation))
        return codec.decode_comparison(whole, changes)

    def has_comparison(self, generation: Path) -> bool:
        """Whether the generation's comparison has not been lost."""
        return (generation / parts.WHOLE).is_file()

    def put_comparison(self, generation: Path, comparison: Comparison) -> None:
        """Write a whole comparison."""
        (generation / parts.WHOLE).write_bytes(codec.encode(comparison))

    def change_comparison(self, current: Path, generation: Path, less: Comparison, more: Comparison) -> None:
        """Write what makes the current generation's comparison another."""
        delta = parts.delta(less, more)
        place = parts.link(current, generation)
        if place is not None:
            place.write_bytes(codec.encode(delta))
        else:
            self.put_comparison(generation, parts.changed(self.comparison(current), [delta]))

    def reading(self, key: str) -> Reading | None:
        """The cached reading, or None when it is not there (or was damaged by a crash: then it is read anew)."""
        try:
            return codec.decode_reading(self.reading_path(key).read_bytes())
        except (OSError, StoreError):
            return None

    def holds(self, key: str) -> bool:
        """Whether the reading is cached, whole."""
        try:
            return codec.intact(self.reading_path(key).read_bytes())
        except OSError:
            return False

    def keep(self, key: str, reading: Reading) -> None:
        """Cache a reading; a kill in the middle leaves nothing under its name."""
        self.keep_packed(key, codec.encode(reading))

    def keep_packed(self, key: str, packed: bytes) -> None:
        """The same for one that is packed already."""
        path = self.reading_path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_bytes(packed)
        beside.replace(path)

    def reading_path(self, key: str) -> Path:
        """Where the reading of that key is, or would be."""
        return self.path / "readings" / key[:2] / key

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer. Raises `StoreError` at once when another program is, or when this is no graph's folder."""
        if self.path.exists() and not self.path.is_dir():
            raise StoreError("is a file; give a folder", file=str(self.path))
        ours = {"lock", "readings", "store", "curation.toml"}
        if self.path.is_dir() and not self.exists() and any(p.name not in ours for p in self.path.iterdir()):
            raise StoreError("is not empty and is not a graph; give a new folder", file=str(self.path))
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = locks.hold(self.path / "lock", shared=False)
        except OSError as error:
            raise StoreError(f"cannot be written: {error.strerror}", file=str(self.path)) from error
        if handle is None:
            raise StoreError("is being written by another program; try again when it is done", file=str(self.path))
        with handle:
            self.store.mkdir(exist_ok=True)
            self.sweep()  # what a killed build left
            try:
                yield
            finally:
                self.sweep()  # what this one began and could not finish

    def begin(self) -> Path:
        """An empty folder for the next generation."""
        numbers = [int(path.name[1:]) for path in self.store.glob("g*") if path.name[1:].isdigit()]
        generation = self.store / f"g{max(numbers, default=0) + 1:06d}"
        generation.mkdir()
        return generation

    def finish(self, generation: Path, manifest: Manifest) -> None:
        """Write what is missing of a generation, which has its store and comparison, and make it the current one."""
        (generation / "in-use").touch()
        locks.write_through(generation / "manifest.json", msgspec.json.encode(manifest))
        locks.write_through(self.store / "current", generation.name.encode("ascii") + b"\n")

    def sweep(self) -> None:
        """Remove generations that are neither current nor open in another program, and a ledger that is of none."""
        self.next_ledger.unlink(missing_ok=True)
        current = self.current() if self.exists() else None
        for generation in self.store.glob("g*"):
            if generation == current:
                continue
            in_use = locks.hold(generation / "in-use", shared=False)
            if in_use is not None:
                with in_use:
                    shutil.rmtree(generation, ignore_errors=True)

    def prune(self, keys: set[str]) -> None:
        """Forget cached readings that no generation needs any more."""
        for shelf in (self.path / "readings").glob("*"):
            with os.scandir(shelf) as cached:  # not a path for each of thousands
                names = [item.name for item in cached]
            for name in names:
                if name not in keys:
                    (shelf / name).unlink(missing_ok=True)
