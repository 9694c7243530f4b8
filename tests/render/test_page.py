"""The page as a file: the same bytes for the same corpus, small, cut to a part, and errors that help."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from kg.errors import RenderError
from kg.model import Comparison, Corpus
from kg.render import graph, page, repr_html
from kg.render.cut import around_name, as_of_date, of_story
from kg.render.evidence import in_utf16
from kg.render.gather import build_view
from kg.render.pack import unpack
from tests.render.corpus import hostile, story, synthetic


def block(text: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    tables = json.loads(found[1])
    return unpack(tables) if "size" in tables else {key: unpack(table) for key, table in tables.items()}


def test_same_corpus_same_bytes_in_another_process() -> None:
    script = (
        "import sys; from kg.render import page; from tests.render.corpus import story; "
        "sys.stdout.buffer.write(page(story()).encode())"
    )
    made = [
        subprocess.run(  # noqa: S603 -- this interpreter
            [sys.executable, "-c", script], capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] == page(story()).encode()


def test_three_hundred_things_fit_in_a_small_file() -> None:
    assert len(page(synthetic(300, 600)).encode()) <= 1_200_000


def test_a_claim_keeps_its_chain_and_its_characters() -> None:
    view = build_view(story())
    saying = next(item for item in view["sayings"] if len(item["chain"]) == 3)
    assert [voice["label"] for voice in saying["chain"]] == ["Radio One", "Harbour TV", "Coast guard"]
    assert saying["origin"] == "Coast guard"
    claim = next(item for item in view["claims"] if item["lemma"] == "thanked")
    units = view["articles"][claim["article"]]["text"].encode("utf-16-le")
    quotes = [units[2 * start : 2 * end].decode("utf-16-le") for _, start, end in claim["roles"]]
    assert quotes == ["Ada Rossi", "the coast guard 🚤"]


def test_an_unnamed_source_is_no_origin() -> None:
    view = build_view(story())
    resign = next(item for item in view["claims"] if item["lemma"] == "resign")
    assert view["sayings"][resign["saying"]]["origin"] == "Sea Blog"
    assert view["sayings"][resign["saying"]]["chain"][-1]["anonymous"]


def test_offsets_count_utf16() -> None:
    at = in_utf16("a🚤b🚤c")
    assert [at(i) for i in range(6)] == [0, 1, 3, 4, 6, 7]


def test_the_graph_that_people_get() -> None:
    drawn = graph(story())
    assert drawn.number_of_edges() == 16
    labels = {data["label"]: node for node, data in drawn.nodes(data=True)}
    (edge,) = drawn.get_edge_data(labels["Coast guard"], labels["two divers"]).values()
    assert edge["relation"] == "rescues"
    assert edge["status"] == "corroborated"
    assert edge["origins"] == ["Ada Rossi", "Coast guard"]


def test_around_a_name_keeps_its_neighbourhood_and_only_its_articles() -> None:
    view = around_name(build_view(story()), "piombino", 1)
    assert {node["label"] for node in view["nodes"]} == {"Piombino", "Aurora Lines"}
    assert [article["outlet"] for article in view["articles"]] == ["North Wire"]
    assert len(view["claims"]) == 1
    wider = around_name(build_view(story()), "Piombino", 2)
    assert {"Ship strikes the divers’ boat", "two divers"} <= {node["label"] for node in wider["nodes"]}
    assert wider["differences"][0]["sides"][0]["claims"]
    assert "Piombino" in page(story(), around="Piombino", depth=2)


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(RenderError, match="nothing is called Piombini; did you mean Piombino"):
        page(story(), around="Piombini")
    with pytest.raises(RenderError, match="depth -1 is below 0"):
        page(story(), around="Elba", depth=-1)
    with pytest.raises(RenderError, match="no story is called Fire; did you mean Rescue of divers near Elba"):
        page(story(), story="Fire")


def test_a_story() -> None:
    view = of_story(build_view(story()), "rescue of divers")
    assert len(view["edges"]) == 16


def test_as_of_a_day_compares_again() -> None:
    early = as_of_date(story(), "2024-05-03")
    assert {reading.article.publisher for reading in early.readings} == {"Radio One", "Island Gazette"}
    assert {outlet for link in early.comparison.links for outlet in link.outlets} <= {"Radio One", "Island Gazette"}
    assert "as of 2024-05-03" in page(story(), as_of="2024-05-03")
    with pytest.raises(RenderError, match="not a date"):
        page(story(), as_of="May")


def test_nothing_to_show_is_an_error() -> None:
    with pytest.raises(RenderError, match="nothing to show"):
        page(Corpus(readings=(), comparison=Comparison()))


def test_markup_from_articles_stays_data() -> None:
    text = page(hostile())
    assert text.count("</script>") == 6
    assert "<img" not in text.split("</title>")[1]
    assert block(text, "view")["articles"][0]["url"] in ("", 'https://ok.example/?q="><script>window.pwned=1</script>')
    assert all(not article["url"].startswith("javascript") for article in block(text, "view")["articles"])
    labels = [node["label"] for node in block(text, "nodes")]
    assert not any(re.search("[\u202a-\u202e\u2066-\u2069\u200f]", label) for label in labels)


def test_half_a_surrogate_does_not_stop_the_file() -> None:
    corpus = story()
    first = corpus.readings[0]
    broken = replace(first, article=replace(first.article, title="\ud800 title"))
    page(Corpus(readings=[broken, *corpus.readings[1:]], comparison=corpus.comparison)).encode("utf-8")


def test_a_title_of_ones_own_is_escaped() -> None:
    assert "<title>&lt;b&gt;Elba&lt;/b&gt;</title>" in page(story(), title="<b>Elba</b>")


def test_the_notebook_frame_is_sandboxed() -> None:
    frame = repr_html(story())
    assert frame.startswith('<iframe sandbox="allow-scripts')
    assert "allow-same-origin" not in frame
    assert frame.count("<") == 2  # everything inside is escaped
