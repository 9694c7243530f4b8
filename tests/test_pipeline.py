"""The pipeline: the order of its steps, and the road from texts to a graph."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, PipelineError, StoreError
from kg.model import Article, Comparison, Reading
from kg.pipeline import STEPS, add, build, check_order, readings, rebuild, remove, rule, verify
from kg.store.folder import Folder
from kg.store.graph import KnowledgeGraph
from tests.bench.corpus import write

NEWS = {
    "a.txt": "The coast guard said two divers were rescued near Elba on Sunday. Harbour TV reported the rescue.\n",
    "b.txt": "Two divers were rescued near Elba, the coast guard said. The mayor of Elba thanked the crew.\n",
    "c.txt": "Maria Rossi, the mayor of Elba, will resign on Friday. She denied that she had met the owners.\n",
}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def nquads(directory: Path) -> bytes:
    with KnowledgeGraph(directory) as graph:
        return graph.export("nquads")


def test_the_steps_satisfy_each_other() -> None:
    check_order(STEPS)


def test_a_wrong_order_is_told() -> None:
    with pytest.raises(PipelineError, match="step resolve needs parse"):
        check_order(STEPS[1:])
    with pytest.raises(PipelineError):
        check_order([replace(STEPS[0], adds=()), *STEPS[1:]])


def test_layers_named_by_steps_are_layers() -> None:
    for step in STEPS:
        assert {*step.needs, *step.adds} <= set(Reading.__dataclass_fields__)


def test_order_of_files_does_not_matter(news: Path, tmp_path: Path) -> None:
    files = sorted(news.iterdir())
    assert build(files, tmp_path / "a").articles == 3
    assert build(files[::-1], tmp_path / "b").articles == 3
    assert build([news, news], tmp_path / "c").articles == 3
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b") == nquads(tmp_path / "c")


def test_of_two_files_with_the_same_bytes_one_is_kept_whatever_their_order(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.txt")]
    for file in files:
        file.write_text("Pier unsafe\n\nThe mayor said the pier was unsafe.\n", encoding="utf-8")
    assert build(files, tmp_path / "one").articles == build(files[::-1], tmp_path / "other").articles == 1
    assert nquads(tmp_path / "one") == nquads(tmp_path / "other")


def test_add_remove_and_rebuild_give_the_graph_of_what_is_held(news: Path, tmp_path: Path) -> None:
    files = sorted(news.iterdir())
    build(files[:1], tmp_path / "a")
    one = nquads(tmp_path / "a")
    assert add(files, tmp_path / "a").articles == 3
    build(files, tmp_path / "b")
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b")
    assert rebuild(tmp_path / "a").articles == 3
    assert nquads(tmp_path / "a") == nquads(tmp_path / "b")
    assert remove(["b.txt", "c.txt"], tmp_path / "a").articles == 1
    assert nquads(tmp_path / "a") == one
    with pytest.raises(StoreError, match="no article"):
        remove(["nobody.txt"], tmp_path / "a")


def test_few_articles_are_a_change_and_the_same_graph(tmp_path: Path) -> None:
    """What comes and goes is found by the ledger, in parts; the graph is that of a build, to the byte."""
    *first, one, other = write(tmp_path / "all.jsonl", 24).read_text("utf-8").splitlines(keepends=True)
    for name, lines in (("first", first), ("one", [one]), ("other", [other]), ("kept", [*first[1:], one, other])):
        (tmp_path / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    build([tmp_path / "first.jsonl"], tmp_path / "graph")
    add([tmp_path / "one.jsonl"], tmp_path / "graph")
    add([tmp_path / "other.jsonl"], tmp_path / "graph")
    assert [path.name for path in parts(tmp_path / "graph")] == ["comparison", "comparison.000001", "comparison.000002"]
    build([tmp_path / "all.jsonl"], tmp_path / "whole")
    assert nquads(tmp_path / "graph") == nquads(tmp_path / "whole")
    assert compared(tmp_path / "graph") == compared(tmp_path / "whole")
    assert not verify(tmp_path / "graph").failures
    remove(["article-000000"], tmp_path / "graph")
    build([tmp_path / "kept.jsonl"], tmp_path / "less")
    assert nquads(tmp_path / "graph") == nquads(tmp_path / "less")
    assert compared(tmp_path / "graph") == compared(tmp_path / "less")


@pytest.mark.parametrize("harm", ["lost", "cut", "scratched", "emptied", "of another generation"])
def test_without_its_ledger_a_graph_is_found_again(tmp_path: Path, harm: str) -> None:
    *first, last = write(tmp_path / "all.jsonl", 12).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "first.jsonl").write_text("".join(first), "utf-8")
    (tmp_path / "last.jsonl").write_text(last, "utf-8")
    build([tmp_path / "first.jsonl"], tmp_path / "graph")
    ledger = tmp_path / "graph" / "store" / "ledger"
    if harm == "lost":
        ledger.unlink()
    elif harm == "cut":
        ledger.write_bytes(ledger.read_bytes()[:5000])
    elif harm == "scratched":
        whole = ledger.read_bytes()
        ledger.write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    elif harm == "emptied":
        ledger.write_bytes(b"")
    else:
        older = ledger.read_bytes()
        add([tmp_path / "last.jsonl"], tmp_path / "graph")
        remove(["article-000011"], tmp_path / "graph")
        ledger.write_bytes(older)
    add([tmp_path / "last.jsonl"], tmp_path / "graph")
    build([tmp_path / "all.jsonl"], tmp_path / "whole")
    assert nquads(tmp_path / "graph") == nquads(tmp_path / "whole")


def test_what_a_killed_change_left_never_reaches_a_new_ledger(tmp_path: Path) -> None:
    """A journal of SQLite beside another file than its own would be written over it."""
    first, second, third = write(tmp_path / "all.jsonl", 3).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "one.jsonl").write_text(first + second, "utf-8")
    build([tmp_path / "one.jsonl"], tmp_path / "graph")
    journal = tmp_path / "graph" / "store" / "ledger-journal"
    journal.write_bytes(b"left behind")
    rebuild(tmp_path / "graph")
    assert not journal.exists()
    (tmp_path / "one.jsonl").write_text(third, "utf-8")
    add([tmp_path / "one.jsonl"], tmp_path / "graph")
    build([tmp_path / "all.jsonl"], tmp_path / "whole")
    assert nquads(tmp_path / "graph") == nquads(tmp_path / "whole")


def test_changes_are_put_together_before_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.parts._MOST", 2)
    first, *others = write(tmp_path / "all.jsonl", 5).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "one.jsonl").write_text(first, "utf-8")
    build([tmp_path / "one.jsonl"], tmp_path / "graph")
    for line in others:
        (tmp_path / "one.jsonl").write_text(line, "utf-8")
        add([tmp_path / "one.jsonl"], tmp_path / "graph")
    assert len(parts(tmp_path / "graph")) <= 2
    build([tmp_path / "all.jsonl"], tmp_path / "whole")
    assert compared(tmp_path / "graph") == compared(tmp_path / "whole")


def parts(directory: Path) -> list[Path]:
    """The files of the comparison."""
    return sorted(Folder(directory).current().glob("comparison*"))


def compared(directory: Path) -> Comparison:
    with KnowledgeGraph(directory) as graph:
        return graph.comparison


def test_what_cannot_be_read_is_told_and_the_others_are_built(news: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "lines.jsonl").write_text(
        '{"id": "x", "text": "A man was detained in Rome."}\n{broken\n', encoding="utf-8"
    )
    built = build(
        [tmp_path / "empty.txt", tmp_path / "gone.txt", news, tmp_path / "binary.txt", tmp_path / "lines.jsonl"],
        tmp_path / "g",
    )
    assert built.articles == 4
    assert sorted(str(error).split(": ")[0].rsplit("/")[-1].split(":")[0] for error in built.errors) == [
        "binary.txt", "empty.txt", "gone.txt", "lines.jsonl"
    ]  # fmt: skip
    assert all("\n" not in str(error) for error in built.errors)
    before = nquads(tmp_path / "g")
    assert build([tmp_path / "empty.txt"], tmp_path / "g").articles == 0
    assert nquads(tmp_path / "g") == before
    assert not (tmp_path / "h" / "store" / "current").exists()


def test_readings_keep_errors_at_their_places(news: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    items = list(readings([news / "a.txt", tmp_path / "empty.txt", news / "b.txt", tmp_path / "gone.txt"]))
    assert [type(item) for item in items] == [Reading, InputError, Reading, InputError]


def test_the_base_is_the_users(news: Path, tmp_path: Path) -> None:
    build([news], tmp_path, base="https://example.org/news/")
    with KnowledgeGraph(tmp_path) as graph:
        assert all(entry.iri.startswith("https://example.org/news/") for entry in graph.manifest.articles)
    add([news], tmp_path)
    with KnowledgeGraph(tmp_path) as graph:
        assert len(graph.manifest.articles) == 3
    with pytest.raises(kg.KgError, match="no base"):
        build([news], tmp_path, base="not an iri")


def test_a_ruling_is_kept_and_a_later_one_replaces_it(news: Path, tmp_path: Path) -> None:
    build([news], tmp_path)
    with KnowledgeGraph(tmp_path) as graph:
        one, other = (reading.events[0].iri for reading in list(graph.readings())[:2])
    rule(tmp_path, one, other, same=True)
    with KnowledgeGraph(tmp_path) as graph:
        assert any({one, other} <= set(cluster.members) for cluster in graph.comparison.clusters)
        assert graph.explain(one)
    rule(tmp_path, other, one, same=False)
    with KnowledgeGraph(tmp_path) as graph:
        assert not any({one, other} <= set(cluster.members) for cluster in graph.comparison.clusters)


def test_every_quote_of_the_json_slices_back(news: Path) -> None:
    from kg.export.reading import reading_to_json

    for reading in readings([news]):
        assert isinstance(reading, Reading)
        found = json.loads(json.dumps(reading_to_json(reading)))
        for span in _spans(found):
            assert found["text"][span["start"] : span["end"]] == span["quote"]


def _spans(thing: object) -> list[dict[str, int]]:
    if isinstance(thing, list):
        return [span for one in thing for span in _spans(one)]
    if isinstance(thing, dict):
        own = [thing] if isinstance(thing.get("start"), int) and "quote" in thing else []
        return own + [span for one in thing.values() for span in _spans(one)]
    return []


def test_the_public_api_is_all_there() -> None:
    for name in kg.__all__:
        assert getattr(kg, name)
    with pytest.raises(AttributeError):
        _ = kg.nothing
    assert set(kg.__all__) <= set(dir(kg))
    assert Article.__module__ == "kg.model"
