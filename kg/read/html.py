"""A web page: its main text, as trafilatura finds it, and what its head says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Article
from kg.read.article import page_article
from kg.read.metadata import Metadata
from kg.read.text import check, decoded


def html(content: bytes, name: str, id: str, metadata: Metadata, base: str) -> Iterator[Article]:
    """The article of a page. Raises `InputError` where there is none."""
    yield page(content, name, id, metadata, base, charset=declared_charset(content))


def page(content: bytes, name: str, id: str, metadata: Metadata, base: str, *, charset: str | None) -> Article:
    """The article of a page in the given character set (UTF-8 where none is given). Raises `InputError`."""
    import trafilatura
    import trafilatura.settings

    text = decoded(content, name, declared=charset)
    found = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    if not isinstance(found, trafilatura.settings.Document) or not (text := (found.text or "").strip()):
        raise InputError("holds no article text: the page has no main content", file=name)
    check(text, name)
    own = Metadata(
        title=found.title or "",
        publisher=found.sitename or None,
        authors=tuple(author.strip() for author in (found.author or "").split(";") if author.strip()),
        published=found.date or None,
        url=found.url if (found.url or "").startswith(("http://", "https://")) else None,
    )
    if own.title and own.title not in text[: len(own.title) + 200]:
        text = f"{own.title}\n\n{text}"
    article = page_article(text, id=id, content=content, metadata=metadata.over(own), base=base)
    if not any(block.kind == "paragraph" for block in article.blocks):
        raise InputError("holds no article text: the page has no paragraph", file=name)
    return article


def declared_charset(content: bytes) -> str | None:
    """What the page's head says of its encoding."""
    match = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", content[:4096], re.I)
    return match[1].decode("ascii") if match else None
