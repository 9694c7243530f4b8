"""Factuality: polarity, realis and certainty of each event, as its innermost source presents it.

The scheme is FactBank's (Sauri & Pustejovsky 2009), with realis beside it. An event's own clause is read first
(negation, modals, adverbs, "if"), then the words that it depends on, one by one, up to the cue of its innermost
source: each may plan it, prevent it, doubt it, or merely begin or continue it (implicative and factive verbs,
Karttunen 1971, 2012). What a word does is the column `effect` of `seeds/cues.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.annotate.tree import token_at
from kg.attribute import nouns
from kg.attribute.chains import covers
from kg.attribute.lexicon import entries, particles
from kg.attribute.prose import NOMINAL, Prose, Saying
from kg.model import Certainty, Event, Parse, Polarity, Reading, Realis

_NEGATIONS = frozenset(
    {"not", "n't", "n’t", "never", "no", "neither", "nor", "none", "nobody", "nothing", "hardly", "scarcely"}
)
_NO_SUBJECT = frozenset({"no", "nobody", "none", "nothing", "neither"})
_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall", "would", "'d", "’d"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca", "should", "ought", "must"})
_LIGHT = frozenset(
    {
        "make",
        "have",
        "take",
        "carry",
        "hold",
        "conduct",
        "give",
        "commit",
        "launch",
        "reach",
        "do",
        "stage",
        "perform",
        "be",
        "see",
    }
)
_LIGHT_NOUNS = frozenset(
    {
        "commission",
        "series",
        "wave",
        "number",
        "kind",
        "type",
        "form",
        "act",
        "spate",
        "string",
        "conduct",
        "pair",
        "host",
    }
)
_REPORTING = frozenset(
    {"say", "show", "know", "relay", "describe", "accuse", "praise", "criticize", "focus", "feel", "ignore"}
)
_SELECTING = frozenset({"first", "last", "only", "latest", "next", "second", "third"})
_STEPS = 14  # words to climb at most
_UNCERTAINTY: dict[Certainty, int] = {"certain": 0, "probable": 1, "possible": 2, "unknown": 3}


class Value(NamedTuple):
    """What has been found on the way up; `realis` keeps the innermost value that is not actual."""

    negative: bool = False
    realis: Realis = "actual"
    certainty: Certainty = "certain"

    def under(self, effect: str, negated: bool = False) -> Value:
        """The value of something inside a word of this effect."""
        if effect == "neutral":
            return self._replace(negative=self.negative != negated)
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

    def _as(self, realis: Realis) -> Value:
        return self if self.realis != "actual" else self._replace(realis=realis)

    def _sure(self, certainty: Certainty) -> Value:
        return self if _UNCERTAINTY[self.certainty] >= _UNCERTAINTY[certainty] else self._replace(certainty=certainty)


def presented(reading: Reading, prose: Prose, found: Sequence[Saying]) -> tuple[Event, ...]:
    """The events with polarity, realis and certainty set."""
    published = (reading.article.published or "")[:10]
    cues = {saying.head: saying for saying in found}
    return tuple(_presented(event, prose, cues, published) for event in reading.events)


def _presented(event: Event, prose: Prose, cues: dict[int, Saying], published: str) -> Event:
    value = value_at(prose, cues, token_at(prose.parse, event.trigger.start))
    if published and event.start and event.start[:10] > published and value.realis == "actual":
        value = value._replace(realis="planned")
    polarity: Polarity = "negative" if value.negative else "positive"
    return replace(event, polarity=polarity, realis=value.realis, certainty=value.certainty)


def value_at(prose: Prose, cues: dict[int, Saying], token: int) -> Value:
    """The factuality of what a token denotes, under its innermost source."""
    parse = prose.parse
    value = _own(parse, token, Value())
    for _ in range(_STEPS):
        governor = parse.tokens[token].head
        if governor == token:
            return _root(parse, token, value)
        climbed = _step(prose, cues, token, governor, value)
        if climbed is None:
            return value
        value, stop = climbed
        if stop:
            return value
        token = governor
    return value


def _own(parse: Parse, token: int, value: Value, below: int = -1) -> Value:
    """What the words of its own clause or noun phrase do to an event; `below` is the dependant one came from,
    whose own "no" has been counted."""
    tokens = parse.tokens
    here = tokens[token]
    negated = False
    for child in parse.children[token]:
        word, dep = tokens[child].text.lower(), tokens[child].dep
        if child == below:
            continue
        if dep == "neg" or (dep in {"det", "advmod", "preconj"} and word in _NEGATIONS):
            negated = not negated
        elif (
            (dep == "advmod" and word == "longer" and _negated(parse, child))
            or (dep in {"nsubj", "nsubjpass"} and _denied(parse, child))
            or (
                dep in {"dobj", "attr"}
                and here.lemma in _LIGHT | {"announce", "offer", "find", "provide"}
                and _denied(parse, child)
            )
        ):
            negated = True
        elif dep == "aux":
            value = _modal(word, value)
        elif dep in {"advmod", "amod"}:
            value = value.under(_modifier(tokens[child].lemma.lower(), dep))
        elif dep == "mark" and word in {"if", "unless", "whether"}:
            value = value.under("unknown" if word == "whether" or _asks_whether(parse, token) else "conditional")
    if value.realis != "actual" and any(_is_condition(parse, c) for c in parse.children[token]):
        value = value._replace(realis="conditional")
    if here.dep in {"ROOT", "advcl"} and _infinitive(parse, token):
        value = value.under("planned")
    return value._replace(negative=value.negative != negated)


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
    """Whether a noun phrase says that there is none: "no talks", "nobody"."""
    if parse.tokens[noun].text.lower() in _NO_SUBJECT:
        return True
    return any(parse.tokens[c].dep == "det" and parse.tokens[c].text.lower() == "no" for c in parse.children[noun])


def _modal(word: str, value: Value) -> Value:
    if word in _FUTURE:
        return value.under("planned")
    return value.under("possible") if word in _POSSIBLE else value


def _modifier(lemma: str, dep: str) -> str:
    entry = entries().get((lemma, "adv" if dep == "advmod" else "adj"))
    if entry is None or entry.effect == "neutral" or (dep == "advmod" and lemma in _NEGATIONS):
        return "none"
    return entry.effect


def _is_condition(parse: Parse, clause: int) -> bool:
    """Whether a clause is an if-clause of its governor."""
    marks = (parse.tokens[c].text.lower() for c in parse.children[clause] if parse.tokens[c].dep == "mark")
    return parse.tokens[clause].dep == "advcl" and any(mark in {"if", "unless"} for mark in marks)


def _infinitive(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].tag == "TO" and parse.tokens[c].dep == "aux" for c in parse.children[verb])


def _root(parse: Parse, token: int, value: Value) -> Value:
    """A question asks; it does not tell."""
    last = parse.sentences[parse.tokens[token].sentence][1]
    asks = any(parse.tokens[i].text == "?" for i in range(max(last - 1, 0), last + 1))
    return value.under("unknown") if asks else value


def _step(prose: Prose, cues: dict[int, Saying], token: int, governor: int, value: Value) -> tuple[Value, bool] | None:
    """One word up: (value, whether its innermost source is reached), or None where nothing more bears on it."""
    parse = prose.parse
    dep, head = parse.tokens[token].dep, parse.tokens[governor]
    if dep == "conj":
        return (value, False) if not _own_clause(parse, token) else None
    if dep == "prep" or dep in {"agent", "dative"}:
        return _through_preposition(parse, token, governor, value)
    if dep in {"compound", "nmod", "amod"} and head.pos in NOMINAL:
        return _own(parse, governor, value, token), False
    if dep == "acomp":
        return _own(parse, governor, value, token), False
    if head.pos == "ADP":
        return (value.under("negative"), False) if head.text.lower() == "without" else (value, False)
    if dep in {
        "xcomp",
        "ccomp",
        "acl",
        "dobj",
        "nsubjpass",
        "pobj",
        "pcomp",
        "attr",
        "oprd",
        "relcl",
        "advcl",
        "csubj",
        "nsubj",
    }:
        return _under_head(parse, cues, token, governor, value)
    return None


def _own_clause(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].dep in {"nsubj", "nsubjpass", "aux"} for c in parse.children[verb])


def _through_preposition(parse: Parse, token: int, governor: int, value: Value) -> tuple[Value, bool] | None:
    """ "plan for X", "prevent from X", "accused of X": the governor's effect reaches the preposition's object."""
    word = parse.tokens[token].text.lower()
    effect = effect_of(parse, governor)
    if word in {"of", "about"} and nouns.is_message(parse, governor) and nouns.denied(parse, governor, effect_of):
        return value.under("negative"), True  # "denied reports of an attack"
    if word == "of" and parse.tokens[governor].lemma.lower() in _LIGHT_NOUNS:
        return _own(parse, governor, value), False
    entry = entries().get((parse.tokens[governor].lemma.lower(), "verb"))
    if word == "for" and entry is not None and "for" in entry.prepositions and effect in {None, "neutral"}:
        effect = "planned"  # call, push, campaign for something that is not there yet
    if effect == "probable" or (effect == "averted" and _definite_object(parse, token)):
        return None  # to appear at a hearing, to be barred from the Games: those took place all the same
    if effect in {None, "neutral"} or word not in {"for", "of", "from", "to", "on", "about", "at", "in", "against"}:
        return None
    return value.under(effect or "neutral", _negated(parse, governor)), False


def _definite_object(parse: Parse, preposition: int) -> bool:
    objects = [c for c in parse.children[preposition] if parse.tokens[c].dep == "pobj"]
    return any(parse.tokens[c].pos == "PROPN" or _definite(parse, c) for c in objects)


def _under_head(
    parse: Parse, cues: dict[int, Saying], token: int, governor: int, value: Value
) -> tuple[Value, bool] | None:
    tokens = parse.tokens
    dep, head = tokens[token].dep, tokens[governor]
    effect = effect_of(parse, governor)
    noun = nouns.host(parse, token)
    if noun is not None:
        if _is_told(cues, noun):
            return value, True
        denied = nouns.denied(parse, noun, effect_of)
        if not denied and nouns.is_hearsay(parse, noun) and any(covers(saying, noun) for saying in cues.values()):
            value = value.under("doubted")  # "will study claims that ...": who studies them does not say so
        return value._replace(negative=value.negative != denied), True
    clause = dep in {"xcomp", "ccomp", "pcomp"} or (dep == "acl" and _infinitive(parse, token))
    if clause:
        saying = cues.get(governor)
        if dep == "ccomp" and not _infinitive(parse, token):
            if effect not in {None, "neutral"} and (saying is None or saying.kind not in _REPORTING):
                return value.under(effect or "neutral"), True
            return value, True
        if head.lemma == "have" and any(tokens[c].text.lower() == "yet" for c in parse.children[governor]):
            effect = "negative"
        elif head.lemma == "go" and head.tag == "VBG":
            effect = "planned"
        elif head.lemma == "be" or effect is None:
            effect = "planned" if _infinitive(parse, token) and not _selects(parse, governor) else "neutral"
        return _own(parse, governor, value.under(effect), token), False
    if dep in {"relcl", "advcl", "acl", "csubj"}:
        return None
    if effect == "negative" and dep in {"dobj", "nsubjpass"} and nouns.is_message(parse, token):
        return value, False  # who denies a report does not deny that it was made
    if dep == "dobj" and head.lemma in _LIGHT:
        effect = "neutral"  # to commit a crime is to do it, to commit to a task is to plan it
    if dep == "nsubj":
        said = next((c for c in parse.children[governor] if tokens[c].dep == "acomp"), None)
        modified = effect_of(parse, said) if said is not None and head.lemma in {"be", "seem", "remain"} else None
        return (value.under(modified, _negated(parse, governor)), False) if modified else None
    if effect not in {None, "neutral", "doubted"}:
        return _own(parse, governor, value.under(effect or "neutral"), token), False
    if head.lemma in _LIGHT:
        return _own(parse, governor, value, token), False
    outer = _own(parse, governor, Value())
    if outer.realis != "actual" and dep in {"dobj", "nsubjpass"} and not _definite(parse, token):
        return value.under("planned" if outer.realis == "planned" else "possible"), False
    return None


def _is_told(cues: dict[int, Saying], noun: int) -> bool:
    """Whether somebody of his own is named for a noun's clause: "claims by the union that ..."."""
    saying = cues.get(noun)
    return saying is not None and saying.source is not None


def _selects(parse: Parse, noun: int) -> bool:
    """ "the first to fly" did fly."""
    words = {parse.tokens[c].lemma.lower() for c in parse.children[noun]} | {parse.tokens[noun].lemma.lower()}
    return bool(words & _SELECTING)


def _definite(parse: Parse, noun: int) -> bool:
    return any(
        parse.tokens[c].text.lower() in {"the", "this", "that", "these", "those"} or parse.tokens[c].dep == "poss"
        for c in parse.children[noun]
    )


def _negated(parse: Parse, head: int) -> bool:
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


_KIND = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


@cache
def _effects() -> dict[tuple[str, str], str]:
    return {key: entry.effect for key, entry in entries().items()}
