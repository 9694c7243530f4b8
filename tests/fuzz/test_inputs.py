"""Whatever a file holds: articles come out, or an error of ours; nothing hangs, nothing else is raised or written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, KgError
from kg.identify.curation import read_curation
from kg.model import Article
from kg.pipeline import read_articles
from kg.read import read
from kg.store import codec
from kg.store.remote import _results
from tests.fuzz.mutation import EXAMPLES, fuzz, mutated
from tests.store.graphs import ALL

HTML = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Two divers rescued</title>
<meta property="article:published_time" content="2024-05-02T10:00:00Z"><meta name="author" content="Ana Horvat">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Two divers rescued",
"publisher": {"name": "Gazette"}}</script>
</head><body><article><h1>Two divers rescued</h1><p>The coast guard said on Monday
that two divers were rescued near Elba.</p>
<p>&ldquo;We found them at dawn,&rdquo; Maria Rossi, a spokeswoman, told Harbour TV.</p></article></body></html>"""
LINES = b"""{"id": "1", "text": "The coast guard said two divers were rescued near Elba.", "published": "2024-05-02"}
{"id": "2", "text": "Ana met Ben in Rome.", "title": "A meeting", "authors": ["C. D."], "language": "en"}
"""
TEXT = "By Ana Horvat\n\nROME, May 2 (Gazette) – “We found them,” said Maria Rossi. Two divers were rescued.\n".encode()
CURATION = b'[[same]]\niris = ["http://e/1", "http://e/2"]\n[[different]]\niris = ["http://e/1", "http://e/3"]\n'
GOOD = {".html": HTML, ".jsonl": LINES, ".txt": TEXT}


def read_bytes(content: bytes, ending: str) -> list[Article | InputError]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(content)
        found = list(read([path]))
        assert [one.name for one in Path(folder).iterdir()] == [path.name]
    return found


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_good_inputs_are_read(ending: str) -> None:
    assert all(isinstance(item, Article) for item in read_bytes(GOOD[ending], ending))


@fuzz
@given(content=mutated(tuple(GOOD.values())), ending=st.sampled_from(sorted(GOOD)))
@example(content=b"", ending=".html")
@example(content=b"[" * 100_000, ending=".jsonl")
@example(content=b'{"text": ' * 50_000, ending=".jsonl")
@example(content=b"<div>" * 20_000, ending=".html")
def test_any_file_is_articles_or_an_error_that_says_where(content: bytes, ending: str) -> None:
    for item in read_bytes(content, ending):
        if isinstance(item, InputError):
            assert item.file
            assert "\n" not in str(item)
        else:
            assert item.text == item.text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")


@settings(fuzz, max_examples=max(EXAMPLES // 5, 10))
@given(content=mutated((TEXT, LINES)), ending=st.sampled_from([".txt", ".jsonl"]))
def test_any_article_goes_through_all_steps(content: bytes, ending: str) -> None:
    articles = [item for item in read_bytes(content, ending) if isinstance(item, Article)]
    for reading in read_articles(articles):
        text = reading.article.text
        spans = [mention.span for mention in reading.mentions] + [event.trigger for event in reading.events]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@fuzz
@given(content=mutated((CURATION,)))
def test_any_curation_is_read_or_told(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "curation.toml"
        path.write_bytes(content)
        try:
            read_curation(path)
        except KgError as error:
            assert "\n" not in str(error)  # noqa: PT017  both ends are good


@fuzz
@given(content=mutated((codec.encode(ALL[0]),)))
def test_any_cached_reading_is_read_or_told(content: bytes) -> None:
    for decode in (codec.decode_reading, codec.decode_comparison):
        try:
            decode(content)
        except KgError as error:
            assert "rebuild" in str(error)  # noqa: PT017  both ends are good


ANSWERS = {
    "application/sparql-results+json": b'{"head":{"vars":["a"]},'
    b'"results":{"bindings":[{"a":{"type":"uri","value":"http://e/a"}}]}}',
    "application/n-triples": b'<http://e/a> <http://e/b> "c"@en .\n_:x <http://e/b> "1"^^<http://e/t> .\n',
    "text/turtle": b"@prefix e: <http://e/> . e:a e:b 1, 'c' ; e:d [ e:f (1 2) ] .",
    "application/rdf+xml": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    b'<rdf:Description rdf:about="http://e/a"><e:b>c</e:b></rdf:Description></rdf:RDF>',
    "application/ld+json": b'{"@context": {"e": "http://e/"}, "@id": "e:a", "e:b": [1, {"@value": "c"}]}',
}


@fuzz
@given(content=mutated(tuple(ANSWERS.values())), media=st.sampled_from(sorted(ANSWERS)))
def test_any_answer_of_a_store_is_read_or_told(content: bytes, media: str) -> None:
    try:
        for _ in _results(media, content, "http://e/sparql"):  # type: ignore[union-attr]
            pass
    except KgError as error:
        assert "http://e/sparql" in str(error)  # noqa: PT017  both ends are good
    except TypeError as error:
        assert "not iterable" in str(error)  # a yes or a no  # noqa: PT017  both ends are good
