"""How much a phrase says, and when two phrases leave no number for both."""

from __future__ import annotations

import pytest

from kg.compare.quantities import Quantity, quantity


def read(text: str, head: str) -> Quantity:
    found = quantity(text, head)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "head", "number", "of"),
    [
        ("twenty-two sailors", "sailors", 22, "sailor"),
        ("all eleven people detained", "people", 11, "peopl"),
        ("a dozen", "dozen", None, ""),
        ("$2.4 billion", "billion", 2.4e9, "dollar"),
        ("7 percent", "percent", 7, "percent"),
        ("two of the sailors", "two", None, ""),
        ("14 rifles and 31 magazines", "rifles", None, ""),
        ("the 48-year-old baker", "baker", None, ""),
        ("the 1940s", "1940s", None, ""),
        ("a sailor", "sailor", None, ""),
    ],
)
def test_what_is_counted(text: str, head: str, number: float | None, of: str) -> None:
    found = quantity(text, head)
    if number is None:
        assert found is None
    else:
        assert found is not None
        assert found.least <= number <= found.most
        assert found.of == of


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("nine people", "eleven people", True),
        ("at least nine people", "eleven people", False),
        ("at least nine people", "seven people", True),
        ("up to 50 people", "60 people", True),
        ("about 3,000 people", "3,200 people", False),
        ("3,000 people", "8,000 people", True),
        ("thousands of people", "8,000 people", False),
        ("thousands of people", "300 people", True),
    ],
)
def test_two_quantities_differ_where_no_number_is_both(one: str, other: str, differ: bool) -> None:
    first, second = read(one, "people"), read(other, "people")
    assert first.differs(second) == second.differs(first) == differ
