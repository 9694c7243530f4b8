"""Whether two claims about one thing can differ on it: whether they speak of one matter.

What was joined is one thing only more likely than not. Before two tellings are said to differ, they must have something
in common besides the word, and nothing that tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from kg.compare.claims import Claim
from kg.gazetteer import current
from kg.identify.features import FEW_WORDS, OBJECTS, content_words, stem
from kg.identify.kin import kin
from kg.identify.shares import share

AGENT = ("agent",)
_ALIKE = 0.5  # of the shorter sentence's words
_USUAL = 0.05  # of news articles have an event of such a word; then its object must agree as well
_LONG = 45  # days between what is told and a report of it after which they are two events
_WEEK = 7  # days between two reports that may count one crowd


def one_voice(one: Claim, other: Claim) -> bool:
    """One article on one word: what differs there is more likely two things than one thing told twice."""
    return one.reading is other.reading and one.origin == other.origin


def common_ground(one: Claim, other: Claim, asked: str = "") -> bool:
    """Whether two claims speak of one matter, so that they can differ on it: a named participant or half a sentence in
    common, no two objects, and no contraries. `asked` is the role on which they are compared, which need not agree."""
    if contrary(one, other):
        return False
    objects = [role for role in OBJECTS if role != asked]
    parties = bool(one.parties & other.parties)
    named = objects if parties or asked == "agent" else (*AGENT, *objects)
    if any(apart(names_of(one, role), names_of(other, role)) for role in named):
        return False
    near = parties or _alike(one, other)
    filled = (*objects, "attribute")  # of "is" the object is what something is
    # "made an offer", "made no bones" are no contradiction
    if (_usual(one) or not near) and any(apart(words_of(one, role), words_of(other, role)) for role in filled):
        return False
    return near or all(_fills(one, roles) & _fills(other, roles) for roles in (AGENT, OBJECTS))


def contrary(one: Claim, other: Claim) -> bool:
    """Whether two claims are of types that exclude each other: "was dismissed", "resigned"."""
    tie = kin(one.event.kind, other.event.kind)
    return tie is not None and tie.contrary


def excludes(one: Claim, other: Claim) -> bool:
    """Whether two reports of one week tell what cannot both be: of one person, or of one thing by one person."""
    tie = kin(one.event.kind, other.event.kind)
    if tie is None or not tie.contrary or {one.event.lemma, other.event.lemma} & tie.less:
        return False
    if not names_of(one, tie.role) & names_of(other, tie.other_role) or not same_time(one, other):
        return False
    if one.date and other.date and days_between(one.date, other.date) > _WEEK:
        return False
    things = (*OBJECTS, "recipient")
    return not tie.by_object or bool(_fills(one, things) & _fills(other, things))


def one_deed(one: Claim, other: Claim, asked: str = "") -> bool:
    """Whether two claims tell of one deed and not of two of one sort: half a sentence in common, or who does it and
    what it is done to as far as both say; in the same word or of the same object, and at no two places or times. Who
    denies the whole has other words for it."""
    if not common_ground(one, other, asked) or not same_time(one, other) or other_place(one, other):
        return False
    sides = [roles for roles in (AGENT, OBJECTS, ("recipient",), ("attribute",)) if asked not in roles]
    told = {roles: (_fills(one, roles), _fills(other, roles)) for roles in sides}
    met = {roles: here & there for roles, (here, there) in told.items() if here and there}
    one_word = stem(one.event.lemma) == stem(other.event.lemma)
    object_met = bool(met.get(OBJECTS) or met.get(("attribute",)))
    if _alike(one, other):  # whatever its object is called: "the plane", "the airliner"
        return one_word or object_met
    if denies_all(one, other) or denies_all(other, one):
        return True
    if not all(met.values()) or not (object_met if _usual(one) else one_word or object_met):
        return False
    if not asked and any(bool(told[roles][0]) != bool(told[roles][1]) for roles in (OBJECTS, ("attribute",))):
        return False
    return len(met) > 1 or bool(met and one.parties & other.parties)


def denies_all(denied: Claim, told: Claim) -> bool:
    """Whether a claim denies that its agent, whom the other names as well, did anything of a type: "there was no
    Russian intervention"."""
    if denied.event.polarity != "negative" or denied.days or _fills(denied, (*OBJECTS, "recipient", "attribute")):
        return False
    alike = denied.event.kind == told.event.kind != "Event" and not told.says and told.event.polarity == "positive"
    return alike and bool(names_of(denied, "agent") & names_of(told, "agent"))


def rivals(one: Claim, other: Claim, asked: str) -> bool:
    """Whether two claims that name different fillers of a role leave no room for both. That A was arrested is no
    contradiction of B's arrest; that another arrested A is, unless one report speaks of both."""
    here, there = _struck(one, other), _struck(other, one)
    if asked == "patient" or here != there or not same_time(one, other):
        return False
    if here:  # each may have struck the other
        return asked == "agent"
    if not common_ground(one, other, asked):
        return False
    if asked == "recipient" and _one_gesture(one, other):
        return True
    if speaks_of(one, other, asked) or speaks_of(other, one, asked):
        return False
    of_one_thing = asked == "agent" and bool(_fills(one, OBJECTS) & _fills(other, OBJECTS))
    return asked == "place" or of_one_thing or _alike(one, other)


def _one_gesture(one: Claim, other: Claim) -> bool:
    """Whether one party does the same to somebody in both claims, and that is all there is to it: thanks, a warning."""
    alike = one.event.kind == other.event.kind != "Event" and not one.says and not other.says
    things = any(_fills(claim, (*OBJECTS, "topic")) for claim in (one, other))
    return alike and not things and bool(names_of(one, "agent") & names_of(other, "agent"))


def one_count(one: Claim, other: Claim, asked: str) -> bool:
    """Whether two claims count the same: nothing but what is counted, which `asked` is filled by, tells them apart, and
    they have common ground or are two reports of one week that tell of one type of event."""
    roles = [role for role in ("agent", *OBJECTS, "recipient") if role != asked]
    if any(apart(names_of(one, role), names_of(other, role)) for role in roles):
        return False
    if not same_time(one, other) or other_place(one, other):
        return False
    return one_deed(one, other, asked) or _one_week(one, other, asked)


def as_many(one: Claim, other: Claim, asked: str) -> bool:
    """Whether two claims that count as many speak of the same ones: where they would count the same, or tell of one
    type of event at one place."""
    at_one_place = one.event.kind == other.event.kind != "Event" and bool(one.places.keys() & other.places.keys())
    may = at_one_place and same_time(one, other) and not _other_objects(one, other, asked)
    return may or one_count(one, other, asked)


def _one_week(one: Claim, other: Claim, asked: str) -> bool:
    of_one_type = one.event.kind == other.event.kind != "Event" or kin(one.event.kind, other.event.kind) is not None
    if not of_one_type or not one.date or not other.date:
        return False
    return days_between(one.date, other.date) <= _WEEK and not _other_objects(one, other, asked)


def _other_objects(one: Claim, other: Claim, asked: str) -> bool:
    """Whether something other than what is asked is done to two things."""
    return any(apart(words_of(one, role), words_of(other, role)) for role in OBJECTS if role != asked)


def misdated(one: Claim, other: Claim) -> bool:
    """Whether two claims of two days are of one event: years apart are two events, unless all the rest is alike."""
    if of_others(one, other) or not common_ground(one, other):
        return False
    return days_between(one.days[0], other.days[0]) <= _LONG or _alike(one, other)


def same_time(one: Claim, other: Claim) -> bool:
    """Whether two claims may be of one time: no two days, and no day long before the other's report. A denial without a
    day is of whatever time."""
    if any(claim.event.polarity == "negative" and not claim.scene_days for claim in (one, other)):
        return True
    here, there = one.scene_days, other.scene_days
    if here and there:
        return here[0] < there[1] and there[0] < here[1]
    if (one.days or other.days) and one.date and other.date:
        return days_between(one.date, other.date) <= _LONG
    return True


def other_place(one: Claim, other: Claim) -> bool:
    """Whether it is told of two places: on the way to two, in sentences that name two, or in one that a sentence turns
    to ("In Bergen, ...") and the other report never speaks of."""
    if any(apart(names_of(one, role), names_of(other, role)) for role in ("destination", "origin")):
        return True
    pairs = (one.places, other.places), (one.turns_to, other.article_places), (other.turns_to, one.article_places)
    return any(_elsewhere(here, there) for here, there in pairs)


def _elsewhere(here: Mapping[str, str], there: Mapping[str, str]) -> bool:
    """Whether there are places on both sides, none that is another's or holds it."""
    return apart(frozenset(here), frozenset(there)) and not part_of(tuple(here.values()), tuple(there.values()))


def same_words(one: Claim, other: Claim) -> bool:
    """Whether two sentences have the same words: then what differs is how we read them."""
    return _words(one) == _words(other)


def of_others(one: Claim, other: Claim) -> bool:
    """Whether two claims share no party and tell of different objects: two arrests on two days, not one arrest."""
    objects = any(apart(words_of(one, role), words_of(other, role)) for role in OBJECTS)
    return objects and not one.parties & other.parties


def part_of(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one side names a country and the other only what belongs to it: its city, its service, its head."""
    return any(_belongs(a, b) or _belongs(b, a) for a in ones for b in others)


def apart(here: frozenset[str], there: frozenset[str]) -> bool:
    return bool(here) and bool(there) and here.isdisjoint(there)


def names_of(claim: Claim, role: str) -> frozenset[str]:
    """The named entities that fill a role."""
    return frozenset(iri for one in claim.fillers.get(role, ()) for iri, _ in claim.named(one))


def words_of(claim: Claim, role: str) -> frozenset[str]:
    """What fills a role, by name or by its head word."""
    fillers = [one for one in claim.fillers.get(role, ()) if not claim.by_pronoun(one)]
    return names_of(claim, role).union(stem(one.head.of(claim.reading.article.text)) for one in fillers)


def _struck(one: Claim, other: Claim) -> bool:
    """Whether who acts in one claim is acted on in the other, and nothing is in both. Each may have struck the other;
    but "Falck, which Ulm owns" and "the ship that Falck owns" are two owners of two things."""
    shared = any(names_of(one, role) & names_of(other, role) for role in OBJECTS)
    return not shared and any(names_of(one, "agent") & names_of(other, role) for role in OBJECTS)


def speaks_of(one: Claim, other: Claim, role: str) -> bool:
    """Whether one sentence has the name of who fills a role in the other claim."""
    words = _words(one)
    labels = (entity.label for filler in other.fillers.get(role, ()) for _, entity in other.named(filler))
    return any(word in words for label in labels for word in re.findall(r"\w+", label.casefold())[-1:])


def _usual(claim: Claim) -> bool:
    return share("stem", stem(claim.event.lemma)) > _USUAL


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", claim.sentence.casefold()))


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims share half a sentence."""
    ours, theirs = content_words(one.sentence), content_words(other.sentence)
    return len(ours & theirs) >= _ALIKE * max(min(len(ours), len(theirs)), FEW_WORDS)


def _fills(claim: Claim, roles: Iterable[str]) -> frozenset[str]:
    return frozenset(word for role in roles for word in words_of(claim, role))


def days_between(one: str, other: str) -> int:
    """Days between two ISO dates; none where one is no plain date."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 0


def _belongs(part: str, whole: str) -> bool:
    names = current()
    country = names.row(whole)
    return country is not None and any(
        row.country and row.country in (country.label, country.country) and country.cls in ("state", "government")
        for row, _ in names.lookup(part)
    )
