"""How fast the page is there and answers in a real Chromium, with pyvis's default page of the same graph beside it.

    python -m tests.bench.page            # 300, 2,000 and 5,000 things; pyvis's page waited for at most a minute
    python -m tests.bench.page --alone    # without pyvis's page
    python -m tests.bench.page --json FILE

Prints one line a figure: seconds from opening the file to a still picture, and from a click to the drawn answer.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.model import Corpus
from kg.render import graph, page
from tests.conftest import FLAGS, chromium
from tests.render.corpus import synthetic

SIZES = ((300, 600), (2000, 6000), (5000, 15000))
BESIDE = 2000  # things up to which pyvis's own page is waited for: beyond it, it does not come to rest
PATIENCE = 60  # seconds for pyvis's physics to come to rest

_SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_STILL = """() => {
    if (typeof network === "undefined" || !network.body) return false;
    const now = JSON.stringify(network.getPositions()), same = window.before === now;
    window.before = now;
    return same;
}"""


def ours(browser: Any, corpus: Corpus, folder: Path) -> dict[str, float]:
    """Processor seconds to write the page; seconds to its first picture, of those the processor's (on a machine that
    is shared, the figure to compare), seconds to the first answer; megabytes."""
    started = time.process_time()
    path = folder / "ours.html"
    path.write_text(page(corpus), encoding="utf-8")
    written = time.process_time() - started
    tab = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    browser_side = tab.context.new_cdp_session(tab)
    browser_side.send("Performance.enable", {"timeDomain": "threadTicks"})
    started = time.perf_counter()
    tab.goto(path.as_uri())
    tab.wait_for_function("window.kg && window.kg.drawn().nodes")
    tab.evaluate(_SETTLED)
    paint = time.perf_counter() - started
    metrics = {item["name"]: item["value"] for item in browser_side.send("Performance.getMetrics")["metrics"]}
    target = tab.evaluate("window.kg.drawn().nodes[0]")
    started = time.perf_counter()
    tab.mouse.click(target["x"], target["y"])
    tab.wait_for_selector("#details .kind-line")
    tab.evaluate(_SETTLED)
    click = time.perf_counter() - started
    tab.close()
    size = path.stat().st_size / 1e6
    return {"write": written, "paint": paint, "cpu": metrics["TaskDuration"], "click": click, "megabytes": size}


def theirs(browser: Any, corpus: Corpus, folder: Path) -> float:
    """Seconds until the nodes of pyvis's default page stand still; `PATIENCE` where they do not."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    drawn = graph(corpus)
    for node, label in drawn.nodes(data="label"):
        network.add_node(node, label=label)
    for start, end, given in drawn.edges(data=True):
        network.add_edge(start, end, label=given["relation"])
    path = folder / "theirs.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.route("http*://**", lambda route: route.abort())
    started = time.perf_counter()
    tab.goto(path.as_uri(), wait_until="commit")
    still = False
    while not still and time.perf_counter() - started < PATIENCE:
        time.sleep(0.5)
        still = bool(tab.evaluate(_STILL))
    seconds = time.perf_counter() - started
    tab.close()
    return seconds


def measure(*, alone: bool = False) -> dict[str, float]:
    """All figures, by name; `alone`: without pyvis's own page."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        sys.exit("no Chromium found: install Debian's package chromium")
    figures: dict[str, float] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        browser.new_page().close()  # the first tab of a browser is slower than all others
        for nodes, edges in SIZES:
            corpus = synthetic(nodes, edges)
            for name, value in ours(browser, corpus, Path(folder)).items():
                figures[f"page.{nodes}.{name}"] = value
            if not alone and nodes <= BESIDE:
                still = theirs(browser, corpus, Path(folder))
                figures[f"page.{nodes}.pyvis_still"] = still
                figures[f"page.{nodes}.times_faster"] = still / figures[f"page.{nodes}.paint"]
        browser.close()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--alone", action="store_true", help="without pyvis's own page")
    wanted = parser.parse_args()
    figures = measure(alone=wanted.alone)
    for name, value in figures.items():
        print(f"{name:26} {value:8.2f}")
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
