"""WCAG 2.2 AA by axe-core, light and dark, in every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.screen import click_line, click_node
from tests.render.corpus import story

Show = Callable[..., Any]
RULES = "{runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}}"


def violations(tab: Any, axe: str) -> list[str]:
    tab.evaluate(axe)
    found = tab.evaluate(f"axe.run(document, {RULES})")["violations"]
    return [f"{item['id']}: {node['target']} {node['failureSummary']}" for item in found for node in item["nodes"]]


PLACES: dict[str, Callable[[Any], object]] = {
    "overview": lambda tab: None,
    "a node": lambda tab: click_node(tab, "Coast guard"),
    "a line": lambda tab: click_line(tab, "Aurora Lines", "two divers"),
    "a disagreement": lambda tab: (tab.keyboard.press("Escape"), tab.locator("#details .difference").first.click()),
    "timeline": lambda tab: tab.click("[data-view=timeline]"),
    "table": lambda tab: tab.click("[data-view=table]"),
    "an article": lambda tab: tab.locator("#details >> text=In the article").first.click(),
    "export": lambda tab: tab.click("#export summary"),
    "search": lambda tab: tab.fill("#search", "coast"),
    "keys": lambda tab: tab.click("#help"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show: Show, axe: str, scheme: str) -> None:
    tab = show(story(), color_scheme=scheme)
    found = {}
    for place, go in PLACES.items():
        go(tab)
        found[place] = violations(tab, axe)
    assert found == {place: [] for place in PLACES}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(show: Show, axe: str, scheme: str) -> None:
    tab = show(story(), color_scheme=scheme, viewport={"width": 390, "height": 844})
    assert violations(tab, axe) == []
    tab.click("#open-lenses")
    assert violations(tab, axe) == []


def test_targets_are_large_enough(show: Show) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, or in a line of text."""
    tab = show(story())
    click_line(tab, "two divers", "Rescue of divers near Elba")
    small = tab.evaluate(
        """[...document.querySelectorAll("button, select, summary, input")].filter((item) => {
            const {width, height} = (item.closest("label") || item).getBoundingClientRect();
            return width && height && (height < 23.5 || width < 15.5);
        }).map((item) => item.outerHTML.slice(0, 90))"""
    )
    assert small == []
