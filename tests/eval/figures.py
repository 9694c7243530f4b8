"""What a set's scoring hands back: figures (one line each) and the errors behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.model import Span

CONTEXT = 90  # characters shown on each side of an error
ErrorKind = Literal["miss", "false alarm", "wrong value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of the predicted are right, how many of the gold are found (one and the same number where the
    match is one-to-one), and how many there are of each."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            right=self.right + other.right,
            predicted=self.predicted + other.predicted,
            found=self.found + other.found,
            gold=self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the report. `value` is a fraction of 1, or None when it cannot be measured. A figure that is
    not `listed` is printed for the reader and kept out of `--json` and of the floors."""

    key: str
    value: float | None
    detail: str = ""
    listed: bool = True

    def __str__(self) -> str:
        value = "not available" if self.value is None else f"{100 * self.value:5.1f}"
        return f"{self.key:<28} {value}  {self.detail}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """A miss or a false alarm, for people who study errors: `--errors FILE` writes them as JSON lines."""

    figure: str
    kind: ErrorKind
    label: str
    article: str
    span: Span
    text: str
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        start, end = self.span.start, self.span.end
        before, after = self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]
        return {
            "figure": self.figure,
            "kind": self.kind,
            "label": self.label,
            "article": self.article,
            "start": start,
            "end": end,
            "quote": self.text[start:end],
            "context": f"{before}[[{self.text[start:end]}]]{after}".replace("\n", " / "),
            "note": self.note,
        }


@dataclass(slots=True)
class Report:
    """All figures of one or more sets, in order."""

    figures: list[Figure] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def extend(self, other: Report) -> None:
        self.figures.extend(other.figures)
        self.errors.extend(other.errors)

    def flat(self) -> dict[str, float]:
        """Key -> fraction of 1, of everything that could be measured."""
        return {
            figure.key: round(figure.value, 4)
            for figure in self.figures
            if figure.listed and figure.value is not None
        }


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def f1_figure(key: str, counts: Counts, *, listed: bool = True) -> Figure:
    """A figure of precision and recall, with its counts."""
    found = "" if counts.found == counts.right else f", {counts.found} found"
    return Figure(
        key=key,
        value=f1(counts.precision, counts.recall),
        detail=f"P {100 * counts.precision:5.1f}  R {100 * counts.recall:5.1f}"
        f"  ({counts.right} right of {counts.predicted} predicted{found}, {counts.gold} gold)",
        listed=listed,
    )


def accuracy_figure(key: str, right: int, total: int, note: str = "") -> Figure:
    """A share of matched things; not available when nothing matched."""
    return Figure(
        key=key, value=right / total if total else None, detail=f"({right} of {total} matched){note}"
    )


def total(counts: Sequence[Counts]) -> Counts:
    """The sum: micro-averaging."""
    return sum(counts, Counts())
