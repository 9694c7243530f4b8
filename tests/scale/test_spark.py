"""The distributed engine gives the quads of the local one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import KgError
from kg.scale.spark import build
from tests.bench.corpus import write

pyspark = pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, which is not here")


@pytest.fixture(scope="module")
def session() -> Iterator[object]:
    from pyspark.sql import SparkSession

    made = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield made
    made.stop()


def lines(folder: Path) -> set[bytes]:
    return {line for part in folder.glob("part-*") for line in part.read_bytes().split(b"\n") if line}


def test_two_workers_give_the_quads_of_the_local_engine(session: object, tmp_path: Path) -> None:
    articles = write(tmp_path / "news.jsonl", 12)
    with articles.open("a") as out:
        out.write(json.dumps({"id": "broken"}) + "\n")
    built = build(str(articles), str(tmp_path / "out"), session=session)
    assert built.articles == 12
    assert len(built.errors) == 1
    assert "lacks the field 'text'" in built.errors[0]
    kg.build([articles], tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        expected = set(graph.export("nquads").split(b"\n")) - {b""}
    assert lines(tmp_path / "out/articles") | lines(tmp_path / "out/across") == expected
    with pytest.raises(KgError, match="exists already"):
        build(str(articles), str(tmp_path / "out"), session=session)
