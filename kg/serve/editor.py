"""The query editor: YASGUI on our own endpoint, with the named queries ready to ask. Works offline.

Its scripts and styles are files of this package, under `static/`; the page's policy allows nothing from elsewhere.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from kg.query.named import named_queries
from kg.vocab import PREFIXES

# the editor's library sets the width of columns by style attributes; scripts and sheets come from here alone
_GRIPS = "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk="  # the one sheet that it writes itself
POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' '{_GRIPS}'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_MEDIA = {
    "editor.css": "text/css", "editor.js": "text/javascript",
    "yasgui.min.css": "text/css", "yasgui.min.js": "text/javascript",
}  # fmt: skip
_FIRST = """SELECT ?source ?quote
WHERE { ?saying kg:source/rdfs:label ?source ; kg:contentPhrase/nif:anchorOf ?quote }
LIMIT 50
"""


@cache
def page() -> str:
    """The page."""
    queries = [
        {"name": one.name, "about": one.description, "text": one.text, "parameters": one.parameters}
        for one in named_queries().values()
    ]
    data = json.dumps({"queries": queries, "prefixes": PREFIXES, "first": _FIRST}).replace("<", "\\u003c")
    return _read("editor.html").decode("utf-8").replace("/*DATA*/", data)


@cache
def static(name: str) -> tuple[bytes, str] | None:
    """A file that the page names, and its media type; None for any other."""
    return (_read(name), _MEDIA[name]) if name in _MEDIA else None


def _read(name: str) -> bytes:
    return (files("kg.serve") / "static" / name).read_bytes()
