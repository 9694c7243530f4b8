"""Verbs that check a graph: validate, verify. Exit 1 when something does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.making import Directory
from kg.cli.screen import Verb, complain, json_text, line, out, say

_SHOWN = 50  # failures printed before the rest is only counted


class Form(StrEnum):
    """Forms of a validation report: names of `kg.query.rows.GRAPH_FORMATS`."""

    turtle = "turtle"
    ntriples = "ntriples"
    jsonld = "jsonld"
    rdfxml = "rdfxml"


def validate(
    directory: Directory,
    to: Annotated[Form | None, typer.Option("--to", help="The report as RDF (SHACL's own), in this form.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to, as RDF.")] = None,
    shapes: Annotated[Path | None, typer.Option(metavar="FILE", help="Shapes of your own, in Turtle.")] = None,
) -> int:
    """Check a graph against the shapes of ontology/shapes.ttl (SHACL)."""
    from kg.export.write import write
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        found = graph.validate(shapes)
    if output is not None:
        write(found.to_bytes((to or Form.turtle).value), output)
    elif to is not None:
        out(found.to_bytes(to.value))
        return 0 if found else 1
    _list(found.violations, whole="--to turtle")
    say(
        f"{directory}: "
        + (f"{len(found.violations)} violations of the shapes" if found.violations else "has the shape it should have")
    )
    return 0 if found else 1


def verify(
    directory: Directory,
    originals: Annotated[
        list[str] | None, typer.Option("--originals", metavar="PATH", help="The articles themselves; may be repeated.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, every failure.")] = False,
) -> int:
    """Check that every quote, offset, hash and chain of a graph is right.

    With the articles themselves, also that the graph is of them.
    """
    from kg.pipeline import verify as verified

    found = verified(directory, originals)
    if json:
        failures = [{"place": one.place, "offset": one.offset, "what": one.what} for one in found.failures]
        say(json_text({"articles": found.articles, "failures": failures, "notes": found.notes}, indent=1))
        return 0 if found else 1
    for note in found.notes:
        complain(note)
    _list(found.failures, whole="--json")
    say(
        f"{directory}: {found.articles} articles, {found.phrases} phrases, {found.quads} statements: "
        + (f"{len(found.failures)} failures" if found.failures else "all hold")
    )
    return 0 if found else 1


def _list(failures: Sequence[object], *, whole: str) -> None:
    """The first failures, a line each; `whole` names the option that gives them all."""
    for failure in failures[:_SHOWN]:
        say(line(str(failure)))
    if len(failures) > _SHOWN:
        say(f"... and {len(failures) - _SHOWN} more; {whole} gives all")


VERBS: Iterable[Verb] = (Verb("validate", validate), Verb("verify", verify))
