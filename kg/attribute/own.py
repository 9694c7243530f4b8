"""What the words of its own clause or noun phrase do to an event: negation, modals, adverbs, "if", and what a word of
the lexicon does to what depends on it (`effect` of `seeds/cues.tsv`)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kg.annotate.tree import FINITE, is_infinitive
from kg.attribute.lexicon import entries, particles
from kg.model import Certainty, Parse, Realis, Token

_KIND = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_NEGATIONS = frozenset(
    {"not", "n't", "n’t", "never", "no", "neither", "nor", "none", "nobody", "nothing", "hardly", "scarcely"}
)
_NO_SUBJECT = frozenset({"no", "nobody", "none", "nothing", "neither"})
_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall", "would", "'d", "’d"})
_INVERTED = frozenset({"should", "had", "were"})
_PRESENT = frozenset({"VBZ", "VBP"})  # "if convicted, he faces"; what was so, was so, whatever came with it
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca", "should", "ought", "must"})
LIGHT = frozenset("make have take carry hold conduct give commit launch reach do stage perform be see".split())
_BRINGING = LIGHT | {"announce", "offer", "find", "provide"}  # with an object that there is none of
_UNCERTAINTY: dict[Certainty, int] = {"certain": 0, "probable": 1, "possible": 2, "unknown": 3}


class Value(NamedTuple):
    """What has been found on the way up; `realis` keeps the innermost value that is not actual."""

    negative: bool = False
    realis: Realis = "actual"
    certainty: Certainty = "certain"

    def under(self, effect: str, negated: bool = False) -> Value:
        """The value of something inside a word of this effect."""
        if effect == "neutral":
            return self._replace(negative=not self.negative) if negated else self
        if effect == "negative":
            return self._replace(negative=(not self.negative) != negated)
        if effect == "averted":
            return self._as("planned")._replace(negative=(not self.negative) != negated)
        if effect in {"planned", "attempted"}:
            return self._as("planned" if effect == "planned" else "attempted")._replace(
                negative=self.negative != negated
            )
        if effect == "probable":
            return self._sure("probable")._replace(negative=self.negative != negated)
        if effect == "conditional":
            return self._as("conditional")
        if effect == "doubted":
            return self._sure("possible")
        if effect == "unknown":
            return self._as("possible")._sure("unknown")
        if effect == "possible":
            return self._as("possible")._sure("possible")._replace(negative=self.negative != negated)
        return self

    def joined(self, other: Value) -> Value:
        """This value with what another one adds to it."""
        value = self._as(other.realis)._sure(other.certainty)
        return value._replace(negative=self.negative != other.negative)

    def _as(self, realis: Realis) -> Value:
        return self if self.realis != "actual" else self._replace(realis=realis)

    def _sure(self, certainty: Certainty) -> Value:
        return self if _UNCERTAINTY[self.certainty] >= _UNCERTAINTY[certainty] else self._replace(certainty=certainty)


def own(parse: Parse, token: int, value: Value, below: int = -1) -> Value:
    """What the words of its own clause or noun phrase do to an event; `below` is the dependant one came from,
    whose own "no" has been counted."""
    here = parse.tokens[token]
    inverted = _inverted(parse, token)
    value = _read(parse, token, [c for c in parse.children[token] if c not in {below, inverted}], value)
    if inverted is not None:
        value = value._replace(realis="conditional") if inverted == token else value.under("conditional")
    elif (value.realis != "actual" or here.tag in _PRESENT) and _has_condition(parse, token):
        value = value._replace(realis="conditional")
    if (here.dep in {"ROOT", "advcl"} and is_infinitive(parse, token)) or _is_order(parse, token):
        value = value.under("planned")
    return value


def shared(parse: Parse, first: int, second: int, value: Value) -> Value:
    """What the words before a verb do to one that is joined to it and leans on them: "would cut A and close B", "nobody
    was hurt or killed". A finite verb needs no auxiliary, so only "or" passes the negation on to it."""
    tokens = parse.tokens
    joint = [c for c in parse.children[first] if c < first]
    words = {tokens[c].text.lower() for c in parse.children[first] if tokens[c].dep == "cc"}
    if "but" in words or (tokens[second].tag in FINITE and not words & {"or", "nor"}):
        joint = [c for c in joint if tokens[c].dep not in {"neg", "advmod"}]
    return _read(parse, first, joint, value)


def _read(parse: Parse, token: int, words: list[int], value: Value) -> Value:
    """What some of its dependants do to a verb or noun."""
    tokens = parse.tokens
    here = tokens[token]
    negated = False
    for child in words:
        word, dep = tokens[child].text.lower(), tokens[child].dep
        if dep == "neg" or (dep in {"det", "advmod", "preconj"} and word in _NEGATIONS):
            negated = not negated
        elif (
            (dep == "advmod" and word == "longer" and is_negated(parse, child))
            or (dep in {"nsubj", "nsubjpass"} and _denied(parse, child))
            or (
                dep in {"dobj", "attr"}
                and here.lemma in _BRINGING
                and _denied(parse, child)
            )
        ):
            negated = True
        elif dep == "aux":
            value = _modal(word, value)
        elif dep in {"advmod", "amod"}:
            value = value.under(_modifier(tokens[child], dep))
        elif dep == "mark" and word in {"if", "unless", "whether"}:
            value = value.under("unknown" if word == "whether" or _asks_whether(parse, token) else "conditional")
    return value._replace(negative=not value.negative) if negated else value


def _asks_whether(parse: Parse, clause: int) -> bool:
    """ "It is not confirmed if": an if-clause right after a verb or adjective of knowing is a question."""
    tokens = parse.tokens
    governor = tokens[clause].head
    if tokens[clause].dep == "ccomp":
        return True
    words = {governor, *(c for c in parse.children[governor] if tokens[c].dep == "acomp")}
    known = any(
        tokens[word].lemma.lower() in {"clear", "unclear"}
        or (
            (entry := entries().get((tokens[word].lemma.lower(), _KIND.get(tokens[word].pos, ""))))
            and "that" in entry.frames
        )
        for word in words
    )
    return known and governor < clause and tokens[parse.left[clause] - 1].text != ","


def _denied(parse: Parse, noun: int) -> bool:
    """Whether a noun phrase says that there is none: "no talks", "nobody", "neither side", "not one"."""
    if parse.tokens[noun].text.lower() in _NO_SUBJECT:
        return True
    before = [parse.tokens[c] for c in parse.children[noun] if c < noun]
    if [word.text.lower() for word in parse.tokens[parse.left[noun] : parse.left[noun] + 3]][::2] == ["no", "than"]:
        return False  # "no more than two", "no fewer than ten"
    if any(word.dep in {"det", "preconj", "cc"} and word.text.lower() in {"no", "neither"} for word in before):
        return True
    words = [word.text.lower() for word in parse.tokens[parse.left[noun] : noun]]
    return words[:2] in (["not", "a"], ["not", "one"])


def _modal(word: str, value: Value) -> Value:
    if word in _FUTURE:
        return value.under("planned")
    return value.under("possible") if word in _POSSIBLE else value


def _modifier(token: Token, dep: str) -> str:
    lemma = (token.text if token.tag in {"VBN", "VBD"} else token.lemma).lower()  # "the proposed sale"
    entry = entries().get((lemma, "adv" if dep == "advmod" else "adj"))
    if entry is None or entry.effect == "neutral" or (dep == "advmod" and lemma in _NEGATIONS):
        return "none"
    return entry.effect


def _has_condition(parse: Parse, verb: int) -> bool:
    """Whether a clause holds only under another one, below it or, in "would not have signed, | had he known", above."""
    tokens = parse.tokens
    last = tokens[verb].dep == "ccomp" and verb < tokens[verb].head and _inverted(parse, tokens[verb].head) is not None
    return last or any(_is_condition(parse, c) for c in parse.children[verb])


def _inverted(parse: Parse, clause: int) -> int | None:
    """The verb before its subject that says "if": "should it fail", "had he known", "were they to strike"."""
    tokens = parse.tokens
    if tokens[clause].pos not in {"VERB", "AUX"}:
        return None
    subject = next((c for c in parse.children[clause] if tokens[c].dep in {"nsubj", "nsubjpass"}), -1)
    if subject < 0 and tokens[clause].text.lower() == "were":  # the subject hangs on the infinitive
        subject = next((parse.left[c] for c in parse.children[clause] if is_infinitive(parse, c)), -1)
    verbs = (clause, *(c for c in parse.children[clause] if tokens[c].dep in {"aux", "auxpass"}))
    verb = next((c for c in verbs if c < subject and tokens[c].text.lower() in _INVERTED), None)
    if verb is None or (tokens[verb].text.lower() == "were" and not _to_happen(parse, clause)):
        return None
    first, last = parse.sentences[tokens[verb].sentence]
    follows = verb > first and tokens[verb - 1].pos in {"ADV", "SCONJ", "ADP", "CCONJ"}
    follows = follows and tokens[verb - 1].text.lower() not in {"and", "but"}
    asks = any(tokens[i].text == "?" for i in range(verb, last + 1))
    return None if follows or asks or tokens[verb - 1].tag[:1] == "W" else verb


def _to_happen(parse: Parse, verb: int) -> bool:
    return is_infinitive(parse, verb) or any(is_infinitive(parse, c) for c in parse.children[verb])


def _is_condition(parse: Parse, clause: int) -> bool:
    """Whether a clause is an if-clause of its governor."""
    if parse.tokens[clause].dep in {"advcl", "ccomp"} and _inverted(parse, clause) is not None:
        return True
    words = {parse.tokens[c].text.lower() for c in parse.children[clause] if parse.tokens[c].dep in {"mark", "advmod"}}
    return parse.tokens[clause].dep == "advcl" and bool(words & {"if", "unless"}) and "even" not in words


def _is_order(parse: Parse, verb: int) -> bool:
    """ "Call the police.": a bare verb that begins its sentence, or a quotation in it."""
    tokens = parse.tokens
    if tokens[verb].tag != "VB" or tokens[verb].dep not in {"ROOT", "ccomp"}:
        return False
    before = [tokens[c] for c in parse.children[verb] if c < verb]
    first = parse.sentences[tokens[verb].sentence][0]
    begins = parse.left[verb] == first or not tokens[parse.left[verb] - 1].text.isalnum()
    return begins and all(token.dep in {"punct", "neg", "aux", "advmod"} and token.tag != "MD" for token in before)


def is_definite(parse: Parse, noun: int) -> bool:
    return any(
        parse.tokens[c].text.lower() in {"the", "this", "that", "these", "those"} or parse.tokens[c].dep == "poss"
        for c in parse.children[noun]
    )


def is_negated(parse: Parse, head: int) -> bool:
    return any(
        parse.tokens[c].dep == "neg" or (parse.tokens[c].dep == "det" and parse.tokens[c].text.lower() == "no")
        for c in parse.children[head]
    )


def effect_of(parse: Parse, head: int) -> str | None:
    """What a word does to what depends on it; None where the lexicon does not know it."""
    token = parse.tokens[head]
    lemma = token.lemma.lower()
    if token.pos in {"VERB", "AUX"}:
        known = particles().get(lemma, frozenset())
        for child in parse.children[head]:
            word = parse.tokens[child].text.lower()
            if word in known and child > head:
                lemma = f"{lemma} {word}"
                break
    return _effects().get((lemma, _KIND.get(token.pos, ""))) or (
        _effects().get((token.text.lower(), "adj")) if token.tag in {"VBN", "VBD"} else None
    )


@cache
def _effects() -> dict[tuple[str, str], str]:
    return {key: entry.effect for key, entry in entries().items()}
