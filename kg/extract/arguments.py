"""From a predicate's dependants to roles: a frame's own word first, then what each preposition usually means.

    "in Osaka"     a place       -> place           "in June"          a time        -> time
    "to Kyiv"      a place       -> destination     "to the senator"   a person      -> recipient
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.extract.dependants import Argument
from kg.extract.lexicon import DEFAULT_FRAME, Sense, Test, lexicon
from kg.extract.syntax import child, conjuncts
from kg.model import Parse, Reading, Span

NER_CLASS = {
    "PERSON": "person", "NORP": "group", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "DATE": "time", "TIME": "time", "MONEY": "money", "PERCENT": "amount", "QUANTITY": "amount", "EVENT": "event",
}
# an amount of people is people: "thousands of protesters", "one of the men"
QUANTIFIERS = frozenset(
    "one some many most all both half number thousand hundred dozen million score part majority group lot several "
    "few two three four five six seven eight nine ten pair couple series".split()
)
# "for instance", "in fact": no participants
DISCOURSE = frozenset(
    "instance example fact addition case particular general part order turn face place light wake basis term way "
    "contrast short other question".split()
)
ACTORS_AND_PLACES = frozenset({"person", "organization", "group", "place"})
ANY = "any"  # in conditions: any argument
CURRENCIES = frozenset("$€£¥")
# role by class of what stands under the preposition; "*" for any other
PREPOSITIONS: Mapping[str, Mapping[str, str]] = {
    "in": {"time": "time", "place": "place", "organization": "place", "event": "time", "*": "attribute"},
    "at": {
        "time": "time", "amount": "amount", "money": "amount", "place": "place", "organization": "place",
        "event": "place", "person": "recipient", "group": "recipient", "*": "attribute",
    },
    "on": {"time": "time", "place": "place", "*": "topic"},
    "by": {"time": "time", "amount": "amount", "money": "amount", "clause": "instrument", "*": "agent"},
    "to": {
        "time": "time", "person": "recipient", "organization": "recipient", "group": "recipient", "*": "destination",
    },
    "into": {"*": "destination"},
    "onto": {"*": "destination"},
    "toward": {"*": "destination"},
    "towards": {"*": "destination"},
    "from": {"time": "time", "*": "origin"},
    "out of": {"*": "origin"},
    "off": {"*": "origin"},
    "with": {
        "person": "recipient", "organization": "recipient", "group": "recipient", "place": "recipient",
        "*": "instrument",
    },
    "for": {
        "person": "beneficiary", "organization": "beneficiary", "group": "beneficiary", "time": "time",
        "money": "amount", "amount": "amount", "place": "destination", "*": "purpose",
    },
    "of": {"*": "theme"},
    "about": {"*": "topic"},
    "over": {"time": "time", "*": "topic"},
    "regarding": {"*": "topic"},
    "concerning": {"*": "topic"},
    "against": {"*": "patient"},
    "between": {"time": "time", "*": "agent"},
    "among": {"place": "place", "*": "recipient"},
    "through": {"time": "time", "place": "place", "*": "instrument"},
    "via": {"place": "place", "*": "instrument"},
    "using": {"*": "instrument"},
    "during": {"*": "time"},
    "before": {"person": "place", "organization": "place", "*": "time"},
    "after": {"*": "time"},
    "since": {"*": "time"},
    "until": {"*": "time"},
    "till": {"*": "time"},
    "within": {"time": "time", "*": "place"},
    "throughout": {"time": "time", "*": "place"},
    "around": {"time": "time", "*": "place"},
    "following": {"*": "time"},
    "amid": {"*": "cause"},
    "because of": {"*": "cause"},
    "due to": {"*": "cause"},
    "thanks to": {"*": "cause"},
    "as": {"*": "attribute"},
    "like": {"*": "attribute"},
    "near": {"*": "place"},
    "outside": {"*": "place"},
    "inside": {"*": "place"},
    "across": {"*": "place"},
    "off of": {"*": "place"},
    "along": {"*": "place"},
    "under": {"*": "attribute"},
    "upon": {"*": "topic"},
    "on behalf of": {"*": "beneficiary"},
    "in front of": {"*": "place"},
}
ADVERBIAL_CLAUSES = {
    "to": "purpose", "so": "purpose", "because": "cause", "since": "time", "after": "time", "before": "time",
    "when": "time", "while": "time", "until": "time", "once": "time",
}


class Filler(NamedTuple):
    """A role and the token that heads what fills it."""

    role: str
    head: int


class Classes:
    """What kind of thing a noun is, for conditions and prepositions; asked of mentions, times, names, lexicon."""

    def __init__(self, reading: Reading, events: Iterable[int] = ()) -> None:
        self.parse = reading.parse
        self.kinds = {mention.head.end: mention.kind for mention in reading.mentions}
        self.timed = {
            i for time in reading.times if time.type != "SET" for i in _inside(self.parse, time.span)
        }  # tokens of time expressions
        self.events = set(events)
        self.nouns = lexicon().classes
        self._first: dict[int, str] = {}  # asked of a word by every predicate that it takes part in
        self._of: dict[int, frozenset[str]] = {}

    def of(self, head: int) -> frozenset[str]:
        """All classes of the token, the most telling first in `first`."""
        known = self._of.get(head)
        if known is None:
            lemma = self.parse.tokens[head].lemma.lower()
            known = self._of[head] = frozenset({lemma, self.first(head), *self.nouns.get(lemma, ())})
        return known

    def is_site(self, head: int) -> bool:
        """Whether a common noun names where things happen, whatever else it is: "a hospital", "their border"."""
        token = self.parse.tokens[head]
        return token.pos == "NOUN" and "place" in self.nouns.get(token.lemma.lower(), ())

    def first(self, head: int) -> str:
        """One class: person, organization, place, group, time, money, amount, event, clause or other."""
        known = self._first.get(head)
        if known is None:
            known = self._first[head] = self._class(head)
        return known

    def _class(self, head: int) -> str:
        token = self.parse.tokens[head]
        if token.pos in ("VERB", "AUX"):
            return "clause"
        if head in self.timed:
            return "time"
        if token.lemma.lower() in QUANTIFIERS or token.pos == "NUM":
            for c in self.parse.children[head]:
                if self.parse.tokens[c].dep == "prep" and self.parse.tokens[c].text.lower() == "of":
                    inner = [d for d in self.parse.children[c] if self.parse.tokens[d].dep == "pobj"]
                    if inner:
                        return self.first(inner[0])
        kind = self.kinds.get(token.end)
        if kind is not None and kind != "other":
            return kind
        if token.ner in NER_CLASS:
            return NER_CLASS[token.ner]
        if token.pos == "PRON" and token.lemma.lower() in ("i", "he", "she", "we", "they", "who", "me", "him", "us"):
            return "person"
        named = self.nouns.get(token.lemma.lower(), frozenset())
        for name in ("person", "organization", "place", "time", "money", "amount"):
            if name in named:
                return name
        return "event" if head in self.events else "other"


def _inside(parse: Parse, span: Span) -> Iterator[int]:
    """The tokens that stand in a stretch of the text as a whole."""
    for i in range(bisect_left(parse.starts, span.start), len(parse.tokens)):
        if parse.tokens[i].end > span.end:
            return
        yield i


def choose(senses: Iterable[Sense], arguments: list[Argument], classes: Classes) -> Sense | None:
    """The first sense whose conditions hold (its words have been checked before)."""
    for sense in senses:
        if all(_holds(test, arguments, classes) for test in sense.tests):
            return sense
    return None


def _holds(test: Test, arguments: list[Argument], classes: Classes) -> bool:
    heads = [argument.head for argument in arguments if test.key in (ANY, argument.key)]
    if not test.values:
        return bool(heads) is not test.negated
    if test.negated:
        return not any(classes.of(head) & test.values for head in heads)
    return any(classes.of(head) & test.values for head in heads)


def fillers(
    arguments: Iterable[Argument], frame: Mapping[str, str], sense: Sense | None, classes: Classes
) -> Iterator[Filler]:
    """The roles that the arguments fill, coordination distributed."""
    parse = classes.parse
    skip = set(sense.words) if sense else set()
    arguments = tuple(arguments)
    objects = any(argument.key == "obj" for argument in arguments)
    for argument in arguments:
        role = role_of(argument, frame, classes, symmetric=bool(sense and sense.symmetric))
        if objects and argument.key in ("on", "at") and role == frame.get("obj") and classes.is_site(argument.head):
            role = "place"  # "shelled a village on the border"
        if role is None or role == "-":
            continue
        if argument.key in skip and argument.key not in frame and classes.first(argument.head) == "clause":
            continue
        before = _headline_list(classes, argument.head) if argument.key == "subj" else []
        for head in (*before, *conjuncts(parse, argument.head)):
            text = parse.tokens[head].text
            if text.isalnum() or any(c.isalnum() or c in CURRENCIES for c in text):
                yield from (Filler(role, one) for one in (*_joint_names(classes, head), head))


def _headline_list(classes: Classes, head: int) -> list[int]:
    """Names before a subject with only a comma between, as headlines have it ("Trump, Putin talk")."""
    parse, found = classes.parse, []
    first = parse.sentences[parse.tokens[head].sentence][0]
    at = parse.left[head]
    while at - 2 >= first and parse.tokens[at - 1].text == "," and parse.tokens[at - 2].end in classes.kinds:
        name = at - 2
        if parse.tokens[name].pos != "PROPN" or parse.tokens[head].pos != "PROPN":
            return []
        at = name
        while at - 1 >= first and parse.tokens[at - 1].head == name:
            at -= 1
        found.append(name)
    return found[::-1] if at == first or parse.tokens[at - 1].text == ":" else []


def _joint_names(classes: Classes, head: int) -> Iterator[int]:
    """Names in front of a name that denote somebody else: "the Putin-Trump call", "Trump and rival Clinton"."""
    parse = classes.parse
    for c in parse.children[head]:
        token = parse.tokens[c]
        if c < head and token.pos == "PROPN" and token.end in classes.kinds and token.dep in ("compound", "nmod"):
            hyphen = c + 2 == head and parse.tokens[c + 1].tag == "HYPH"
            yield from [c] if hyphen or child(parse, c, "cc") is not None else []


def _word(classes: Classes, argument: Argument) -> str:
    return classes.parse.tokens[argument.head].lemma.lower()


def _is_bare(parse: Parse, head: int) -> bool:
    return parse.tokens[head].tag == "NN" and not any(c < head for c in parse.children[head])


def role_of(argument: Argument, frame: Mapping[str, str], classes: Classes, *, symmetric: bool) -> str | None:
    """The role of one argument; None when it says nothing (an adverb, a discourse "like")."""
    key = argument.key
    several = classes.parse.tokens[argument.head].tag == "NNS" and key == "over"  # "sued over old phones"
    if key in ("on", "over", "via", "through", "by") and "medium" in classes.of(argument.head) and not several:
        return "instrument"  # "said on television"
    if key == "by" and "vehicle" in classes.of(argument.head) and _is_bare(classes.parse, argument.head):
        return "instrument"  # "moved by helicopter", not "hit by a car"
    if key == "in" and "document" in classes.of(argument.head):
        return "instrument"  # "said in a statement"
    if key in frame:
        role = frame[key]
        if key == "obj" and role in ("patient", "theme") and classes.first(argument.head) == "time":
            return "time"  # "took six months"
        # an adjunct of time or place keeps its meaning under any frame: "on Sunday", "died in Paris"
        kind = classes.first(argument.head) if key in PREPOSITIONS and key not in ("to", "of") else ""
        if role == "amount" and kind in ACTORS_AND_PLACES and kind in PREPOSITIONS[key]:
            return PREPOSITIONS[key][kind]  # "bought it for her sister"
        somewhere = kind == "place" or classes.is_site(argument.head)
        if somewhere and key in ("in", "at", "near") and role in ("cause", "attribute", "time"):
            return "place"
        return "time" if kind == "time" else role
    if symmetric and key in ("with", "between"):
        return "time" if classes.first(argument.head) == "time" else frame.get("subj", "agent")
    if key in DEFAULT_FRAME:
        return DEFAULT_FRAME[key]
    if key.startswith("adv:"):
        return ADVERBIAL_CLAUSES.get(key[4:])
    kind = classes.first(argument.head)
    if kind == "other" and key in PREPOSITIONS and _word(classes, argument) in DISCOURSE:
        return None
    if key == "adverbial":
        return {"time": "time", "money": "amount", "amount": "amount"}.get(kind)
    if key == "in" and "vehicle" in classes.of(argument.head):
        return "place"
    if key == "to" and kind == "organization" and classes.is_site(argument.head):
        return "destination"  # "taken to a hospital"
    table = PREPOSITIONS.get(key)
    return None if table is None else table.get(kind, table["*"])
