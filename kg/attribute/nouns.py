"""Nouns that carry a clause: "reports that ...", "no evidence that ...", and what becomes of the clause.

A clause under such a noun is a proposition that the noun names, not one that the text tells (FactBank's sources of
event nouns). Who denies, rejects or dismisses the report denies what its clause says, not that there was a report.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.attribute.lexicon import entries
from kg.model import Parse

_MESSAGES = frozenset({"say", "think", "oppose", "accuse", "doubt", "suspect"})
_BIDS = frozenset({"ask", "want", "plan"})
_EVIDENCE = frozenset("evidence proof indication indicator sign basis truth hint trace substance foundation".split())
_DISMISSING = frozenset(
    "dismiss reject deny refute rebut debunk disprove discount dispute contradict repudiate".split()
)
_CONFIRMING = frozenset("confirm acknowledge admit accept corroborate verify prove support endorse believe".split())
_OF_EVIDENCE = frozenset({"to", "in", "behind", "for"})  # no truth to reports that


def is_message(parse: Parse, noun: int) -> bool:
    """Whether a noun names something said or thought: report, claim, criticism."""
    entry = entries().get((parse.tokens[noun].lemma.lower(), "noun"))
    return parse.tokens[noun].pos == "NOUN" and entry is not None and entry.kind in _MESSAGES


def is_bid(parse: Parse, noun: int) -> bool:
    """Whether a noun names what is put to somebody, an offer, a request: who turns it down shows that it was made."""
    entry = entries().get((parse.tokens[noun].lemma.lower(), "noun"))
    return parse.tokens[noun].pos == "NOUN" and entry is not None and entry.kind in _BIDS


def is_turned_down(parse: Parse, verb: int) -> bool:
    """Whether a verb refuses what its object puts forward: reject, refuse, rebuff, deny (a request)."""
    lemma = parse.tokens[verb].lemma.lower()
    entry = entries().get((lemma, "verb"))
    return lemma in _DISMISSING or (entry is not None and entry.kind == "refuse")


def is_hearsay(parse: Parse, noun: int) -> bool:
    """Whether a noun is a statement of nobody named, which its verb does not confirm: "study claims that ..."."""
    entry = entries().get((parse.tokens[noun].lemma.lower(), "noun"))
    confirmed = parse.tokens[parse.tokens[noun].head].lemma.lower() in _CONFIRMING
    return entry is not None and entry.kind == "say" and not confirmed


def host(parse: Parse, clause: int) -> int | None:
    """The noun that a finite clause tells the content of: "the claim that they lied", not "the claim that he made";
    also across its verb: "no evidence was found that they lied"."""
    tokens = parse.tokens
    if tokens[clause].dep not in {"acl", "relcl", "ccomp"}:
        return None
    noun, opener = tokens[clause].head, tokens[parse.left[clause]]
    if tokens[noun].pos in {"VERB", "AUX"}:
        subjects = (c for c in parse.children[noun] if tokens[c].dep in {"nsubj", "nsubjpass"})
        noun = next((c for c in subjects if tokens[c].lemma.lower() in _EVIDENCE), clause)
    known = is_message(parse, noun) or tokens[noun].lemma.lower() in _EVIDENCE
    marked = opener.text.lower() == "that" and opener.dep in {"mark", "det", "advmod"}
    return noun if known and noun < opener.i and marked and not lacks_object(parse, clause) else None


def lacks_object(parse: Parse, verb: int) -> bool:
    """ "A view that most reject": the noun is the object, though the parser took "that" for a conjunction."""
    entry = entries().get((parse.tokens[verb].lemma.lower(), "verb"))
    transitive = entry is not None and bool(entry.frames & {"obj", "claim"})
    found = {parse.tokens[c].dep for c in parse.children[verb]}
    return transitive and not found & {"dobj", "nsubjpass", "ccomp", "xcomp", "prep", "prt"}


def denied(parse: Parse, noun: int, effect_of: Callable[[Parse, int], str | None]) -> bool:
    """Whether what a noun's clause says is denied: the noun's message is dismissed, or there is no evidence."""
    tokens = parse.tokens
    token = tokens[noun]
    governor = token.head
    if token.lemma.lower() in _EVIDENCE:
        return _absent(parse, noun) or (token.dep in {"dobj", "attr"} and _absent(parse, governor))
    if tokens[governor].dep == "prep" and tokens[governor].text.lower() in _OF_EVIDENCE:
        above = tokens[governor].head
        return tokens[above].lemma.lower() in _EVIDENCE and denied(parse, above, effect_of)
    if token.dep in {"dobj", "nsubjpass"}:
        dismissed = tokens[governor].lemma.lower() in _DISMISSING or effect_of(parse, governor) == "negative"
        return dismissed and not _absent(parse, governor)
    return False


def _absent(parse: Parse, head: int) -> bool:
    """Whether a word's own negation or determiner says that there is none."""
    children = (parse.tokens[c] for c in parse.children[head])
    return any(c.dep == "neg" or (c.dep == "det" and c.text.lower() in {"no", "neither"}) for c in children)
