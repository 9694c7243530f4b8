"""Extractors as plug-ins, with a real package that is built, installed and run."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract import extractors
from kg.extract.registry import load

EXAMPLE = Path(__file__).parent / "example_extractor"
PROGRAM = """
import json
from kg.extract import extractors
from kg.pipeline import read_articles
from kg.read.article import clean_article

reading = next(iter(read_articles([clean_article("It was 21 degrees in Rome.", id="x")])))
print(json.dumps({"names": [e.name for e in extractors()], "kinds": [e.kind for e in reading.events]}))
"""


def test_ours_are_registered_like_anybodys() -> None:
    assert [extractor.name for extractor in extractors()][:2] == ["events", "relations"]


def test_an_installed_package_adds_its_events(tmp_path: Path) -> None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*install, "--target", str(tmp_path), str(EXAMPLE)], check=True)  # noqa: S603  our own package
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; sys.path.append({str(tmp_path)!r}){PROGRAM}"],
        check=True, capture_output=True, text=True,
    )
    found = json.loads(done.stdout)
    assert found["names"] == ["events", "relations", "weather"]
    assert "Temperature" in found["kinds"]


@pytest.mark.parametrize(
    ("value", "message"),
    [("no_such_module:X", "cannot be loaded"), ("kg.model:Span", "has no name and extract")],
)
def test_a_broken_one_is_named(value: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        load([EntryPoint("broken", value, "kg.extractors")])


def test_none_at_all_is_an_error() -> None:
    with pytest.raises(KgError, match="install newskg again"):
        load([])
