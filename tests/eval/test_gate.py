"""The scores do not fall, and the gate notices when one does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.eval.__main__ import SETS, score_folder
from tests.eval.gate import GOLD, Floors, folder_hash
from tests.eval.readings import Reader


@pytest.mark.skipif(not GOLD.is_dir(), reason=f"scores not checked: the gold data is not at {GOLD}")
def test_no_score_falls_under_its_floor() -> None:
    """All gold sets in one go; about two minutes without a parse cache."""
    floors = Floors.read()
    assert not list(floors.changed(GOLD))
    cache = os.environ.get("KG_EVAL_CACHE")
    scores = score_folder(GOLD, Reader(cache_folder=Path(cache) if cache else None)).flat()
    assert not list(floors.fallen(scores))


def test_every_set_has_floors() -> None:
    assert {key.partition(".")[0] for key in Floors.read().scores} == set(SETS)


def test_a_fall_names_the_figure() -> None:
    floors = Floors({"a.ner": 0.8, "a.role": 0.5, "a.new": 0.0}, {})
    assert list(floors.fallen({"a.ner": 0.79, "a.role": 0.499})) == ["a.ner fell to 0.790; its floor is 0.800"]


def test_an_unmeasured_figure_is_a_fall() -> None:
    assert list(Floors({"a.ner": 0.8}, {}).fallen({})) == ["a.ner was not measured; its floor is 0.800"]


def test_floors_only_rise() -> None:
    raised = Floors({"a.ner": 0.8, "a.role": 0.5}, {}).raised({"a.ner": 0.7, "a.role": 0.6129})
    assert raised.scores == {"a.ner": 0.8, "a.role": 0.612}


def test_floors_survive_the_file(tmp_path: Path) -> None:
    floors = Floors({"a.ner": 0.8}, {"a-dev": "0f"})
    floors.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == floors


def test_changed_gold_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "a-dev"
    folder.mkdir()
    (folder / "one.txt").write_text("one")
    floors = Floors({}, {"a-dev": folder_hash(folder)})
    assert not list(floors.changed(tmp_path))
    (folder / "one.txt").write_text("two")
    assert [line.partition(" has ")[2][:7] for line in floors.changed(tmp_path)] == ["changed"]
    (folder / "one.txt").unlink()
    folder.rmdir()
    assert [line.partition(" is ")[2][:7] for line in floors.changed(tmp_path)] == ["missing"]
