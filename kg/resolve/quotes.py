"""Quotations and who speaks in them.

A quotation runs from an opening mark to its closing mark, or to the end of the block where the next paragraph
opens one again. Its speaker is the subject of the verb of saying that governs it or stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Parse
from kg.resolve.lexicon import listed

OPENING = frozenset({"“", "``", "«", "„"})
CLOSING = frozenset({"”", "''", "»"})
AFTER = 5  # tokens after the closing mark, where the parser ends the sentence there
LONGEST = 400  # tokens: an opening mark without its closing one is not a quotation


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens from mark to mark, inclusive; `speaker` is the head token of who says it, where found."""

    first: int
    last: int
    speaker: int | None


def quotations(parse: Parse) -> tuple[Quotation, ...]:
    """All quotations in order."""
    found, opened = [], None
    for token in parse.tokens:
        mark = token.text
        straight = mark == '"'
        if opened is None and (mark in OPENING or straight):
            opened = token.i
        elif opened is not None and (mark in CLOSING or straight):
            if token.i - opened <= LONGEST:
                found.append(Quotation(opened, token.i, _speaker(parse, opened, token.i)))
            opened = None
        elif opened is not None and token.i - opened > LONGEST:
            opened = None
    return tuple(found)


def _speaker(parse: Parse, first: int, last: int) -> int | None:
    """The subject of a saying verb outside the marks, in the sentences of the marks, the nearest first."""
    begin = parse.sentences[parse.tokens[first].sentence][0]
    end = max(parse.sentences[parse.tokens[last].sentence][1], min(last + AFTER, len(parse.tokens) - 1))
    saying = listed("saying")
    around = (*range(begin, first), *range(last + 1, end + 1))
    outside: list[int] = [i for i in around if parse.tokens[i].lemma.lower() in saying]
    for verb in sorted(outside, key=lambda i: first - i if i < first else i - last):
        token = parse.tokens[verb]
        for governor in (verb, token.head) if token.dep == "conj" else (verb,):
            subject = next((i for i in parse.children[governor] if parse.tokens[i].dep == "nsubj"), None)
            if subject is not None and not first <= subject <= last:
                return subject
    return None
