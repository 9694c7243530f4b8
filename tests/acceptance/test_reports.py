"""What must hold on two real reports of one telephone call, read without any metadata."""

from __future__ import annotations

import csv
from itertools import chain as joined

import pytest

from kg.model import Entity, Event, Reading
from tests.acceptance.reports import (
    REFERENCE,
    chain,
    corpus,
    entities,
    events,
    first,
    holder,
    labels,
    needs_reports,
    quote,
    second,
)

pytestmark = needs_reports

NOISE = ("Accessibility", "Breaking News", "16x9", "journalists report", "undesirable", "click here", "Go to contents")

NAMES = {
    "Vladimir Putin": "person",
    "Donald Trump": "person",
    "Sergey Lavrov": "person",
    "Xi Jinping": "person",
    "Federal Security Service": "organization",
    "Central Intelligence Agency": "organization",
    "Kremlin": "organization",
    "White House": "organization",
    "TASS": "organization",
    "Agence France-Presse": "organization",
    "Reuters": "organization",
    "United Nations Security Council": "organization",
    "G20": "organization",
    "Russia": "place",
    "United States": "place",
    "Ukraine": "place",
    "Syria": "place",
    "Venezuela": "place",
    "Japan": "place",
    "China": "place",
    "North Korea": "place",
    "St. Petersburg": "place",
    "Osaka": "place",
    "Siberia": "place",
    "Pyongyang": "place",
}


def all_named() -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for entity in joined.from_iterable(reading.entities for reading in corpus().readings):
        if entity.named and entity.iri not in found:
            found[entity.iri] = entity
    return found


def one(found: list[Event]) -> Event:
    assert found, "no such event"
    return found[0]


@pytest.mark.parametrize("noise", NOISE)
def test_page_noise_yields_nothing(noise: str) -> None:
    for reading in corpus().readings:
        text = reading.article.text
        start = text.find(noise)
        if start < 0:
            continue
        line = (text.rfind("\n", 0, start) + 1, text.find("\n", start))
        spans = [m.span for m in reading.mentions] + [e.trigger for e in reading.events]
        assert not [s.of(text) for s in spans if line[0] <= s.start < line[1]]


@pytest.mark.parametrize(("label", "kind"), NAMES.items())
def test_names(label: str, kind: str) -> None:
    found = [entity for entity in all_named().values() if entity.label == label]
    kinds: list[str] = [entity.kind for entity in found]
    assert kinds.count(kind) == 1 if label in ("Russia", "United States", "Pyongyang") else kinds == [kind]


def test_wikidata_ids() -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        confirmed = {row["label"]: row["qid"] for row in csv.DictReader(file) if row["qid"]}
    for entity in all_named().values():
        if entity.label in NAMES and entity.label in confirmed and entity.kind == NAMES[entity.label]:
            assert entity.qid == confirmed[entity.label], entity.label


@pytest.mark.parametrize(
    ("report", "text", "label"),
    [
        (first, "Putin", "Vladimir Putin"),
        (first, "Vladimir Putin", "Vladimir Putin"),
        (second, "Vladimir Putin", "Vladimir Putin"),
        (second, "Putin", "Vladimir Putin"),
        (first, "Putin's office", "Kremlin"),
        (first, "the Kremlin", "Kremlin"),
        (first, "Moscow", "Government of Russia"),
        (first, "Washington", "Government of the United States"),
        (second, "Washington", "Government of the United States"),
        (second, "the North", "North Korea"),
        (second, "his country", "Russia"),
    ],
)
def test_same_as(report: object, text: str, label: str) -> None:
    reading = report()  # type: ignore[operator]
    variants = [text, text.removeprefix("the "), text[0].upper() + text[1:]]
    found = [entity for variant in variants for entity in entities(reading, variant)]
    assert {entity.label for entity in found} == {label}


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (first, "the two men"),
        (first, "Both leaders"),
        (second, "the two men"),
        (second, "the two heads of state"),
    ],
)
def test_groups(report: object, text: str) -> None:
    reading: Reading = report()  # type: ignore[operator]
    known = {entity.iri: entity for entity in reading.entities}
    (group, *_) = entities(reading, text)
    assert {known[member].label for member in group.members} == {"Vladimir Putin", "Donald Trump"}


def cluster_of(event: Event) -> frozenset[str]:
    return next(
        (frozenset(c.members) for c in corpus().comparison.clusters if event.iri in c.members), frozenset({event.iri})
    )


def the_call(reading: Reading) -> Event:
    return one([e for e in reading.events if e.kind == "Telephone" and "Kremlin" in chain(reading, e)])


def test_the_call_is_one_event() -> None:
    calls = [the_call(first()), the_call(second())]
    assert cluster_of(calls[0]) == cluster_of(calls[1])
    everyone = {e.iri: (r, e) for r in corpus().readings for e in r.events}
    members = [everyone[iri] for iri in cluster_of(calls[0])]
    takers = set().union(
        *(labels(r, e, role) for r, e in members for role in ("agent", "recipient", "theme", "patient"))
    )
    assert {"Vladimir Putin", "Donald Trump"} <= takers


def test_the_call_is_told_by_the_kremlin_and_dated() -> None:
    assert chain(first(), the_call(first()))[-1] == "Kremlin"
    assert chain(second(), the_call(second()))[-1] == "Kremlin"
    assert any(e.time == "2019-12-29" for e in second().events if e.kind == "Telephone")


def test_russia_initiated() -> None:
    starts = [e for e in first().events if e.lemma == "initiate"]
    assert starts
    assert any("Russia" in label for e in starts for label in labels(first(), e, "agent"))


def the_detention(reading: Reading) -> Event:
    return one([e for e in reading.events if e.kind == "Detain"])


def test_detention_chain() -> None:
    found = chain(first(), the_detention(first()))
    assert found[0] == "Radio Free Europe/Radio Liberty"
    assert found[1].lower() == "russian media"
    assert found[2] == "Federal Security Service"
    assert len(found) == 3


def test_detention_participants() -> None:
    detained = the_detention(first())
    assert any("two Russians" in r.span.of(first().article.text) for r in detained.roles if r.name == "patient")
    arrested = the_detention(second())
    assert "Federal Security Service" in labels(second(), arrested, "agent")
    quotes = " ".join(r.span.of(second().article.text) for r in arrested.roles if r.name == "patient")
    assert "a man" in quotes
    assert "a woman" in quotes
    assert cluster_of(detained) == cluster_of(arrested)


def test_the_attack_never_happened() -> None:
    for reading in corpus().readings:
        attacks = [e for e in reading.events if e.kind == "Attack" and "attack" in quote(reading, e)]
        assert attacks
        assert all(e.realis != "actual" for e in attacks)
    places = {
        label
        for reading in corpus().readings
        for e in reading.events
        if e.realis == "planned"
        for label in labels(reading, e, "place")
    }
    assert "St. Petersburg" in places


def test_meddling_and_its_denial() -> None:
    meddled = one(events(first(), "meddled in the", lemma="meddle"))
    assert meddled.polarity == "positive"
    assert chain(first(), meddled)[-1] == "United States Intelligence Community"
    denied = one([e for e in events(second(), "no Russian intervention") if e.lemma == "intervention"])
    assert denied.polarity == "negative"
    assert chain(second(), denied)[-1] == "Donald Trump"


def test_negation_plans_and_dates() -> None:
    announced = one(events(second(), "did not", lemma="announce"))
    assert announced.polarity == "negative"
    offered = one(events(second(), "would also offer", lemma="offer intelligence"))
    assert offered.realis == "planned"
    assert chain(second(), offered)[-1] == "Vladimir Putin"
    lavrov = one([e for e in events(second(), "Lavrov") if e.kind == "Meet"])
    assert lavrov.time == "2017"
    tweet = one(events(second(), "tweeted", lemma="tweet"))
    assert tweet.time == "2019-12-20"
    talk = one([e for e in events(second(), "very good talk") if e.lemma == "talk"])
    assert chain(second(), talk)[-1] == "Donald Trump"


def test_credit_chain() -> None:
    sharing = one(events(first(), "credited the United States", lemma="share information"))
    found = chain(first(), sharing)
    assert found[1] == "TASS"
    assert found[2].lower() == "russian officials"


def test_every_span_slices() -> None:
    for reading in corpus().readings:
        size = len(reading.article.text)
        spans = [m.span for m in reading.mentions] + [e.trigger for e in reading.events]
        spans += [s for a in reading.attributions for s in (*a.content, *a.verbatim)]
        spans += [a.cue for a in reading.attributions if a.cue] + [t.span for t in reading.times]
        assert all(0 <= s.start < s.end <= size for s in spans)


def test_every_event_hangs_under_one_attribution() -> None:
    for reading in corpus().readings:
        held = [iri for a in reading.attributions for iri in a.events]
        assert sorted(held) == sorted(e.iri for e in reading.events)
        assert all(holder(reading, e) for e in reading.events)


def disagreements(type: str) -> list[str]:
    return [
        " | ".join(side.quote for side in d.sides) + " :: " + " | ".join(side.value for side in d.sides)
        for d in corpus().comparison.disagreements
        if d.type == type
    ]


def test_disagreement_on_meddling() -> None:
    assert any("meddled" in d and "intervention" in d for d in disagreements("polarity"))


def test_difference_of_recipient() -> None:
    assert any("Donald Trump" in d and "Central Intelligence Agency" in d for d in disagreements("recipient"))


def test_refinement_of_the_detained() -> None:
    assert any("two Russians" in d and "a man and a woman" in d for d in disagreements("refinement"))


def test_initiative_has_two_outlets_and_one_origin() -> None:
    call = next(iter(c.iri for c in corpus().comparison.clusters if the_call(first()).iri in c.members))
    (link,) = [one for one in corpus().comparison.links if one.object == call and one.relation == "initiate"]
    assert len(link.outlets) == 2
    assert link.origins == ("Kremlin",)
