"""Serve: a graph over HTTP, read-only: SPARQL 1.1 Protocol, the page, and IRIs that answer.

Built on Starlette and uvicorn, which the extra `serve` brings.
"""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import KgError


def require() -> None:
    """Raise `KgError` when the extra `serve` is not installed."""
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise KgError(f"serving needs {' and '.join(missing)}; install them with: pip install 'newskg[serve]'")
