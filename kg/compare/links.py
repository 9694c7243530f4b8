"""Links: one line of the picture for each (entity, relation, thing), with all who stand behind it.

An event of exactly two parties is a line between them ("Russia invade Ukraine"); any other event with two or more
is a node, and each participant has a line to it that bears the role. One party at least must have a name; people
without one are drawn when they are counted or told by nationality ("two Russians").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from kg.compare.claims import Claim, Claims, Stated
from kg.ids import base_of, mint
from kg.model import Disagreement, Link, Status

_LINKED_ROLES = frozenset(
    {"agent", "patient", "recipient", "theme", "topic", "beneficiary", "instrument", "place", "origin", "destination"}
)
_ROLE_OF_TYPE = {
    "actor": ("agent", "patient"),
    "recipient": ("recipient",),
    "place": ("place",),
    "instrument": ("instrument",),
}


Line = tuple[str, str, str]  # subject, relation, object


class _Part(NamedTuple):
    role: str
    entity: str
    claim: Claim


def links(claims: Claims, disagreements: Iterable[Disagreement]) -> tuple[Link, ...]:
    """All links, sorted by IRI."""
    differing: dict[str, list[Disagreement]] = defaultdict(list)
    for one in disagreements:
        differing[one.about].append(one)
    found = [
        link for about, told in claims.by_thing.items() for link in event_links(about, told, differing.get(about, ()))
    ]
    drawn = {link.object for link in found}
    by_line: dict[Line, list[Claim]] = defaultdict(list)
    for line, claim in lines_between([claim for told in claims.by_thing.values() for claim in told]):
        if line[2] in drawn:
            by_line[line].append(claim)
    found.extend(line_link(line, behind) for line, behind in sorted(by_line.items()))
    found.extend(relation_links(claims.relations))
    return tuple(sorted(found, key=lambda link: link.iri))


def _disputed(differing: Iterable[Disagreement]) -> set[str]:
    """The roles of one thing that are in dispute; "" is the whole of it."""
    found: set[str] = set()
    for one in differing:
        if one.type == "polarity":
            found.add("")
        found.update(_ROLE_OF_TYPE.get(one.type, ()))
    return found


def event_links(about: str, told: Sequence[Claim], differing: Iterable[Disagreement]) -> list[Link]:
    """The links of one thing, from the claims about it and where they differ."""
    disputed = _disputed(differing)
    by_key = {
        (role.name, iri, claim.event.iri): _Part(role.name, iri, claim)
        for claim in told
        for role in claim.event.roles
        if role.name in _LINKED_ROLES
        for iri, _ in claim.shown(role)
    }
    parts = [by_key[key] for key in sorted(by_key)]
    entities = {part.entity for part in parts}
    named = frozenset().union(*(claim.parties for claim in told))
    if len(entities) < 2 or not named or all(claim.says and len(claim.parties) < 2 for claim in told):
        return []
    agents = {part.entity for part in parts if part.role == "agent"}
    others = {part.entity for part in parts if part.role != "agent"}
    if len(entities) == 2 and len(agents) == 1 and len(others) == 1 and agents != others:
        relation = _relation(told)
        return [_link(agents.pop(), relation, others.pop(), told, bool(disputed), about)]
    by_line: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for part in parts:
        by_line[part.entity, part.role].append(part.claim)
    return [
        _link(entity, role, about, behind, bool(disputed & {"", role})) for (entity, role), behind in by_line.items()
    ]


def lines_between(told: Sequence[Claim], things: Set[str] | None = None) -> Iterator[tuple[Line, Claim]]:
    """Lines from the one named party of an event to another event of the same article that stands in a role of it, or
    it in one of the other's: "a call initiated by Russia", "the call was made at Russia's suggestion". They are drawn
    where the other event is. `told` are all claims of one article or of many; of interest may be lines to some things
    alone."""
    by_iri = {claim.event.iri: claim for claim in told}
    tied = [(claim, role.event) for claim in told for role in claim.event.roles if role.event and role.event in by_iri]
    for claim, other in [*tied, *((by_iri[other], claim.event.iri) for claim, other in tied)]:
        thing = by_iri[other].about
        if things is not None and thing not in things:
            continue
        agents = {iri for role in claim.fillers.get("agent", ()) for iri, _ in claim.named(role)}
        alone = len(agents) == 1 and claim.parties == agents and not claim.says and claim.event.kind not in _GENERAL
        if alone and thing != claim.about:
            yield (min(agents), _relation([claim]), thing), claim


def line_link(line: Line, behind: Iterable[Claim]) -> Link:
    """The link of a line between, from all claims behind it."""
    claims = {claim.event.iri: claim for claim in behind}
    return _link(*line, [claims[iri] for iri in sorted(claims)], False)


_GENERAL = frozenset({"Event", "State", "Possess", "Statement"})  # too general to be a line of their own


def _relation(told: Sequence[Claim]) -> str:
    """The name of a line between two: the type's, or the word's."""
    kinds = sorted({claim.event.kind for claim in told} - {"Event", "Statement"})
    name = kinds[0] if kinds else min(claim.event.lemma for claim in told)
    words = name.replace("-", " ").split()
    return (words[0][:1].lower() + words[0][1:] + "".join(word.title() for word in words[1:])) if words else "event"


def _link(
    subject: str, relation: str, object: str, behind: Sequence[Claim], disputed: bool, about: str | None = None
) -> Link:
    """One line. `about` is the thing it stands for where it ends elsewhere: two calls between the same two are two."""
    affirmed = [claim for claim in behind if claim.event.polarity == "positive"]
    dates = sorted(claim.date for claim in behind if claim.date)
    return Link(
        iri=mint(base_of(subject), "link", subject, relation, object, *([about] if about else [])),
        subject=subject,
        relation=relation,
        object=object,
        status=_status(behind, disputed),
        outlets=tuple(sorted({claim.outlet for claim in behind})),
        origins=tuple(sorted({claim.origin for claim in behind})),
        attributions=tuple(sorted({claim.attribution.iri for claim in behind})),
        events=tuple(sorted({claim.event.iri for claim in behind})),
        negated=not affirmed,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def _status(behind: Sequence[Claim], disputed: bool) -> Status:
    if disputed:
        return "disputed"
    if all(claim.event.polarity == "negative" for claim in behind):
        return "denied"
    if all(claim.event.realis != "actual" for claim in behind):
        return "planned"
    if len({claim.origin for claim in behind}) > 1:
        return "corroborated"
    return "reported" if any(claim.own_voice for claim in behind) else "attributed"


def relation_line(stated: Stated) -> Line | None:
    """The line that a stated relation is part of, if it is between two things."""
    relation = stated.relation
    if relation.object is None:
        return None
    subject, object = (stated.canonical.get(iri, iri) for iri in (relation.subject, relation.object))
    return (subject, relation.name, object) if subject != object else None


def relation_links(relations: Iterable[Stated]) -> list[Link]:
    """The links of stated relations, all that are behind a line together."""
    by_line: dict[Line, list[Stated]] = defaultdict(list)
    for stated in relations:
        line = relation_line(stated)
        if line is not None:
            by_line[line].append(stated)
    return [
        Link(
            iri=mint(base_of(subject), "link", subject, name, object),
            subject=subject,
            relation=name,
            object=object,
            status=_relation_status(behind),
            outlets=tuple(sorted({stated.outlet for stated in behind})),
            origins=tuple(sorted({stated.origin for stated in behind})),
            attributions=tuple(sorted({stated.attribution.iri for stated in behind})),
            events=tuple(sorted({stated.relation.iri for stated in behind})),
            negated=all(stated.relation.polarity == "negative" for stated in behind),
            first=min((d for s in behind if (d := s.reading.article.published)), default=None),
            last=max((d for s in behind if (d := s.reading.article.published)), default=None),
        )
        for (subject, name, object), behind in sorted(by_line.items())
    ]


def _relation_status(behind: Sequence[Stated]) -> Status:
    polarities = {stated.relation.polarity for stated in behind}
    if polarities == {"negative"}:
        return "denied"
    if len(polarities) > 1:
        return "disputed"
    if len({stated.origin for stated in behind}) > 1:
        return "corroborated"
    return "reported" if any(stated.own_voice for stated in behind) else "attributed"
