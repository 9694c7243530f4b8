"""`seeds/kin.tsv` speaks of types that there are, and of each pair once."""

from __future__ import annotations

from kg.extract.lexicon import lexicon
from kg.files import seed_rows
from kg.identify.kin import kin


def test_the_table_speaks_of_types_that_there_are() -> None:
    types = set(lexicon().types)
    pairs = [frozenset((row["type"], row["other"])) for row in seed_rows("kin.tsv")]
    assert all(pair <= types for pair in pairs)
    assert len(pairs) == len(set(pairs))


def test_it_reads_the_same_from_both_sides() -> None:
    one, other = kin("Dismiss", "Resign"), kin("Resign", "Dismiss")
    assert one is not None
    assert other is not None
    assert (one.name, one.role, one.other_role) == (other.name, other.other_role, other.role)
    assert kin("Dismiss", "Injure") is None
