"""MSNBC and KORE50 in ELEVANT's format: which names stand for which Wikidata items.

A name is found when its characters are those of a label inside `evaluation_span`, a leading article apart (so
read, spaCy's own names score .79 on MSNBC and .84 on KORE50, as in the published comparison). An id is right
when the name is found and its label has this id. `<NO_MAPPING>` and the like are names without an id.

`id_precision` is of the ids given to names of the gold: MSNBC leaves most repeated names ("U.S.") without a label,
which says nothing of their ids. `id.precision_anywhere`, printed below it, counts an id on anything else as wrong,
and so does `id_f1`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from kg.model import Reading, Span
from kg.read.article import clean_article
from tests.eval.figures import Counts, Error, ErrorKind, Figure, Report, f1_figure
from tests.eval.readings import Reader
from tests.eval.reference import reference_gazetteer

ARTICLE = "the "


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article. `inner` are labels inside a longer one with the same id ("Bush" in "President Bush"), with the
    longer one: either extent is right, and they are one name."""

    id: str
    text: str
    scored: Span
    labels: dict[Span, str | None]
    inner: dict[Span, Span]

    def name(self, span: Span) -> Span:
        """The extent under which a name is compared."""
        span = without_article(span, self.text)
        return self.inner.get(span, span)


def score(folders: Sequence[Path], reader: Reader, limit: int | None = None) -> Report:
    """`elevant.ner`, `elevant.id_precision`, `elevant.id_f1`, over all files together, with the reference register
    that lies beside the gold data."""
    with reference_gazetteer(folders[0].parent.parent / "reference" / "entities.csv") as linked:
        report = _score(folders, reader, limit)
    if not linked:
        note = "linked with the product's own table alone"
        report.figures.append(Figure(key="  id.register", value=None, detail=note, listed=False))
    return report


def _score(folders: Sequence[Path], reader: Reader, limit: int | None) -> Report:
    files = [file for folder in folders for file in sorted(folder.glob("*.benchmark.jsonl"))]
    names, ids, on_names = Counts(), Counts(), Counts()
    report = Report()
    for file in files:
        articles = list(islice(_articles(file), limit))
        own_names, own_ids = Counts(), Counts()
        readings = reader.read(clean_article(each.text, id=each.id) for each in articles)
        for article, reading in zip(articles, readings, strict=True):
            ours = named(reading, article)
            own_names += _count(set(article.labels), set(ours))
            own_ids += _count(_with_id(article.labels), _with_id(ours))
            found = {span: qid for span, qid in ours.items() if span in article.labels}
            on_names += _count(_with_id(article.labels), _with_id(found))
            report.errors.extend(_errors(article, ours))
        label = file.name.partition(".")[0]
        report.figures.append(f1_figure(f"  ner.{label}", own_names, listed=False))
        report.figures.append(f1_figure(f"  id.{label}", own_ids, listed=False))
        names, ids = names + own_names, ids + own_ids
    given = f"({ids.right} right of {ids.predicted} ids given)"
    report.figures += [
        f1_figure("elevant.ner", names),
        Figure(
            key="elevant.id_precision", value=on_names.precision,
            detail=f"({on_names.right} right of {on_names.predicted} ids given to names of the gold)",
        ),
        Figure(key="  id.precision_anywhere", value=ids.precision, detail=given, listed=False),
        f1_figure("elevant.id_f1", ids),
    ]
    return report


def named(reading: Reading, article: Labelled) -> dict[Span, str | None]:
    """Our named mentions inside the scored stretch, with the Wikidata id where one is given."""
    qids = {entity.iri: entity.qid for entity in reading.entities}
    return {
        article.name(mention.span): qids.get(mention.entity)
        for mention in reading.mentions
        if mention.form == "name" and article.scored.covers(mention.span)
    }


def _articles(file: Path) -> Iterator[Labelled]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            scored = Span(*row["evaluation_span"])
            by_number = {label["id"]: label for label in row["labels"]}
            labels, inner = {}, {}
            for label in row["labels"]:
                span, outer = _span(label, row["text"]), by_number.get(label.get("parent"))
                if outer is None and scored.covers(span):
                    labels[span] = _id(label["entity_id"])
                elif outer is not None and outer["entity_id"] == label["entity_id"]:
                    inner[span] = _span(outer, row["text"])
            yield Labelled(f"{file.name.partition('.')[0]}:{row['id']}", row["text"], scored, labels, inner)


def without_article(span: Span, text: str) -> Span:
    """The span less a leading "the"."""
    return Span(span.start + len(ARTICLE), span.end) if span.of(text).lower().startswith(ARTICLE) else span


def _span(label: dict[str, Any], text: str) -> Span:
    return without_article(Span(*label["span"]), text)


def _id(entity_id: str) -> str | None:
    return None if entity_id.startswith("<") else entity_id


def _with_id(names: dict[Span, str | None]) -> set[tuple[Span, str]]:
    return {(span, qid) for span, qid in names.items() if qid is not None}


def _count(gold: AbstractSet[object], ours: AbstractSet[object]) -> Counts:
    right = len(gold & ours)
    return Counts(right=right, predicted=len(ours), found=right, gold=len(gold))


def _errors(article: Labelled, ours: dict[Span, str | None]) -> Iterator[Error]:
    def error(figure: str, kind: ErrorKind, span: Span, note: str) -> Error:
        return Error(
            figure=f"elevant.{figure}", kind=kind, label=kind, article=article.id, span=span, text=article.text,
            note=note,
        )

    for span, qid in sorted(article.labels.items()):
        near = [other.of(article.text) for other in ours if other.overlaps(span)]
        if span not in ours:
            yield error("ner", "miss", span, f"ours: {near}; gold {qid}")
        elif ours[span] != qid:
            yield error("id", "wrong value" if ours[span] else "miss", span, f"ours {ours[span]}; gold {qid}")
    for span, qid in sorted(ours.items()):
        if span not in article.labels:
            near = [other.of(article.text) for other in article.labels if other.overlaps(span)]
            yield error("ner", "false alarm", span, f"gold: {near}; ours {qid}")
