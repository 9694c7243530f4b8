"""The store on disk: whole after every build, the same however it was reached, one writer, many readers."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from kg.compare import compare
from kg.errors import StoreError
from kg.identify import identify
from kg.ids import mint
from kg.model import Comparison, Reading
from kg.store import codec
from kg.store.build import read_through
from kg.store.folder import Folder
from kg.store.graph import KnowledgeGraph
from kg.vocab import GRAPH
from tests.export.golden import comparison
from tests.store.graphs import ALL, keep


def nquads(directory: Path) -> bytes:
    with KnowledgeGraph(directory) as graph:
        return graph.export("nquads")


@pytest.mark.parametrize("reading", ALL, ids=lambda reading: reading.article.sha256[:6])
def test_readings_come_back_as_they_were(reading: Reading) -> None:
    assert codec.decode_reading(codec.encode(reading)) == reading


def test_a_damaged_reading_is_told() -> None:
    packed = codec.encode(ALL[0])
    for broken in (packed[:-5], b"", b"x" + packed, codec.encode(Comparison())):
        with pytest.raises(StoreError, match="damaged"):
            codec.decode_reading(broken)


def test_a_key_changes_with_text_metadata_and_program() -> None:
    from dataclasses import replace

    article = ALL[0].article
    keys = {
        codec.key(article, "f"),
        codec.key(article, "g"),
        codec.key(replace(article, text=article.text + "."), "f"),
        codec.key(replace(article, publisher="Another"), "f"),
    }
    assert len(keys) == 4


def test_the_graph_is_what_was_kept(tmp_path: Path) -> None:
    keep(tmp_path, ALL, compared=comparison("planned-and-denied"))
    with KnowledgeGraph(tmp_path) as graph:
        corpus = graph.corpus()
        assert list(corpus.readings) == ALL
        assert corpus.comparison == comparison("planned-and-denied") == graph.comparison
        assert graph.conflicts()


@pytest.mark.parametrize("seed", range(4))
def test_changes_lead_to_the_same_bytes_as_a_new_build(tmp_path: Path, seed: int) -> None:
    """Add, remove and replace articles in any order: the graph is that of the articles it holds."""
    chance = random.Random(seed)  # noqa: S311
    many = [_numbered(number) for number in range(12)]
    held = many[:10]
    keep(tmp_path / "a", held, compare(held, identify(held)))
    facts = 0
    for _ in range(4):
        held = [reading for reading in held if chance.random() > 0.15] + chance.sample(many, 1)
        held = list({reading.article.iri: reading for reading in held}.values())
        keep(tmp_path / "a", held, compare(held, identify(held)))
        chance.shuffle(held)
        keep(tmp_path / "b", held, compare(held, identify(held)), anew=True)
        assert nquads(tmp_path / "a") == nquads(tmp_path / "b")
        facts += nquads(tmp_path / "a").count(b"#Promotion>")
    assert facts  # and not as there were none


@pytest.mark.parametrize("lost", [True, False])
def test_a_change_to_a_damaged_graph_is_the_same_graph(tmp_path: Path, lost: bool) -> None:
    many = [_numbered(number) for number in range(8)]
    keep(tmp_path / "a", many[:7], compare(many[:7], identify(many[:7])))
    (path,) = (tmp_path / "a" / "store").glob("g*/comparison")
    if lost:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-4] + b"gone")
    for place in "ab":
        keep(tmp_path / place, many, compare(many, identify(many)))
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b")


def _numbered(number: int) -> Reading:
    """Another article: all that is its own has other IRIs, what it shares with others has not."""
    text = msgspec.json.encode(ALL[number % len(ALL)]).decode()
    own = re.compile(r"(newskg/id/\w+/)([0-9a-f]{16})")
    return msgspec.json.decode(own.sub(lambda iri: iri[1] + mint("", "x", iri[2], number)[-16:], text), type=Reading)


def test_identity_of_the_order_of_articles(tmp_path: Path) -> None:
    keep(tmp_path / "a", ALL)
    keep(tmp_path / "b", ALL[::-1])
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b")


def test_only_the_record_of_builds_knows_a_clock(tmp_path: Path) -> None:
    keep(tmp_path, ALL)
    before = nquads(tmp_path)
    keep(tmp_path, ALL)
    with KnowledgeGraph(tmp_path) as graph:
        assert graph.export("nquads") == before
        runs = [quad for quad in graph.quads(runs=True) if quad.graph_name == GRAPH.runs]
        assert len({quad.subject for quad in runs}) == 2
        assert GRAPH.runs.value.encode() not in before


def test_a_reader_stays_on_its_generation(tmp_path: Path) -> None:
    keep(tmp_path, ALL[:1])
    with KnowledgeGraph(tmp_path) as old:
        first = old.export("nquads")
        keep(tmp_path, ALL)
        keep(tmp_path, ALL[1:])
        assert old.export("nquads") == first
        assert [reading.article.iri for reading in old.readings()] == [ALL[0].article.iri]
        with KnowledgeGraph(tmp_path) as new:
            assert new.export("nquads") != first
    keep(tmp_path, ALL[1:])
    assert len(list((tmp_path / "store").glob("g*"))) == 1


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    with Folder(tmp_path).writing():
        started = time.monotonic()
        with pytest.raises(StoreError, match="another program"), Folder(tmp_path).writing():
            pass
        assert time.monotonic() - started < 1


def test_a_folder_that_is_no_graph_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="not empty"), Folder(tmp_path).writing():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(StoreError, match="not a graph"):
        KnowledgeGraph(tmp_path)
    with pytest.raises(StoreError, match="not there"):
        KnowledgeGraph(tmp_path / "nowhere")


def test_a_graph_of_another_format_is_told(tmp_path: Path) -> None:
    keep(tmp_path, ALL[:1])
    manifest = next((tmp_path / "store").glob("g*/manifest.json"))
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format":1', '"format":99'), encoding="utf-8")
    with pytest.raises(StoreError, match="format 99"):
        KnowledgeGraph(tmp_path)
    keep(tmp_path, ALL[:1])
    assert nquads(tmp_path)


def test_cached_readings_are_not_made_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    asked: list[str] = []

    def steps(articles):  # type: ignore[no-untyped-def]
        for article in articles:
            asked.append(article.iri)
            yield codec.encode(next(reading for reading in ALL if reading.article == article))

    with folder.writing():
        first = dict(read_through(folder, [reading.article for reading in ALL], "f", steps))
        assert len(asked) == len(ALL)
        again = dict(read_through(folder, [reading.article for reading in ALL], "f", steps))
        assert again == first
        assert len(asked) == len(ALL)
        dict(read_through(folder, [ALL[0].article], "g", steps))
        assert len(asked) == len(ALL) + 1


KILLED = """
import sys
from pathlib import Path
from tests.store.graphs import ALL, keep
keep(Path(sys.argv[1]), ALL[:1])
print("ready", flush=True)
number = 0
while True:
    keep(Path(sys.argv[1]), ALL if number % 2 else ALL[:1])
    number += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_killed_at_any_moment_the_graph_is_the_old_or_the_new(tmp_path: Path) -> None:
    keep(tmp_path / "one", ALL[:1])
    keep(tmp_path / "all", ALL)
    whole = {nquads(tmp_path / "one"), nquads(tmp_path / "all")}
    chance = random.Random(7)  # noqa: S311
    for _ in range(int(os.environ.get("KG_KILLS", "5"))):
        command = [sys.executable, "-c", KILLED, str(tmp_path / "g")]
        program = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603  ourselves
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        time.sleep(chance.random() * 0.4)
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
        assert nquads(tmp_path / "g") in whole
    keep(tmp_path / "g", ALL)
    assert nquads(tmp_path / "g") == nquads(tmp_path / "all")
    assert len(list((tmp_path / "g" / "store").glob("g*"))) == 1


def test_the_dataset_keeps_claims_out_of_its_default_graph(tmp_path: Path) -> None:
    keep(tmp_path, ALL)
    with KnowledgeGraph(tmp_path) as graph:
        dataset = graph.dataset()
        assert not dataset.default_union
        assert not list(dataset.query("SELECT ?e { ?e kg:lemma ?l }"))
        assert len(list(dataset.query("SELECT ?e { GRAPH ?g { ?e kg:lemma ?l } }"))) == sum(len(r.events) for r in ALL)
