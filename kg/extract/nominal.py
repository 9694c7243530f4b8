"""Events named by nouns: which nouns are events, and where their participants stand.

A noun is an event when the lexicon says so, or when it is derived from a verb by one of the suffixes below
and the lexicon does not list it among the things ("@thing": "government", "information", "building").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.arguments import Classes, choose
from kg.extract.lexicon import DEFAULT_FRAME, Lexicon, Sense
from kg.extract.syntax import Argument, preposition_arguments
from kg.model import Parse

SUFFIXES = ("tion", "sion", "ment", "ance", "ence", "al", "ing", "ery", "age", "ure")
PRODUCTIVE = ("ation", "ition", "ction", "ption", "sion", "ution", "ment")
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})


def is_event_noun(parse: Parse, i: int, lexicon: Lexicon) -> bool:
    """Whether the noun at token i may name an event; senses and their conditions are looked at later."""
    token = parse.tokens[i]
    lemma = token.lemma.lower()
    if token.pos == "PROPN" and not _capitalised_common(token.text, lemma, lexicon):
        return False
    if "thing" in lexicon.classes.get(lemma, ()):
        return False
    return lemma in lexicon.nouns or token.pos == "NOUN" and len(lemma) > 6 and lemma.endswith(PRODUCTIVE)


def _capitalised_common(text: str, lemma: str, lexicon: Lexicon) -> bool:
    """Headlines capitalise common nouns: a known event noun in capitals still counts."""
    return text[:1].isupper() and lemma in lexicon.nouns


def noun_arguments(parse: Parse, noun: int, classes: Classes) -> Iterator[Argument]:
    """Arguments of an event noun under the keys "poss", "of", "mod", "comp" and prepositions."""
    for c in parse.children[noun]:
        token = parse.tokens[c]
        match token.dep:
            case "poss":
                yield Argument("poss", c)
            case "compound" | "nmod":
                if token.tag != "HYPH":
                    yield Argument("mod", c)
            case "amod":
                if token.ner in ("NORP", "GPE"):
                    yield Argument("mod", c)
            case "prep" | "agent":
                yield from preposition_arguments(parse, c)
            case "acl":
                if token.tag == "VB":
                    yield Argument("comp", c)
            case "npadvmod":
                yield Argument("adverbial", c)


def noun_frame(sense: Sense | None) -> Mapping[str, str]:
    """A sense's frame turned for a noun: the possessor is the subject, "of" the object where there is one."""
    frame = dict(sense.frame) if sense else {}
    subject = frame.get("subj", DEFAULT_FRAME["subj"])
    frame.setdefault("poss", subject)
    frame.setdefault("by", subject)
    frame.setdefault("between", subject)
    frame.setdefault("of", frame["obj"] if "obj" in frame else subject if subject != "agent" else "theme")
    return frame


def settle_modifiers(arguments: list[Argument], frame: Mapping[str, str], classes: Classes) -> list[Argument]:
    """Compounds and adjectives: an actor in front is the subject ("U.S. tip"), a thing the object ("tanker
    order"), a time the time."""
    settled = []
    for argument in arguments:
        if argument.key == "mod":
            kind = classes.first(argument.head)
            if kind == "time":
                key = "adverbial"
            elif kind in ("person", "organization", "group", "place"):
                key = "mod" if "mod" in frame else "poss"
            else:
                key = "of"
            argument = Argument(key, argument.head)
        settled.append(argument)
    return settled


def noun_sense(lemma: str, arguments: list[Argument], classes: Classes, lexicon: Lexicon) -> Sense | None:
    """The sense of a single noun."""
    return choose((s for s in lexicon.nouns.get(lemma, ()) if not s.words), arguments, classes)
