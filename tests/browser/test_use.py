"""Search, keyboard, deep links, themes, small screens, paper, and what can be taken away."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import kg
from kg.render import repr_html
from tests.browser.screen import click_line, click_node, colour, details, drawn, label_faults, node
from tests.render.corpus import story

Show = Callable[..., Any]


def test_search_suggests_names_and_quotes(show: Show) -> None:
    tab = show(story())
    tab.keyboard.press("/")
    tab.keyboard.type("coast")
    options = tab.locator("#suggestions [role=option]")
    assert options.first.inner_text().startswith("Coast guard")
    assert "cites the coast guard" in options.nth(1).inner_text() or any(
        "cites the coast guard" in text for text in options.all_inner_texts()
    )
    tab.keyboard.press("Enter")
    assert tab.inner_text("#details h2") == "Coast guard"


def test_search_ignores_case_and_finds_inside_quotes(show: Show) -> None:
    tab = show(story())
    tab.fill("#search", "STRUCK THEIR")
    assert tab.locator("#suggestions mark").all_inner_texts() == ["struck their"]
    tab.keyboard.press("Enter")
    assert "A ship of Aurora Lines struck their boat, she added." in details(tab)
    tab.fill("#search", "zzz")
    assert "Nothing found" in tab.inner_text("#suggestions")
    tab.locator("#search").press("Escape")
    assert not tab.is_visible("#suggestions")


def test_arrows_choose_a_suggestion(show: Show) -> None:
    tab = show(story())
    tab.fill("#search", "o")
    tab.locator("#search").press("ArrowDown")
    assert tab.get_attribute("#search", "aria-activedescendant") == "suggestion-1"
    second = tab.locator("#suggestion-1 bdi").first.inner_text()
    tab.locator("#search").press("Enter")
    assert tab.inner_text("#details h2") == second


def test_the_graph_by_keyboard_alone(show: Show) -> None:
    tab = show(story())
    tab.focus("#graph")
    tab.keyboard.press("ArrowRight")
    first = tab.inner_text("#details h2")
    assert first == "Luca Bruni"  # the best connected
    seen = {first}
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
        tab.keyboard.press(key)
        seen.add(tab.inner_text("#details h2"))
    assert len(seen) > 2
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "details"
    tab.keyboard.press("Escape")
    assert tab.inner_text("#details h2") == "Where sources differ"


def test_keys_for_views_and_help(show: Show) -> None:
    tab = show(story())
    for key, view in (("t", "table"), ("l", "timeline"), ("g", "graph")):
        tab.keyboard.press(key)
        assert tab.is_visible(f"#view-{view}")
    before = drawn(tab)["scale"]
    tab.keyboard.press("+")
    assert drawn(tab)["scale"] > before
    tab.keyboard.press("f")
    assert drawn(tab)["scale"] == pytest.approx(before, rel=0.01)
    tab.keyboard.press("n")
    assert drawn(tab)["names"] == []
    tab.keyboard.press("n")
    tab.keyboard.press("?")
    assert tab.is_visible("#keys")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#keys")


def test_a_deep_link_brings_everything_back(show: Show, open_file: Callable[..., Any], tmp_path: Path) -> None:
    tab = show(story())
    tab.locator("#lenses .choice", has_text="Sea Blog").first.locator("input").click()
    tab.locator("#lenses .choice", has_text="Places").locator("input").click()
    tab.locator("#lens-to").fill("3")
    click_node(tab, "Ada Rossi")
    tab.keyboard.press("+")
    tab.keyboard.press("d")
    tab.click("text=Table")
    tab.click("#sort-object")
    link = tab.evaluate("location.hash")
    other = open_file(tmp_path / "page.html", link)
    for part in ("#summary", "#details", "#view-table", "#lenses"):
        assert other.inner_text(part) == tab.inner_text(part)
    assert other.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.click("[data-view=graph]")
    other.click("[data-view=graph]")
    assert drawn(other)["scale"] == pytest.approx(drawn(tab)["scale"], rel=0.01)
    assert node(other, "Ada Rossi")["x"] == pytest.approx(node(tab, "Ada Rossi")["x"], abs=2)


def test_an_article_and_a_path_have_links(show: Show, open_file: Callable[..., Any], tmp_path: Path) -> None:
    tab = show(story())
    click_line(tab, "Ada Rossi", "Coast guard")
    tab.click("#details >> text=In the article")
    other = open_file(tmp_path / "page.html", tab.evaluate("location.hash"))
    assert other.inner_text("#view-article mark.picked") == "Ada Rossi thanked the coast guard 🚤"
    tab.keyboard.press("Escape")
    click_node(tab, "Elba")
    click_node(tab, "Coast guard", shift=True)
    third = open_file(tmp_path / "page.html", tab.evaluate("location.hash"))
    assert third.inner_text("#details h2") == "Elba → Coast guard"


def test_a_broken_link_opens_the_overview(show: Show) -> None:
    tab = show(story(), "#pick=n:gone&view=nothing&least=x&at=a,b&from=%22&open=nobody")
    assert tab.inner_text("#details h2") == "Where sources differ"


def test_dark_follows_the_system_and_the_button(show: Show) -> None:
    tab = show(story(), color_scheme="dark")
    at = node(tab, "Elba")
    dark = colour(tab, at["x"] + 60, at["y"] - 60)
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"
    tab.click("#theme")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 248)"
    assert dark[0] == 0 or dark[0] < 40


def test_a_phone_shows_graph_and_details_without_sideways_scrolling(show: Show) -> None:
    tab = show(story(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2)
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    assert tab.is_visible("#graph")
    assert tab.is_visible("#details")
    assert label_faults(tab) == []
    at = node(tab, "Coast guard")
    tab.touchscreen.tap(at["x"], at["y"])
    tab.wait_for_timeout(400)
    assert tab.inner_text("#details h2") == "Coast guard"
    assert not tab.is_visible("#lenses")
    tab.click("#open-lenses")
    assert tab.is_visible("#lenses")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#lenses")
    for view in ("Timeline", "Table"):
        tab.click(f"text={view}")
        assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_paper_gets_the_drawing_the_details_and_the_table(show: Show) -> None:
    tab = show(story(), color_scheme="dark")
    things = len(drawn(tab)["nodes"])
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    places = [tab.locator(part).bounding_box()["y"] for part in ("#paper > svg", "#details", "#view-table table")]
    assert places == sorted(places)
    assert tab.locator("#paper > svg > g").count() == things
    assert "Coast guard" in tab.locator("#paper > svg").text_content()
    for word in ("People", "Corroborated", "Sources differ"):
        assert word in tab.inner_text("#paper .legend")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("document.documentElement.dataset.theme") == "light"
    for part in ("#graph", "#lenses", "#search", "#export", ".zoom"):
        assert not tab.is_visible(part)
    tab.emulate_media(media="screen")
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.locator("#paper").count() == 0
    assert tab.evaluate("document.querySelector('main').nextElementSibling.id") == "details"
    assert len(tab.pdf(format="A4")) > 10_000
    assert len(drawn(tab)["nodes"]) == things


@pytest.mark.parametrize(("view", "part"), [("timeline", ".line-table"), ("table", "#view-table table")])
def test_paper_gets_the_view_that_is_on(show: Show, view: str, part: str) -> None:
    tab = show(story())
    tab.click(f"[data-view={view}]")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.is_visible(part)
    assert not tab.is_visible("#details")
    assert tab.locator("#paper").count() == 0


def saved(tab: Any, kind: str) -> bytes:
    tab.click("#export summary")
    with tab.expect_download() as waiting:
        tab.click(f"[data-export={kind}]")
    return Path(waiting.value.path()).read_bytes()


def test_the_picture_can_be_taken_away(show: Show) -> None:
    assert saved(show(story()), "png").startswith(b"\x89PNG")


def test_the_drawing_has_every_node_and_line(show: Show) -> None:
    tab = show(story())
    root = ElementTree.fromstring(saved(tab, "svg"))  # noqa: S314 -- our own file
    namespace = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{namespace}g")) == len(drawn(tab)["nodes"])
    assert sum("marker-end" in path.attrib for path in root.findall(f"{namespace}path")) == len(drawn(tab)["lines"])
    assert "Coast guard" in "".join(root.itertext())


def test_the_table_can_be_taken_away_as_the_lenses_leave_it(show: Show) -> None:
    tab = show(story())
    tab.locator("#lenses .choice", has_text="Corroborated").locator("input").click()
    rows = list(csv.reader(io.StringIO(saved(tab, "csv").decode("utf-8-sig"))))
    assert rows[0][:4] == ["From", "Relation", "To", "How sure"]
    assert all(len(row) == len(rows[0]) for row in rows)
    assert "Corroborated" not in {row[3] for row in rows}
    assert any("Mayor Ada Rossi thanked the coast guard 🚤 for its work." in row for row in rows)


def test_a_notebook_shows_it_in_a_sandbox(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{repr_html(story())}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1300, "height": 800})
    tab = context.new_page()
    noise: list[str] = []
    tab.on("console", lambda message: noise.append(message.text))
    tab.goto(path.as_uri())
    frame = tab.frame_locator("iframe")
    frame.locator("#details .difference").first.click()
    assert frame.locator("#details .side").count() == 2
    assert "allow-same-origin" not in (tab.get_attribute("iframe", "sandbox") or "")
    context.close()
    assert noise == []


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph on disk, of one small article."""
    folder = tmp_path_factory.mktemp("dataset")
    article = folder / "report.txt"
    article.write_text("Ada Rossi met Luca Bruni in Livorno on Friday. The mayor thanked Bruni.", encoding="utf-8")
    kg.build([str(article)], str(folder / "graph"))
    return folder / "graph"


def test_a_graph_on_disk_shows_itself_in_a_notebook(dataset: Path) -> None:
    with kg.open(str(dataset)) as graph:
        shown = graph._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts')
    assert "Luca Bruni" in shown


def test_view_writes_the_page_and_opens_the_readers_browser(
    dataset: Path, open_file: Callable[..., Any], tmp_path: Path
) -> None:
    """The browser that is opened is one that writes down what it was given."""
    reader = tmp_path / "reader"
    reader.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n', encoding="utf-8")
    reader.chmod(0o755)
    page, command = tmp_path / "page of Rossi.html", [sys.executable, "-m", "kg", "view", str(dataset)]
    chosen = ["--around", "Rossi", "--depth", "2", "-o", str(page), "--open"]
    environment = os.environ | {"BROWSER": str(reader)}
    subprocess.run([*command, *chosen], check=True, env=environment)  # noqa: S603 -- this interpreter
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == page.as_uri()
    tab = open_file(page)
    assert {"Ada Rossi", "Luca Bruni"} <= {item["label"] for item in drawn(tab)["nodes"]}
    assert "around Rossi" in tab.inner_text("#summary")
