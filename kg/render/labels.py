"""Labels wrapped to a few short lines, and an estimate of the room they take.

The page draws with the reader's own system font, so widths are those of a wide one (DejaVu Sans, in hundredths
of the font size): what fits here fits everywhere.

    >>> wrap("Organisation of Island Harbours")
    ('Organisation of', 'Island Harbours')
"""

from __future__ import annotations

from typing import NamedTuple

FONT = 13.0  # CSS pixels, at the scale where the whole graph fits
EDGE_FONT = 0.86  # of the size of a node's label
LINE = 1.25  # of the font size
LIMIT = 17  # characters a line
LINES = 3

_NARROW = frozenset("iljtfrI.,:;'’|!()[]- ")
_WIDE = frozenset("mwMWOQGDHNU@%&—")


class Size(NamedTuple):
    """Width and height, in pixels."""

    width: float
    height: float


def wrap(label: str) -> tuple[str, ...]:
    """At most three lines of about seventeen characters, broken at spaces and hyphens; the rest is "…"."""
    lines: list[str] = []
    for word in label.split():
        for piece in _pieces(word):
            if lines and len(lines[-1]) + 1 + len(piece) <= LIMIT:
                lines[-1] += " " + piece
            else:
                lines.append(piece)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][: LIMIT - 1].rstrip() + "…"]
    return tuple(lines) or ("",)


def measure(lines: tuple[str, ...]) -> Size:
    """The box of these lines at the font size `FONT`."""
    return Size(max(_width(line) for line in lines) * FONT / 100, len(lines) * FONT * LINE)


def _pieces(word: str) -> list[str]:
    return [word[at : at + LIMIT] for at in range(0, len(word), LIMIT)]


def _width(line: str) -> float:
    return sum(38 if char in _NARROW else 85 if char in _WIDE else 100 if char > "\u2e7f" else 63 for char in line)
