"""Who or what a description denotes.

Sieves from the surest on: the name that it stands beside ("X, an airline"; "X is an airline"); the holder of an
office on the article's date ("the Russian president"); a person's institution and country ("Putin's office",
"his country" are settled here and in `pronouns`); an earlier description with the same head and no conflict
("the aircraft"); a name of the right kind, if definite ("the company"). What is left is a new, unnamed thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Parse
from kg.resolve.accused import in_a_case
from kg.resolve.below import name_by_title, name_the_lead, rename
from kg.resolve.calling import PERSON, THINGS, named_so, nationality
from kg.resolve.kinds import bearer_of, beside_definite
from kg.resolve.lexicon import Noun, listed
from kg.resolve.nominals import called, count, determiner, modifiers, noun_at, plural, several
from kg.resolve.offices import by_description, of_only_country
from kg.resolve.salience import Salience
from kg.resolve.scene import Draft, Scene, Thing

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
BESIDE_NAME = "stands beside the name"
NAMING = frozenset({"identify", "name"})  # "identified the gunman as Ann Lee"
_FAR = 12  # tokens to a name behind "calling itself"
COPULAS = frozenset({"be", "become", "remain"})
BESIDE = frozenset({"compound", "nmod", "amod", "appos"})

Denoted = tuple[Thing, str, float]


@dataclass(slots=True)
class SoFar:
    """What has been read before a description: mentions by head and by first token, descriptions by head noun."""

    scene: Scene
    salience: Salience
    by_head: dict[int, Draft]
    names: dict[int, Draft]
    described: dict[str, list[Draft]] = field(default_factory=dict)


def attach_nominals(scene: Scene) -> None:
    """Give every description its thing, in the order of the text."""
    by_head = {draft.head: draft for draft in scene.drafts if draft.thing is not None}
    names = {draft.first: draft for draft in scene.drafts if draft.form == "name"}
    before = SoFar(scene, Salience(scene.parse), by_head, names)
    ahead: list[Draft] = []
    for draft in scene.drafts:
        if draft.form == "nominal" and draft.thing is None:
            noun = noun_at(scene.parse, draft.head) or PERSON
            caught = (sieve(before, draft, noun) for sieve in SIEVES)
            denoted = next((each for each in caught if each is not None), None)
            if denoted is None and _tells_ahead(scene, draft):
                ahead.append(draft)
                continue
            draft.denotes(*(denoted or (_new(before, draft, noun), "description", 1.0)))
            _merge_earlier(before, draft)
            before.described.setdefault(scene.parse.tokens[draft.head].lemma.lower(), []).append(draft)
            by_head[draft.head] = draft
        if draft.thing is not None:
            before.salience.seen(draft)
    for draft in ahead:
        noun = noun_at(scene.parse, draft.head) or PERSON
        draft.denotes(*(_told_below(before, draft) or (_new(before, draft, noun), "description", 1.0)))
    name_the_lead(scene)
    name_by_title(scene)


def _tells_ahead(scene: Scene, draft: Draft) -> bool:
    """ "Officer Charged With Murder": in a headline a bare noun is the one that the text is about to tell of."""
    bare = determiner(scene.parse, draft) == "" and not plural(scene.parse, draft)
    return bare and scene.parse.tokens[draft.head].sentence == scene.headline


def _told_below(before: SoFar, draft: Draft) -> Denoted | None:
    """What the same noun denotes when the text first has it."""
    parse = before.scene.parse
    later = before.described.get(parse.tokens[draft.head].lemma.lower(), [])
    thing = next((each.thing for each in later if each.first > draft.last and not plural(parse, each)), None)
    return (thing, "told of below", 0.7) if thing is not None else None


def _merge_earlier(before: SoFar, draft: Draft) -> None:
    """ "A policeman was charged. The policeman, Ann Lee, ...": who was told of without a name is the one named now."""
    scene, thing = before.scene, draft.thing
    if thing is None or not thing.named or determiner(scene.parse, draft) != "the" or draft.reason != BESIDE_NAME:
        return
    earlier = _same_head(scene.parse, draft, "the", before.described)
    if earlier is None or earlier.named or earlier.kind != thing.kind:
        return
    rename(scene, earlier, thing)


def _new(before: SoFar, draft: Draft, noun: Noun) -> Thing:
    """An unnamed thing, with what the description tells of it."""
    parse = before.scene.parse
    head = parse.tokens[draft.head]
    # "two of the ferries" are not "the ferries"
    senses = set() if head.pos == "NUM" else {noun.sense, head.lemma.lower()}
    return Thing(
        before.scene.quote(draft), noun.kind, named=False, number="pl" if several(parse, draft) else "sg",
        gender=noun.gender, senses=senses, count=count(parse, draft),
        nationality=nationality(before.scene, draft, before.by_head),
    )  # fmt: skip


# --- the sieves -------------------------------------------------------------------------------------------


def _by_name_beside(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    parse = before.scene.parse
    thing = _beside(parse, draft, before.by_head, before.names)
    if thing is None or not _fits(parse, draft, thing):
        return None
    thing.senses.update({noun.sense, parse.tokens[draft.head].lemma.lower()})
    thing.gender = thing.gender or noun.gender
    return thing, BESIDE_NAME, 0.95


def _by_product(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    thing = _product_before(before.scene.parse, draft, before.by_head) if noun.sense in THINGS | {"part"} else None
    if thing is None:
        return None
    thing.senses.update({noun.sense, before.scene.parse.tokens[draft.head].lemma.lower()})
    return thing, "named by the word before it", 0.8


def _by_office(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    return by_description(before.scene, draft, before.by_head)


def _by_same_words(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    parse = before.scene.parse
    thing = _same_head(parse, draft, determiner(parse, draft), before.described)
    return (thing, "same description", 0.7) if thing is not None else None


def _by_kind(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    parse = before.scene.parse
    how = determiner(parse, draft)
    bare = how == "" and noun.sense == "company" and not plural(parse, draft) and draft.first == draft.last
    thing = named_so(before.scene, draft, before.salience) if how in DEFINITE or bare else None
    return (thing, "the last named of this kind", 0.6) if thing is not None else None


def _by_case(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    thing = in_a_case(before.scene.parse, draft, before.scene.drafts) if noun.kind == "person" else None
    return (thing, "arrested, or defended, before", 0.7) if thing is not None else None


def _by_only_country(before: SoFar, draft: Draft, noun: Noun) -> Denoted | None:
    definite = determiner(before.scene.parse, draft) in DEFINITE
    return of_only_country(before.scene, draft) if definite else None


SIEVES = (_by_name_beside, _by_product, _by_office, _by_case, _by_same_words, _by_kind, _by_only_country)


def _beside(parse: Parse, draft: Draft, by_head: dict[int, Draft], names: dict[int, Draft]) -> Thing | None:
    """The thing of the name that the description is apposed to, stands before, or is said to be."""
    token = parse.tokens[draft.head]
    governor = by_head.get(token.head)
    touching = governor is not None and (token.dep == "appos" or draft.last + 1 == governor.first)
    if governor is not None and governor is not draft and token.dep in BESIDE and touching:
        return governor.thing
    for child in parse.children[draft.head]:
        other = by_head.get(child)
        if other is not None and other.form == "name" and parse.tokens[child].dep == "appos":
            return other.thing
        if parse.tokens[child].text == "of" and parse.tokens[draft.head].lemma in listed("named-by-of"):
            inner = (by_head.get(i) for i in parse.children[child] if parse.tokens[i].dep == "pobj")
            if (place := next(inner, None)) is not None and place.form == "name":
                return place.thing  # "the town of Elba"
    name = names.get(draft.last + 1)
    beside = draft.kind == "organization" and beside_definite(parse, draft.last + 1)
    if name is not None and name.kind == draft.kind and (beside or draft.kind == "person"):
        return name.thing  # "nominee Ann Lee", "the bank Falck", however it was parsed
    if token.dep == "nsubj" and parse.tokens[token.head].lemma in COPULAS:
        told = [by_head.get(i) for i in parse.children[token.head] if parse.tokens[i].dep == "attr"]
        if told and told[0] is not None and told[0].form == "name":
            return _unless_denied(parse, token.head, told[0].thing)  # "its boss is Ann Lee"
    if token.dep == "attr" and parse.tokens[token.head].lemma in COPULAS:
        return _subject_of(parse, token.head, by_head)
    if (named := _identified(parse, draft, by_head) or _called(parse, draft, by_head)) is not None:
        return named
    if (firm := _called_after(parse, draft, by_head)) is not None:
        return firm
    if token.dep == "pobj" and parse.tokens[token.head].text == "as" and draft.kind == "person":
        return _served_as(parse, parse.tokens[token.head].head, by_head)
    return None


def _identified(parse: Parse, draft: Draft, by_head: dict[int, Draft]) -> Thing | None:
    """Whom one names: "identified the gunman as Ann Lee", "the gunman, identified as Ann Lee", "one named so"."""
    token = parse.tokens[draft.head]
    told = [token.head] if token.dep in {"dobj", "nsubjpass"} else []
    told += [i for i in parse.children[draft.head] if parse.tokens[i].dep == "acl"]
    for verb in told:
        for child in parse.children[verb] if parse.tokens[verb].lemma in NAMING else ():
            inside = parse.children[child] if parse.tokens[child].text == "as" else ()
            inner = map(by_head.get, (child,) if parse.tokens[child].dep == "oprd" else inside)
            person = next(filter(None, inner), None)
            if person is not None and person.form == "name" and person.kind == "person":
                return person.thing
    return None


def _called(parse: Parse, draft: Draft, by_head: dict[int, Draft]) -> Thing | None:
    """ "A group calling itself Falck" is Falck."""
    end = min(draft.head + _FAR, len(parse.tokens))
    names = (by_head[i] for i in range(draft.head + 1, end) if i in by_head and bearer_of(parse, i) == draft.head)
    found = next((name for name in names if name.form == "name" and name.kind == draft.kind), None)
    return found.thing if found is not None else None


def _called_after(parse: Parse, draft: Draft, by_head: dict[int, Draft]) -> Thing | None:
    """ "The Falck union" is Falck: the name before a noun that says what the bearer is."""
    if called(parse, draft).split()[-1] not in listed("after-names") or determiner(parse, draft) not in {"the", ""}:
        return None
    other = by_head.get(draft.head - 1 - called(parse, draft).count(" "))
    named = other is not None and other.form == "name" and other.kind == "organization"
    return other.thing if other is not None and named and not plural(parse, draft) else None


def _unless_denied(parse: Parse, verb: int, thing: Thing | None) -> Thing | None:
    """The thing, unless the copula is negated, a mere possibility, or has an empty subject."""
    children = [parse.tokens[i] for i in parse.children[verb]]
    return None if any(child.dep in {"neg", "expl"} or child.tag == "MD" for child in children) else thing


def _subject_of(parse: Parse, verb: int, by_head: dict[int, Draft]) -> Thing | None:
    """What is said to be something: the copula's subject, or that of the verb it depends on ("is claimed to be")."""
    for _ in range(3):
        token = parse.tokens[verb]
        children = [parse.tokens[i] for i in parse.children[verb]]
        if any(child.dep in {"neg", "expl"} or child.tag == "MD" for child in children):
            return None
        subject = next((child.i for child in children if child.dep in {"nsubj", "nsubjpass"}), None)
        if subject is not None and parse.tokens[subject].tag == "WP" and token.dep == "relcl":
            subject = token.head  # "Ann, who is a judge"
        if subject is not None or token.dep not in {"xcomp", "advcl", "conj"}:
            return by_head[subject].thing if subject in by_head else None
        verb = token.head
    return None


def _served_as(parse: Parse, verb: int, by_head: dict[int, Draft]) -> Thing | None:
    """Who is something: "Ann served as chair", "Ann was forced to resign as chair", "they named Ann as chair"."""
    if parse.tokens[verb].lemma not in listed("office-verbs"):
        return None
    object_ = next((i for i in parse.children[verb] if parse.tokens[i].dep == "dobj"), None)
    if object_ is not None:
        return by_head[object_].thing if object_ in by_head else None
    return _subject_of(parse, verb, by_head)


def _product_before(parse: Parse, draft: Draft, by_head: dict[int, Draft]) -> Thing | None:
    """ "The new Airbus A380 superjumbo" is the Airbus A380; "twenty A380 jets" are some of them, and are not."""
    other = next((by_head[i] for i in reversed(parse.children[draft.head]) if i < draft.head and i in by_head), None)
    if other is None or other.thing is None or other.form != "name" or other.last != draft.head - 1:
        return None
    return other.thing if other.thing.kind == "other" and count(parse, draft) is None else None


def _fits(parse: Parse, draft: Draft, thing: Thing) -> bool:
    noun = noun_at(parse, draft.head) or PERSON
    told = parse.tokens[draft.head].dep in {"attr", "appos"}  # "Apple is the producer of ..."
    acting = told and noun.sense == "role" and thing.kind == "organization"
    either = called(parse, draft) in listed("people-or-firms")
    acting = acting or (thing.kind in {"person", "organization"} and either)
    return (noun.kind == thing.kind or acting) and plural(parse, draft) == (thing.number == "pl")


def _same_head(parse: Parse, draft: Draft, how: str, heads: dict[str, list[Draft]]) -> Thing | None:
    """The last earlier description with this head noun, if this one is definite and adds nothing that conflicts."""
    if how not in DEFINITE and not (how == "" and plural(parse, draft)):
        return None
    mine, number = modifiers(parse, draft), count(parse, draft) if how == "" else None
    for earlier in reversed(heads.get(parse.tokens[draft.head].lemma.lower(), [])):
        if plural(parse, earlier) != plural(parse, draft) or earlier.thing is None:
            continue
        theirs = modifiers(parse, earlier)
        if mine & listed("ranks") != theirs & listed("ranks"):
            continue  # a "former deputy head" is not "the head"
        if how == "" and (theirs != mine or determiner(parse, earlier)):
            continue
        if count(parse, earlier) != number and (how == "" or number is not None):
            continue  # neither "six people" nor bare "people" are the "31 people" told of before
        if mine <= theirs or (how in DEFINITE and not theirs and not mine):
            return earlier.thing
    return None
