"""To which news organisation a source spoke, and what is none or was not spoken to."""

from __future__ import annotations

import pytest

from tests.attribute.test_sayings import read


def spoken_to(text: str) -> list[tuple[str, str | None]]:
    """(source, news organisation) of each attribution but the outlet's own voice."""
    reading = read(text)
    labels = {entity.iri: entity.label for entity in reading.entities}
    return [
        (each.source.label, labels[each.source.told] if each.source.told else None) for each in reading.attributions[1:]
    ]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("A US official told CNN that the talks had failed.", "CNN"),
        ("Two people familiar with the plan told Reuters the bank would close.", "Reuters"),
        ("The bank would close, an official told the BBC on Monday.", "BBC"),
        ("A diplomat said in an interview with the BBC that the talks had failed.", "BBC"),
        ("In a statement to AFP, a spokesman said the talks had failed.", "Agence France-Presse"),
        ("Speaking to the BBC, an official said the talks had failed.", "BBC"),
        ("A US official told a Reuters reporter that the talks had failed.", "Reuters"),
        ("An official told Harbour Radio that the pier would close.", "Harbour Radio"),
        ("An official told reporters that the talks had failed.", None),
        ("An official told the Security Council that the talks had failed.", None),
        ("An official with ties to CNN said the talks had failed.", None),
        ("An official said that CNN had reported the story first.", None),
        ("A spokesman for Reuters said the talks had failed.", None),
        ("An official likened the law to the BBC.", None),
        ("The company sold a stake to Reuters, an official said.", None),
    ],
)
def test_spoken_to(text: str, organisation: str | None) -> None:
    assert spoken_to(text)[-1][1] == organisation


def test_who_has_told_an_outlet_goes_on_telling_it() -> None:
    text = "A US official told CNN that the talks had failed. “We are going home,” the official said."
    assert [organisation for _, organisation in spoken_to(text)] == ["CNN", "CNN"]
