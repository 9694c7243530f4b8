"""Where the tellings of one thing differ, typed, with both quotes.

Each rule below looks at all claims about one thing and gives the values that stand against each other. More
specific is not different: "two people" and "a man and a woman", "special services" and "the CIA", "2019" and
"December 2019" are refinements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from kg.compare.claims import Claim, Claims
from kg.gazetteer import current
from kg.identify.features import FEW_WORDS, OBJECTS, content_words, stem
from kg.identify.shares import share
from kg.ids import base_of, mint
from kg.model import Disagreement, DisagreementType, Role, Severity, Side, Span

Rule = Callable[[Sequence[Claim]], Iterator["Difference"]]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Values that stand against each other, each with one side that says so."""

    type: DisagreementType
    severity: Severity
    explanation: str
    sides: tuple[Side, ...]


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


def _says(side: Side) -> str:
    """Who says it, for an explanation: the source, through the outlet that prints it."""
    outlet = side.publisher or "one report"
    return f"{side.source}, in {outlet}," if side.source else outlet


# --- polarity, realis, certainty ---------------------------------------------------------------------------


def _polarity(told: Sequence[Claim]) -> Iterator[Difference]:
    # what was prevented or only planned is not denied
    values = _by_value([c for c in told if c.event.realis == "actual"], lambda claim: claim.event.polarity)
    pairs = (
        (a, b)
        for a in values.get("positive", [])[:_MOST_VALUES]
        for b in values.get("negative", [])[:_MOST_VALUES]
        if not _one_voice(a, b) and _common_ground(a, b)
    )
    if pair := next(pairs, None):
        yes, no = (claim.side(claim.event.trigger, claim.event.polarity) for claim in pair)
        text = f"{_says(yes)} affirms “{yes.quote}”; {_says(no)} denies it."
        yield Difference(type="polarity", severity="high", explanation=text, sides=(yes, no))


def _affirmed(claim: Claim) -> bool:
    """Told as something beyond talk, and not denied."""
    return claim.event.polarity == "positive" and not claim.says


_HAPPENED = {"actual": "happened", "planned": "planned", "attempted": "only attempted"}


def _realis(told: Sequence[Claim]) -> Iterator[Difference]:
    values = _by_value([c for c in told if _affirmed(c) and c.event.realis in _HAPPENED], lambda c: c.event.realis)
    across = {claim.reading.article.iri for claims in values.values() for claim in claims}
    if "actual" in values and len(values) > 1 and len(across) > 1:
        for other in sorted(set(values) - {"actual"}):
            pair = _from_two_articles(values["actual"], values[other])
            if pair:
                one, two = pair[0].side(pair[0].event.trigger, "actual"), pair[1].side(pair[1].event.trigger, other)
                text = f"{_says(one)} presents “{one.quote}” as having happened; {_says(two)} as {_HAPPENED[other]}."
                yield Difference(type="realis", severity="medium", explanation=text, sides=(one, two))


def _certainty(told: Sequence[Claim]) -> Iterator[Difference]:
    done = (claim for claim in told if _affirmed(claim) and claim.event.realis != "attempted")  # tried is not certain
    values = _by_value(done, lambda claim: claim.event.certainty)
    for other in ("possible", "probable"):
        pair = _from_two_articles(values.get("certain", ()), values.get(other, ()))
        if pair:
            one, two = pair[0].side(pair[0].event.trigger, "certain"), pair[1].side(pair[1].event.trigger, other)
            text = f"{_says(one)} is certain of “{one.quote}”; {_says(two)} calls it {other}."
            yield Difference(type="certainty", severity="low", explanation=text, sides=(one, two))
            return


# --- time --------------------------------------------------------------------------------------------------


def _date(told: Sequence[Claim]) -> Iterator[Difference]:
    dated = [claim for claim in told if claim.days]
    first = {(claim.days, claim.origin): claim for claim in reversed(dated)}
    for one, other in combinations(reversed(list(first.values())[-_MOST_VALUES:]), 2):
        apart = one.days[1] <= other.days[0] or other.days[1] <= one.days[0]
        if apart and not _one_voice(one, other) and not _of_others(one, other):
            sides = tuple(claim.side(_time_span(claim), claim.event.time or claim.days[0]) for claim in (one, other))
            text = f"{_says(sides[0])} dates it {sides[0].value}; {_says(sides[1])} {sides[1].value}."
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
        """Whether a counted filling is of people, whatever they are called."""
        entities = [self.claim.names.get(role.entity or "") for role in self.roles]
        return all(entity is not None and entity.kind in ("person", "group") for entity in entities)

    @property
    def heads(self) -> frozenset[str]:
        text = self.claim.reading.article.text
        return frozenset(stem(role.head.of(text)) for role in self.roles)


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
    return list(first.values())[:_MOST_VALUES]


_MOST_VALUES = 20  # of one thing; beyond that the first ones tell the story


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


def _part_of(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one side names a country and the other only what belongs to it: its city, its service, its head."""
    return any(_belongs(a, b) or _belongs(b, a) for a in ones for b in others)


def _belongs(part: str, whole: str) -> bool:
    names = current()
    country = names.row(whole)
    return country is not None and any(
        row.country and row.country in (country.label, country.country) and country.cls in ("state", "government")
        for row, _ in names.lookup(part)
    )


def _number(count: str | None) -> int | None:
    digits = (count or "").replace(",", "")
    return int(digits) if digits.isdigit() else None


def _differ(one: _Filling, other: _Filling, role: str, kind: DisagreementType, question: str) -> Difference | None:
    same = one.named & other.named or one.value.casefold() == other.value.casefold()
    if same or _one_voice(one.claim, other.claim):
        return None
    if one.named and other.named:
        if _part_of(one.labels, other.labels):
            return _told(one, other, "refinement", "low", f"One is more specific on {question}")
        if not _common_ground(one.claim, other.claim, role) or _chained(one.claim, other.claim):
            return None
        return _told(one, other, kind, "high", f"The reports differ on {question}")
    counted = one.count is not None and other.count is not None and one.count != other.count
    countable = counted and (one.heads & other.heads or (one.people and other.people))
    if countable and _common_ground(one.claim, other.claim, role):
        return _told(one, other, "number", "high", "The reports differ on how many")
    if one.claim.reading is other.claim.reading:
        return None
    if one.named or other.named or (one.count is not None and one.count == other.count):
        return _told(one, other, "refinement", "low", f"One is more specific on {question}")
    return None


def _told(one: _Filling, other: _Filling, kind: DisagreementType, severity: Severity, what: str) -> Difference:
    sides = (one.side(), other.side())
    text = f"{what}: {_says(sides[0])} has “{sides[0].quote}”, {_says(sides[1])} “{sides[1].quote}”."
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
        text = f"{_says(one)} is the source of “{one.quote}”; {bare_outlet} states it in its own voice."
        yield Difference(type="attribution", severity="medium", explanation=text, sides=(one, two))
    named = [claim for claim in said if claim.sourced]  # who names nobody differs from nobody on the source
    first = {(claim.origin, claim.reading.article.iri): claim for claim in reversed(named)}
    for one_claim, two_claim in combinations(reversed(list(first.values())[-_MOST_VALUES:]), 2):
        comparable = one_claim.reading is not two_claim.reading and _common_ground(one_claim, two_claim)
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
        text = f"{_says(one)} is the source of “{one.quote}”; the headline states it in its own voice."
        yield Difference(type="attribution", severity="medium", explanation=text, sides=(one, two))


def _one_voice(one: Claim, other: Claim) -> bool:
    """One article on one word: what differs there is more likely two things than one thing told twice."""
    return one.reading is other.reading and one.origin == other.origin


RULES: tuple[Rule, ...] = (_polarity, _realis, _certainty, _date, _participants, _attribution)


def _by_value(told: Iterable[Claim], value: Callable[[Claim], str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        found[value(claim)].append(claim)
    return found


def _from_two_articles(ones: Sequence[Claim], others: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """The first pair, in order, of two articles with common ground, a named participant or half a sentence:
    without it, two mentions may be of one kind of thing and not of one thing."""
    some, more = ones[:_MOST_VALUES], others[:_MOST_VALUES]
    pairs = ((a, b) for a in some for b in more if a.reading is not b.reading and _common_ground(a, b))
    return next(pairs, None)


_ALIKE = 0.5  # of the shorter sentence's words
_USUAL = 0.05  # of news articles have an event of such a word; then its object must agree as well


def _common_ground(one: Claim, other: Claim, asked: str = "") -> bool:
    """Whether two claims speak of one matter, so that they can differ on it: a named participant or half a sentence in
    common, and no two objects. `asked` is the role on which they are compared, which need not agree."""
    objects = [role for role in OBJECTS if role != asked]
    if any(_apart(_names(one, role), _names(other, role)) for role in objects):
        return False
    usual = share("stem", stem(one.event.lemma)) > _USUAL  # "made an offer", "made no bones" are no contradiction
    parties = bool(one.parties & other.parties)
    filled = (*objects, "attribute")  # of "is" the object is what something is
    if (usual or not parties) and any(_apart(_words(one, role), _words(other, role)) for role in filled):
        return False
    ours, theirs = content_words(one.sentence), content_words(other.sentence)
    return parties or len(ours & theirs) >= _ALIKE * max(min(len(ours), len(theirs)), FEW_WORDS)


def _of_others(one: Claim, other: Claim) -> bool:
    """Whether two claims share no party and tell of different objects: two arrests on two days, not one arrest."""
    return not one.parties & other.parties and any(_apart(_words(one, role), _words(other, role)) for role in OBJECTS)


def _chained(one: Claim, other: Claim) -> bool:
    """Whether who acts in one claim is acted on in the other and not the other way round as well: "Falck, which Ulm
    owns" and "the ship that Falck owns" are two owners of two things, while each may have struck the other."""
    shared = any(_names(one, role) & _names(other, role) for role in OBJECTS)
    here = any(_names(one, "agent") & _names(other, role) for role in OBJECTS)
    there = any(_names(other, "agent") & _names(one, role) for role in OBJECTS)
    return here != there and not shared


def _apart(here: frozenset[str], there: frozenset[str]) -> bool:
    return bool(here) and bool(there) and here.isdisjoint(there)


def _names(claim: Claim, role: str) -> frozenset[str]:
    """The named entities that fill a role."""
    return frozenset(iri for one in claim.fillers.get(role, ()) for iri, _ in claim.named(one))


def _words(claim: Claim, role: str) -> frozenset[str]:
    """What fills a role, by name or by its head word."""
    fillers = [one for one in claim.fillers.get(role, ()) if not claim.by_pronoun(one)]
    return _names(claim, role).union(stem(one.head.of(claim.reading.article.text)) for one in fillers)
