"""Dates that the calendar tells: days, months, years, quarters, decades; a missing year is the one told next to it
or the one nearest to the article's date."""

from __future__ import annotations

from datetime import date, timedelta

from kg.annotate.time.days import closest, safe_date
from kg.annotate.time.grammar import Groups, Meaning, Scene, dated, granularity_of, unresolved
from kg.annotate.time.periods import Period, Unit, period_at

_YEAR_CUES = frozenset("in since of by until till from to before after during between early mid late and".split())
_MONTH_CUES = _YEAR_CUES | frozenset("last next this for through - – every each on past a".split())
_NOT_A_YEAR = frozenset({"MONEY", "QUANTITY", "PERCENT", "PRODUCT", "FAC"})
_AMBIGUOUS_MONTHS = frozenset({"may", "march"})  # verbs, and surnames


def absolute(groups: Groups, scene: Scene) -> Meaning | None:
    """Day, month and year in words."""
    day = safe_date(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    return dated(Period(day, "day"), "absolute") if day else None


def day_of_month(groups: Groups, scene: Scene) -> Meaning | None:
    """Day and month: the year is the next one told, or the one nearest to the article's date."""
    month, day = int(groups["m"]), int(groups["d"])
    if safe_date(2000, month, day) is None or scene.text(1) == "%":
        return None

    def in_year(year: int) -> Period | None:
        found = safe_date(year, month, day)
        return Period(found, "day") if found else None

    if (year := _year_ahead(scene)) and (period := in_year(year)):
        return dated(period, "absolute")
    if scene.published is None:
        return unresolved(f"XXXX-{month:02d}-{day:02d}", "day")
    period = closest(in_year, scene.published, scene.direction(), None)
    return dated(period, "published") if period else None


def day_of_relative_year(groups: Groups, scene: Scene) -> Meaning | None:
    """'June 16 of last year'."""
    if scene.published is None:
        return unresolved(f"XXXX-{int(groups['m']):02d}-{int(groups['d']):02d}", "day")
    return absolute({**groups, "y": str(scene.published.year + int(groups["r"]))}, scene)


def day_range(groups: Groups, scene: Scene) -> Meaning | None:
    """'December 29-31': an ISO 8601 interval."""
    first, last = int(groups["d"]), int(groups["e"])
    if last <= first:
        return None
    one = day_of_month(groups, scene) if groups.get("y") is None else absolute(groups, scene)
    if one is None or one.period is None:
        return one
    end = one.period.start + timedelta(days=last - first)
    if end.month != one.period.start.month:
        return None
    return one._replace(value=f"{one.value}/{end.isoformat()}", end=(end + timedelta(days=1)).isoformat())


def month_of_year(groups: Groups, scene: Scene) -> Meaning | None:
    return dated(Period(date(int(groups["y"]), int(groups["m"]), 1), "month"), "absolute")


def month_of_relative_year(groups: Groups, scene: Scene) -> Meaning | None:
    """'June of last year'."""
    if scene.published is None:
        return unresolved(f"XXXX-{int(groups['m']):02d}", "month")
    return month_of_year({**groups, "y": str(scene.published.year + int(groups["r"]))}, scene)


def month_alone(groups: Groups, scene: Scene) -> Meaning | None:
    """A bare month: the last one begun, the next one when the verb looks ahead."""
    name = scene.words[scene.last].text
    before = scene.text(-1)
    if before in {"–", "-"}:
        before = scene.text(-2) or before
    cued = before in _MONTH_CUES or scene.value(-1, "MOD") is not None
    if scene.tag in {"MD", "VB", "VBP", "VBD"}:
        return None
    if not cued and (name in _AMBIGUOUS_MONTHS or len(name) < 4 or scene.label == "PERSON"):
        return None
    month = int(groups["m"])
    if year := _year_ahead(scene):
        return dated(Period(date(year, month, 1), "month"), "absolute")
    if scene.published is None:
        return unresolved(f"XXXX-{month:02d}", "month")
    period = closest(lambda year: Period(date(year, month, 1), "month"), scene.published, scene.direction(), None)
    return dated(period, "published") if period else None


def week_of(groups: Groups, scene: Scene) -> Meaning | None:
    """'the week of December 9'."""
    day = (absolute if "y" in groups else day_of_month)(groups, scene)
    return dated(period_at(day.period.start, "week"), day.anchor) if day and day.period else None


def _year_ahead(scene: Scene) -> int | None:
    """The year told by the second half of a range: 'June to August 2016', 'June 3 and July 5, 2016'."""
    at = scene.last + 1
    if scene.text(1) not in {"to", "and", "through", "until", "-", "–", "or", "till"}:
        return None
    at += 1
    for categories in (("MONTH", "MONTH_SHORT", "DAY"), ("DAY", "MONTH", ","), (",", "YEAR"), ("YEAR",)):
        if at >= len(scene.words):
            return None
        word = scene.words[at]
        if "YEAR" in word.values:
            return int(word.values["YEAR"]) if at > scene.last + 2 else None
        if not any(category in word.values or category == word.text for category in categories):
            return None
        at += 1
    return None


def year_alone(groups: Groups, scene: Scene) -> Meaning | None:
    """A number of four digits, where it can be a year."""
    year = int(groups["y"])
    usual = 1900 <= year <= 2050
    if scene.label in _NOT_A_YEAR or scene.text(-1) in {"$", "£", "€", "#", "no", "flight", "/"}:
        return None
    if (scene.counted and scene.label != "DATE") or scene.text(1) in {"%", "percent", "/", "°"}:
        return None
    if not usual and scene.text(-1) not in _YEAR_CUES and scene.value(-1, "MOD") is None:
        return None
    return dated(Period(date(year, 1, 1), "year"), "absolute")


def year_range(groups: Groups, scene: Scene) -> Meaning | None:
    """'2016-17': an ISO 8601 interval of years."""
    first = int(groups["r"][:4])
    last = first - first % 100 + int(groups["r"][-2:])
    if last <= first:
        return None
    return Meaning(f"{first}/{last}", "DATE", f"{first}-01-01", f"{last + 1}-01-01", "year", "absolute")


def iso_date(groups: Groups, scene: Scene) -> Meaning | None:
    text = groups["t"]
    day = safe_date(*map(int, text[:10].split("-")))
    if day is None:
        return None
    meaning = dated(Period(day, "day"), "absolute")
    if len(text) == 10:
        return meaning
    return meaning._replace(value=text.replace(" ", "T").upper(), type="TIME", granularity="minute")


def numeric_date(groups: Groups, scene: Scene) -> Meaning | None:
    """7/8/07, 31.12.2019: year first, or whichever of day and month the numbers allow; both: the one nearer to
    the article's date, month first when that does not tell."""
    a, b, c = (int(part) for part in groups["t"].replace(".", "/").split("/"))
    if a > 31:
        orders = [(a, b, c)]
    else:
        year = c + (1900 if c > 68 else 2000) if c < 100 else c
        orders = [(year, a, b), (year, b, a)] if "/" in groups["t"] else [(year, b, a)]
    days = [day for order in orders if (day := safe_date(*order))]
    if not days:
        return None
    published = scene.published
    day = min(days, key=lambda day: abs((day - published).days)) if published else days[0]
    return dated(Period(day, "day"), "absolute")


def known_day(groups: Groups, scene: Scene) -> Meaning | None:
    return dated(Period(date.fromisoformat(groups["k"]), "day"), "absolute")


def decade(groups: Groups, scene: Scene) -> Meaning | None:
    """1990s, '90s, the nineties."""
    digits = "".join(filter(str.isdigit, groups["d"]))
    named = not groups["d"][0].isdigit() or scene.words[scene.first].text == "the" or scene.value(-1, "MOD")
    if len(digits) == 2 and not named:  # "a handful of 20s"
        return None
    year = int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) > 20 else 2000 + int(digits)
    return dated(Period(date(year, 1, 1), "decade"), "absolute")


def century(groups: Groups, scene: Scene) -> Meaning | None:
    number = int(groups["o"])
    return dated(Period(date((number - 1) * 100 or 1, 1, 1), "century"), "absolute") if 1 <= number <= 30 else None


def quarter(groups: Groups, scene: Scene) -> Meaning | None:
    """The third quarter (of 2019, of last year), Q3; the first half of 2019."""
    number = int("".join(filter(str.isdigit, groups["o"])) or 0)
    unit: Unit = "half" if "half" in groups else "quarter"
    months = 6 if unit == "half" else 3
    if not 1 <= number <= 12 // months:
        return None
    year = _told_year(groups, scene)

    def by_year(year: int) -> Period:
        return Period(date(year, (number - 1) * months + 1, 1), unit)

    if year:
        return dated(by_year(year), "absolute" if groups.get("y") else "published")
    if scene.published is None:
        return unresolved(f"XXXX-{'H' if unit == 'half' else 'Q'}{number}", granularity_of(unit))
    period = closest(by_year, scene.published, scene.direction(), -1)
    return dated(period, "published") if period else None


def _told_year(groups: Groups, scene: Scene) -> int | None:
    if year := groups.get("y"):
        return int(year)
    if "r" in groups and scene.published:
        return scene.published.year + int(groups["r"])
    return None


def fiscal_year(groups: Groups, scene: Scene) -> Meaning | None:
    """Fiscal 2007, FY07, the current financial year: its months are the company's or country's own."""
    digits = "".join(filter(str.isdigit, groups.get("y", "")))
    if digits:
        return Meaning(f"FY{int(digits) + (2000 if len(digits) == 2 else 0)}", granularity="year", anchor="absolute")
    if scene.published is None:
        return unresolved("", "year")
    return Meaning(f"FY{scene.published.year + int(groups.get('r', 0))}", granularity="year", anchor="published")
