"""An `Article` from text: clean text, where every line is prose, or a page with its noise around it."""

from __future__ import annotations

import hashlib
import re

from kg.ids import DEFAULT_BASE, mint
from kg.model import Article, Block, Span
from kg.read import dateline, publisher
from kg.read.layout import authors_of, blocks, masthead, outlet_of
from kg.read.metadata import Metadata

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def clean_article(
    text: str,
    *,
    id: str,
    title: str = "",
    publisher: str | None = None,
    authors: tuple[str, ...] = (),
    published: str | None = None,
    url: str | None = None,
    language: str = "en",
    sha256: str | None = None,
    base: str = DEFAULT_BASE,
) -> Article:
    """An article whose `text` is taken as it is: each line that is not blank is one paragraph.

    `published` is an ISO 8601 date or date-time. `sha256` is of the bytes the text came from; of the text's
    UTF-8 where it came from nowhere else.
    """
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        iri=mint(base, "article", digest),
        id=id,
        text=text,
        sha256=digest,
        title=title,
        publisher=publisher,
        authors=authors,
        published=published,
        url=url,
        language=language,
        blocks=tuple(Block(span=_trim(match), kind="paragraph") for match in _LINE.finditer(text)),
    )


def _trim(match: re.Match[str]) -> Span:
    line = match.group()
    start = match.start() + len(line) - len(line.lstrip())
    return Span(start, match.start() + len(line.rstrip()))


def page_article(text: str, *, id: str, content: bytes, metadata: Metadata, base: str = DEFAULT_BASE) -> Article:
    """An article from a page's text. What the metadata leaves open is taken from the page itself: the
    headline, the date that a dateline says, and the outlet that its footer names."""
    found = blocks(text, title=metadata.title, outlets=publisher.names())
    digest = hashlib.sha256(content).hexdigest()
    kinds = ("headline", "dateline", "byline")
    lines = {kind: [block.span.of(text) for block in found if block.kind == kind] for kind in kinds}
    own = Metadata(
        title=" ".join(lines["headline"][0].split()) if lines["headline"] else "",
        publisher=publisher.outlet([block.span.of(text) for block in found if block.kind in publisher.KINDS])
        or next(filter(None, (*map(masthead, lines["dateline"]), *map(outlet_of, lines["byline"]))), None),
        authors=tuple(dict.fromkeys(name for line in lines["byline"] for name in authors_of(line))),
        published=next(filter(None, map(dateline.published, lines["dateline"])), None),
    )
    return Article(
        iri=mint(base, "article", digest),
        id=id,
        text=text,
        sha256=digest,
        blocks=found,
        **metadata.over(own).fields(),
    )
