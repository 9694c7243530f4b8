"""Golden cases: every construction by which English says who said it, and who relays whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.annotate import annotate
from kg.attribute import attribute
from kg.model import Block, Reading
from kg.read import clean_article
from kg.resolve import resolve

CASES = Path(__file__).parent.parent / "cases" / "attribute-sayings" / "cases.txt"


def load() -> list[tuple[str, str, list[str]]]:
    """(name, text, expected attributions) of each case."""
    blocks = [block for block in CASES.read_text(encoding="utf-8").split("\n\n") if block.startswith("## ")]
    cases = []
    for block in blocks:
        name, text, *expected = block.strip().splitlines()
        cases.append((name[3:], text, [line.removeprefix("=> ") for line in expected]))
    return cases


def read(text: str) -> Reading:
    """A reading whose mentions are known, as sources and objects are told from things by them."""
    return attribute(resolve(annotate(Reading(article=clean_article(text.replace("¶", "\n\n"), id="case")))))


def written(reading: Reading) -> list[str]:
    """The attributions in the notation of the cases."""
    text = reading.article.text
    by_iri = {each.iri: each for each in reading.attributions}
    lines = []
    for each in reading.attributions[1:]:
        parts = [
            each.source.span.of(text) if each.source.span else "-",
            each.cue.of(text) if each.cue else "",
            " + ".join(span.of(text) for span in each.content),
        ]
        relay = by_iri[each.parent or ""].source.span
        lines.append(" | ".join([*parts, *([f"< {relay.of(text)}"] if relay else [])]))
    return lines


@pytest.mark.parametrize(("name", "text", "expected"), load(), ids=[name for name, _, _ in load()])
def test_construction(name: str, text: str, expected: list[str]) -> None:
    assert written(read(text)) == expected


def test_verbatim_is_what_stands_between_the_marks() -> None:
    reading = read('Berg said the island had been "cut off from the world" for a week.')
    assert [span.of(reading.article.text) for span in reading.attributions[1].verbatim] == ["cut off from the world"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Two divers rescued off Bergen: police", ["police | : | Two divers rescued off Bergen"]),
        ("Bergen 'ready for the storm' - mayor", ["mayor | - | Bergen 'ready for the storm'"]),
        ("Prices fall to record low – report", ["report | – | Prices fall to record low"]),
        ("Storm hits Bergen: live updates", []),
        ("Mayor arrives in Oslo - Radio One", []),
    ],
)
def test_a_headline_may_end_with_who_says_so(headline: str, expected: list[str]) -> None:
    article = clean_article(f"{headline}\n\nThe wind fell at noon.", id="case")
    title, *rest = article.blocks
    blocks = (Block(span=title.span, kind="headline"), *rest)
    assert written(attribute(resolve(annotate(Reading(article=replace(article, blocks=blocks)))))) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The ship's owner, Meridian Lines, said the cargo was wheat.", "Meridian Lines"),
        ("The mayor of Oslo, Erik Lund, said the dam was safe.", "Erik Lund"),
    ],
)
def test_a_description_is_named_by_its_apposition(text: str, label: str) -> None:
    assert read(text).attributions[1].source.label == label


def test_a_relative_pronoun_is_named_by_its_noun() -> None:
    reading = read("Erik Lund, who insisted that the dam was safe, resigned.")
    assert reading.attributions[1].source.label == "Erik Lund"


@pytest.mark.parametrize(
    ("text", "anonymous", "collective"),
    [
        ("Erik Lund said the dam was safe.", False, False),
        ("An official said the dam was safe.", True, False),
        ("Experts said the dam was safe.", True, True),
        ("Local media said the dam was safe.", True, True),
        ("The dam is said to be safe.", True, False),
    ],
)
def test_flags_of_a_source(text: str, anonymous: bool, collective: bool) -> None:
    source = read(text).attributions[1].source
    assert (source.anonymous, source.collective) == (anonymous, collective)


def test_the_outlet_is_the_root_even_of_an_empty_article() -> None:
    (root,) = attribute(annotate(Reading(article=clean_article("", id="empty")))).attributions
    assert root.parent is None
    assert root.cue is None


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("The finance ministry said the bank was safe.", False),
        ("Sudan's army said the town was safe.", False),
        ("The Egyptian foreign ministry said the town was safe.", False),
        ("The mayor of Bergen, Erik Lund, said the dam was safe.", False),
        ("A company said the dam was safe.", True),
        ("Local media said the dam was safe.", True),
        ("The minister said the dam was safe.", True),
    ],
)
def test_an_institution_known_by_owner_or_field_is_identified(text: str, anonymous: bool) -> None:
    assert read(text).attributions[1].source.anonymous is anonymous


def test_to_dismiss_a_person_is_no_saying() -> None:
    assert len(read("It was not clear whether Lund would dismiss the governor.").attributions) == 1
    assert len(read("It was not clear whether Lund would dismiss the report.").attributions) == 2
