"""The event lexicon: its size, its rules, and that a broken row is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SeedError
from kg.extract.lexicon import PLOVER, lexicon, read_lexicon

HEADER = "type\tplover\tparent\tpos\ttriggers\tframe\tcondition\n"


def test_it_is_large_enough() -> None:
    words = lexicon()
    triggers = {
        (lemma, sense.words)
        for table in (words.verbs, words.nouns)
        for lemma, senses in table.items()
        for sense in senses
    }
    assert len(words.types) >= 120
    assert len(triggers) >= 900
    assert {words.plover(kind) for kind in words.types} >= PLOVER


def test_a_type_inherits_its_plover_code() -> None:
    assert lexicon().plover("Invade") == "ASSAULT"
    assert lexicon().plover("Telephone") == "CONSULT"
    assert lexicon().plover("Resign") is None
    assert lexicon().plover("no such type") is None


def test_longer_triggers_and_conditioned_senses_come_first(tmp_path: Path) -> None:
    file = tmp_path / "events.tsv"
    rows = "Run\t\t\tverb\trun\t\t\nLead\t\t\tverb\trun\t\tobj=organization\nRunFor\t\t\tverb\trun for\t\t\n"
    file.write_text(HEADER + rows, encoding="utf-8")
    assert [sense.type for sense in read_lexicon(file).verbs["run"]] == ["RunFor", "Lead", "Run"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Run\t\t\tverb\trun\tsubj:actor\t", r"events.tsv:2: 'subj:actor' in a frame"),
        ("Run\tHURRY\t\tverb\trun\t\t", r"events.tsv:2: 'HURRY' is not a PLOVER type"),
        ("Run\t\t\tadverb\trun\t\t", r"events.tsv:2: part of speech 'adverb'"),
        ("Run\t\tMove\tverb\trun\t\t", r"Run has the parent Move, which no row declares"),
        ("Run\t\t\tverb\trun\t\t\tmore", r"events.tsv:2: has 8 cells"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    file = tmp_path / "events.tsv"
    file.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        read_lexicon(file)
