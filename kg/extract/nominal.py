"""Events named by nouns: which nouns are events, and where their participants stand.

A noun is an event when the lexicon says so, or when it is derived from a verb by one of the suffixes below
and the lexicon does not list it among the things ("@thing": "government", "information", "building").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.arguments import DISCOURSE, Classes
from kg.extract.dependants import Argument, preposition_arguments
from kg.extract.lexicon import DEFAULT_FRAME, Lexicon, Sense
from kg.extract.syntax import NOMINAL, child
from kg.model import Parse, Reading, Token

PRODUCTIVE = ("ation", "ition", "ction", "ption", "sion", "ution", "ment")
MODIFIER = frozenset({"compound", "amod", "nmod"})  # "launch site", "defence budget": no event of their own
OCCASIONS = frozenset({"Meet", "Perform", "Compete", "Games", "Elect", "Fight", "Disaster", "Celebrate"})


def event_nouns(reading: Reading, lexicon: Lexicon) -> list[int]:
    """The tokens that may name an event; senses and their conditions are looked at later.

    Names are none, but for those of occasions ("the Worldwide Developers Conference", "the 2008 Olympic Games"),
    nor is a noun inside a date ("March 1") or in front of another noun ("launch site").
    """
    names = {m.span.end: m.span.start for m in reading.mentions if m.form == "name"}
    actors = {m.head.end for m in reading.mentions if m.form == "name" and m.kind != "other"}
    bodies = {m.head.end for m in reading.mentions if m.form == "nominal" and m.kind in ("person", "organization")}
    times = {time.span.end: time.span.start for time in reading.times if time.type != "SET"}
    named = list(_covered(reading.parse, names))
    dated = list(_covered(reading.parse, times))
    return [
        token.i
        for token in reading.parse.tokens
        if token.pos in ("NOUN", "PROPN")
        and token.dep not in MODIFIER
        and not dated[token.i]
        and token.end not in bodies  # "the opposition", "the ruling party"
        and not _in_hyphens(reading.parse, token.i)
        and not _in_set_phrase(reading.parse, token)
        and (
            _is_occasion(token, lexicon) and (token.end not in actors or token.ner == "EVENT")
            if named[token.i]
            else _is_event_word(token, lexicon)
        )
    ]


def _covered(parse: Parse, stretches: Mapping[int, int]) -> Iterator[bool]:
    """For each token, whether one of the stretches (end -> start) covers it."""
    ends = sorted(stretches)
    at = 0
    for token in parse.tokens:
        while at < len(ends) and ends[at] <= token.start:
            at += 1
        yield at < len(ends) and stretches[ends[at]] <= token.start


def _is_occasion(token: Token, lexicon: Lexicon) -> bool:
    senses = lexicon.nouns.get(token.lemma.lower(), ())
    return any(sense.type in OCCASIONS for sense in senses)


def _is_event_word(token: Token, lexicon: Lexicon) -> bool:
    lemma = token.lemma.lower()
    if lemma in lexicon.nouns:
        return True
    if token.pos == "PROPN" or "thing" in lexicon.classes.get(lemma, ()):
        return False
    return len(lemma) > 6 and lemma.endswith(PRODUCTIVE)


def _in_hyphens(parse: Parse, i: int) -> bool:
    """The first half of a hyphenated word ("stop-gap")."""
    following = parse.tokens[i + 1 : i + 2]
    return bool(following) and following[0].tag == "HYPH" and following[0].start == parse.tokens[i].end


def _in_set_phrase(parse: Parse, token: Token) -> bool:
    """ "by contrast", "in order to": a bare noun that makes a connective of its preposition."""
    return token.dep == "pobj" and token.lemma.lower() in DISCOURSE and child(parse, token.i, "det", "poss") is None


def noun_arguments(parse: Parse, noun: int, classes: Classes) -> Iterator[Argument]:
    """Arguments of an event noun under the keys "poss", "of", "mod", "comp" and prepositions."""
    named = parse.tokens[noun].pos == "PROPN" and parse.tokens[noun].ner != ""
    for c in parse.children[noun]:
        token = parse.tokens[c]
        if named and token.dep in MODIFIER:
            continue  # part of the occasion's name
        match token.dep:
            case "nummod" | "amod" | "compound" | "nmod" if classes.first(c) == "time":
                yield Argument("adverbial", c)  # "the 1991 treaty"
            case "poss":
                yield Argument("poss", c)
            case "compound" | "nmod":
                if token.pos in NOMINAL and not (token.pos == "NOUN" and _hyphenated(parse, c)):
                    yield Argument("mod", c)
            case "amod":
                if token.ner in ("NORP", "GPE") and token.pos in ("ADJ", "PROPN") and not _hyphenated(parse, c):
                    yield Argument("mod", c)
            case "prep" | "agent":
                yield from preposition_arguments(parse, c)
            case "acl":
                if token.tag == "VB":
                    yield Argument("comp", c)
            case "npadvmod":
                yield Argument("adverbial", c)


def _hyphenated(parse: Parse, i: int) -> bool:
    """A word made of several ("face-to-face"): it describes the event and takes no part in it."""
    return parse.tokens[i - 1].tag == "HYPH" or any(parse.tokens[c].tag == "HYPH" for c in parse.children[i])


def noun_frame(sense: Sense | None) -> Mapping[str, str]:
    """A sense's frame turned for a noun: the possessor is the subject, "of" the object where there is one."""
    frame = dict(sense.frame) if sense else {}
    subject = frame.get("subj", DEFAULT_FRAME["subj"])
    frame.setdefault("subj", subject)
    frame.setdefault("poss", subject)
    frame.setdefault("by", subject)
    frame.setdefault("between", subject)
    frame.setdefault("victim", "patient" if "patient" in (subject, frame.get("obj")) else "-")
    frame.setdefault("of", frame.get("obj", "theme" if subject == "agent" else subject))
    return frame


def settle_modifiers(arguments: list[Argument], frame: Mapping[str, str], classes: Classes) -> list[Argument]:
    """Compounds, adjectives and possessors: an actor in front is the subject ("U.S. tip"), a thing the object
    ("tanker order", "its launch"), a time the time."""
    keys = {argument.key for argument in arguments}
    settled = []
    for argument in arguments:
        key = argument.key
        if key in ("mod", "poss"):
            kind = classes.first(argument.head)
            if kind == "time":
                key = "adverbial"
            elif kind in ("person", "organization", "group", "place"):
                # "Baghdad bombing" says where, "Ethiopian shelling" who
                where = kind == "place" and classes.parse.tokens[argument.head].ner != "NORP"
                own = key == "mod" and "mod" in frame and (frame["mod"] != "place" or where)
                key = "mod" if own else "poss"
            elif key == "mod" and frame["of"] in ("agent", "recipient"):
                continue  # "exit poll": of what sort it is
            elif key == "mod" or ("obj" in frame and not keys & {"of", "subj"}):
                key = "of"
        settled.append(Argument(key, argument.head))
    return settled


def welcome(own: list[Argument], given: list[Argument], frame: Mapping[str, str]) -> list[Argument]:
    """Of what verbs give, all but a subject or object that the noun has itself ("condemned Russia's invasion")."""
    company = {"with", "between", "to"}
    roles = {frame.get(argument.key) for argument in own if argument.key in ("subj", "poss", "of", "by", "mod")}
    accompanied = any(argument.key in company for argument in own)
    return [
        a
        for a in given
        if not (a.key in ("subj", "of", "victim") and frame.get(a.key, "agent") in roles)
        and not (a.key in company and accompanied)
    ]
