"""What holds for any text: spans slice, content never overlaps its own cue, every event hangs under one attribution."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.annotate import annotate, annotate_all
from kg.attribute import attribute
from kg.attribute.quotes import quotations
from kg.extract import extract
from kg.model import Reading
from kg.read import clean_article
from kg.resolve import resolve
from tests.attribute.test_sayings import load

WORDS = st.sampled_from(
    "the a mayor who police said says told denied claim that to not will if according reportedly called as and "
    "but attack plan hopes for of by was is be Anna Berg Radio One he they it . . , , "
    ": ; -- “ ” \" ' ( ) ? ! \n\n".split(" ")
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


def read(text: str) -> Reading:
    return attribute(extract(resolve(annotate(Reading(article=clean_article(text, id="case"))))))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(TEXTS)
def test_attributions_are_well_formed(text: str) -> None:
    reading = read(text)
    size = len(reading.article.text)
    known = {each.iri for each in reading.attributions}
    assert len(known) == len(reading.attributions)
    root, *rest = reading.attributions
    assert root.parent is None
    for each in rest:
        assert each.parent in known
        assert each.cue is not None
        assert each.content
        spans = [each.cue, *each.content, *each.verbatim, *([each.source.span] if each.source.span else [])]
        assert all(0 <= span.start < span.end <= size for span in spans)
        assert not any(span.overlaps(each.cue) for span in each.content)
        assert all(any(whole.covers(part) for whole in each.content) for part in each.verbatim)
    held = [event for each in reading.attributions for event in each.events]
    assert sorted(held) == sorted(event.iri for event in reading.events)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(TEXTS)
def test_parents_make_a_tree(text: str) -> None:
    attributions = read(text).attributions
    parent = {each.iri: each.parent for each in attributions}
    for each in attributions:
        seen: set[str] = set()
        at: str | None = each.iri
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parent[at]


@given(st.text(alphabet="ab \"'“”‘’`«».,\n", max_size=60))
@example("'` ` ` ’.”")
@example("a ‘b a’ b a, b.” a")
def test_quotations_lie_in_order_and_apart(text: str) -> None:
    found = quotations(text, [(0, len(text))])
    assert all(0 <= each.first <= each.inner_first <= each.inner_end <= each.end <= len(text) for each in found)
    assert all(first.end <= second.first for first, second in pairwise(found))


def torn() -> list[str]:
    """Every beginning and every end of the golden cases' texts: sentences that stop or start amid words."""
    texts = [text.split() for _, text, _ in load()]
    starts = [" ".join(words[:count]) for words in texts for count in range(1, len(words))]
    return starts + [" ".join(words[count:]) for words in texts for count in range(1, len(words))]


def test_torn_sentences_are_read() -> None:
    articles = (Reading(article=clean_article(text, id="case")) for text in torn())
    for reading in map(attribute, annotate_all(articles)):
        for each in reading.attributions[1:]:
            assert each.cue is not None
            assert each.content
            assert not any(span.overlaps(each.cue) for span in each.content)
