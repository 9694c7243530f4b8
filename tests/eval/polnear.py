"""PolNeAR: who is quoted (source), by which words (cue), as saying what (content).

Sentence level: each line of `sentences.jsonl` is read as one little article; a span counts when role, first and
last token are those of a BIO span. Article level: a predicted attribution matches a gold one when source, cue
and content each overlap by half or more (characters, intersection over union), one-to-one.

How the gold treats the edges, seen in its data: quotation marks belong to the content, and so do a comma or a
full stop inside them; the complementiser ("that", "to", "how") is the content's first word; the sentence's own
full stop and the comma before the cue lie outside; auxiliaries, particles and negation belong to the cue; the
whole noun phrase with its appositions is the source. A sentence's labels are one flat layer: where
attributions are nested, the tokens carry one of the roles only, so that both cannot be matched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.model import Article, Attribution, Reading, Span
from kg.read.article import clean_article
from tests.eval.cat import TokenText
from tests.eval.figures import Counts, Error, Report, f1_figure
from tests.eval.readings import Reader
from tests.eval.same import same_figure

ROLES = ("source", "cue", "content")
OVERLAP = 0.5


def score(folders: Sequence[Path], reader: Reader, limit: int | None = None) -> Report:
    """`polnear.source`, `.cue`, `.content` (sentence level), `.linked` (article level) and `.same` (across)."""
    report = _score_sentences(folders, reader, limit)
    report.extend(_score_articles(folders, reader, limit))
    return report


def attributed(reading: Reading) -> list[Attribution]:
    """All attributions but the root, which is the outlet's own voice."""
    return [each for each in reading.attributions if each.cue is not None or each.parent is not None]


# --- sentence level ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    text: TokenText
    labels: tuple[str, ...]


Triple = tuple[str, int, int]


def _score_sentences(folders: Sequence[Path], reader: Reader, limit: int | None) -> Report:
    sentences = [each for folder in folders for each in _sentences(folder / "sentences.jsonl", limit)]
    articles = (clean_article(each.text.text, id=each.id) for each in sentences)
    counts = {role: Counts() for role in ROLES}
    report = Report()
    for sentence, reading in zip(sentences, reader.read(articles), strict=True):
        gold = bio_spans(sentence.labels)
        predicted = predicted_spans(reading, sentence.text)
        for role in ROLES:
            ours, theirs = ({span for span in spans if span[0] == role} for spans in (predicted, gold))
            right = len(ours & theirs)
            counts[role] += Counts(right=right, predicted=len(ours), found=right, gold=len(theirs))
        report.errors.extend(_sentence_errors(sentence, gold, predicted))
    report.figures.extend(f1_figure(f"polnear.{role}", counts[role]) for role in ROLES)
    return report


def _sentences(file: Path, limit: int | None) -> Iterator[Sentence]:
    """Those of the first `limit` articles. Lines of one article share an id; the line number makes it unique."""
    articles = set()
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            articles.add(row["id"])
            if limit is not None and len(articles) > limit:
                return
            yield Sentence(f"{row['id']}:{number}", TokenText.from_lines([row["tokens"]]), tuple(row["labels"]))


def bio_spans(labels: Sequence[str]) -> set[Triple]:
    """(role, first token, last token) of each BIO span. An I without its B opens a span."""
    spans: list[Triple] = []
    for i, label in enumerate(labels):
        mark, _, role = label.partition("-")
        if mark == "I" and spans and spans[-1][0] == role and spans[-1][2] == i - 1:
            spans[-1] = (role, spans[-1][1], i)
        elif mark in ("B", "I"):
            spans.append((role, i, i))
    return set(spans)


def predicted_spans(reading: Reading, text: TokenText) -> set[Triple]:
    """The same of our attributions."""
    spans = set()
    for attribution in attributed(reading):
        for role, pieces in _pieces(attribution).items():
            for piece in pieces:
                if tokens := text.tokens(piece):
                    spans.add((role, tokens[0], tokens[-1]))
    return spans


def _pieces(attribution: Attribution) -> dict[str, tuple[Span, ...]]:
    source, cue = attribution.source.span, attribution.cue
    return {"source": (source,) if source else (), "cue": (cue,) if cue else (), "content": attribution.content}


def _sentence_errors(sentence: Sentence, gold: set[Triple], predicted: set[Triple]) -> Iterator[Error]:
    for kind, wrong, others in (("miss", gold - predicted, predicted), ("false alarm", predicted - gold, gold)):
        for role, first, last in sorted(wrong):
            near = [
                f"{other} {sentence.text.span((start, end)).of(sentence.text.text)!r}"
                for other, start, end in sorted(others)
                if start <= last and first <= end
            ]
            yield Error(
                figure=f"polnear.{role}",
                kind="miss" if kind == "miss" else "false alarm",
                label=role,
                article=sentence.id,
                span=sentence.text.span((first, last)),
                text=sentence.text.text,
                note="overlaps " + "; ".join(near) if near else "nothing there",
            )


# --- article level ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def _score_articles(folders: Sequence[Path], reader: Reader, limit: int | None) -> Report:
    files = [file for folder in folders for file in islice(sorted((folder / "text").glob("*.txt")), limit)]
    counts, report = Counts(), Report()
    readings = list(reader.read(map(_article, files)))
    for file, reading in zip(files, readings, strict=True):
        gold = [each for each in read_brat(_first_annotator(file)) if each.cue and each.content]
        predicted = attributed(reading)
        pairs = link(gold, predicted)
        counts += Counts(right=len(pairs), predicted=len(predicted), found=len(pairs), gold=len(gold))
        report.errors.extend(_article_errors(reading, gold, predicted, pairs))
    report.figures += [f1_figure("polnear.linked", counts), same_figure("polnear.same", readings)]
    return report


def _article(file: Path) -> Article:
    return clean_article(file.read_bytes().decode("utf-8"), id=file.stem)


def _first_annotator(text_file: Path) -> Path:
    """`NAME_ANNOTATOR.ann`; where two annotators read an article, the first by name."""
    return min(text_file.parent.parent.joinpath("attributions").glob(f"{text_file.stem}_*.ann"))


def read_brat(file: Path) -> list[GoldAttribution]:
    """Attributions of a brat file: `T` lines are spans in pieces, `E` lines tie them ("Content2" is more content)."""
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            _, _, place = rest.split("\t", 1)[0].partition(" ")
            spans[name] = tuple(Span(*map(int, piece.split())) for piece in place.split(";"))
        elif name.startswith("E"):
            events.append(rest.split()[1:])
    return [
        GoldAttribution(*(_of_role(role, arguments, spans) for role in ("Source", "Cue", "Content")))
        for arguments in events
    ]


def _of_role(role: str, arguments: Iterable[str], spans: dict[str, tuple[Span, ...]]) -> tuple[Span, ...]:
    named = [argument.partition(":") for argument in arguments]
    return tuple(piece for name, _, target in named if name.rstrip("0123456789") == role for piece in spans[target])


def link(gold: Sequence[GoldAttribution], predicted: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The largest one-to-one matching, as (gold number, predicted number)."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    fits = np.array([[matches(theirs, ours) for ours in predicted] for theirs in gold], dtype=bool)
    if not fits.any():
        return []
    rows, columns = linear_sum_assignment(fits, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if fits[row, column]]


def matches(gold: GoldAttribution, predicted: Attribution) -> bool:
    """Each role overlaps by half or more; a gold attribution without a source asks for none."""
    pieces = _pieces(predicted)
    roles = [(gold.cue, pieces["cue"]), (gold.content, pieces["content"])]
    if gold.source:
        roles.append((gold.source, pieces["source"]))
    return all(overlap(theirs, ours) >= OVERLAP for theirs, ours in roles)


def overlap(some: Iterable[Span], others: Iterable[Span]) -> float:
    """Intersection over union of the characters."""
    left, right = ({i for span in spans for i in range(span.start, span.end)} for spans in (some, others))
    return len(left & right) / len(left | right) if left | right else 0.0


def _article_errors(
    reading: Reading, gold: Sequence[GoldAttribution], predicted: Sequence[Attribution], pairs: list[tuple[int, int]]
) -> Iterator[Error]:
    article = reading.article
    found, right = {row for row, _ in pairs}, {column for _, column in pairs}
    for number, theirs in enumerate(gold):
        if number not in found:
            yield Error(
                figure="polnear.linked", kind="miss", label="attribution", article=article.id, span=theirs.cue[0],
                text=article.text, note=_quotes(article.text, theirs.source, theirs.content),
            )
    for number, ours in enumerate(predicted):
        if number not in right:
            pieces = _pieces(ours)
            yield Error(
                figure="polnear.linked", kind="false alarm", label="attribution", article=article.id,
                span=ours.cue or (*ours.content, Span(0, 0))[0], text=article.text,
                note=_quotes(article.text, pieces["source"], pieces["content"]),
            )


def _quotes(text: str, source: Iterable[Span], content: Iterable[Span]) -> str:
    quoted = [" … ".join(span.of(text) for span in spans) for spans in (source, content)]
    return f"source: {quoted[0]} | content: {quoted[1]}"
