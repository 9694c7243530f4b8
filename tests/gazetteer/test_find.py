"""Names found in a text, and what is asked about rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SeedError
from kg.gazetteer import Gazetteer, Table, default, open_gazetteer, parse_row
from kg.gazetteer.build import build
from kg.gazetteer.row import row_cells
from kg.gazetteer.table import read_table

HEADER = "label\tkind\tclass\tqid\taliases\tdemonyms\tcountry\tmetonyms\toffices\tdomain\tgeonames\tlat\tlon\tprior\n"
ROWS = """\
Norland\tplace\tstate\tQ900000001\tKingdom of Norland|N.L.\tNorlander|Norlanders\t\t\t\t\t\t1.5\t2\t
Government of Norland\torganization\tgovernment\t\t\t\tNorland\tPort Orm\t\t\t\t\t\t
Red House\torganization\tpresidency\t\tthe Red House\t\tNorland\t\t\tredhouse.example\t\t\t\t
Port Orm\tplace\tcapital\tQ900000007\t\t\tQ900000001\t\t\t\t\t\t\t
Ada Orm\tperson\tpolitician\tQ900000003\tOrm\t\tNorland\t\tpresident@Norland@2015-03@2019\t\t\t\t\t2
Bo de la Orm\tperson\tpolitician\t\t\t\tNorland\t\tpresident@Norland@2020-01-01@\t\t\t\t\t
Orm\tplace\tisland\t\t\t\tNorland\t\t\t\t\t\t\t
People's Voice!\torganization\toutlet\t\t\t\t\t\t\tvoice.example\t\t\t\t
"""


@pytest.fixture(params=["table", "index"])
def gazetteer(request: pytest.FixtureRequest, tmp_path: Path) -> Gazetteer:
    """The same rows in memory and in a built index: they must answer alike."""
    table = tmp_path / "rows.tsv"
    table.write_text(HEADER + ROWS, encoding="utf-8")
    if request.param == "table":
        return read_table(table)
    build(table, tmp_path / "rows.kg")
    return open_gazetteer(tmp_path / "rows.kg")


@pytest.mark.parametrize(("text", "names"), [
    ("Norland and the Kingdom of Norland", ["Norland", "Kingdom of Norland"]),
    ("a Norland-based firm, Norland's army, (Norland)", ["Norland", "Norland", "Norland"]),
    ("Norlandia, norland, NORLAND, xNorland", []),
    ("from the N.L. Then N.L.", ["N.L.", "N.L."]),
    ("the Red House said; Red House staff", ["the Red House", "Red House"]),
    ("Port\n  Orm", ["Port\n  Orm"]),
    ("People’s Voice! wrote", ["People’s Voice!"]),
    ("Bo de la Orm met Ada Orm.", ["Bo de la Orm", "Ada Orm"]),
    ("Ada. Orm", ["Orm"]),
    ("", []),
])
def test_whole_words_the_longest_first(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    found = gazetteer.find(text)
    assert [text[match.start : match.end] for match in found] == names


def test_one_name_of_several_things(gazetteer: Gazetteer) -> None:
    (match,) = gazetteer.find("in Orm")
    assert [(row.label, sense.how) for row, sense in zip(match.rows, match.senses, strict=True)] == [
        ("Orm", "label"), ("Ada Orm", "alias"),
    ]
    assert [(sense.row.label, sense.how) for sense in gazetteer.lookup("Port Orm")] == [
        ("Port Orm", "label"), ("Government of Norland", "metonym"),
    ]
    assert gazetteer.lookup("Norlanders")[0].how == "demonym"


def test_who_and_what_of_a_country(gazetteer: Gazetteer) -> None:
    for country in ("Norland", "Q900000001", "Kingdom of Norland"):
        asked = (gazetteer.government(country), gazetteer.presidency(country), gazetteer.capital(country))
        assert [row.label if row else None for row in asked] == ["Government of Norland", "Red House", "Port Orm"]
    assert gazetteer.capital("Elsewhere") is None


@pytest.mark.parametrize(("date", "names"), [
    ("2015-02-28", []), ("2015-03-01", ["Ada Orm"]), ("2019-12-31", ["Ada Orm"]), ("2020-01-01", ["Bo de la Orm"]),
    ("2031-01-01", ["Bo de la Orm"]), (None, ["Bo de la Orm", "Ada Orm"]),
])
def test_who_held_an_office(gazetteer: Gazetteer, date: str | None, names: list[str]) -> None:
    assert [row.label for row in gazetteer.by_office("President", "Norland", date)] == names


def test_domains_with_what_is_under_them(gazetteer: Gazetteer) -> None:
    for host in ("voice.example", "www.voice.example", "news.VOICE.example"):
        row = gazetteer.by_domain(host)
        assert row is not None
        assert row.label == "People's Voice!"
    assert gazetteer.by_domain("example") is None


@pytest.mark.parametrize(("row", "told"), [
    ("\tperson", "label is empty"), ("X\tship", "'ship' is not a kind"), ("X\tperson\t\t42", "not a Wikidata id"),
    ("X\tplace" + "\t" * 9 + "\t91", "lat '91' is not a number"), ("X\tperson" + "\t" * 7 + "mayor", "not of the form"),
    ("X\tperson" + "\t" * 7 + "mayor@Elba@99", "is not a date"), ("X\tperson" + "\t" * 20, "label is empty"),
])
def test_a_broken_row_is_told_with_its_line_and_skipped(tmp_path: Path, row: str, told: str) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(f"# a comment\n{HEADER}{row}\nNorland\tplace\n", encoding="utf-8")
    table = read_table(path)
    assert [row.label for row in table.rows] == ["Norland"]
    assert len(table.problems) == 1
    assert table.problems[0].startswith(f"{path}:3: ")
    assert told in table.problems[0]


def test_a_row_goes_into_cells_and_back() -> None:
    for row in default().rows:
        assert parse_row(row_cells(row)) == row


def test_the_seeds_have_no_broken_row() -> None:
    assert default().problems == ()


def test_a_table_without_labels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("kind\tqid\nperson\tQ1\n", encoding="utf-8")
    with pytest.raises(SeedError, match="name the columns"):
        read_table(tmp_path / "x.tsv")


def test_an_empty_table_finds_nothing() -> None:
    assert Table([]).find("Norland") == []
