"""The graph through rdflib's API, and the traps of oxrdflib on the way: each is here so that a change of it is seen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

from kg.store.graph import KnowledgeGraph
from kg.vocab import PREFIXES
from tests.store.graphs import ALL, keep

BROKEN = "<http://e/a> <http://e/b> <http://e/c> .\n" * 3 + "<http://e/a> broken"
QUERY = "SELECT ?a WHERE { ?a a kg:Article }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    directory = tmp_path_factory.mktemp("g")
    keep(directory, ALL)
    with KnowledgeGraph(directory) as graph:
        yield graph


@pytest.fixture
def without_rdflibs_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("rdflib's own engine was asked")

    monkeypatch.setattr(SPARQLProcessor, "query", never)


@pytest.mark.usefixtures("without_rdflibs_engine")
def test_a_query_in_words_is_answered_by_oxigraph(graph: KnowledgeGraph) -> None:
    assert len(list(graph.dataset().query(QUERY))) == len(ALL)


@pytest.mark.usefixtures("without_rdflibs_engine")
def test_a_prepared_query_falls_back_to_rdflibs_engine(graph: KnowledgeGraph) -> None:
    prepared = prepareQuery(QUERY, initNs={"kg": PREFIXES["kg"]})
    with pytest.raises(AssertionError, match="own engine"):
        graph.dataset().query(prepared)


def test_nothing_of_ours_prepares_queries_or_parses_through_rdflib() -> None:
    package = Path(__file__).resolve().parents[2] / "kg"
    for path in package.rglob("*.py"):
        assert "prepareQuery" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize(("transactional", "loaded"), [(True, "load"), (False, "bulk_load")])
def test_the_default_parse_is_one_transaction_and_the_other_is_in_bulk(
    transactional: bool, loaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    class Watched:
        """An Oxigraph store that notes how it is filled."""

        def __getattr__(self, name: str) -> Any:
            return lambda **_: called.append(name)

    graph = Graph(store=OxigraphStore())
    monkeypatch.setattr(OxigraphStore, "_inner", Watched())
    graph.parse(io.BytesIO(b""), format="ox-nt", transactional=transactional)
    assert called == [loaded]


def test_a_broken_file_leaves_nothing() -> None:
    store = Graph(store="Oxigraph")
    with pytest.raises(SyntaxError):
        store.parse(data=BROKEN, format="ox-nt")
    assert len(store) == 0


def test_len_counts_triples_and_not_quads(graph: KnowledgeGraph) -> None:
    dataset = Dataset(store="Oxigraph")
    triple = URIRef("http://e/s"), URIRef("http://e/p"), Literal("o")
    for name in ("http://e/g", "http://e/h"):
        dataset.graph(URIRef(name)).add(triple)
    assert len(list(dataset.quads())) == 2
    assert len(dataset.store) == 1
    assert graph.info()["quads"] == len(list(graph.quads(runs=True)))


def test_the_dataset_has_our_prefixes_and_every_graph(graph: KnowledgeGraph) -> None:
    dataset = graph.dataset()
    assert dict(dataset.namespaces())["kg"] == URIRef(PREFIXES["kg"])
    assert {str(one.identifier) for one in dataset.graphs()} >= {
        quad.graph_name.value for quad in graph.quads() if hasattr(quad.graph_name, "value")
    }
