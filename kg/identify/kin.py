"""Types of events that may tell one event in other words, or in contrary ones (`seeds/kin.tsv`): who was killed died;
who was dismissed did not resign.

`role` and `other_role` say what both are of: whom the one befell is who does the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg.errors import SeedError
from kg.files import seed_rows

COLUMNS = ("type", "role", "other", "other_role", "sense", "less")


class Kin(NamedTuple):
    """What two types have to do with each other, from the side of the one: `name` is the same from both sides."""

    name: str
    role: str
    other_role: str
    contrary: bool
    less: frozenset[str]  # words of either type that do not tell it: who was replaced may have resigned

    @property
    def by_object(self) -> bool:
        """Whether the same does both, so that it is the object that makes them one matter."""
        return self.role == self.other_role == "agent"


def kin(one: str, other: str) -> Kin | None:
    """What two types have to do with each other, if anything."""
    return _table().get(one, _NONE).get(other)


def kindred(kind: str) -> Mapping[str, Kin]:
    """The types that a type has to do with."""
    return _table().get(kind, _NONE)


_NONE: Mapping[str, Kin] = {}


@cache
def _table() -> Mapping[str, Mapping[str, Kin]]:
    found: dict[str, dict[str, Kin]] = {}
    for line, row in enumerate(seed_rows("kin.tsv"), start=2):
        one, role, other, other_role, sense, less = (row[name] or "" for name in COLUMNS)
        if sense not in ("same", "contrary") or not all((one, role, other, other_role)):
            raise SeedError(f"needs two types, their roles and same or contrary, has {row}", file="kin.tsv", line=line)
        name, words = f"{one}/{other}", frozenset(less.split("|"))
        found.setdefault(one, {})[other] = Kin(name, role, other_role, sense == "contrary", words)
        found.setdefault(other, {})[one] = Kin(name, other_role, role, sense == "contrary", words)
    return found
