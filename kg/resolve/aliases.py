"""Which names are names of one thing, within the article.

Sieves from the surest on: the same string; the same row of the gazetteer in every reading of both; an acronym
in brackets after the name or made of its initials; a full name and its surname or given name; a firm with and
without Inc. and the like. A name that fits two things goes to the one mentioned last before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.resolve.lexicon import given_names, nouns, parts, title_before
from kg.resolve.scene import Draft, Scene, Thing

SMALL = frozenset("of the and for de la du des von van der & in on to a an at".split())
OFFICES = frozenset({"president", "prime minister", "chancellor", "king", "queen", "pope"})
LEGAL = frozenset(
    "Inc. Inc Incorporated Corp. Corp Corporation Co. Co Company Ltd. Ltd Limited LLC PLC plc AG GmbH SA SE NV N.V. Group Holdings "
    "Computer Computers Airlines Airways Stores Motors Motor Industries".split()
)


def join_names(scene: Scene) -> None:
    """Give every name its thing."""
    things: list[Thing] = []
    full_first = sorted((d for d in scene.drafts if d.form == "name"), key=lambda d: (d.first == d.last, d.first))
    places: dict[Thing, list[int]] = {}
    acronyms = dict(_bracketed(scene))
    for draft in full_first:
        name = _clean(scene.quote(draft))
        fitting = _fitting(scene, draft, name, things, acronyms.get(draft))
        if fitting is None:
            thing, reason = Thing(name, draft.kind), "name"
            things.append(thing)
        else:
            candidates, reason = fitting
            thing = _nearest(draft, candidates, places)
        thing.names.add(name)
        thing.senses.update(_titles(scene, draft))
        thing.gender = thing.gender or _gender(scene, draft, name)
        places.setdefault(thing, []).append(draft.first)
        draft.denotes(thing, reason, 1.0 if reason in {"name", "same name"} else 0.9)
    for thing in things:
        thing.label = _label(thing)
        thing.number = "pl" if thing.kind == "group" else "sg"


def _clean(name: str) -> str:
    """Without an article and possessive; a shouted name in its usual form."""
    name = name.removeprefix("The ").removeprefix("the ")
    if name.isupper() and len(name.replace(".", "")) > 5:
        name = name.title()
    return name.removesuffix("'s").removesuffix("’s")


def _fitting(
    scene: Scene, draft: Draft, name: str, things: list[Thing], expansion: Draft | None
) -> tuple[list[Thing], str] | None:
    if expansion is not None and expansion.thing is not None:
        return [expansion.thing], "acronym in brackets"
    for reason, test in SIEVES:
        if found := [thing for thing in things if _compatible(scene, thing, draft) and test(scene, draft, name, thing)]:
            return found, reason
    return None


def _titles(scene: Scene, draft: Draft) -> set[str]:
    """The title before the name, as one calls its bearer later: "the senator"."""
    if draft.kind != "person":
        return set()
    before = scene.words[max(0, draft.first - 2) : draft.first]
    return {" ".join(before[i:]).lower() for i in range(len(before)) if before[i:] in parts()["title"]}


def _compatible(scene: Scene, thing: Thing, draft: Draft) -> bool:
    return thing.kind == draft.kind and not (thing.kind == "person" and _other_office(scene, thing, draft))


def _other_office(scene: Scene, thing: Thing, draft: Draft) -> bool:
    """Whether the name has a title of office here that the known bearer of the full name never held."""
    titles = _titles(scene, draft) & OFFICES
    if not titles or titles & thing.senses:
        return False
    rows = [
        sense.row for name in sorted(thing.names) if " " in name
        for sense in scene.gazetteer.lookup(name) if sense.row.kind == "person"
    ]
    held = {office.title.casefold() for row in rows for office in row.offices}
    return bool(held) and not any(title in other for title in titles for other in held)


def _same(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    return name in thing.names or (len(name) > 3 and any(len(name) == len(n) and name.casefold() == n.casefold() for n in thing.names))


def _same_row(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    """All that the two names can mean is the same."""
    if thing.kind == "person":
        return False
    mine = {sense.row for sense in scene.gazetteer.lookup(name) if sense.how in {"label", "alias"}}
    return bool(mine) and len(mine) == 1 and any(
        mine == {sense.row for sense in scene.gazetteer.lookup(other) if sense.how in {"label", "alias"}}
        for other in sorted(thing.names)
    )


def _initials(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    letters = name.replace(".", "")
    if not (letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 8) or thing.kind == "person":
        return False
    return any(letters in set(_acronyms(other)) for other in thing.names)


def _acronyms(name: str) -> Iterator[str]:
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if len(words) > 1:
        yield "".join(word[0] for word in words).upper()
        yield "".join(word[0] for word in words if word not in SMALL).upper()
        core = [word for word in words if word not in LEGAL]
        yield "".join(word[0] for word in core if word not in SMALL).upper()


def _part_of_person(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    if thing.kind != "person":
        return False
    words = name.split()
    for other in thing.names:
        full = other.split()
        if full[-1] in {"Jr.", "Sr.", "II", "III"}:
            full = full[:-1]
        if len(words) == 1 and len(full) > 1 and words[0] in {full[-1], full[0], " ".join(full[1:])}:
            return _same_sex(scene, draft, thing)
        if len(words) > 1 and len(full) > 1 and full[-1] == words[-1] and (
            full[0] == words[0] or full[0][0] == words[0][0] and "." in (full[0] + words[0])
        ):
            return True
        if len(words) > 1 and len(full) > len(words) and full[-len(words) :] == words:
            return True
    return False


def _same_sex(scene: Scene, draft: Draft, thing: Thing) -> bool:
    mine = _gender(scene, draft, "")
    return not (mine and thing.gender and mine != thing.gender)


def _part_of_firm(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    """The same but for Inc. and its like, or the words that a longer name begins with, in organisations."""
    if thing.kind != "organization":
        return False
    words = _core(name)
    return bool(words) and any(
        words == core or _begins(words, core, name) or _begins(core, words, other)
        for other, core in ((other, _core(other)) for other in thing.names)
    )


def _begins(short: list[str], long: list[str], name: str) -> bool:
    """Whether a bare short name is the beginning of a longer one that is commonly cut there."""
    if len(short) >= len(long) or long[: len(short)] != short or _core(name) != name.split():
        return False
    lone = len(short) == 1 and len(long) == 2 and len(short[0]) > 3 and short[0].lower() not in nouns() and long[1] not in SMALL
    return lone or _tail(long[len(short) :])


def _part_of_product(scene: Scene, draft: Draft, name: str, thing: Thing) -> bool:
    """The same in other capitals, or without the maker: "A380" of "Airbus A380"."""
    if thing.kind != "other":
        return False
    words = name.casefold().split()
    for other in thing.names:
        theirs = other.casefold().split()
        short, long = sorted((words, theirs), key=len)
        if long[-len(short) :] == short and (len(short) == len(long) or len("".join(short)) > 3):
            return True
    return False


def _core(name: str) -> list[str]:
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    return words


def _tail(words: list[str]) -> bool:
    """Words that a name is commonly cut before: all of a firm's or an institution's kind."""
    return all(
        (part := parts()["last"].get((word,))) is not None and part.kind == "organization" or word in SMALL for word in words
    )


SIEVES = (
    ("same name", _same),
    ("names of one known thing", _same_row),
    ("initials", _initials),
    ("part of the full name", _part_of_person),
    ("short name", _part_of_firm),
    ("part of the product's name", _part_of_product),
)


def _bracketed(scene: Scene) -> Iterator[tuple[Draft, Draft]]:
    """(acronym in brackets, the name before it), and the other way round: "Federal Security Service (FSB)"."""
    by_first = {draft.first: draft for draft in scene.drafts if draft.form == "name"}
    for draft in list(by_first.values()):
        after = scene.words[draft.last + 1 : draft.last + 2]
        inner = by_first.get(draft.last + 2)
        if after == ("(",) and inner is not None and scene.words[inner.last + 1 : inner.last + 2] == (")",):
            letters = scene.quote(inner).replace(".", "")
            if letters.isupper() and letters.isalpha() and len(letters) <= 8 and draft.first != draft.last:
                inner.kind = draft.kind
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
    words = name.split()
    return given_names().get(words[0], "") if words else ""


def _label(thing: Thing) -> str:
    """The fullest of its names: the longest, acronyms last."""
    return max(sorted(thing.names), key=lambda name: (not name.isupper(), len(name)))
