"""Slips of the parser that grammar alone can tell, mended before anything is read from them."""

from __future__ import annotations

import re

from kg.model import Token

_ADJUNCTS = frozenset({"prep", "npadvmod"})
_LONGEST = 8  # tokens of an adjunct
_SHORT_VERB = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def mended(tokens: list[Token]) -> list[Token]:
    """The tokens with lemmas and heads set right."""
    return _one_and_several(_own_adjuncts([_with_lemma(token) if token.pos == "VERB" else token for token in tokens]))


def _with_lemma(token: Token) -> Token:
    """ "Hoped" and "hoping" are of "hope": of "hop" they would double the consonant."""
    inflected = token.text.lower() in {token.lemma + "ed", token.lemma + "ing"}
    return token._replace(lemma=token.lemma + "e") if inflected and _SHORT_VERB.fullmatch(token.lemma) else token


def _own_adjuncts(tokens: list[Token]) -> list[Token]:
    """ "The firm said on Monday it would sell": what stands between a past verb and the subject of its clause is the
    verb's own, not the clause's."""
    subjects = {token.head: token.i for token in reversed(tokens) if token.dep in {"nsubj", "nsubjpass"}}
    result = list(tokens)
    for token in tokens:
        clause = tokens[token.head]
        above = tokens[clause.head]
        if token.dep not in _ADJUNCTS or clause.dep != "ccomp" or above.tag != "VBD" or not above.i < token.i:
            continue
        subject = subjects.get(clause.i, token.i)
        near = token.i < subject <= token.i + _LONGEST and not any(t.tag == "," for t in tokens[token.i : subject])
        if near and all(above.i <= t.head < token.i for t in tokens[above.i + 1 : token.i]):
            result[token.i] = token._replace(head=above.i)
    return result


def _one_and_several(tokens: list[Token]) -> list[Token]:
    """ "An official and rescue workers": "an" cannot be of workers, so the official is joined to them."""
    result = list(tokens)
    for one in tokens:
        several = tokens[one.head]
        if one.dep != "nmod" or one.tag != "NN" or several.tag != "NNS" or not one.i < several.i:
            continue
        inside = range(one.i + 1, several.i)
        before = [t for t in tokens[max(0, one.i - _LONGEST) : one.i] if t.head == several.i]
        joined = inside and tokens[one.i + 1].dep == "cc" and tokens[one.i + 1].head == one.i
        if not joined or not any(t.dep == "det" and t.text.lower() in {"a", "an"} for t in before):
            continue
        above = one.i if several.head == several.i else several.head
        result[one.i] = one._replace(head=above, dep=several.dep)
        result[several.i] = several._replace(head=one.i, dep="conj")
        for other in before:
            result[other.i] = other._replace(head=one.i)
        for i in inside:
            if tokens[i].dep == "conj" and tokens[i].head == one.i:
                result[i] = tokens[i]._replace(head=several.i, dep="compound")
    return result
