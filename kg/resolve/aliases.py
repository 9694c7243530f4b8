"""Which names are names of one thing, within the article.

Sieves from the surest on: the same string; the same row of the gazetteer in every reading of both; an acronym
in brackets after the name or made of its initials; a full name and its surname or given name; a firm with and
without Inc. and the like; a product with and without its maker. A name that fits two things goes to the one
mentioned last before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.gazetteer import Row
from kg.model import EntityKind
from kg.resolve.lexicon import given_names, listed, nouns, parts, title_before
from kg.resolve.scene import Draft, Scene, Thing

GENERATIONS = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "KC", "QC", "MP", "MEP", "MBE", "OBE", "CBE"})
ACRONYM = range(2, 9)  # letters
SHOUTED = 6  # letters: a longer name in capitals is no acronym


def join_names(scene: Scene) -> None:
    """Give every name that has none its thing. Full names come first, lone words after them."""
    things: list[Thing] = []
    places: dict[Thing, list[int]] = {}
    acronyms = dict(_bracketed(scene))
    for draft in sorted(_unsettled(scene), key=lambda draft: (draft.first == draft.last, draft.first)):
        name = clean(scene.quote(draft), draft.kind)
        expansion = acronyms.get(draft)
        if expansion is not None and expansion.thing is not None:
            thing, reason = expansion.thing, "acronym in brackets"
        else:
            candidates, reason = _fitting(scene, draft, name, things)
            thing = _nearest(draft, candidates, places) if candidates else Thing(name, draft.kind)
        if thing not in places:
            things.append(thing)
        thing.names.add(name)
        thing.senses.update(_titles(scene, draft))
        thing.gender = thing.gender or _gender(scene, draft, name)
        places.setdefault(thing, []).append(draft.first)
        draft.denotes(thing, reason, 1.0 if reason in {"name", "same name"} else 0.9)
    for thing in things:
        thing.label = max(sorted(thing.names), key=lambda name: (not name.isupper(), len(name)))
        thing.number = "pl" if thing.kind == "group" else "sg"


def _unsettled(scene: Scene) -> list[Draft]:
    return [draft for draft in scene.drafts if draft.form == "name" and draft.thing is None]


def clean(name: str, kind: EntityKind) -> str:
    """Without an article and possessive; the shouted name of a place (a dateline's) or person in its usual form."""
    name = name.removeprefix("The ").removeprefix("the ")
    if kind in {"place", "person"} and name.isupper() and len(name.replace(".", "")) >= SHOUTED:
        name = name.title()
    return name.removesuffix("'s").removesuffix("’s")


def _fitting(scene: Scene, draft: Draft, name: str, things: list[Thing]) -> tuple[list[Thing], str]:
    """The things that the first sieve to catch any lets it be; none for a new thing."""
    alike = [thing for thing in things if thing.kind == draft.kind]
    if draft.kind == "person" and (titles := _titles(scene, draft) & listed("offices")):
        alike = [thing for thing in alike if not _other_office(scene, thing, titles)]
    for reason, test in SIEVES:
        if found := [thing for thing in alike if test(scene, draft, name, thing)]:
            return found, reason
    return [], "name"


def _titles(scene: Scene, draft: Draft) -> set[str]:
    """The title before the name, as one calls its bearer later: "the senator"."""
    if draft.kind != "person":
        return set()
    before = scene.words[max(0, draft.first - 2) : draft.first]
    titles = (parts()["title"].get(before[i:]) for i in range(len(before)))
    return {title.full for title in titles if title is not None}


def _other_office(scene: Scene, thing: Thing, titles: set[str]) -> bool:
    """Whether the name has a title of office here that the known bearer of the full name never held."""
    if titles & thing.senses:
        return False
    rows = [
        sense.row for name in sorted(thing.names) if " " in name
        for sense in scene.gazetteer.lookup(name) if sense.row.kind == "person"
    ]  # fmt: skip
    held = {office.title.casefold() for row in rows for office in row.offices}
    return bool(held) and not any(title in other for title in titles for other in held)


# --- the sieves -------------------------------------------------------------------------------------------


def _same(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    if name in thing.names:
        return thing.kind != "person" or " " in name or _same_sex(scene, draft, thing)
    if len(name) > 3:
        for other in thing.names:
            if len(other) == len(name) and other.casefold() == name.casefold():
                return True
    return False


def _same_row(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    """All that the two names can mean is the same."""
    if thing.kind == "person" or draft.match is None:
        return False
    mine = _rows(scene, name)
    return len(mine) == 1 and any(mine == _rows(scene, other) for other in thing.names)


def _rows(scene: Scene, name: str) -> set[Row]:
    if name not in scene.meanings:
        senses = scene.gazetteer.lookup(name)
        scene.meanings[name] = {sense.row for sense in senses if sense.how in {"label", "alias"}}
    return scene.meanings[name]


def _initials(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    letters = name.replace(".", "")
    if thing.kind == "person" or not (letters.isupper() and letters.isalpha() and len(letters) in ACRONYM):
        return False
    return any(letters in _acronyms(other) for other in thing.names)


def _acronyms(name: str) -> set[str]:
    """The initials of all its words, of the longer ones, and of those without Inc. and the like."""
    split = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    longer = [word for word in split if word not in listed("small-words")]
    core = [word for word in longer if word not in listed("firm-tails")]
    return {"".join(word[0] for word in some).upper() for some in (split, longer, core) if len(some) > 1}


def _part_of_person(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    if thing.kind != "person":
        return False
    if " " not in name and not _same_sex(scene, draft, thing):
        return False
    return any(_short_of(name.split(), [w for w in other.split() if w not in GENERATIONS]) for other in thing.names)


def _short_of(short: list[str], full: list[str]) -> bool:
    """ "Lee" and "Ann" of "Ann Lee"; "A. Lee" and "Ann M. Lee" are the same; "Suu Kyi" ends "Aung San Suu Kyi"."""
    if len(full) < 2:
        return False
    if len(short) == 1:
        return short[0] in {full[-1], full[0]}
    if full[-1] != short[-1]:
        return False
    initial = full[0][0] == short[0][0] and "." in full[0] + short[0]
    return full[0] == short[0] or initial or full[-len(short) :] == short


def _same_sex(scene: Scene, draft: Draft, thing: Thing) -> bool:
    mine = _gender(scene, draft, "")
    return not (mine and thing.gender and mine != thing.gender)


def _part_of_firm(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    """The same but for Inc. and its like, or the words that a longer name begins with, in organisations."""
    if thing.kind != "organization":
        return False
    mine = _core(name)
    return any(
        mine == theirs or _begins(mine, theirs, name) or _begins(theirs, mine, other) or _ends(mine, theirs)
        for other, theirs in ((other, _core(other)) for other in thing.names)
    )


def _core(name: str) -> list[str]:
    split = name.replace(",", " ").split()
    while len(split) > 1 and split[-1] in listed("firm-tails"):
        split.pop()
    return split


def _begins(short: list[str], long: list[str], name: str) -> bool:
    """Whether a bare short name is the beginning of a longer one that is commonly cut there."""
    if len(short) >= len(long) or long[: len(short)] != short or short != name.split():
        return False
    rest = long[len(short) :]
    lone = len(short) == len(rest) == 1 and len(short[0]) > 3 and short[0].lower() not in nouns()
    return (lone and rest[0] not in listed("small-words")) or all(map(_of_organization, rest))


def _ends(short: list[str], long: list[str]) -> bool:
    """ "Intelligence Committee" of "House Intelligence Committee"; "Rovers" of "Elba Rovers"."""
    cut = len(short) < len(long) and long[-len(short) :] == short
    return cut and (short[-1] in listed("club-names") or (len(short) > 1 and _of_organization(short[-1])))


def _of_organization(word: str) -> bool:
    part = parts()["last"].get((word,))
    return word in listed("small-words") or (part is not None and part.kind == "organization")


def _part_of_product(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    """In other capitals, or without the maker: "A380" of "Airbus A380"."""
    if thing.kind != "other":
        return False
    for other in thing.names:
        short, long = sorted((name.casefold().split(), other.casefold().split()), key=len)
        if long[-len(short) :] == short and (len(short) == len(long) or len("".join(short)) > 3):
            return True
    return False


SIEVES = (
    ("same name", _same),
    ("names of one known thing", _same_row),
    ("initials", _initials),
    ("part of the full name", _part_of_person),
    ("short name", _part_of_firm),
    ("part of the product's name", _part_of_product),
)


def _bracketed(scene: Scene) -> Iterator[tuple[Draft, Draft]]:
    """(acronym in brackets, the name before it): "Federal Security Service (FSB)"."""
    by_first = {draft.first: draft for draft in _unsettled(scene)}
    for draft in list(by_first.values()):
        inner = by_first.get(draft.last + 2)
        if inner is None or draft.first == draft.last or scene.words[draft.last + 1] != "(":
            continue
        letters = scene.quote(inner).replace(".", "")
        closed = scene.words[inner.last + 1 : inner.last + 2] == (")",)
        if closed and letters.isupper() and letters.isalpha() and len(letters) in ACRONYM:
            name = scene.quote(inner)
            for other in by_first.values():
                if scene.quote(other) == name:
                    other.kind = draft.kind
            yield inner, draft


def _nearest(draft: Draft, candidates: list[Thing], places: dict[Thing, list[int]]) -> Thing:
    """The one mentioned last before; else the one mentioned first."""

    def distance(thing: Thing) -> tuple[int, int]:
        before = [place for place in places[thing] if place < draft.first]
        return (0, draft.first - max(before)) if before else (1, min(places[thing]))

    return min(candidates, key=distance)


def _gender(scene: Scene, draft: Draft, name: str) -> str:
    """From the title before the name, else from the given name."""
    if draft.kind != "person":
        return ""
    title = title_before(scene.words[max(0, draft.first - 3) : draft.first])
    if title and title.gender:
        return title.gender
    return given_names().get(name.partition(" ")[0], "")
