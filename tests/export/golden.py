"""Golden cases: `tests/cases/export/NAME/` holds readings as JSON and the graph that they must become."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from pyoxigraph import Quad

from kg.export import terms
from kg.export.across import identity_lines, link_lines
from kg.export.rdf import own_lines, shared_lines
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
    own = [line for reading in readings(name) for line in own_lines(reading)]
    across = [*identity_lines(comparison(name)), *link_lines(comparison(name))]
    return list(terms.quads([*own, *shared_lines(readings(name)), *across]))
