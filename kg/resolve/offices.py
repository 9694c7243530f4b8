"""Descriptions by office: "the Russian president", "Putin's office", "the president of France", "his country".

Who held an office on the article's date is asked of the gazetteer; nothing is guessed where it does not say.
"""

from __future__ import annotations

from collections.abc import Container

from kg.gazetteer import Office, Row
from kg.resolve.lexicon import listed
from kg.resolve.nominals import called, modifiers, plural
from kg.resolve.scene import Draft, Scene, Thing

Denoted = tuple[Thing, str, float]
SCORE = 0.9
# how texts call an office -> how tables may call it
SAME_TITLE = {
    "premier": ("prime minister",),
    "leader": ("president", "prime minister"),
    "chancellor": ("chancellor", "federal chancellor"),
}


def by_description(scene: Scene, draft: Draft, by_head: dict[int, Draft]) -> Denoted | None:
    """What a description by office denotes, with the reason, or None."""
    parse = scene.parse
    lemma = parse.tokens[draft.head].lemma.lower()
    before = parse.tokens[draft.head - 1].lemma.lower() if draft.head > draft.first else ""
    owner = _owner(scene, draft, by_head)
    if owner is None or owner.row is None:
        return None
    if lemma in listed("personal-institutions") and owner.kind == "person":
        return institution(scene, owner, lemma)
    if lemma == "government" and owner.kind == "place":
        row = scene.gazetteer.government(owner.row.label)
        return (scene.thing_of(row), "government of the country", SCORE) if row else None
    if owner.kind in {"place", "organization"} and draft.kind == "person" and not plural(parse, draft):
        for title in (f"{before} {lemma}", lemma):
            if found := _holder(scene, title, owner.row):
                return found
    return None


def _holder(scene: Scene, title: str, place: Row) -> Denoted | None:
    """Who held the office: on the article's date; without one, who of those that the text names."""
    for name in (title, *SAME_TITLE.get(title, ())):
        rows = scene.gazetteer.by_office(name, place.label, scene.date)
        if scene.date is None:
            named = {thing.row for thing in scene.things() if thing.named}
            rows = tuple(row for row in rows if row in named)
        if len(rows) == 1:
            when = f" on {scene.date}" if scene.date else ""
            return scene.thing_of(rows[0]), f"{name} of {place.label}{when}", SCORE
    return None


def holds(scene: Scene, thing: Thing, titles: Container[str]) -> bool:
    """Whether a known person holds an office of one of these titles on the article's date."""
    return thing.row is not None and any(office.title.casefold() in titles for office in _held(scene, thing.row))


def of_only_country(scene: Scene, draft: Draft) -> Denoted | None:
    """ "The chancellor", of the only state that the text speaks of."""
    if draft.kind != "person" or scene.date is None or modifiers(scene.parse, draft):
        return None
    if plural(scene.parse, draft):
        return None  # "both leaders"
    states = {thing.row for thing in scene.things() if thing.row is not None and thing.row.cls == "state"}
    if len(states) != 1:
        return None
    return _holder(scene, called(scene.parse, draft), states.pop())


def institution(scene: Scene, person: Thing, lemma: str) -> Denoted | None:
    """A person's office as an institution: the presidency or the government of the country."""
    country = country_of(scene, person)
    if country is None or person.row is None:
        return None
    titles = {office.title.casefold() for office in _held(scene, person.row)}
    head_of_state = "president" in titles
    row = scene.gazetteer.presidency(country) if head_of_state and lemma != "government" else None
    row = row or scene.gazetteer.government(country)
    return (scene.thing_of(row), f"{lemma} of {person.label}", SCORE) if row else None


def country_of(scene: Scene, person: Thing) -> str | None:
    """The country that a person holds an office of, or is of."""
    if person.row is None:
        return None
    for office in _held(scene, person.row):
        rows = [sense.row for sense in scene.gazetteer.lookup(office.of) if sense.row.kind == "place"]
        by_id = [] if rows else [row for row in (scene.gazetteer.by_qid(office.of),) if row is not None]
        if rows or by_id:
            return (rows or by_id)[0].label
    return person.row.country


def _held(scene: Scene, row: Row) -> list[Office]:
    held = [office for office in row.offices if scene.date is None or office.held_on(scene.date)]
    return sorted(held, key=lambda office: office.start, reverse=True)


def _owner(scene: Scene, draft: Draft, by_head: dict[int, Draft]) -> Thing | None:
    """The possessor, the country before the head, or what follows "of"."""
    parse = scene.parse
    for child in parse.children[draft.head]:
        token = parse.tokens[child]
        if child < draft.head and child in by_head and token.dep in {"poss", "amod", "compound", "nmod"}:
            return by_head[child].thing
        if token.dep == "prep" and token.text == "of":
            for grandchild in parse.children[child]:
                if grandchild in by_head and parse.tokens[grandchild].dep == "pobj":
                    return by_head[grandchild].thing
    return None


def settle_possessions(scene: Scene) -> None:
    """ "His country", "her office", "their government", once the pronoun is known; and one owner's "campaign",
    "tweet" or "wife", however the owner is named, is one."""
    owners = {draft.head: draft.thing for draft in scene.drafts if draft.thing is not None}
    owned: dict[tuple[Thing, str, str, frozenset[str]], Thing] = {}
    for draft in scene.drafts:
        if draft.form != "nominal" or draft.thing is None or draft.thing.named:
            continue
        owner = next((owners[i] for i in _possessors(scene, draft) if i in owners), None)
        if owner is None:
            continue
        lemma = scene.parse.tokens[draft.head].lemma.lower()
        first = owned.setdefault((owner, lemma, draft.thing.number, modifiers(scene.parse, draft)), draft.thing)
        if (found := _of_office(scene, owner, lemma)) is not None:
            draft.denotes(*found)
        elif first is not draft.thing:
            draft.denotes(first, f"{lemma} of {owner.label}", 0.7)


def _possessors(scene: Scene, draft: Draft) -> list[int]:
    return [i for i in scene.parse.children[draft.head] if scene.parse.tokens[i].dep == "poss"]


def _of_office(scene: Scene, owner: Thing, lemma: str) -> Denoted | None:
    """A holder of office's country or institution."""
    if owner.kind != "person":
        return None
    if lemma in listed("personal-institutions"):
        return institution(scene, owner, lemma)
    label = country_of(scene, owner) if lemma in listed("countries") else None
    row = scene.gazetteer.row(label, "place") if label else None
    return (scene.thing_of(row), f"country of {owner.label}", SCORE) if row else None
