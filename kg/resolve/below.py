"""Who is told of before the report names him: the lead's "a teacher", "the sheriff" whose name follows."""

from __future__ import annotations

from kg.resolve.lexicon import parts
from kg.resolve.nominals import called, determiner, modifiers, plural
from kg.resolve.scene import Draft, Scene, Thing

NEAR = 3  # sentences below
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def name_the_lead(scene: Scene) -> None:
    """ "A teacher was cleared on Friday. Ann Lee, 47, wept": whom the report opens with its next sentence names."""
    lead = scene.headline + 1
    opening = {
        draft.thing for draft in _unnamed(scene)
        if _sentence(scene, draft) == lead and scene.parse.tokens[draft.head].dep in SUBJECTS
        and determiner(scene.parse, draft) in {"a", "an"}
    }  # fmt: skip
    name = next((draft for draft in scene.drafts if draft.form == "name" and draft.kind == "person"), None)
    if len(opening) != 1 or name is None or name.thing is None or _sentence(scene, name) != lead + 1:
        return
    age = scene.words[name.last + 1 : name.last + 4]
    aged = len(age) == 3 and age[0] == "," and age[1].isdigit() and age[2] in {",", "."}
    (thing,) = opening
    if aged and thing is not None and thing.gender in {"", name.thing.gender}:
        rename(scene, thing, name.thing)


def name_by_title(scene: Scene) -> None:
    """ "The sheriff said so. Sheriff Tom Lee ...": who is told of by a title is the one who has it just below."""
    for draft in _unnamed(scene):
        title = called(scene.parse, draft)
        if determiner(scene.parse, draft) != "the" or (title.title(),) not in parts()["title"]:
            continue
        below = {
            other.thing for other in scene.drafts
            if other.form == "name" and other.first > draft.last and other.thing is not None
            and title in other.thing.senses and _sentence(scene, other) - _sentence(scene, draft) <= NEAR
        }  # fmt: skip
        if len(below) == 1 and draft.thing is not None and not modifiers(scene.parse, draft):
            rename(scene, draft.thing, below.pop())


def rename(scene: Scene, earlier: Thing, thing: Thing | None) -> None:
    """Let all that was told of one without a name be told of the one named below."""
    for other in scene.drafts:
        if other.thing is earlier and thing is not None:
            other.denotes(thing, "named below", 0.7)


def _unnamed(scene: Scene) -> list[Draft]:
    """Descriptions of one person who has no name so far."""
    return [
        draft for draft in scene.drafts
        if draft.form == "nominal" and draft.kind == "person" and draft.thing is not None and not draft.thing.named
        and not plural(scene.parse, draft)
    ]  # fmt: skip


def _sentence(scene: Scene, draft: Draft) -> int:
    return scene.parse.tokens[draft.head].sentence
