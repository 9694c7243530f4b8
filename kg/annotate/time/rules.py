"""The grammar of dates: each pattern with the function that says what it means (TIMEX3 values, TimeML 1.2.1).

Where several patterns fit, the longest wins, then the earlier in the table; a function that gives None lets
the next one try.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kg.annotate.time.days import closest, holiday, nth_weekday, safe_date, weekday_near
from kg.annotate.time.grammar import Groups, Meaning, Rule, Scene, dated, rule, unresolved, vague
from kg.annotate.time.periods import UNITS, Period, Unit, period_at, shift
from kg.model import Granularity

_YEAR_CUES = frozenset("in since of by until till from to before after during between early mid late and".split())
_MONTH_CUES = _YEAR_CUES | frozenset("last next this for through - – every each on past".split())
_OVER = frozenset("over in during within for throughout".split())
_SEASON_CUES = frozenset("in since by until till during of through for before after every".split())
_NOT_A_YEAR = frozenset({"MONEY", "QUANTITY", "PERCENT", "PRODUCT", "FAC"})
_AMBIGUOUS_MONTHS = frozenset({"may", "march"})  # verbs, and surnames


def _granularity(unit: Unit) -> Granularity:
    return "day" if unit == "weekend" else unit


def _calendar(unit: str) -> Unit | None:
    return unit if unit in UNITS else None  # type: ignore[return-value]  # checked


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
    period = closest(lambda year: Period(date(year, month, 1), "month"), scene.published, scene.direction(), -1)
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


def deictic(groups: Groups, scene: Scene) -> Meaning | None:
    """Today, yesterday, the day before yesterday."""
    if scene.published is None:
        return unresolved("", "day")
    offset = int(groups["t"]) + int(groups.get("more", 0))
    return dated(shift(Period(scene.published, "day"), offset), "published")


def weekday(groups: Groups, scene: Scene) -> Meaning | None:
    """The nearest day of that name not after the article's, today included; not before it in the future."""
    number = int(groups["w"])
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
    told = _told(scene, "day")
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
    unit, offset = _calendar(groups["u"]), int(groups.get("r", 0))
    if unit is None or unit == "day":
        return None
    the = scene.words[scene.first].text == "the"
    if offset and the and unit not in {"quarter", "century"} and scene.text(-1) in _OVER:
        return None  # a stretch of time: see durations
    if scene.published is None:
        return unresolved("", _granularity(unit))
    period = period_at(scene.published, unit)
    if unit == "weekend" and offset == 0 and scene.direction() < 0 and period.start > scene.published:
        offset = -1
    return dated(shift(period, offset), "published")


def narrative_unit(groups: Groups, scene: Scene) -> Meaning | None:
    """The next day, the previous year, that month, the same day: reckoned from the last date told."""
    unit = _calendar(groups["u"])
    if unit is None:
        return None
    told = _told(scene, unit)
    if told is None:
        return unresolved("", _granularity(unit))
    return dated(shift(period_at(told, unit), int(groups.get("r", 0))), "narrative")


def _told(scene: Scene, unit: Unit) -> date | None:
    """The last date told where it is as fine as the unit, else the article's date."""
    narrative = scene.narrative
    if narrative and (narrative.end - narrative.start).days <= (31 if unit in ("day", "week", "weekend") else 366):
        return narrative.start if unit != "day" or narrative.unit == "day" else scene.published
    return scene.published


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
    cued = scene.text(-1) in _SEASON_CUES or scene.value(-1, "MOD") is not None
    return season(groups, scene) if cued and scene.tag not in {"VB", "VBP", "VBZ"} else None


def mod_unit(groups: Groups, scene: Scene) -> Meaning | None:
    """'the end of the year', 'mid-month', 'later in the week': a part of the current one."""
    whole = relative_unit({"u": groups["u"], "r": "0"}, scene)
    return dated(whole.period, whole.anchor, groups["m"]) if whole and whole.period else whole


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


def known_day(groups: Groups, scene: Scene) -> Meaning | None:
    return dated(Period(date.fromisoformat(groups["k"]), "day"), "absolute")


def decade(groups: Groups, scene: Scene) -> Meaning | None:
    """1990s, '90s, the nineties."""
    digits = "".join(filter(str.isdigit, groups["d"]))
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
        return unresolved(f"XXXX-{'H' if unit == 'half' else 'Q'}{number}", _granularity(unit))
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


def reference(value: str, scene: Scene) -> Meaning | None:
    """Now, recently, soon; not in a compound ('the soon-to-open terminal')."""
    return None if scene.text(1) == "-" else vague(value)


_DATE = "WEEKDAY|WEEKDAY_SHORT? .? ,?"
_MONTH = "m=MONTH|MONTH_SHORT .?"

RULES: tuple[Rule, ...] = tuple(
    rule(pattern, sense)
    for pattern, sense in (
        (f"{_DATE} {_MONTH} d=DAY ,? y=YEAR", absolute),
        (f"{_DATE} the? d=DAY of? {_MONTH} ,? y=YEAR", absolute),
        (f"{_DATE} d=DAY - {_MONTH} - y=YEAR", absolute),
        (f"{_DATE} m=MONTH|MONTH_SHORT the? d=DAY", day_of_month),
        (f"{_DATE} m=MONTH_SHORT . d=DAY", day_of_month),
        (f"{_DATE} the? d=DAY of? m=MONTH|MONTH_SHORT", day_of_month),
        (f"the week of {_MONTH} d=DAY ,? y=YEAR?", week_of),
        (f"{_MONTH} d=DAY -|–|— e=DAY ,? y=YEAR?", day_range),
        (f"d=DAY -|–|— e=DAY {_MONTH} ,? y=YEAR?", day_range),
        (f"{_MONTH} ,|of|in? y=YEAR", month_of_year),
        ("m=MONTH", month_alone),
        ("m=MONTH_SHORT .", month_alone),
        ("y=YEAR", year_alone),
        ("r=SPANYEARS", year_range),
        ("t=ISO", iso_date),
        ("t=SLASH", numeric_date),
        ("the day before t=DEICTIC", lambda g, s: deictic({**g, "more": "-1"}, s)),
        ("the day after t=DEICTIC", lambda g, s: deictic({**g, "more": "1"}, s)),
        ("t=DEICTIC", deictic),
        ("w=WEEKDAY", weekday),
        ("r=REL w=WEEKDAY", weekday),
        ("this r=PASTING w=WEEKDAY", weekday),
        ("w=WEEKDAY ,|of? the? r=REL week", weekday_of_week),
        ("r=REL week 's|on? w=WEEKDAY", weekday_of_week),
        ("the? r=FOLLOW w=WEEKDAY", narrative_weekday),
        ("r=REL u=UNIT", relative_unit),
        ("this r=PASTING|COMING u=UNIT", relative_unit),
        ("the r=SAME u=UNIT", narrative_unit),
        ("r=SAME u=UNIT", narrative_unit),
        ("the r=FOLLOW u=UNIT", narrative_unit),
        ("the r=REL u=UNIT", lambda g, s: narrative_unit(g, s) if g["u"] == "day" else relative_unit(g, s)),
        ("r=REL m=MONTH", relative_month),
        ("this r=PASTING m=MONTH", relative_month),
        ("the? r=REL s=SEASON", season),
        ("this r=PASTING s=SEASON", season),
        ("the? s=SEASON of|,? y=YEAR", season),
        ("the? s=SEASON", season_alone),
        ("m=MOD of|in the|this u=UNIT", mod_unit),
        ("m=MODADV in the|this u=UNIT", mod_unit),
        ("m=MOD - u=UNIT", mod_unit),
        ("h=HOLIDAY ,|of|in? y=YEAR?", a_holiday),
        ("r=REL h=HOLIDAY", a_holiday),
        ("this r=PASTING h=HOLIDAY", a_holiday),
        ("h=HOLIDAYS of|in? y=YEAR?", holiday_season),
        ("r=REL h=HOLIDAYS", holiday_season),
        ("k=KNOWN_DAY", known_day),
        ("the? d=DECADE", decade),
        ("the EARLY|MOD? d=NAMED_DECADE", decade),
        ("the? o=ORD -? century", century),
        ("the? o=ORD -? quarter of|in? y=YEAR?", quarter),
        ("the? o=ORD -? quarter of the? r=REL year", quarter),
        ("the? o=ORD quarter of the? year", quarter),
        ("y=YEAR 's? o=ORD quarter", quarter),
        ("r=REL year 's o=ORD quarter", quarter),
        ("o=QUARTER of|,? y=YEAR|SHORTYEAR?", quarter),
        ("y=YEAR o=QUARTER", quarter),
        ("the? o=ORD half=half of|in? y=YEAR", quarter),
        ("the? o=ORD half=half of the? r=REL year", quarter),
        ("the? o=ORD half=half of the year", lambda g, s: quarter({**g, "r": "0"}, s)),
        ("FISCAL year? ,? y=YEAR", fiscal_year),
        ("the? y=YEAR FISCAL year", fiscal_year),
        ("the? r=REL FISCAL year", fiscal_year),
        ("the? FISCAL year", fiscal_year),
        ("y=FY", fiscal_year),
        ("the? o=ORD|NTH w=WEEKDAY of|in m=MONTH ,|of? y=YEAR?", nth_of_month),
        ("the? o=ORD week of|in m=MONTH ,|of? y=YEAR?", nth_of_month),
        ("PRESENT", lambda g, s: reference("PRESENT_REF", s)),
        ("PAST", lambda g, s: reference("PAST_REF", s)),
        ("in the PASTING", lambda g, s: reference("PAST_REF", s)),
        ("FUTURE", lambda g, s: reference("FUTURE_REF", s)),
        ("the? RECENT UNITS", lambda g, s: vague("PAST_REF")),
        ("the? COMING UNITS", lambda g, s: vague("FUTURE_REF")),
    )
)
