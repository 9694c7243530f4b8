"""The arguments of a verb, with voice undone and gaps filled; coordination is distributed later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.control import surface_subject
from kg.extract.lexicon import lexicon
from kg.extract.syntax import DEPTH, antecedent, child, is_comment, is_passive, is_relative, lifted
from kg.model import Parse


class Argument(NamedTuple):
    """A dependant of a predicate. `key` is "subj", "obj", "shared" (the object of the verb after it, perhaps also
    of this one), "iobj", "attr", "comp", "adverbial", "adv:WORD" or a preposition; `head` is the index of its head
    word."""

    key: str
    head: int


def verb_arguments(parse: Parse, verb: int) -> list[Argument]:
    """The arguments of a verb with voice undone, in no particular order, coordination not yet distributed."""
    passive = is_passive(parse, verb)
    found: list[Argument] = []
    subject = surface_subject(parse, verb)
    if subject is not None and subject != verb:
        found.append(Argument("obj" if passive else "subj", subject))
    found.extend(_own_dependants(parse, verb, passive))
    if passive and sum(a.key == "obj" for a in found) > 1:  # "Boeing was given a contract"
        found[0] = Argument("iobj", found[0].head)
    if not any(a.key == "obj" for a in found):
        gap, shared = _object_gap(parse, verb, found), _shared_object(parse, verb)
        heads = {a.head for a in found}
        if gap is not None and gap not in heads:
            found.append(Argument("obj", gap))
        elif shared is not None and shared not in heads:
            found.append(Argument("shared", shared))
    return found


def _own_dependants(parse: Parse, verb: int, passive: bool) -> Iterator[Argument]:
    for c in parse.children[verb]:
        token = parse.tokens[c]
        for preposition in lifted(parse, c):
            yield from preposition_arguments(parse, preposition)
        match token.dep:
            case "dobj" if is_comment(parse, c):
                continue
            case "dobj":
                head = antecedent(parse, verb) if is_relative(parse, c) else c
                if head is not None:
                    yield Argument("obj", head)
            case "dative":
                if token.pos == "ADP":
                    yield from preposition_arguments(parse, c)
                else:
                    yield Argument("iobj", c)
            case "attr" | "oprd" | "acomp":
                yield Argument("attr", c)
            case "agent" if not passive:  # "stood by the president"
                yield from preposition_arguments(parse, c)
            case "agent":
                for argument in preposition_arguments(parse, c):
                    means = "medium" in lexicon().classes.get(parse.tokens[argument.head].lemma.lower(), ())
                    bare = child(parse, argument.head, "det", "poss") is None
                    yield Argument("by" if means and bare else "subj", argument.head)  # "reached by telephone"
            case "prep" if token.text.lower() == "including" and parse.tokens[verb].dep == "advcl":
                continue  # an example of what the main clause counts: "six meetings since he left, including in Oslo"
            case "prep":
                yield from preposition_arguments(parse, c)
            case "ccomp" | "xcomp":
                yield Argument("comp", c)
            case "advcl" if _is_called_for(parse, verb, c):
                yield Argument("for", c)
            case "advcl":
                yield Argument("adv:" + clause_word(parse, c), c)
            case "npadvmod":
                yield Argument("adverbial", c)
            case "advmod":  # "now", "two years ago"
                measure = child(parse, c, "npadvmod")
                yield Argument("adverbial", c if measure is None else measure)


def preposition_arguments(
    parse: Parse, preposition: int, name: str = "", depth: int = 0
) -> Iterator[Argument]:
    """What stands under a preposition, also a compound one ("because of", "out of", "according to")."""
    if depth > DEPTH:
        return
    word = parse.tokens[preposition].text.lower()
    name = "" if word == "including" else f"{name} {word}".strip()
    complete = child(parse, preposition, "pobj", "pcomp") is not None
    for c in parse.children[preposition]:
        token = parse.tokens[c]
        if token.dep in ("pobj", "pcomp"):
            if not (token.dep == "pobj" and is_relative(parse, c)):
                yield Argument(name, c)
                for inner in lifted(parse, c):
                    yield from preposition_arguments(parse, inner, depth=depth + 1)
        elif token.dep == "prep" and token.pos in ("ADP", "SCONJ"):  # "from London to Sydney" or "out of Paris"
            yield from preposition_arguments(parse, c, "" if complete else name, depth + 1)
        elif token.dep == "conj" and token.pos == "ADP":
            yield from preposition_arguments(parse, c, depth=depth + 1)


def _is_called_for(parse: Parse, verb: int, clause: int) -> bool:
    """ "called | for the ship to be sold": right behind the verb, "for" is of what is wanted."""
    opener = parse.tokens[min(verb + 1, len(parse.tokens) - 1)]
    return opener.head == clause and opener.dep == "mark" and opener.text == "for"


def clause_word(parse: Parse, clause: int) -> str:
    """The word that opens an adverbial clause: its marker, "to" for an infinitive, "" for a bare participle."""
    for c in parse.children[clause]:
        token = parse.tokens[c]
        if token.dep == "mark" or (token.dep == "advmod" and token.tag == "WRB"):
            return token.lemma.lower()
        if token.dep == "aux" and token.tag == "TO":
            return "to"
    return ""


def _object_gap(parse: Parse, verb: int, found: list[Argument]) -> int | None:
    """The antecedent of a relative clause whose object is missing ("the planes that Boeing builds")."""
    if parse.tokens[verb].dep != "relcl" or any(a.key in ("comp", "attr") for a in found):
        return None
    subject = child(parse, verb, "nsubj")
    if subject is None or is_relative(parse, subject) or is_passive(parse, verb):
        return None
    if any(parse.tokens[c].dep == "prep" and not parse.children[c] for c in parse.children[verb]):
        return None  # the gap is under the stranded preposition
    opening = [c for c in parse.children[verb] if c < subject and parse.tokens[c].tag == "WRB"]
    return None if opening else parse.tokens[verb].head


def _shared_object(parse: Parse, verb: int) -> int | None:
    """The object to the right of coordinated verbs ("arrested and charged two men")."""
    for _ in range(DEPTH):
        following = None if is_passive(parse, verb) else _next_verb(parse, verb)
        if following is None:
            return None
        shared = child(parse, following, "dobj")
        if shared is not None:
            return shared
        verb = following
    return None


def _next_verb(parse: Parse, verb: int) -> int | None:
    """The active verb coordinated with this one, with nothing between that could be an object."""
    for c in parse.children[verb]:
        token = parse.tokens[c]
        if token.dep == "conj" and token.pos == "VERB" and not is_passive(parse, c):
            between = parse.tokens[verb + 1 : c]
            if all(t.pos in ("CCONJ", "PUNCT", "ADV") or t.dep == "prt" for t in between):
                return c
    return None
