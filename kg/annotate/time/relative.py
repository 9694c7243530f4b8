"""Dates reckoned from the article's date (yesterday, last week) or from the last date told (the next day)."""

from __future__ import annotations

from datetime import date, timedelta

from kg.annotate.time.days import closest, weekday_near
from kg.annotate.time.grammar import Groups, Meaning, Scene, dated, granularity_of, unresolved, vague
from kg.annotate.time.periods import UNITS, Period, Unit, period_at, shift

_LENGTHS: dict[Unit, int] = {"day": 1, "week": 7, "weekend": 7, "month": 31, "quarter": 92, "season": 92, "half": 184}
_OVER = frozenset("over in during within for throughout".split())


def calendar_unit(unit: str) -> Unit | None:
    return unit if unit in UNITS else None  # type: ignore[return-value]  # checked


def deictic(groups: Groups, scene: Scene) -> Meaning | None:
    """Today, yesterday, the day before yesterday."""
    if scene.in_a_name:
        return None
    if scene.published is None:
        return unresolved("", "day")
    offset = int(groups["t"]) + int(groups.get("more", 0))
    return dated(shift(Period(scene.published, "day"), offset), "published")


def weekday(groups: Groups, scene: Scene) -> Meaning | None:
    """The nearest day of that name not after the article's, today included; not before it in the future."""
    number = int(groups["w"])
    after = scene.words[scene.last + 1 : scene.last + 2]
    if scene.text(-1) == "the" and after and after[0].capital:
        return None  # the Sunday Times
    if scene.published is None:
        return unresolved(f"XXXX-WXX-{number}", "day")
    relation = groups.get("r")
    if relation is None:
        return dated(Period(weekday_near(scene.published, number, scene.direction()), "day"), "published")
    week = timedelta(days=7)
    if relation == "1":
        day = weekday_near(scene.published + timedelta(days=1), number, 1)
    elif relation == "-1":
        day = weekday_near(scene.published - timedelta(days=1), number, -1)
    else:
        day = period_at(scene.published, "week").start + timedelta(days=number - 1)
        if scene.direction() > 0 and day < scene.published:
            day += week
    return dated(Period(day, "day"), "published")


def narrative_weekday(groups: Groups, scene: Scene) -> Meaning | None:
    """'the following Monday': from the last day told."""
    told = told_day(scene, "day")
    if told is None:
        return unresolved(f"XXXX-WXX-{groups['w']}", "day")
    step = int(groups["r"])
    return dated(Period(weekday_near(told + timedelta(days=step), int(groups["w"]), step), "day"), "narrative")


def weekday_of_week(groups: Groups, scene: Scene) -> Meaning | None:
    """'Tuesday of last week'."""
    if scene.published is None:
        return unresolved(f"XXXX-WXX-{groups['w']}", "day")
    week = shift(period_at(scene.published, "week"), int(groups["r"]))
    return dated(Period(week.start + timedelta(days=int(groups["w"]) - 1), "day"), "published")


def relative_unit(groups: Groups, scene: Scene) -> Meaning | None:
    """Last week, this month, next year, this weekend."""
    unit, offset = calendar_unit(groups["u"]), int(groups.get("r", 0))
    if unit is None or unit == "day":
        return None
    the = scene.words[scene.first].text == "the"
    if offset and the and unit not in {"quarter", "century"} and scene.text(-1) in _OVER:
        return None  # a stretch of time: see durations
    if scene.published is None:
        return unresolved("", granularity_of(unit))
    period = period_at(scene.published, unit)
    if unit == "weekend" and offset == 0 and scene.direction() < 0 and period.start > scene.published:
        offset = -1
    return dated(shift(period, offset), "published")


def the_weekend(groups: Groups, scene: Scene) -> Meaning | None:
    """'over the weekend': the last one, the next one when the verb looks ahead."""
    if groups["u"] != "weekend" or scene.text(1) == "of":
        return None
    if scene.published is None:
        return unresolved("", "day")
    period = period_at(scene.published, "weekend")
    past = scene.direction() <= 0 and period.start > scene.published
    return dated(shift(period, -1) if past else period, "published")


def narrative_unit(groups: Groups, scene: Scene) -> Meaning | None:
    """The next day, the previous year, that month, the same day: reckoned from the last date told."""
    unit = calendar_unit(groups["u"])
    if unit is None:
        return None
    told = told_day(scene, unit)
    if told is None:
        return unresolved("", granularity_of(unit))
    return dated(shift(period_at(told, unit), int(groups.get("r", 0))), "narrative")


def told_day(scene: Scene, unit: Unit) -> date | None:
    """The last date told; None where it is coarser than the unit; the article's where none was told of late."""
    if scene.narrative is None:
        return scene.published
    length = (scene.narrative.end - scene.narrative.start).days
    return scene.narrative.start if length <= _LENGTHS.get(unit, 366) else None


def month_of_narrative_year(groups: Groups, scene: Scene) -> Meaning | None:
    """'December of that year', 'June of the following year'."""
    year = narrative_unit({"u": "year", "r": groups["r"]}, scene)
    if year is None or year.period is None:
        return unresolved(f"XXXX-{int(groups['m']):02d}", "month")
    return dated(Period(date(year.period.start.year, int(groups["m"]), 1), "month"), "narrative")


def relative_month(groups: Groups, scene: Scene) -> Meaning | None:
    """Last October, next June, this May."""
    month, relation = int(groups["m"]), int(groups["r"])
    if scene.published is None:
        return unresolved(f"XXXX-{month:02d}", "month")
    this = period_at(scene.published, "month").start
    if relation == 0:
        return dated(Period(date(this.year, month, 1), "month"), "published")
    start = shift(Period(this, "month"), relation).start
    period = closest(lambda year: Period(date(year, month, 1), "month"), start, relation, None)
    return dated(period, "published") if period else None


def mod_unit(groups: Groups, scene: Scene) -> Meaning | None:
    """'the end of the year', 'mid-month', 'later in the week': a part of the current one; of the day told."""
    if groups["u"] == "day":
        return narrative_unit(groups, scene) if "adverb" in groups else None
    whole = relative_unit({"u": groups["u"], "r": "0"}, scene)
    return dated(whole.period, whole.anchor, groups["m"]) if whole and whole.period else whole


def reference(value: str, scene: Scene) -> Meaning | None:
    """Now, recently, soon; not in a compound ('the soon-to-open terminal')."""
    measuring = scene.text(1) in {"as", "before", "after"} or scene.text(-1) in {"as", "too"}  # "soon after"
    return None if scene.in_a_compound or measuring else vague(value)


def in_the_past(groups: Groups, scene: Scene) -> Meaning | None:
    """'in the past'; not 'in the past decade'."""
    measured = any(scene.value(1, category) for category in ("UNIT", "UNITS", "NUM", "VAGUE"))
    return None if measured else vague("PAST_REF")
