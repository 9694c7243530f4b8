"""A real Chromium for the page's tests. Every page opened here must make one request and leave no console message."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Corpus
from kg.render import page as render

AXE = "axe-core@4.14.1"
_CACHE = Path(__file__).parent / ".cache"


@pytest.fixture
def open_file(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a file; at the end, it must have been the only request, and silent."""
    contexts, noise, requests = [], [], []

    def opened(path: Path, link: str = "", *, quiet: bool = True, **settings: Any) -> Any:
        settings = {
            "viewport": {"width": 1440, "height": 900},
            "reduced_motion": "reduce",
            "accept_downloads": True,
        } | settings
        context = browser.new_context(**settings)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(30_000)
        if quiet:
            tab.on("console", lambda message: noise.append(message.text))
            tab.on("pageerror", lambda error: noise.append(str(error)))
            tab.on(
                "request", lambda request: requests.append(request.url) if not request.url.startswith("blob:") else None
            )
        tab.goto(path.as_uri() + link)
        tab.wait_for_function("window.kg && window.kg.drawn().nodes")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert noise == []
    assert all(url.startswith("file:") for url in requests), requests


@pytest.fixture
def show(open_file: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """Renders a corpus and opens the page."""

    def shown(corpus: Corpus, link: str = "", **settings: Any) -> Any:
        path = tmp_path / "page.html"
        path.write_text(render(corpus), encoding="utf-8")
        return open_file(path, link, **settings)

    return shown


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script, packed from the npm registry once into a folder that git ignores."""
    kept = _CACHE / f"{AXE}.js"
    if not kept.exists():
        if shutil.which("npm") is None:
            pytest.skip(f"{AXE} is not here and npm is not installed: accessibility was not checked")
        _CACHE.mkdir(exist_ok=True)
        packed = subprocess.run(  # noqa: S603 -- a fixed command
            ["npm", "pack", "--silent", AXE],  # noqa: S607 -- wherever it is installed
            cwd=_CACHE,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if packed.returncode:
            pytest.skip(f"{AXE} could not be fetched: accessibility was not checked")
        archive = _CACHE / packed.stdout.strip().splitlines()[-1]
        with tarfile.open(archive) as files:
            member = files.extractfile("package/axe.min.js")
            assert member is not None
            kept.write_bytes(member.read())
        archive.unlink()
    return kept.read_text(encoding="utf-8")
