"""Golden cases: `tests/cases/export/NAME/` holds readings as JSON and the graph that they must become."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from pyoxigraph import Quad

from kg.export.across import identity_quads, link_quads
from kg.export.rdf import own_quads, shared_quads
from kg.model import Comparison, Reading

CASES = Path(__file__).resolve().parents[1] / "cases" / "export"
NAMES = sorted(path.name for path in CASES.iterdir())


@cache
def readings(name: str) -> tuple[Reading, ...]:
    return msgspec.json.decode((CASES / name / "readings.json").read_bytes(), type=tuple[Reading, ...])


@cache
def comparison(name: str) -> Comparison:
    path = CASES / name / "comparison.json"
    return msgspec.json.decode(path.read_bytes(), type=Comparison) if path.is_file() else Comparison()


def quads(name: str) -> list[Quad]:
    found = [quad for reading in readings(name) for quad in own_quads(reading)]
    return [*found, *shared_quads(readings(name)), *identity_quads(comparison(name)), *link_quads(comparison(name))]
