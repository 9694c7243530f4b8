"""Serve: a graph over HTTP, read-only: SPARQL 1.1 Protocol, the query editor, the page, dereferenceable IRIs.

Built on Starlette and uvicorn, which the extra `serve` brings; `run` says so when they are missing.
"""

from __future__ import annotations

from kg.errors import KgError


def require() -> None:
    """Raise `KgError` when the extra `serve` is not installed."""
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise KgError(f"the server needs {' and '.join(missing)}; run: pip install 'newskg[serve]'")
