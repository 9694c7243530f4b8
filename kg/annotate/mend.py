"""Slips of the parser that grammar alone can tell, mended before anything is read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.files import seed_rows
from kg.model import Token

_ADJUNCTS = frozenset({"prep", "npadvmod"})
_REPORTING = frozenset({"say", "report", "announce"})
_CITING = frozenset("cite quote use point refer speak talk address write look stand sit smile appear".split())
_SENTENCE = 60  # tokens
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSAL = frozenset({"aux", "auxpass", "nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "oprd", "xcomp", "ccomp"})
_COMMON = frozenset({"NN", "NNS"})
_NOBODY = frozenset({"ORG", "GPE", "FAC", "LOC"})  # labels of names that are not people's
_STEPS = 5  # governors to climb at most
_LONGEST = 8  # tokens of an adjunct
_SHORT_VERB = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def mended(tokens: list[Token]) -> list[Token]:
    """The tokens with lemmas and heads set right."""
    lemmas = [_with_lemma(token) if token.pos == "VERB" else token for token in tokens]
    return _people_who(_results(_told_on(_one_and_several(_own_adjuncts(_first_subjects(_main_verbs(lemmas)))))))


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


def _main_verbs(tokens: list[Token]) -> list[Token]:
    """ "The club named Ann Lee as coach.", "Lee, whose club lost, called on Berg to go." and "The firm, Falck, denied
    that it had cheated." are sentences: the verb was read as a participle of its subject."""
    result = list(tokens)
    for verb in tokens:
        noun = tokens[verb.head]
        if verb.dep != "acl" or not verb.text.endswith("ed") or noun.dep != "ROOT" or noun.i >= verb.i:
            continue
        sentence = [t for t in tokens[max(0, noun.i - _SENTENCE) : verb.i + _SENTENCE] if t.sentence == verb.sentence]
        inserted = range(noun.i + 1, verb.i)  # ", whose club lost,"
        closed = not inserted or (tokens[inserted[0]].text == "," == tokens[inserted[-1]].text)
        others = (t for t in sentence if t.tag in _FINITE and t.i not in inserted)
        finite = any(verb.i not in _governors(tokens, t) for t in others)
        governs = any(t.head == verb.i and t.dep in _OBJECTS for t in sentence)
        if finite or not closed or not governs or sentence[-1].text != ".":
            continue
        for t in sentence:
            if t.head == noun.i and t.i > verb.i:
                result[t.i] = t._replace(head=verb.i)
            elif t.head == verb.i and t.dep == "oprd" and t.pos in {"PROPN", "NOUN"}:
                result[t.i] = t._replace(dep="dobj")
        result[verb.i] = verb._replace(tag="VBD", head=verb.i, dep="ROOT")
        result[noun.i] = noun._replace(head=verb.i, dep="nsubj")
    return result


def _first_subjects(tokens: list[Token]) -> list[Token]:
    """ "The bank, the largest of all, confirmed that it lent, a day after the paper reported it": of two subjects of
    one verb the first is that of the past verb that was read as a participle, which is the main verb."""
    result = list(tokens)
    for verb in tokens:
        noun = tokens[verb.head]
        main = tokens[noun.head]
        if (verb.dep, verb.tag, noun.dep, main.dep) != ("acl", "VBD", "nsubj", "ROOT") or not noun.i < verb.i < main.i:
            continue
        between = {t.dep for t in tokens[verb.i + 1 : main.i] if t.head == main.i}
        if "nsubj" in between:
            result[noun.i] = noun._replace(head=verb.i)
            result[verb.i] = verb._replace(head=verb.i, dep="ROOT")
            result[main.i] = main._replace(head=verb.i, dep="conj" if "cc" in between else "advcl")
    return result


def _governors(tokens: list[Token], token: Token) -> Iterator[int]:
    """A token and all that it depends on."""
    yield token.i
    while token.head != token.i:
        token = tokens[token.head]
        yield token.i


def _told_on(tokens: list[Token]) -> list[Token]:
    """ "The bridge was unsafe, she said, and had been closed": between commas, who said so interrupts what was said.
    "..., she said, and left" tells of her."""
    result = list(tokens)
    for verb in tokens:
        saying = tokens[verb.head]
        if verb.dep != "conj" or saying.lemma not in _REPORTING or not saying.i < verb.i:
            continue
        between = tokens[saying.i + 1 : verb.i]
        joint = next((t.i for t in between if t.dep == "cc" and t.head == saying.i), saying.i)
        own = {t.dep for t in between if t.head == verb.i}
        if tokens[joint - 1].text != "," or not own & _CLAUSAL:
            continue
        before = [t for t in tokens[max(0, saying.i - _SENTENCE) : saying.i] if t.head == saying.i]
        told = saying.head if saying.dep == "parataxis" else next((t.i for t in before if t.dep == "ccomp"), None)
        quoted = any(t.tag == "''" for t in before)
        if told is not None and told < saying.i and not quoted and verb.lemma not in _speaking():
            result[verb.i] = verb._replace(head=told)
    return result


def _results(tokens: list[Token]) -> list[Token]:
    """ "A bomb exploded, police said, killing 12": behind who said so goes on what was said, unless it is told how."""
    result = list(tokens)
    for token in tokens:
        saying = tokens[token.head]
        if token.dep != "advcl" or token.tag != "VBG" or not saying.i < token.i or saying.lemma not in _REPORTING:
            continue
        if tokens[token.i - 1].text != "," or token.lemma in _speaking():
            continue
        before = (t for t in tokens[max(0, saying.i - _SENTENCE) : saying.i] if t.head == saying.i)
        told = saying.head if saying.dep == "parataxis" else next((t.i for t in before if t.dep == "ccomp"), saying.i)
        if told < saying.i:
            result[token.i] = token._replace(head=told)
    return result


def _people_who(tokens: list[Token]) -> list[Token]:
    """ "People familiar with the matter who spoke", "a doctor at Elba Hospital, who spoke": who speaks are people."""
    result = list(tokens)
    for who in tokens:
        clause = tokens[who.head]
        noun = tokens[clause.head]
        thing = noun.lemma not in _people() if noun.tag in _COMMON else noun.ner in _NOBODY
        if who.text.lower() != "who" or clause.dep != "relcl" or not thing:
            continue
        above = noun
        for _ in range(_STEPS):
            above = tokens[above.head]
            if above.tag in _COMMON and above.lemma in _people() and above.i < noun.i:
                result[clause.i] = clause._replace(head=above.i)
                break
            if above.pos in {"VERB", "AUX"} and above.dep not in {"acl", "relcl"}:
                break
    return result


@cache
def _people() -> frozenset[str]:
    """Nouns for people, and for bodies that may be "who" too."""
    return frozenset(row["noun"] for row in seed_rows("nouns.tsv") if row["kind"] in {"person", "group"})


@cache
def _speaking() -> frozenset[str]:
    """Verbs that tell how something was said, or say more: citing, adding, blaming."""
    cues = (row for row in seed_rows("cues.tsv") if row["pos"] == "verb")
    return _CITING | {row["word"] for row in cues if row["class"] != "effect"}


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
