"""A slip of the parser that grammar alone can tell, mended in the heads before anything is read from them."""

from __future__ import annotations

from kg.model import Token

_ADJUNCTS = frozenset({"prep", "npadvmod"})
_LONGEST = 8  # tokens of an adjunct


def mended(tokens: list[Token]) -> list[Token]:
    """ "The firm said on Monday it would sell": what stands between a past verb and the subject of its clause is the
    verb's own, not the clause's."""
    subjects = {token.head: token.i for token in reversed(tokens) if token.dep in {"nsubj", "nsubjpass"}}
    result = list(tokens)
    for token in tokens:
        clause = tokens[token.head]
        above = tokens[clause.head]
        if token.dep not in _ADJUNCTS or clause.dep != "ccomp" or above.tag != "VBD" or not above.i < token.i:
            continue
        subject = subjects.get(clause.i, token.i)
        near = token.i < subject <= token.i + _LONGEST and not any(t.tag == "," for t in tokens[token.i : subject])
        if near and all(above.i <= t.head < token.i for t in tokens[above.i + 1 : token.i]):
            result[token.i] = token._replace(head=above.i)
    return result
