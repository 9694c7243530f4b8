"""Headlines In Title Case, given back the case that their words have in running text.

A parser trained on sentences takes "Putin Thanks Trump For Help" for one long name. Words that the article's own
sentences write without a capital, and words they never use that are no known name, are lowered before the parse
(after Lita et al. 2003, "tRuEcasIng"); the article's text and all offsets stay as they are. Without articles a verb is
still easily read as a plural ("Trump fires security adviser"), which is mended where no other verb says anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from kg.files import seed_rows
from kg.gazetteer import default
from kg.model import Token

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“‘'(\[•-]\s*)$")
_TITLE_SHARE = 0.7  # of the words of four letters or more; names alone seldom reach it
_LEAST_WORDS = 4
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_CLAUSES = frozenset({"ROOT", "advcl", "ccomp", "conj"})
_NOMINAL = frozenset({"NN", "NNP", "JJ", "CD", "DT", "POS", "PRP$"})
_PLURAL_NAMES = frozenset("arm talk right sport sale earning service".split())  # "U.S. arms sale"


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


def with_verb(tokens: list[Token], first: int, last: int) -> None:
    """Sets right a headline whose verb was read as a plural noun: tokens `first` to `last`, in place."""
    with_subjects = {token.head for token in tokens[first : last + 1] if token.dep == "nsubj"}
    for i in sorted(with_subjects):
        if tokens[i].tag == "NNS" and tokens[i].dep in _CLAUSES and tokens[i].lemma in _verbs():
            tokens[i] = tokens[i]._replace(pos="VERB", tag="VBZ")
    for i in range(first + 1, last):
        if _is_bare_verb(tokens, i, first, last):
            _made_verb(tokens, i, first)
            return
    verb = next((i for i in range(first + 1, last) if _misread(tokens, i, first, last)), None)
    if verb is None:
        return
    object_ = tokens[verb].head
    before = tokens[object_]
    other = next((t for t in tokens[verb : last + 1] if t.head == t.i and t.tag in _FINITE), None)
    governor, dep = (verb, "ROOT") if before.head == object_ or other is not None else (before.head, before.dep)
    tokens[verb] = tokens[verb]._replace(pos="VERB", tag="VBZ", head=governor, dep=dep)
    tokens[object_] = before._replace(head=verb, dep="dobj")
    for i in range(first, verb):
        if tokens[i].head >= verb:
            subject = i == verb - 1
            tokens[i] = tokens[i]._replace(head=verb if subject else verb - 1, dep="nsubj" if subject else "compound")
    if other is not None:
        tokens[other.i] = other._replace(head=verb, dep="conj")


def _is_bare_verb(tokens: list[Token], i: int, first: int, last: int) -> bool:
    """Whether a noun between two names is the verb of a headline: "Elba | sign | Silva from Porto"."""
    token, object_ = tokens[i], tokens[i + 1]
    if token.tag != "NN" or not token.text.islower() or token.lemma not in _verbs() or token.lemma in _people():
        return False
    if any(each.tag in _FINITE for each in tokens[first : last + 1]) or object_.tag != "NNP":
        return False
    return all(each.text[:1].isupper() and each.pos in {"PROPN", "NOUN", "ADJ"} for each in tokens[first:i])


def _made_verb(tokens: list[Token], verb: int, first: int) -> None:
    """Makes a token the verb of its headline: what stands before it its subject, the name behind it its object."""
    object_ = verb + 1
    while tokens[object_].dep == "compound" and tokens[object_].head == object_ + 1:
        object_ += 1
    for token in tokens[verb : object_ + 1]:
        if token.i != verb and token.i != object_:
            tokens[token.i] = token._replace(head=object_, dep="compound")
    for token in tokens[object_ + 1 :]:
        if token.sentence != tokens[verb].sentence:
            break
        if token.head == tokens[verb].head or token.dep == "ROOT":
            tokens[token.i] = token._replace(head=object_ if token.dep not in {"prep", "advcl"} else verb)
    tokens[object_] = tokens[object_]._replace(head=verb, dep="dobj")
    tokens[verb] = tokens[verb]._replace(pos="VERB", tag="VBP", head=verb, dep="ROOT")
    for i in range(first, verb):
        subject = i == verb - 1
        tokens[i] = tokens[i]._replace(
            pos="PROPN" if subject else tokens[i].pos,
            head=verb if subject else verb - 1,
            dep="nsubj" if subject else "compound",
        )


def _misread(tokens: list[Token], i: int, first: int, last: int) -> bool:
    """Whether a plural before a noun is the verb of a headline: "Trump | fires | security adviser"."""
    token = tokens[i]
    if token.tag != "NNS" or token.dep != "compound" or not i < token.head <= last or token.text[:1].isupper():
        return False
    if token.lemma in _PLURAL_NAMES or token.lemma not in _verbs() or tokens[i - 1].tag not in {"NN", "NNP"}:
        return False
    first = max((each.i + 1 for each in tokens[first:i] if each.text == ":"), default=first)
    if first == i or any(each.tag not in _NOMINAL for each in tokens[first:i]):
        return False
    finite = next((each.i for each in tokens[i : last + 1] if each.tag in _FINITE), None)
    return finite is None or any(each.text == "," for each in tokens[token.head : finite])


@cache
def _people() -> frozenset[str]:
    """Nouns for people, which stand before names: "Elba captain Silva"."""
    return frozenset(row["noun"] for row in seed_rows("nouns.tsv") if row["kind"] == "person")


@cache
def _verbs() -> frozenset[str]:
    """Verbs that the tables of events and cues know."""
    found: set[str] = set()
    for name, column in (("events.tsv", "triggers"), ("cues.tsv", "word")):
        for row in seed_rows(name):
            if row["pos"] == "verb":
                found.update(phrase.split(" ")[0] for phrase in row[column].split("|"))
    return frozenset(found)
