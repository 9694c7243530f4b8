"""People called by their part in a case: "the suspect", "her client"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Parse
from kg.resolve.nominals import determiner, plural
from kg.resolve.scene import Draft, Thing

ACCUSED = frozenset({"suspect", "accused", "defendant"})
ACCUSING = frozenset("arrest detain charge accuse suspect indict convict jail imprison sentence".split())
CLIENT = "client"
COUNSEL = frozenset({"lawyer", "attorney", "solicitor", "barrister"})
WINDOW = 4  # sentences back


def in_a_case(parse: Parse, draft: Draft, before: Iterable[Draft]) -> Thing | None:
    """Whom the description denotes: the last named person who was arrested, or whose lawyer was told of; the mentions
    before it in the order of the text."""
    lemma = parse.tokens[draft.head].lemma.lower()
    if (lemma not in ACCUSED and lemma != CLIENT) or plural(parse, draft):
        return None
    how = determiner(parse, draft)
    if lemma in ACCUSED and how == "the":
        test = _taken
    elif lemma == CLIENT and how == "poss":
        test = _defended
    else:
        return None
    here = parse.tokens[draft.head].sentence
    people = [
        other for other in before
        if other.last < draft.first and other.thing is not None and other.thing.named and other.thing.kind == "person"
        and here - parse.tokens[other.head].sentence <= WINDOW and test(parse, other.head)
    ]  # fmt: skip
    return people[-1].thing if people else None


def _taken(parse: Parse, head: int) -> bool:
    """Whether it is whom somebody arrested or charged."""
    token = parse.tokens[head]
    return token.dep in {"dobj", "nsubjpass"} and parse.tokens[token.head].lemma in ACCUSING


def _defended(parse: Parse, head: int) -> bool:
    """Whether it is whose lawyer is told of: "a lawyer for Ann Lee", "Ann Lee's lawyer"."""
    token = parse.tokens[head]
    over = parse.tokens[token.head]
    if token.dep == "pobj" and over.text in {"for", "of"}:
        return parse.tokens[over.head].lemma.lower() in COUNSEL
    return token.dep == "poss" and over.lemma.lower() in COUNSEL
