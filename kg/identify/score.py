"""How likely two events are one, and why: a sum of named pieces of evidence.

The weights were set by hand and calibrated on the development topics of ECB+ (Cybulska & Vossen 2014), whose
figures `python -m tests.eval` prints; nothing is learnt from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kg.identify.features import CorpusFeatures, EventFeatures

THRESHOLD = 0.7  # below it a pair is not joined
VETO = 0.09  # a pair inside a cluster that scores below it keeps two clusters apart

_NONE: frozenset[str] = frozenset()
_CORE = frozenset({"agent", "patient", "theme", "recipient", "topic", "beneficiary"})
_SAME_TYPE, _SAME_WORD = 0.20, 0.30
_SAME_NAME, _SAME_HEAD, _SAME_ANYWHERE, _SAME_PLACE, _SAME_TIME = 0.30, 0.10, 0.15, 0.10, 0.15
_MOST_SHARED = 0.35
_OTHER: Mapping[str, float] = {"agent": 0.25, "patient": 0.05, "recipient": 0.10, "place": 0.05}
_OTHER_TIME, _OTHER_TIME_AND_PEOPLE, _NEXT_DAY, _FAR_APART, _YEARS_APART = 0.40, 2.00, 0.10, 0.25, 2.00
_ARTICLES, _SENTENCES = 0.35, 0.25
_ALIKE = 0.14  # the cosine above which two articles are taken to tell one story
_OTHER_COMPANY, _OTHER_SAYING, _OTHER_CONTENT = 0.40, 1.00, 0.30
_SAME_CONTENT, _SAME_STORY = 0.3, 0.6  # of the shorter sentence's words
_LONG, _VERY_LONG = 45, 180  # days between two articles after which news of one name is usually of another event
_MISTAKEN = 14  # days by which two reports of one event may differ; further apart they are two events
_VAGUE = frozenset({"Event", "State", "Possess", "Want", "Begin", "End", "Relate", "Work", "Move", "Show", "Believe"})


def pair_score(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> float:
    """A score of 0 to 1."""
    return max(0.0, min(1.0, round(sum(_weights(one, other, features)), 4)))


def evidence(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> tuple[str, ...]:
    """What speaks for a pair, in short English phrases."""
    same_type, same_word, place, people, time, articles, sentences, *_ = _weights(one, other, features)
    phrases = {
        f"same type {one.kind}": same_type > 0,
        f"same word {one.lemma}": same_word > 0,
        "same place": place > 0,
        "shared participants": people > 0,
        "same time": time > 0,
        "articles alike": articles > 0.5 * _ARTICLES,
        "sentences alike": sentences > 0.3 * _SENTENCES,
    }
    return tuple(phrase for phrase, holds in phrases.items() if holds)


def _weights(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> tuple[float, ...]:
    """Type, word, place, participants, time, articles, sentences; and what speaks against: company, sayings.

    Most of what identity costs is spent here, some thousand times for an article.
    """
    place, people, company = _participants(one, other)
    shorter = min(len(one.context), len(other.context))
    overlap = len(one.context & other.context) / shorter if shorter else 0.0
    return (
        _SAME_TYPE if one.kind == other.kind and one.kind not in _VAGUE else 0.0,
        _SAME_WORD if one.stem == other.stem else 0.0,
        place,
        people,
        _time(one, other),
        _ARTICLES * min(1.0, features.similarity(one.article, other.article) / _ALIKE),
        _SENTENCES * overlap if one.article != other.article else 0.0,
        company,
        _saying(one, other, overlap) if one.says and other.says else 0.0,
    )


def _participants(one: EventFeatures, other: EventFeatures) -> tuple[float, float, float]:
    """What the place, the participants they share, and those they do not, weigh."""
    place = shared = against = 0.0
    for role, heads in one.roles.items():
        if role not in other.roles:
            continue
        names, others = one.named.get(role, _NONE), other.named.get(role, _NONE)
        if role == "place":
            if not heads.isdisjoint(other.roles[role]):
                place = _SAME_PLACE
            elif names and others:
                place = -_OTHER[role]
        elif role in _CORE:
            if len(names) > 1 and len(others) > 1 and 2 * len(names & others) < len(names | others):
                against -= _OTHER_COMPANY  # A met B, A met C
            elif not names.isdisjoint(others):
                shared += _SAME_NAME
            elif not heads.isdisjoint(other.roles[role]):
                shared += _SAME_HEAD
            elif role in _OTHER and names and others and not (names & other.participants or others & one.participants):
                against -= _OTHER[role]
    if not shared and not one.around.isdisjoint(other.around):
        shared = _SAME_ANYWHERE
    return place, min(shared, _MOST_SHARED), against


def _saying(one: EventFeatures, other: EventFeatures, alike: float) -> float:
    """Two sayings are one only when the same source says the same; that both are sayings is no evidence."""
    here, there = one.roles.get("agent", _NONE), other.roles.get("agent", _NONE)
    described = here and there and ("agent" in one.named) != ("agent" in other.named)  # "a foreign service": the CIA?
    if here.isdisjoint(there) and not (described and alike >= _SAME_STORY):
        return -_OTHER_SAYING
    return -_OTHER_CONTENT if alike < _SAME_CONTENT else 0.0


def _time(one: EventFeatures, other: EventFeatures) -> float:
    if one.days and other.days:
        if one.days[0] < other.days[1] and other.days[0] < one.days[1]:
            return _SAME_TIME
        gap = _gap(one.days[0], other.days[0])
        if gap <= 1:
            return -_NEXT_DAY
        names = frozenset().union(*one.named.values())
        mistaken = gap <= _MISTAKEN and not names.isdisjoint(other.participants)
        return -(_OTHER_TIME if mistaken else _OTHER_TIME_AND_PEOPLE)
    if one.published and other.published:
        gap = _gap(_when(one), _when(other))
        if gap > _VERY_LONG and not (_looks_back(one) or _looks_back(other)):
            return -_YEARS_APART
        return -_FAR_APART if gap > _LONG else 0.0
    return 0.0


def _when(event: EventFeatures) -> str:
    """The stated day, else that of the report: news is of late."""
    return event.days[0] if event.days else event.published


def _looks_back(event: EventFeatures) -> bool:
    return event.days is not None and _gap(event.days[0], event.published) > _LONG


@lru_cache(maxsize=100_000)
def _gap(one: str, other: str) -> int:
    """Days between two ISO dates; large where one is no plain date."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return _LONG + 1
