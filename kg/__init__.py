"""A knowledge graph of the news that remembers who said it.

>>> import kg
>>> kg.build(["news/"], "graph")                                          # doctest: +SKIP
Built(articles=6, errors=())
>>> with kg.open("graph") as graph:                                       # doctest: +SKIP
...     for row in graph.query("SELECT ?source { ?a kg:source/rdfs:label ?source } LIMIT 3"):
...         print(row["source"].value)
...     for claim in graph.claims(by="coast guard"):
...         print(" <- ".join(claim.chain), ":", claim.quote)
...     graph.view("graph.html")

`readings(paths)` gives what single articles say, without a graph; `kg.model` has the types of everything.
Heavy libraries are imported when they are first needed, and not before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import InputError, KgError, QueryError, RenderError, StoreError
    from kg.pipeline import Built, add, build, readings, rebuild, remove, verify
    from kg.store.graph import KnowledgeGraph
    from kg.store.graph import KnowledgeGraph as open  # noqa: N813  a class, called like a verb

__all__ = [
    "Built",
    "InputError",
    "KgError",
    "KnowledgeGraph",
    "QueryError",
    "RenderError",
    "StoreError",
    "add",
    "build",
    "open",
    "readings",
    "rebuild",
    "remove",
    "verify",
]

_HOME = {
    **dict.fromkeys(("InputError", "KgError", "QueryError", "RenderError", "StoreError"), "kg.errors"),
    **dict.fromkeys(("Built", "add", "build", "readings", "rebuild", "remove", "verify"), "kg.pipeline"),
    **dict.fromkeys(("KnowledgeGraph", "open"), "kg.store.graph"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), "KnowledgeGraph" if name == "open" else name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
