"""Resolve: parse and times -> mentions and the entities that they denote.

The order of the sub-steps stands in one literal. Each takes the `Scene` of one article and adds to it: names
first, since everything else leans on them; then what is known of them; then descriptions; then pronouns.

    >>> [step.__name__ for step in SUBSTEPS][:2]
    ['find_names', 'type_names']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.gazetteer import current
from kg.model import Reading
from kg.resolve.aliases import join_names
from kg.resolve.demonyms import read_demonyms
from kg.resolve.describe import attach_nominals
from kg.resolve.groups import find_groups
from kg.resolve.kinds import type_names
from kg.resolve.link import link_names
from kg.resolve.metonyms import read_metonyms
from kg.resolve.names import find_names
from kg.resolve.nominals import find_nominals
from kg.resolve.offices import settle_possessions
from kg.resolve.output import finished
from kg.resolve.pronouns import resolve_pronouns
from kg.resolve.scene import Scene

SUBSTEPS: tuple[Callable[[Scene], None], ...] = (
    find_names,
    type_names,
    read_demonyms,
    join_names,
    link_names,
    read_metonyms,
    find_nominals,
    attach_nominals,
    find_groups,
    resolve_pronouns,
    settle_possessions,
)


def resolve(reading: Reading) -> Reading:
    """Fill `mentions` and `entities`. Needs `parse`; the article's date helps with offices."""
    scene = Scene(reading.article, reading.parse, current())
    for substep in SUBSTEPS:
        substep(scene)
    mentions, entities = finished(scene)
    return replace(reading, mentions=mentions, entities=entities)
