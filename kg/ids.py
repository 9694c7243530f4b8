"""Local IRIs: hashes of what they stand for, never counters or random numbers.

The base is the user's (`DEFAULT_BASE` unless set); everything found in an article is minted under
the base of that article's own IRI, so that one build never mixes two bases.

    >>> article = mint(DEFAULT_BASE, "article", "some bytes")
    >>> within(article, "event", 3, 8).startswith(DEFAULT_BASE + "event/")
    True
    >>> chars(article, 3, 8).endswith("#char=3,8")
    True
"""

from __future__ import annotations

import hashlib
import re

from kg.errors import KgError

DEFAULT_BASE = "https://w3id.org/newskg/id/"
_HEX = 16  # 64 bits: with ten million things the chance of one collision is under one in 300,000


def mint(base: str, kind: str, *parts: object) -> str:
    """`BASE kind/HASH`, the hash being that of the parts in their order."""
    digest = hashlib.sha256("\x1f".join([kind, *map(str, parts)]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{base}{kind}/{digest[:_HEX]}"


def base_of(iri: str) -> str:
    """The base under which a local IRI was minted (`BASE kind/HASH...`)."""
    return iri.split("#", 1)[0].rsplit("/", 2)[0] + "/"


def within(article_iri: str, kind: str, *parts: object) -> str:
    """The IRI of something found in an article: an event, an attribution, an unlinked entity."""
    return mint(base_of(article_iri), kind, article_iri.rsplit("/", 1)[1], *parts)


def chars(article_iri: str, start: int, end: int) -> str:
    """The IRI of a stretch of an article's text (RFC 5147 fragment), code points, half-open."""
    return f"{article_iri}#char={start},{end}"


def check_base(base: str) -> str:
    """The base, if IRIs can be minted under it. Raises `KgError` otherwise."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|^`\\\x00-\x20#?]+/", base):
        raise KgError(f"{base!r} is no base for IRIs; give an absolute IRI that ends with a slash")
    return base
