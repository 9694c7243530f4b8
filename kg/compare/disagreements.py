"""Where the tellings of one thing differ, typed, with both quotes.

Each rule below looks at all claims about one thing and gives the values that stand against each other. More
specific is not different: "two people" and "a man and a woman", "special services" and "the CIA", "2019" and
"December 2019" are refinements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from kg.compare.claims import Claim, Claims
from kg.compare.counted import counted
from kg.compare.difference import MOST_VALUES, Difference, says
from kg.compare.ground import (
    as_many,
    common_ground,
    excludes,
    misdated,
    one_deed,
    one_voice,
    part_of,
    rivals,
    same_words,
    speaks_of,
)
from kg.identify.features import stem
from kg.ids import base_of, mint
from kg.model import Disagreement, DisagreementType, Role, Severity, Side, Span

Rule = Callable[[Sequence[Claim]], Iterator[Difference]]


def disagreements(claims: Claims) -> tuple[Disagreement, ...]:
    """All disagreements and refinements, the gravest first, then by IRI."""
    found = [one for about, told in claims.by_thing.items() for one in differing(about, told)]
    return tuple(sorted(found, key=attrgetter("rank")))


def differing(about: str, told: Sequence[Claim]) -> list[Disagreement]:
    """Where the claims about one thing differ."""
    return [
        Disagreement(
            iri=mint(base_of(about), "disagreement", about, difference.type, *_key(difference)),
            type=difference.type,
            severity=difference.severity,
            about=about,
            explanation=difference.explanation,
            sides=difference.sides,
        )
        for rule in (RULES if len(told) > 1 else ())
        for difference in rule(told)
    ]


def _key(difference: Difference) -> Iterator[object]:
    for side in difference.sides:
        yield from (side.article, side.span.start, side.span.end)


# --- polarity, realis, certainty ---------------------------------------------------------------------------


def _polarity(told: Sequence[Claim]) -> Iterator[Difference]:
    # what was prevented or only planned is not denied
    values = _by_value([c for c in told if c.event.realis == "actual"], lambda claim: claim.event.polarity)
    pairs = (
        (a, b)
        for a in values.get("positive", [])[:MOST_VALUES]
        for b in values.get("negative", [])[:MOST_VALUES]
        if not one_voice(a, b) and one_deed(a, b) and not same_words(a, b)
    )
    if pair := next(pairs, None):
        yes, no = (claim.side(claim.event.trigger, claim.event.polarity) for claim in pair)
        text = f"{says(yes)} affirms “{yes.quote}”; {says(no)} denies it."
        yield Difference(type="polarity", severity="high", explanation=text, sides=(yes, no))


def _contrary(told: Sequence[Claim]) -> Iterator[Difference]:
    """Two words for one matter of which only one can be right."""
    done = [claim for claim in told if _affirmed(claim) and claim.event.realis == "actual" and not claim.aimed_at]
    first = {(claim.event.kind, claim.event.lemma, claim.origin): claim for claim in reversed(done)}
    pairs = combinations(reversed(list(first.values())[-MOST_VALUES:]), 2)
    if pair := next((pair for pair in pairs if excludes(*pair) and not one_voice(*pair)), None):
        one, two = (claim.side(claim.event.trigger, claim.event.lemma) for claim in pair)
        text = f"{says(one)} has “{one.quote}”, {says(two)} “{two.quote}”: only one of them can be."
        yield Difference(type="polarity", severity="high", explanation=text, sides=(one, two))


def _affirmed(claim: Claim) -> bool:
    """Told as something beyond talk, and not denied."""
    return claim.event.polarity == "positive" and not claim.says


_HAPPENED = {"actual": "happened", "planned": "planned", "attempted": "only attempted"}


def _realis(told: Sequence[Claim]) -> Iterator[Difference]:
    values = _by_value([c for c in told if _affirmed(c) and c.event.realis in _HAPPENED], lambda c: c.event.realis)
    across = {claim.reading.article.iri for claims in values.values() for claim in claims}
    if "actual" in values and len(values) > 1 and len(across) > 1:
        for other in sorted(set(values) - {"actual"}):
            pair = _from_two_articles(values["actual"], [c for c in values[other] if not c.aimed_at], _not_later)
            if pair:
                one, two = pair[0].side(pair[0].event.trigger, "actual"), pair[1].side(pair[1].event.trigger, other)
                text = f"{says(one)} presents “{one.quote}” as having happened; {says(two)} as {_HAPPENED[other]}."
                yield Difference(type="realis", severity="medium", explanation=text, sides=(one, two))


def _not_later(done: Claim, meant: Claim) -> bool:
    """Whether the report of a deed is no later than that of the plan: what was planned on Monday is done on Tuesday."""
    reports = done.reading.article.published or "", meant.reading.article.published or ""
    return not all(reports) or reports[0][:10] <= reports[1][:10]


def _certainty(told: Sequence[Claim]) -> Iterator[Difference]:
    done = (claim for claim in told if _affirmed(claim) and claim.event.realis != "attempted")  # tried is not certain
    values = _by_value(done, lambda claim: claim.event.certainty)
    for other in ("possible", "probable"):
        pair = _from_two_articles(values.get("certain", ()), values.get(other, ()))
        if pair:
            one, two = pair[0].side(pair[0].event.trigger, "certain"), pair[1].side(pair[1].event.trigger, other)
            text = f"{says(one)} is certain of “{one.quote}”; {says(two)} calls it {other}."
            yield Difference(type="certainty", severity="low", explanation=text, sides=(one, two))
            return


# --- time --------------------------------------------------------------------------------------------------


def _date(told: Sequence[Claim]) -> Iterator[Difference]:
    dated = [claim for claim in told if claim.days]
    first = {(claim.days, claim.origin): claim for claim in reversed(dated)}
    for one, other in combinations(reversed(list(first.values())[-MOST_VALUES:]), 2):
        apart = one.days[1] <= other.days[0] or other.days[1] <= one.days[0]
        if apart and not one_voice(one, other) and misdated(one, other):
            sides = tuple(claim.side(_time_span(claim), claim.event.time or claim.days[0]) for claim in (one, other))
            text = f"{says(sides[0])} dates it {sides[0].value}; {says(sides[1])} {sides[1].value}."
            yield Difference(type="date", severity="high", explanation=text, sides=sides)
            return


def _time_span(claim: Claim) -> Span:
    times = claim.fillers.get("time", ())
    return times[0].span if times else claim.event.trigger


# --- participants ------------------------------------------------------------------------------------------

_ROLES: Mapping[str, tuple[DisagreementType, str]] = {
    "agent": ("actor", "who did it"),
    "patient": ("actor", "whom it befell"),
    "recipient": ("recipient", "to whom it was directed"),
    "place": ("place", "where it was"),
    "instrument": ("instrument", "by what means"),
}


@dataclass(frozen=True, slots=True)
class _Filling:
    """What fills one role in one claim: named entities, or a description with a count."""

    claim: Claim
    roles: tuple[Role, ...]
    named: frozenset[str]
    labels: tuple[str, ...]
    count: int | None

    @property
    def value(self) -> str:
        text = self.claim.reading.article.text
        return " and ".join(self.labels) or " and ".join(role.span.of(text) for role in self.roles)

    def side(self) -> Side:
        span = self.roles[0].span
        for role in self.roles[1:]:  # "a man and a woman" is one quote
            if role.span.start - span.end <= len(" and, "):
                span = Span(span.start, max(span.end, role.span.end))
        return self.claim.side(span, self.value)

    @property
    def people(self) -> bool:
        """Whether a filling is of people, whatever they are called."""
        entities = [self.claim.names.get(role.entity or "") for role in self.roles]
        return all(entity is not None and entity.kind in ("person", "group") for entity in entities)

    @property
    def several(self) -> bool:
        """Whether it speaks of more than one person."""
        if not self.people or len(self.roles) > 1:
            return len(self.roles) > 1
        head = self.roles[0].head.of(self.claim.reading.article.text).casefold()
        plural = not self.named and head.endswith(("s", "men", "people")) and not head.endswith("ss")
        return len(self.named) > 1 or plural

    @property
    def plain(self) -> frozenset[str]:
        """The words of a description, less articles."""
        text = " ".join(role.span.of(self.claim.reading.article.text) for role in self.roles)
        return frozenset(map(stem, re.findall(r"\w+", text))) - _ARTICLES


def _participants(told: Sequence[Claim]) -> Iterator[Difference]:
    for role, (kind, question) in _ROLES.items():
        fillings = [
            _filling(claim, roles)
            for claim in told
            if (roles := claim.fillers.get(role)) and not any(map(claim.by_pronoun, roles))
        ]
        seen: set[DisagreementType] = set()
        for one, other in combinations(_distinct(fillings), 2):
            difference = _differ(one, other, role, kind, question)
            if difference and difference.type not in seen:
                seen.add(difference.type)
                yield difference


def _distinct(fillings: Sequence[_Filling]) -> list[_Filling]:
    """The first filling of each value and source: a hundred reports that say the same need no hundred comparisons."""
    first: dict[tuple[str, str], _Filling] = {}
    for filling in fillings:
        first.setdefault((filling.value.casefold(), filling.claim.origin), filling)
    return list(first.values())[:MOST_VALUES]


_ARTICLES = frozenset({"a", "an", "the", "one", "both", "all"})


def _filling(claim: Claim, roles: tuple[Role, ...]) -> _Filling:
    named = [pair for role in roles for pair in claim.named(role)]
    counts = [
        _number(entity.count) for role in roles if (entity := claim.names.get(role.entity or "")) and entity.count
    ]
    whole = [count for count in counts if count is not None]
    return _Filling(
        claim=claim,
        roles=tuple(sorted(roles, key=lambda role: role.span)),
        named=frozenset(iri for iri, _ in named),
        labels=tuple(sorted({entity.label for _, entity in named})),
        count=sum(whole) if whole and len(whole) == len(counts) and not named else None,
    )


def _number(count: str | None) -> int | None:
    digits = (count or "").replace(",", "")
    return int(digits) if digits.isdigit() else None


def _differ(one: _Filling, other: _Filling, role: str, kind: DisagreementType, question: str) -> Difference | None:
    if one_voice(one.claim, other.claim) or _same(one, other):
        return None
    if one.count is not None and other.count is not None and one.count != other.count:
        return None  # what counts differ on, `counted` tells
    sort = one.people == other.people
    if one.named and other.named:
        if part_of(one.labels, other.labels) and common_ground(one.claim, other.claim, role):
            return _told(one, other, "refinement", "low", f"One is more specific on {question}")
        if (sort or role == "recipient") and rivals(one.claim, other.claim, role):  # who is thanked may be a body
            return _told(one, other, kind, "high", f"The reports differ on {question}")
        return None
    ground = as_many if one.count is not None and one.count == other.count else common_ground
    if sort and _finer(one, other, role) and ground(one.claim, other.claim, role):
        return _told(one, other, "refinement", "low", f"One is more specific on {question}")
    return None


def _finer(one: _Filling, other: _Filling, role: str) -> bool:
    """Whether one of two reports names, or describes better, what the other may well mean: not several for one, and
    nobody that it speaks of by name beside."""
    if one.claim.reading is other.claim.reading or {one.several, other.several} == {True, False}:
        return False
    if one.named or other.named:
        return not speaks_of(one.claim, other.claim, role) and not speaks_of(other.claim, one.claim, role)
    return one.count is not None and one.count == other.count and one.plain != other.plain


def _same(one: _Filling, other: _Filling) -> bool:
    """Whether two fillings are the same, in the same words, or by a longer and a shorter form of one name."""
    return (
        bool(one.named & other.named)
        or one.value.casefold() == other.value.casefold()
        or one.side().quote.casefold() == other.side().quote.casefold()
        or any(_one_name(a, b) for a in one.labels for b in other.labels)
    )


def _one_name(one: str, other: str) -> bool:
    """ "Ann Lee" and "Lee", "Ann M. Lee"; "the Falck" and "ship Falck"."""
    ours, theirs = (re.findall(r"\w+", label.casefold().removeprefix("the ")) for label in (one, other))
    ends = len(ours) > 1 and len(theirs) > 1 and (ours[0], ours[-1]) == (theirs[0], theirs[-1])
    return ends or set(ours) <= set(theirs) or set(theirs) <= set(ours)


def _told(one: _Filling, other: _Filling, kind: DisagreementType, severity: Severity, what: str) -> Difference:
    sides = (one.side(), other.side())
    text = f"{what}: {says(sides[0])} has “{sides[0].quote}”, {says(sides[1])} “{sides[1].quote}”."
    return Difference(type=kind, severity=severity, explanation=text, sides=sides)


# --- attribution -------------------------------------------------------------------------------------------


def _attribution(told: Sequence[Claim]) -> Iterator[Difference]:
    """Claimed by X in one article, by Y in another; or attributed in one and bare in another."""
    if any(claim.says for claim in told):
        return
    bare = [claim for claim in told if claim.own_voice and not claim.relayed]
    said = [claim for claim in told if not claim.own_voice]
    yield from _headline_against_body(told, said)
    pair = _from_two_articles(said, bare)
    if pair:
        one, two = (claim.side(claim.event.trigger, claim.origin) for claim in pair)
        bare_outlet = two.publisher or "another report"
        text = f"{says(one)} is the source of “{one.quote}”; {bare_outlet} states it in its own voice."
        yield Difference(type="attribution", severity="medium", explanation=text, sides=(one, two))
    named = [claim for claim in said if claim.sourced]  # who names nobody differs from nobody on the source
    first = {(claim.origin, claim.reading.article.iri): claim for claim in reversed(named)}
    for one_claim, two_claim in combinations(reversed(list(first.values())[-MOST_VALUES:]), 2):
        comparable = one_claim.reading is not two_claim.reading and common_ground(one_claim, two_claim)
        if comparable and one_claim.origin != two_claim.origin:
            one, two = (claim.side(claim.event.trigger, claim.origin) for claim in (one_claim, two_claim))
            text = f"One report has it from {one_claim.origin}, another from {two_claim.origin}."
            yield Difference(type="attribution", severity="low", explanation=text, sides=(one, two))
            return


def _headline_against_body(told: Sequence[Claim], said: Sequence[Claim]) -> Iterator[Difference]:
    """A headline that states what the same article's body only reports."""
    bold = [claim for claim in told if claim.own_voice and claim.in_headline]
    pairs = ((a, b) for a in said for b in bold if a.reading is b.reading and not a.in_headline)
    if pair := next(pairs, None):
        one, two = (claim.side(claim.event.trigger, claim.origin) for claim in pair)
        text = f"{says(one)} is the source of “{one.quote}”; the headline states it in its own voice."
        yield Difference(type="attribution", severity="medium", explanation=text, sides=(one, two))


RULES: tuple[Rule, ...] = (_polarity, _contrary, _realis, _certainty, _date, _participants, counted, _attribution)


def _by_value(told: Iterable[Claim], value: Callable[[Claim], str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        found[value(claim)].append(claim)
    return found


def _from_two_articles(
    ones: Sequence[Claim], others: Sequence[Claim], may: Callable[[Claim, Claim], bool] = lambda one, other: True
) -> tuple[Claim, Claim] | None:
    """The first pair, in order, of two articles that tell of one deed, in other words, and that `may` differ. Without
    it, two mentions may be of one kind of thing and not of one thing."""
    some, more = ones[:MOST_VALUES], others[:MOST_VALUES]
    pairs = (
        (a, b)
        for a in some
        for b in more
        if a.reading is not b.reading and may(a, b) and one_deed(a, b) and not same_words(a, b)
    )
    return next(pairs, None)
