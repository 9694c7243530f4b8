"""A graph on disk, opened for reading: what `kg.open(DIR)` gives.

It stays on the generation that was current when it was opened, however many builds come after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.export.forms import export
from kg.export.write import without_runs, write
from kg.model import Comparison, Corpus, Disagreement, Reading
from kg.query.beside import Beside, beside
from kg.query.claims import Claim, claims
from kg.query.named import query_text
from kg.query.rows import Rows
from kg.query.sparql import run, term
from kg.query.versions import Revision, revision, versions
from kg.store import locks
from kg.store.folder import Folder, Manifest
from kg.store.held import Held
from kg.store.quads import STORE

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.store.validate import Validated

_TRIES = 50  # a reader that loses its race against a build's sweep simply looks again


class KnowledgeGraph:
    """A graph of news. Use it as a context manager, or call `close()`, to let builds clear its generation away."""

    def __init__(self, directory: str | Path) -> None:
        """Open the graph in a folder. Raises `StoreError` when there is none."""
        self.folder = Folder(Path(directory))
        self.generation, self._in_use = self._hold()
        self.manifest: Manifest = self.folder.manifest(self.generation)

    def _hold(self) -> tuple[Path, Any]:
        """The current generation, locked so that no build removes it while we read."""
        for _ in range(_TRIES):
            generation = self.folder.current()
            try:
                lock = locks.hold(generation / "in-use", shared=True)
            except FileNotFoundError:  # swept away between the two lines
                continue
            except PermissionError:  # a read-only place: nobody can sweep it either
                return generation, None
            if lock is not None and (generation / "manifest.json").is_file():
                return generation, lock
        raise StoreError("is damaged: its current generation is missing; build it again", file=str(self.folder.path))

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the generation."""
        self.__dict__.pop("store", None)
        if self._in_use is not None:
            self._in_use.close()
            self._in_use = None

    @cached_property
    def store(self) -> Store:
        """The Oxigraph store, read-only."""
        try:
            return Store.read_only(str(self.generation / STORE))
        except (OSError, RuntimeError) as error:  # the second where its files are damaged
            raise StoreError(f"cannot be opened ({error}); run: kg rebuild", file=str(self.folder.path)) from error

    def query(self, sparql: str, **bindings: str | int | float | bool | NamedNode | Literal) -> Rows:
        """The answer to a SPARQL query, a `.rq` file or a named query. `bindings` give values to its variables, as
        terms (never as text)."""
        return Rows(run(self.store, query_text(sparql)[0], {name: term(value) for name, value in bindings.items()}))

    def quads(self, *, runs: bool = False) -> Iterator[Quad]:
        """Every quad; without `runs`, the same for the same articles on any machine."""
        return iter(self.store) if runs else without_runs(self.store)

    def export(self, form: str, *, runs: bool = False) -> bytes:
        """The graph in a form of `kg.export.forms.FORMS`, byte-identical for the same articles."""
        return export(self, form, runs=runs)

    def readings(self, *, text: bool = True) -> Iterator[Reading]:
        """What each article says, by article IRI.

        Of a graph built without text, readings are to be had with `text=False` alone: theirs is empty.
        Raises `StoreError` otherwise.
        """
        if text:
            self._need_text()
        for entry in self.manifest.articles:
            reading = self.folder.reading(entry.key)
            if reading is None:
                raise StoreError(f"has lost the article {entry.id}; build the graph again", file=str(self.folder.path))
            yield reading

    @cached_property
    def comparison(self) -> Comparison:
        """What is known only across articles."""
        return self.folder.comparison(self.generation)

    def corpus(self, *, text: bool = True) -> Corpus:
        """All readings (`text` as for `readings`) and the comparison over them, in memory."""
        return Corpus(readings=tuple(self.readings(text=text)), comparison=self.comparison)

    def lacks(self, sparql: str) -> bool:
        """Whether a query asks for the text or the quotes of a graph that holds none, and so may find nothing."""
        return not self.manifest.text and any(name in sparql for name in ("anchorOf", "isString"))

    def _need_text(self) -> None:
        if not self.manifest.text:
            raise StoreError(
                "holds no text (built with --no-text), so it has no quotes to show; kg query, info, explain, validate "
                "and verify do without, and so do the exports of RDF and of networks",
                file=str(self.folder.path),
            )

    def conflicts(self) -> tuple[Disagreement, ...]:
        """Where sources differ, and where one is only more specific."""
        self._need_text()
        return self.comparison.disagreements

    def claims(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        verbatim: bool = False,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> list[Claim]:
        """Who said what, with chain and quote; see `kg.query.claims.claims`."""
        return claims(self.readings(), about=about, by=by, verbatim=verbatim, since=since, until=until, as_of=as_of)

    def revisions(self, added: Collection[str] | None = None) -> list[Revision]:
        """What changed from each version of an article to the next: of all that the graph holds at one URL, or just
        to those articles (IRIs) that were added last."""
        self._need_text()
        groups = versions(self.manifest.articles, added or ())
        pairs = [pair for group in groups for pair in pairwise(group)]
        wanted = [pair for pair in pairs if added is None or any(one.iri in added for one in pair)]
        held = Held(self.folder)
        return [revision(held.reading(older), held.reading(newer)) for older, newer in wanted]

    def compare(self, *articles: str) -> list[Beside]:
        """The articles of each story side by side, or just the named ones (IRI, id or URL)."""
        return beside(self.corpus(), articles)

    def page(
        self, *, around: str | None = None, depth: int = 1, story: str | None = None, as_of: str | None = None
    ) -> str:
        """The interactive page as HTML. Raises `RenderError` when there is nothing to show."""
        from kg.render import page

        name = self.folder.path.resolve().name
        return page(self.corpus(), title=name, around=around, depth=depth, story=story, as_of=as_of)

    def view(self, path: str | Path, **chosen: Any) -> Path:
        """Write the page (`chosen` as for `page`), and say where."""
        write(self.page(**chosen), Path(path))
        return Path(path)

    def _repr_html_(self) -> str:
        """The page in a sandboxed frame: what a notebook shows."""
        from kg.render import repr_html

        return repr_html(self.corpus(), title=self.folder.path.resolve().name)

    def info(self) -> dict[str, Any]:
        """What the graph holds, in figures, and its articles."""
        from kg.store.overview import overview

        return overview(self.manifest, self.corpus(text=False), len(self.store))

    def validate(self, shapes: Path | None = None) -> Validated:
        """Whether the graph has the shape it should have (`ontology/shapes.ttl`, or other shapes in Turtle)."""
        from kg.store.validate import validate

        return validate(self.quads(), shapes)

    def explain(self, iri: str) -> list[dict[str, Any]]:
        """The clusters, links and promotions that concern an IRI, each as a table of what is known of it."""
        from kg.store.overview import explanation

        return explanation(self.store, iri)

    def dataset(self) -> Dataset:
        """The graph as an `rdflib.Dataset` over the same store. Its default graph holds no claim."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        from kg.vocab import PREFIXES

        dataset = Dataset(store=OxigraphStore(store=self.store), default_union=False)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri)
        return dataset
