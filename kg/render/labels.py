"""Labels wrapped to a few short lines, and an estimate of the room they take.

The page draws with the reader's own system font, so widths are those of a wide one (DejaVu Sans, in hundredths
of the font size): what fits here fits everywhere.

    >>> wrap("Organisation of Island Harbours")
    ('Organisation of', 'Island Harbours')
"""

from __future__ import annotations

import re
from typing import NamedTuple

FONT = 13.0  # CSS pixels, at the scale where the whole graph fits
EDGE_FONT = 0.86  # of the size of a node's label
LINE = 1.25  # of the font size
LIMIT = 17  # characters a line
LINES = 3

_BREAKS = re.compile(r"(?<=[^\W\d][-–/])(?=\w)")
_NARROW = frozenset("iljtfrI.,:;'’|!()[]- ")
_WIDE = frozenset("mwMWOQGDHNU@%&—")


class Size(NamedTuple):
    """Width and height, in pixels."""

    width: float
    height: float


def wrap(label: str) -> tuple[str, ...]:
    """At most three lines of about seventeen characters, broken at spaces, hyphens and dashes; the rest is "…".

    >>> wrap("St. Petersburg–Washington ties")
    ('St. Petersburg–', 'Washington ties')
    """
    lines: list[str] = []
    for word in label.split():
        for at, piece in enumerate(_pieces(word)):
            glue = "" if at else " "
            if lines and len(lines[-1]) + len(glue) + len(piece) <= LIMIT:
                lines[-1] += glue + piece
            else:
                lines.append(piece)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][: LIMIT - 1].rstrip() + "…"]
    return tuple(lines) or ("",)


def measure(lines: tuple[str, ...]) -> Size:
    """The box of these lines at the font size `FONT`."""
    return Size(max(_width(line) for line in lines) * FONT / 100, len(lines) * FONT * LINE)


def _pieces(word: str) -> list[str]:
    """Where a word may be broken: after its hyphens and dashes, and wherever it is too long for a line."""
    parts = _BREAKS.split(word) if len(word) > LIMIT / 2 else [word]
    return [part[at : at + LIMIT] for part in parts for at in range(0, len(part), LIMIT)]


def _width(line: str) -> float:
    return sum(38 if char in _NARROW else 85 if char in _WIDE else 100 if char > "\u2e7f" else 63 for char in line)
