"""The distributed engine gives the quads of the local one, whatever its parts, its source and its losses."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import InputError, KgError
from kg.identify.curation import Curation
from kg.scale.spark import build
from tests.bench.corpus import records, texts, write

pyspark = pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, which is not here")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Two workers, which try a lost part again as a cluster does."""
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
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
    for number in range(2):
        told += [
            {"id": f"full-{number}", "text": f"Karin Orlov met Boris Jansen in Oslo on Monday. Report {number}."},
            {"id": f"bare-{number}", "text": f"Orlov met Boris Jansen in Oslo on Monday, a police spokesman said {number}."},
        ]
    lines = [json.dumps(record, ensure_ascii=False) for record in told]
    path.write_text("\n".join([*lines, lines[5], '{"id": "broken"}', '{"text": "No id."}', "{", ""]), encoding="utf-8")
    return path


def test_two_workers_give_the_quads_of_the_local_engine(session: Any, tmp_path: Path) -> None:
    source = corpus(tmp_path / "news.jsonl")
    built = build(str(source), str(tmp_path / "out"), session=session)
    assert built.articles == 30
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
    with pytest.raises(KgError, match="exists already"):
        build(str(source), str(tmp_path / "out"), session=session)
