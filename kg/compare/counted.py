"""Where reports differ on how many, how much, or how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.compare.claims import Claim
from kg.compare.difference import MOST_VALUES, Difference, says
from kg.compare.ground import one_count, one_voice
from kg.compare.quantities import Quantity, numerals, quantity
from kg.model import Role, Side, Span

_COUNTED = ("agent", "patient", "theme", "recipient", "amount", "time")


def counted(told: Sequence[Claim]) -> Iterator[Difference]:
    """How many, how much, how long: where no number could be both."""
    for role in _COUNTED:
        found = [one for claim in told for filler in claim.fillers.get(role, ()) if (one := _count_of(claim, filler))]
        for one, other in combinations(_first_of_each(found), 2):
            if _other_number(one, other, role):
                sides = one.side(), other.side()
                what = "how long" if role == "time" else "how much" if role == "amount" else "how many"
                text = f"The reports differ on {what}: {says(sides[0])} has “{sides[0].quote}”, "
                text += f"{says(sides[1])} “{sides[1].quote}”."
                yield Difference(type="number", severity="high", explanation=text, sides=sides)
                break


@dataclass(frozen=True, slots=True)
class _Counted:
    """A role whose words count something: where they stand, and how much they say."""

    claim: Claim
    span: Span
    amount: Quantity
    people: bool

    @property
    def text(self) -> str:
        return self.span.of(self.claim.reading.article.text)

    def side(self) -> Side:
        return self.claim.side(self.span, self.text)

    def tells(self, other: _Counted) -> bool:
        """Whether the other's number stands in its sentence as well: "23 pirates, of whom 12"."""
        wanted = numerals(other.text)
        return bool(wanted) and wanted <= numerals(self.claim.sentence)


def _count_of(claim: Claim, role: Role) -> _Counted | None:
    text = claim.reading.article.text
    span = _lasting(claim, role) if role.name == "time" else role.span
    amount = quantity(span.of(text), role.head.of(text)) if span else None
    if amount is None or span is None:
        return None
    entity = claim.names.get(role.entity or "")
    return _Counted(claim, span, amount, entity is not None and entity.kind in ("person", "group"))


def _lasting(claim: Claim, role: Role) -> Span | None:
    """The duration that a time begins with: "three hours" of "three hours in Athens", none of "two days after"."""
    spans = (time.span for time in claim.reading.times if time.type == "DURATION")
    found = next((span for span in spans if span.start == role.span.start and role.span.covers(span)), None)
    rest = re.match(r"\W*(\w+)", claim.reading.article.text[found.end :]) if found else None
    return None if rest and rest[1].casefold() in _ORDER else found


_ORDER = frozenset({"after", "before", "ago", "later", "earlier", "into", "from", "since", "old"})


def _first_of_each(counted: Sequence[_Counted]) -> list[_Counted]:
    """The first of each quantity and source."""
    first: dict[tuple[Quantity, str], _Counted] = {}
    for one in counted:
        first.setdefault((one.amount, one.claim.origin), one)
    return list(first.values())[:MOST_VALUES]


def _other_number(one: _Counted, other: _Counted, role: str) -> bool:
    alike = one.amount.of == other.amount.of or (one.people and other.people)
    if not alike or not one.amount.differs(other.amount) or one_voice(one.claim, other.claim):
        return False
    if one.tells(other) or other.tells(one):
        return False
    return one_count(one.claim, other.claim, role)
