"""MUC, B3 and CEAFe against the worked examples of the papers that brought them."""

from __future__ import annotations

import pytest

from tests.eval.coreference import b_cubed, ceaf_e, conll, muc
from tests.eval.figures import f1

# Luo 2005, table 1: one key and four responses, after Bagga & Baldwin 1998
KEY = [set("12345"), set("67"), set("89ABC")]
RESPONSES = {
    "two merged": [set("12345"), set("6789ABC")],
    "large merged": [set("1234589ABC"), set("67")],
    "all merged": [set("123456789ABC")],
    "none": [{mention} for mention in "123456789ABC"],
}


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("two merged", (0.947, 0.865, 0.733)),
        ("large merged", (0.947, 0.737, 0.667)),
        ("all merged", (0.900, 0.545, 0.294)),
        ("none", (0.0, 0.400, 0.178)),
    ],
)
def test_the_table_of_luo(response: str, expected: tuple[float, float, float]) -> None:
    scores = tuple(round(f1(*score(KEY, RESPONSES[response])), 3) for score in (muc, b_cubed, ceaf_e))
    assert scores == expected


def test_muc_of_a_chain_cut_in_two() -> None:
    """Vilain et al. 1995: one link of three is missing."""
    assert muc([set("ABCD")], [set("AB"), set("CD")]) == pytest.approx((1.0, 2 / 3))


def test_the_same_clusters_are_perfect() -> None:
    assert conll(KEY, list(reversed(KEY))) == pytest.approx(1.0)


def test_mentions_that_one_side_lacks_count_against_it() -> None:
    key, response = [{"a", "b"}, {"c"}], [{"a", "b"}, {"x"}]
    assert muc(key, response) == (1.0, 1.0)
    assert b_cubed(key, response) == pytest.approx((2 / 3, 2 / 3))
    assert ceaf_e(key, response) == pytest.approx((1 / 2, 1 / 2))


def test_an_unknown_mention_inside_a_cluster_breaks_its_links() -> None:
    assert muc([{"a", "b"}], [{"a", "b", "x"}]) == (1 / 2, 1.0)


def test_nothing_predicted_scores_nothing() -> None:
    assert conll(KEY, []) == 0.0
