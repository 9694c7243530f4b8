"""The whole page by keyboard alone: everything can be reached, and the focus is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.screen import details, drawn
from tests.render.corpus import story

Show = Callable[..., Any]
FOCUS = "(() => { const on = document.activeElement; return on.id || on.innerText || on.tagName; })()"


def focus(tab: Any) -> str:
    on: str = tab.evaluate(FOCUS)
    return on


def press(tab: Any, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def tab_to(tab: Any, wanted: str, most: int = 90) -> None:
    """Presses Tab until the element of that id, or with that text, has the focus."""
    for _ in range(most):
        if wanted in (focus(tab), focus(tab).split("\n")[0]):
            return
        press(tab, "Tab")
    raise AssertionError(f"{wanted} was not reached; the focus is on {focus(tab)}")


def test_the_first_stop_leads_past_the_lenses(show: Show) -> None:
    tab = show(story())
    press(tab, "Tab")
    assert focus(tab) == "To the graph"
    assert tab.locator(".skips").bounding_box()["y"] >= 0  # on the screen while it has the focus
    press(tab, "Enter")
    assert focus(tab) == "graph"
    press(tab, "Tab")
    assert focus(tab) == "zoom-in"  # one stop for the graph
    press(tab, "Shift+Tab", "Shift+Tab")
    assert focus(tab).startswith("lens-")


def test_from_the_graph_to_the_sentence_and_back(show: Show) -> None:
    tab = show(story())
    tab_to(tab, "graph")
    press(tab, "ArrowRight")
    chosen = tab.inner_text("#details h2")
    press(tab, "Enter")
    assert focus(tab) == "details"
    tab_to(tab, "In the article, 2024-05-03")
    press(tab, "Enter")
    assert tab.is_visible("#view-article")
    assert focus(tab) == "← Back"
    press(tab, "Tab")  # the link to the original
    press(tab, "Tab")
    passage = focus(tab)
    assert passage.startswith("passage-")
    press(tab, "Enter")
    assert "This passage says" in details(tab)
    assert focus(tab) == passage
    press(tab, "Escape")
    assert tab.inner_text("#details h2") == chosen
    press(tab, "Escape")
    assert tab.inner_text("#details h2") == "Where sources differ"


def test_rows_of_the_details_keep_the_focus_there(show: Show) -> None:
    tab = show(story())
    press(tab, "Tab", "Tab")
    assert focus(tab) == "To the details"
    press(tab, "Enter", "Tab", "Enter")  # the first disagreement
    assert tab.locator("#details .side").count() == 2
    assert focus(tab) == "details"
    tab_to(tab, "← Overview")
    press(tab, "Enter")
    assert tab.inner_text("#details h2") == "Where sources differ"
    assert focus(tab) == "details"


@pytest.mark.parametrize("stop", ["lens-outlets-0", "only-outlets-0", "lens-least", "lens-from", "lens-to"])
def test_a_lens_keeps_the_focus(show: Show, stop: str) -> None:
    tab = show(story())
    before = tab.inner_text("#summary")
    tab_to(tab, stop)
    press(tab, "ArrowLeft" if stop == "lens-to" else "ArrowRight" if stop.startswith("lens-") else "Enter", "Space")
    assert tab.inner_text("#summary") != before
    assert focus(tab) == stop
    tab.focus("#clear-lenses")
    press(tab, "Enter")
    assert tab.inner_text("#summary") == before
    assert focus(tab) == "lenses"


def test_table_and_timeline(show: Show) -> None:
    tab = show(story())
    press(tab, "t")
    tab_to(tab, "sort-object")
    press(tab, "Enter")
    assert focus(tab) == "sort-object"
    press(tab, "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
    row = focus(tab)
    assert row.startswith("row-")
    press(tab, "Enter")
    assert focus(tab) == row
    assert "Who says so".casefold() in details(tab).casefold()
    top = tab.locator(f"[id='{row}']").bounding_box()["y"]
    assert top > tab.locator("#view-table thead").bounding_box()["y"] + 20  # not under the heading
    press(tab, "l")
    tab_to(tab, tab.locator("#view-timeline tbody button").first.get_attribute("id"))
    event = focus(tab)
    press(tab, "Enter")
    assert focus(tab) == event


def test_a_path_by_keys(show: Show) -> None:
    tab = show(story())
    press(tab, "/")
    tab.keyboard.type("piombino")
    press(tab, "Enter")
    assert focus(tab) == "details"
    press(tab, "p")
    tab.keyboard.type("ada")
    press(tab, "Enter")
    assert tab.inner_text("#details h2") == "Piombino → Ada Rossi"


def test_the_export_menu_opens_and_closes(show: Show) -> None:
    tab = show(story())
    tab.focus("#export summary")
    press(tab, "Enter", "Tab")
    assert focus(tab) == "Picture (PNG)"
    press(tab, "Escape")
    assert not tab.is_visible("[data-export=png]")
    assert focus(tab) == "Export"
    with tab.expect_download() as waiting:
        press(tab, "Enter", "Tab", "Tab", "Tab", "Enter")
    assert waiting.value.suggested_filename.endswith(".csv")


def test_the_picture_moves_and_grows_by_keys(show: Show) -> None:
    tab = show(story())
    press(tab, "g")
    before = drawn(tab)["nodes"][0]
    press(tab, "Shift+ArrowRight")
    assert drawn(tab)["nodes"][0]["x"] == pytest.approx(before["x"] - 90, abs=2)
    press(tab, "f")
    assert drawn(tab)["nodes"][0]["x"] == pytest.approx(before["x"], abs=2)


def test_letters_can_be_switched_off(show: Show) -> None:
    """WCAG 2.1.4: keys that are single letters can be turned off."""
    tab = show(story())
    press(tab, "?")
    tab.focus("#keys-on")
    press(tab, "Space", "Escape", "t")
    assert tab.is_visible("#view-graph")
    assert not tab.is_visible("#view-table")
    tab.focus("#graph")
    press(tab, "ArrowRight")
    assert tab.inner_text("#details h2") == "Luca Bruni"


@pytest.mark.parametrize("size", [(320, 640), (720, 450), (1100, 700)])
def test_nothing_scrolls_sideways_when_it_is_narrow_or_enlarged(show: Show, size: tuple[int, int]) -> None:
    """WCAG 1.4.10 and 1.4.4: 320 pixels wide, and a laptop's screen at twice the size."""
    tab = show(story(), viewport={"width": size[0], "height": size[1]})
    for view in ("timeline", "table", "graph"):
        tab.click(f"[data-view={view}]")
        assert tab.evaluate("document.documentElement.scrollWidth") == size[0]
    box = tab.locator("#graph").bounding_box()
    assert box["height"] > 180
