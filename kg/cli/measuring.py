"""The verb that measures: bench."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from kg.cli.screen import Verb, json_text, say, table


def bench(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="Your own articles, if any.")] = None,
    articles: Annotated[int, typer.Option(min=1, help="How many articles to read.")] = 50,
    rounds: Annotated[int, typer.Option(min=1, help="Of how many rounds to take the median.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Measure how fast this machine reads articles, by step."""
    from kg.scale.bench import bench as measured

    rows = measured(paths or (), articles=articles, rounds=rounds)
    if as_json:
        say(json_text([row._asdict() for row in rows]))
        return
    cells = [(row.step, f"{row.seconds:.2f}", f"{row.words:,.0f}", f"{row.share:.0%}") for row in rows]
    table(("step", "processor seconds", "words/s", "share"), cells)


VERBS: Iterable[Verb] = (Verb("bench", bench),)
