"""A place's name for who acts there: "Moscow" the government, "in Moscow" the city, "the North" North Korea.

A capital that says, deals, signs or has relations is its country's government; one that things happen in is
the city. What decides is the sentence: the verb that it is the agent of, or the preposition before it.
"""

from __future__ import annotations

from kg.model import Parse
from kg.resolve.gazetteer import Row
from kg.resolve.scene import Draft, Scene, Thing

# what governments do and cities do not
ACTS = frozenset(
    "say tell announce add claim deny confirm ask warn argue reply insist accuse blame condemn denounce criticize criticise "
    "demand urge call refuse reject agree sign accept offer propose suggest request pledge promise vow threaten "
    "support back oppose want hope seek fear believe think consider decide plan intend recognize recognise "
    "impose lift sanction expel recall retaliate respond negotiate talk deal cooperate withdraw deploy send supply "
    "annex invade attack intervene meddle interfere order ban veto block approve ratify violate break hold".split()
)
DEALINGS = frozenset(
    "relation relationship tie talk negotiation cooperation dialogue dialog agreement deal pact treaty tension dispute rift "
    "conflict war standoff contact channel trust understanding alliance rivalry confrontation détente detente summit "
    "request behest insistence invitation demand pressure sanction policy position stance response reaction support decision "
    "ally government interest intention view claim".split()
)
BETWEEN = frozenset({"between", "with", "by", "from", "of", "against", "to", "on"})
AT = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "through", "into", "toward", "towards"})
HALVES = {"North": "North", "South": "South"}


def read_metonyms(scene: Scene) -> None:
    """Send the mentions of places that act to the government they stand for."""
    _halves(scene)
    for draft in scene.drafts:
        if draft.form != "name" or draft.match is None:
            continue
        government = next(
            (s.row for s in draft.match.senses if s.how == "metonym" and s.row.cls in {"government", "presidency"}), None
        )
        place = next((s.row for s in draft.match.senses if s.how != "metonym" and s.row.kind == "place"), None)
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
    if token.dep in {"nsubj", "agent"} and governor.lemma.lower() in ACTS:
        return f"subject of “{governor.lemma}”"
    if token.dep == "pobj":
        word = governor.text.lower()
        if word in AT:
            return ""
        above = parse.tokens[governor.head]
        if word in BETWEEN and above.lemma.lower() in DEALINGS | ACTS:
            return f"party to “{above.lemma}”"
        if word == "between" or (word == "with" and beside):
            return "one of two parties"
        if word == "by" and governor.dep == "agent":
            return "agent of a passive"
    if token.dep == "poss" and governor.lemma.lower() in DEALINGS:
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
        words = thing.label.split()
        if thing.row is not None and len(words) == 2 and words[0] in HALVES:
            divided[words[0]] = thing.row
            other = "South" if words[0] == "North" else "North"
            twin = scene.gazetteer.row(f"{other} {words[1]}", "place")
            if twin is not None:
                divided.setdefault(other, twin)
    for draft in scene.drafts:
        words = scene.quote(draft).removeprefix("the ").removeprefix("The ")
        if draft.form == "name" and words in divided:
            draft.denotes(scene.thing_of(divided[words]), f"short for {divided[words].label}", 0.85)
