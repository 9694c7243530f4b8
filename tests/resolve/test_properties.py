"""What holds for any text: nothing is raised, spans slice back, and the same text gives the same reading."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.annotate import annotate
from kg.model import Reading
from kg.read.article import clean_article
from kg.resolve import resolve
from kg.resolve.quotes import quotations

WORDS = st.sampled_from(
    "Ann Lee Mr. President the The two men Moscow U.S. Russian Inc. Harbour company it It its they he said is of in "
    "and "
    "who ( ) - “ ” \" , . 's BFSB A380 2019 North Korea his country as a spokesman <script> \u202e é O' al Brien both "
    "leaders themselves Flight 447 Democrat threatened government office \n".split(" ")
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


def read(text: str, published: str | None) -> Reading:
    return resolve(annotate(Reading(article=clean_article(text, id="x", published=published))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from([None, "2019-12-31", "1999-01-01T10:00:00"]))
def test_any_words_give_a_sound_reading(text: str, published: str | None) -> None:
    reading = read(text, published)
    known = {entity.iri: entity for entity in reading.entities}
    assert len(known) == len(reading.entities)
    for mention in reading.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.covers(mention.head)
        assert mention.entity in known
    starts = [mention.span.start for mention in reading.mentions]
    assert starts == sorted(starts)
    again = read(text, published)
    assert (again.mentions, again.entities) == (reading.mentions, reading.entities)
    assert all(quotation.first < quotation.last for quotation in quotations(reading.parse))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_characters_are_read(text: str) -> None:
    reading = read(text, None)
    assert all(mention.span.of(text).strip() for mention in reading.mentions)
