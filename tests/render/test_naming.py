"""Names of events: short, readable, and in the words of one account."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.compare import compare
from kg.identify import identify
from kg.model import Corpus, Reading
from kg.pipeline import readings
from kg.render.gather import build_view
from kg.render.naming import LONGEST, short_names
from tests.render.corpus import Draft, Telling, Thing, story

GUARD = Thing("Coast guard", "organization")
DIVERS = Thing("two divers", "group", named=False)
ELBA = Thing("Elba", "place")
ROSSI = Thing("Ada Rossi", "person")
BRUNI = Thing("Luca Bruni", "person")
SHE = Thing("she", "person", named=False)


def named(text: str, kind: str, trigger: str, roles: dict[str, tuple[str, Thing]], lemma: str = "", **how: Any) -> str:
    """The name of an event of one article whose cluster is called by its type."""
    draft = Draft("Radio One", "2024-05-03", "Title", text)
    event = draft.event(kind, trigger, roles, **how)
    draft.events = [replace(made, lemma=lemma or trigger) for made in draft.events]
    tell = Telling([draft])
    about = tell.cluster(kind, [event])
    for _, thing in roles.values():
        tell.link(thing.iri, "agent", about, "reported", [event])
    return next(node["label"] for node in build_view(tell.corpus())["nodes"] if node["kind"] == "event")


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "roles", "name"),
    [
        (
            "The coast guard detained two divers in Elba.",
            "Detain",
            "detained",
            {"agent": ("The coast guard", GUARD), "patient": ("two divers", DIVERS), "place": ("Elba", ELBA)},
            "Coast guard detains two divers in Elba",
        ),
        (
            "Two divers were detained in Elba.",
            "Detain",
            "detained",
            {"patient": ("Two divers", DIVERS), "place": ("Elba", ELBA)},
            "Two divers detained in Elba",
        ),
        (
            "Two divers drowned near Elba.",
            "Die",
            "drowned",
            {"patient": ("Two divers", DIVERS), "place": ("Elba", ELBA)},
            "Two divers drown near Elba",
        ),
        (
            "There was an explosion in Elba.",
            "Disaster",
            "explosion",
            {"place": ("Elba", ELBA)},
            "Explosion in Elba",
        ),
        (
            "Ada Rossi’s gratitude to the coast guard was plain.",
            "Thank",
            "gratitude",
            {"agent": ("Ada Rossi", ROSSI), "recipient": ("the coast guard", GUARD)},
            "Ada Rossi’s gratitude to Coast guard",
        ),
    ],
)
def test_a_name_is_a_headline(
    text: str, kind: str, trigger: str, roles: dict[str, tuple[str, Thing]], name: str
) -> None:
    lemmas = {"detained": "detain", "drowned": "drown"}
    assert named(text, kind, trigger, roles, lemmas.get(trigger, "")) == name


def test_what_is_planned_or_denied_is_named_so() -> None:
    text, roles = "Ada Rossi meets Luca Bruni.", {"agent": ("Ada Rossi", ROSSI), "patient": ("Luca Bruni", BRUNI)}
    told = [
        named(text, "Meet", "meets", roles, "meet", realis=realis, polarity=polarity)
        for realis, polarity in (("actual", "positive"), ("planned", "positive"), ("actual", "negative"))
    ]
    assert told == ["Ada Rossi meets Luca Bruni", "Ada Rossi to meet Luca Bruni", "Ada Rossi did not meet Luca Bruni"]


def test_a_name_of_ones_own_stays() -> None:
    labels = {node["label"] for node in build_view(story())["nodes"]}
    assert "Rescue of divers near Elba" in labels


def test_a_pronoun_is_no_participant() -> None:
    assert named("She resign today.", "Resign", "resign", {"agent": ("She", SHE)}) == "Resign"


def test_people_are_called_by_the_name_that_is_theirs_alone() -> None:
    short = short_names(
        [
            ("1", "Ada Rossi", "person", Counter({"Rossi": 3, "Ada Rossi": 1})),
            ("2", "Luca Bruni", "person", Counter({"Bruni": 3})),
            ("3", "Mara Bruni", "person", Counter({"Bruni": 2})),
            ("4", "Federal Coast Service", "organization", Counter({"FCS": 2})),
        ]
    )
    assert short == {"1": "Rossi", "2": "Luca Bruni", "3": "Mara Bruni", "4": "FCS"}


def test_every_name_of_the_shipped_news_is_short_and_readable(news: Corpus) -> None:
    events = [node["label"] for node in build_view(news)["nodes"] if node["kind"] == "event"]
    assert len(events) > 10
    assert all(0 < len(name) <= LONGEST + 20 for name in events)
    assert not [name for name in events if re.search(r"\s{2}|^\W|\s$", name)]
    assert sum(" " in name for name in events) > 0.6 * len(events)  # more than a type's name


@pytest.fixture(scope="module")
def news() -> Corpus:
    folder = Path(__file__).parents[2] / "seeds" / "news"
    found = sorted((r for r in readings([folder]) if isinstance(r, Reading)), key=lambda r: r.article.iri)
    return Corpus(readings=found, comparison=compare(found, identify(found)))
