"""The query editor: one self-contained page with the named queries ready to run. Works offline."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from html import escape
from importlib.resources import files

from kg.query.named import named_queries
from kg.vocab import PREFIXES


@cache
def page() -> tuple[str, str]:
    """The page, and the content security policy under which nothing else may run."""
    folder = files("kg.serve")
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("editor.css", "editor.js"))
    named = named_queries().values()
    queries = [
        {"name": one.name, "about": one.description, "text": one.text, "parameters": one.parameters} for one in named
    ]
    options = "".join(f'<option value="{escape(one.name)}">{escape(one.name)}</option>' for one in named)
    data = json.dumps({"queries": queries, "prefixes": PREFIXES}).replace("<", "\\u003c")
    html = (
        (folder / "editor.html")
        .read_text(encoding="utf-8")
        .replace("/*STYLE*/", style)
        .replace("/*SCRIPT*/", script)
        .replace("/*DATA*/", data)
        .replace("<!--OPTIONS-->", options)
    )
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html, policy


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
