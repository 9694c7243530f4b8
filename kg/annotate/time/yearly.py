"""What comes every year: seasons, holidays, the third Monday of a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kg.annotate.time.days import closest, holiday, nth_weekday, safe_date
from kg.annotate.time.grammar import Groups, Meaning, Scene, dated, unresolved
from kg.annotate.time.periods import Period, period_at, shift

_SEASON_CUES = frozenset("in since by until till during of through for before after every".split())


def season(groups: Groups, scene: Scene) -> Meaning | None:
    """Last summer, the winter of 2019, in spring."""
    month = int(groups["s"])
    if year := groups.get("y"):
        return dated(Period(date(int(year), month, 1), "season"), "absolute")
    if scene.published is None:
        return unresolved("XXXX-" + {3: "SP", 6: "SU", 9: "FA", 12: "WI"}[month], "season")
    relation, direction = groups.get("r"), scene.direction()
    this = period_at(scene.published, "season")

    def by_year(year: int) -> Period:
        return Period(date(year, month, 1), "season")

    if relation == "-1":
        period = closest(by_year, shift(this, -1).start, -1, None)
    elif relation == "1":
        period = closest(by_year, this.end, 1, None)
    elif relation == "0":
        period = by_year(scene.published.year - (month == 12 and scene.published.month < 3))
    else:
        period = closest(by_year, scene.published, direction, -1)
    return dated(period, "published") if period else None


def season_alone(groups: Groups, scene: Scene) -> Meaning | None:
    """'in the spring': only where a preposition makes it a time ('fall' and 'spring' are verbs too)."""
    before = -2 if scene.text(-1) == "-" else -1
    cued = scene.text(-1) in _SEASON_CUES or scene.value(before, "MOD") is not None
    return season(groups, scene) if cued and scene.tag not in {"VB", "VBP", "VBZ"} else None


def a_holiday(groups: Groups, scene: Scene) -> Meaning | None:
    """Christmas Eve, Easter Monday 2019, last Thanksgiving."""
    rule_ = groups["h"]

    def in_year(year: int) -> Period | None:
        day = holiday(rule_, year)
        return Period(day, "day") if day else None

    return _placed(in_year, groups, scene)


def holiday_season(groups: Groups, scene: Scene) -> Meaning | None:
    """The New Year's holidays: its first day as value, all its days as interval."""
    first, last = groups["h"].split("/")

    def in_year(year: int) -> Period | None:
        day = holiday(first, year)
        return Period(day, "day") if day else None

    meaning = _placed(in_year, groups, scene)
    if meaning is None or meaning.period is None:
        return meaning
    start = meaning.period.start
    end = holiday(last, start.year)
    end = holiday(last, start.year + 1) if end and end < start else end
    if end is None:
        return None
    return meaning._replace(
        value=f"{start.isoformat()}/{end.isoformat()}", end=(end + timedelta(days=1)).isoformat()
    )


def nth_of_month(groups: Groups, scene: Scene) -> Meaning | None:
    """The first Monday in May, the second week of December 2019."""
    count, month = int(groups["o"]), int(groups["m"])

    def in_year(year: int) -> Period | None:
        if "w" in groups:
            day = nth_weekday(year, month, int(groups["w"]), count) if count else None
            return Period(day, "day") if day else None
        day = safe_date(year, month, 7 * count - 3 if count > 0 else 28)  # the middle of that week
        return period_at(day, "week") if day else None

    return _placed(in_year, groups, scene)


def _placed(in_year: Callable[[int], Period | None], groups: Groups, scene: Scene) -> Meaning | None:
    """A yearly day in its year: the one told, else by the relation, else the nearest."""
    if year := groups.get("y"):
        period = in_year(int(year))
        return dated(period, "absolute") if period else None
    if scene.published is None:
        return unresolved("", "day")
    relation = int(groups.get("r") or 0)
    anchor = scene.published + timedelta(days=relation)
    near = closest(in_year, anchor, relation, None)
    if near and not relation and abs((near.start - anchor).days) > 45:  # far from now the verb's tense decides
        near = closest(in_year, anchor, scene.direction(), None)
    return dated(near, "published") if near else None
