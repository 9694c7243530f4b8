"""The parse: spaCy's small English model over an article's prose, as our own plain `Parse`.

All prose blocks of an article are parsed as one document, with a sentence start forced at each block, so
that a headline never runs into the first paragraph and the model still sees a whole article per call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from kg.annotate.headline import capitals, in_title_case, truecased, with_verb
from kg.annotate.mend import mended
from kg.annotate.model import model
from kg.annotate.time import time_expressions
from kg.model import Article, Name, Parse, Reading, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

PROSE = frozenset({"headline", "paragraph", "caption", "credit"})  # a credit block is just the names credited
_CURRENCIES = frozenset("$€£¥")
_SUM = re.compile(r"[$€£¥][0-9][0-9.,]*m\b")
_SUM_AT_END = re.compile(r"[0-9]m\.(?: [A-Z]|$)")
_ON = frozenset({"on", "to", "via", "platform", "network", "site"})
_POSTING = frozenset("said wrote written posted post posts tweeted message statement account video media".split())
_TITLES = "titles"  # in a document's own data: which of its blocks are headlines in Title Case
_LINE_BREAKS = {ord(mark): " " for mark in "\n\r\v\f\u2028\u2029"}
BATCH = 16  # articles a batch; measured: 256 is a fifth slower with four times the memory


@cache
def _threads() -> ThreadpoolController:
    """The threads of the BLAS in this process. One serves us best: processes are what runs side by side, and the
    order in which sums are made stays the same on every machine."""
    from threadpoolctl import ThreadpoolController

    model()
    return ThreadpoolController()


def piped(docs: Iterable[Doc]) -> Iterator[Doc]:
    """Documents through the model. Until they are all taken, this process multiplies in one thread."""
    with _threads().limit(limits=1, user_api="blas"):
        yield from model().pipe(docs, batch_size=BATCH)


def annotate(reading: Reading) -> Reading:
    """Fill `parse`, `sentences` and `times` of one reading."""
    return next(annotate_all([reading]))


def annotate_all(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The same for many, in batches, in order, in bounded memory."""
    waiting = iter(readings)
    while batch := list(islice(waiting, BATCH)):
        articles = [reading.article for reading in batch]
        elsewhere = _parser.get()
        yield from map(with_parse, batch, (elsewhere and elsewhere(articles)) or parsed(articles))


def parsed(articles: Sequence[Article]) -> list[Parse]:
    """The parses of a batch of articles, made in this process."""
    with _vocabulary(articles):
        docs = piped(map(_doc, articles))
        return [to_parse(doc, _block_offsets(one)) for one, doc in zip(articles, docs, strict=True)]


Parser = Callable[[Sequence[Article]], list[Parse] | None]
_parser: ContextVar[Parser | None] = ContextVar("parser", default=None)


@contextmanager
def parsed_by(parser: Parser) -> Iterator[None]:
    """Let another parser make the parses, which must be the same; where it makes none, this process does."""
    token = _parser.set(parser)
    try:
        yield
    finally:
        _parser.reset(token)


_LEARNT = 300_000  # characters
_met = 0


def _vocabulary(articles: Iterable[Article]) -> AbstractContextManager[object]:
    """What a batch does to the model's memory: it keeps the words of the first batches, so that most later ones are
    known and need no tokenising, and forgets those of all others, which would fill it up."""
    global _met
    _met += sum(len(article.text) for article in articles)
    return nullcontext() if _met < _LEARNT else model().memory_zone()


def with_parse(reading: Reading, parse: Parse) -> Reading:
    """The reading with a parse and the layers that follow from it alone."""
    reading = replace(reading, parse=parse, sentences=tuple(parse.span(first, last) for first, last in parse.sentences))
    return replace(reading, times=time_expressions(reading))


def prose(article: Article) -> tuple[Span, ...]:
    """The stretches of text that are parsed, in order."""
    return tuple(block.span for block in article.blocks if block.kind in PROSE)


def _doc(article: Article) -> Doc:
    from spacy.tokens import Doc

    nlp = model()
    # line breaks inside a paragraph are layout; a space of the same length keeps every offset
    lines = [span.of(article.text).translate(_LINE_BREAKS) for span in prose(article)]
    titles = {line for line in lines if in_title_case(line)}
    balance = capitals(line for line in lines if line not in titles) if titles else None
    blocks = [_tokenized(nlp, truecased(line, balance) if balance and line in titles else line) for line in lines]
    if not blocks:
        return Doc(nlp.vocab)
    merged = _merged(blocks)
    start = 0
    for block in blocks:
        if start < len(merged):
            merged[start].is_sent_start = True
        if len(block) > 1:  # what goes before a block makes the parser cut off its first word now and then
            merged[start + 1].is_sent_start = False
        start += len(block)
    merged.user_data[_TITLES] = [i for i, line in enumerate(lines) if line in titles]
    return merged


def _merged(blocks: Sequence[Doc]) -> Doc:
    """One document of the words of several, as `Doc.from_docs` makes it, which takes an eighth of the parse."""
    import numpy as np
    from spacy.attrs import NORM, ORTH, SPACY
    from spacy.tokens import Doc

    rows: Any = np.concatenate([block.to_array([ORTH, SPACY, NORM]) for block in blocks])
    merged = Doc(blocks[0].vocab, words=rows[:, 0].tolist(), spaces=rows[:, 1].astype(bool).tolist())
    return merged.from_array([NORM], rows[:, 2:])


def _tokenized(nlp: Language, line: str) -> Doc:
    """The words of a line. The tokenizer takes "X." for an initial and "85m." for an abbreviation, also where a
    sentence ends: "wrote on X. She", "for £85m. The firm"."""
    doc = nlp.make_doc(line)
    if " X." in line or _SUM_AT_END.search(line):
        with doc.retokenize() as retokenizer:
            for i in range(1, len(doc)):
                if _ends_a_sentence(doc, i):
                    retokenizer.split(doc[i], [doc[i].text[:-1], "."], heads=[(doc[i], 0), (doc[i], 1)])
    if _SUM.search(line):  # "£85m" is one amount, not 85 of something
        with doc.retokenize() as retokenizer:
            for i in range(2, len(doc)):
                if doc[i].text == "m" and doc[i - 1].like_num and doc[i - 2].text in _CURRENCIES:
                    retokenizer.merge(doc[i - 1 : i + 1])
    return doc


def _ends_a_sentence(doc: Doc, i: int) -> bool:
    if doc[i].text == "X." and doc[i - 1].lower_ in _ON:
        return i + 1 == len(doc) or doc[i + 1].is_stop or doc[max(i - 2, 0)].lower_ in _POSTING
    sum_ = doc[i].text == "m." and doc[i - 1].text[-1:].isdigit() and not doc[i - 1].whitespace_
    return sum_ and (i + 1 == len(doc) or doc[i + 1].text[:1].isupper())


def _block_offsets(article: Article) -> list[tuple[int, int]]:
    """For each prose block (offset of the block in the merged document, offset in the article)."""
    offsets, position = [], 0
    for span in prose(article):
        offsets.append((position, span.start))
        position += span.end - span.start
    return offsets


def to_parse(doc: Doc, offsets: list[tuple[int, int]]) -> Parse:
    """A spaCy document as our `Parse`: white-space tokens dropped, offsets mapped back to the article."""
    from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LEMMA, LENGTH, ORTH, POS, TAG

    if not len(doc):
        return Parse()
    rows = doc.to_array([IDX, LENGTH, ORTH, LEMMA, POS, TAG, DEP]).tolist()
    strings = {key: doc.vocab.strings[key] for key in {key for row in rows for key in row[2:]}}
    heads = doc.to_array(HEAD).astype("int64").tolist()  # offsets, which spaCy stores as unsigned numbers
    is_space = doc.to_array(IS_SPACE).tolist()
    before = [0, *accumulate(1 - space for space in is_space)]  # how many tokens are kept before each
    ner = [""] * len(doc)
    names = []
    for ent in doc.ents:
        first, end = before[ent.start], before[ent.end]
        if first < end:
            names.append(Name(first, end - 1, ent.label_))
            ner[ent.start : ent.end] = [ent.label_] * (ent.end - ent.start)
    sentences: list[tuple[int, int]] = []
    sentence_of: list[int] = []
    for sent in doc.sents:
        first, end = before[sent.start], before[sent.end]
        if first < end:
            sentence_of.extend([len(sentences)] * (end - first))
            sentences.append((first, end - 1))

    bounds = iter([*offsets[1:], (1 << 60, 0)])
    (here, there), (next_here, next_there) = offsets[0], next(bounds)
    tokens: list[Token] = []
    for old, (at, length, text, lemma, pos, tag, dep) in enumerate(rows):
        if is_space[old]:
            continue
        while at >= next_here:
            (here, there), (next_here, next_there) = (next_here, next_there), next(bounds)
        start, position = at - here + there, before[old]
        governor = old + heads[old]
        while is_space[governor] and governor:  # a white-space token governs nothing worth keeping
            governor -= 1
        tokens.append(
            Token(
                position,
                start,
                start + length,
                strings[text],
                strings[lemma],
                strings[pos],
                strings[tag],
                strings[dep],
                position if is_space[governor] else before[governor],
                sentence_of[position],
                ner[old],
            )
        )
    headlines = [0] if len(sentences) > 1 and tokens[sentences[0][1]].pos != "PUNCT" else []
    for block in (*headlines, *(title for title in doc.user_data.get(_TITLES, ()) if title not in headlines)):
        start, end = offsets[block][1], offsets[block + 1][1] if block + 1 < len(offsets) else 1 << 60
        for first, last in sentences:
            if start <= tokens[first].start < end:
                with_verb(tokens, first, last)
    return assemble(mended(tokens), sentences, names)


def assemble(tokens: list[Token], sentences: list[tuple[int, int]], names: list[Name]) -> Parse:
    """Children and subtree edges, computed once from the heads."""
    children: list[list[int]] = [[] for _ in tokens]
    left = list(range(len(tokens)))
    right = list(range(len(tokens)))
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    for first, last in sentences:
        roots = [i for i in range(first, last + 1) if tokens[i].head == i]
        order, stack = [], roots
        while stack:
            node = stack.pop()
            order.append(node)
            stack.extend(children[node])
        for node in reversed(order):  # dependants before what they depend on
            governor = tokens[node].head
            left[governor] = min(left[governor], left[node])
            right[governor] = max(right[governor], right[node])
    return Parse(
        tokens=tuple(tokens),
        children=tuple(map(tuple, children)),
        left=tuple(left),
        right=tuple(right),
        sentences=tuple(sentences),
        names=tuple(names),
    )
