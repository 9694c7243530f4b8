"""Whatever a text holds, it comes back the same: from RDF in every form, and from the cache."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

from kg.export.rdf import own_quads, shared_quads
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
    quads = {*own_quads(reading), *shared_quads([reading])}
    for form, format_ in (("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)):
        assert set(parse(to_bytes(quads, form), format=format_)) == quads


@unhurried
@given(readings())
def test_the_store_gives_back_what_was_put_in(reading: Reading) -> None:
    quads = {*own_quads(reading), *shared_quads([reading])}
    store = Store()
    store.bulk_extend(quads)
    assert nquads(store) == nquads(quads)


@unhurried
@given(readings())
def test_offsets_and_quotes_survive(reading: Reading) -> None:
    for quad in own_quads(reading):
        if quad.predicate == NIF.anchorOf:
            start, end = map(int, plain(quad.subject).split("#char=")[1].split(","))
            assert reading.article.text[start:end] == plain(quad.object)


@unhurried
@given(readings())
def test_no_claim_in_the_default_graph(reading: Reading) -> None:
    said = {KG.lemma, KG.count, KG.agent, KG.theme, KG.place, KG.time, KG.timeBasis}
    for quad in (*own_quads(reading), *shared_quads([reading])):
        assert (quad.predicate in said) <= (quad.graph_name != DefaultGraph())


@unhurried
@given(st.lists(readings(), max_size=4), st.randoms())
def test_order_of_readings_does_not_matter(many: list[Reading], chance: object) -> None:
    unique = list({reading.article.iri: reading for reading in many}.values())
    first = nquads([*shared_quads(unique), *(quad for reading in unique for quad in own_quads(reading))])
    chance.shuffle(unique)  # type: ignore[attr-defined]
    assert first == nquads([*shared_quads(unique), *(quad for reading in unique for quad in own_quads(reading))])
