"""Pages of our own, line by line with the function each line has: `tests/cases/layout/*.txt`.

A line of a case is `KIND | TEXT`; an empty line is an empty line of the page.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.layout import blocks

CASES = sorted((Path(__file__).parent.parent / "cases" / "layout").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_page(case: Path) -> None:
    rows = [line.split(" | ", 1) if line else ["", ""] for line in case.read_text(encoding="utf-8").split("\n")]
    text = "\n".join(line for _, line in rows)
    expected = [(kind, line) for kind, line in rows if kind]
    found = [(block.kind, block.span.of(text)) for block in blocks(text)]
    for kind, line in expected:
        assert any(kind == got and quote in line and len(quote) * 2 > len(line) for got, quote in found), (
            kind,
            line,
        )


def test_there_are_cases() -> None:
    assert CASES


@given(st.text(alphabet=st.sampled_from('aB .,\n\r\t\0\u202e\u2028•"”<(:)19')))
def test_blocks_are_in_order_and_inside(text: str) -> None:
    end = 0
    for block in blocks(text):
        assert end <= block.span.start < block.span.end <= len(text)
        end = block.span.end


def test_only_the_credited_names_of_a_credit_line_are_read() -> None:
    text = "The mayor opened the new bridge on Tuesday morning.\n\nWith reporting by Example Agency\n\nXS"
    assert [(b.kind, b.span.of(text)) for b in blocks(text)][1:3] == [
        ("noise", "With reporting by "),
        ("credit", "Example Agency"),
    ]


@pytest.mark.parametrize("dateline", [
    "GENEVA, Dec. 29 (Example Wire) - ",
    "GENEVA, Switzerland, 29 December 2019 - ",
    "GENEVA, 29 December (Example Wire) — ",
])  # fmt: skip
def test_a_city_dateline_is_cut_from_its_paragraph(dateline: str) -> None:
    text = dateline + "The talks ended without a result."
    assert [(b.kind, b.span.of(text)) for b in blocks(text)] == [
        ("dateline", dateline),
        ("paragraph", "The talks ended without a result."),
    ]
