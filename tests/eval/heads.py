"""The head of a span by our own parse: the token whose governor lies outside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.model import Parse, Span
from tests.eval.cat import Document, Markable


def head_index(parse: Parse, span: Span) -> int | None:
    """The first token of the span whose governor is outside it, or that is a root; None where no token is."""
    first = bisect_right(parse.tokens, span.start, key=lambda token: token.end)
    last = bisect_left(parse.tokens, span.end, key=lambda token: token.start)
    for token in parse.tokens[first:last]:
        if token.head == token.i or not first <= token.head < last:
            return token.i
    return None


def head_of_span(parse: Parse, span: Span) -> Span:
    """The head's characters; the span's own where it has no token."""
    index = head_index(parse, span)
    return span if index is None else Span(parse.tokens[index].start, parse.tokens[index].end)


def head_token(parse: Parse, document: Document, mention: Markable) -> int:
    """The gold token that holds a gold mention's head; its last token where our parse has none there."""
    index = head_index(parse, document.span(mention))
    if index is None:
        return mention.tokens[-1]
    token = parse.tokens[index]
    inside = [i for i in document.text.tokens(Span(token.start, token.end)) if i in mention.tokens]
    return inside[0] if inside else mention.tokens[-1]
