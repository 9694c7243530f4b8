"""Whatever a text holds, it comes back the same: from RDF in every form, and from the cache."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, RdfFormat, Store, parse

from kg.errors import KgError
from kg.export.rdf import own_lines, shared_lines
from kg.export.terms import literal, node, quads
from kg.export.write import nquads, to_bytes
from kg.model import Reading
from kg.query.rows import plain
from kg.store import codec
from kg.vocab import KG, NIF
from tests.export.strategies import readings

unhurried = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@unhurried
@given(readings())
def test_a_reading_comes_back_from_the_cache(reading: Reading) -> None:
    assert codec.decode_reading(codec.encode(reading)) == reading


@unhurried
@given(readings())
def test_quads_come_back_from_every_form(reading: Reading) -> None:
    found = set(quads([*own_lines(reading), *shared_lines([reading])]))
    for form, format_ in (("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)):
        assert set(parse(to_bytes(found, form), format=format_)) == found


@unhurried
@given(readings())
def test_the_store_gives_back_what_was_put_in(reading: Reading) -> None:
    found = set(quads([*own_lines(reading), *shared_lines([reading])]))
    store = Store()
    store.bulk_extend(found)
    assert nquads(store) == nquads(found)


@unhurried
@given(readings())
def test_offsets_and_quotes_survive(reading: Reading) -> None:
    for quad in quads(own_lines(reading)):
        if quad.predicate == NIF.anchorOf:
            start, end = map(int, plain(quad.subject).split("#char=")[1].split(","))
            assert reading.article.text[start:end] == plain(quad.object)


@unhurried
@given(readings())
def test_no_claim_in_the_default_graph(reading: Reading) -> None:
    said = {KG.lemma, KG.count, KG.agent, KG.theme, KG.place, KG.time, KG.timeBasis}
    for quad in quads([*own_lines(reading), *shared_lines([reading])]):
        assert (quad.predicate in said) <= (quad.graph_name != DefaultGraph())


@unhurried
@given(st.lists(readings(), max_size=4), st.randoms())
def test_order_of_readings_does_not_matter(many: list[Reading], chance: object) -> None:
    unique = list({reading.article.iri: reading for reading in many}.values())
    first = whole(unique)
    chance.shuffle(unique)  # type: ignore[attr-defined]
    assert first == whole(unique)


def whole(many: list[Reading]) -> list[str]:
    return sorted([*shared_lines(many), *(line for reading in many for line in own_lines(reading))])


@unhurried
@given(readings())
def test_lines_are_as_pyoxigraph_writes_them(reading: Reading) -> None:
    lines = [*own_lines(reading), *shared_lines([reading])]
    assert len(set(lines)) == len(lines)
    assert "".join(sorted(lines, key=str.encode)).encode() == nquads(quads(lines))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_term(text: str) -> None:
    assert literal(text) == str(Literal(text))


@pytest.mark.parametrize(
    "iri", ["https://a.example/x> <y", "https://a.example/x\n", "https://a.example/a b", "relative"]
)
def test_what_could_end_a_term_is_no_iri(iri: str) -> None:
    with pytest.raises(KgError, match="is no IRI"):
        node(iri)
