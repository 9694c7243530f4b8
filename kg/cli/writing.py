"""Verbs that write the graph for others: annotate, export, view, serve, gazetteer."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.making import Directory, Paths
from kg.cli.screen import Verb, complain, filling, json_text, on_terminal, out, say
from kg.export.forms import FORMS

gazetteer = typer.Typer(name="gazetteer", help="Known names.", no_args_is_help=True, rich_markup_mode=None)


def annotate(
    paths: Paths,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines, one article a line (the only form).")] = True,
) -> int:
    """Read articles and print all that each says, without making a graph."""
    from kg.errors import InputError
    from kg.export.reading import reading_to_json
    from kg.pipeline import readings

    failed = False
    for item in readings(paths):
        if isinstance(item, InputError):
            complain(str(item))
            failed = True
        else:
            print(json_text(reading_to_json(item)))
            sys.stdout.flush()
    return 1 if failed else 0


def export(
    directory: Directory,
    to: Annotated[str, typer.Option("--to", metavar="FORM", help="One of those above.")] = "nquads",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else standard output.")] = None,
    runs: Annotated[bool, typer.Option("--runs", help="With the record of builds (times, versions, host).")] = False,
) -> int:
    """Write the graph for others, as a whole; the same articles give the same bytes."""
    from kg.export.write import write
    from kg.store.graph import KnowledgeGraph

    if to not in FORMS:
        raise typer.BadParameter(f"no form is named {to!r}; take one of {', '.join(FORMS)}")
    with KnowledgeGraph(directory) as graph:
        content = graph.export(to, runs=runs)
    if output is None and FORMS[to].binary and on_terminal():
        raise typer.BadParameter(f"{to} is no text; write it to a file with -o")
    if output is None:
        out(content)
    else:
        write(content, output)
        say(str(output))
    return 0


# click shows what stands after \b as it is
export.__doc__ = f"{export.__doc__}\n\n\b\n" + "\n".join(f"{name:<14} {form.what}" for name, form in FORMS.items())


def view(
    directory: Directory,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else graph.html in DIR.")
    ] = None,
    around: Annotated[str | None, typer.Option(metavar="NAME", help="Only what is near this entity.")] = None,
    depth: Annotated[int, typer.Option(min=1, help="How many steps from it.")] = 1,
    story: Annotated[str | None, typer.Option(help="Only this story.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published by then.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> int:
    """Write the interactive page, and say where it is."""
    from kg.store.graph import KnowledgeGraph

    path, as_of = output or directory / "graph.html", day(as_of)
    with KnowledgeGraph(directory) as graph:
        graph.view(path, around=around, depth=depth, story=story, as_of=as_of)
    say(str(path))
    if open_:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0


def day(value: str | None) -> str | None:
    """An ISO date as given. Raises a usage error for anything else."""
    from datetime import date

    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2019-12-31") from None


@gazetteer.callback()
def _gazetteer() -> None:
    """Known names, as a file for kg build --gazetteer."""


@gazetteer.command("build")
def gazetteer_build(
    dump: Annotated[
        Path, typer.Argument(help="A Wikidata dump (.json, .gz, .bz2), a table (.csv, .tsv), or SKOS (.ttl).")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The gazetteer.")],
    language: Annotated[str, typer.Option(help="The language of the names taken.")] = "en",
    min_sitelinks: Annotated[int, typer.Option(min=0, help="Pages that an item of a dump must have.")] = 5,
    subclasses: Annotated[bool, typer.Option(help="Take items of classes below the known ones too.")] = False,
) -> int:
    """Make a gazetteer from a dump; stopped and called again, it goes on where it was."""
    from importlib import import_module

    build = import_module("kg.gazetteer.build").build
    with filling("Reading") as seen:
        made = build(dump, output, language=language, min_sitelinks=min_sitelinks, subclasses=subclasses, progress=seen)
    say(f"{output}: {made.rows} rows, {made.names} names" + (f", {made.skipped} skipped" if made.skipped else ""))
    if made.partial:
        complain(f"{output}: is partial: {made.why}")
    return int(made.partial)


def serve(
    directory: Directory,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen at; others than loopback let anybody in.")
    ] = "127.0.0.1",
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a query may take.")] = 30.0,
    rows: Annotated[int, typer.Option(min=1, help="How many rows it may give.")] = 100_000,
    workers: Annotated[int, typer.Option(min=1, help="How many queries at a time.")] = 2,
    cors: Annotated[list[str] | None, typer.Option(metavar="ORIGIN", help="A site whose pages may ask.")] = None,
    service: Annotated[bool, typer.Option("--allow-service", help="Let queries call other endpoints.")] = False,
) -> int:
    """Answer over HTTP: SPARQL at /sparql, the editor at /, the page at /graph. Read-only."""
    from kg.serve import require
    from kg.serve.app import serve as run
    from kg.serve.worker import Limits

    require()
    limits = Limits(seconds=seconds, rows=rows, service=service)
    say(f"http://{host}:{port}/")
    sys.stdout.flush()
    run(directory, host=host, port=port, limits=limits, workers=workers, cors=cors or ())
    return 0


VERBS: Iterable[Verb] = (Verb("annotate", annotate), Verb("export", export), Verb("view", view), Verb("serve", serve))
