"""Identity: unions that keep apart what must stay apart, curation, names across articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SeedError
from kg.identify import Curation, identify
from kg.identify.curation import read_curation, write_curation
from kg.identify.unions import Unions
from kg.model import Entity, Reading
from kg.read import clean_article

ITEMS = st.sampled_from("abcdefgh")
PAIRS = st.lists(st.tuples(ITEMS, ITEMS).filter(lambda pair: pair[0] != pair[1]))


@given(joins=PAIRS, apart=PAIRS)
def test_what_must_stay_apart_stays_apart(joins: list[tuple[str, str]], apart: list[tuple[str, str]]) -> None:
    unions = Unions(map(frozenset, apart))
    for one, other in joins:
        unions.join(one, other)
    for group in unions.groups():
        assert not any(set(pair) <= set(group) for pair in apart)


@given(joins=PAIRS)
def test_groups_are_the_connected_components(joins: list[tuple[str, str]]) -> None:
    unions, back = Unions(), Unions()
    for one, other in joins:
        unions.join(one, other)
    for one, other in reversed(joins):
        back.join(other, one)
    assert unions.groups() == back.groups()
    assert all(any({a, b} <= set(group) for group in unions.groups()) for a, b in joins)


def reading(text: str, *entities: Entity) -> Reading:
    return Reading(article=clean_article(text, id=text), entities=entities)


def person(iri: str, label: str, same_as: tuple[str, ...] = ()) -> Entity:
    return Entity(iri=f"https://example.org/entity/{iri}", label=label, kind="person", same_as=same_as)


def test_same_full_name_is_one_and_a_surname_is_not() -> None:
    one = reading("a", person("1", "Anna Example"), person("2", "Sample"))
    two = reading("b", person("3", "Anna Example"), person("4", "Sample"))
    (cluster,) = identify([one, two])
    assert cluster.members == ("https://example.org/entity/1", "https://example.org/entity/3")
    assert (cluster.method, cluster.kind, cluster.label) == ("same name", "entity", "Anna Example")


def test_the_curator_wins() -> None:
    one, two = person("1", "Anna Example"), person("3", "Anna Example")
    three = person("5", "Countess Example")
    readings = [reading("a", one, three), reading("b", two)]
    rules = Curation(
        different=frozenset({frozenset({one.iri, two.iri})}), same=frozenset({frozenset({two.iri, three.iri})})
    )
    (cluster,) = identify(readings, rules)
    assert cluster.members == (two.iri, three.iri)
    assert cluster.method == "curator"
    assert identify(readings, Curation(ignore=frozenset({one.iri}))) == ()


def test_curation_file_round_trip(tmp_path: Path) -> None:
    rules = Curation(
        same=frozenset({frozenset({"https://a", 'https://b"\\'})}),
        different=frozenset(),
        ignore=frozenset({"https://c"}),
    )
    path = tmp_path / "curation.toml"
    path.write_text(write_curation(rules), encoding="utf-8")
    assert read_curation(path) == rules
    assert read_curation(tmp_path / "none.toml") == Curation()


@pytest.mark.parametrize(
    "text",
    [
        "same = 3",
        'same = [["a"]]',
        'same = [["a", "a"]]',
        "other = []",
        "ignore = [1]",
        "same = [",
        'same = [["a", "b"]]\ndifferent = [["b", "a"]]',
    ],
)
def test_a_broken_curation_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "curation.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        read_curation(path)
    assert str(path) in str(caught.value)
