"""Graphs without text, for those who may keep what an article says but not its words: offsets and hashes alone.

What goes: the text of articles, and with it every quote, sentence and phrase; the quotes of disagreements, and the
sentence that explains one with them. What stays: offsets, the hash of each article's bytes, its metadata (the title is
part of that), names, short descriptions ("two divers"), single words (lemmas), and everything counted or reckoned.

Identity and comparison read words. So such a graph is made by a build from the originals, which puts their text back in
memory while it compares, and by nothing else. `kg.store.verify` holds it against the originals at any later time.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import Comparison, Disagreement, Omission, Reading, Side
from kg.store import codec

MARK = "-textless"  # ends the fingerprint of readings that are kept without text: they are other readings


def packed_without_text(packed: bytes) -> bytes:
    """The packed reading of an article, without the article's text."""
    return codec.encode(without_text(codec.decode_reading(packed)))


def without_text(reading: Reading) -> Reading:
    """The reading with its offsets and without the text that they count in."""
    return replace(reading, article=replace(reading.article, text=""))


def without_quotes(comparison: Comparison) -> Comparison:
    """The comparison with the places of what differs or is left out, and without the words that stand there."""
    return replace(
        comparison,
        disagreements=tuple(map(_disagreement, comparison.disagreements)),
        omissions=tuple(map(_omission, comparison.omissions)),
    )


def _disagreement(one: Disagreement) -> Disagreement:
    kind = "One side is only more specific." if one.type == "refinement" else f"The sides differ in {one.type}."
    return replace(one, explanation=kind, sides=tuple(map(_side, one.sides)))


def _omission(one: Omission) -> Omission:
    return replace(one, sides=tuple(map(_side, one.sides)))


def _side(side: Side) -> Side:
    """A value that is no more than words of the quote goes with it; a name, a date or a number may stay."""
    return replace(side, quote="", value="" if side.value in side.quote else side.value)
