"""What the layout promises, measured on what the browser draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import hypot
from pathlib import Path
from typing import Any

import pytest

from kg.model import Corpus, Reading
from kg.render import page
from tests.browser.screen import click_node, crossings, drawn, label_faults, node
from tests.render.corpus import story, synthetic

Show = Callable[..., Any]
BOX = "(({left, top, right, bottom}) => [left, top, right, bottom])(graph.getBoundingClientRect())"
LABELS = "JSON.parse(document.getElementById('data-nodes').textContent).columns.label"
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
    left, top, right, bottom = tab.evaluate(BOX)
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


def test_the_most_connected_are_named_in_a_crowd(show: Show) -> None:
    tab = show(synthetic(300, 900))
    found = drawn(tab)
    ends = Counter(end for line in found["lines"] for end in (line["from"], line["to"]))
    named = {item["id"] for item in found["names"]}
    assert [item for item, _ in ends.most_common(12) if item not in named] == []


@pytest.fixture(scope="module")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of 5,000 things and 15,000 links, rendered once."""
    path = tmp_path_factory.mktemp("thousands") / "page.html"
    path.write_text(page(synthetic(5000, 15000)), encoding="utf-8")
    return path


def test_five_thousand_things_show_their_centre_and_open_by_click(open_file: Show, thousands: Path) -> None:
    tab = open_file(thousands)
    assert "Showing the 300 most connected of 5,000" in tab.inner_text("#shown")
    found = drawn(tab)
    assert len(found["nodes"]) == 300
    assert label_faults(tab) == []
    more = next(item for item in found["nodes"] if item["more"] >= 3)
    click_node(tab, more["label"])
    tab.click("#details >> text=hidden neighbour")
    assert len(drawn(tab)["nodes"]) == 300 + more["more"]
    assert f"Showing {300 + more['more']} of 5,000" in tab.inner_text("#shown")
    opened = [item for item in drawn(tab)["nodes"] if item["id"] not in {old["id"] for old in found["nodes"]}]
    centre = node(tab, more["label"])
    assert centre["more"] == 0
    apart = [hypot(item["x"] - centre["x"], item["y"] - centre["y"]) for item in opened]
    assert max(apart) < 450  # beside what was opened, not somewhere
    other = next(item for item in drawn(tab)["nodes"] if item["more"] >= 1)
    shown = len(drawn(tab)["nodes"])
    click_node(tab, other["label"])
    tab.keyboard.press("e")
    assert len(drawn(tab)["nodes"]) > shown


def test_a_hidden_thing_is_found_by_search_with_its_neighbours(open_file: Show, thousands: Path) -> None:
    tab = open_file(thousands)
    shown = {item["label"] for item in drawn(tab)["nodes"]}
    label = next(item for item in tab.evaluate(LABELS) if item not in shown)
    tab.fill("#search", label)
    tab.keyboard.press("Enter")
    assert tab.inner_text("#details h2") == label
    found = node(tab, label)
    assert found["picked"]
    left, top, right, bottom = tab.evaluate(BOX)
    beside = [item for item in drawn(tab)["nodes"] if not item["faint"]]
    assert len(beside) > 1
    assert all(left < item["x"] < right and top < item["y"] < bottom for item in beside)
    other = open_file(thousands, tab.evaluate("location.hash"))  # and a link brings it all back
    there = node(other, label)
    assert (there["x"], there["y"]) == pytest.approx((found["x"], found["y"]), abs=2)
    assert {item["id"] for item in drawn(other)["nodes"]} == {item["id"] for item in drawn(tab)["nodes"]}


def test_all_five_thousand_can_be_shown_moved_and_chosen(open_file: Show, thousands: Path) -> None:
    def ask(what: str) -> Any:  # thousands of lines take long to hand over: only what is asked for
        return tab.evaluate(f"window.kg.drawn().{what}")

    tab = open_file(thousands)
    tab.click("text=Show all")
    assert ask("nodes.length") == 5000
    before = ask("nodes[0].x")
    left, top, right, bottom = tab.evaluate(BOX)
    tab.mouse.move(left + 20, top + 20)
    tab.mouse.down()
    tab.mouse.move(left + 100, top + 60, steps=4)
    tab.mouse.up()
    assert ask("nodes[0].x") - before == pytest.approx(80, abs=3)
    for _ in range(9):
        tab.keyboard.press("+")
    item = ask(f"nodes.find(({{x, y}}) => x > {left} && x < {right} && y > {top} && y < {bottom})")
    tab.mouse.click(item["x"], item["y"])
    assert tab.inner_text("#details h2") == item["label"]
    tab.locator("#lenses .choice", has_text="Corroborated").first.hover()
    tab.locator("#lenses .choice", has_text="Corroborated").first.locator(".only").click()
    assert ask("lines.every(({status}) => status === 'corroborated')")
    tab.keyboard.press("t")
    assert tab.locator("#view-table tbody tr").count() == 300
    assert "Show all" in tab.inner_text("#view-table .more-rows")
