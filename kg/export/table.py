"""Claims as CSV (RFC 4180): one line for each thing that somebody says, with who says it and in which words.

A spreadsheet runs what begins with `=`, `+`, `-` or `@` (OWASP, CSV injection), and an article may say anything: such a
cell gets an apostrophe in front, as does one that begins with an apostrophe, so that `cell_text` gives back every cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from kg.export.forms import Exportable
from kg.model import Event, Relation, Span
from kg.query.claims import Claim

COLUMNS = (
    "article", "publisher", "published", "title", "url", "source", "chain", "quote", "verbatim", "start", "end",
    "what", "words", "roles", "polarity", "realis", "certainty", "time", "article_iri", "attribution", "proposition",
)  # fmt: skip
# what a spreadsheet takes for a formula or a command, also in full width, and the apostrophe itself
_ACTIVE = tuple("=+-@\t\r\n'＝＋－＠")
_BETWEEN = "; "


def table(graph: Exportable) -> bytes:
    """All claims as CSV, with a line of names."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in graph.claims():
        writer.writerows([cell(text) for text in row] for row in _rows(claim))
    return out.getvalue().encode("utf-8", "backslashreplace")


def cell(text: str) -> str:
    """The text so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def cell_text(cell: str) -> str:
    """The inverse of `cell`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_ACTIVE) else cell


def _rows(claim: Claim) -> Iterator[tuple[str, ...]]:
    article = claim.article
    start, end = claim.spans[0].start, claim.spans[-1].end
    who = (
        article.id, article.publisher or "", article.published or "", article.title, article.url or "", claim.source,
        " <- ".join(claim.chain), claim.quote, _BETWEEN.join(claim.verbatim), str(start), str(end),
    )  # fmt: skip
    for stated in claim.propositions or (None,):
        yield *who, *_stated(stated, article.text), article.iri, claim.attribution, stated.iri if stated else ""


def _stated(stated: Event | Relation | None, text: str) -> tuple[str, ...]:
    """what, words, roles, polarity, realis, certainty, time."""
    if stated is None:
        return ("",) * 7
    if isinstance(stated, Relation):
        roles = [("subject", stated.subject_span), ("object", stated.object_span)]
        return stated.name, stated.span.of(text), _roles(roles, text), stated.polarity, "actual", "certain", ""
    what = stated.kind if stated.kind != "Event" else stated.lemma
    roles = [(role.name, role.span) for role in stated.roles]
    factual = stated.polarity, stated.realis, stated.certainty
    return what, stated.trigger.of(text), _roles(roles, text), *factual, stated.time or ""


def _roles(roles: list[tuple[str, Span]], text: str) -> str:
    return _BETWEEN.join(f"{name}: {' '.join(span.of(text).split())}" for name, span in roles)
