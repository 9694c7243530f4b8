"""CAT XML, the stand-off format of MEANTIME and ECB+ (tokens, then Markables, then Relations).

A document's text is rebuilt from its tokens: one sentence a line, tokens joined by single spaces, so that
every gold span is a set of token numbers and every span of ours maps back to them.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import Span


@dataclass(frozen=True, slots=True)
class TokenText:
    """A text made of tokens: `spans[i]` are the characters of token i, in order and disjoint."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def from_lines(cls, lines: Iterable[Sequence[str]]) -> TokenText:
        """Tokens joined by single spaces, lines by line breaks."""
        pieces: list[str] = []
        spans: list[Span] = []
        position = 0
        for number, line in enumerate(lines):
            if number:
                pieces.append("\n")
                position += 1
            for i, token in enumerate(line):
                if i:
                    pieces.append(" ")
                    position += 1
                pieces.append(token)
                spans.append(Span(position, position + len(token)))
                position += len(token)
        return cls("".join(pieces), tuple(spans))

    def tokens(self, span: Span) -> range:
        """The tokens of which the span covers at least one character."""
        first = bisect_right(self.spans, span.start, key=lambda token: token.end)
        last = bisect_left(self.spans, span.end, key=lambda token: token.start)
        return range(first, max(first, last))

    def span(self, tokens: Sequence[int]) -> Span:
        """From the first to the last of some tokens."""
        return Span(self.spans[min(tokens)].start, self.spans[max(tokens)].end)


@dataclass(frozen=True, slots=True)
class Markable:
    """A mention (with tokens, sorted) or, without tokens, an instance that mentions refer to."""

    id: str
    tag: str
    tokens: tuple[int, ...]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Relation:
    """Sources and targets are ids of markables; MEANTIME's REFERS_TO and ECB+'s coreference have many sources."""

    tag: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """One CAT file. `sentence_of[i]` is the gold's own number of the sentence of token i."""

    name: str
    text: TokenText
    words: tuple[str, ...]
    sentence_of: tuple[int, ...]
    markables: dict[str, Markable]
    relations: tuple[Relation, ...]

    def mentions(self, *tags: str) -> Iterator[Markable]:
        """Markables with tokens, of these tags."""
        return (each for each in self.markables.values() if each.tokens and each.tag in tags)

    def sentence(self, markable: Markable) -> int:
        return self.sentence_of[markable.tokens[0]]

    def span(self, markable: Markable) -> Span:
        return self.text.span(markable.tokens)


def read_cat(path: Path) -> Document:
    """A document from its file. The files are other people's, but come with this project's own gold data."""
    root = ET.parse(path).getroot()  # noqa: S314
    elements = root.findall("token")
    number_of = {_get(element, "t_id"): i for i, element in enumerate(elements)}
    words = tuple(element.text or "" for element in elements)
    sentence_of = tuple(int(_get(element, "sentence")) for element in elements)
    markables = {}
    for element in root.find("Markables") or ():
        tokens = tuple(sorted(number_of[_get(anchor, "t_id")] for anchor in element.findall("token_anchor")))
        markables[_get(element, "m_id")] = Markable(_get(element, "m_id"), element.tag, tokens, dict(element.attrib))
    relations = tuple(
        Relation(
            element.tag,
            tuple(_get(end, "m_id") for end in element.findall("source")),
            tuple(_get(end, "m_id") for end in element.findall("target")),
            dict(element.attrib),
        )
        for element in root.find("Relations") or ()
    )
    text = TokenText.from_lines(_lines(words, sentence_of))
    return Document(path.stem, text, words, sentence_of, markables, relations)


def _lines(words: Sequence[str], sentence_of: Sequence[int]) -> list[list[str]]:
    lines: list[list[str]] = []
    for i, word in enumerate(words):
        if not i or sentence_of[i] != sentence_of[i - 1]:
            lines.append([])
        lines[-1].append(word)
    return lines


def _get(element: ET.Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise ValueError(f"<{element.tag}> has no {name}")
    return value
