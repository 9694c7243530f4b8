"""Known attacks, each by name: entities of XML, bombs, and names that lead out of the folder."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.pipeline import build
from kg.read import read
from kg.store.graph import KnowledgeGraph

BODY = "<p>The coast guard said on Monday that two divers were rescued near Elba, and that a third is missing.</p>"


def read_one(path: Path, content: bytes) -> list[Article | InputError]:
    path.write_bytes(content)
    begun = time.monotonic()
    found = list(read([path]))
    assert time.monotonic() - begun < 10
    return found


@pytest.mark.parametrize("target", ["SYSTEM", "PUBLIC 'x'"])
def test_an_external_entity_is_not_fetched(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.txt").write_text("the password is tulip", encoding="utf-8")
    address = (tmp_path / "secret.txt").as_uri()
    page = f'<!DOCTYPE html [<!ENTITY x {target} "{address}">]><html><body><p>&x;</p>{BODY * 5}</body></html>'
    found = read_one(tmp_path / "a.html", b'<?xml version="1.0"?>' + page.encode())
    assert not any("tulip" in item.text for item in found if isinstance(item, Article))


def test_a_billion_laughs_stay_a_line(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    page = f"<!DOCTYPE html [{entities}]><html><body><p>&l11;</p>{BODY * 5}</body></html>"
    found = read_one(tmp_path / "a.html", page.encode())
    assert all(len(item.text) < 10_000 for item in found if isinstance(item, Article))


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.jsonl", "a.html.gz", "a.zip"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", b"<p>" + b"a" * 50_000_000)
    for bomb in (gzip.compress(b"a " * 25_000_000), packed.getvalue()):
        for item in read_one(tmp_path / name, bomb):
            assert isinstance(item, InputError) or len(item.text) <= 1_000_000


@pytest.mark.parametrize(
    "name",
    [
        "../../../escaped", "/tmp/escaped", "a/../../escaped", "..\\..\\escaped", "\x00", "C:\\escaped",  # noqa: S108
        "~/escaped", "con",
    ],
)  # fmt: skip
def test_an_articles_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    record = {"id": name, "text": "Ana met Ben in Rome.", "url": "file:///etc/passwd", "title": name, "publisher": name}
    (inputs / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    directory = tmp_path / "deep" / "graph"
    build([inputs / "a.jsonl"], directory)
    with KnowledgeGraph(directory) as graph:
        graph.view(directory / "graph.html") if graph.comparison.links else None
    outside = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if directory not in path.parents}
    assert outside == {"in", "in/a.jsonl", "deep", "deep/graph"}
    assert not Path("/tmp/escaped").exists()  # noqa: S108


def test_a_link_out_of_the_folder_of_inputs_gives_no_secret_a_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a.txt").write_text("Ana met Ben in Rome.", encoding="utf-8")
    begun = time.monotonic()
    assert len(list(read([tmp_path / "in"]))) >= 1
    assert time.monotonic() - begun < 10
