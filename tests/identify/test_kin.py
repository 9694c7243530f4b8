"""`seeds/kin.tsv` speaks of types that there are, and of each pair once."""

from __future__ import annotations

from kg.extract.lexicon import lexicon
from kg.files import seed_rows
from kg.identify import identify
from kg.identify.kin import kin
from kg.pipeline import read_articles
from kg.read import clean_article


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


def test_contrary_words_are_of_one_matter_only_by_their_object() -> None:
    texts = (
        "The leader of the opposition, Kari Moen, praised the government for its calm on Friday in Bergen.",
        "The leader of the opposition, Kari Moen, criticised the agreement on the harbour on Friday in Bergen.",
    )
    articles = [clean_article(text, id=f"moen{n}", published="2021-03-02") for n, text in enumerate(texts)]
    assert not [cluster for cluster in identify(tuple(read_articles(articles))) if cluster.kind == "event"]
