"""Nothing leaves the page and nothing from an article runs in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kg.render import page
from tests.browser.screen import drawn
from tests.render.corpus import hostile, story

Show = Callable[..., Any]


def test_a_hostile_corpus_never_runs(show: Show) -> None:
    tab = show(hostile())
    dialogs: list[str] = []
    tab.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())  # type: ignore[func-returns-value]
    for at in drawn(tab)["nodes"]:
        tab.mouse.click(at["x"], at["y"])
    for at in drawn(tab)["lines"]:
        tab.mouse.move(at["middle"]["x"], at["middle"]["y"])
        tab.mouse.click(at["middle"]["x"], at["middle"]["y"])
    tab.keyboard.press("Escape")
    tab.locator("#details .difference").first.click()
    tab.locator("#details >> text=In the article").first.click()
    assert "<script>window.pwned=1</script>" in tab.inner_text("#view-article")
    for mark in tab.locator("#view-article mark").all()[:4]:
        mark.click()
    for view in ("Table", "Timeline"):
        tab.click(f"nav >> text={view}")
    tab.fill("#search", "<")
    assert tab.locator("#suggestions [role=option]").count() > 2
    assert tab.evaluate("window.pwned") is None
    assert dialogs == []
    addresses = tab.evaluate("[...document.querySelectorAll('a')].map((a) => a.protocol)")
    assert set(addresses) <= {"http:", "https:"}
    assert tab.locator("img, iframe, object, embed").count() == 0


def test_a_link_of_another_kind_is_not_a_link(show: Show) -> None:
    tab = show(hostile())
    tab.click("text=Table")
    tab.locator("#view-table tbody tr button").first.click()
    tab.keyboard.press("Escape")
    for row in tab.locator("#view-table tbody tr button").all():
        row.click()
        assert {address[:8] for address in tab.evaluate("[...document.links].map((link) => link.href)")} <= {"https://"}


def test_the_policy_stops_a_script_that_gets_in(show: Show) -> None:
    tab = show(story(), quiet=False)
    refused = tab.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
            const script = document.createElement("script");
            script.textContent = "window.pwned = 1";
            document.body.append(script);
            setTimeout(() => done("allowed"), 500);
        })"""
    )
    assert refused.startswith("script-src")
    assert tab.evaluate("window.pwned") is None


@pytest.mark.parametrize("corpus", [story, hostile])
def test_the_file_has_no_address_to_load_from(corpus: Callable[[], Any]) -> None:
    text = page(corpus())
    tags = re.findall(r"<(?:link|script|img|iframe|a|form|base|style)[\s>][^>{]*", text[: text.index("<script type")])
    assert [tag.split(":root")[0] for tag in tags] == ['<link rel="icon" href="data:,"', "<style>"]
    policy = re.search(r'content="(default-src[^"]*)"', text)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert text.count("\n<script>") == 2
