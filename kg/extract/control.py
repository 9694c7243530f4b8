"""Understood subjects: who does what an infinitive, a participle, a gerund or a conjunct says.

"The union promised to fight" (the union fights), "the court ordered the firm to pay" (the firm pays), "they
thanked her for coming" (she came), "Boeing's plan to build" (Boeing builds).
"""

from __future__ import annotations

from kg.annotate.tree import addressee, is_infinitive
from kg.extract.lexicon import lexicon
from kg.extract.syntax import (
    DEPTH,
    NOMINAL,
    PREDICATE_TAGS,
    SUBJECTS,
    antecedent,
    child,
    is_finite,
    is_relative,
    lifted,
)
from kg.model import Parse

ACTORS = frozenset({"person", "organization"})
CONTROLLED_BY_OBJECT = frozenset({"of", "from", "into", "for", "as", "with"})  # "accuse X of going"
SUBJECT_CONTROL = frozenset(  # "do much to help": who helps is who does, although there is an object
    "promise threaten vow use take need have spend do make raise offer lack seek find win build sign set telephone "
    "phone meet visit contact join".split()
)


def surface_subject(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """The head word of the subject as written, or as understood by control, gap or coordination."""
    for c in parse.children[verb]:
        token = parse.tokens[c]
        if token.dep in SUBJECTS:
            return antecedent(parse, verb) if is_relative(parse, c) else c
        if token.dep == "expl":
            return None
    token = parse.tokens[verb]
    governor = token.head
    if depth > DEPTH or governor == verb:
        return None
    match token.dep:
        case "conj":
            return surface_subject(parse, governor, depth + 1) if _predicative(parse, governor) else None
        case "relcl" | "acl":
            if is_finite(parse, verb) or token.tag in ("VBG", "VBN", "VBD"):
                return governor
            return governor if is_actor(parse, governor) else _owner(parse, governor, depth)
        case "xcomp" | "ccomp" | "oprd":
            if is_finite(parse, verb):
                return None
            return _controller(parse, governor, depth)
        case "advcl" | "acomp" | "prep":
            if is_finite(parse, verb):
                return None
            if _predicative(parse, governor):
                asked = addressee(parse, governor) if is_infinitive(parse, verb) else None
                return asked if asked is not None else surface_subject(parse, governor, depth + 1)
            return governor if parse.tokens[governor].pos in NOMINAL else None
        case "pcomp":
            return _controller_of_gerund(parse, governor, depth)
    return None


def _predicative(parse: Parse, i: int) -> bool:
    return parse.tokens[i].pos in PREDICATE_TAGS or parse.tokens[i].dep in ("relcl", "ROOT", "ccomp", "advcl")


def is_actor(parse: Parse, i: int) -> bool:
    """Whether a noun names somebody who can do things, as far as the word tells."""
    token = parse.tokens[i]
    return token.ner in ("PERSON", "ORG", "GPE", "NORP") or token.pos == "PRON" or not ACTORS.isdisjoint(
        lexicon().classes.get(token.lemma.lower(), ())
    )


def _controller(parse: Parse, governor: int, depth: int) -> int | None:
    """The understood subject of an infinitive or participle under `governor`."""
    if parse.tokens[governor].pos in NOMINAL:
        return _owner(parse, governor, depth)
    asked = addressee(parse, governor)
    if asked is not None:
        return asked
    if parse.tokens[governor].lemma not in SUBJECT_CONTROL:
        controlled = child(parse, governor, "dobj", "dative")
        if controlled is not None and parse.tokens[controlled].dep == "dobj":
            return antecedent(parse, governor) if is_relative(parse, controlled) else controlled
    return surface_subject(parse, governor, depth + 1)


def _controller_of_gerund(parse: Parse, preposition: int, depth: int) -> int | None:
    governor = parse.tokens[preposition].head
    if parse.tokens[governor].pos in PREDICATE_TAGS:
        if parse.tokens[preposition].lemma.lower() in CONTROLLED_BY_OBJECT:
            addressee = _addressee(parse, governor)
            return _controller(parse, governor, depth) if addressee is None else addressee
        return surface_subject(parse, governor, depth + 1)
    if parse.tokens[governor].pos in NOMINAL:
        return governor if preposition in lifted(parse, governor) else _owner(parse, governor, depth)
    return surface_subject(parse, governor, depth + 1)


def _addressee(parse: Parse, verb: int) -> int | None:
    """ "expressed gratitude to the crew for saving them": the crew saved."""
    for c in parse.children[verb]:
        if parse.tokens[c].dep in ("prep", "dative") and parse.tokens[c].lemma.lower() == "to":
            addressee = child(parse, c, "pobj")
            return addressee if addressee is not None and is_actor(parse, addressee) else None
    return None


def _owner(parse: Parse, noun: int, depth: int) -> int | None:
    """Who is behind a noun that takes a clause ("Boeing's plan to build"; "they have the right to stay")."""
    owner = child(parse, noun, "poss")
    if owner is not None:
        return owner
    token = parse.tokens[noun]
    if token.dep in ("dobj", "attr") and parse.tokens[token.head].pos in PREDICATE_TAGS:
        return surface_subject(parse, token.head, depth + 1)
    if token.dep == "pobj":
        above = parse.tokens[parse.tokens[token.head].head]
        if above.pos in PREDICATE_TAGS:
            return surface_subject(parse, above.i, depth + 1)
    return None
