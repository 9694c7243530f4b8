"""Calendar periods (days, ISO weeks, months, quarters ... centuries) and their TIMEX3 values.

    >>> december = period_at(date(2019, 12, 29), "month")
    >>> december.value, shift(december, 1).value, december.end.isoformat()
    ('2019-12', '2020-01', '2020-01-01')
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

Unit = Literal["day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"]
UNITS: frozenset[str] = frozenset(get_args(Unit))

_MONTHS: dict[Unit, int] = {
    "month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200,
}
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}

# where the early and the late part of a period begin, in days or months from its start
_EARLY_LATE_DAYS: dict[Unit, tuple[int, int]] = {"week": (2, 4), "month": (10, 20)}
_EARLY_LATE_MONTHS: dict[Unit, tuple[int, int]] = {
    "quarter": (1, 2), "season": (1, 2), "half": (2, 4), "year": (4, 8), "decade": (36, 84), "century": (396, 804),
}


class Period(NamedTuple):
    """A calendar period by its first day and its length."""

    start: date
    unit: Unit

    @property
    def end(self) -> date:
        """The first day after it (the last day there is, where the calendar ends)."""
        if self.unit in _MONTHS:
            return _add_months(self.start, _MONTHS[self.unit])
        return _add_days(self.start, {"day": 1, "weekend": 2, "week": 7}[self.unit])

    @property
    def value(self) -> str:
        """The TIMEX3 value: 2019-12-29, 2019-W52, 2019-W52-WE, 2019-12, 2019-Q4, 2019-WI, 2019-H2, 2019, 201, 20."""
        year = f"{self.start.year:04d}"
        if self.unit in ("week", "weekend"):
            iso = self.start.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.unit == "weekend" else "")
        return {
            "day": self.start.isoformat(),
            "month": year + f"-{self.start.month:02d}",
            "quarter": year + f"-Q{(self.start.month + 2) // 3}",
            "season": year + f"-{_SEASONS.get(self.start.month, '')}",
            "half": year + f"-H{(self.start.month + 5) // 6}",
            "year": year,
            "decade": year[:3],
            "century": year[:2],
        }[self.unit]


def period_at(day: date, unit: Unit) -> Period:
    """The period of a kind that a day lies in; for a weekend, the one of its week. Winter counts to its December."""
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday())
        return Period(_add_days(monday, 5) if unit == "weekend" else monday, unit)
    if unit == "season":
        month = day.month - day.month % 3
        return Period(date(day.year, month, 1) if month else date(max(day.year - 1, 1), 12, 1), unit)
    months = _MONTHS.get(unit)
    if months is None:
        return Period(day, unit)
    if months <= 12:
        return Period(date(day.year, (day.month - 1) // months * months + 1, 1), unit)
    years = months // 12
    return Period(date(max(day.year // years * years, 1), 1, 1), unit)


def shift(period: Period, count: int) -> Period:
    """The period `count` lengths later (earlier when negative)."""
    if period.unit in _MONTHS:
        return Period(_add_months(period.start, count * _MONTHS[period.unit]), period.unit)
    return Period(_add_days(period.start, count * {"day": 1, "weekend": 7, "week": 7}[period.unit]), period.unit)


def third(period: Period, part: str) -> tuple[date, date]:
    """The `early`, `mid` or `late` part of a period, half-open; the whole of it where nobody would say."""
    if period.unit in _EARLY_LATE_DAYS:
        first, last = (_add_days(period.start, days) for days in _EARLY_LATE_DAYS[period.unit])
    elif period.unit in _EARLY_LATE_MONTHS:
        first, last = (_add_months(period.start, months) for months in _EARLY_LATE_MONTHS[period.unit])
    else:
        return period.start, period.end
    return {"early": (period.start, first), "mid": (first, last), "late": (last, period.end)}[part]


def add(day: date, count: float, unit: str) -> date:
    """A day moved by a number of units of a duration (day, week, month, year)."""
    if unit in ("month", "year"):
        return _add_months(day, round(count * (12 if unit == "year" else 1)))
    return _add_days(day, round(count * (7 if unit == "week" else 1)))


def _add_days(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day; held inside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < 1:
        return date.min
    if year > 9999:
        return date.max
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else date.max
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
