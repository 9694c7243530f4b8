"""Reading the evidence: nodes, lines, disagreements, the article, all driven as a reader would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.screen import click_line, click_node, colour, details, drawn, line, node
from tests.render.corpus import story

Show = Callable[..., Any]


def test_disagreements_come_first(show: Show) -> None:
    tab = show(story())
    assert tab.inner_text("#details h2") == "Where sources differ"
    cards = tab.locator("#details .difference")
    assert cards.count() == 3
    assert "high" in cards.nth(0).inner_text()
    assert "medium" in cards.nth(2).inner_text()


def test_a_disagreement_quotes_its_sides_exactly(show: Show) -> None:
    tab = show(story())
    tab.click("#details .difference >> text=Two divers were rescued")
    marks = tab.locator("#details .side mark.core").all_inner_texts()
    assert marks == ["two divers", "three divers", "two divers"]
    sides = tab.locator("#details .side")
    first, second = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert first["y"] == second["y"]  # side by side
    assert first["x"] < second["x"]


def test_a_node_shows_its_links_and_the_rest_steps_back(show: Show) -> None:
    tab = show(story())
    before = colour(tab, node(tab, "Piombino")["x"], node(tab, "Piombino")["y"] - node(tab, "Piombino")["radius"] * 0.8)
    click_node(tab, "Coast guard")
    assert tab.inner_text("#details h2") == "Coast guard"
    assert "rescues two divers" in details(tab)
    assert node(tab, "Piombino")["faint"]
    assert not node(tab, "Ada Rossi")["faint"]
    at = node(tab, "Piombino")
    assert colour(tab, at["x"], at["y"] - at["radius"] * 0.8) != before


def test_a_line_shows_who_says_so_through_whom(show: Show) -> None:
    tab = show(story())
    click_line(tab, "two divers", "Rescue of divers near Elba")
    chains = tab.locator("#details .claim .chain").all_inner_texts()
    assert "Radio One ← Harbour TV ← Coast guard" in chains
    claim = tab.locator("#details .claim", has_text="Harbour TV cites")
    assert claim.locator("mark.core").all_inner_texts() == ["rescued"]
    assert claim.locator("mark.part").all_inner_texts() == ["two divers", "Elba"]
    assert claim.locator("mark.voice").all_inner_texts() == ["Harbour TV", "the coast guard"]
    assert "2024-05-02" in claim.inner_text()
    assert claim.locator("a").get_attribute("href") == "https://radio.example/elba"


def test_spans_stay_exact_behind_a_character_outside_the_basic_plane(show: Show) -> None:
    tab = show(story())
    click_line(tab, "Ada Rossi", "Coast guard")
    assert tab.locator("#details mark.part").all_inner_texts() == ["Ada Rossi", "the coast guard 🚤"]


def test_a_denial_reads_as_one(show: Show) -> None:
    tab = show(story())
    denied = line(tab, "Aurora Lines", "two divers")
    assert denied["status"] == "denied"
    click_line(tab, "Aurora Lines", "two divers")
    assert "did not collide" in tab.inner_text("#details h2")
    assert "Denied" in details(tab)
    assert any(label["text"] == "did not collide" for label in drawn(tab)["said"])


def test_the_article_shows_all_claims_and_leads_back(show: Show) -> None:
    tab = show(story())
    click_line(tab, "two divers", "Rescue of divers near Elba")
    tab.locator("#details .claim", has_text="Harbour TV cites").locator("text=In the article").click()
    assert tab.inner_text("#view-article h2") == "Divers rescued off Elba"
    assert "thanked the coast guard 🚤" in tab.inner_text("#view-article .text")
    assert tab.locator("#view-article mark.picked").all_inner_texts() == ["two divers were rescued near Elba"]
    tab.locator("#view-article mark", has_text="thanked").click()
    assert "Ada Rossi thanks Coast guard" in details(tab)
    tab.click("#details .row >> text=thanks")
    assert tab.is_visible("#graph")
    assert "Ada Rossi thanks Coast guard" in tab.inner_text("#details h2")
    tab.click("#details >> text=In the article")
    tab.click("#view-article .back")
    assert tab.is_visible("#graph")
    assert "Ada Rossi thanks Coast guard" in tab.inner_text("#details h2")


def test_the_timeline_orders_events_and_shows_who_tells_them(show: Show) -> None:
    tab = show(story())
    tab.click("text=Timeline")
    days = tab.locator("#view-timeline .new-day .day").all_inner_texts()
    assert days == ["2024-05-01", "2024-05-03", "2024-05-10", "no date"]
    row = tab.locator("#view-timeline tbody tr", has_text="Rescue of divers")
    assert row.locator(".cell").all_inner_texts() == [
        "quoting Ada Rossi",
        "quoting Coast guard",
        "quoting Coast guard",
        "quoting Coast guard",
    ]
    meeting = tab.locator("#view-timeline tbody tr", has_text="Meeting of Bruni")
    assert meeting.locator(".cell.none").count() == 3
    row.locator("button").click()
    assert tab.inner_text("#details h2") == "Rescue of divers near Elba"
    assert "Left out" not in details(tab)


def test_the_table_holds_the_same_links_and_sorts(show: Show) -> None:
    tab = show(story())
    lines = len(drawn(tab)["lines"])
    tab.click("text=Table")
    assert tab.locator("#view-table tbody tr").count() == lines
    tab.click("#sort-subject")
    subjects = tab.locator("#view-table tbody tr td:nth-child(1)").all_inner_texts()
    assert subjects == sorted(subjects, key=str.casefold)
    assert tab.locator("th[aria-sort=ascending]").inner_text().startswith("From")
    tab.click("#sort-subject")
    assert tab.locator("#view-table tbody tr td:nth-child(1)").all_inner_texts() == subjects[::-1]
    tab.locator("#view-table tbody tr", has_text="thanks").locator("button").click()
    assert "Ada Rossi thanks Coast guard" in tab.inner_text("#details h2")


def test_a_path_between_two(show: Show) -> None:
    tab = show(story())
    click_node(tab, "Piombino")
    tab.click("text=Path to …")
    tab.keyboard.type("ada")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#details h2") == "Piombino → Ada Rossi"
    assert "4 steps" in details(tab) or "3 steps" in details(tab)
    assert not node(tab, "Aurora Lines")["faint"]
    assert node(tab, "Livorno court")["faint"]
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    click_node(tab, "Elba")
    click_node(tab, "Coast guard", shift=True)
    assert tab.inner_text("#details h2") == "Elba → Coast guard"
    assert "2 steps" in details(tab)
