"""The grammar of durations, distances and sets: two years, three days ago, every Monday, 15 a year."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kg.annotate.time.days import weekday_near
from kg.annotate.time.grammar import Groups, Meaning, Rule, Scene, dated, lasting, recurring, rule, unresolved, vague
from kg.annotate.time.periods import Period, add, period_at
from kg.annotate.time.relative import told_day


class _Measure(NamedTuple):
    """How a unit counts: TIMEX designator, how many of it, and the calendar unit that dates so far are told in."""

    letter: str
    times: int
    unit: str


_MEASURES = {
    "second": _Measure("TS", 1, ""), "minute": _Measure("TM", 1, ""), "hour": _Measure("TH", 1, ""),
    "day": _Measure("D", 1, "day"), "week": _Measure("W", 1, "week"), "month": _Measure("M", 1, "month"),
    "quarter": _Measure("M", 3, "month"), "year": _Measure("Y", 1, "year"), "decade": _Measure("Y", 10, "year"),
    "century": _Measure("Y", 100, "year"), "weekend": _Measure("D", 2, "day"),
    "2 week": _Measure("W", 2, "week"), "6 month": _Measure("M", 6, "month"), "1000 year": _Measure("Y", 1000, "year"),
}
_OPEN = frozenset("for in over within during after of by through across took spent last lasted lasting since".split())
_AHEAD = frozenset("ago later earlier before after of".split())
_OVER = frozenset("over in during within for throughout".split())
RELATING = "relating"  # the anchor of a distance to something that is told after it
_RELATING = frozenset({"before", "after", "prior"})  # with a noun or clause after them they only measure
_PAST_NOUN = frozenset("in on at and when by".split())
_EVERY = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX", "weekend": "XXXX-WXX-WE"}
_COUNT_NOUNS = frozenset("once twice times percent % least most".split())


def _value(count: float | None, unit: str) -> str:
    """P2Y, PT30M, PXD: the TIMEX3 duration; an hour and a half is PT1.5H, half an hour PT30M."""
    measure = _MEASURES[unit]
    time, letter = ("T", measure.letter[1:]) if measure.letter[0] == "T" else ("", measure.letter)
    if count is None:
        return f"P{time}X{letter}"
    count *= measure.times
    if count == 0.5 and letter in {"H", "Y"}:
        count, letter = (30, "M") if letter == "H" else (6, "M")
    return f"P{time}{count:g}{letter}"


def _count(groups: Groups) -> float | None:
    number = groups.get("n")
    return float(number) if number and number.replace(".", "", 1).isdigit() else 1.0 if number == "one" else None


def duration(groups: Groups, scene: Scene) -> Meaning | None:
    """Two years, several months, a 27-year (contract); ages are none."""
    if scene.text(1) in {"old", "olds"} or (scene.text(1) == "-" and scene.text(2) in {"old", "olds"}):
        return None
    if (scene.text(1), scene.text(2)) == ("of", "age") or (scene.text(-1) == "as" and _count(groups) is None):
        return None
    if scene.text(-1) in {"$", "£", "€"} or (groups["u"] in {"second", "quarter"} and scene.text(-1) == "a"):
        return None
    return lasting(_value(_count(groups), groups["u"]))


def one(groups: Groups, scene: Scene) -> Meaning | None:
    """A week: a duration, or the rate of a set ('15 a week', 'twice a week')."""
    unit = groups["u"]
    half = 0.5 if "half" in groups else 1.5 if "more" in groups else 1.0
    if scene.text(-1) in _COUNT_NOUNS or scene.value(-1, "NUM") or scene.value(-1, "SCALE"):
        return recurring(_value(1, unit))
    if scene.in_a_compound or (unit in {"second", "quarter", "weekend", "minute"} and half == 1):
        return None
    if unit == "day" and scene.text(1) in {"when", "where", "that"}:
        return vague("FUTURE_REF") if scene.direction() > 0 else None
    return lasting(_value(half, unit))


def rate(groups: Groups, scene: Scene) -> Meaning | None:
    return recurring(_value(1, groups["u"]))


def bare(groups: Groups, scene: Scene) -> Meaning | None:
    """'for years', 'hours later', 'over the years': units without a number, where they measure."""
    if groups["u"] == "second" or (groups["u"] == "minute" and scene.text(1) == "of"):
        return None
    if scene.text(-1) in _OPEN or scene.text(1) in _AHEAD or scene.text(1) == "long" or scene.text(2) == "long":
        return lasting(_value(None, groups["u"]))
    return None


def stretch(groups: Groups, scene: Scene) -> Meaning | None:
    """The past two years, the next six months: a duration that ends or begins at the article's date."""
    unit, relation = groups["u"], int(groups["r"])
    count = _count(groups) if "n" in groups else (1.0 if "v" not in groups else None)
    measure = _MEASURES[unit]
    value = _value(count, unit)
    if scene.published is None or not measure.unit or count is None or relation == 0:
        return lasting(value)
    other = add(scene.published, relation * count * measure.times, measure.unit)
    tomorrow = add(scene.published, 1, "day")
    start, end = (add(other, 1, "day"), tomorrow) if relation < 0 else (scene.published, other)
    return lasting(value, start, end, "published")


def stretch_of_one(groups: Groups, scene: Scene) -> Meaning | None:
    """The past decade; the last year only after 'over', 'in' and the like."""
    if groups["u"] in {"second", "minute", "weekend"} or ("last" in groups and groups["u"] == "century"):
        return None
    if "last" in groups and (scene.text(-1) not in _OVER or groups["u"] in {"quarter", "day"}):
        return stretch(groups, scene) if groups["u"] == "decade" else None
    return stretch(groups, scene)


def ago(groups: Groups, scene: Scene) -> Meaning | None:
    """Two days ago, a year from now: told in the unit it is counted in."""
    return _away(groups, scene, scene.published, "published", int(groups["d"]))


def in_future(groups: Groups, scene: Scene) -> Meaning | None:
    """'in two weeks' time'; 'in two weeks' only of the future."""
    if "time" not in groups and (scene.direction() <= 0 or _MEASURES[groups["u"]].unit == ""):
        return None
    return _away(groups, scene, scene.published, "published", 1)


def from_narrative(groups: Groups, scene: Scene) -> Meaning | None:
    """Two days earlier, a year later: from the last date told. Before a noun or clause only the distance is said."""
    following = scene.text(1)
    if following == "than" or (groups["w"] in _RELATING and following[:1].isalnum() and following not in _PAST_NOUN):
        return lasting(_value(_count(groups) if "n" in groups else 1.0, groups["u"]), anchor=RELATING)
    unit = _MEASURES[groups["u"]].unit
    told = told_day(scene, unit) if unit in {"day", "week", "month", "year"} else None  # type: ignore[arg-type]
    meaning = _away(groups, scene, told, "narrative", int(groups["d"]))
    ahead = meaning and meaning.period and scene.published and meaning.period.start > scene.published
    return unresolved("", "none") if ahead and scene.direction() < 0 else meaning  # not of the last date told


def before_or_after(groups: Groups, scene: Scene, day: date) -> Meaning | None:
    """'two days before' with the day that follows: 'two days before Christmas'."""
    return _away(groups, scene, day, "narrative", int(groups["d"]))


def _away(groups: Groups, scene: Scene, anchor_day: date | None, anchor: str, sign: int) -> Meaning | None:
    measure = _MEASURES[groups["u"]]
    count = 0.5 if "half" in groups else _count(groups) if "n" in groups else (1.0 if "v" not in groups else None)
    if count is None or "plural" in groups:
        return vague("PAST_REF" if sign < 0 else "FUTURE_REF") if anchor == "published" else unresolved("", "none")
    if anchor_day is None:
        return unresolved("", "none")
    if not measure.unit:  # hours and minutes: the clock of the article is seldom known, its day is
        meaning = dated(Period(anchor_day, "day"), anchor)
        return meaning._replace(granularity="hour", period=None)
    count *= measure.times
    unit = measure.unit
    if count % 1:  # a year and a half ago: told in months
        unit, parts = {"year": ("month", 12), "month": ("day", 30), "week": ("day", 7), "day": ("day", 1)}[unit]
        count = round(count * parts)
    return dated(period_at(add(anchor_day, sign * count, unit), unit), anchor)  # type: ignore[arg-type]


def a_week_from(groups: Groups, scene: Scene) -> Meaning | None:
    """'a week ago Friday', 'two weeks from Monday'."""
    if scene.published is None:
        return unresolved(f"XXXX-WXX-{groups['w']}", "day")
    sign = int(groups["d"])
    near = weekday_near(scene.published, int(groups["w"]), sign)
    return dated(Period(add(near, sign * (_count(groups) or 1), "week"), "day"), "published")


def every(groups: Groups, scene: Scene) -> Meaning | None:
    """Every day, each October, on Fridays, every two years."""
    if "w" in groups:
        return recurring(f"XXXX-WXX-{groups['w']}")
    if "m" in groups:
        return recurring(f"XXXX-{int(groups['m']):02d}")
    if "s" in groups:
        return recurring("XXXX-" + {"3": "SP", "6": "SU", "9": "FA", "12": "WI"}[groups["s"]])
    if "p" in groups:
        return recurring("XXXX-XX-XXT" + groups["p"][:2])
    if "n" in groups:
        return recurring(_value(_count(groups), groups["u"]))
    return recurring(_EVERY.get(groups["u"]) or _value(1, groups["u"]))


def frequency(groups: Groups, scene: Scene) -> Meaning | None:
    return None if scene.in_a_name else recurring(groups["f"])


_N = "n=NUM|VAGUE"
_U = "u=UNIT|UNITS"
_KIND_OF = "more|full|whole|consecutive|straight|long|additional|extra|further|solid|calendar|business|working"

RULES: tuple[Rule, ...] = tuple(
    rule(pattern, sense)
    for pattern, sense in (
        (f"{_N} {_U}", duration),
        (f"{_N} - {_U}", duration),
        (f"{_N} {_KIND_OF} {_U}", duration),
        ("a|an|one|the full|whole|entire|extra|additional|further u=UNIT", lambda g, s: lasting(_value(1, g["u"]))),
        ("another u=UNIT", lambda g, s: lasting(_value(1, g["u"]))),
        ("all day", lambda g, s: lasting("P1D")),
        ("a|an u=UNIT", one),
        ("a single u=UNIT", lambda g, s: lasting(_value(1, g["u"]))),
        (f"{_N} -? plus {_U}", duration),
        ("half=half a|an u=UNIT", one),
        ("a half=half -? u=UNIT", one),
        ("a|an u=UNIT and a more=half", one),
        ("per u=UNIT", rate),
        ("a|an u=UNIT - long", lambda g, s: lasting(_value(1, g["u"]))),
        ("the? u=UNITS", bare),
        ("u=UNITS - long", lambda g, s: lasting(_value(None, g["u"]))),
        ("u=UNIT - long", lambda g, s: lasting(_value(1, g["u"]))),
        (f"the? r=REL|PASTING|COMING|FOLLOW {_N} {_U}", stretch),
        (f"the? {_N} r=REL|PASTING|COMING|FOLLOW u=UNITS", stretch),
        ("the r=REL|PASTING|COMING v=couple of? u=UNITS", stretch),
        ("the r=PASTING u=UNIT", stretch_of_one),
        ("the last=last u=UNIT", lambda g, s: stretch_of_one({**g, "r": "-1"}, s)),
        ("the last=next|coming u=UNIT", lambda g, s: stretch_of_one({**g, "r": "1"}, s)),
        (f"{_N} {_U} d=AGO", ago),
        ("a|an u=UNIT d=AGO", ago),
        ("half=half a|an u=UNIT d=AGO", ago),
        ("plural=UNITS d=AGO", lambda g, s: vague("PAST_REF")),
        ("n=NUM u=UNITS|UNIT and a half d=AGO", ago),
        ("n=NUM|a|an u=UNITS|UNIT d=AGO w=WEEKDAY", a_week_from),
        (f"{_N} {_U} HENCE", lambda g, s: ago({**g, "d": "1"}, s)),
        ("a|an u=UNIT HENCE", lambda g, s: ago({**g, "d": "1"}, s)),
        (f"in {_N} {_U}", in_future),
        (f"in {_N} {_U} ' time=time", in_future),
        ("in a|an u=UNIT", in_future),
        ("in a|an u=UNIT 's time=time", in_future),
        (f"{_N} {_U} d=BEFORE", lambda g, s: from_narrative({**g, "w": s.words[s.last].text}, s)),
        (f"{_N} {_U} d=AFTER", lambda g, s: from_narrative({**g, "w": s.words[s.last].text}, s)),
        ("a|an|the u=UNIT d=BEFORE", lambda g, s: from_narrative({**g, "w": s.words[s.last].text}, s)),
        ("a|an|the u=UNIT d=AFTER", lambda g, s: from_narrative({**g, "w": s.words[s.last].text}, s)),
        ("EVERY other? u=UNIT", every),
        ("EVERY n=NUM u=UNITS", every),
        ("EVERY w=WEEKDAY", every),
        ("EVERY other|second|third|fourth w=WEEKDAY", every),
        ("EVERY m=MONTH", every),
        ("EVERY s=SEASON", every),
        ("EVERY p=PART", every),
        ("w=WEEKDAYS", every),
        ("f=FREQ", frequency),
    )
)
