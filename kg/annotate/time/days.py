"""Days that are named by a rule: holidays, the third Monday of a month, the nearest day of that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import MINYEAR, date, timedelta

from kg.annotate.time.periods import Period

_PAST_LIKELIER = 3  # a day three times as far ahead as another is behind is as likely meant
_JUST_GONE, _FAR_AHEAD = 60, 270  # days
_WEEKDAY_RULE = re.compile(r"(\d\d) (\d) (-?\d)(?: ([+-]\d+))?")


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    q = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + q - 7 * ((a + 11 * h + 22 * q) // 451) + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date | None:
    """The `count`-th weekday (1 Monday ... 7 Sunday) of a month, from the end when negative; None beyond it."""
    if count > 0:
        first = date(year, month, 1)
        day = 1 + (weekday - 1 - first.weekday()) % 7 + 7 * (count - 1)
        return safe_date(year, month, day)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday + 1) % 7 + 7 * (-count - 1))


def holiday(rule: str, year: int) -> date | None:
    """The day that a rule of `seeds/times.tsv` names in a year: `12-25`, `easter-2`, `11 4 4 +1`."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:] or 0))
    if found := _WEEKDAY_RULE.fullmatch(rule):
        month, weekday, count, offset = found.groups()
        day = nth_weekday(year, int(month), int(weekday), int(count))
        return day + timedelta(days=int(offset or 0)) if day else None
    return safe_date(year, *map(int, rule.split("-")))


def closest(
    by_year: Callable[[int], Period | None], published: date, direction: int, otherwise: int | None
) -> Period | None:
    """Which year's period is meant: the last one begun for direction -1, the first not over for 1; for 0 as
    `otherwise` says, and when that is None the nearest, the past being likelier."""
    years: Iterable[int] = range(max(published.year - 8, MINYEAR), published.year + 9)  # 29 February: eight years
    periods = [period for year in years if (period := by_year(year))]
    past = next((period for period in reversed(periods) if period.start <= published), None)
    ahead = next((period for period in periods if period.end > published), None)
    direction = direction or otherwise or 0
    if direction < 0 or not ahead or not past:
        return past if direction < 0 or not ahead else ahead
    gone, left = (published - past.start).days, (ahead.start - published).days
    if direction > 0:  # "a bombing was planned for December 16": two days ago rather than in a year
        return past if gone < _JUST_GONE and left > _FAR_AHEAD else ahead
    return ahead if left * _PAST_LIKELIER < gone else past


def weekday_near(published: date, weekday: int, direction: int) -> date:
    """The nearest day of that name not after the date (for 1: not before it)."""
    if direction > 0:
        return published + timedelta(days=(weekday - 1 - published.weekday()) % 7)
    return published - timedelta(days=(published.weekday() - weekday + 1) % 7)
