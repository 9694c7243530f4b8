"""Verbs that make and change a graph: build, add, remove, rebuild, same, different."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.distributed import distributed
from kg.cli.remote import StoreUrl, publish
from kg.cli.screen import Verb, complain, line, progress, say
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.pipeline import Built

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders or addresses of articles; - is standard input.")
]
Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the graph.")]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="How many processes read; 1: this one alone. If not given: one a processor."),
]


def _as_many(workers: int | None) -> int:
    from kg.scale.local import processors

    return workers or processors()


class Engine(StrEnum):
    """Where articles are read: on this machine, or on a cluster."""

    local = "local"
    spark = "spark"


def build(
    paths: Paths,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder of the graph.")],
    base: Annotated[str, typer.Option(help="Under which all IRIs are made.")] = DEFAULT_BASE,
    gazetteer: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="More known names; may be repeated.")
    ] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="List the sentences that yielded nothing.")] = False,
    workers: Workers = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep offsets and hashes, nothing of the articles' words.")
    ] = False,
    store: StoreUrl = None,
    engine: Annotated[Engine, typer.Option(help="spark: on a cluster, into Parquet and N-Quads.")] = Engine.local,
) -> int:
    """Make a graph from articles.

    What has not changed since the last build is not read again.
    """
    from kg import pipeline
    from kg.read import expected

    if no_text and (coverage or engine is Engine.spark):
        raise typer.BadParameter("--no-text goes neither with --coverage nor with --engine spark")
    if engine is Engine.spark:
        return distributed(paths, output, base, gazetteer or ())
    directory = Path(output)
    with progress("Reading", lambda: expected(paths)) as seen:
        built = pipeline.build(
            paths, directory, base=base, gazetteers=gazetteer or (), workers=_as_many(workers), text=not no_text,
            progress=seen,
        )  # fmt: skip
    if coverage and built.articles:
        _coverage(directory)
    return _tell(built, directory, store)


def add(
    paths: Paths,
    directory: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the graph.")],
    workers: Workers = None,
    store: StoreUrl = None,
) -> int:
    """Add articles to a graph; those that it holds already cost next to nothing.

    An article that the graph holds with another text stays, as a version; what its claims are now, and were, is shown.
    """
    from kg.scale.ahead import parser_ahead

    with parser_ahead():
        import numpy  # noqa: F401  which comparing needs: loaded while the model is

        from kg import pipeline
        from kg.cli.versions import articles, print_added
        from kg.read import expected

        def count() -> int | None:
            new = expected(paths)
            return None if new is None else new + _held(directory)

        before = articles(directory)
        with progress("Reading", count) as seen:
            built = pipeline.add(paths, directory, workers=_as_many(workers), progress=seen)
    code = _tell(built, directory, store)
    print_added(directory, before)
    return code


def remove(
    directory: Directory,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="IRI, id (file name) or URL.")],
    store: StoreUrl = None,
) -> int:
    """Take articles out of a graph, with all they brought."""
    from kg import pipeline

    return _tell(pipeline.remove(articles, directory), directory, store)


def rebuild(directory: Directory, workers: Workers = None, store: StoreUrl = None) -> int:
    """Make a graph anew from the articles it holds: after a new version, new seeds, or a change to curation.toml."""
    from kg import pipeline

    with progress("Reading", lambda: _held(directory)) as seen:
        built = pipeline.rebuild(directory, workers=_as_many(workers), progress=seen)
    return _tell(built, directory, store)


def same(directory: Directory, one: str, other: str) -> int:
    """Rule that two entities or events (IRIs) are one; kept in curation.toml."""
    from kg import pipeline

    return _tell(pipeline.rule(directory, one, other, same=True), directory)


def different(directory: Directory, one: str, other: str) -> int:
    """Rule that two entities or events (IRIs) are not one; kept in curation.toml."""
    from kg import pipeline

    return _tell(pipeline.rule(directory, one, other, same=False), directory)


def _tell(built: Built, directory: Path, store: str | None = None) -> int:
    for error in built.errors:
        complain(str(error))
    if built.articles or not built.errors:
        say(f"{directory}: {_plural(built.articles, 'article')}")
    else:
        complain("no article could be read; nothing was written")
        return 1
    publish(directory, store)
    return 1 if built.errors else 0


def _held(directory: Path) -> int:
    """How many articles a graph holds."""
    from kg.store.folder import Folder

    folder = Folder(directory)
    return len(folder.manifest(folder.current()).articles)


def _plural(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _coverage(directory: Path) -> None:
    from kg.extract.coverage import coverage
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        for reading in graph.readings():
            for span in coverage(reading):
                say(f"{line(reading.article.id)}:{span.start}-{span.end}: {line(span.of(reading.article.text))}")


VERBS: Iterable[Verb] = (
    Verb("build", build),
    Verb("add", add),
    Verb("remove", remove),
    Verb("rebuild", rebuild),
    Verb("same", same),
    Verb("different", different),
)
