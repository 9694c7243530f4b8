"""How likely two events are one, and why: a sum of named pieces of evidence.

The weights were set by hand and calibrated on the development topics of ECB+ (Cybulska & Vossen 2014), whose
figures `python -m tests.eval` prints; nothing is learnt from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kg.identify.features import ENTITY, CorpusFeatures, EventFeatures

THRESHOLD = 0.7  # below it a pair is not joined
VETO = 0.09  # a pair inside a cluster that scores below it keeps two clusters apart

_CORE = ("agent", "patient", "theme", "recipient", "topic", "beneficiary")
_SAME_TYPE, _SAME_WORD, _SAME_VAGUE_WORD = 0.20, 0.30, 0.20
_SAME_NAME, _SAME_HEAD, _SAME_ANYWHERE, _SAME_PLACE, _SAME_TIME = 0.30, 0.10, 0.15, 0.10, 0.15
_MOST_SHARED = 0.35
_OTHER: Mapping[str, float] = {"agent": 0.15, "patient": 0.05, "recipient": 0.10, "place": 0.05}
_OTHER_TIME, _OTHER_TIME_AND_PEOPLE, _NEXT_DAY, _FAR_APART, _YEARS_APART = 0.40, 2.00, 0.10, 0.25, 0.60
_ARTICLES, _SENTENCES = 0.35, 0.25
_ALIKE = 0.17  # the cosine above which two articles are taken to tell one story
_OTHER_COMPANY, _OTHER_SAYING, _OTHER_CONTENT = 0.40, 1.00, 0.30
_SAME_CONTENT, _SAME_STORY = 0.3, 0.6  # of the shorter sentence's words
_LONG, _VERY_LONG = 45, 180  # days between two articles after which news of one name is usually of another event
_MISTAKEN = 14  # days by which two reports of one event may differ; further apart they are two events
_VAGUE = frozenset({"Event", "State", "Possess", "Want", "Begin", "End", "Relate", "Work", "Move", "Show", "Believe"})


def pair_score(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> tuple[float, tuple[str, ...]]:
    """A score of at most 1, and the evidence for it in short English phrases."""
    parts = [
        *_predicate(one, other),
        *_participants(one, other),
        *_time(one, other),
        *_context(one, other, features),
        *_saying(one, other),
    ]
    score = sum(weight for weight, _ in parts)
    return max(0.0, min(1.0, round(score, 4))), tuple(phrase for weight, phrase in parts if phrase and weight > 0)


def _predicate(one: EventFeatures, other: EventFeatures) -> Iterator[tuple[float, str]]:
    if one.kind == other.kind and one.kind not in _VAGUE:
        yield _SAME_TYPE, f"same type {one.kind}"
    if one.stem == other.stem:
        yield _SAME_VAGUE_WORD if one.kind in _VAGUE - {"Event"} else _SAME_WORD, f"same word {one.lemma}"


def _participants(one: EventFeatures, other: EventFeatures) -> Iterator[tuple[float, str]]:
    shared = 0.0
    for role in _CORE:
        here, there = one.roles.get(role, frozenset()), other.roles.get(role, frozenset())
        if _other_company(here, there):
            yield -_OTHER_COMPANY, ""
        elif here & there:
            shared += _SAME_NAME if _named(here & there) else _SAME_HEAD
        elif _named(here) and _named(there) and not (here & other.participants or there & one.participants):
            yield -_OTHER.get(role, 0.0), ""
    if not shared and (one.participants | one.sources) & (other.participants | other.sources):
        shared = _SAME_ANYWHERE
    if shared:
        yield min(shared, _MOST_SHARED), "shared participants"
    here, there = one.roles.get("place", frozenset()), other.roles.get("place", frozenset())
    if here & there:
        yield _SAME_PLACE, "same place"
    elif _named(here) and _named(there):
        yield -_OTHER["place"], ""


def _other_company(here: frozenset[str], there: frozenset[str]) -> bool:
    """Two named parties each, and only a minority of all in common: A met B, A met C."""
    ours, theirs = ({key for key in keys if key.startswith(ENTITY)} for keys in (here, there))
    return len(ours) > 1 and len(theirs) > 1 and 2 * len(ours & theirs) < len(ours | theirs)


def _saying(one: EventFeatures, other: EventFeatures) -> Iterator[tuple[float, str]]:
    """Two sayings are one only when the same source says the same; that both are sayings is no evidence."""
    if not (one.says and other.says):
        return
    here, there = one.roles.get("agent", frozenset()), other.roles.get("agent", frozenset())
    shorter = min(len(one.context), len(other.context))
    alike = len(one.context & other.context) / shorter if shorter else 0.0
    described = here and there and _named(here) != _named(there)  # "a foreign service" may be the CIA
    if not here & there and not (described and alike >= _SAME_STORY):
        yield -_OTHER_SAYING, ""
    elif alike < _SAME_CONTENT:
        yield -_OTHER_CONTENT, ""


def _named(keys: frozenset[str]) -> bool:
    return any(key.startswith(ENTITY) for key in keys)


def _time(one: EventFeatures, other: EventFeatures) -> Iterator[tuple[float, str]]:
    if one.days and other.days:
        gap = _gap(one.days[0], other.days[0])
        if one.days[0] < other.days[1] and other.days[0] < one.days[1]:
            yield _SAME_TIME, "same time"
        elif gap <= 1:
            yield -_NEXT_DAY, ""
        else:
            mistaken = gap <= _MISTAKEN and _named(one.participants & other.participants)
            yield -(_OTHER_TIME if mistaken else _OTHER_TIME_AND_PEOPLE), ""
    elif one.published and other.published:
        gap = _gap(one.published, other.published)
        yield -(_YEARS_APART if gap > _VERY_LONG else _FAR_APART if gap > _LONG else 0.0), ""


def _gap(one: str, other: str) -> int:
    """Days between two ISO dates; large where one is no plain date."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return _LONG + 1


def _context(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> Iterator[tuple[float, str]]:
    alike = features.similarity(one.article, other.article)
    yield _ARTICLES * min(1.0, alike / _ALIKE), "articles alike" if alike > _ALIKE / 2 else ""
    smaller = min(len(one.context), len(other.context))
    if smaller and one.article != other.article:
        overlap = len(one.context & other.context) / smaller
        yield _SENTENCES * overlap, "sentences alike" if overlap > 0.3 else ""
