"""Headlines In Title Case, given back the case that their words have in running text.

A parser trained on sentences takes "Putin Thanks Trump For Help" for one long name. Words that the article's own
sentences write without a capital, and words they never use that are no known name, are lowered before the parse
(after Lita et al. 2003, "tRuEcasIng"); the article's text and all offsets stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from kg.gazetteer import default

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“‘'(\[•-]\s*)$")
_TITLE_SHARE = 0.7  # of the words of four letters or more; names alone seldom reach it
_LEAST_WORDS = 4


def in_title_case(line: str) -> bool:
    """Whether nearly every longer word of a line that is no sentence has a capital."""
    words = [word for word in _WORD.findall(line) if len(word) >= 4]
    capitals = sum(word[0].isupper() for word in words)
    return (
        len(_WORD.findall(line)) >= _LEAST_WORDS
        and capitals > 2
        and capitals >= _TITLE_SHARE * len(words)
        and not line.rstrip().endswith(".")
    )


def capitals(lines: Iterable[str]) -> Counter[str]:
    """How much oftener each word has a capital than not, inside the sentences of running text."""
    balance: Counter[str] = Counter()
    for line in lines:
        for match in _WORD.finditer(line):
            if not _SENTENCE_START.search(line[: match.start()][-3:]):
                word = match.group()
                balance[word.casefold()] += 1 if word[0].isupper() else -1
    return balance


def truecased(line: str, balance: Counter[str]) -> str:
    """The line with capitals only where running text has them, of the same length."""

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        known = balance.get(word.casefold(), 0)
        unseen_name = known == 0 and word in _names()
        keeps = match.start() == 0 or known > 0 or unseen_name or word[1:] != word[1:].lower()
        lowered = word.lower()
        return word if keeps or len(lowered) != len(word) else lowered

    return _WORD.sub(cased, line)


@cache
def _names() -> frozenset[str]:
    """Names of one word, and the words of people's names, that the gazetteer knows."""
    rows = default().rows
    single = {name for row in rows for name in (row.label, *row.aliases, *row.demonyms) if " " not in name}
    return frozenset(single | {word for row in rows if row.kind == "person" for word in row.label.split()})
