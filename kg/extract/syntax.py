"""Who does what to whom, read off one dependency parse: voice, control, gaps and coordination.

The labels are ClearNLP's, as spaCy's English models use them. Everything here is about grammar alone; what
a dependant *means* to its predicate is decided by frames (`kg.extract.lexicon`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.lexicon import lexicon
from kg.model import Parse, Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PREDICATE_TAGS = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
RELATIVES = frozenset({"that", "which", "who", "whom"})
ACTORS = frozenset({"person", "organization"})
ADJUNCTS = frozenset("in at on during after before since until near over about".split())
CUT_FROM_PHRASE = frozenset({"relcl", "conj", "cc", "appos", "parataxis", "preconj"})
CONTROLLED_BY_OBJECT = frozenset({"of", "from", "into", "for", "as", "with"})  # "accuse X of going"
SUBJECT_CONTROL = frozenset(  # "do much to help": who helps is who does, although there is an object
    "promise threaten vow use take need have spend do make raise offer lack seek find win build sign set".split()
)
# prepositions that belong to the verb even where the parser hangs them on its object: "accused the man of theft"
OBJECT_PREPOSITIONS = {
    verb: preposition
    for preposition, verbs in {
        "of": "accuse suspect convict acquit rob strip deprive inform warn remind notify relieve clear",
        "from": "prevent stop ban bar keep prohibit discourage deter save protect expel",
        "for": "thank blame praise criticize fine jail arrest sue condemn punish reward compensate",
        "with": "charge credit supply provide equip replace present",
    }.items()
    for verb in verbs.split()
}
PARTICIPIAL = frozenset({"acl", "advcl", "amod", "relcl", "ccomp", "oprd", "pcomp", "dep"})
DITRANSITIVE = frozenset("give award offer grant pay send show tell teach charge call name deny ask lend".split())
PARTNERS = {  # a closing mark belongs to a phrase only with its opening one, and the reverse
    '"': '"', "“": "”", "”": "“", "(": ")", ")": "(", "[": "]", "]": "[", "‘": "’", "''": "``", "``": "''",
}
_DEPTH = 8  # clauses or prepositions followed at most


class Argument(NamedTuple):
    """A dependant of a predicate. `key` is "subj", "obj", "shared" (the object of the verb after it, perhaps also
    of this one), "iobj", "attr", "comp", "adverbial", "adv:WORD" or a preposition; `head` is the index of its head
    word."""

    key: str
    head: int


def child(parse: Parse, i: int, *deps: str) -> int | None:
    """The first dependant of token i with one of these labels."""
    for c in parse.children[i]:
        if parse.tokens[c].dep in deps:
            return c
    return None


def conjuncts(parse: Parse, i: int) -> list[int]:
    """Token i and everything coordinated with it to its right, of a like part of speech."""
    found, stack = [i], [i]
    while stack:
        for c in parse.children[stack.pop()]:
            token = parse.tokens[c]
            if token.dep == "conj" and token.pos in NOMINAL and token.text[:1].isalnum():
                found.append(c)
                stack.append(c)
    return sorted(found)


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the surface subject is the deep object."""
    for _ in range(_DEPTH):
        own = _own_voice(parse, verb)
        if own is not None:
            return own
        verb = parse.tokens[verb].head  # "was arrested and charged"
    return False


def _own_voice(parse: Parse, verb: int) -> bool | None:
    """Whether the verb is passive; None where the verb that it is coordinated with decides."""
    token = parse.tokens[verb]
    if token.tag not in ("VBN", "VBD"):
        return False
    have = False
    for c in parse.children[verb]:
        dependant = parse.tokens[c]
        if dependant.dep in ("auxpass", "nsubjpass", "csubjpass"):
            return True
        if dependant.dep == "nsubj":
            return False
        have = have or (dependant.dep == "aux" and dependant.lemma == "have")
    if have or (token.tag == "VBD" and token.dep != "acl"):
        return False
    if token.dep == "acl" and child(parse, verb, "dobj") is not None and child(parse, verb, "agent") is None:
        return token.lemma in DITRANSITIVE  # "the director compared the two" read as a participle
    if token.dep == "conj":
        return None
    return token.dep in PARTICIPIAL or child(parse, verb, "agent") is not None


def is_finite(parse: Parse, verb: int) -> bool:
    """Whether the clause has tense of its own (or a modal)."""
    if parse.tokens[verb].tag in ("VBD", "VBP", "VBZ"):
        return True
    return any(
        parse.tokens[c].dep in ("aux", "auxpass") and parse.tokens[c].tag in ("MD", "VBD", "VBP", "VBZ")
        for c in parse.children[verb]
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
    if depth > _DEPTH or governor == verb:
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
                return surface_subject(parse, governor, depth + 1)
            return governor if parse.tokens[governor].pos in NOMINAL else None
        case "pcomp":
            return _controller_of_gerund(parse, governor, depth)
    return None


def is_relative(parse: Parse, i: int) -> bool:
    """A relative pronoun ("who", "which", "that") as an argument."""
    token = parse.tokens[i]
    return (token.tag in RELATIVE_TAGS and token.lemma.lower() in RELATIVES) or (
        token.dep in SUBJECTS and token.tag in ("IN", "DT", "WDT") and token.lemma.lower() == "that"
        and relative_clause(parse, token.head) is not None
    )


def relative_clause(parse: Parse, verb: int) -> int | None:
    """The verb that heads the relative clause in which `verb` stands as head, conjunct or complement."""
    for _ in range(_DEPTH):
        token = parse.tokens[verb]
        if token.dep == "relcl":
            return verb
        if token.dep not in ("conj", "xcomp", "ccomp") or token.head == verb:
            return None
        verb = token.head
    return None


def antecedent(parse: Parse, verb: int) -> int | None:
    """What the relative pronoun under `verb` stands for; None when it opens a question."""
    clause = relative_clause(parse, verb)
    if clause is None:
        return None
    head = parse.tokens[clause].head
    while parse.tokens[head].dep == "conj" and _is_plural(parse, clause):  # "a man and a woman, who were ..."
        head = parse.tokens[head].head
    return head


def _is_plural(parse: Parse, verb: int) -> bool:
    """Whether the verb agrees with several people or things."""
    finite = [verb, *(c for c in parse.children[verb] if parse.tokens[c].dep in ("aux", "auxpass"))]
    return any(parse.tokens[i].tag == "VBP" or parse.tokens[i].text.lower() == "were" for i in finite)


def relativizer(parse: Parse, predicate: int, head: int) -> int | None:
    """The pronoun that stands for `head` in the relative clause of `predicate`, where there is one."""
    clause = relative_clause(parse, predicate)
    if clause is None or parse.tokens[clause].head != head:
        return None
    return next((i for i in range(parse.left[clause], clause) if is_relative(parse, i)), None)


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
            return child(parse, c, "pobj")
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
                    yield Argument("subj", argument.head)
            case "prep":
                yield from preposition_arguments(parse, c)
            case "ccomp" | "xcomp":
                yield Argument("comp", c)
            case "advcl":
                yield Argument("adv:" + clause_word(parse, c), c)
            case "npadvmod":
                yield Argument("adverbial", c)


def lifted(parse: Parse, noun: int) -> list[int]:
    """Prepositions that hang on a noun but belong to its predicate: those of `OBJECT_PREPOSITIONS`, and all but
    "of" under a person's name ("met Anna Schmidt in Rome")."""
    tokens, token = parse.tokens, parse.tokens[noun]
    if token.dep not in ("dobj", "pobj", "nsubj", "nsubjpass", "dative"):
        return []
    named = token.ner == "PERSON" and token.pos == "PROPN"
    wanted = OBJECT_PREPOSITIONS.get(tokens[token.head].lemma) if token.dep == "dobj" else None
    return [
        c
        for c in parse.children[noun]
        if c > noun
        and tokens[c].dep == "prep"
        and (tokens[c].lemma == wanted or (named and tokens[c].text.lower() in ADJUNCTS))
    ]


def preposition_arguments(
    parse: Parse, preposition: int, name: str = "", depth: int = 0
) -> Iterator[Argument]:
    """What stands under a preposition, also a compound one ("because of", "out of", "according to")."""
    if depth > _DEPTH:
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
    for _ in range(_DEPTH):
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


def phrase(parse: Parse, head: int) -> Span:
    """The characters of the noun phrase of `head`: without later conjuncts, appositions, relative clauses (also
    reduced ones), possessive endings and quotation marks or brackets that stand alone."""
    first, last = parse.left[head], parse.right[head]
    for c in parse.children[head]:
        token = parse.tokens[c]
        if c > head and (token.dep in CUT_FROM_PHRASE or (token.dep == "acl" and token.tag in ("VBN", "VBG", "VBD"))):
            if token.dep == "appos" and parse.left[c] == head + 1:
                continue  # "the actor Jean Reno" is one phrase
            last = min(last, max(head, parse.left[c] - 1))
        elif c < head and token.dep in ("cc", "preconj"):
            first = max(first, parse.right[c] + 1)
        elif c < head and token.pos == "PROPN" and (joint := child(parse, c, "cc")) is not None:
            first = max(first, joint + 1)  # "Trump and rival Clinton", parsed as one name
    for c in lifted(parse, head):
        last = min(last, max(head, c - 1))
    while last > head and _loose(parse, last, first, last):
        last -= 1
    while first < head and _loose(parse, first, first, last):
        first += 1
    return parse.span(first, last)


def _loose(parse: Parse, i: int, first: int, last: int) -> bool:
    """Whether an outermost token does not belong to the phrase: a mark without its partner, "and", "'s"."""
    token = parse.tokens[i]
    if token.text in PARTNERS:
        partner = PARTNERS[token.text]
        return not any(parse.tokens[j].text == partner for j in range(first, last + 1) if j != i)
    return token.pos in ("CCONJ", "SPACE") or token.tag == "POS" or (token.pos == "PUNCT" and token.text != "%")
