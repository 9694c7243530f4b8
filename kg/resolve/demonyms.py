"""Words for the people of a country: "Russian", "two Russians", "the British".

As an adjective a demonym denotes the country ("Russian media"); as a noun, people of that nationality, with
their number where it is told. Other words for groups of people (parties, faiths) denote the group.
"""

from __future__ import annotations

from kg.gazetteer import Row
from kg.resolve.nominals import count, plural
from kg.resolve.scene import Draft, Scene, Thing

MODIFYING = frozenset({"amod", "compound", "nmod", "poss"})


def read_demonyms(scene: Scene) -> None:
    """Settle the drafts of demonyms and other words for groups: they are descriptions, not names."""
    groups: dict[str, Thing] = {}
    for draft in scene.drafts:
        if draft.form != "name":
            continue
        row = demonym_of(draft)
        if row is not None:
            draft.form = "nominal"
            _nationals(scene, draft, row)
        elif draft.match is not None and draft.match.senses[0].row.kind == "group":
            draft.form = "nominal"
            draft.denotes(scene.thing_of(draft.match.senses[0].row), "word for a group")
        elif draft.label == "NORP" and draft.match is None and (draft.kind == "group" or _one_person(scene, draft)):
            draft.form = "nominal"
            if _one_person(scene, draft):
                draft.kind = "person"  # a description: `describe` finds whose
                draft.first = min([draft.first, *_premodifiers(scene, draft)])
                continue
            name = scene.parse.tokens[draft.last].lemma
            thing = groups.setdefault(name, Thing(scene.quote(draft), "group", number="pl"))
            draft.denotes(thing, "word for a group")


def _one_person(scene: Scene, draft: Draft) -> bool:
    """ "The top Democrat", "a Muslim": one person, not the group."""
    parse = scene.parse
    token = parse.tokens[draft.head]
    articled = any(parse.tokens[i].dep == "det" for i in parse.children[draft.head])
    return articled and token.tag in {"NN", "NNP"} and token.dep not in MODIFYING and draft.first == draft.last


def demonym_of(draft: Draft) -> Row | None:
    """The country that a demonym belongs to; None for anything else."""
    if draft.match is None or any(sense.how in {"label", "alias"} for sense in draft.match.senses):
        return None
    return next((sense.row for sense in draft.match.senses if sense.how == "demonym"), None)


def _nationals(scene: Scene, draft: Draft, row: Row) -> None:
    token = scene.parse.tokens[draft.head]
    country = scene.thing_of(row)
    noun = token.tag in {"NNS", "NNPS"} or (token.tag in {"NN", "NNP"} and token.dep not in MODIFYING)
    compound = scene.words[draft.last + 1 : draft.last + 2] == ("-",)  # "Turkish-backed"
    if not noun or compound or (token.dep in MODIFYING and token.head > token.i):
        draft.denotes(country, f"demonym of {row.label}", 0.95)
        return
    draft.first = min([draft.first, *_premodifiers(scene, draft)])
    number = count(scene.parse, draft)
    many = plural(scene.parse, draft)
    thing = Thing(
        scene.quote(draft), "person" if number else "group", named=False, number="pl" if many else "sg",
        senses={"people"}, count=number, nationality=country,
    )
    draft.denotes(thing, f"people of {row.label}", 0.95)


def _premodifiers(scene: Scene, draft: Draft) -> list[int]:
    parse = scene.parse
    return [
        parse.left[i] for i in parse.children[draft.head]
        if i < draft.first and parse.tokens[i].dep in {"nummod", "det", "amod", "quantmod"}
    ]
