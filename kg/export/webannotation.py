"""What stands where, as W3C Web Annotations (Data Model, 23 February 2017) in JSON-LD: one collection, one page.

    identifying     a mention; its body is the entity
    tagging         a time expression; its body is the time
    classifying     an event's word; its body is the proposition that states it
    describing      what is said; its body is the attribution, and a line that names the chain of sources

A target is the article's text, as the graph has it, with two selectors: positions, in code points as the model wants
them, and the quote with what stands before and after it, by which it is found again in a page that looks different.
`via` is where the article was published. Of a graph without text there are positions alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from kg.export.forms import Exportable
from kg.export.terms import interval, proposition
from kg.ids import base_of, mint
from kg.model import Article, Attribution, Reading, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
Json = dict[str, Any]
_AROUND = 32  # characters before and after a quote, as the model's own examples have it


def webannotation(graph: Exportable) -> bytes:
    """All annotations of a graph."""
    readings = graph.corpus(text=False).readings
    items = [item for reading in readings for item in annotations_of(reading)]
    base = base_of(readings[0].article.iri) if readings else ""
    iri = mint(base, "annotations", *(item["id"] for item in items))
    page: Json = {"id": f"{iri}#1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    label = "What the articles say, and where they say it"
    collection = {"@context": CONTEXT, "id": iri, "type": "AnnotationCollection", "label": label, "total": len(items)}
    return (json.dumps(collection | {"first": page}, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def annotations_of(reading: Reading) -> Iterator[Json]:
    """The annotations of one article."""
    entities = {entity.iri: entity for entity in reading.entities}
    base = base_of(reading.article.iri)
    for mention in reading.mentions:
        body = _thing(mention.entity, "identifying") | _label(entities[mention.entity].label)
        yield _annotation(reading, "identifying", (mention.span,), body)
    for time in reading.times:
        if time.value or time.start or time.end:
            body = _thing(interval(base, time.value, time.start, time.end), "tagging") | _label(time.value)
            yield _annotation(reading, "tagging", (time.span,), body)
    for event in reading.events:
        body = _thing(proposition(event.iri), "classifying") | _label(event.kind)
        yield _annotation(reading, "classifying", (event.trigger,), body)
    chains = {attribution.iri: attribution for attribution in reading.attributions}
    for attribution in reading.attributions:
        if attribution.content:
            line = {"type": "TextualBody", "purpose": "commenting", "language": "en", "format": "text/plain"}
            line |= {"value": " <- ".join(_chain(attribution, chains, reading.article))}
            bodies = [_thing(attribution.iri, "describing"), line]
            yield _annotation(reading, "describing", attribution.content, bodies)


def _annotation(reading: Reading, motivation: str, spans: tuple[Span, ...], body: Json | list[Json]) -> Json:
    targets = [_target(reading.article, span) for span in spans]
    first = body[0] if isinstance(body, list) else body
    places = (part for span in spans for part in (span.start, span.end))
    iri = mint(base_of(reading.article.iri), "annotation", reading.article.iri, motivation, first["source"], *places)
    return {
        "id": iri,
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(article: Article, span: Span) -> Json:
    source: Json = {"id": article.iri, "type": "Text", "format": "text/plain", "language": article.language}
    if article.url and _is_link(article.url):
        source["via"] = article.url
    selectors: list[Json] = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    if article.text:
        quote = {"exact": span.of(article.text), "prefix": article.text[max(0, span.start - _AROUND) : span.start]}
        after = article.text[span.end : span.end + _AROUND]
        selectors.append({"type": "TextQuoteSelector"} | quote | {"suffix": after})
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _is_link(url: str) -> bool:
    """Whether it may stand as an IRI: what a page gives as its address may be anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    clean = not any(character <= " " or character in '<>"{}|\\^`' for character in url)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and clean


def _thing(iri: str, purpose: str) -> Json:
    """A thing of the graph as a body."""
    return {"type": "SpecificResource", "purpose": purpose, "source": iri}


def _label(text: str) -> Json:
    return {"label": text} if text else {}


def _chain(attribution: Attribution, by_iri: dict[str, Attribution], article: Article) -> list[str]:
    """The names of the sources from the outlet to the innermost."""
    names: list[str] = []
    above: Attribution | None = attribution
    while above is not None and len(names) <= len(by_iri):
        names.append(above.source.label or ("unnamed source" if above.cue else article.publisher or article.id))
        above = by_iri.get(above.parent) if above.parent else None
    return names[::-1]
