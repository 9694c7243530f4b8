"""The distributed engine gives the quads of the local one, whatever its parts, its source and its losses."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

import kg
from kg.errors import InputError, KgError
from kg.identify.curation import Curation
from kg.scale.spark import build
from tests.bench.corpus import records, texts, write
from tests.read.test_formats import archive

pyspark = pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, which is not here")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Two workers, which try a lost part again as a cluster does."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    made = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.codegen.wholeStage", "false")  # these two: compiling takes longer than so few rows
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .getOrCreate()
    )
    yield made
    made.stop()


def quads(folder: Path) -> set[bytes]:
    """All shards of a build."""
    return {line for part in folder.glob("a*/part-*") for line in part.read_bytes().split(b"\n") if line}


def local(source: Path, folder: Path) -> set[bytes]:
    """The quads of the local engine."""
    kg.build([source], folder)
    with kg.open(folder) as graph:
        return set(graph.export("nquads").split(b"\n")) - {b""}


def corpus(path: Path) -> Path:
    """Several stories, a reprint, the same bytes twice under two ids, people under surnames alone, broken records."""
    told = [*records(10), *records(10, start=600), *records(5, start=9000)]
    told.append({**told[3], "id": "reprint", "publisher": "Evening Echo", "published": "2031-01-01"})
    told.append({"id": "full", "text": "Karin Ostberg met Boris Jansen in Oslo on Monday. They spoke for an hour."})
    for number in range(2):
        text = f"Minister Ostberg met Boris Jansen in Oslo on Monday, a police spokesman said. Report {number}."
        told.append({"id": f"bare-{number}", "text": text})
    lines = [json.dumps(record, ensure_ascii=False) for record in told]
    path.write_text("\n".join([*lines, lines[5], '{"id": "broken"}', '{"text": "No id."}', "{", ""]), encoding="utf-8")
    return path


def test_two_workers_give_the_quads_of_the_local_engine(session: Any, tmp_path: Path) -> None:
    source = corpus(tmp_path / "news.jsonl")
    built = build(str(source), str(tmp_path / "out"), session=session)
    assert built.articles == 29
    assert [error.split(": ", 1)[1][:22] for error in built.errors] == [
        "a record lacks an 'id'", "is not JSON: Expecting", "lacks the field 'text'",
    ]  # fmt: skip
    good = tmp_path / "good.jsonl"
    good.write_text("".join(f"{line}\n" for line in source.read_text().splitlines() if '"id"' in line))
    expected = local(good, tmp_path / "graph")
    found = quads(tmp_path / "out")
    assert found - expected == set()
    assert expected - found == set()
    for kind in (b"EventCluster", b"EntityCluster", b"Story>", b"Omission", b"Disagreement>", b"Promotion"):
        assert any(kind in line for line in found), f"the corpus has no {kind.decode()}"
    assert not (tmp_path / "out/work").exists()
    store = Store()
    for shard in sorted((tmp_path / "out").glob("a*/part-*")):
        store.bulk_load(path=str(shard), format=RdfFormat.N_QUADS)
    assert len(store) == len(expected), "shards load as they are"
    readings = session.read.parquet(str(tmp_path / "out/readings"))
    assert readings.columns == ["iri", "id", "reading"]
    assert readings.count() == built.articles
    with pytest.raises(KgError, match="exists already"):
        build(str(source), str(tmp_path / "out"), session=session)


def own_lines(source: Path) -> set[bytes]:
    """What the articles of a source say each alone, read by the local engine."""
    from kg.export.rdf import own_lines

    readings = [reading for reading in kg.readings([source]) if not isinstance(reading, InputError)]
    return {line.encode().rstrip(b"\n") for one in readings for line in own_lines(one)}


def test_parquet_is_read_as_by_the_local_engine(session: Any, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    from pyarrow import parquet

    told = [
        {**record, "published": datetime(2024, 1, 5, 9, 30, tzinfo=UTC), "authors": ["A", "B"], "score": 0.5}
        for record in records(4)
    ]
    source = tmp_path / "news.parquet"
    parquet.write_table(arrow.Table.from_pylist(told), source)
    assert build(str(source), str(tmp_path / "out"), across=False, session=session).articles == 4
    assert quads(tmp_path / "out") == own_lines(source)


def test_web_archives_are_read_as_by_the_local_engine(session: Any, tmp_path: Path) -> None:
    (tmp_path / "crawl").mkdir()
    for number, text in enumerate(texts(4)):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n")[1:])
        page = f"<html><head><title>{text.splitlines()[0]}</title></head><body><article>{body}</article></body></html>"
        content = archive((f"https://x.example/{number}", "text/html", page.encode()))
        (tmp_path / f"crawl/{number}.warc.gz").write_bytes(content)
    pattern = f"{tmp_path}/crawl/*.warc.gz"
    assert build(pattern, str(tmp_path / "out"), across=False, session=session).articles == 4
    assert quads(tmp_path / "out") == own_lines(tmp_path / "crawl")


@pytest.mark.parametrize("name", ["none.jsonl", "none.parquet", "none.warc.gz"])
def test_a_source_that_is_not_there_is_told(session: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=name):
        build(str(tmp_path / name), str(tmp_path / "out"), session=session)
    assert not (tmp_path / "out").exists()


def test_a_curator_is_obeyed(session: Any, tmp_path: Path) -> None:
    from kg.compare import compare
    from kg.export.across import identity_lines, link_lines
    from kg.identify import identify

    source = corpus(tmp_path / "news.jsonl")
    source.write_text("".join(source.read_text().splitlines(keepends=True)[:29]))
    readings = [reading for reading in kg.readings([source]) if not isinstance(reading, InputError)]
    clusters = identify(readings)
    events = next(cluster for cluster in clusters if cluster.kind == "event" and len(cluster.members) > 2)
    people = next(cluster for cluster in clusters if cluster.kind == "entity" and cluster.method == "surname")
    lone = sorted({event.iri for r in readings for event in r.events} - {m for c in clusters for m in c.members})
    rules = Curation(
        different=frozenset({frozenset(events.members[:2]), frozenset(people.members[:2])}),
        same=frozenset({frozenset(lone[:2])}),
        ignore=frozenset(lone[2:3]),
    )
    ruled = compare(readings, identify(readings, rules))
    assert ruled.clusters != clusters
    build(str(source), str(tmp_path / "out"), curation=rules, session=session)
    expected = {line.encode().rstrip(b"\n") for line in (*identity_lines(ruled), *link_lines(ruled))}
    assert expected <= quads(tmp_path / "out")


# --- losses ------------------------------------------------------------------------------------------------


def workers() -> dict[int, float]:
    """The Python workers of Spark below this process, and the processor seconds that each has used. They are children
    of a daemon of the same command, which is a child of the Java machine."""
    commands, parents, seconds = {}, {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            commands[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        seconds[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def above(pid: int) -> Iterator[int]:
        while pid in parents:
            pid = parents[pid]
            yield pid

    daemons = {pid for pid, command in commands.items() if "pyspark" in command and "daemon" in command}
    return {pid: seconds[pid] for pid in daemons if parents[pid] in daemons and os.getpid() in above(pid)}


def test_a_killed_worker_changes_nothing(session: Any, tmp_path: Path) -> None:
    source = write(tmp_path / "news.jsonl", 40)
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        """The first worker that is in the midst of reading, then one of a later stage."""
        before = workers()
        while not over.wait(0.02) and len(killed) < 2:
            stage = tmp_path / ("out/work/read" if not killed else "out/work/near")
            busy = [
                pid for pid, spent in workers().items() if spent - before.get(pid, 0.0) > (0.5 if not killed else 0.0)
            ]
            if stage.exists() and busy:
                os.kill(busy[0], signal.SIGKILL)
                killed.append(busy[0])

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        build(str(source), str(tmp_path / "out"), session=session)
    finally:
        over.set()
        killer.join()
    assert len(killed) == 2
    assert quads(tmp_path / "out") == local(source, tmp_path / "graph")


@pytest.mark.parametrize("at_once", [0, 1000])
def test_components_are_those_of_one_machine(session: Any, tmp_path: Path, at_once: int) -> None:
    from kg.identify.unions import Unions
    from kg.scale.spark.components import components
    from kg.scale.spark.tables import Tables

    chain = [(f"c{n:03}", f"c{n + 1:03}") for n in range(20)]
    star = [("s000", f"s{n:03}") for n in range(1, 20)] + [("s019", "a")]
    pairs = [*chain[::-1], *star, ("x", "x"), ("y", "z"), ("z", "y")]
    unions = Unions()
    for pair in pairs:
        unions.join(*pair)
    tables = Tables(session, str(tmp_path / "work"))
    table = session.createDataFrame(pairs, "item string, other string")
    made = components(tables, "test", table, at_once=at_once)
    expected = {(item, group[0]) for group in unions.groups() for item in group}
    rows = [(row.item, row.root) for row in made.collect()]
    assert set(rows) == expected
    assert len(rows) == len(expected)
