"""What it costs to pass a graph on and to check it: `python -m tests.bench.exports [ARTICLES]`.

Each form, `verify` and `validate` run in a process of their own over the same graph of synthetic readings. Printed:
processor seconds, the most memory that the process held, and the size of what was written. Synthetic articles are not
named by a hash of their bytes, so `verify` has one failure an article to tell.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.compare import compare
from kg.export.forms import FORMS
from kg.identify import identify
from kg.pipeline import verify
from kg.store.graph import KnowledgeGraph
from tests.bench.store import part
from tests.bench.telling import CLAIMS, Telling
from tests.store.graphs import keep


def make(folder: Path, articles: int) -> int:
    """The graph on disk; how many quads it has."""
    readings = list(Telling(articles))
    with KnowledgeGraph(keep(folder, readings, compare(readings, identify(readings)))) as graph:
        return len(graph.store)


def export(folder: Path, form: str) -> int:
    """The bytes of a form."""
    with KnowledgeGraph(folder) as graph:
        return len(graph.export(form))


def verified(folder: Path) -> int:
    """How many failures there are."""
    return len(verify(folder).failures)


def validated(folder: Path) -> int:
    """How many violations there are."""
    with KnowledgeGraph(folder) as graph:
        return len(graph.validate().violations)


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with TemporaryDirectory() as place:
        folder = Path(place) / "graph"
        quads, *_ = part(make, folder, articles)
        print(f"{articles} articles, {articles * CLAIMS} claims, {quads} quads")
        for form in FORMS:
            size, seconds, memory = part(partial(export, form=form), folder)
            print(f"{form:14} {seconds:8.1f} s {memory:6.2f} GB {size / 1e6:9.1f} MB")
        for name, check in (("verify", verified), ("validate", validated)):
            found, seconds, memory = part(check, folder)
            print(f"{name:14} {seconds:8.1f} s {memory:6.2f} GB {found:9} failures")


if __name__ == "__main__":
    main()
