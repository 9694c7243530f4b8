"""Functions over a dependency `Parse` that several steps share."""

from __future__ import annotations

from bisect import bisect_right

from kg.model import Parse, Token

_AHEAD_MODALS = frozenset("will shall 'll ’ll wo would could can may might should must".split())
_PLANNED = frozenset(
    "schedule plan set due expect slate intend aim propose hope project forecast postpone delay plot prepare".split()
)
_LOOK_AHEAD = frozenset(  # what they ask for, promise or decide for a day of the week is still to come
    "agree ask call decide demand invite need offer order pledge promise request require seek threaten undertake urge "
    "vote vow want warn wish".split()
)
_ADDRESSING = {  # verbs that put an infinitive to somebody whom they name after a preposition
    "call": frozenset({"on", "upon", "for"}),
    "appeal": frozenset({"to"}),
    "plead": frozenset({"with"}),
    "prevail": frozenset({"on", "upon"}),
    "count": frozenset({"on"}),
    "rely": frozenset({"on", "upon"}),
    "signal": frozenset({"to"}),
    "shout": frozenset({"to", "at"}),
}
_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
FINITE = frozenset({"VBD", "VBZ", "VBP"})
_STEPS = 12  # governors to climb at most


def token_at(parse: Parse, start: int) -> int:
    """The index of the token that a character lies in, or of the last one before it."""
    return max(bisect_right(parse.starts, start) - 1, 0)


def direction(token: int, parse: Parse) -> int:
    """Which way the verb looks that governs a token: -1 past, 1 ahead, 0 where nothing tells."""
    tokens = parse.tokens
    if tokens[tokens[token].head].text.lower() == "since":
        return -1
    ahead = _PLANNED | {"be"} | (_LOOK_AHEAD if tokens[token].text in _WEEKDAYS else frozenset())
    at = token
    came = tokens[at]
    for _ in range(_STEPS):
        here = tokens[at]
        is_plan = here.tag in {"VBG", "JJ"} or (here.tag == "VBN" and not _in_perfect(here, parse))
        if here.lemma in _PLANNED and (is_plan or came.dep == "dobj" or came.text == "for"):
            return 1
        if here.pos in {"VERB", "AUX"} and (found := _of_verb(here, parse, ahead)) is not None:
            return found
        if here.head == at:
            return 0
        at, came = here.head, here
    return 0


def _auxiliaries(verb: Token, parse: Parse) -> list[Token]:
    return [parse.tokens[i] for i in parse.children[verb.i] if parse.tokens[i].dep in {"aux", "auxpass"}]


def _in_perfect(verb: Token, parse: Parse) -> bool:
    """'had postponed', which is no more of a plan than 'postponed'; not 'had been postponed'."""
    auxiliaries = _auxiliaries(verb, parse)
    return any(token.lemma == "have" for token in auxiliaries) and all(token.dep == "aux" for token in auxiliaries)


def _of_verb(verb: Token, parse: Parse, ahead: frozenset[str]) -> int | None:
    """The direction of one verb with its auxiliaries; None where its governor decides (a bare participle)."""
    auxiliaries = _auxiliaries(verb, parse)
    words = {token.text.lower() for token in auxiliaries}
    if any(parse.tokens[i].text.lower() == "unless" for i in parse.children[verb.i]):
        return 1
    if words & _AHEAD_MODALS and "have" not in words:
        return 1
    if verb.lemma == "go" and verb.tag == "VBG":
        return 1
    if "to" in words and "have" not in words:
        return _of_infinitive(verb, parse, ahead)
    tags = {token.tag for token in auxiliaries} | {verb.tag}
    if "VBD" in tags or {"have", "has", "had", "having"} & words:
        return -1
    if verb.tag == "VBN" and not auxiliaries:
        return None if verb.dep in {"acl", "advcl", "amod"} else -1
    if verb.tag == "VBG" and not auxiliaries:
        return None
    return 0


def _of_infinitive(verb: Token, parse: Parse, ahead: frozenset[str]) -> int:
    """'to meet': ahead, unless it hangs on a past verb that does not look there ('managed to escape on Friday')."""
    governor = parse.tokens[verb.head]
    if governor.i == verb.i or governor.pos not in {"VERB", "AUX", "ADJ"}:
        return 1
    if governor.lemma in ahead:
        return 1
    return 0 if governor.tag in {"VBD", "VBN"} else 1


def governor_of(parse: Parse, token: int) -> int:
    """What a token depends on. A finite verb goes on with a finite one, whatever infinitive the parser joined it to:
    "declined to comment and | refused to pay"."""
    tokens = parse.tokens
    governor = tokens[token].head
    if tokens[token].dep == "conj" and tokens[token].tag in FINITE:
        while is_infinitive(parse, governor) and tokens[governor].tag == "VB" and tokens[governor].head != governor:
            governor = tokens[governor].head
    return governor


def is_infinitive(parse: Parse, verb: int) -> bool:
    """Whether a verb has "to" before it."""
    return any(parse.tokens[c].tag == "TO" and parse.tokens[c].dep == "aux" for c in parse.children[verb])


def addressee(parse: Parse, verb: int) -> int | None:
    """Who is to do what the infinitive of a verb says: "called on | the court | to rule"."""
    tokens = parse.tokens
    prepositions = _ADDRESSING.get(tokens[verb].lemma, frozenset())
    for child in parse.children[verb] if prepositions else ():
        if child > verb and tokens[child].text.lower() in prepositions:
            return next((c for c in parse.children[child] if tokens[c].dep == "pobj"), None)
    return None
