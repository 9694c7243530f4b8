"""How likely two events are one, and why: a sum of named pieces of evidence.

The weights were set by hand and calibrated on the development topics of ECB+ (Cybulska & Vossen 2014) and on 542 pairs
of mixed news judged by reading (`tests/eval/same.tsv`), whose figures `python -m tests.eval` prints; nothing is learnt.

Two words that meet may do so by chance, the more likely the more articles there are and the more usual the word is.
So what type and word weigh falls with the articles' likeness, and every pair is charged for the number of articles,
and for those in which such an event would stand if they had nothing to do with each other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kg.identify.features import CORE, FEW_WORDS, NONE, OBJECTS, CorpusFeatures, EventFeatures
from kg.identify.kin import kin
from kg.identify.shares import LEAST, share

THRESHOLD = 0.7  # below it a pair is not joined
VETO = 0.09  # a pair inside a cluster that scores below it keeps two clusters apart
CONSENT = 0.5  # what the pairs across two clusters score on average where the two may join

SAME_TYPE, SAME_WORD = 0.25, 0.25
STRANGERS = 0.4  # of which counts at least, however little two articles have in common
_COINCIDENCE = 0.06  # charged for each e-fold of articles that would have such an event anyway
_MIXTURE = 0.05  # for each e-fold of articles beyond a few, which may be one story's
_FEW_ARTICLES, MANY_ARTICLES = 30, 1000
_SAME_NAME, _SAME_HEAD, _SAME_ANYWHERE, SAME_PLACE, SAME_TIME = 0.20, 0.10, 0.15, 0.15, 0.15
MOST_SHARED = 0.35
_OTHER: Mapping[str, float] = {"agent": 0.25, "patient": 0.05, "recipient": 0.10, "place": 0.05}
_OTHER_TIME, _OTHER_TIME_AND_PEOPLE, NEXT_DAY, _FAR_APART, _YEARS_APART = 0.40, 2.00, 0.10, 0.25, 2.00
ARTICLES, ONE_ARTICLE, SENTENCES = 0.35, 0.20, 0.50
_STRANGER = 0.20  # for somebody who has a part in one event and whom the other's article never names
ALIKE = 0.26  # the cosine above which two articles are taken to tell one story
_OTHER_COMPANY, _OTHER_OBJECT, _OTHER_SAYING, _OTHER_CONTENT, _OTHER_MATTER = 0.40, 0.15, 1.00, 0.30, 0.60
_SAME_CONTENT, _SAME_STORY = 0.3, 0.6  # of the shorter sentence's words
_LONG, _VERY_LONG = 45, 180  # days between two articles after which news of one name is usually of another event
_MISTAKEN = 14  # days by which two reports of one event may differ; further apart they are two events
VAGUE = frozenset({"Event", "State", "Possess", "Want", "Begin", "End", "Relate", "Work", "Move", "Show", "Believe"})


def pair_score(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> float:
    """A score of 0 to 1."""
    return max(0.0, min(1.0, round(sum(_weights(one, other, features)), 4)))


def evidence(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> tuple[str, ...]:
    """What speaks for a pair, in short English phrases."""
    same_type, same_word, place, people, time, articles, sentences, *_ = _weights(one, other, features)
    phrases = {
        f"same type {one.kind}": same_type > 0 and one.kind == other.kind,
        f"{one.kind} and {other.kind} may be one": same_type > 0 and one.kind != other.kind,
        f"same word {one.lemma}": same_word > 0,
        "same place": place > 0,
        "shared participants": people > 0,
        "same time": time > 0,
        "articles alike": one.article != other.article and articles > 0.5 * ARTICLES,
        "sentences alike": sentences > 0.3 * SENTENCES,
    }
    return tuple(phrase for phrase, holds in phrases.items() if holds)


def _alike(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> tuple[float, float, float]:
    """What type, word and articles weigh."""
    alike = min(1.0, features.similarity(one.article, other.article) / ALIKE)
    story = alike if alike > STRANGERS else STRANGERS
    return (
        SAME_TYPE * story if _one_type(one, other) else -_OTHER_MATTER if _only_kin(one, other) else 0.0,
        SAME_WORD * story if one.stem == other.stem else 0.0,
        ARTICLES * alike if one.article != other.article else ONE_ARTICLE,
    )


def _one_type(one: EventFeatures, other: EventFeatures) -> bool:
    """Whether the types are one, or tell one thing of one another: contrary ones of somebody by name, of one object."""
    if one.kind == other.kind:
        return one.kind not in VAGUE
    tie = kin(one.kind, other.kind)
    if tie is None or not tie.contrary:
        return tie is not None
    if one.lemma in tie.less or other.lemma in tie.less or _time(one, other) < 0:
        return False
    if one.named.get(tie.role, NONE).isdisjoint(other.named.get(tie.other_role, NONE)):
        return False
    return not tie.by_object or not _things(one).isdisjoint(_things(other))


def _only_kin(one: EventFeatures, other: EventFeatures) -> bool:
    """Whether two events meet by types that are akin and by no word: "praised the mayor", "criticised the plan"."""
    return one.stem != other.stem and one.kind != other.kind and kin(one.kind, other.kind) is not None


def _things(event: EventFeatures) -> frozenset[str]:
    """What it is done to, of or for."""
    return frozenset().union(*(event.roles.get(role, NONE) for role in (*OBJECTS, "recipient")))


def sentences(one: EventFeatures, other: EventFeatures) -> float:
    """What the words weigh that two sentences of different articles share."""
    shorter = min(len(one.context), len(other.context))
    return SENTENCES * len(one.context & other.context) / max(shorter, FEW_WORDS)


def _weights(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> tuple[float, ...]:
    """Type, word, place, participants, time, articles, sentences; and what speaks against: company, sayings, strangers,
    chance."""
    apart = one.article != other.article
    same_type, same_word, articles = _alike(one, other, features)
    place, people, against = _participants(one, other)
    return (
        same_type,
        same_word,
        place,
        people,
        _time(one, other),
        articles,
        sentences(one, other) if apart else 0.0,
        against,
        _saying(one, other) if one.says and other.says else 0.0,
        -_STRANGER if apart and (_stranger(one, other, features) or _stranger(other, one, features)) else 0.0,
        -_chance(one, other, features.articles, strangers=not people and place <= 0) if apart else 0.0,
    )


def _chance(one: EventFeatures, other: EventFeatures, articles: int, *, strangers: bool) -> float:
    """What two events of different articles are charged, as so many articles tell many stories: for each e-fold of
    them, double where both have participants and share none; and for each e-fold of those that would have an event of
    this word, or type, anyway. More articles than some thousand no longer count: reports of one event are near in time.
    """
    twice = 2 if strangers and one.has_cast and other.has_cast else 1
    stem = one.stem if one.stem == other.stem else None
    kind = one.kind if one.kind == other.kind else None
    return twice * mixture(counted(articles)) + coincidence(counted(articles), stem, kind)


def counted(articles: int) -> int:
    """As how many articles so many count."""
    return min(articles, MANY_ARTICLES)


@lru_cache(maxsize=16)
def mixture(count: int) -> float:
    """What it counts that so many articles tell many stories."""
    return _MIXTURE * math.log(max(1.0, count / _FEW_ARTICLES))


@lru_cache(maxsize=1 << 16)
def coincidence(count: int, stem: str | None, kind: str | None) -> float:
    """What it counts that so many of them would have an event of this word, or else of this type, anyway."""
    usual = share("stem", stem) if stem is not None else share("type", kind) if kind is not None else LEAST
    return _COINCIDENCE * math.log(max(1.0, usual * count))


def _participants(one: EventFeatures, other: EventFeatures) -> tuple[float, float, float]:
    """What the place, the participants they share, and those they do not, weigh."""
    place = shared = against = 0.0
    for role, heads in one.roles.items():
        there = other.roles.get(role)
        if there is None:
            continue
        names, others = one.named.get(role, NONE), other.named.get(role, NONE)
        if role == "place":
            if not heads.isdisjoint(there):
                place = SAME_PLACE
            elif names and others:
                place = -_OTHER[role]
        elif role in CORE:
            if len(names) > 1 and len(others) > 1 and 2 * len(names & others) < len(names | others):
                against -= _OTHER_COMPANY  # A met B, A met C
            elif not names.isdisjoint(others):
                shared += _SAME_NAME
            elif not heads.isdisjoint(there):
                shared += _SAME_HEAD
            elif role in _OTHER and names and others and not (names & other.participants or others & one.participants):
                against -= _OTHER[role]
    if any(_is_other(one, other, role) for role in OBJECTS):
        against -= _OTHER_OBJECT
    if not shared and not one.around.isdisjoint(other.around):
        shared = _SAME_ANYWHERE
    return place, min(shared, MOST_SHARED), against


def _is_other(one: EventFeatures, other: EventFeatures, role: str) -> bool:
    """Whether both tell what fills a role, and each something that the other has nothing to do with: "raise taxes",
    "raise questions"."""
    here, there = one.roles.get(role, NONE), other.roles.get(role, NONE)
    if not here or not there or not here.isdisjoint(there):
        return False
    return here.isdisjoint(other.participants) and there.isdisjoint(one.participants)


def _stranger(one: EventFeatures, other: EventFeatures, features: CorpusFeatures) -> bool:
    """Whether people have a part in one event, and the other's article, where it is known, has the surname of none."""
    words = features.vectors.get(other.article) if one.surnames else None
    return words is not None and words.keys().isdisjoint(one.surnames)


def _saying(one: EventFeatures, other: EventFeatures) -> float:
    """Two sayings are one only when the same source says the same; that both are sayings is no evidence."""
    shorter = min(len(one.context), len(other.context))
    alike = len(one.context & other.context) / shorter if shorter else 0.0
    here, there = one.roles.get("agent", NONE), other.roles.get("agent", NONE)
    described = here and there and ("agent" in one.named) != ("agent" in other.named)  # "a foreign service": the CIA?
    if here.isdisjoint(there) and not (described and alike >= _SAME_STORY):
        return -_OTHER_SAYING
    return -_OTHER_CONTENT if alike < _SAME_CONTENT else 0.0


def _time(one: EventFeatures, other: EventFeatures) -> float:
    if one.days and other.days:
        if one.days[0] < other.days[1] and other.days[0] < one.days[1]:
            return SAME_TIME
        gap = _gap(one.days[0], other.days[0])
        if gap <= 1:
            return -NEXT_DAY
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
