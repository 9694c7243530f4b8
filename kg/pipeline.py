"""The pipeline: the order of the steps stands here and nowhere else.

read -> annotate -> resolve -> extract -> attribute      per article, pure
identify -> compare                                      across articles
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.annotate import annotate, annotate_all
from kg.attribute import attribute
from kg.compare import compared
from kg.errors import InputError, PipelineError, StoreError
from kg.extract import extract
from kg.gazetteer import using
from kg.identify import identity
from kg.identify.curation import Curation, read_curation, write_curation
from kg.ids import DEFAULT_BASE, check_base
from kg.model import Article, Comparison, Parse, Reading
from kg.read import read, readable
from kg.resolve import resolve
from kg.scale import ledger
from kg.scale.local import Start, Work, beside, nothing_to_collect, read_packed
from kg.store.build import Build, commit, commit_change, entry, read_through, unchanged
from kg.store.codec import across as fingerprint_across
from kg.store.codec import fingerprint, with_files
from kg.store.folder import Entry, Folder, Manifest
from kg.store.held import Held
from kg.store.locks import write_through
from kg.store.quads import Draft
from kg.store.sound import Failure
from kg.store.textless import MARK, without_quotes

if TYPE_CHECKING:
    from kg.store.verify import Verified

Progress = Callable[[Article], None]

_LOADERS = 2  # threads at most that load a store at once, where there are workers for them: each takes memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the pipeline: a pure function with the Reading's layers that it needs and adds."""

    name: str
    run: Callable[[Reading], Reading]
    needs: tuple[str, ...]
    adds: tuple[str, ...]

    def __call__(self, reading: Reading) -> Reading:
        return self.run(reading)


ANNOTATE = Step(name="annotate", run=annotate, needs=("article",), adds=("parse", "sentences", "times"))

STEPS: tuple[Step, ...] = (
    ANNOTATE,
    Step(name="resolve", run=resolve, needs=("parse", "times"), adds=("mentions", "entities")),
    Step(
        name="extract",
        run=extract,
        needs=("parse", "times", "mentions", "entities"),
        adds=("events", "relations"),
    ),
    Step(
        name="attribute",
        run=attribute,
        needs=("parse", "mentions", "entities", "events", "relations"),
        adds=("attributions",),
    ),
)


def check_order(steps: Iterable[Step]) -> None:
    """Raise `PipelineError` when a step needs a layer that no earlier step adds."""
    have = {"article"}
    for step in steps:
        missing = sorted(set(step.needs) - have)
        if missing:
            raise PipelineError(f"step {step.name} needs {', '.join(missing)}, which no step before it adds")
        have.update(step.adds)


def read_articles(articles: Iterable[Article], *, keep_parse: bool = False) -> Iterator[Reading]:
    """Articles through all steps, in order. The parse is batched; every other step is per article."""
    for reading in annotate_all(Reading(article=article) for article in articles):
        yield finish(reading, keep_parse=keep_parse)


def finish(reading: Reading, *, keep_parse: bool = False) -> Reading:
    """All steps after annotate."""
    for step in STEPS:
        if step is not ANNOTATE:
            reading = step(reading)
    return reading if keep_parse else replace(reading, parse=Parse())


def readings(paths: Iterable[str | Path], *, base: str = DEFAULT_BASE) -> Iterator[Reading | InputError]:
    """What each article under the paths says, in the order given; `InputError`s at their places."""
    errors: dict[int, list[InputError]] = defaultdict(list)
    counted = count()

    def articles() -> Iterator[Article]:
        number = next(counted)
        for item in read(paths, base=base):
            if isinstance(item, InputError):
                errors[number].append(item)
            else:
                yield item
                number = next(counted)

    done = 0
    for reading in read_articles(articles()):
        yield from errors.pop(done, ())
        yield reading
        done += 1
    yield from errors.pop(done, ())


class Built(NamedTuple):
    """What a build did: how many articles the graph now holds, and the inputs that could not be read."""

    articles: int
    errors: tuple[InputError, ...]


def build(
    paths: Iterable[str | Path],
    directory: str | Path,
    *,
    base: str = DEFAULT_BASE,
    gazetteers: Sequence[str | Path] = (),
    workers: int = 1,
    text: bool = True,
    progress: Progress | None = None,
) -> Built:
    """Make the graph in `directory` from the articles under `paths`, and nothing else.

    Inputs that cannot be read are in the result; the others are built. Where none can be read, the graph that was
    there stays. One worker is this process, on one processor; of more, each is a process that reads, and this one
    does the rest. The graph is the same. Without `text`, nothing of the articles' words is kept but offsets and hashes
    (`kg.store.textless`); a folder is of one sort for good.
    Raises `StoreError` when another program is writing to the folder, or when it is of the other sort.
    """
    folder = Folder(Path(directory))
    errors: list[InputError] = []
    with folder.writing():
        _check_sort(folder, text=text)
        known = tuple(str(Path(file).resolve()) for file in gazetteers)
        job = _Job(folder, check_base(base), known, progress, workers, text)
        held = job.run(readable(read(paths, base=base), errors))
    return Built(held, tuple(errors))


def add(
    paths: Iterable[str | Path], directory: str | Path, *, workers: int = 1, progress: Progress | None = None
) -> Built:
    """Add articles to a graph. One that it holds already costs a hash."""
    folder = Folder(Path(directory))
    errors: list[InputError] = []
    with _writing_existing(folder) as manifest:
        job = _Job(folder, manifest.base, tuple(manifest.gazetteers), progress, workers)
        held = job.run(readable(read(paths, base=manifest.base), errors), manifest)
    return Built(held, tuple(errors))


def remove(articles: Iterable[str], directory: str | Path) -> Built:
    """Take articles out of a graph, with all they brought. Each is named by its IRI, id or URL."""
    folder, wanted = Folder(Path(directory)), list(articles)
    with _writing_existing(folder) as manifest:
        unwanted = {entry.iri for name in wanted for entry in _named(manifest, name, folder)}
        kept = (article for article in _held(folder, manifest) if article.iri not in unwanted)
        job = _Job(folder, manifest.base, tuple(manifest.gazetteers), None)
        return Built(job.run(kept, allow_empty=True), ())


def rebuild(directory: str | Path, *, workers: int = 1, progress: Progress | None = None) -> Built:
    """Make a graph anew from the articles that it holds: after a new version, new seeds, a ruling, or damage."""
    folder = Folder(Path(directory))
    with _writing_existing(folder) as manifest:
        job = _Job(folder, manifest.base, tuple(manifest.gazetteers), progress, workers, anew=True)
        return Built(job.run(_held(folder, manifest), allow_empty=True), ())


def rule(directory: str | Path, one: str, other: str, *, same: bool) -> Built:
    """Write down that two IRIs are, or are not, one, and rebuild. A later ruling replaces an earlier one."""
    if one == other:
        raise StoreError("the two IRIs are the same")
    folder, pair = Folder(Path(directory)), frozenset((one, other))
    with _writing_existing(folder) as manifest:
        path = folder.path / "curation.toml"
        held = read_curation(path)
        ruled = replace(
            held, same=held.same | {pair} if same else held.same - {pair},
            different=held.different - {pair} if same else held.different | {pair},
        )  # fmt: skip
        write_through(path, write_curation(ruled).encode("utf-8"))
        job = _Job(folder, manifest.base, tuple(manifest.gazetteers), None)
        return Built(job.run(_held(folder, manifest), allow_empty=True), ())


def verify(directory: str | Path, originals: Iterable[str | Path] | None = None) -> Verified:
    """Check a graph against itself, and against the articles under `originals` where they are given."""
    from kg.store.graph import KnowledgeGraph
    from kg.store.verify import verify as verified

    with KnowledgeGraph(directory) as graph:
        if originals is None:
            return verified(graph)
        errors: list[InputError] = []
        found = verified(graph, readable(read(originals, base=graph.manifest.base), errors))
        found.failures += [Failure(error.file or "-", None, error.message) for error in errors]
        return found


class _Job(NamedTuple):
    """One build of a folder whose lock is held."""

    folder: Folder
    base: str
    gazetteers: tuple[str, ...]
    progress: Progress | None
    workers: int = 1
    text: bool = True
    anew: bool = False  # write every statement again, also where nothing has changed: the store may be damaged

    def run(self, articles: Iterable[Article], beside: Manifest | None = None, *, allow_empty: bool = False) -> int:
        """Make the graph of these articles, `beside` those of a manifest."""
        started = datetime.now(UTC)
        with using(map(Path, self.gazetteers)):  # a broken one is told before the first article is read
            code = with_files(fingerprint(), map(Path, self.gazetteers)) + ("" if self.text else MARK)
        texts: dict[str, str] = {}  # in memory alone, where they may not be kept
        known: Sequence[Entry] = ()
        if beside and beside.reader == code:  # their readings stand as they are
            known = beside.articles
        elif beside:
            articles = chain(_held(self.folder, beside), articles)
        ruling = self.folder.path / "curation.toml"
        rules, across = read_curation(ruling), fingerprint_across(ruling)
        entries = self._entries(articles, known, code, texts)
        if not entries and not allow_empty:
            return 0
        if not self.anew and unchanged(
            self.folder, entries, base=self.base, gazetteers=self.gazetteers, across=across
        ):
            return len(entries)
        build = Build(self.base, code, started, self.gazetteers, across, self.text)
        if self.anew or not self.folder.exists() or rules != Curation() or not self._change(entries, build):
            self._whole(entries, texts, rules, build)
        return len(entries)

    def _whole(self, entries: Sequence[Entry], texts: Mapping[str, str], rules: Curation, build: Build) -> None:
        """Find everything in all readings, which for this once are all decoded and in memory. What each of them says on
        its own is written meanwhile, if there is a worker more."""
        held, read = Held(self.folder, entries), Held(self.folder, entries, texts)
        with nothing_to_collect(), beside(self.workers) as start:
            if self.folder.exists() and not self.anew:
                commit(self.folder, held, self._compared(read, rules, start), build)
            else:
                with Draft(self.folder.begin()) as draft:
                    filled = start(draft.fill, held, min(self.workers, _LOADERS))
                    comparison = self._compared(read, rules, start)
                    draft.link(comparison)
                    filled.result()
                    commit(self.folder, held, comparison, build, draft)
        ledger.replace(self.folder.ledger, self.folder.next_ledger, build.manifest(entries))

    def _compared(self, held: Held, rules: Curation, start: Start) -> Comparison:
        """The comparison of all readings. They are forgotten when they are entered in a ledger, if there may be one."""
        readings = list(held)
        found = identity(readings, rules)
        everything = compared(readings, found.clusters)
        if not self.text:
            return without_quotes(everything.comparison)
        if rules == Curation():
            start(ledger.prepare, self.folder.next_ledger, readings, found, everything)
        return everything.comparison

    def _change(self, entries: Sequence[Entry], build: Build) -> bool:
        """Find only what a few articles change that have gone or come; False where there is no telling."""
        current = self.folder.current()
        try:
            manifest = self.folder.manifest(current)
        except StoreError:  # damaged: it is about to be replaced as a whole
            return False
        if manifest != build.manifest(manifest.articles) or not self.folder.has_comparison(current):
            return False
        with ledger.opened(self.folder.ledger, manifest) as book:
            if book is None:
                return False
            before, after = ({one.key for one in each} for each in (manifest.articles, entries))
            gone = Held(self.folder, [one for one in manifest.articles if one.key not in after])
            come = Held(self.folder, [one for one in entries if one.key not in before])
            with nothing_to_collect():
                change = book.changed(gone, come, _Read(Held(self.folder, entries)).__getitem__)
            if change is None:
                return False
            with ThreadPoolExecutor(1) as other:  # the disk takes one while the other is being made
                other.submit(book.sign, build.manifest(entries))
                commit_change(self.folder, entries, change, build)
            return True

    def _entries(
        self, articles: Iterable[Article], known: Iterable[Entry], code: str, texts: dict[str, str]
    ) -> list[Entry]:
        """What the graph is to hold, sorted by article. Of two inputs with the same bytes the lesser key stays."""
        work = Work(read_articles, self.gazetteers)
        found = {entry.iri: entry for entry in known}
        for key, article in read_through(
            self.folder, articles, code, partial(read_packed, work=work, workers=self.workers), text=self.text
        ):
            if not self.text:
                texts[key] = article.text
            other = found.get(article.iri)
            if other is None or key < other.key:
                found[article.iri] = entry(article, key)
            if self.progress:
                self.progress(article)
        return [found[iri] for iri in sorted(found)]


class _Read(dict[str, Reading]):
    """Readings by article, kept once they were asked for."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._entries = {entry.iri: entry for entry in held.entries}

    def __missing__(self, article: str) -> Reading:
        found = self[article] = self._held.reading(self._entries[article])
        return found


@contextmanager
def _writing_existing(folder: Folder) -> Iterator[Manifest]:
    folder.current()  # tells a missing graph from one that is being written
    with folder.writing():
        manifest = folder.manifest(folder.current())
        if not manifest.text:
            raise StoreError(
                "holds no text, so it is changed from the originals alone: kg build PATH... --no-text",
                file=str(folder.path),
            )
        yield manifest


def _check_sort(folder: Folder, *, text: bool) -> None:
    """Raise `StoreError` where the folder holds text and is to hold none, or the other way round."""
    try:
        manifest = folder.manifest(folder.current())
    except StoreError:  # none yet, or a damaged one that is about to be replaced
        return
    if manifest.text and not text:
        raise StoreError("holds a graph with text; give --no-text a folder of its own", file=str(folder.path))
    if text and not manifest.text:
        raise StoreError(
            "holds a graph without text; build it with --no-text, or give another folder", file=str(folder.path)
        )


def _held(folder: Folder, manifest: Manifest) -> Iterator[Article]:
    """The articles that the graph holds, to be read anew where that is needed."""
    for reading in Held(folder, manifest.articles):
        yield reading.article


def _named(manifest: Manifest, name: str, folder: Folder) -> list[Entry]:
    found = [entry for entry in manifest.articles if name in (entry.iri, entry.id, entry.url)]
    if not found:
        raise StoreError(f"holds no article {name!r}; kg info lists them", file=str(folder.path))
    return found
