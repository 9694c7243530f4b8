"""The command line as a person and a program use it: real processes, exit codes, streams, hostile text."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.cli import main
from kg.cli.screen import json_text, line, safe
from tests.export.golden import comparison, readings
from tests.store.graphs import ALL, keep

VERBS = (
    "build", "add", "remove", "rebuild", "annotate", "export", "query", "view", "claims", "conflicts", "compare",
    "versions", "info", "explain", "same", "different", "gazetteer", "serve",
)  # fmt: skip


class Done(NamedTuple):
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


def kg(*arguments: str | Path, stdin: str = "") -> Done:
    """The command, in this process, with streams that are no terminal."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdout", "stderr")}
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in {**streams, "stdin": given}.items():
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    for stream in streams.values():
        stream.flush()
    texts = {name: stream.buffer.getvalue().decode() for name, stream in streams.items()}
    return Done(int(ended.value.code or 0), **texts)


def process(*arguments: str | Path, environment: dict[str, str] | None = None) -> Done:
    """The command as a process of its own."""
    done = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | (environment or {}),
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    keep(folder, ALL, comparison("planned-and-denied"))
    return folder


def test_help_names_every_verb() -> None:
    done = kg("--help")
    assert done.returncode == 0
    for verb in VERBS:
        assert f"  {verb} " in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str) -> None:
    done = kg(verb, "--help")
    assert done.returncode == 0
    assert "Usage: " in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["build"], ["build", "x"], ["query"], ["export", "x", "--to", "word"],
        ["claims", "x", "--since", "soon"],
        ["query", "x", "ASK {}", "--set", "novalue"],
    ],
)  # fmt: skip
def test_wrong_usage_is_2(arguments: Sequence[str]) -> None:
    done = kg(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("verb", ["info", "conflicts", "claims", "view", "export", "query", "rebuild"])
def test_a_graph_that_is_not_there_is_1(verb: str, tmp_path: Path) -> None:
    done = kg(verb, tmp_path / "gone", *(["ASK {}"] if verb == "query" else []))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "gone: is not there" in done.stderr


def test_the_road_from_texts_to_answers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The coast guard said two divers were rescued near Elba.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("build", tmp_path / "a.txt", tmp_path / "empty.txt", "-o", tmp_path / "g")
    assert done.returncode == 1
    assert done.stdout == f"{tmp_path / 'g'}: 1 article\n"
    assert done.stderr.startswith(f"kg: {tmp_path / 'empty.txt'}: ")
    done = kg("claims", tmp_path / "g", "--by", "coast guard", "--json")
    assert [claim["quote"] for claim in json.loads(done.stdout)] == ["two divers were rescued near Elba"]
    assert kg("export", tmp_path / "g", "-o", tmp_path / "x.nq").stdout == f"{tmp_path / 'x.nq'}\n"
    assert kg("export", tmp_path / "g").stdout == (tmp_path / "x.nq").read_text(encoding="utf-8")
    assert kg("remove", tmp_path / "g", "a.txt").returncode == 0
    assert json.loads(kg("info", tmp_path / "g", "--json").stdout)["articles"] == []


def test_annotate_writes_a_line_an_article_in_order(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(
        '{"id": "1", "text": "Ana met Ben."}\nnot json\n{"id": "2", "text": "Ben left."}\n', encoding="utf-8"
    )
    done = kg("annotate", tmp_path / "x.jsonl", "--json")
    assert done.returncode == 1
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one["article"]["id"] for one in found] == ["1", "2"]
    assert "x.jsonl:2" in done.stderr
    done = kg("annotate", "-", stdin="Ana met Ben.")
    assert json.loads(done.stdout)["text"] == "Ana met Ben."


def test_queries(graph: Path, tmp_path: Path) -> None:
    done = kg("query", graph, "chain", "--set", "type=kg:Rescue", "--csv")
    assert [row["source"] for row in csv.DictReader(io.StringIO(done.stdout))][2:] == ["Harbour TV", "coast guard"]
    (tmp_path / "q.rq").write_text("ASK { ?a a kg:Article }", encoding="utf-8")
    assert json.loads(kg("query", graph, tmp_path / "q.rq").stdout)["boolean"] is True
    assert kg("query", graph, "ASK {}", "--format", "table").stdout == "yes\n"
    done = kg(
        "query", graph, "CONSTRUCT { ?a rdfs:label ?b } WHERE { ?a a kg:Place ; rdfs:label ?b }", "--format", "turtle"
    )
    assert "Elba" in done.stdout
    assert {one["name"] for one in json.loads(kg("query", graph).stdout)} >= {"chain", "timeline"}


def test_a_malformed_query_gets_a_caret(graph: Path) -> None:
    done = kg("query", graph, "SELECT * WHERE { ?s ?p }")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("kg: 1:25: the query is malformed")
    assert done.stderr.splitlines()[1:] == ["SELECT * WHERE { ?s ?p }", " " * 24 + "^"]


def test_conflicts_keep_the_contract(graph: Path) -> None:
    (one,) = json.loads(kg("conflicts", graph, "--json").stdout)
    assert set(one) == {"type", "severity", "about", "explanation", "sides"}
    texts = {reading.article.iri: reading.article.text for reading in readings("planned-and-denied")}
    for side in one["sides"]:
        assert texts[side["article"]][side["start"] : side["end"]] == side["quote"]
        assert {"article", "publisher", "source", "start", "end", "quote", "value"} <= set(side)
    assert "polarity (high)" in kg("conflicts", graph).stdout


def test_compare_puts_articles_side_by_side(graph: Path) -> None:
    found = json.loads(kg("compare", graph, "--json").stdout)
    (story,) = found
    assert {one["publisher"] for one in story["articles"]} == {"Gazette", "Courier"}
    assert any(len(row["accounts"]) == 2 for row in story["events"])
    done = kg("compare", graph, "gazette.txt", "courier.txt", "--markdown")
    assert "|  | Gazette, 2024-05-02 | Courier |\n" in done.stdout
    assert kg("compare", graph, "nobody.txt").returncode == 1


def test_explain_says_why(graph: Path) -> None:
    done = kg("explain", graph, comparison("planned-and-denied").clusters[0].members[0])
    assert "the same agent" in done.stdout
    assert kg("explain", graph, "http://e/nothing").returncode == 1


def test_hostile_text_sends_nothing_to_the_terminal(graph: Path) -> None:
    for verb in (["claims"], ["info"], ["claims", "--json"], ["info", "--json"], ["query", "--format", "table"]):
        extra = ["SELECT ?t { ?a nif:isString ?t }"] if verb[0] == "query" else []
        done = kg(verb[0], graph, *extra, *verb[1:])
        assert done.returncode == 0, done.stderr
        assert not {"\x1b", "\x00", "\u202e", "\u202c", "\x9b"} & set(done.stdout)


def test_control_characters_are_shown() -> None:
    assert safe("a\x1b[31m\u202eb\x9b\ud800") == "a\\x1b[31m\\u202eb\\x9b\\ud800"
    assert line("a\n\n b\tc") == "a b c"
    hostile = "\x1b\u202e\x9b\U000e0041\ud800"
    assert json.loads(json_text(hostile)) == hostile
    assert json_text(hostile).isascii()


def test_no_traceback_without_debug(graph: Path) -> None:
    manifest = next((graph / "store").glob("g*/manifest.json"))
    kept = manifest.read_bytes()
    manifest.write_bytes(b"{")
    try:
        plain, told = kg("info", graph), kg("info", graph, "--debug")
    finally:
        manifest.write_bytes(kept)
    assert plain.returncode == told.returncode == 1
    assert "Traceback" not in plain.stderr
    assert "Traceback" in told.stderr


def test_a_poor_terminal_still_gets_an_answer(graph: Path) -> None:
    done = process("claims", graph, environment={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.returncode == 0
    assert "\\u201c" in done.stdout


def test_a_reader_that_leaves_early_is_no_error(graph: Path) -> None:
    command = f'"{sys.executable}" -m kg export "{graph}" | head -c 100'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert done.stderr == ""


def test_a_named_query_that_stops_early_says_so(tmp_path: Path) -> None:
    keep(tmp_path / "g", ALL)
    whole = kg("query", tmp_path / "g", "chain", "--csv")
    assert whole.stderr == ""
    for form in ("json", "csv", "tsv", "xml", "markdown", "table"):
        part = kg("query", tmp_path / "g", "chain", "--format", form, "--limit", "1")
        assert "found 1 things and looked no further" in part.stderr
    assert len(kg("query", tmp_path / "g", "chain", "--csv", "--limit", "1").stdout) < len(whole.stdout)
