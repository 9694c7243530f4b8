"""The page as one HTML file: pyvis builds the network, our template and scripts draw it.

Nothing is fetched and nothing from an article can run: the content security policy allows only the scripts and the
style that are in the file, by their hashes; all data is JSON in a block that is never executed.
"""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.errors import RenderError
from kg.model import Corpus
from kg.render.cut import around_name, as_of_date, of_story
from kg.render.gather import build_view
from kg.render.graph import graph_of
from kg.render.layout import Place, places
from kg.render.pack import pack
from kg.render.text import plain, whole
from kg.render.view import View

if TYPE_CHECKING:
    import networkx as nx
    from jinja2 import Environment

_PAGE = Path(__file__).parent / "page"

# concatenated in this order into one function's scope
SCRIPTS = (
    "data.js",
    "dom.js",
    "looks.js",
    "lens.js",
    "state.js",
    "lines.js",
    "labels.js",
    "paint.js",
    "settle.js",
    "graph.js",
    "camera.js",
    "evidence.js",
    "panel.js",
    "lenses.js",
    "article.js",
    "table.js",
    "timeline.js",
    "path.js",
    "search.js",
    "export.js",
    "print.js",
    "keys.js",
    "main.js",
)

_VIS_OPTIONS: dict[str, Any] = {"physics": {"enabled": False}, "layout": {"improvedLayout": False}}


def page(
    corpus: Corpus,
    *,
    title: str | None = None,
    around: str | None = None,
    depth: int = 1,
    story: str | None = None,
    as_of: str | None = None,
) -> str:
    """The whole file as one string, the same for the same corpus.

    `around` keeps what is within `depth` lines of the thing of that name (or id), `story` what that story's articles
    say, `as_of` (ISO date) what was published by then. Raises `RenderError` for a name, story or
    date that does not fit.
    """
    if as_of is not None:
        corpus = as_of_date(corpus, as_of)
    view = build_view(corpus)
    if story is not None:
        view = of_story(view, story)
    if around is not None:
        view = around_name(view, around, depth)
    if not view["nodes"]:
        raise RenderError("nothing to show: no link between two things was found in these articles")
    notes = [f"around {plain(around)}"] if around else []
    notes += [f"as of {as_of}"] if as_of else []
    return whole(_render(view, plain(title or "") or _title(view), notes))


def repr_html(corpus: Corpus, *, title: str | None = None) -> str:
    """The page in a sandboxed frame, for notebooks."""
    return (
        '<iframe sandbox="allow-scripts allow-downloads allow-popups allow-modals" title="Relationship graph" '
        'style="width:100%;height:720px;border:1px solid #d5d9de;border-radius:8px" '
        f'srcdoc="{html.escape(page(corpus, title=title))}"></iframe>'
    )


def _title(view: View) -> str:
    stories = view["stories"]
    return stories[0]["label"] if len(stories) == 1 else "Who said what"


def _render(view: View, title: str, notes: list[str]) -> str:
    from markupsafe import Markup

    drawn = graph_of(view)
    network = _network(view, drawn, places(drawn))
    style = (_PAGE / "page.css").read_text(encoding="utf-8")
    scripts = [_vis(), _script()]
    lists = cast("Mapping[str, list[Mapping[str, Any]]]", view)
    tables = {key: pack(rows) for key, rows in lists.items() if key not in ("nodes", "edges")}
    network.templateEnv = _environment()
    network.templateEnv.globals = {
        **network.templateEnv.globals,
        "title": title,
        "notes": " · ".join(notes),
        "view": tables,
        "style": Markup(style),  # noqa: S704 -- our own file
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 -- our own files and vis-network's
        "policy": _policy(style, scripts),
    }
    network.path = "page.html.j2"
    rendered: str = network.generate_html()
    return rendered


def _network(view: View, drawn: nx.MultiDiGraph[str], placed: dict[str, Place]) -> Any:
    """A pyvis network with our places; the extra keys go through to the page."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.options = _VIS_OPTIONS
    for node in view["nodes"]:
        place = placed[node["id"]]
        network.add_node(
            node["id"],
            label=node["label"],
            x=place.x,
            y=place.y,
            size=place.radius,
            lines=place.lines,
            shown=place.shown,
            **{key: value for key, value in node.items() if key not in ("id", "label")},
        )
    for made in network.nodes:
        del made["color"]
    for edge in view["edges"]:
        network.add_edge(
            edge["subject"],
            edge["object"],
            **{key: value for key, value in edge.items() if key not in ("subject", "object")},
        )
    return network


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["pack"] = pack
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return environment


@cache
def _vis() -> str:
    """vis-network as pyvis ships it, fit to stand inside a script element."""
    import pyvis

    source = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    script = source.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    script = "\n".join(line for line in script.split("\n") if not line.startswith("//# sourceMappingURL"))
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@cache
def _script() -> str:
    parts = [(_PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def _policy(style: str, scripts: list[str]) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(_hash(script) for script in scripts),
            "style-src " + _hash(style),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"
