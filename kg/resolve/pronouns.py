"""Pronouns: personal, possessive, reflexive and relative ones.

A relative pronoun is the noun that its clause modifies. "I" in a quotation is its speaker, "we" there stands for
the speaker's side. The others take the most salient thing before them that agrees in number, gender and kind,
and is not barred by the sentence's structure; across quotation marks only third persons of the same side look back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Parse, Token
from kg.resolve.lexicon import listed
from kg.resolve.quotes import Quotation, quotations
from kg.resolve.salience import Salience
from kg.resolve.scene import Draft, Scene, Thing


class Pronoun(NamedTuple):
    """What a pronoun asks of its antecedent."""

    person: int
    number: str
    gender: str


_FORMS = {
    (3, "sg", "m"): "he him his himself",
    (3, "sg", "f"): "she her hers herself",
    (3, "sg", "n"): "it its itself",
    (3, "pl", ""): "they them their theirs themselves",
    (1, "sg", ""): "i me my mine myself",
    (1, "pl", ""): "we us our ours ourselves",
}
PRONOUNS = {word: Pronoun(*asked) for asked, words in _FORMS.items() for word in words.split()}
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
CORE = frozenset({"nsubj", "nsubjpass", "dobj"})
SCORES = {"relative": 0.9, "speaker": 0.85, "salient": 0.6}


def resolve_pronouns(scene: Scene) -> None:
    """Add a draft for each pronoun whose antecedent is found."""
    parse = scene.parse
    quoted = quotations(parse)
    by_head = {draft.head: draft for draft in scene.drafts if draft.thing is not None}
    names = {draft.head: draft for draft in scene.drafts if draft.form == "name"}
    taken = {i for draft in scene.drafts for i in range(draft.first, draft.last + 1) if draft.form != "nominal"}
    salience = Salience(parse)
    pending = iter([*scene.drafts])
    waiting = next(pending, None)
    groups = sorted(scene.pairs, key=lambda pair: pair[0])
    found: list[Draft] = []
    for token in parse.tokens:
        while waiting is not None and waiting.last < token.i:
            salience.seen(waiting)
            waiting = next(pending, None)
        while groups and groups[0][0] < token.i:
            last, head, group = groups.pop(0)
            salience.seen(Draft(last, last, head, "nominal", thing=group))
        if token.i in taken or token.pos not in {"PRON", "DET", "SCONJ"}:
            continue
        draft = Draft(token.i, token.i, token.i, "pronoun")
        if (denoted := _denoted(parse, token, draft, by_head, salience, quoted, names)) is not None:
            thing, reason, score = denoted
            draft.denotes(thing, reason, score)
            by_head[token.i] = draft
            salience.seen(draft)
            found.append(draft)
    scene.add(found)


Denoted = tuple[Thing, str, float]


def _denoted(
    parse: Parse, token: Token, draft: Draft, by_head: dict[int, Draft], salience: Salience,
    quoted: tuple[Quotation, ...], names: dict[int, Draft],
) -> Denoted | None:
    word = token.text.lower()
    if word in RELATIVE:
        antecedent = by_head.get(_modified(parse, token))
        if antecedent is None or antecedent.thing is None:
            return None
        return antecedent.thing, "relative pronoun", SCORES["relative"]
    asked = PRONOUNS.get(word)
    if asked is None or _expletive(parse, token):
        return None
    if asked.person == 1:
        return _of_speaker(token, asked, by_head, quoted)
    if (cataphor := _own_subject(parse, token, asked, by_head)) is not None:
        return cataphor
    if token.dep in {"appos", "npadvmod"} and word.endswith(("self", "selves")):
        return None  # "the sanctions themselves"
    if (fronted := _fronted(parse, token, asked, names)) is not None:
        return fronted
    if (matrix := _matrix_subject(parse, token, asked, by_head)) is not None:
        return matrix
    barred = set(_barred(parse, token, by_head))
    minded = token.dep == "nsubj" and parse.tokens[token.head].lemma in listed("minds")

    def fits(thing: Thing) -> bool:
        return agrees(thing, asked) and thing not in barred and not (minded and thing.kind == "other")

    found = salience.best(draft, fits, window=3)
    if found is None and asked.number == "pl":
        found = salience.best(draft, lambda thing: thing.kind == "organization" and thing not in barred, window=2)
    return (found, "agrees and stands out", SCORES["salient"]) if found is not None else None


def agrees(thing: Thing, asked: Pronoun) -> bool:
    """Whether a thing can be meant by the pronoun."""
    if asked.number == "pl":
        return thing.number == "pl"
    if thing.number == "pl":
        return False
    if asked.gender == "n":
        return thing.kind in {"organization", "place", "other"}
    return thing.kind == "person" and thing.gender in {"", asked.gender}


def _modified(parse: Parse, token: Token) -> int:
    """The noun that the relative clause of the pronoun modifies; -1 where it opens no relative clause."""
    i = token.i
    for _ in range(4):
        governor = parse.tokens[i]
        if governor.dep == "relcl":
            return governor.head if governor.head < token.i else -1
        if governor.head == i or governor.dep in {"ccomp", "ROOT", "advcl"}:
            return -1
        i = governor.head
    return -1


def _expletive(parse: Parse, token: Token) -> bool:
    """ "It" that refers to nothing: "it seems", "it is clear that"."""
    if token.text.lower() != "it":
        return False
    verb = parse.tokens[token.head]
    if token.dep == "expl" or verb.lemma in listed("empty-it-verbs"):
        return True
    if _clause_follows(parse, verb.i) or _cleft(parse, verb):
        return True
    dependants = {parse.tokens[i].lemma.lower() for i in parse.children[verb.i]}
    clause = any(parse.tokens[i].dep in {"ccomp", "xcomp", "csubj", "advcl"} for i in parse.children[verb.i])
    return (verb.lemma in {"be", "become"} and bool(dependants & listed("empty-it-words"))) or (
        verb.dep != "relcl" and verb.lemma in listed("empty-it-words") and clause and token.dep == "nsubjpass"
    )


def _cleft(parse: Parse, verb: Token) -> bool:
    """ "It was Ann who called"."""
    return verb.lemma == "be" and any(
        parse.tokens[i].dep == "attr" and any(parse.tokens[j].dep == "relcl" for j in parse.children[i])
        for i in parse.children[verb.i]
    )


def _clause_follows(parse: Parse, verb: int) -> bool:
    """ "It has yet to be confirmed if ...": the chain of verbs ends in a passive with a clause of its own."""
    for _ in range(3):
        chain = [i for i in parse.children[verb] if parse.tokens[i].dep == "xcomp" and i > verb]
        if not chain:
            break
        verb = chain[0]
    children = parse.children[verb]
    passive = any(parse.tokens[i].dep == "auxpass" for i in children)
    clauses = [i for i in children if parse.tokens[i].dep in {"ccomp", "advcl", "csubj"} and i > verb]
    marks = {parse.tokens[mark].text.lower() for clause in clauses for mark in parse.children[clause]}
    return passive and bool(marks & {"if", "whether", "that"})


def _of_speaker(
    token: Token, asked: Pronoun, by_head: dict[int, Draft], quoted: tuple[Quotation, ...]
) -> Denoted | None:
    for quotation in quoted:
        if quotation.first < token.i < quotation.last and quotation.speaker is not None:
            speaker = by_head.get(quotation.speaker)
            if speaker is None or speaker.thing is None:
                return None
            side = asked.number == "sg" or speaker.thing.kind == "organization" or speaker.thing.number == "pl"
            return (speaker.thing, "speaker of the quotation", SCORES["speaker"]) if side else None
    return None


def _own_subject(parse: Parse, token: Token, asked: Pronoun, by_head: dict[int, Draft]) -> Denoted | None:
    """A possessive or reflexive takes the subject of its own clause where that agrees: "Apple cut its prices"."""
    if token.dep != "poss" and not token.text.lower().endswith(("self", "selves")):
        return None
    i = token.head
    for _ in range(6):
        governor = parse.tokens[i]
        if governor.pos in {"VERB", "AUX"}:
            for child in parse.children[i]:
                subject = by_head.get(child)
                if (
                    parse.tokens[child].dep in {"nsubj", "nsubjpass"} and child < token.i and subject is not None
                    and subject.thing is not None and _agrees_in_clause(subject.thing, asked)
                ):
                    return subject.thing, "subject of its clause", 0.8
        if governor.head == i:
            return None
        i = governor.head
    return None


def _matrix_subject(parse: Parse, token: Token, asked: Pronoun, by_head: dict[int, Draft]) -> Denoted | None:
    """The subject of a reported clause takes the subject of the report: "Airbus said they", "Ann thinks she"."""
    verb = parse.tokens[token.head]
    if token.dep not in {"nsubj", "nsubjpass"} or verb.dep != "ccomp" or verb.head > verb.i:
        return None
    for child in parse.children[verb.head]:
        subject = by_head.get(child)
        if parse.tokens[child].dep != "nsubj" or child > token.i or subject is None or subject.thing is None:
            continue
        if _agrees_in_clause(subject.thing, asked):
            return subject.thing, "subject of the report", 0.8
    return None


def _fronted(
    parse: Parse, token: Token, asked: Pronoun, names: dict[int, Draft]
) -> Denoted | None:
    """In a phrase before the subject, a pronoun is the named subject: "For her part, Ann said ..."."""
    if token.dep != "poss" and token.dep != "pobj":
        return None
    i = token.head
    for _ in range(5):
        governor = parse.tokens[i]
        if governor.pos in {"VERB", "AUX"} and governor.i > token.i:
            subjects = [c for c in parse.children[governor.i] if parse.tokens[c].dep in {"nsubj", "nsubjpass"}]
            if not subjects or subjects[0] < token.i or parse.tokens[token.i].sentence != governor.sentence:
                return None
            subject = names.get(subjects[0])
            if subject is not None and subject.thing is not None and agrees(subject.thing, asked):
                return subject.thing, "subject after it", 0.75
            return None
        if governor.head == i:
            return None
        i = governor.head
    return None


def _agrees_in_clause(thing: Thing, asked: Pronoun) -> bool:
    return agrees(thing, asked) or (asked.number == "pl" and thing.kind == "organization")


def _barred(parse: Parse, token: Token, by_head: dict[int, Draft]) -> Iterator[Thing]:
    """What stands beside it under the same verb, or is part of what it owns: never the same thing."""
    heads: list[int] = []
    if token.dep in {"dobj", "dative", "nsubj", "nsubjpass", "pobj"}:
        verb = token.head
        if token.dep == "pobj":
            verb = parse.tokens[token.head].head
        heads = [i for i in parse.children[verb] if i != token.i and parse.tokens[i].dep in CORE]
    elif token.dep == "poss":
        heads = [token.head]
    for head in heads:
        draft = by_head.get(head)
        if draft is not None and draft.thing is not None:
            yield draft.thing


