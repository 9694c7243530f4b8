"""Verbs that ask: query, claims, conflicts, compare, explain, info."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from kg.cli.making import Directory
from kg.cli.remote import StoreUrl, asked
from kg.cli.screen import Verb, complain, json_text, line, on_terminal, out, safe, say, table
from kg.cli.writing import day
from kg.errors import KgError, QueryError


class Form(StrEnum):
    """Forms of an answer: tables for SELECT and ASK, graphs for CONSTRUCT."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    xml = "xml"
    markdown = "markdown"
    turtle = "turtle"
    ntriples = "ntriples"
    jsonld = "jsonld"
    rdfxml = "rdfxml"


AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def query(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the graph; left out with --store.")],
    sparql: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="SPARQL, a file .rq, or a query's name; without it, the names."),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Give a variable a value; may be repeated.")
    ] = None,
    json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
    form: Annotated[Form | None, typer.Option("--format", help="Else a table on a terminal, JSON into a pipe.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many things a named query finds; else as it says.")
    ] = None,
    store: StoreUrl = None,
) -> int:
    """Ask in SPARQL. All prefixes are set; values given with --set can never change the query's meaning."""
    from kg.query import caret

    if store is not None and sparql is None:
        sparql = directory
    if sparql is None:
        _names()
        return 0
    bindings = _bindings(set_ or [])
    from kg.query import named_queries, query_text
    from kg.store.graph import KnowledgeGraph

    text, name = query_text(sparql)
    known = named_queries().get(name or "")
    if known and limit:
        known = known.with_limit(limit)
        text = known.text
    wanted = form.value if form else "json" if json else "csv" if csv else "table" if on_terminal() else "json"
    with asked(directory, store) as graph:
        if isinstance(graph, KnowledgeGraph) and graph.lacks(text):
            complain(
                "the graph holds no text (built with --no-text), and the query asks for quotes: it may find nothing"
            )
        try:
            rows = _answer(graph.query(text, **bindings), wanted)
            if known and known.limit and rows() >= known.limit:
                complain(f"{name} found {known.limit:,} things and looked no further; see --set, and --limit for more")
        except QueryError as error:
            complain(str(QueryError(error.message, file=name, line=error.line, column=error.column)))
            if place := caret(text, error):
                complain_more(place)
            return 1
    return 0


def complain_more(text: str) -> None:
    """Further lines on standard error."""
    typer.echo(safe(text), err=True)


def _bindings(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    for one, (name, equals, _) in zip(given, pairs, strict=True):
        if not equals or not re.fullmatch(r"\??\w+", name):
            raise typer.BadParameter(f"--set {one!r}: write NAME=VALUE, with the name of one of the query's variables")
    return {name.removeprefix("?"): value for name, _, value in pairs}


def _names() -> None:
    from kg.query import named_queries

    rows = [
        (one.name, one.description, "  ".join(f"?{name}: {meaning}" for name, meaning in one.parameters))
        for one in named_queries().values()
    ]
    if on_terminal():
        table(("name", "what it answers", "parameters"), rows)
    else:
        say(json_text([{"name": name, "description": text} for name, text, _ in rows], indent=1))


def _answer(rows: Any, wanted: str) -> Callable[[], int]:
    """Give an answer; what counts its rows."""
    from kg.query.rows import rows_in, short

    if rows.kind == "construct" and wanted in ("table", "json"):
        wanted = "turtle" if wanted == "table" else "jsonld"
    if wanted != "table":
        content = rows.to_bytes(wanted)
        out(content)
        return lambda: rows_in(content, wanted)
    if rows.kind == "ask":
        say("yes" if rows else "no")
        return lambda: 1
    lines = [[short(cell) for cell in row.values()] for row in rows]
    table([f"?{name}" for name in rows.variables], lines)
    return lambda: len(lines)


def claims(
    directory: Directory,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="Of whom or what.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="From whom.")] = None,
    verbatim: Annotated[bool, typer.Option("--verbatim", help="Only what stands in quotation marks.")] = False,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="On record by then.")] = None,
    json: AsJson = False,
) -> int:
    """Who said what, by source, each with its chain and its exact words."""
    from kg.cli.claims import claim_json, print_claims
    from kg.store.graph import KnowledgeGraph

    since, until, as_of = day(since), day(until), day(as_of)
    with KnowledgeGraph(directory) as graph:
        found = graph.claims(about=about, by=by, verbatim=verbatim, since=since, until=until, as_of=as_of)
    if json:
        say(json_text([claim_json(claim) for claim in found], indent=1))
    else:
        print_claims(found)
    return 0


def conflicts(directory: Directory, json: AsJson = False) -> int:
    """Where sources differ, with both quotes; refinements (one is only more specific) come last."""
    from kg.export.conflicts import disagreement_to_json
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        found = graph.conflicts()
        texts = {} if json else {reading.article.iri: reading.article.text for reading in graph.readings()}
    if json:
        say(json_text([disagreement_to_json(one) for one in found], indent=1))
        return 0
    from kg.cli.conflicts import print_conflicts

    print_conflicts(found, texts)
    return 0


def compare(
    directory: Directory,
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ARTICLE...", help="IRI, id or URL; else each story.")
    ] = None,
    json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
) -> int:
    """Articles of one story side by side: what they share, what one alone has, where they differ."""
    from kg.cli.beside import beside_json, print_beside
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        found = graph.compare(*(articles or ()))
    if json:
        say(json_text([beside_json(one) for one in found], indent=1))
    for one in [] if json else found:
        print_beside(one, as_markdown=as_markdown)
    return 0


def versions(directory: Directory, json: AsJson = False) -> int:
    """What changed between the versions of an article: claims that came, went, or are put otherwise."""
    from kg.cli.versions import print_revisions, revision_json
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        found = graph.revisions()
    if json:
        say(json_text([revision_json(one) for one in found], indent=1))
    else:
        print_revisions(found)
    return 0


def info(directory: Directory, json: AsJson = False) -> int:
    """What a graph holds."""
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        found = graph.info()
    if json:
        say(json_text(found, indent=1))
        return 0
    articles = found.pop("articles")
    for name, value in found.items():
        say(f"{name + ':':<15} {line(', '.join(value) if isinstance(value, list) else str(value))}")
    say()
    for one in articles:
        parts = (one["id"], one["publisher"] or "?", one["published"] or "undated", one["title"], one["iri"])
        say("  ".join(line(part) for part in parts if part))
    return 0


def explain(directory: Directory, iri: str, json: AsJson = False) -> int:
    """Why things are one, or who stands behind a link: everything the graph says of an IRI across articles."""
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        found = graph.explain(iri)
    if not found:
        raise KgError(f"nothing is known across articles of {iri}")
    if json:
        say(json_text(found, indent=1))
        return 0
    for thing in found:
        for name, value in thing.items():
            for one in value if isinstance(value, list) else [value]:
                say(f"{name + ':':<12} {line(str(one))}")
        say()
    return 0


VERBS: Iterable[Verb] = (
    Verb("query", query),
    Verb("claims", claims),
    Verb("conflicts", conflicts),
    Verb("compare", compare),
    Verb("versions", versions),
    Verb("explain", explain),
    Verb("info", info),
)
