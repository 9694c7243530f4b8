"""Golden cases: little articles of our own, and which of their words denote one thing.

A case is a TOML file under `tests/cases/resolve-*/`: `text`, perhaps `published` and `publisher`, and `[[entity]]`
tables with `mentions` (all of them, in order of the text), and what else must hold of the entity. Entities that a case
does not list are free; words listed in `nothing` denote nothing at all.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.annotate import annotate_all
from kg.model import Entity, Reading
from kg.read.article import clean_article
from kg.resolve import resolve

CASES = sorted((Path(__file__).resolve().parents[1] / "cases").glob("resolve-*/*.toml"))


@cache
def readings() -> dict[Path, tuple[dict[str, Any], Reading]]:
    """All cases, parsed in one batch and resolved."""
    cases = [tomllib.loads(file.read_text(encoding="utf-8")) for file in CASES]
    articles = [
        clean_article(case["text"], id=file.stem, published=case.get("published"), publisher=case.get("publisher"))
        for file, case in zip(CASES, cases, strict=True)
    ]
    resolved = map(resolve, annotate_all(Reading(article=article) for article in articles))
    return dict(zip(CASES, zip(cases, resolved, strict=True), strict=True))


def mentions_of(reading: Reading, entity: Entity) -> list[str]:
    text = reading.article.text
    return [" ".join(m.span.of(text).split()) for m in reading.mentions if m.entity == entity.iri]


def find(reading: Reading, mentions: list[str]) -> Entity:
    """The entity with exactly these mentions; fails with what there is instead."""
    found = {tuple(mentions_of(reading, entity)): entity for entity in reading.entities}
    assert tuple(mentions) in found, f"no entity has just {mentions}; there are {sorted(found)}"
    return found[tuple(mentions)]


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_case(file: Path) -> None:
    case, reading = readings()[file]
    labels = {entity.iri: entity.label for entity in reading.entities}
    for wanted in case.get("entity", ()):
        entity = find(reading, wanted["mentions"])
        got = {
            "label": entity.label, "kind": entity.kind, "qid": entity.qid or "", "named": entity.named,
            "count": entity.count or "", "members": [labels[iri] for iri in entity.members],
            "nationality": labels.get(entity.nationality or "", ""),
        }  # fmt: skip
        expected = {key: value for key, value in wanted.items() if key != "mentions"}
        assert {key: got[key] for key in expected} == expected, wanted["mentions"]
    quotes = {mention.span.of(reading.article.text) for mention in reading.mentions}
    assert not quotes & set(case.get("nothing", ())), case["nothing"]


def test_every_mention_is_sound() -> None:
    """Spans slice back, heads lie inside, every mention says why and denotes an entity that is there."""
    for _, reading in readings().values():
        known = {entity.iri for entity in reading.entities}
        for mention in reading.mentions:
            assert mention.span.of(reading.article.text).strip()
            assert mention.span.covers(mention.head)
            assert mention.entity in known
            assert mention.reason
            assert 0 < mention.score <= 1
        assert len(known) == len(reading.entities)
        for entity in reading.entities:
            assert set(entity.members) <= known
            assert entity.nationality is None or entity.nationality in known
