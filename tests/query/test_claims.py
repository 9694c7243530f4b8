"""Who said what, with chain and quote."""

from __future__ import annotations

from kg.query.claims import claims
from tests.export.golden import NAMES, readings

ALL = [reading for name in NAMES for reading in readings(name)]


def test_a_chain_is_kept_whole() -> None:
    (claim,) = claims(ALL, by="coast guard")
    assert claim.chain == ("Radio One", "Radio One", "Harbour TV", "coast guard")
    assert claim.quote == "that two divers were rescued near Elba"
    assert [span.of(claim.article.text) for span in claim.spans] == [claim.quote]


def test_by_finds_every_link_of_a_chain() -> None:
    assert {claim.source for claim in claims(ALL, by="harbour tv")} == {"Harbour TV", "coast guard"}
    assert claims(ALL, by="harbour") == claims(ALL, by="Harbour TV")
    assert not claims(ALL, by="arbour")


def test_about_finds_who_takes_part() -> None:
    assert {claim.source for claim in claims(ALL, about="Horvat")} == {"Gazette", "officials"}
    assert {claim.source for claim in claims(ALL, about="Mayor 1")} == {"Gazette"}
    assert not claims(ALL, about="Nobody")


def test_the_outlets_own_voice_says_one_thing_a_sentence() -> None:
    quotes = [claim.quote for claim in claims(ALL, by="Gazette")]
    assert quotes == [
        "Ana Horvat, spokeswoman of the Port Office, will resign on Sunday.",
        "She did not meet both mayors.",
    ]


def test_verbatim() -> None:
    assert [claim.verbatim for claim in claims(ALL, verbatim=True)] == [('it is \\"done\\"',)]


def test_dates_are_of_publication() -> None:
    dated = {"2024-05-02", "2024-05-02T08:30"}
    assert {claim.article.published for claim in claims(ALL, since="2024-05-02", until="2024-05-02")} == dated
    assert not claims(ALL, as_of="2024-05-01")
    assert {claim.article.published for claim in claims(ALL, as_of="2024-12-31")} == dated


def test_order_of_readings_does_not_matter() -> None:
    assert claims(ALL) == claims(ALL[::-1])
