"""Stretches of tokens that may be names: the recogniser's, trimmed and cut; datelines; capitalised runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.annotate.tree import FINITE
from kg.model import Parse, Token
from kg.resolve.capitals import acronym, capital, opens, proper
from kg.resolve.lexicon import given_names, listed, nouns, parts, singular


class Piece(NamedTuple):
    """Tokens `first` to `last`, inclusive, with the recogniser's label ("" where it found nothing there)."""

    first: int
    last: int
    label: str


LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"}
)
NOT_COUNTED = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL"})  # of the recogniser's other labels
ARTICLES = frozenset({"The", "A", "An", "This", "That"})
LINKING = frozenset({"-", "–", "&", "/"})  # tie the words on both sides into one
DASHES = frozenset({"-", "–", "—", "--"})
SHORT = 3  # letters: a lone word of fewer is taken as a name only from the recogniser or the gazetteer
AMOUNT = re.compile(r"[0-9.,]+([kKMGT]?[Bb]|[cmk]?m|k?g|p|[GM]Hz|°?[CF])?")  # "30GB", "1080p"
PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z][A-Za-z.]*")  # a legislator's: "(D-N.Y.)"


def taken_by(pieces: list[Piece]) -> set[int]:
    """The tokens inside any of them."""
    return {i for piece in pieces for i in range(piece.first, piece.last + 1)}


def recognised(parse: Parse) -> list[Piece]:
    """The recogniser's names, cut and trimmed."""
    return [
        piece
        for name in parse.names
        if name.label in LABELS
        for label in ["" if _is_clause(parse, name.first, name.last) else name.label]
        for first, last in _cut(parse, name.first, name.last, label)
        if (piece := trimmed(parse, first, last, label)) is not None
    ]


def _is_clause(parse: Parse, first: int, last: int) -> bool:
    """ "Horvat told Adriatic Daily": no title of a work has a verb without a capital and its subject too."""
    verbs = (token for token in parse.tokens[first + 1 : last + 1] if token.tag in FINITE and token.text.islower())
    return any(parse.tokens[i].dep == "nsubj" and first <= i < verb.i for verb in verbs for i in parse.children[verb.i])


def trimmed(parse: Parse, first: int, last: int, label: str) -> Piece | None:
    """Without articles, titles, possessives and lower-case words at its edges; None if no name is left."""
    tokens = parse.tokens
    while first <= last and not capital(tokens[first]):
        first += 1
    if first < last and tokens[first].text.lower() in listed("before-a-name") and opens(parse, first):
        first += 1
    while first <= last and tokens[first].text in ARTICLES and not _own_article(parse, first, last):
        first += 1
    while first < last and (size := _title_size(parse, first, last, label)):
        first, label = first + size, "PERSON"
    while first < last and _is_title(tokens[last].text) and tokens[last].text not in listed("title-surnames"):
        last, label = last - 1, "" if label == "PERSON" else label
    while last >= first and not (capital(tokens[last]) or tokens[last].text[:1].isdigit()):
        last -= 1
    if 0 < first <= last and _is_title(tokens[first - 1].text) and _after_vehicle(parse, first - 1):
        first, label = first - 1, "PRODUCT"
    return None if first > last or _no_name(parse, first, last, label) else Piece(first, last, label)


def _no_name(parse: Parse, first: int, last: int, label: str) -> bool:
    """A title by itself, a month, an amount, a party and state, the State of "Secretary of State"."""
    tokens = parse.tokens
    name = tuple(tokens[i].text for i in range(first, last + 1))
    if all(word.lower() in listed("not-names") for word in name) or PARTY_AND_STATE.fullmatch("".join(name)):
        return True
    if name in parts()["title"]:
        return not (label == "PERSON" and first > 0 and _is_title(tokens[first - 1].text))
    if len(name) > 1:
        return False
    of_state = name[0] == "State" and first > 1 and tokens[first - 1].text == "of"
    return AMOUNT.fullmatch(name[0]) is not None or (of_state and tokens[first - 2].text.lower().endswith("secretary"))


def _is_title(word: str) -> bool:
    return (word,) in parts()["title"]


def _own_article(parse: Parse, first: int, last: int) -> bool:
    """Whether the article is part of the name: a capital inside a sentence, or a title in quotation marks."""
    tokens = parse.tokens
    if tokens[first].text != "The":
        return False
    quoted = any(tokens[i].tag == "''" for i in range(last, min(last + 3, len(tokens))))
    return not opens(parse, first) or (parse.sentences[tokens[first].sentence][0] != first and quoted)


def _after_vehicle(parse: Parse, first: int) -> bool:
    """Whether what begins here is a ship's or a plane's name: "the ferry Princess Maria"."""
    before = nouns().get(parse.tokens[first - 1].lemma.lower()) if first else None
    return before is not None and before.sense == "vehicle" and parse.tokens[first - 1].pos == "NOUN"


def _title_size(parse: Parse, first: int, last: int, label: str) -> int:
    """How many words of a title it begins with; "General" may begin a firm's name, "Gen." not."""
    name = tuple(parse.tokens[i].text for i in range(first, last))
    if _after_vehicle(parse, first):
        return 0
    if label != "PERSON" and not (name[0].endswith(".") or name[0].startswith("Spokes")):
        return 0
    return next((size for size in range(min(3, len(name)), 0, -1) if name[:size] in parts()["title"]), 0)


def _cut(parse: Parse, first: int, last: int, label: str) -> Iterator[tuple[int, int]]:
    """At the commas of a list, at "and" between people, after Inc., at a possessive after a whole name, at the verb of
    a clause."""
    tokens, start = parse.tokens, first
    legal = listed("legal-forms")
    for i in range(first + 1, last + 1):
        if tokens[i - 1].text in legal and capital(tokens[i]) and tokens[i].text not in legal:
            yield start, i - 1
            start = i
        if i == last:
            break
        if tokens[i].text == "Flight" and tokens[i + 1].text[:1].isdigit():
            yield start, i - 1
            return
        hyphen = label == "ORG" and tokens[i].text == "-" and (i - start, last - i) == (1, 1)  # "Wal - Mart"
        if not hyphen and _parts_names(parse, start, i, label):
            yield start, i - 1
            start = i + 1
    yield start, last


def _parts_names(parse: Parse, start: int, i: int, label: str) -> bool:
    """Whether the token between two others stands between two names."""
    before, token, after = parse.tokens[i - 1 : i + 2]
    if label == "" and token.tag in FINITE:
        return True
    if token.tag == "POS":
        whole = i - start > 1 and (before.text,) in parts()["last"]
        return capital(after) and (label in {"PERSON", "GPE", "FAC"} or (label == "ORG" and whole))
    if token.text in {"and", "or", "&"}:
        return label in {"PERSON", "WORK_OF_ART"}
    spaced = before.end < token.start and token.end < after.start
    parting = token.text in {",", ";", "/", "(", ")", "—"} or (token.text in DASHES and spaced)
    return parting and (after.text,) not in parts()["last"]


def mere_opening(parse: Parse, piece: Piece) -> bool:
    """A lone word with a capital only because it opens a sentence: the tagger takes it for no proper noun."""
    token = parse.tokens[piece.first]
    if piece.first != piece.last or not opens(parse, piece.first):
        return False
    if not proper(token) and token.tag in {"NN", "NNS", "JJ", "VBG", "VBN", "VB", "RB", "UH"}:
        return not token.text.isupper()
    word = token.text.lower()
    several = token.lemma.lower() if token.lemma.lower() != word else singular(word)
    return several != word and several in nouns() and piece.label != "PERSON"


def datelines(parse: Parse) -> Iterator[Piece]:
    """The places before the dash that opens a report: "ATLANTA -", "FRESNO, Calif. (AP) --"."""
    for first, end in parse.sentences:
        last = first
        while last <= end and _shouted(parse.tokens[last].text):
            last += 1
        if not 0 < last - first <= 3:
            continue
        rest = [parse.tokens[i].text for i in range(last, min(last + 8, end + 1))]
        dash = next((n for n, word in enumerate(rest) if word in DASHES), None)
        plain = any(word.islower() and len(word) > SHORT for word in rest[:dash])
        if dash == 0 or (dash and rest[0] in {",", "("} and not plain):
            yield Piece(first, last - 1, "GPE")


def _shouted(text: str) -> bool:
    return len(text) > 1 and text.isupper() and text.isalpha()


def runs(parse: Parse, taken: set[int], skipped: frozenset[int]) -> Iterator[Piece]:
    """Capitalised runs that nobody has taken, outside the skipped sentences."""
    tokens = parse.tokens
    i = 0
    while i < len(tokens):
        if i in taken or tokens[i].sentence in skipped or not _begins_run(tokens[i]):
            i += 1
            continue
        last = _run_end(parse, i, taken)
        if _worth(parse, i, last) and (piece := trimmed(parse, i, last, "")) is not None:
            yield piece
        i = last + 1


def _run_end(parse: Parse, first: int, taken: set[int]) -> int:
    tokens, last = parse.tokens, first
    end = parse.sentences[tokens[first].sentence][1]

    def goes_on(i: int) -> bool:
        if i > end or i in taken or not _nominal(tokens[i]):
            return False
        return capital(tokens[i]) or tokens[i].text[0].isdigit()

    while True:
        if goes_on(last + 1):
            last += 1
        elif last + 2 <= end and last + 1 not in taken and _tied(tokens, last + 1) and goes_on(last + 2):
            last += 2
        else:
            return last


def _tied(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether it is an ampersand, or a linking sign with no space around it."""
    token = tokens[i]
    return token.text == "&" or (token.text in LINKING and tokens[i - 1].end == token.start == token.end - 1)


def _nominal(token: Token) -> bool:
    return proper(token) or acronym(token)


def _begins_run(token: Token) -> bool:
    return _nominal(token) and capital(token) and not token.ner and token.text.lower() not in listed("not-names")


def _worth(parse: Parse, first: int, last: int) -> bool:
    """Not a title on its own, not a common noun with a capital, not a word that opens a sentence."""
    token = parse.tokens[first]
    name = tuple(parse.tokens[i].text for i in range(first, last + 1))
    if name in parts()["title"] or (len(name) == 1 and len(name[0]) < SHORT):
        return False
    if mere_opening(parse, Piece(first, last, "")):
        return False
    role = nouns().get(name[-1].lower())
    if all(word.lower() in nouns() for word in name) or (role is not None and role.sense == "role"):
        return False
    subject = token.tag == "NNP" and token.dep in {"nsubj", "nsubjpass", "poss"} and name[0].isalpha()
    bracketed = acronym(token) and parse.tokens[first - 1].text == "("
    return last > first or not opens(parse, first) or name[0] in given_names() or subject or bracketed
