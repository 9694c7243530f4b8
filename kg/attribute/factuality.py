"""Factuality: polarity, realis and certainty of each event, as its innermost source presents it.

The scheme is FactBank's (Sauri & Pustejovsky 2009), with realis beside it. An event's own clause is read first
(negation, modals, adverbs, "if"), then the words that it depends on, one by one, up to the cue of its innermost
source: each may plan it, prevent it, doubt it, or merely begin or continue it (implicative and factive verbs,
Karttunen 1971, 2012). What a word does is the column `effect` of `seeds/cues.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.tree import addressee, governor_of, is_infinitive, token_at
from kg.attribute import nouns
from kg.attribute.chains import covers
from kg.attribute.lexicon import entries
from kg.attribute.own import LIGHT, Value, effect_of, is_definite, is_negated, own, shared
from kg.attribute.prose import NOMINAL, Prose, Saying
from kg.model import Event, Parse, Polarity, Reading

_LIGHT_NOUNS = frozenset("commission series wave number kind type form act spate string conduct pair host".split())
_REPORTING = frozenset(
    {"say", "show", "know", "relay", "describe", "accuse", "praise", "criticize", "focus", "feel", "ignore"}
)
_HAPPENING = frozenset("happen occur begin start commence take resume follow open".split())
_OUTCOMES = frozenset(  # what can be announced only once it is there
    "loss profit result earnings revenue income gain rise fall drop death arrest capture discovery finding award "
    "winner victory defeat breakthrough".split()
)
_BEFORE = frozenset({"before", "until", "till"})
_SELECTING = frozenset({"first", "last", "only", "latest", "next", "second", "third"})
_GOVERNED = frozenset(  # what a verb, noun or adjective bears on
    "xcomp ccomp acl dobj nsubjpass pobj pcomp attr oprd relcl advcl csubj nsubj".split()
)
_UNDERGOING = frozenset("pay fight stand".split())  # to pay to have it done, and to pay a fine
_AHEAD = frozenset({"likely", "certain", "sure", "bound"})  # "to be sold": it is still to come
_STEPS = 14  # words to climb at most


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
    if (polarity, value.realis, value.certainty) == (event.polarity, event.realis, event.certainty):
        return event
    return replace(event, polarity=polarity, realis=value.realis, certainty=value.certainty)


def value_at(prose: Prose, cues: dict[int, Saying], token: int) -> Value:
    """The factuality of what a token denotes, under its innermost source."""
    parse = prose.parse
    value = own(parse, token, Value())
    for _ in range(_STEPS):
        governor = governor_of(parse, token)
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
        if _own_clause(parse, token):
            return None
        return (shared(parse, governor, token, value) if _leans(parse, token, governor) else value), False
    if dep == "prep" or dep in {"agent", "dative"}:
        return _through_preposition(parse, token, governor, value)
    if dep in {"compound", "nmod", "amod"} and head.pos in NOMINAL:
        return own(parse, governor, value, token), False
    if dep == "acomp":
        return own(parse, governor, value, token), False
    if head.pos == "ADP":
        return value.under(_of_preposition(parse, token, governor)), False
    if dep in _GOVERNED:
        return _under_head(prose, cues, token, governor, value)
    return None


def _leans(parse: Parse, token: int, governor: int) -> bool:
    """Whether what is joined to a verb shares its auxiliaries: another verb of its form, or a noun that the parser took
    from a light verb's object ("will hold a meeting in May | and a rally")."""
    joined, head = parse.tokens[token], parse.tokens[governor]
    if head.pos not in {"VERB", "AUX"}:
        return False
    same = joined.tag == head.tag or {joined.tag, head.tag} == {"VBN", "VBD"}
    return same or (joined.pos in NOMINAL and head.lemma in LIGHT)


def _own_clause(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].dep in {"nsubj", "nsubjpass", "aux"} for c in parse.children[verb])


def _through_preposition(parse: Parse, token: int, governor: int, value: Value) -> tuple[Value, bool] | None:
    """ "plan for X", "prevent from X", "accused of X": the governor's effect reaches the preposition's object."""
    word = parse.tokens[token].text.lower()
    effect = effect_of(parse, governor)
    if word in {"of", "about"} and nouns.is_message(parse, governor) and nouns.denied(parse, governor, effect_of):
        return value.under("negative"), True  # "denied reports of an attack"
    if word == "of" and parse.tokens[governor].lemma.lower() in _LIGHT_NOUNS:
        return own(parse, governor, value), False
    entry = entries().get((parse.tokens[governor].lemma.lower(), "verb"))
    if word == "for" and entry is not None and "for" in entry.prepositions and effect in {None, "neutral"}:
        effect = "planned"  # call, push, campaign for something that is not there yet
    if effect == "probable" or (effect == "averted" and _definite_object(parse, token)):
        return None  # to appear at a hearing, to be barred from the Games: those took place all the same
    if word == "in" and parse.tokens[governor].lemma in _UNDERGOING:
        return own(parse, governor, value), False  # to pay so much in compensation is to compensate
    if effect == "planned" and word == "in":
        return None  # agreed in a separate case, a decision in a meeting: where, not what
    if effect in {None, "neutral"} or word not in {"for", "of", "from", "to", "on", "about", "at", "in", "against"}:
        return None
    if effect == "planned" and word == "against":
        effect = "averted"  # to vote or decide against a ban
    return value.under(effect or "neutral", is_negated(parse, governor)), False


def _of_preposition(parse: Parse, token: int, preposition: int) -> str:
    """What a preposition itself does to a noun or gerund: "without paying", "moved toward ending the war"."""
    word, gerund = parse.tokens[preposition].text.lower(), parse.tokens[token].dep == "pcomp"
    if word == "for" and parse.tokens[token].lemma == "comment":
        return "planned"  # could not be reached for comment
    if word == "without" or (word == "of" and gerund and parse.tokens[preposition - 1].text.lower() == "instead"):
        return "negative"
    return "planned" if gerund and word in {"toward", "towards"} else "none"


def _definite_object(parse: Parse, preposition: int) -> bool:
    objects = [c for c in parse.children[preposition] if parse.tokens[c].dep == "pobj"]
    return any(parse.tokens[c].pos == "PROPN" or is_definite(parse, c) for c in objects)


def _under_head(
    prose: Prose, cues: dict[int, Saying], token: int, governor: int, value: Value
) -> tuple[Value, bool] | None:
    parse, tokens = prose.parse, prose.tokens
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
    clause = dep in {"xcomp", "ccomp", "pcomp"} or (dep in {"acl", "relcl"} and is_infinitive(parse, token))
    if clause:
        saying = cues.get(governor)
        if dep == "ccomp" and not is_infinitive(parse, token) and not _is_small(parse, token):
            if effect not in {None, "neutral"} and (saying is None or saying.kind not in _REPORTING):
                return value.under(effect or "neutral"), True
            return value, True
        if head.lemma == "have" and any(tokens[c].text.lower() == "yet" for c in parse.children[governor]):
            effect = "negative"
        elif head.pos == "ADJ" and any(tokens[c].text.lower() == "too" for c in parse.children[governor]):
            effect = "negative"  # "too weak to attack"
        elif head.lemma == "go" and head.tag == "VBG":
            effect = "planned"
        elif effect == "neutral" and is_infinitive(parse, token) and _is_addressed(parse, governor):
            effect = "planned"  # told, warned, called on to do it
        elif head.lemma == "be" or effect is None:
            effect = "planned" if is_infinitive(parse, token) and not _selects(parse, governor) else "neutral"
        if effect == "probable" and head.lemma in _AHEAD and not _is_perfect(parse, token):
            value = value.under("planned")
        return own(parse, governor, value.under(effect), token), False
    if dep == "advcl" and _is_later(prose, cues, token, governor):
        return value.under("planned"), False
    if dep in {"relcl", "advcl", "acl", "csubj"}:
        return None
    if effect == "negative" and dep in {"dobj", "nsubjpass"} and nouns.is_message(parse, token):
        return value, False  # who denies a report does not deny that it was made
    undergoes = dep in {"dobj", "nsubjpass"}
    if undergoes and value.realis == "actual" and nouns.is_bid(parse, token) and nouns.is_turned_down(parse, governor):
        return None  # who rejects an offer was made one
    if undergoes and head.lemma in _UNDERGOING:
        return (value, True) if is_definite(parse, token) else (own(parse, governor, value, token), False)
    if dep == "dobj" and head.lemma in LIGHT:
        effect = "neutral"  # to commit a crime is to do it, to commit to a task is to plan it
    raised = _raising(parse, token, governor)
    if raised is not None:
        return value.joined(value_at(prose, cues, raised)), True
    if effect == "probable" and dep == "nsubjpass" and _says_more(parse, governor):
        return None  # "the shooting is thought to be linked": that it was, nobody doubts
    if dep == "nsubj" and effect == "averted" and _is_intransitive(parse, governor):
        return value.under(effect, is_negated(parse, governor)), False  # "the sale fell through"
    if dep == "nsubj" and head.lemma in _HAPPENING and tokens[token].pos == "NOUN":
        return own(parse, governor, value, token), False
    if dep == "nsubj":
        said = next((c for c in parse.children[governor] if tokens[c].dep == "acomp"), None)
        if said is not None and effect_of(parse, said) == "probable" and _says_more(parse, said):
            return None
        modified = effect_of(parse, said) if said is not None and head.lemma in {"be", "seem", "remain"} else None
        return (value.under(modified, is_negated(parse, governor)), False) if modified else None
    if effect not in {None, "neutral", "doubted"}:
        return own(parse, governor, value.under(effect or "neutral"), token), False
    if head.lemma in LIGHT or (dep == "attr" and head.lemma in {"become", "remain"}):
        return own(parse, governor, value, token), False
    if not undergoes or is_definite(parse, token) or nouns.is_message(parse, token):
        return None  # what is already there, whatever is to become of it
    if head.lemma == "announce" and head.pos == "VERB" and tokens[token].lemma.lower() not in _OUTCOMES:
        return value.under("planned"), False
    outer = value_at(prose, cues, governor)
    if outer.realis != "actual":
        return value.under("planned" if outer.realis == "planned" else "possible"), False
    return None


def _raising(parse: Parse, noun: int, governor: int) -> int | None:
    """The verb that says that an event happens, below the one whose subject it is: "the race is | to be held", "talks
    are likely | to begin"."""
    tokens = parse.tokens
    if tokens[noun].dep not in {"nsubj", "nsubjpass"} or tokens[noun].pos != "NOUN":
        return None
    above = (governor, *(c for c in parse.children[governor] if tokens[c].dep in {"acomp", "oprd"}))
    verbs = (c for word in above for c in parse.children[word] if tokens[c].dep == "xcomp" and is_infinitive(parse, c))
    return next((c for c in verbs if tokens[c].lemma in _HAPPENING or _is_passive(parse, c, LIGHT)), None)


def _is_passive(parse: Parse, verb: int, lemmas: frozenset[str]) -> bool:
    """Whether a verb is the passive of one of these: what is held or made is its subject."""
    return parse.tokens[verb].lemma in lemmas and any(parse.tokens[c].dep == "auxpass" for c in parse.children[verb])


def _is_intransitive(parse: Parse, verb: int) -> bool:
    return not any(parse.tokens[c].dep == "dobj" for c in parse.children[verb])


def _is_addressed(parse: Parse, verb: int) -> bool:
    """Whether a verb puts what its infinitive says to somebody: told the crew to leave, was told to leave, called on it
    to leave."""
    tokens = parse.tokens
    entry = entries().get((tokens[verb].lemma.lower(), "verb"))
    if entry is None or tokens[verb].pos != "VERB":
        return False
    if addressee(parse, verb) is not None:
        return True
    direct = any(tokens[c].dep in {"dobj", "auxpass"} for c in parse.children[verb])
    return direct and bool(entry.frames & {"obj-to", "obj+to"})


def _is_small(parse: Parse, verb: int) -> bool:
    """Whether a clause has no verb of its own time: "will see ships | delivered", "would let you | know"."""
    tokens = parse.tokens
    bare = not any(tokens[c].dep in {"aux", "auxpass", "mark"} for c in parse.children[verb])
    return bare and tokens[verb].tag in {"VB", "VBN"} and verb > tokens[verb].head


def _is_later(prose: Prose, cues: dict[int, Saying], clause: int, governor: int) -> bool:
    """Whether a clause of time tells of what is to come, as its governor does: "will pay when the court rules"."""
    tokens, parse = prose.tokens, prose.parse
    words = {tokens[c].text.lower() for c in parse.children[clause] if tokens[c].dep in {"mark", "advmod"}}
    times = _BEFORE if tokens[clause].tag in {"VBD", "VBN"} else _BEFORE | {"when", "once", "after"}
    return bool(words & times) and value_at(prose, cues, governor).realis == "planned"


def _is_told(cues: dict[int, Saying], noun: int) -> bool:
    """Whether somebody of his own is named for a noun's clause: "claims by the union that ..."."""
    saying = cues.get(noun)
    return saying is not None and saying.source is not None


def _says_more(parse: Parse, word: int) -> bool:
    """Whether a word has an infinitive, so that it bears on that."""
    return any(parse.tokens[c].dep == "xcomp" and is_infinitive(parse, c) for c in parse.children[word])


def _is_perfect(parse: Parse, verb: int) -> bool:
    """Whether an infinitive tells of the past: "likely to have died"."""
    return any(parse.tokens[c].dep == "aux" and parse.tokens[c].lemma == "have" for c in parse.children[verb])


def _selects(parse: Parse, noun: int) -> bool:
    """ "the first to fly" did fly."""
    words = {parse.tokens[c].lemma.lower() for c in parse.children[noun]} | {parse.tokens[noun].lemma.lower()}
    return bool(words & _SELECTING)
