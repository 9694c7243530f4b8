"""Verify: what is right is said to be right, and every damage is told, with the place where it is."""

from __future__ import annotations

import gc
import json
import random
import shutil
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.files import seeds
from kg.model import Comparison, Mention, Reading, Span
from kg.pipeline import build, rebuild, verify
from kg.query.rows import plain
from kg.store import codec
from kg.store.folder import Folder
from kg.store.graph import KnowledgeGraph
from kg.store.sound import reading_failures
from kg.store.verify import Verified
from kg.vocab import GRAPH, KG, NIF, PROV
from tests.store.graphs import ALL, COMPARED, keep, whole


def told(found: Verified) -> str:
    assert not found
    return "\n".join(map(str, found.failures))


def store(directory: Path) -> Store:
    """The store of a graph, to be damaged."""
    return Store(str(Folder(directory).current() / "oxigraph"))


def damage(directory: Path, *, remove: Quad | None = None, add: Quad | None = None) -> None:
    damage_all(directory, remove=[remove] if remove else [], add=[add] if add else [])


def damage_all(directory: Path, *, remove: Sequence[Quad] = (), add: Sequence[Quad] = ()) -> None:
    opened = store(directory)
    for quad in remove:
        opened.remove(quad)
    opened.extend(add)
    opened.flush()
    del opened
    gc.collect()


def quads(directory: Path) -> list[Quad]:
    with KnowledgeGraph(directory) as graph:
        return sorted(graph.quads(), key=str)


def test_a_whole_graph_holds(tmp_path: Path) -> None:
    found = verify(whole(tmp_path / "graph"))
    assert found, told(found)
    assert (found.articles, found.notes) == (len(ALL), [])
    assert found.phrases > 30
    assert found.quads == len(set(quads(tmp_path / "graph")))


def test_an_empty_graph_holds(tmp_path: Path) -> None:
    assert verify(keep(tmp_path / "graph", [], Comparison()))


# --- the store ---------------------------------------------------------------------------------------------


def test_any_lost_statement_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    everything = quads(directory)
    chance = random.Random(5)  # noqa: S311  which ones does not matter
    for some in (chance.sample(everything, size) for size in (1, 1, 1, 50)):
        damage_all(directory, remove=some)
        said = told(verify(directory))
        assert all(f"{quad} is missing from the store" in said for quad in some)
        damage_all(directory, add=some)
    assert verify(directory)


def test_any_foreign_statement_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    article = ALL[0].article
    chance = random.Random(6)  # noqa: S311
    for some in (chance.sample(quads(directory), size) for size in (1, 50)):
        foreign = [Quad(quad.subject, NamedNode("http://e/p"), Literal("x"), quad.graph_name) for quad in some]
        damage_all(directory, add=foreign)
        said = told(verify(directory))
        assert all(f"{quad} is in the store, and follows from nothing" in said for quad in foreign)
        damage_all(directory, remove=foreign)
    damage(directory, add=Quad(NamedNode(article.iri), NamedNode("http://e/p"), Literal("x"), DefaultGraph()))
    assert told(verify(directory)).startswith(f"{article.id}: <{article.iri}> <http://e/p>")


def test_a_changed_quote_is_told_with_article_and_offset(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    reading = next(reading for reading in ALL if reading.article.id == "radio-one.txt")
    quote = next(q for q in quads(directory) if q.predicate == NIF.anchorOf and reading.article.iri in str(q.subject))
    start = int(plain(quote.subject).partition("=")[2].split(",")[0])
    damage(directory, remove=quote, add=Quad(quote.subject, NIF.anchorOf, Literal("never said")))
    expected = f"the quote 'never said' is not in the text, which has {plain(quote.object)!r}"
    assert f"radio-one.txt:{start}: {expected}" in told(verify(directory))


@pytest.mark.parametrize("predicate", [NIF.beginIndex, NIF.endIndex])
def test_a_changed_offset_is_told(tmp_path: Path, predicate: NamedNode) -> None:
    directory = whole(tmp_path / "graph")
    quad = next((quad for quad in quads(directory) if quad.predicate == predicate), None)
    if quad is None:
        pytest.skip("phrases carry their offsets in their IRIs alone")
    damage(directory, remove=quad, add=Quad(quad.subject, predicate, Literal(9999)))
    assert f"{plain(quad.subject)} has 9999 as its offset" in told(verify(directory))


def test_a_changed_text_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    quad = next(quad for quad in quads(directory) if quad.predicate == NIF.isString)
    damage(directory, remove=quad, add=Quad(quad.subject, NIF.isString, Literal(plain(quad.object) + " And more.")))
    assert "the text in the store is not that which was read" in told(verify(directory))


def test_a_phrase_beyond_the_text_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    article = ALL[0].article
    phrase = NamedNode(f"{article.iri}#char=5,99999")
    damage(directory, add=Quad(phrase, NIF.referenceContext, NamedNode(article.iri)))
    assert f"{article.id}:5: {phrase.value} is no stretch of {article.iri}" in told(verify(directory))


def test_a_broken_chain_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    for predicate in (KG.content, PROV.wasDerivedFrom):
        quad = next(
            q for q in quads(directory)
            if q.predicate == predicate and "attribution" in str(q.subject)
            and (predicate == KG.content or Quad(q.subject, _type(), KG.OwnVoice) in quads(directory))
        )  # fmt: skip
        damage(directory, remove=quad)
        assert "is said by no article: the chain ends at" in told(verify(directory))
        damage(directory, add=quad)
    assert verify(directory)


def _type() -> NamedNode:
    return NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def test_the_record_of_builds_is_nobodys_business(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    damage(directory, add=Quad(NamedNode("http://e/run"), KG.host, Literal("elsewhere"), GRAPH.runs))
    assert verify(directory)


def test_a_graph_of_another_version_is_not_held_against_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = whole(tmp_path / "graph")
    monkeypatch.setattr(codec, "writers", lambda: "another")
    quad = next(quad for quad in quads(directory) if quad.predicate == KG.lemma)
    damage(directory, remove=quad)
    found = verify(directory)
    assert found
    assert "another version" in found.notes[0]


def test_a_flipped_byte_in_the_files_of_the_store_is_told(tmp_path: Path) -> None:
    """Or does no harm: some bytes are nobody's. A query over a damaged file may never end, so none is asked."""
    chance, told_of = random.Random(7), 0  # noqa: S311
    good = whole(tmp_path / "good")
    for number in range(12):
        directory = tmp_path / f"bad{number}"
        shutil.copytree(good, directory)
        files = sorted(path for path in Folder(directory).current().rglob("*.sst"))
        path = chance.choice(files)
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 0xFF
        path.write_bytes(content)
        try:
            told_of += not verify(directory)
        except StoreError:  # cannot be opened at all
            told_of += 1
        gc.collect()
    assert told_of > 6


def test_a_rebuild_mends_the_store(tmp_path: Path) -> None:
    directory = tmp_path / "graph"
    build([seeds("news", "northern-wire-2019-12-30.txt")], directory)
    whole = quads(directory)
    damage_all(directory, remove=whole[::7])
    assert not verify(directory)
    rebuild(directory)
    assert verify(directory)
    for path in Folder(directory).current().rglob("*.sst"):
        path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match="kg rebuild"):
        verify(directory)
    rebuild(directory)
    assert verify(directory)
    assert quads(directory) == whole


# --- readings ----------------------------------------------------------------------------------------------


def reading_file(directory: Path, number: int) -> Path:
    folder = Folder(directory)
    return folder.reading_path(folder.manifest(folder.current()).articles[number].key)


def test_a_lost_or_damaged_reading_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    path = reading_file(directory, 1)
    good, name = path.read_bytes(), ALL[1].article.id
    for bad in (good[:-5], b"", b"x" + good, zlib.compress(b"\x00")):
        path.write_bytes(bad)
        assert f"{name}: its reading {path}: a cached reading is damaged" in told(verify(directory))
    path.unlink()
    assert f"{name}: its reading {path} cannot be read: No such file" in told(verify(directory))
    path.write_bytes(good)
    assert verify(directory)


@pytest.mark.parametrize("number", range(len(ALL)))
def test_a_reading_with_other_words_is_told(tmp_path: Path, number: int) -> None:
    directory = whole(tmp_path / "graph")
    reading = ALL[number]
    article = replace(reading.article, text=reading.article.text[:-1] + "?")
    reading_file(directory, number).write_bytes(codec.encode(replace(reading, article=article)))
    assert f"{reading.article.id}: its text or its metadata is not that which was read" in told(verify(directory))


def test_a_reading_of_another_hash_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    article = replace(ALL[0].article, sha256="0" * 64)
    reading_file(directory, 0).write_bytes(codec.encode(replace(ALL[0], article=article)))
    said = told(verify(directory))
    assert f"has the hash {'0' * 64}" in said
    assert "does not follow from its hash" in said


def test_a_reading_that_says_more_is_told(tmp_path: Path) -> None:
    """Well made, and with the right text: only the store knows better."""
    directory = whole(tmp_path / "graph")
    reading = next(reading for reading in ALL if reading.entities)
    new = Mention(span=Span(1, 3), head=Span(1, 3), kind="person", entity=reading.entities[0].iri, form="name")
    changed = replace(reading, mentions=(*reading.mentions, new))
    reading_file(directory, ALL.index(reading)).write_bytes(codec.encode(changed))
    assert f"{reading.article.id}:1: " in told(verify(directory))


RADIO = next(reading for reading in ALL if reading.article.id == "radio-one.txt")
INNER = RADIO.attributions[-1]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (lambda r: replace(r, sentences=(Span(0, 999),)), "a sentence ends at 999, the text at"),
        (lambda r: replace(r, sentences=(Span(7, 7),)), "a sentence ends at 7, before it has begun"),
        (lambda r: replace(r, sentences=(Span(-3, 7),)), "before it has begun"),
        (lambda r: replace(r, attributions=r.attributions[:-1]), "nobody says"),
        (lambda r: replace(r, events=()), "which the article does not have"),
        (lambda r: replace(r, entities=()), "nothing is known of"),
        (lambda r: replace(r, attributions=r.attributions[1:]), "never reaches the article: it breaks at"),
        (lambda r: replace(r, attributions=(replace(r.attributions[0], parent=INNER.iri), *r.attributions[1:])),
         "never reaches the article: it runs in a circle"),
        (lambda r: replace(r, attributions=(replace(r.attributions[0], cue=Span(0, 3)), *r.attributions[1:])),
         "has a cue, and nobody who relays it"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_reading_is_told(changed: Callable[[Reading], Reading], expected: str) -> None:
    assert not list(reading_failures(RADIO))
    failures = list(map(str, reading_failures(changed(RADIO))))
    assert any(expected in failure for failure in failures), failures
    assert all(failure.startswith("radio-one.txt:") for failure in failures)


# --- the comparison and the list of articles -----------------------------------------------------------------


def test_a_side_that_quotes_wrongly_is_told(tmp_path: Path) -> None:
    assert COMPARED.disagreements
    one = COMPARED.disagreements[0]
    side = replace(one.sides[0], quote="never said")
    wrong = replace(COMPARED, disagreements=(replace(one, sides=(side, *one.sides[1:])), *COMPARED.disagreements[1:]))
    said = told(verify(whole(tmp_path / "graph", wrong)))
    assert f":{side.span.start}: the text has no 'never said' here, as a side says" in said


def test_links_and_clusters_of_nothing_are_told(tmp_path: Path) -> None:
    link = replace(COMPARED.links[0], attributions=("http://e/nobody",))
    cluster = replace(COMPARED.clusters[0], members=("http://e/nothing",))
    wrong = replace(COMPARED, links=(link,), clusters=(cluster,))
    said = told(verify(whole(tmp_path / "graph", wrong)))
    assert f"the link {link.iri} rests on http://e/nobody" in said
    assert f"the cluster {cluster.iri} unites http://e/nothing" in said


def test_a_changed_list_of_articles_is_told(tmp_path: Path) -> None:
    directory = whole(tmp_path / "graph")
    path = Folder(directory).current() / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["articles"][0]["sha256"] = "f" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert f"the graph's list of articles {'f' * 64}" in told(verify(directory))


def test_what_is_no_graph_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        verify(tmp_path / "none")
    directory = whole(tmp_path / "graph")
    (Folder(directory).current() / "comparison").write_bytes(msgspec.msgpack.encode("?"))
    with pytest.raises(StoreError, match="comparison is damaged"):
        verify(directory)
