"""A generation's comparison on disk: a whole one, and what each later change took away and put in its place.

    comparison           of the last generation that was written as a whole
    comparison.000001    what has changed since then, in order

The files of one generation are links to those of the one before it, and one more; readers put them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from shutil import copyfile

from kg.model import Cluster, Comparison, Disagreement, Link, Omission, Story

Found = Cluster | Link | Disagreement | Story | Omission
Name = tuple[str, ...]

WHOLE = "comparison"
_MOST = 50  # changes; then the whole is written again


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """Names of what is no more so, and what is instead."""

    gone: tuple[Name, ...]
    come: Comparison


def name_of(item: Found) -> Name:
    """What tells an item from all others of its sort."""
    return (item.story, item.about) if isinstance(item, Omission) else (item.iri,)


def delta(less: Comparison, more: Comparison) -> Delta:
    """What makes a comparison with the one part one with the other; they have nothing in common."""
    gone = {name_of(item) for field in fields(Comparison) for item in getattr(less, field.name)}
    return Delta(gone=tuple(sorted(gone)), come=more)


def files(generation: Path) -> list[Path]:
    """The files of a generation's comparison: the whole, and the changes in their order."""
    return [generation / WHOLE, *sorted(generation.glob(f"{WHOLE}.[0-9]*"))]


def link(current: Path, generation: Path) -> Path | None:
    """Take over the files of the current generation; where the next change goes, or None where there are too many."""
    held = files(current)
    if len(held) > _MOST:
        return None
    for path in held:
        try:
            (generation / path.name).hardlink_to(path)
        except OSError:  # a file system without links
            copyfile(path, generation / path.name)
    return generation / f"{WHOLE}.{len(held):06d}"


def changed(comparison: Comparison, deltas: Iterable[Delta]) -> Comparison:
    """The comparison after these changes, in order as if it were made at once."""
    sorts = [field.name for field in fields(Comparison)]
    held = {sort: {name_of(item): item for item in getattr(comparison, sort)} for sort in sorts}
    for one in deltas:
        for sort, items in held.items():
            for name in one.gone:
                items.pop(name, None)
            items.update((name_of(item), item) for item in getattr(one.come, sort))
    found = Comparison(**{sort: tuple(items.values()) for sort, items in held.items()})
    place: dict[Name, int] = {
        (story.iri, event): number for story in found.stories for number, event in enumerate(story.events)
    }
    return Comparison(
        clusters=tuple(sorted(found.clusters, key=attrgetter("iri"))),
        links=tuple(sorted(found.links, key=attrgetter("iri"))),
        disagreements=tuple(sorted(found.disagreements, key=attrgetter("rank"))),
        omissions=tuple(sorted(found.omissions, key=lambda one: (one.story, place[name_of(one)]))),
        stories=tuple(sorted(found.stories, key=attrgetter("iri"))),
    )
