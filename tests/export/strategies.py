"""Readings for Hypothesis: any text, any spans in it, things that refer to one another."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.ids import within
from kg.model import Attribution, Entity, Event, Mention, Reading, Role, Source, Span
from kg.read.article import clean_article

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=60)
_WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def _span(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading whose parts are all in order; what it says makes no sense."""
    text = draw(_TEXT)
    span = _span(len(text))
    article = clean_article(
        text,
        id=draw(_WORD),
        title=draw(_WORD),
        publisher=draw(st.none() | _WORD),
        published=draw(st.none() | st.dates().map(str) | _WORD),
        url=draw(st.none() | _WORD),
    )
    entities = tuple(
        Entity(
            iri=within(article.iri, "entity", number),
            label=draw(_WORD),
            kind=draw(st.sampled_from(["person", "organization", "place", "group", "other"])),
            count=draw(st.none() | _WORD | st.integers(0).map(str)),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    any_entity = st.sampled_from(entities).map(lambda entity: entity.iri)
    mentions = tuple(
        Mention(span=place, head=place, kind="other", entity=draw(any_entity), form="name", score=draw(st.floats(0, 1)))
        for place in draw(st.lists(span, max_size=3))
    )
    events = tuple(draw(_event(article.iri, number, span, any_entity)) for number in range(draw(st.integers(0, 3))))
    root = Attribution(
        iri=within(article.iri, "attribution", 0),
        source=Source(span=None, entity=None, label=draw(_WORD)),
        cue=None,
        content=(),
    )
    inner = Attribution(
        iri=within(article.iri, "attribution", 1),
        source=Source(span=draw(span), entity=draw(st.none() | any_entity), label=draw(_WORD)),
        cue=draw(span),
        content=tuple(draw(st.lists(span, min_size=1, max_size=2))),
        events=tuple(event.iri for event in events),
        parent=root.iri,
    )
    sentences = (Span(0, len(text)),)
    return Reading(
        article=article,
        sentences=sentences,
        mentions=mentions,
        entities=entities,
        events=events,
        attributions=(root, inner),
    )


@st.composite
def _event(
    draw: st.DrawFn, article: str, number: int, span: st.SearchStrategy[Span], entity: st.SearchStrategy[str]
) -> Event:
    roles = tuple(
        Role(name=name, span=place, head=place, entity=draw(st.none() | entity))
        for name, place in draw(
            st.lists(st.tuples(st.sampled_from(["agent", "theme", "place", "time"]), span), max_size=3)
        )
    )
    return Event(
        iri=within(article, "event", number),
        kind="Event",
        lemma=draw(_WORD),
        trigger=draw(span),
        sentence=0,
        roles=roles,
        start=draw(st.none() | st.dates().map(str)),
        polarity=draw(st.sampled_from(["positive", "negative"])),
        realis=draw(st.sampled_from(["actual", "planned", "possible"])),
    )
