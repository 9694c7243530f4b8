"""From drafts and things to the mentions and entities of the reading, with their IRIs.

A thing with a Wikidata id is `BASE entity/QID` in every article; one known from a gazetteer without an id is
minted from its kind and label; everything else is local to the article, minted from its first mention.
"""

from __future__ import annotations

from kg.ids import base_of, mint, within
from kg.model import Article, Entity, Mention, Parse, Span
from kg.resolve.scene import Draft, Scene, Thing

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"


def finished(scene: Scene) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions in the order of the text, and each thing once, in the order of first mention."""
    drafts = [draft for draft in scene.drafts if draft.thing is not None]
    iris: dict[Thing, str] = {}
    for draft in drafts:
        assert draft.thing is not None  # noqa: S101  filtered above
        if draft.thing not in iris:
            iris[draft.thing] = _iri(scene.article, scene.parse, draft.thing, draft)
    for thing in list(iris):
        for other in (*thing.members, thing.nationality):
            if other is not None and other not in iris:
                iris[other] = _iri(scene.article, scene.parse, other, None)
    mentions = tuple(_mention(scene.parse, draft, iris) for draft in drafts)
    return mentions, tuple(_entity(thing, iris) for thing in iris)


def _mention(parse: Parse, draft: Draft, iris: dict[Thing, str]) -> Mention:
    assert draft.thing is not None  # noqa: S101  the caller filters
    return Mention(
        span=parse.span(draft.first, draft.last), head=parse.span(draft.head, draft.head), kind=draft.kind,
        entity=iris[draft.thing], form=draft.form, reason=draft.reason, score=draft.score,
    )


def _iri(article: Article, parse: Parse, thing: Thing, draft: Draft | None) -> str:
    base = base_of(article.iri)
    if thing.row is not None and thing.row.qid:
        return f"{base}entity/{thing.row.qid}"
    if thing.row is not None:
        return mint(base, "entity", thing.row.kind, thing.row.label)
    span = parse.span(draft.first, draft.last) if draft else Span(0, 0)
    return within(article.iri, "entity", span.start, span.end, thing.kind, thing.label)


def _entity(thing: Thing, iris: dict[Thing, str]) -> Entity:
    row = thing.row
    same_as = [f"{WIKIDATA}{row.qid}"] if row and row.qid else []
    same_as += [f"{GEONAMES}{row.geonames}/"] if row and row.geonames else []
    return Entity(
        iri=iris[thing], label=thing.label, kind=thing.kind, same_as=tuple(same_as),
        members=tuple(iris[member] for member in thing.members), named=thing.named, count=thing.count,
        nationality=iris[thing.nationality] if thing.nationality else None,
        latitude=row.lat if row else None, longitude=row.lon if row else None,
    )
