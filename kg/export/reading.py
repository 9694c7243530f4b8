"""A reading as JSON: the stable contract for other programs (`kg annotate --json`).

Every span is `{"start", "end", "quote"}`, code points, half-open, into `text`.
"""

from __future__ import annotations

from typing import Any

from kg.model import Article, Attribution, Entity, Event, Mention, Reading, Role, Source, Span, TimeExpression

Json = dict[str, Any]


def reading_to_json(reading: Reading) -> Json:
    """One reading as the object that `kg annotate --json` prints on one line."""
    text = reading.article.text
    entities = {entity.iri: entity for entity in reading.entities}
    return {
        "article": _article(reading.article),
        "text": text,
        "sentences": [[span.start, span.end] for span in reading.sentences],
        "mentions": [_mention(mention, entities, text) for mention in reading.mentions],
        "times": [_time(time, text) for time in reading.times],
        "events": [_event(event, text) for event in reading.events],
        "attributions": [_attribution(attribution, text) for attribution in reading.attributions],
    }


def _quote(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "quote": span.of(text)}


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "iri": article.iri,
        "sha256": article.sha256,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "authors": list(article.authors),
        "url": article.url,
        "language": article.language,
    }


def _mention(mention: Mention, entities: dict[str, Entity], text: str) -> Json:
    entity = entities[mention.entity]
    return _quote(mention.span, text) | {
        "kind": mention.kind,
        "entity": mention.entity,
        "qid": entity.qid,
        "label": entity.label,
        "form": mention.form,
    }


def _time(time: TimeExpression, text: str) -> Json:
    return _quote(time.span, text) | {
        "value": time.value,
        "type": time.type,
        "from": time.start,
        "to": time.end,
        "granularity": time.granularity,
    }


def _event(event: Event, text: str) -> Json:
    return (
        {"id": event.iri, "type": event.kind, "plover": event.plover, "lemma": event.lemma}
        | _quote(event.trigger, text)
        | {
            "polarity": event.polarity,
            "realis": event.realis,
            "certainty": event.certainty,
            "time": event.time,
            "roles": [_role(role, text) for role in event.roles],
        }
    )


def _role(role: Role, text: str) -> Json:
    head = {"head": [role.head.start, role.head.end], "entity": role.entity, "event": role.event}
    return {"role": role.name} | _quote(role.span, text) | head


def _attribution(attribution: Attribution, text: str) -> Json:
    return {
        "id": attribution.iri,
        "source": _source(attribution.source, text),
        "cue": _quote(attribution.cue, text) if attribution.cue else None,
        "content": [_quote(span, text) for span in attribution.content],
        "verbatim": [_quote(span, text) for span in attribution.verbatim],
        "events": list(attribution.events),
        "parent": attribution.parent,
    }


def _source(source: Source, text: str) -> Json:
    place = _quote(source.span, text) if source.span else {"start": None, "end": None, "quote": None}
    return place | {
        "entity": source.entity,
        "label": source.label,
        "anonymous": source.anonymous,
        "collective": source.collective,
    }
