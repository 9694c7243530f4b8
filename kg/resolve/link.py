"""Which row of the gazetteer a thing is: its Wikidata id, or none.

A row is weighed by kind, by how it is named, by its prior, by offices held on the article's date and named
beside the person, and by its country being spoken of. A lone surname, a given name or a common word with nothing
to support it gets no id: a wrong id is worse than none.
"""

from __future__ import annotations

from kg.gazetteer import Row, Sense
from kg.resolve.lexicon import given_names, nouns
from kg.resolve.scene import Scene, Thing

# calibrated by eye on the development sets: below ENOUGH ids were as often wrong as right
ENOUGH = 1.0
CLEAR = 0.5  # by how much the best must lead the second


def link_names(scene: Scene) -> None:
    """Set `row` of every thing that can be told to be one, and let things of one row be one."""
    countries = _countries(scene)
    replaced: dict[Thing, Thing] = {}
    thing_of: dict[Row | None, Thing] = {known.row: known for known in reversed(scene.known)}
    for thing in scene.things():
        thing.row = thing.row or _choose(scene, thing, countries)
        if thing.row is None:
            continue
        first = thing_of.get(thing.row)
        if first is None:
            thing_of[thing.row] = thing
            scene.known.append(thing)
            thing.label, thing.kind = thing.row.label, thing.row.kind
            if thing.kind == "person":
                thing.gender = thing.gender or given_names().get(thing.label.partition(" ")[0], "")
        elif first is not thing:
            first.names |= thing.names
            replaced[thing] = first
    for draft in scene.drafts:
        if draft.thing in replaced:
            draft.denotes(replaced[draft.thing], "names of one known thing", draft.score)
        elif draft.thing is not None:
            draft.kind = draft.thing.kind


def _countries(scene: Scene) -> frozenset[str]:
    """Labels of the countries that the text speaks of, as the gazetteer's `country` cells have them."""
    found: set[str] = set()
    for draft in scene.drafts:
        for row in draft.match.rows[:1] if draft.match else ():
            found.update(name for name in (row.country, row.label if row.kind == "place" else None, row.qid) if name)
    return frozenset(found)


def _choose(scene: Scene, thing: Thing, countries: frozenset[str]) -> Row | None:
    scores: dict[Row, float] = {}
    for name in sorted(thing.names):
        for sense in scene.gazetteer.lookup(name):
            weight = _weight(scene, thing, name, sense, countries)
            scores[sense.row] = max(scores.get(sense.row, 0.0), weight)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0].label, pair[0].qid or ""))
    if not ranked or ranked[0][1] < ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEAR:
        return None
    return ranked[0][0]


def _weight(scene: Scene, thing: Thing, name: str, sense: Sense, countries: frozenset[str]) -> float:
    row, how = sense
    if row.kind != thing.kind and not {row.kind, thing.kind} <= _NEAR.get(thing.kind, frozenset()):
        return 0.0
    if how == "demonym" or (how == "metonym" and row.kind != "organization"):
        return 0.0
    weight = 1.5 if how == "label" else 1.2
    if " " not in name and row.kind == "person":
        weight -= 1.0
        if _called_by_office(scene, thing, row):
            weight += 1.5
        elif row.country in countries and _office_spoken_of(scene, row):
            weight += 0.6
        if name in given_names():
            weight -= 1.0
    elif " " not in name and name.lower() in nouns():
        weight -= 0.4 if row.country in countries else 1.0
    if row.kind != thing.kind:
        weight -= 0.4
    if row.country in countries:
        weight += 0.3
    if row.cls in PROMINENT:
        weight += PROMINENT[row.cls] if not (row.cls == "capital" and _container(scene, thing)) else -1.0
    return weight + min(0.5, 0.1 * (row.prior - 1))


# what news means by a name that several places share
PROMINENT = {"state": 0.7, "capital": 0.6, "city": 0.5}
_NEAR = {
    "organization": frozenset({"organization", "place", "other"}),
    "place": frozenset({"organization", "place"}),
    "other": frozenset({"other", "organization"}),
}


def _container(scene: Scene, thing: Thing) -> bool:
    """Whether it follows another place's name and a comma: "Seattle, Washington" is no capital."""
    places = {draft.last for draft in scene.drafts if draft.kind == "place"}
    return any(
        draft.thing is thing and draft.first - 2 in places and scene.words[draft.first - 1] == ","
        for draft in scene.drafts
    )


def _office_spoken_of(scene: Scene, row: Row) -> bool:
    """Whether the text speaks of an office that the person holds on the article's date."""
    lemmas = scene.lemmas
    return any(
        set(office.title.casefold().split()) <= lemmas
        for office in row.offices if scene.date is None or office.held_on(scene.date)
    )


def _called_by_office(scene: Scene, thing: Thing, row: Row) -> bool:
    """Whether a title of an office held on the article's date stands before one of its mentions."""
    titles = {office.title.casefold() for office in row.offices if scene.date is None or office.held_on(scene.date)}
    for draft in scene.drafts:
        if draft.thing is thing:
            before = " ".join(scene.words[max(0, draft.first - 4) : draft.first]).casefold()
            if any(before.endswith(title) for title in titles):
                return True
    return False
