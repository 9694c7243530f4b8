"""The query editor in a real browser: a named query asked and answered, nothing from elsewhere, nothing blocked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.export.golden import comparison
from tests.serve.test_serve import Service, started
from tests.store.graphs import ALL, keep

pytest.importorskip("starlette")
pytest.importorskip("playwright")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Service]:
    keep(tmp_path, ALL, comparison("planned-and-denied"))
    yield from started(tmp_path)


def test_a_named_query_is_asked_with_its_parameter(browser: Any, running: Service) -> None:
    home = f"http://127.0.0.1:{running.port}/"
    requests: list[str] = []
    noise: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: noise.append(message.text))
    tab.on("pageerror", lambda error: noise.append(str(error)))
    tab.goto(home)
    tab.click("#named button:has-text('who-said-what')")
    tab.fill("#parameters input[name=by]", "coast guard")
    tab.click("#given > button")
    tab.wait_for_selector(".yasr_results td")
    assert "two divers were rescued near Elba" in tab.inner_text(".yasr_results")
    tab.fill(
        "#parameters input[name=by]", 'x" } UNION { ?saying kg:source/rdfs:label ?by } #<img src=x onerror=alert(1)>'
    )
    tab.click("#given > button")
    tab.wait_for_selector("text=/^0 results/")
    tab.close()
    assert all(url.startswith((home, "data:", "blob:")) for url in requests)
    assert noise == []
