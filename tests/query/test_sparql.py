"""Queries: safe parameters, places of errors, what is refused, and every form of an answer."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.query import caret, named, run, term
from kg.query.named import named_queries
from kg.query.rows import GRAPH_FORMATS, TABLE_FORMATS, Rows, markdown
from kg.query.sparql import refuse_service
from kg.vocab import KG, PREFIXES, XSD
from tests.export.golden import NAMES, quads

STORE = Store()
STORE.extend(quad for name in NAMES for quad in quads(name))
SUBJECT, PREDICATE = NamedNode("http://e/s"), NamedNode("http://e/p")


def rows(query: str, **bindings: str) -> list[dict[str, str | None]]:
    answer = Rows(run(STORE, query, {name: term(value) for name, value in bindings.items()}))
    names = answer.variables
    return [dict(zip(names, row, strict=True)) for row in answer.values()]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_parameter_is_a_term_whatever_it_contains(text: str) -> None:
    store = Store()
    store.extend(Quad(SUBJECT, PREDICATE, Literal(value)) for value in (text, text + "x"))
    found = Rows(run(store, "SELECT ?s WHERE { ?s ?p ?wanted }", {"wanted": Literal(text)}))
    assert [row["wanted"] for row in found] == [Literal(text)]
    assert len(store) == 2


@pytest.mark.parametrize(
    "attack",
    [
        '" } ; DROP ALL ; #',
        "x' . ?s ?p ?o",
        '"@en } UNION { ?s ?p ?o',
        "<http://e> } SERVICE <http://127.0.0.1/> {",
        "\\u0022 }",
        "\x00",
    ],
)
def test_no_value_changes_what_a_query_means(attack: str) -> None:
    assert rows("SELECT ?s ?o WHERE { ?s rdfs:label ?o . FILTER (?o = ?v) }", v=attack) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kg:Detain", KG.Detain),
        ("<http://e/x>", NamedNode("http://e/x")),
        ("https://e/x", NamedNode("https://e/x")),
        ("nowhere:x", Literal("nowhere:x")),
        ("kg: the graph", Literal("kg: the graph")),
        ("12", Literal("12", datatype=XSD.integer)),
        ("-1.5", Literal("-1.5", datatype=XSD.decimal)),
        ("2019-12-29", Literal("2019-12-29", datatype=XSD.date)),
        ("true", Literal("true", datatype=XSD.boolean)),
        ('"12"', Literal("12")),
        ('"chat"@fr', Literal("chat", language="fr")),
        ('"5"^^xsd:double', Literal("5", datatype=XSD.double)),
        ("St. Petersburg", Literal("St. Petersburg")),
        ("", Literal("")),
    ],
)
def test_values_on_the_command_line(text: str, wanted: object) -> None:
    assert term(text) == wanted


@pytest.mark.parametrize("text", ["<not an iri>", "http://e/a b", '"5"^^nowhere'])
def test_values_that_are_no_terms(text: str) -> None:
    with pytest.raises(QueryError):
        term(text)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("SELECT * WHERE { ?s ?p }", 1, 25), ("SELECT *\nWHERE {\n  ?s nowhere:p ?o }", 3, None), ("SELEKT", 1, None)],
)
def test_errors_point_at_the_place(query: str, line: int, column: int | None) -> None:
    with pytest.raises(QueryError) as told:
        run(STORE, query)
    assert told.value.line == line
    if column:
        assert told.value.column == column
        assert caret(query, told.value).splitlines()[1] == " " * (column - 1) + "^"


def test_an_unknown_parameter_is_told() -> None:
    with pytest.raises(QueryError, match=r"no variable \?abuot; it has \?about"):
        run(STORE, "SELECT ?about { ?about ?p ?o }".replace("?p ?o", "a []"), {"abuot": Literal("x")})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "select * where { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { # no\n SERVICE ?x { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1/> SELECT * { { SERVICE e:x { ?s ?p ?o } } }",
        'SELECT * WHERE { ?s ?p "a\\"" SERVICE <http://127.0.0.1:9/> { } }',
        "SELECT * WHERE { ?s ?p ?o.SERVICE<http://127.0.0.1:9/>{ } }",
        "SELECT * WHERE { ?s ?p 1SERVICE<http://127.0.0.1:9/>{ } }",
        'SELECT * { ?s ?p ?o FILTER(?o<?b#>"""\n||1=1) SERVICE <http://127.0.0.1:9/> { } #"""\n }',
        "SELECT * { ?s ?p ?o FILTER(?o<'&&?p>'' ) SERVICE # {\n silent#\r\n<http://127.0.0.1:9/>#\n{ } }",
    ],
)
def test_service_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is switched off"):
        run(STORE, query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * WHERE { ?s ?p "SERVICE <http://e/>" }',
        "SELECT * WHERE { ?s ?p '''a\n'SERVICE''' } # SERVICE",
        "SELECT ?service WHERE { ?service <http://e/SERVICE> $SERVICE }",
        "PREFIX service: <http://e/> SELECT * WHERE { ?s service:SERVICE ?o }",
    ],
)
def test_words_that_only_look_like_service_pass(query: str) -> None:
    run(STORE, query)


@pytest.mark.parametrize(
    "part", ["#", "SERVICE ", "SERVICE<", "SERVICE#\n", "SERVICE SILENT ", "SERVICE ?a "]
)
def test_looking_for_service_takes_no_longer_than_reading(part: str) -> None:
    begun = time.process_time()
    refuse_service("SERVICE" + part * 30_000)
    assert time.process_time() - begun < 2


def test_a_parameter_need_not_be_a_column() -> None:
    query = "SELECT (COUNT(?m) AS ?n) WHERE { ?m nif:anchorOf ?words ; a kg:Mention } GROUP BY ?m"
    assert rows(query, words="Elba") == [{"words": "Elba", "n": "1"}]
    assert rows("SELECT * WHERE { ?m nif:anchorOf ?words }", words="Elba")
    assert Rows(run(STORE, "ASK { ?m nif:anchorOf ?words }", {"words": Literal("Elba")}))
    assert not Rows(run(STORE, "ASK { ?m nif:anchorOf ?words }", {"words": Literal("Corsica")}))
    made = Rows(run(STORE, "CONSTRUCT { ?m a kg:Phrase } WHERE { ?m nif:anchorOf ?words }", {"words": Literal("Elba")}))
    assert len(made.triples) == 1


def test_default_graph_holds_no_claim() -> None:
    assert rows("SELECT * WHERE { ?event kg:lemma ?lemma }") == []
    assert rows("SELECT * WHERE { GRAPH ?g { ?event kg:lemma ?lemma } }")


# --- what named queries answer -----------------------------------------------------------------------------


def test_the_chain_behind_an_event() -> None:
    found = rows(named("chain").text, type="kg:Rescue")
    assert [(row["depth"], row["source"]) for row in found] == [
        ("0", "Radio One"), ("1", "Radio One"), ("2", "Harbour TV"), ("3", "coast guard")
    ]  # fmt: skip


def test_who_said_what() -> None:
    found = rows(named("who-said-what").text, by="coast guard")
    assert [row["quote"] for row in found] == ["that two divers were rescued near Elba"]


def test_claims_about_counts_groups_and_their_members() -> None:
    assert {row["source"] for row in rows(named("claims-about").text, about="Ana Horvat")} == {"Gazette", "officials"}


def test_events_at_a_place() -> None:
    (row,) = rows(named("events-at").text, place="Elba")
    assert (row["trigger"], row["source"], row["begins"]) == ("rescued", "coast guard", None)


def test_timeline() -> None:
    found = rows(named("timeline").text, about="Ana Horvat")
    assert [(row["begins"], row["sentence"]) for row in found] == [
        ("2024-05-05", "Ana Horvat, spokeswoman of the Port Office, will resign on Sunday.")
    ]


def test_planned_and_denied() -> None:
    assert {row["trigger"] for row in rows(named("planned").text)} == {"resign"}
    assert {row["trigger"] for row in rows(named("denials").text)} == {"meet"}


def test_disagreements_and_omissions() -> None:
    assert {row["quote"] for row in rows(named("disagreements").text, type="polarity")} == {"meet", "met"}
    (row,) = rows(named("has-and-lacks").text, has="Gazette")
    assert (row["lacks"], row["quote"]) == ("Courier", "resign")
    assert rows(named("has-and-lacks").text, has="Courier") == []


def test_evidence_of_a_link() -> None:
    (row,) = rows(named("evidence").text, one="Ana Horvat", other="Port Office")
    assert row["relation"] == "spokespersonOf"


def test_every_named_query_runs() -> None:
    for one in named_queries().values():
        rows(one.text)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(QueryError, match="did you mean chain"):
        named("chian")


# --- forms ---------------------------------------------------------------------------------------------------

TABLE = "SELECT ?s ?label WHERE { ?s a kg:Place ; rdfs:label ?label } ORDER BY ?s"


def test_tables_in_every_form() -> None:
    for form in (*TABLE_FORMATS, "markdown"):
        assert b"Elba" in Rows(run(STORE, TABLE)).to_bytes(form)
    parsed = json.loads(Rows(run(STORE, TABLE)).to_bytes("json"))
    assert parsed["head"]["vars"] == ["s", "label"]
    lines = list(csv.reader(io.StringIO(Rows(run(STORE, TABLE)).to_bytes("csv").decode())))
    assert lines[0] == ["s", "label"]
    assert Rows(run(STORE, "ASK {}")).to_bytes("markdown") == b"yes\n"


def test_graphs_in_every_form() -> None:
    query = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }"
    for form in GRAPH_FORMATS:
        if form == "rdfxml":  # XML has no NUL, which one of the cases holds
            continue
        assert b"Elba" in Rows(run(STORE, query)).to_bytes(form)


@pytest.mark.parametrize(("query", "form"), [(TABLE, "turtle"), ("CONSTRUCT WHERE { ?s a kg:Place }", "csv")])
def test_forms_that_do_not_fit(query: str, form: str) -> None:
    with pytest.raises(QueryError, match="cannot be written as"):
        Rows(run(STORE, query)).to_bytes(form)


def test_a_frame_has_python_values() -> None:
    query = "SELECT (1 AS ?i) (1.5 AS ?d) (true AS ?b) ('x' AS ?t) (kg:Event AS ?u) ?none WHERE {}"
    frame = Rows(run(STORE, query)).frame()
    assert list(frame.columns) == ["i", "d", "b", "t", "u", "none"]
    assert frame.iloc[0].tolist()[:5] == [1, 1.5, True, "x", PREFIXES["kg"] + "Event"]


@given(st.text())
def test_a_markdown_cell_stays_a_cell(text: str) -> None:
    assert len(markdown(("a",), [(text,)]).rstrip("\n").split("\n")) == 3
    assert "<" not in markdown(("a",), [(text,)]).replace("\\<", "")


# --- named queries on large graphs -----------------------------------------------------------------------------


@pytest.mark.parametrize("attack", ['" } } DROP ALL #', "Elba} UNION {?s ?p ?o", "\\", '"""', "'", "a\nb", "\x07"])
def test_a_value_in_its_place_stays_a_value(attack: str) -> None:
    query = "SELECT ?m WHERE { VALUES ?about { UNDEF } ?m nif:anchorOf ?about }"
    assert rows(query, about=attack) == []
    assert [row["m"] for row in rows(query, about="Elba")] == [
        row["m"] for row in rows("SELECT ?m WHERE { ?m nif:anchorOf 'Elba' }")
    ]


def test_a_place_for_a_value_may_stay_empty_and_is_none_inside_a_string() -> None:
    query = "SELECT ?m ('VALUES ?m { UNDEF }' AS ?text) WHERE { VALUES ?x { UNDEF } ?m nif:anchorOf ?x } LIMIT 1"
    (row,) = rows(query)
    assert row["text"] == "VALUES ?m { UNDEF }"
    assert len(rows(query, m=f"<{row['m']}>")) == 1


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_a_named_query_for_fewer_things_says_a_part_of_it(name: str) -> None:
    one = named(name)
    everything, some = (rows(query.with_limit(most).text) for query, most in ((one, 10**6), (one, 1)))
    assert rows(one.text) == everything
    assert all(row in everything for row in some)
    assert len(some) <= len(everything)
