"""Versions of an article: the claims that a correction changes, in which order versions stand, and what is kept."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kg.export.rdf import shared_lines
from kg.export.terms import quads
from kg.model import Article, Attribution, Event, Reading, Source, Span
from kg.pipeline import add, build, read_articles
from kg.query.claims import Claim
from kg.query.versions import revision, versions
from kg.read.article import clean_article
from kg.store.graph import KnowledgeGraph
from kg.vocab import PROV

URL = "https://gazette.example/story"
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/versions/corrections.toml").read_text(encoding="utf-8"))


def article(text: str, published: str | None = "2024-05-02", url: str | None = URL) -> Article:
    return clean_article(text, id="a", publisher="Gazette", published=published, url=url)


def fits(claim: Claim, source: str, words: str) -> bool:
    return source.casefold() in claim.source.casefold() and words in claim.quote


@pytest.mark.parametrize("case", CASES["case"], ids=[case["name"] for case in CASES["case"]])
def test_a_correction(case: dict[str, Any]) -> None:
    older, newer = read_articles([article(case["older"]), article(case["newer"])])
    found = revision(older, newer)
    for told, wanted in ((found.added, case["added"]), (found.gone, case["gone"])):
        assert len(told) == len(wanted), told
        assert all(fits(claim, *one) for claim, one in zip(told, wanted, strict=True))
    assert len(found.changed) == len(case["changed"]), found.changed
    for change, (old, old_words, new, new_words) in zip(found.changed, case["changed"], strict=True):
        assert fits(change.older, old, old_words)
        assert fits(change.newer, new, new_words)
    back = revision(newer, older)
    assert (len(back.added), len(back.gone), len(back.changed)) == tuple(
        map(len, (found.gone, found.added, found.changed))
    )


def test_versions_stand_by_date_and_then_by_who_came_last() -> None:
    first, second, third = (article(f"{n} men.", f"2024-05-0{n}") for n in (1, 2, 3))
    alone = article("One man.", url="https://gazette.example/other")
    for given in permutations((first, second, third, alone, article("No man.", url=None))):
        assert versions(given) == [(first, second, third)]
    one, two = article("A man."), article("B man.")
    assert versions([one, two], {one.iri}) == [(two, one)]
    assert versions([one, two], {two.iri}) == [(one, two)]


def test_the_graph_says_which_is_the_revision_where_dates_tell() -> None:
    older, newer, undated = (
        Reading(article=one) for one in (article("A."), article("B.", "2024-05-03"), article("C.", "2024-05-03"))
    )
    found = {quad.predicate for quad in quads(shared_lines([newer, older]))}
    assert PROV.wasRevisionOf in found
    (quad,) = (quad for quad in quads(shared_lines([newer, older])) if quad.predicate == PROV.wasRevisionOf)
    assert (quad.subject.value, quad.object.value) == (newer.article.iri, older.article.iri)  # type: ignore[union-attr]
    assert PROV.alternateOf in {quad.predicate for quad in quads(shared_lines([newer, undated]))}
    assert len(list(shared_lines([older]))) == 2  # its outlet alone


def test_an_added_version_leaves_the_old_one(tmp_path: Path) -> None:
    for name, number in (("a", "Two"), ("b", "Three")):
        line = f'{{"id": "{name}", "url": "{URL}", "text": "{number} divers were rescued near Elba."}}'
        (tmp_path / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "g")
    with KnowledgeGraph(tmp_path / "g") as graph:
        held = {entry.iri for entry in graph.manifest.articles}
        assert graph.revisions() == []
    add([tmp_path / "b.jsonl"], tmp_path / "g")
    build([tmp_path / "b.jsonl", tmp_path / "a.jsonl"], tmp_path / "whole")
    with KnowledgeGraph(tmp_path / "g") as graph, KnowledgeGraph(tmp_path / "whole") as whole:
        (found,) = graph.revisions({entry.iri for entry in graph.manifest.articles} - held)
        assert {found.older.iri} == held
        assert [change.newer.quote for change in found.changed] == ["Three divers were rescued near Elba."]
        assert graph.export("nquads") == whole.export("nquads")


def test_a_page_of_refrains_takes_no_time() -> None:
    def refrains(word: str) -> Reading:
        lines = [f"He said {word} no {number}." for number in range(1500)]
        text = "\n".join(lines)
        starts = [sum(map(len, lines[:number])) + number for number in range(len(lines))]
        spans = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
        events = tuple(
            Event(iri=f"http://e/{word}/{n}", kind="Event", lemma="say", trigger=span, sentence=n)
            for n, span in enumerate(spans)
        )
        root = Attribution(
            iri="http://e/a", source=Source(span=None, entity=None, label="Gazette"), cue=None, content=(),
            events=tuple(event.iri for event in events),
        )  # fmt: skip
        told = replace(article(text), text=text)
        return Reading(article=told, sentences=tuple(spans), events=events, attributions=(root,))

    older, newer = refrains("yes"), refrains("no")
    begun = time.process_time()
    revision(older, newer)
    assert time.process_time() - begun < 5
