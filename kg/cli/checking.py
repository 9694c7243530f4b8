"""Verbs that check a graph: verify. Exit 1 when something does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from kg.cli.making import Directory
from kg.cli.screen import Verb, complain, json_text, line, say

_SHOWN = 50  # failures printed before the rest is only counted


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
    for failure in found.failures[:_SHOWN]:
        say(line(str(failure)))
    if len(found.failures) > _SHOWN:
        say(f"... and {len(found.failures) - _SHOWN} more; --json gives all")
    say(
        f"{directory}: {found.articles} articles, {found.phrases} phrases, {found.quads} statements: "
        + (f"{len(found.failures)} failures" if found.failures else "all hold")
    )
    return 0 if found else 1


VERBS: Iterable[Verb] = (Verb("verify", verify),)
