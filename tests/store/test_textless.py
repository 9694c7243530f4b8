"""Graphs without text: nothing of the articles' words is kept, and the originals still prove every offset."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import pipeline
from kg.cli import main
from kg.errors import StoreError
from kg.export.forms import FORMS
from kg.files import seeds
from kg.model import Reading, Span
from kg.query.rows import plain
from kg.read import read
from kg.store import codec
from kg.store.folder import Folder
from kg.store.graph import KnowledgeGraph
from kg.store.textless import without_text
from kg.vocab import NIF
from tests.store.graphs import ALL

NEWS = seeds("news")
NEED_TEXT = ("csv", "claimreview")


@pytest.fixture(scope="module")
def textless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("textless") / "graph"
    assert pipeline.build([NEWS], directory, text=False).articles == 5
    return directory


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("whole") / "graph"
    pipeline.build([NEWS], directory)
    return directory


def prose() -> Iterator[str]:
    """Six words on end of every article, at every third word, but for the titles, which are metadata."""
    for article in read([NEWS]):
        assert not isinstance(article, Exception)
        for block in article.blocks:
            if block.kind in ("paragraph", "caption"):
                words = " ".join(block.span.of(article.text).split()).split(" ")
                yield from (" ".join(words[start : start + 6]) for start in range(0, len(words) - 5, 3))


def kept(directory: Path) -> str:
    """All text that a folder keeps: readings and comparison unpacked, every statement, and the files as they are."""
    folder = Folder(directory)
    with KnowledgeGraph(directory) as graph:
        parts = [repr(reading) for reading in graph.readings(text=False)]
        parts += [repr(graph.comparison), *map(str, graph.quads(runs=True))]
    paths = [path for path in folder.path.rglob("*") if path.is_file()]
    parts += [path.read_bytes().decode("utf-8", "replace") for path in paths]
    return " ".join("\n".join(parts).replace("\\n", " ").split())


def test_no_six_words_of_an_article_are_kept(textless: Path, whole: Path) -> None:
    found, present = kept(textless), kept(whole)
    titles = " ".join(article.title for article in read([NEWS]) if not isinstance(article, Exception))
    sayings = {words for words in prose() if words not in titles}
    assert len(sayings) > 300
    assert sum(words in present for words in sayings) > 0.9 * len(sayings)  # what is looked for would be found
    assert not [words for words in sayings if words in found]


def test_offsets_hashes_and_structure_are_the_same(textless: Path, whole: Path) -> None:
    with KnowledgeGraph(textless) as without, KnowledgeGraph(whole) as graph:
        assert [without_text(reading) for reading in graph.readings()] == list(without.readings(text=False))
        assert [link.iri for link in without.comparison.links] == [link.iri for link in graph.comparison.links]
        assert without.comparison.clusters == graph.comparison.clusters
        ours, theirs = set(without.quads()), set(graph.quads())
        worded = {NIF.isString, NIF.anchorOf}
        assert not [quad for quad in ours if quad.predicate in worded]
        missing = {quad for quad in theirs - ours if quad.predicate not in worded}
        about = ("side/", "disagreement/", "omission/")  # their IRIs and words follow from quotes
        assert all(any(kind in plain(quad.subject) for kind in about) for quad in missing)


def test_building_again_changes_nothing_and_reads_nothing(textless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Folder(textless).current()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("an unchanged article was read again")

    monkeypatch.setattr(pipeline, "read_packed", never)
    assert pipeline.build([NEWS], textless, text=False).articles == 5
    assert Folder(textless).current() == before


def test_a_change_is_the_same_as_a_new_build(textless: Path, tmp_path: Path) -> None:
    news, changed = tmp_path / "news", tmp_path / "graph"
    shutil.copytree(NEWS, news)
    shutil.copytree(textless, changed)
    (news / "harbour-post-2019-12-30.txt").unlink()
    assert pipeline.build([news], changed, text=False).articles == 4
    pipeline.build([news], tmp_path / "anew", text=False)
    with KnowledgeGraph(changed) as one, KnowledgeGraph(tmp_path / "anew") as other:
        assert one.export("nquads") == other.export("nquads")
    assert pipeline.verify(changed, [news])


def test_verify_holds_it_against_the_originals(textless: Path, tmp_path: Path) -> None:
    alone = pipeline.verify(textless)
    assert alone
    assert "--originals" in alone.notes[0]
    found = pipeline.verify(textless, [NEWS])
    assert found, found.failures
    assert not found.notes
    news = tmp_path / "news"
    shutil.copytree(NEWS, news)
    path = news / "northern-wire-2019-12-30.txt"
    path.write_bytes(path.read_bytes().replace(b"detained", b"arrested", 1))
    (failure,) = pipeline.verify(textless, [news]).failures
    assert failure.place == path.name
    assert "none of the originals has its hash" in failure.what
    assert len(pipeline.verify(textless, [path]).failures) == 5


def test_the_same_bytes_that_give_another_text_are_told(textless: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    shutil.copytree(NEWS, news)
    (news / "articles.toml").unlink()  # what the articles do not say of themselves is part of what was read
    failures = pipeline.verify(textless, [news]).failures
    assert failures
    assert all("same bytes" in failure.what for failure in failures)


def test_an_offset_that_does_not_fit_the_original_is_told(textless: Path, tmp_path: Path) -> None:
    directory = tmp_path / "graph"
    shutil.copytree(textless, directory)
    folder = Folder(directory)
    entry = folder.manifest(folder.current()).articles[0]
    reading = folder.reading(entry.key)
    assert isinstance(reading, Reading)
    changed = codec.encode(Reading(**{name: getattr(reading, name) for name in reading.__slots__}
                                   | {"sentences": (*reading.sentences, Span(5, 10**6))}))  # fmt: skip
    folder.reading_path(entry.key).write_bytes(changed)
    failures = [str(failure) for failure in pipeline.verify(directory, [NEWS]).failures]
    assert any(failure.startswith(f"{entry.id}:5: a sentence ends at 1000000, the text at") for failure in failures)


# --- what cannot be done without text ------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_forms_do_without_or_say_that_they_cannot(textless: Path, form: str) -> None:
    with KnowledgeGraph(textless) as graph:
        if form in NEED_TEXT:
            with pytest.raises(StoreError, match="holds no text"):
                graph.export(form)
        else:
            assert graph.export(form)


@pytest.mark.parametrize("verb", ["claims", "conflicts", "compare", "view", "rebuild"])
def test_verbs_that_need_text_say_so_in_one_line(
    textless: Path, verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, verb, str(textless)) == 1
    out, err = capsys.readouterr()
    assert "holds no text" in err
    assert (out, err.count("\n")) == ("", 1)


@pytest.mark.parametrize("verb", ["info", "validate", "verify", "export"])
def test_verbs_that_do_without(
    textless: Path, verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, verb, str(textless)) == 0
    assert capsys.readouterr().out


def test_a_query_for_quotes_says_why_it_finds_nothing(
    textless: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for directory, query, told in (
        (textless, "who-said-what", True), (textless, "sources", False), (whole, "who-said-what", False),
    ):  # fmt: skip
        assert run(monkeypatch, "query", str(directory), query) == 0
        assert ("holds no text" in capsys.readouterr().err) == told


def test_a_folder_is_of_one_sort_for_good(textless: Path, whole: Path) -> None:
    with pytest.raises(StoreError, match="holds a graph without text"):
        pipeline.build([NEWS], textless)
    with pytest.raises(StoreError, match="holds a graph with text"):
        pipeline.build([NEWS], whole, text=False)
    changes: tuple[Callable[[], pipeline.Built], ...] = (
        lambda: pipeline.add([NEWS], textless),
        lambda: pipeline.remove(["northern-wire-2019-12-30.txt"], textless),
        lambda: pipeline.rebuild(textless),
        lambda: pipeline.rule(textless, "http://e/a", "http://e/b", same=True),
    )
    for change in changes:
        with pytest.raises(StoreError, match="changed from the originals alone"):
            change()
    assert not (textless / "curation.toml").exists()


def test_readings_left_by_a_build_with_text_are_swept(tmp_path: Path) -> None:
    """A build with text that was killed left its readings; the one without text that follows keeps none of them."""
    folder = Folder(tmp_path / "graph")
    with folder.writing():
        folder.keep("ab" * 20, ALL[0])
    pipeline.build([NEWS / "northern-wire-2019-12-30.txt"], folder.path, text=False)
    assert not folder.reading_path("ab" * 20).exists()


# --- the command line --------------------------------------------------------------------------------------


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["kg", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


def test_the_verbs_exit_with_what_they_found(
    textless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "verify", str(textless), "--originals", str(NEWS)) == 0
    assert "all hold" in capsys.readouterr().out
    assert run(monkeypatch, "verify", str(textless), "--originals", str(tmp_path / "none.txt")) == 1
    assert "none of the originals has its hash" in capsys.readouterr().out
    assert run(monkeypatch, "verify", str(textless), "--json") == 0
    assert json.loads(capsys.readouterr().out)["failures"] == []
    assert run(monkeypatch, "validate", str(textless)) == 0
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/newskg/ontology#> . "
        "<http://e/s> a sh:NodeShape ; sh:targetClass kg:Article ; sh:property [ sh:path kg:none ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    report = tmp_path / "report.ttl"
    assert run(monkeypatch, "validate", str(textless), "--shapes", str(shapes), "-o", str(report)) == 1
    assert capsys.readouterr().out.count("kg:none is missing.") == 5
    assert "conforms false" in report.read_text(encoding="utf-8")
    assert run(monkeypatch, "validate", str(textless), "--shapes", str(shapes), "--to", "ntriples") == 1
    assert run(monkeypatch, "build", str(NEWS), "-o", str(tmp_path / "g"), "--no-text", "--coverage") == 2
