"""The graph as CSV files for `neo4j-admin database import full`, together in one zip file.

    (:Claim)-[:SAID_BY]->(:Entity)                  who is quoted
    (:Claim)-[:RELAYED_BY]->(:Claim)                the chain, up to the article's own voice
    (:Claim)-[:IN]->(:Article)
    (:Claim)-[:STATES {polarity, realis ...}]->(:Event)     and [:ABOUT] the two ends of a stated relation
    (:Entity)-[:AGENT {status, outlets ...}]->(:Event)      the links of `graph:links`, by their names

    unzip graph.zip && neo4j-admin database import full $(printf ' --nodes=%s' *.nodes.csv) \
        $(printf ' --relationships=%s' *.relationships.csv) neo4j

Headers are as the importer's manual has them; fields hold no line breaks, and arrays are parted by semicolons, which
are replaced within their elements. These files are data for a database: cells are not altered for spreadsheets.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kg.export.forms import Exportable
from kg.export.network import Attributes, canonical, nodes, plain
from kg.model import Attribution, Corpus, Link, Reading

Cell = str | int | float | bool | None | Sequence[str]
Row = Sequence[Cell]
_ENTITY = ("iri:ID", ":LABEL", "label", "kind", "named:boolean", "wikidata", "latitude:double", "longitude:double")
_EVENT = ("iri:ID", ":LABEL", "label", "type", "plover", "lemmas", "date", "told:int")
_ARTICLE = ("iri:ID", ":LABEL", "id", "title", "publisher", "published", "url", "sha256")
_CLAIM = ("iri:ID", ":LABEL", "source", "quote", "start:int", "end:int", "anonymous:boolean", "own_voice:boolean")
_ENDS = (":START_ID", ":END_ID", ":TYPE")
_STATED = (*_ENDS, "name", "words", "start:int", "polarity", "realis", "certainty", "time")
_LINK = (
    *_ENDS, "iri", "name", "status", "negated:boolean", "outlets:int", "origins:int", "outlet_names:string[]",
    "origin_names:string[]", "first", "last",
)  # fmt: skip


def neo4j(graph: Exportable) -> bytes:
    """The zip file. Nothing in it is compressed, so that it is the same on every machine."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in tables(graph.corpus(text=False)).items():
            archive.writestr(ZipInfo(name), content)
    return out.getvalue()


def tables(corpus: Corpus) -> dict[str, bytes]:
    """The files by name."""
    things = nodes(corpus)
    one = canonical(corpus.comparison)
    return {
        "entities.nodes.csv": _csv(_ENTITY, (_entity(iri, things[iri]) for iri in _of_kind(things, event=False))),
        "events.nodes.csv": _csv(_EVENT, (_event(iri, things[iri]) for iri in _of_kind(things, event=True))),
        "articles.nodes.csv": _csv(_ARTICLE, map(_article, corpus.readings)),
        "claims.nodes.csv": _csv(_CLAIM, (row for reading in corpus.readings for row in _claims(reading))),
        "links.relationships.csv": _csv(_LINK, map(_link, sorted(corpus.comparison.links, key=lambda link: link.iri))),
        "said.relationships.csv": _csv(_ENDS, (row for reading in corpus.readings for row in _said(reading, one))),
        "stated.relationships.csv": _csv(
            _STATED, (row for reading in corpus.readings for row in _stated(reading, one))
        ),
    }


def relationship_type(name: str) -> str:
    """A relationship's type as Neo4j's users write it.

    >>> relationship_type("holdsOffice")
    'HOLDS_OFFICE'
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"\W+", "_", words).strip("_").upper() or "RELATED"


def _csv(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return plain(str(value))
    return ";".join(plain(part.replace(";", ",")) for part in value)


def _of_kind(things: dict[str, Attributes], *, event: bool) -> list[str]:
    return sorted(iri for iri, known in things.items() if (known["kind"] == "event") is event)


def _entity(iri: str, known: Attributes) -> Row:
    labels = ("Entity", str(known["kind"]).capitalize())
    return iri, labels, *(known.get(name) for name in ("label", "kind", "named", "wikidata", "latitude", "longitude"))


def _event(iri: str, known: Attributes) -> Row:
    return iri, "Event", *(known.get(name) for name in ("label", "type", "plover", "lemmas", "date", "told"))


def _article(reading: Reading) -> Row:
    article = reading.article
    known = (article.id, article.title, article.publisher, article.published, article.url, article.sha256)
    return article.iri, "Article", *known


def _claims(reading: Reading) -> Iterator[Row]:
    text = reading.article.text
    for one in reading.attributions:
        quote = " … ".join(span.of(text) for span in one.content) or None
        ends = (one.content[0].start, one.content[-1].end) if one.content else (None, None)
        source = one.source.label or reading.article.publisher
        yield one.iri, "Claim", source, quote, *ends, one.source.anonymous, one.parent is None


def _link(link: Link) -> Row:
    ends = link.subject, link.object, relationship_type(link.relation)
    backed = len(link.outlets), len(link.origins), link.outlets, link.origins
    return *ends, link.iri, link.relation, link.status, link.negated, *backed, link.first, link.last


def _said(reading: Reading, one: dict[str, str]) -> Iterator[Row]:
    iris = {attribution.iri for attribution in reading.attributions}
    entities = {entity.iri for entity in reading.entities}
    for claim in reading.attributions:
        yield claim.iri, reading.article.iri, "IN"
        if claim.source.entity in entities:
            yield claim.iri, one.get(claim.source.entity, claim.source.entity), "SAID_BY"
        if claim.parent in iris:
            yield claim.iri, claim.parent, "RELAYED_BY"


def _stated(reading: Reading, one: dict[str, str]) -> Iterator[Row]:
    text = reading.article.text
    by_iri: dict[str, Attribution] = {
        iri: claim for claim in reading.attributions for iri in (*claim.events, *claim.relations)
    }
    for event in reading.events:
        if claim := by_iri.get(event.iri):
            place = event.trigger.of(text), event.trigger.start
            factual = event.polarity, event.realis, event.certainty, event.time
            yield claim.iri, one.get(event.iri, event.iri), "STATES", event.lemma, *place, *factual
    for relation in reading.relations:
        if claim := by_iri.get(relation.iri):
            place = relation.span.of(text), relation.span.start
            for end in (relation.subject, relation.object):
                if end is not None:
                    factual = relation.polarity, "actual", "certain", None
                    yield claim.iri, one.get(end, end), "ABOUT", relation.name, *place, *factual
