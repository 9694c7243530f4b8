"""Indexes from other people's knowledge: whole, truncated, broken and resumed inputs."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SeedError
from kg.gazetteer import Index, open_gazetteer, using
from kg.gazetteer.build import Progress, build
from kg.gazetteer.writer import Writer

Json = dict[str, Any]


def value(name: str, kind: str, data: object, **qualifiers: str) -> Json:
    statement: Json = {
        "mainsnak": {"snaktype": "value", "property": name, "datavalue": {"value": data, "type": kind}},
        "type": "statement", "rank": "normal",
    }
    for prop, time in qualifiers.items():
        told = {"value": {"time": f"+{time}T00:00:00Z", "precision": 11}, "type": "time"}
        statement.setdefault("qualifiers", {})[prop] = [{"snaktype": "value", "property": prop, "datavalue": told}]
    return statement


def entity_id(qid: str) -> Json:
    return {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}


def item(qid: str, label: str, classes: list[str], links: int = 10, **more: Any) -> Json:
    claims = {"P31": [value("P31", "wikibase-entityid", entity_id(cls)) for cls in classes]}
    return {
        "type": "item", "id": qid, "labels": {"en": {"language": "en", "value": label}},
        "aliases": {"en": [{"language": "en", "value": name} for name in more.pop("aliases", [])]},
        "descriptions": {}, "claims": claims | more.pop("claims", {}),
        "sitelinks": {f"x{n}wiki": {"site": f"x{n}wiki", "title": label, "badges": []} for n in range(links)},
    }


EARTH = "http://www.wikidata.org/entity/Q2"

# places and people of our own making: no real id stands for them
LAND = item("Q900000001", "Norland", ["Q6256"], claims={
    "P1549": [value("P1549", "monolingualtext", {"text": "Norlander", "language": "en"})],
    "P625": [value("P625", "globecoordinate", {"latitude": 12.5, "longitude": -3.25, "globe": EARTH})],
    "P1566": [value("P1566", "external-id", "12345")],
})
OFFICE = item("Q900000002", "President of Norland", ["Q294414"], links=0)
PERSON = item("Q900000003", "Ada Orm", ["Q5"], aliases=["A. Orm", "Orm | Ada"], claims={
    "P17": [value("P17", "wikibase-entityid", entity_id("Q900000001"))],
    "P39": [value("P39", "wikibase-entityid", entity_id("Q900000002"), P580="2015-03-01", P582="2019-12-31")],
})
PAPER = item("Q900000004", "Norland Herald", ["Q900000009"], claims={
    "P856": [value("P856", "string", "https://www.herald.example/")],
})
SUBCLASS = item("Q900000009", "weekly of a small town", [], links=0, claims={
    "P279": [value("P279", "wikibase-entityid", entity_id("Q11032"))],
})
OBSCURE = item("Q900000005", "Nobody Known", ["Q5"], links=1)
ITEMS = [LAND, OFFICE, PERSON, PAPER, SUBCLASS, OBSCURE]


def dump_bytes(items: list[Json], broken: str | None = None) -> bytes:
    lines = [json.dumps(each, separators=(",", ":")) for each in items]
    if broken is not None:
        lines.insert(1, broken)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "dump.json": bytes, "dump.json.gz": lambda data: gzip.compress(data, mtime=0), "dump.json.bz2": bz2.compress,
}


@pytest.mark.parametrize("name", PACKED)
def test_a_dump_in_its_real_form(tmp_path: Path, name: str) -> None:
    dump = tmp_path / name
    dump.write_bytes(PACKED[name](dump_bytes(ITEMS)))
    made = build(dump, tmp_path / "names.kg")
    assert (made.rows, made.partial, made.skipped) == (2, False, 0)
    index = open_gazetteer(tmp_path / "names.kg")
    found = index.find("President A. Orm, a Norlander, left Norland; Nobody Known saw the Norland Herald.")
    assert [(match.name, match.how, match.rows[0].qid) for match in found] == [
        ("A. Orm", "alias", "Q900000003"), ("Norlander", "demonym", "Q900000001"),
        ("Norland", "label", "Q900000001"), ("Norland", "label", "Q900000001"),
    ]
    land = index.row("Norland", "place")
    assert land is not None
    assert (land.lat, land.lon, land.geonames, land.cls) == (12.5, -3.25, "12345", "state")
    assert [row.label for row in index.by_office("president", "Norland", "2019-12-31")] == ["Ada Orm"]
    assert index.by_office("president", "Norland", "2020-01-01") == ()
    assert not (tmp_path / "names.kg.part").exists()


def test_classes_below_a_known_class_when_asked(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(dump_bytes(ITEMS))
    build(dump, tmp_path / "names.kg", subclasses=True)
    outlet = open_gazetteer(tmp_path / "names.kg").by_domain("news.herald.example")
    assert outlet is not None
    assert (outlet.label, outlet.kind, outlet.cls) == ("Norland Herald", "organization", "outlet")


def test_sitelinks_decide_who_is_known(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(dump_bytes(ITEMS))
    build(dump, tmp_path / "names.kg", min_sitelinks=1)
    assert open_gazetteer(tmp_path / "names.kg").row("Nobody Known") is not None


@pytest.mark.parametrize(
    ("name", "cut"), [("dump.json", 40), ("dump.json.gz", 30), ("dump.json.bz2", 20), ("dump.json", 2)]
)
def test_a_truncated_dump_leaves_an_index_that_says_so(tmp_path: Path, name: str, cut: int) -> None:
    many = [item(f"Q9100{n:05d}", f"Town {n} of Norland", ["Q515"]) for n in range(3000)]
    dump = tmp_path / name
    dump.write_bytes(PACKED[name](dump_bytes([LAND, *many]))[:-cut])
    made = build(dump, tmp_path / "names.kg")
    assert made.partial
    assert "ended early" in made.why
    index = Index(tmp_path / "names.kg")
    assert index.partial
    assert "is partial" in index.problems[0]
    if not name.endswith("bz2"):  # bzip2 gives whole blocks only
        assert index.row("Norland") is not None


@pytest.mark.parametrize("broken", ["{", '{"type":"item","id":"Q1","labels":7}', "\u0000\u0000", "[1,2]"])
def test_a_broken_line_is_told_and_skipped(tmp_path: Path, broken: str) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(dump_bytes(ITEMS, broken))
    made = build(dump, tmp_path / "names.kg", min_sitelinks=0)
    assert made.rows >= 2
    assert made.skipped == len(made.problems) == 1
    assert made.problems[0].startswith(f"{dump}:3: ")


def test_a_stopped_build_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("kg.gazetteer.build"), "_SETTLE", 100)
    many = [item(f"Q9100{n:05d}", f"Town {n} of Norland", ["Q515"]) for n in range(1000)]
    dump, output = tmp_path / "dump.json.gz", tmp_path / "names.kg"
    dump.write_bytes(gzip.compress(dump_bytes(many)))

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(progress: Progress) -> None:
        if progress.lines >= 500:
            raise Stopped

    with pytest.raises(Stopped):
        build(dump, output, progress=stop)
    assert not output.exists()
    assert output.with_name("names.kg.part").exists()
    made = build(dump, output)
    assert made.resumed == 500
    assert made.rows == 1000
    whole = tmp_path / "whole.kg"
    build(dump, whole)
    assert output.read_bytes() == whole.read_bytes()


def test_other_choices_begin_anew(tmp_path: Path) -> None:
    dump, output = tmp_path / "dump.json", tmp_path / "names.kg"
    dump.write_bytes(dump_bytes(ITEMS))
    half = Writer(output, "another input")
    half.checkpoint(4)
    half.close()
    assert build(dump, output).resumed == 0


def test_a_foreign_table(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(
        "qid,label,aliases,demonyms,type,description,iso2,iso3,geonames_id,country_qid,roles,sources\n"
        "Q900000001,Norland,Kingdom of Norland,Norlander,country,a land,NL,NLD,12345,,,ours\n"
        "Q900000003,Ada Orm,Orm,,person,,,,,Q900000001,"
        "Foreign Minister of Norland [Q900000002] 2015/2019-12-31 ; Mayor 2002-05/,ours\n"
        "Qx,Broken,,,person,,,,,,,ours\n"
        "Q900000006,Norland Council,,,org:igo,,,,,,,ours\n"
        ",Thing,,,gadget,,,,,,,ours\n",
        encoding="utf-8",
    )
    made = build(table, tmp_path / "names.kg")
    assert (made.rows, made.skipped) == (3, 2)
    assert [problem.split(": ")[0].rsplit(":", 1)[1] for problem in made.problems] == ["4", "6"]
    for gazetteer in (open_gazetteer(tmp_path / "names.kg"), open_gazetteer(table)):
        for title, place in (("foreign minister", "Kingdom of Norland"), ("mayor", "Norland")):
            assert [row.label for row in gazetteer.by_office(title, place, "2019-06-01")] == ["Ada Orm"]
        council = gazetteer.row("Norland Council")
        assert council is not None
        assert council.cls == "international-body"


def test_skos(tmp_path: Path) -> None:
    thesaurus = tmp_path / "things.ttl"
    thesaurus.write_text(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix x: <https://example.org/> .
        x:a a skos:Concept, schema:Person ; skos:prefLabel "Ada Orm"@en, "Ada Ormova"@cs ; skos:altLabel "Orm"@en-GB ;
          owl:sameAs <http://www.wikidata.org/entity/Q900000003> .
        x:b a skos:Concept ; skos:prefLabel "White Paper" .
        """,
        encoding="utf-8",
    )
    build(thesaurus, tmp_path / "names.kg")
    index = open_gazetteer(tmp_path / "names.kg")
    found = index.find("Orm wrote the White Paper; Ada Ormova did not.")
    assert [(match.name, match.rows[0].kind, match.rows[0].qid) for match in found] == [
        ("Orm", "person", "Q900000003"), ("White Paper", "other", None),
    ]


def test_used_beside_the_default(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(dump_bytes(ITEMS))
    build(dump, tmp_path / "names.kg")
    with using([tmp_path / "names.kg"]) as gazetteer:
        assert [match.name for match in gazetteer.find("Ada Orm flew to Moscow.")] == ["Ada Orm", "Moscow"]


@pytest.mark.parametrize(("name", "content", "told"), [
    ("missing.json", None, "cannot be opened"), ("empty.csv", b"", "no row"), ("bad.ttl", b"x:a a .", "cannot be read"),
    ("x.csv", b"a,b\n1,2\n", "must name the columns"), ("x.tsv", b"label\tkind\n\xff\xfe\tperson\n", "UTF-8"),
])
def test_an_input_that_cannot_be_used(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SeedError, match=told):
        build(tmp_path / name, tmp_path / "names.kg")
    assert [path.name for path in tmp_path.iterdir() if path.name != name] == []


def test_a_file_that_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "x.kg").write_bytes(b"SQLite format 3\x00 and then nothing of the kind" * 100)
    with pytest.raises(SeedError, match="not a gazetteer"):
        Index(tmp_path / "x.kg")


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(dump_bytes(ITEMS))
    with pytest.raises(SeedError, match="cannot be written"):
        build(dump, tmp_path / "no such folder" / "names.kg")


def test_a_dump_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "dump.json.gz").write_bytes(b"this was never compressed")
    with pytest.raises(SeedError, match=r"no row that could be used; dump\.json\.gz ended early"):
        build(tmp_path / "dump.json.gz", tmp_path / "names.kg")
    assert [path.name for path in tmp_path.iterdir()] == ["dump.json.gz"]
