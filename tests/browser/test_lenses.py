"""The lenses: everything on the screen follows them, and a status is found again from what is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.screen import details, drawn, line
from tests.render.corpus import story

Show = Callable[..., Any]


def count(tab: Any, choice: str) -> str:
    text: str = tab.locator("#lenses .choice", has_text=choice).first.locator(".count").inner_text()
    return text


def toggle(tab: Any, choice: str) -> None:
    tab.locator("#lenses .choice", has_text=choice).first.locator("input").click()


def labels(tab: Any) -> set[str]:
    return {item["label"] for item in drawn(tab)["nodes"]}


def test_without_an_outlet_counts_status_and_disagreements_follow(show: Show) -> None:
    tab = show(story())
    assert "3 disagreements" in tab.inner_text("#summary")
    assert line(tab, "two divers", "Ship strikes the divers’ boat")["status"] == "disputed"
    outlet = tab.locator("#lenses fieldset", has_text="Outlets").locator(".choice", has_text="Island Gazette")
    outlet.locator("input").click()
    assert tab.locator("#details .difference").count() == 1  # only the date is left: Radio One and Sea Blog
    assert "1 disagreement" in tab.inner_text("#summary")
    assert line(tab, "two divers", "Ship strikes the divers’ boat")["status"] == "denied"
    assert line(tab, "Coast guard", "two divers")["status"] == "attributed"
    assert "Court hearing" not in labels(tab)
    assert count(tab, "Denied") == "3"
    assert outlet.locator(".count").inner_text() != "0"  # what it would show if it were on
    outlet.locator("input").click()
    assert tab.locator("#details .difference").count() == 3


def test_only_one_origin(show: Show) -> None:
    tab = show(story())
    choice = tab.locator("#lenses fieldset", has_text="Who it comes from").locator(".choice", has_text="Ada Rossi")
    choice.hover()
    choice.locator(".only").click()
    assert labels(tab) == {
        "Rescue of divers near Elba",
        "Ship strikes the divers’ boat",
        "Aurora Lines",
        "two divers",
        "Elba",
        "Coast guard",
    }
    assert {item["status"] for item in drawn(tab)["lines"]} == {"attributed"}
    assert "do not differ" in details(tab)
    tab.click("#clear-lenses")
    assert "Piombino" in labels(tab)


def test_status_and_kind(show: Show) -> None:
    tab = show(story())
    toggle(tab, "Planned or possible")
    assert "Court hearing" not in labels(tab)
    assert count(tab, "Planned or possible") == "3"
    toggle(tab, "Places")
    assert not {"Elba", "Piombino"} & labels(tab)
    assert count(tab, "Places") == "2"


def test_at_least_two_origins(show: Show) -> None:
    tab = show(story())
    tab.locator("#lens-least").fill("2")
    assert "Piombino" not in labels(tab)
    assert line(tab, "Coast guard", "two divers")["status"] == "corroborated"
    assert "At least 2" in tab.inner_text("#lenses")


def test_dates_have_a_histogram_and_a_range(show: Show) -> None:
    tab = show(story())
    assert tab.locator("#lenses .histogram rect").count() == 6
    tab.locator("#lens-from").fill("5")
    assert labels(tab) == {"Luca Bruni", "Court hearing", "Livorno court"}
    assert "2024-05-10" in tab.inner_text("#lenses .range")
    tab.locator("#lens-from").fill("0")
    tab.locator("#lens-to").fill("0")
    assert labels(tab) == {"two divers", "Rescue of divers near Elba"}
    assert line(tab, "two divers", "Rescue of divers near Elba")["status"] == "attributed"


def test_a_chosen_line_says_what_the_lenses_hide(show: Show) -> None:
    tab = show(story(), "#outlets=Radio%2520One")
    tab.keyboard.press("t")
    tab.locator("#view-table tbody tr", has_text="is affected in").first.locator("button").click()
    assert "1 more claim hidden by the lenses" in details(tab)


def test_a_refusal_of_everything_says_so(show: Show) -> None:
    tab = show(story())
    for kind in ("People", "Organisations", "Places", "Events", "Groups"):
        toggle(tab, kind)
    assert drawn(tab)["nodes"] == []
    assert "Nothing passes these lenses" in tab.inner_text("#hint")


def test_the_table_follows(show: Show) -> None:
    tab = show(story())
    tab.click("text=Table")
    everything = tab.locator("#view-table tbody tr").count()
    toggle(tab, "Corroborated")
    assert tab.locator("#view-table tbody tr").count() == everything - 3
