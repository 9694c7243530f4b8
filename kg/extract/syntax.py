"""Grammar of one dependency parse: voice, relative clauses, coordination, and the extent of a phrase.

The labels are ClearNLP's, as spaCy's English models use them. Who the participants of a clause are is read by
`kg.extract.control` (understood subjects) and `kg.extract.dependants` (arguments); what they *mean* to their
predicate is decided by frames (`kg.extract.lexicon`).
"""

from __future__ import annotations

from kg.extract.lexicon import lexicon
from kg.model import Parse, Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PREDICATE_TAGS = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
RELATIVES = frozenset({"that", "which", "who", "whom"})
ADJUNCTS = frozenset("in at on during after before since until near over about".split())
CUT_FROM_PHRASE = frozenset({"relcl", "conj", "cc", "appos", "parataxis", "preconj"})
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
DEPTH = 8  # clauses, conjuncts or prepositions followed at most


def child(parse: Parse, i: int, *deps: str) -> int | None:
    """The first dependant of token i with one of these labels."""
    for c in parse.children[i]:
        if parse.tokens[c].dep in deps:
            return c
    return None


def conjuncts(parse: Parse, i: int) -> list[int]:
    """Token i and everything coordinated with it to its right: nouns with a noun, clauses with a clause."""
    kinds = PREDICATE_TAGS if parse.tokens[i].pos in PREDICATE_TAGS else NOMINAL
    found, stack = [i], [i]
    while stack:
        for c in parse.children[stack.pop()]:
            token = parse.tokens[c]
            if token.dep == "conj" and token.pos in kinds and token.text[:1].isalnum():
                found.append(c)
                stack.append(c)
    return sorted(found)


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the surface subject is the deep object."""
    for _ in range(DEPTH):
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
            return _shares_passive(parse, verb)
        have = have or (dependant.dep == "aux" and dependant.lemma.lower() in ("have", "having"))
    if have or (token.tag == "VBD" and token.dep != "acl"):
        return False
    if token.dep == "acl" and child(parse, verb, "dobj") is not None and child(parse, verb, "agent") is None:
        return token.lemma in DITRANSITIVE  # "the director compared the two" read as a participle
    if token.dep == "conj":
        return None
    if token.dep == "acomp":  # "was tased", read as an adjective
        return parse.tokens[token.head].lemma == "be"
    return token.dep in PARTICIPIAL or child(parse, verb, "agent") is not None


def _shares_passive(parse: Parse, verb: int) -> bool:
    """ "Two were killed and four wounded": "were" is said once, and what needs somebody to be done to has nobody."""
    token = parse.tokens[verb]
    if token.dep != "conj" or child(parse, verb, "aux", "dobj", "ccomp", "xcomp", "prt") is not None:
        return False
    senses = lexicon().verbs.get(token.lemma.lower(), ())
    done_to = all(sense.frame.get("obj") == "patient" and not sense.symmetric for sense in senses)
    return bool(senses) and done_to and child(parse, token.head, "nsubjpass") is not None


def is_finite(parse: Parse, verb: int) -> bool:
    """Whether the clause has tense of its own (or a modal)."""
    if parse.tokens[verb].tag in ("VBD", "VBP", "VBZ"):
        return True
    return any(
        parse.tokens[c].dep in ("aux", "auxpass") and parse.tokens[c].tag in ("MD", "VBD", "VBP", "VBZ")
        for c in parse.children[verb]
    )


def is_relative(parse: Parse, i: int) -> bool:
    """A relative pronoun ("who", "which", "that") as an argument."""
    token = parse.tokens[i]
    return (token.tag in RELATIVE_TAGS and token.lemma.lower() in RELATIVES) or (
        token.dep in SUBJECTS and token.tag in ("IN", "DT", "WDT") and token.lemma.lower() == "that"
        and relative_clause(parse, token.head) is not None
    )


def relative_clause(parse: Parse, verb: int) -> int | None:
    """The verb that heads the relative clause in which `verb` stands as head, conjunct or complement."""
    for _ in range(DEPTH):
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


def lifted(parse: Parse, noun: int) -> list[int]:
    """Prepositions that hang on a noun but belong to its predicate: those of `OBJECT_PREPOSITIONS`, and all but
    "of" under a person's name ("met Anna Schmidt in Rome")."""
    tokens, token = parse.tokens, parse.tokens[noun]
    if token.dep not in ("dobj", "pobj", "nsubj", "nsubjpass", "dative"):
        return []
    named = token.ner == "PERSON" and token.pos == "PROPN"
    wanted = OBJECT_PREPOSITIONS.get(tokens[token.head].lemma) if token.dep == "dobj" else None
    if not named and wanted is None:
        return []
    return [
        c
        for c in parse.children[noun]
        if c > noun
        and tokens[c].dep == "prep"
        and (tokens[c].lemma == wanted or (named and tokens[c].text.lower() in ADJUNCTS))
    ]


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
    last = min(last, _before_comment(parse, head, last), _before_governor(parse, head, last))
    for c in lifted(parse, head):
        last = min(last, max(head, c - 1))
    while last > head and _loose(parse, last, first, last):
        last -= 1
    while first < head and _loose(parse, first, first, last):
        first += 1
    return parse.span(first, last)


def is_comment(parse: Parse, i: int) -> bool:
    """An apposition to the whole clause before it, wherever it was hung: ", a charge that they deny"."""
    token, first = parse.tokens[i], parse.left[i]
    if token.pos != "NOUN" or first < 1 or "comment" not in lexicon().classes.get(token.lemma.lower(), ()):
        return False
    opening = parse.tokens[first - 1].text + parse.tokens[first].text.lower()
    return opening in {",a", ",an"} and child(parse, i, "relcl", "acl") is not None


def _before_comment(parse: Parse, head: int, last: int) -> int:
    """The last token before a comment on the clause; `last` where there is none."""
    for i in range(head + 1, last + 1):
        if parse.tokens[i].pos == "NOUN" and parse.left[i] > head + 1 and is_comment(parse, i):
            return parse.left[i] - 2
    return last


def _before_governor(parse: Parse, head: int, last: int) -> int:
    """Where the phrase ends before its own governor, over which an apposition may have been hung on it."""
    governor = parse.tokens[head].head
    if not head < governor <= last:
        return last
    return max([head, *(parse.right[c] for c in parse.children[head] if parse.right[c] < governor)])


def _loose(parse: Parse, i: int, first: int, last: int) -> bool:
    """Whether an outermost token does not belong to the phrase: a mark without its partner, "and", "'s"."""
    token = parse.tokens[i]
    if token.text in PARTNERS:
        partner = PARTNERS[token.text]
        return not any(parse.tokens[j].text == partner for j in range(first, last + 1) if j != i)
    return token.pos in ("CCONJ", "SPACE") or token.tag == "POS" or (token.pos == "PUNCT" and token.text != "%")
