"""What the readers of this step share: an article's parse with its quotations, and the notion of a saying."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from kg.attribute.lexicon import Entry
from kg.attribute.quotes import Quotation, quotations
from kg.model import Parse, Reading, Token

PROSE = frozenset({"headline", "paragraph", "caption"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
RELATIVE = frozenset({"who", "which", "that", "whom", "what", "whoever", "whatever"})
BARRIER = frozenset({",", ";", ":", "--", "-", "–", "—", ".", "..."})
DASHES = frozenset({"--", "—", "–", "-"})
DOCUMENTS = frozenset(
    "report statement document dossier memo letter email cable transcript filing record study survey poll data figure "
    "interview source website broadcast audit review analysis".split()
)  # they speak; "reasons" or "footage" do not


class Run(NamedTuple):
    """A run of tokens, both ends inclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Prose:
    """Parse and quotations of one article; `quote_of[i]` is the quotation that token i stands in, or -1;
    `actors` are the last tokens of the names of persons and organisations, `people` the heads of all that names,
    describes or stands for a person, `voices` the heads of names and descriptions of whoever can say something,
    `headlines` the numbers of the paragraphs that are headlines."""

    text: str
    parse: Parse
    tokens: tuple[Token, ...]
    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quotation, ...]
    quote_runs: tuple[Run, ...]
    quote_of: tuple[int, ...]
    paragraph_of: tuple[int, ...]
    actors: frozenset[int]
    people: frozenset[int]
    voices: frozenset[int]
    headlines: frozenset[int]

    def child(self, head: int, *deps: str) -> int | None:
        """The first dependant of `head` with one of those labels."""
        for c in self.parse.children[head]:
            if self.tokens[c].dep in deps:
                return c
        return None

    def subtree(self, head: int) -> Run:
        """The run of a token and all that depends on it."""
        return Run(self.parse.left[head], self.parse.right[head])

    def sentence(self, token: int) -> Run:
        """The run of the sentence that a token stands in."""
        return Run(*self.parse.sentences[self.tokens[token].sentence])


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One attribution in tokens: the cue's head word and run, the source's run and head, the content's runs.

    `frame` is the frame of the lexicon by which the content was found; `relay` is the head of the saying with the same
    content that relays this one.
    """

    head: int
    cue: Run
    kind: str
    source: Run | None
    source_head: int | None
    content: tuple[Run, ...]
    frame: str = "quote"
    relay: int | None = None

    @property
    def clausal(self) -> bool:
        """Whether the content is a finite clause or a quotation."""
        return self.frame in {"that", "quote", "obj-that", "obj-quote"}


class Cue(NamedTuple):
    """A word that may be a cue, with its entry and the run of words around it that belong to it."""

    head: int
    run: Run
    entry: Entry


def prose_of(reading: Reading) -> Prose:
    """The step's working view of a reading."""
    parse, text = reading.parse, reading.article.text
    paragraphs = tuple(
        (block.span.start, block.span.end) for block in reading.article.blocks if block.kind in PROSE
    ) or ((0, len(text)),)
    paragraphs = tuple(line for start, end in paragraphs for line in _lines(text, start, end))
    quotes = tuple(quotations(text, paragraphs))
    quote_of, runs = [-1] * len(parse.tokens), []
    starts = parse.starts
    for number, quote in enumerate(quotes):
        first = bisect_right(starts, quote.first - 1)
        last = bisect_right(starts, quote.end - 1) - 1
        runs.append(Run(first, last))
        for i in range(first, last + 1):
            quote_of[i] = number
    edges = [start for start, _ in paragraphs]
    paragraph_of = [-1] * len(starts)
    for number, edge in enumerate(edges):
        first = bisect_left(starts, edge)
        paragraph_of[first:] = [number] * (len(starts) - first)
    headlines = [block.span for block in reading.article.blocks if block.kind == "headline"]
    return Prose(
        text=text,
        parse=parse,
        tokens=parse.tokens,
        paragraphs=paragraphs,
        quotes=quotes,
        quote_runs=tuple(runs),
        quote_of=tuple(quote_of),
        paragraph_of=tuple(paragraph_of),
        actors=frozenset(
            bisect_right(starts, mention.span.end - 1) - 1
            for mention in reading.mentions
            if mention.form == "name" and mention.kind in {"person", "organization"}
        ),
        people=frozenset(
            bisect_right(starts, mention.head.end - 1) - 1 for mention in reading.mentions if mention.kind == "person"
        ),
        voices=frozenset(
            bisect_right(starts, mention.head.end - 1) - 1
            for mention in reading.mentions
            if mention.form != "pronoun" and mention.kind in {"person", "organization", "group"}
        ),
        headlines=frozenset(
            number for number, start in enumerate(edges) if any(span.start <= start < span.end for span in headlines)
        ),
    )


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A block's paragraphs: an empty line inside a block still ends a paragraph."""
    lines, at = [], start
    for piece in text[start:end].split("\n\n"):
        if piece.strip():
            lines.append((at, at + len(piece)))
        at += len(piece) + 2
    return lines
