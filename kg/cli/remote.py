"""The option --store of several verbs: somebody's SPARQL 1.1 store, beside or instead of the folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.screen import say

if TYPE_CHECKING:
    from kg.store.graph import KnowledgeGraph
    from kg.store.remote import Remote

StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="A SPARQL 1.1 store's query address; credentials are in KG_STORE_USER and KG_STORE_PASSWORD.",
    ),
]


def publish(directory: Path, url: str | None) -> None:
    """Make the store hold what the folder holds, and say so. Nothing where there is no address or no graph."""
    if url is None:
        return
    from kg.store.graph import KnowledgeGraph
    from kg.store.remote import Remote

    remote = Remote.at(url)
    with KnowledgeGraph(directory) as graph:
        say(f"{url}: {remote.publish(graph):,} statements")


@contextmanager
def asked(directory: str, url: str | None) -> Iterator[KnowledgeGraph | Remote]:
    """What answers a query: the store where there is an address, else the folder."""
    if url is not None:
        from kg.store.remote import Remote

        yield Remote.at(url)
        return
    from kg.store.graph import KnowledgeGraph

    with KnowledgeGraph(directory) as graph:
        yield graph
