"""RSS and Atom: each entry that brings its text is an article; what an entry only links to is not fetched.

feedparser reads the many dialects. It resolves no external entity; a feed that declares entities of its own is refused,
as no feed needs them and a few lines of them can unfold without end.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from html import escape
from time import struct_time
from typing import Any

from kg.errors import InputError
from kg.model import Article
from kg.read.article import clean_article
from kg.read.metadata import Metadata
from kg.read.text import check

_ENTITY = re.compile(rb"<!\s*ENTITY", re.I)


def feed(content: bytes, name: str, id: str, metadata: Metadata, base: str) -> Iterator[Article | InputError]:
    """The articles of a feed, in its order; an `InputError` for each entry without text."""
    import feedparser

    if _ENTITY.search(content.replace(b"\0", b"")):
        raise InputError("declares XML entities, which no feed needs; it is not read", file=name)
    found = feedparser.parse(io.BytesIO(content), sanitize_html=True, resolve_relative_uris=False)
    if not found.get("version"):
        raise InputError("is no RSS or Atom feed", file=name)
    if not found.entries:
        raise InputError("is empty; there is nothing to read", file=name)
    outlet = Metadata(publisher=_line(found.feed.get("title")) or None)
    for number, entry in enumerate(found.entries, start=1):
        try:
            yield _article(entry, f"{id}:{number}", metadata.over(outlet), base)
        except InputError as error:
            yield InputError(f"entry {number} {error.message}", file=name)


def _article(entry: Any, id: str, metadata: Metadata, base: str) -> Article:
    title, text = _line(entry.get("title")), _text(entry)
    check(text, "")
    link = entry.get("link", "")
    own = Metadata.checked(
        {
            "title": title,
            "authors": [name for author in entry.get("authors", ()) if (name := _line(author.get("name")))],
            "url": link if isinstance(link, str) else "",
            **({"published": day} if (day := _moment(entry)) else {}),
        }
    )
    whole = text if not title or text.startswith(title) else f"{title}\n\n{text}"
    known = own.over(metadata)
    digest = hashlib.sha256(
        json.dumps([entry.get("id", ""), link, whole], ensure_ascii=False).encode("utf-8")
    ).hexdigest()
    return clean_article(whole, id=entry.get("id") or link or id, sha256=digest, base=base, **known.fields())


def _text(entry: Any) -> str:
    """The fullest of an entry's contents and its summary, as lines of text."""
    bodies = [*entry.get("content", ()), *filter(None, (entry.get("summary_detail"),))]
    return max((_plain(body) for body in bodies), key=len, default="")


def _plain(body: Any) -> str:
    from lxml import html

    value = body.get("value", "")
    marked = value if body.get("type") != "text/plain" else f"<p>{escape(value)}</p>"
    if not marked.strip():
        return ""
    tree = html.fromstring(f"<div>{marked}</div>")
    for block in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = f"\n{block.tail or ''}"
    lines = (_line(line) for line in str(tree.text_content()).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _moment(entry: Any) -> str | None:
    """When the entry was published, in UTC."""
    moment = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    if not isinstance(moment, struct_time):
        return None
    year, month, day, hour, minute = moment[:5]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}Z"
