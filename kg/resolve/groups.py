"""Groups: "the two men", "both leaders", "the two countries", "Trump and Putin", "they".

A plural description with a number of two or three denotes the last things named before it that it can be said
of: people for "men" and "leaders", states for "countries", states or organisations for "sides". Things joined by
"and" are a group that "they" can mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Parse
from kg.resolve.lexicon import Noun, listed
from kg.resolve.nominals import count, determiner, noun_at
from kg.resolve.offices import holds
from kg.resolve.salience import Salience
from kg.resolve.scene import Draft, Scene, Thing

COLLECTIVE = {"pair": 2, "couple": 2, "duo": 2, "trio": 3}  # people, by their number
PEOPLE = Noun("person", "people", "")
SMALL_NUMBERS = {"2": 2, "3": 3, "4": 4}
SIDES = frozenset({"side", "government", "security"})  # "both governments", "both armies": two states, never two people
DEFINITE = frozenset({"the", "these", "those", "both"})
WINDOW = 8  # sentences back: the weights fall fast, so that only the unrivalled is found so far back


def find_groups(scene: Scene) -> None:
    """Give descriptions of small, definite groups their members."""
    made: dict[frozenset[Thing], Thing] = {}
    pairs = list(_coordinated(scene, made))
    settled: dict[Thing, Thing] = {}
    salience = Salience(scene.parse)
    for draft in scene.drafts:
        if draft.thing is not None and draft.thing.named:
            salience.seen(draft)
        if draft.form != "nominal" or draft.thing is None or draft.thing.named:
            continue
        size = _size(scene.parse, draft)
        if size is None:
            continue
        if draft.thing in settled:
            draft.denotes(settled[draft.thing], "same description", 0.7)
        elif (members := _members(scene, draft, size, pairs, salience)) is not None:
            group = settled[draft.thing] = _group(made, members)
            draft.denotes(group, "group of those named before: " + ", ".join(m.label for m in members), 0.75)
    scene.pairs = pairs


def _size(parse: Parse, draft: Draft) -> int | None:
    how = determiner(parse, draft)
    if how == "both":
        return 2
    lemma = parse.tokens[draft.head].lemma.lower()
    if lemma in COLLECTIVE:
        return COLLECTIVE[lemma] if how in DEFINITE else None
    number = count(parse, draft)
    return SMALL_NUMBERS.get(number or "") if how in DEFINITE else None


def _group(made: dict[frozenset[Thing], Thing], members: tuple[Thing, ...]) -> Thing:
    key = frozenset(members)
    if key not in made:
        made[key] = Thing(
            " and ".join(member.label for member in members), "group", named=False, number="pl",
            count=str(len(members)), members=members,
        )
    return made[key]


def _coordinated(scene: Scene, made: dict[frozenset[Thing], Thing]) -> Iterator[tuple[int, int, Thing]]:
    """(last token, first head, group) for each "A and B" of different things of one kind."""
    parse = scene.parse
    by_head = {draft.head: draft for draft in scene.drafts if draft.thing is not None}
    for draft in scene.drafts:
        token = parse.tokens[draft.head]
        if (token.dep == "conj" and token.head in by_head) or draft.thing is None:
            continue
        chain = [draft]
        while (after := _conjunct(parse, chain[-1], by_head)) is not None:
            chain.append(after)
        things = tuple(dict.fromkeys(each.thing for each in chain if each.thing is not None))
        if len(things) > 1 and len({thing.kind for thing in things}) == 1:
            yield chain[-1].last, draft.head, _group(made, things)


def _conjunct(parse: Parse, draft: Draft, by_head: dict[int, Draft]) -> Draft | None:
    after = (i for i in parse.children[draft.head] if i > draft.head and parse.tokens[i].dep == "conj")
    return next((by_head[i] for i in after if i in by_head), None)


def _members(
    scene: Scene, draft: Draft, size: int, pairs: list[tuple[int, int, Thing]], salience: Salience
) -> tuple[Thing, ...] | None:
    """A coordination of that size just before it; else the things that stand out most and that it can be said of."""
    parse = scene.parse
    lemma = parse.tokens[draft.head].lemma.lower()
    noun = PEOPLE if lemma in COLLECTIVE else noun_at(parse, draft.head)
    if noun is None:
        return None
    here = parse.tokens[draft.head].sentence
    for last, _, group in reversed(pairs):
        near = last < draft.first and here - parse.tokens[last].sentence <= 1
        if near and len(group.members) == size and all(_fits(member, noun, lemma) for member in group.members):
            return group.members
    fitting = salience.ranked(draft.first, lambda thing: _fits(thing, noun, lemma), WINDOW)
    if lemma == "leader" and len(leading := [thing for thing in fitting if _leads(scene, thing)]) >= size:
        fitting = leading
    alike = [thing for thing in fitting if thing.kind == fitting[0].kind][:size]
    order = {thing: place for place, thing in enumerate(scene.things())}
    return tuple(sorted(alike, key=order.__getitem__)) if len(alike) == size else None


def _leads(scene: Scene, thing: Thing) -> bool:
    """Whether it is known to head a state or a government."""
    return holds(scene, thing, listed("offices"))


def _fits(thing: Thing, noun: Noun, lemma: str) -> bool:
    kind, sense, gender = noun
    if sense in SIDES:
        return thing.number == "sg" and (is_state(thing) or (sense == "side" and thing.kind == "organization"))
    if thing.kind != kind or thing.number == "pl":
        return False
    if kind == "person":
        held = {office.title.casefold() for office in thing.row.offices} if thing.row else set()
        if lemma in listed("single-titles") and not (lemma in held or lemma in thing.senses):
            return False
        return not gender or thing.gender in {"", gender}
    if kind == "organization":
        firm = thing.row is None or thing.row.cls in listed("company-classes")
        return lemma in thing.senses or (sense in {"company", "body"} and firm)
    if kind == "place" and (lemma in listed("countries") or (thing.row is not None and thing.row.cls)):
        return (lemma in listed("countries")) == is_state(thing)
    return True


def is_state(thing: Thing) -> bool:
    """Whether it is known to be a state."""
    return thing.row is not None and thing.row.cls == "state"
