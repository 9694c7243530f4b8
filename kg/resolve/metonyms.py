"""A place's name for who acts there: "Moscow" the government, "in Moscow" the city, "the North" North Korea.

A capital that says, deals, signs or has relations is its country's government; one that things happen in is
the city. What decides is the sentence: the verb that it is the agent of, or the preposition before it.
"""

from __future__ import annotations

from kg.gazetteer import Row
from kg.model import Parse
from kg.resolve.lexicon import listed
from kg.resolve.scene import Draft, Scene

ACTING = frozenset({"government", "presidency"})
OTHER_HALF = {"North": "South", "South": "North"}


def read_metonyms(scene: Scene) -> None:
    """Send the mentions of places that act to the government they stand for."""
    _halves(scene)
    for draft in scene.drafts:
        if draft.form != "name" or draft.match is None:
            continue
        senses = draft.match.senses
        government = next((row for row, how in senses if how == "metonym" and row.cls in ACTING), None)
        place = next((row for row, how in senses if how != "metonym" and row.kind == "place"), None)
        if government is None or (draft.thing and draft.thing.kind == "person"):
            continue
        if place is None:
            draft.denotes(scene.thing_of(government), f"stands for {government.label}", 0.9)
        elif why := _acts(scene.parse, draft, beside=_partner(scene, draft)):
            draft.denotes(scene.thing_of(government), why, 0.8)


def _acts(parse: Parse, draft: Draft, beside: bool) -> str:
    """Why the place is an actor here; "" where it is a place."""
    token = parse.tokens[draft.head]
    governor = parse.tokens[token.head]
    while token.dep == "conj" and governor.i != token.i:
        token, governor = governor, parse.tokens[governor.head]
    if token.dep in {"nsubj", "agent"} and governor.lemma.lower() in listed("acts-of-state"):
        return f"subject of “{governor.lemma}”"
    if token.dep == "dobj" and governor.lemma.lower() in listed("done-to-states"):
        return f"object of “{governor.lemma}”"
    if token.dep == "pobj":
        word = governor.text.lower()
        if word in listed("at-places"):
            return ""
        above = parse.tokens[governor.head]
        if word in listed("between-parties") and above.lemma.lower() in listed("dealings") | listed("acts-of-state"):
            return f"party to “{above.lemma}”"
        if word == "between" or (word == "with" and beside):
            return "one of two parties"
        if word == "by" and governor.dep == "agent":
            return "agent of a passive"
    if token.dep == "poss" and governor.lemma.lower() in listed("dealings"):
        return f"owner of “{governor.lemma}”"
    return ""


def _partner(scene: Scene, draft: Draft) -> bool:
    """Whether another capital or country is a subject in the same sentence."""
    sentence = scene.parse.tokens[draft.head].sentence
    return any(
        other is not draft and scene.parse.tokens[other.head].sentence == sentence and other.kind == "place"
        and scene.parse.tokens[other.head].dep == "nsubj"
        for other in scene.drafts
    )


def _halves(scene: Scene) -> None:
    """ "The North" is North Korea where Korea is spoken of; likewise any "North X" that the text names."""
    divided: dict[str, Row] = {}
    for thing in scene.known:
        half, _, rest = thing.label.partition(" ")
        if thing.row is not None and half in OTHER_HALF and rest:
            divided[half] = thing.row
            twin = scene.gazetteer.row(f"{OTHER_HALF[half]} {rest}", "place")
            if twin is not None:
                divided.setdefault(OTHER_HALF[half], twin)
    for draft in scene.drafts:
        half = scene.quote(draft).removeprefix("the ").removeprefix("The ")
        if draft.form == "name" and half in divided:
            draft.denotes(scene.thing_of(divided[half]), f"short for {divided[half].label}", 0.85)
