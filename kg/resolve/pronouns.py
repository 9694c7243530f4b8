"""Pronouns: personal, possessive, reflexive and relative ones.

A relative pronoun is the noun that its clause modifies. "I" in a quotation is its speaker, "we" there stands for
the speaker's side. The others take the most salient thing before them that agrees in number, gender and kind,
and is not barred by the sentence's structure; across quotation marks only third persons of the same side look back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Parse, Token
from kg.resolve.lexicon import listed
from kg.resolve.nominals import noun_at
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
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SURE = 0.8  # by the structure of the sentence: then the pronoun tells the gender of what it denotes
FOLLOWING = frozenset({"replace", "succeed"})  # in office
CORE = frozenset({"nsubj", "nsubjpass", "dobj"})
Denoted = tuple[Thing, str, float]


@dataclass(frozen=True, slots=True)
class SoFar:
    """What has been read before a pronoun: mentions by head, names (also later ones), the quotations of the text."""

    parse: Parse
    salience: Salience
    by_head: dict[int, Draft]
    names: dict[int, Draft]
    quoted: tuple[Quotation, ...]

    def thing_at(self, head: int) -> Thing | None:
        """What the mention with this head denotes."""
        draft = self.by_head.get(head)
        return draft.thing if draft is not None else None

    def speaker(self, token: int) -> Thing | None:
        """Who speaks in the quotation that a token stands in."""
        around = next((each for each in self.quoted if each.first < token < each.last), None)
        return self.thing_at(around.speaker) if around is not None and around.speaker is not None else None


def resolve_pronouns(scene: Scene) -> None:
    """Add a draft for each pronoun whose antecedent is found, in the order of the text."""
    parse = scene.parse
    by_head = {draft.head: draft for draft in scene.drafts if draft.thing is not None}
    names = {draft.head: draft for draft in scene.drafts if draft.form == "name"}
    before = SoFar(parse, Salience(parse), by_head, names, quotations(parse))
    taken = {i for draft in scene.drafts for i in range(draft.first, draft.last + 1) if draft.form != "nominal"}
    groups = [Draft(last, last, head, "nominal", thing=group) for last, head, group in scene.pairs]
    waiting = deque(sorted([*scene.drafts, *groups], key=lambda draft: (draft.last, draft.first)))
    found: list[Draft] = []
    for token in parse.tokens:
        while waiting and waiting[0].last < token.i:
            before.salience.seen(waiting.popleft())
        if token.i in taken or token.pos not in {"PRON", "DET", "SCONJ"}:
            continue
        denoted = _denoted(before, token)
        if denoted is not None:
            draft = by_head[token.i] = Draft(token.i, token.i, token.i, "pronoun")
            draft.denotes(*denoted)
            if draft.score >= SURE and draft.kind == "person" and (asked := PRONOUNS.get(token.text.lower())):
                denoted[0].gender = denoted[0].gender or asked.gender
            before.salience.seen(draft)
            found.append(draft)
    scene.add(found)


def _denoted(before: SoFar, token: Token) -> Denoted | None:
    word = token.text.lower()
    if word in RELATIVE:
        antecedent = before.thing_at(_modified(before.parse, token))
        return (antecedent, "relative pronoun", 0.9) if antecedent is not None else None
    asked = PRONOUNS.get(word)
    if asked is None or _expletive(before.parse, token):
        return None
    if asked.person == 1:
        return _of_speaker(before, token, asked)
    if token.dep in {"appos", "npadvmod"} and word.endswith(("self", "selves")):
        return None  # "the sanctions themselves"
    caught = (sieve(before, token, asked) for sieve in SIEVES)
    return next((each for each in caught if each is not None), None)


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


def _of_speaker(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """ "I" is the speaker; "we" the speaker's side, known only where that is an organisation or several."""
    speaker = before.speaker(token.i)
    if speaker is None or (asked.number == "pl" and speaker.kind != "organization" and speaker.number != "pl"):
        return None
    return speaker, "speaker of the quotation", 0.85


# --- the sieves -------------------------------------------------------------------------------------------


def _own_subject(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """A possessive or reflexive takes the subject of its own clause where that agrees: "Apple cut its prices"."""
    if token.dep != "poss" and not token.text.lower().endswith(("self", "selves")):
        return None
    for verb in _verbs_above(before.parse, token):
        for child in before.parse.children[verb]:
            if before.parse.tokens[child].dep not in SUBJECTS or child > token.i:
                continue
            subject = before.thing_at(child)
            if subject is not None and _agrees_in_clause(subject, asked):
                return subject, "subject of its clause", 0.8
    return None


def _fronted(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """In a phrase before the subject, a pronoun is the named subject: "For her part, Ann said ..."."""
    if token.dep not in {"poss", "pobj"}:
        return None
    verb = next(iter(_verbs_above(before.parse, token)), -1)
    if verb < token.i or before.parse.tokens[verb].sentence != token.sentence:
        return None
    subject = next((i for i in before.parse.children[verb] if before.parse.tokens[i].dep in SUBJECTS), -1)
    named = before.names.get(subject) if subject > token.i else None
    if named is None or named.thing is None or not agrees(named.thing, asked):
        return None
    return named.thing, "subject after it", 0.75


def _matrix_subject(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """The subject of a reported clause takes the subject of the report: "Airbus said they", "Ann thinks she"."""
    verb = before.parse.tokens[token.head]
    if token.dep not in SUBJECTS or verb.dep != "ccomp" or verb.head > verb.i:
        return None
    report = verb.head
    while before.parse.tokens[report].dep == "conj" and not _has_subject(before.parse, report):
        report = before.parse.tokens[report].head  # "Airbus denied it and said they"
    for child in before.parse.children[report]:
        subject = before.thing_at(child) if before.parse.tokens[child].dep == "nsubj" and child < token.i else None
        if subject is not None and _agrees_in_clause(subject, asked):
            return subject, "subject of the report", 0.8
    return None


def _own_report(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """ "The bank has cut its rates, it said": outside quotation marks a body reports of itself."""
    parse = before.parse
    verb = parse.tokens[token.head]
    if token.dep != "nsubj" or asked.gender != "n" or verb.lemma not in listed("saying"):
        return None
    for clause in parse.children[verb.i]:
        if parse.tokens[clause].dep != "ccomp" or clause > token.i or before.speaker(clause) is not None:
            continue
        for child in parse.children[clause]:
            subject = before.thing_at(child) if parse.tokens[child].dep in SUBJECTS else None
            if subject is not None and subject.kind in {"organization", "place"} and agrees(subject, asked):
                return subject, "subject of what it says", 0.75
    return None


def _among(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """ "Forty migrants, among them nine children": the last named that are several."""
    if before.parse.tokens[token.head].text.lower() != "among" or asked.number != "pl":
        return None
    first = before.parse.sentences[token.sentence][0]
    for i in range(token.i - 1, first - 1, -1):
        thing = before.thing_at(i)
        if thing is not None and thing.number == "pl" and not thing.members:
            return thing, "the last that are several", 0.75
    return None


def _has_subject(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[i].dep in SUBJECTS for i in parse.children[verb])


def _last_actor(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """ "It accused ...": what has a mind is the organisation that was the subject of the last sentence."""
    parse = before.parse
    opening = parse.sentences[token.sentence][0]
    if asked.gender != "n" or token.dep != "nsubj" or token.i != opening or token.sentence == 0:
        return None
    if parse.tokens[token.head].lemma not in listed("minds"):
        return None
    first = parse.sentences[token.sentence - 1][0]
    for i in range(first, opening):
        verb = parse.tokens[parse.tokens[i].head]
        if parse.tokens[i].dep == "nsubj" and verb.dep == "ROOT":
            actor = before.thing_at(i)
            if actor is not None and actor.kind == "organization" and agrees(actor, asked):
                return actor, "subject of the last sentence", 0.7
    return None


def _last_speaker(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """ "He added that ...", "..., she argued": who spoke in the last sentence goes on speaking."""
    parse = before.parse
    verb = parse.tokens[token.head]
    several = asked.number == "pl" and asked.person == 3
    if token.dep != "nsubj" or not (several or asked.gender in {"m", "f"}) or verb.dep != "ROOT":
        return None
    if verb.lemma not in listed("speaks-on") or before.speaker(token.i) is not None:
        return None
    for sentence in range(token.sentence - 1, max(token.sentence - 3, -1), -1):
        first, last = parse.sentences[sentence]
        root = next((i for i in range(first, last + 1) if parse.tokens[i].head == i), first)
        quoted = any(each.first < root < each.last for each in before.quoted)
        if quoted and parse.tokens[root].lemma not in listed("speaks-on"):
            continue  # nothing but a quotation, whose speaker is told before it
        if parse.tokens[root].lemma not in listed("speaks-on"):
            return None
        speaker = next((before.thing_at(i) for i in parse.children[root] if parse.tokens[i].dep == "nsubj"), None)
        return (speaker, "goes on speaking", 0.7) if speaker is not None and agrees(speaker, asked) else None
    return None


def _salient(before: SoFar, token: Token, asked: Pronoun) -> Denoted | None:
    """What agrees and stands out; never what stands beside it, nor, in a quotation, who speaks."""
    barred = {*_barred(before, token), before.speaker(token.i)}
    verb = before.parse.tokens[token.head].lemma
    minded = token.dep == "nsubj" and verb in listed("minds")
    addressed = token.dep == "nsubjpass" and verb in listed("done-to-minds")  # "they had been paid": no containers

    staffed = token.dep == "poss" and (noun := noun_at(before.parse, token.head)) is not None and noun.sense == "role"

    def fits(thing: Thing) -> bool:
        # "it accused", "its president": nothing that is a mere thing
        mindless = thing.kind == "other" or (staffed and thing.kind == "place" and thing.row is None)
        return agrees(thing, asked) and thing not in barred and not ((minded or staffed or addressed) and mindless)

    def acts(thing: Thing) -> bool:
        return thing.kind == "organization" and thing not in barred

    found = before.salience.best(token.i, fits, window=3)
    if found is None and asked.number == "pl":
        found = before.salience.best(token.i, acts, window=2)
    return (found, "agrees and stands out", 0.6) if found is not None else None


SIEVES = (_own_subject, _fronted, _matrix_subject, _own_report, _among, _last_actor, _last_speaker, _salient)


def _verbs_above(parse: Parse, token: Token) -> Iterator[int]:
    """The verbs that govern it, the nearest first."""
    i = token.head
    for _ in range(6):
        if parse.tokens[i].pos in {"VERB", "AUX"}:
            yield i
        if parse.tokens[i].head == i:
            return
        i = parse.tokens[i].head


def _agrees_in_clause(thing: Thing, asked: Pronoun) -> bool:
    return agrees(thing, asked) or (asked.number == "pl" and thing.kind == "organization")


def _barred(before: SoFar, token: Token) -> Iterator[Thing]:
    """What stands beside it under the same verb, or is what it owns: never the same thing."""
    parse = before.parse
    heads: list[int] = []
    if token.dep in {"dobj", "dative", "nsubj", "nsubjpass", "pobj"}:
        verb = parse.tokens[token.head].head if token.dep == "pobj" else token.head
        if parse.tokens[verb].dep == "dobj":  # "detained three of them"
            verb = parse.tokens[verb].head
        heads = [i for i in parse.children[verb] if i != token.i and parse.tokens[i].dep in CORE]
    elif token.dep == "poss":
        heads = [token.head]
    if token.dep == "dobj" and parse.tokens[token.head].lemma in FOLLOWING:
        above = parse.tokens[token.head].head  # "Berg named Ann to replace him": not Berg
        heads = [*heads, *(i for i in parse.children[above] if parse.tokens[i].dep in CORE)]
    for head in heads:
        thing = before.thing_at(head)
        if thing is not None:
            yield thing
