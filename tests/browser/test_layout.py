"""What the layout promises, measured on what the browser draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model import Corpus, Reading
from tests.browser.screen import click_node, crossings, details, drawn, label_faults, node
from tests.render.corpus import story, synthetic

Show = Callable[..., Any]
REPORTS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture(scope="module")
def reports() -> Corpus:
    """The two real reports, through the whole pipeline."""
    if not REPORTS.is_dir():
        pytest.skip("the two reports (../shared/seeds) are not here")
    from kg.compare import compare
    from kg.identify import identify
    from kg.pipeline import readings

    found = sorted((r for r in readings([REPORTS]) if isinstance(r, Reading)), key=lambda r: r.article.iri)
    return Corpus(readings=found, comparison=compare(found, identify(found)))


def test_the_two_reports_can_be_read_at_a_glance(show: Show, reports: Corpus) -> None:
    tab = show(reports)
    found = drawn(tab)
    assert label_faults(tab) == []
    assert crossings(tab) <= 0.3
    assert {item["id"] for item in found["names"]} == {item["id"] for item in found["nodes"]}  # every name is shown
    assert found["scale"] > 0.6
    left, top, right, bottom = tab.evaluate(
        "(({left, top, right, bottom}) => [left, top, right, bottom])(graph.getBoundingClientRect())"
    )
    for item in found["names"]:
        assert item["box"][0] >= left
        assert item["box"][1] >= top
        assert item["box"][2] <= right
        assert item["box"][3] <= bottom


@pytest.mark.parametrize("make", [story, lambda: synthetic(60, 90), lambda: synthetic(300, 500)])
def test_labels_never_lie_on_anything(show: Show, make: Callable[[], Corpus]) -> None:
    tab = show(make())
    assert label_faults(tab) == []
    for key in ("+", "+", "+", "-", "-", "-", "-"):
        tab.keyboard.press(key)
        if key == "+" or drawn(tab)["names"]:
            tab.wait_for_timeout(30)
    assert label_faults(tab) == []
    click_node(tab, drawn(tab)["nodes"][0]["label"])
    assert label_faults(tab) == []


def test_a_large_graph_shows_its_centre_and_opens_by_click(show: Show) -> None:
    tab = show(synthetic(2000, 6000))
    assert "Showing the 300 most connected of 2,000" in tab.inner_text("#shown")
    found = drawn(tab)
    assert len(found["nodes"]) == 300
    more = next(item for item in found["nodes"] if item["more"] >= 3)
    click_node(tab, more["label"])
    tab.click("#details >> text=hidden neighbour")
    assert len(drawn(tab)["nodes"]) == 300 + more["more"]
    assert node(tab, more["label"])["more"] == 0
    other = next(item for item in drawn(tab)["nodes"] if item["more"] >= 1)
    shown = len(drawn(tab)["nodes"])
    tab.keyboard.press("e")
    click_node(tab, other["label"])
    tab.keyboard.press("e")
    assert len(drawn(tab)["nodes"]) > shown
    tab.keyboard.press("Escape")
    tab.click("text=Show all")
    assert len(drawn(tab)["nodes"]) == 2000


def test_a_hidden_thing_is_found_by_search(show: Show) -> None:
    tab = show(synthetic(2000, 6000))
    shown = {item["label"] for item in drawn(tab)["nodes"]}
    corpus = synthetic(2000, 6000)
    label = next(
        entity.label for reading in corpus.readings for entity in reading.entities if entity.label not in shown
    )
    tab.fill("#search", label)
    tab.keyboard.press("Enter")
    assert tab.inner_text("#details h2") == label
    assert node(tab, label)["picked"]
    assert "Links" in details(tab) or "LINKS" in details(tab)
