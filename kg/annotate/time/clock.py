"""Times of day: clock times with their zones, and parts of a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from kg.annotate.time.grammar import Groups, Meaning, Rule, Scene, rule
from kg.annotate.time.periods import Period, shift

_ZONE = re.compile(r"([+-])\s?(\d{1,2}):?(\d\d)?")


def on_day(day: date | None, hour: int, minute: int, zone: str = "") -> Meaning:
    """A clock time of a day; without the day only the time is said (T18:00)."""
    clock = f"T{hour:02d}:{minute:02d}{zone}"
    if day is None:
        return Meaning(clock, "TIME", granularity="minute")
    start = datetime.combine(day, time(hour, minute))
    end = start + timedelta(minutes=1)
    return Meaning(
        day.isoformat() + clock, "TIME", start.isoformat(timespec="minutes") + zone,
        end.isoformat(timespec="minutes") + zone, "minute", "narrative", Period(day, "day"),
    )


def part_of_day(day: date | None, part: str, anchor: str = "narrative") -> Meaning:
    """A part such as `MO 5 12` (TIMEX code, first hour, hour after the last) of a day."""
    code, first, last = part.split()
    if day is None:
        return Meaning(f"XXXX-XX-XXT{code}", "TIME", granularity="part")
    midnight = datetime.combine(day, time())
    start, end = midnight + timedelta(hours=int(first)), midnight + timedelta(hours=int(last))
    return Meaning(
        f"{day.isoformat()}T{code}", "TIME", start.isoformat(timespec="minutes"),
        end.isoformat(timespec="minutes"), "part", anchor, Period(day, "day"),
    )


def _day(scene: Scene) -> date | None:
    """The day that a clock time is of: the last day told, else the article's."""
    narrative = scene.narrative
    return narrative.start if narrative and narrative.unit == "day" else scene.published


def clock(groups: Groups, scene: Scene) -> Meaning | None:
    """18:00 UTC, 6:40 p.m. (GMT+8), 7 a.m., 0930 GMT, noon."""
    hour, minute = _hour_minute(groups)
    half = groups.get("ap")
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + int(half)
    if hour > 23 or minute > 59:
        return None
    return on_day(_day(scene), hour, minute, _zone(groups))


def _hour_minute(groups: Groups) -> tuple[int, int]:
    if "c" in groups:
        parts = re.split(r"[:.]", groups["c"])
        return int(parts[0]), int(parts[1])
    if "hm" in groups:
        return int(groups["hm"][:2]), int(groups["hm"][2:])
    return int(groups.get("h") or groups["p"]), 0


def _zone(groups: Groups) -> str:
    text = groups.get("z", "")
    if found := _ZONE.search(text):
        return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"
    return text if text == "Z" else ""


def named_part(groups: Groups, scene: Scene) -> Meaning | None:
    """This morning, last night, tonight, the next evening, in the morning."""
    if "r" in groups:
        day = scene.published
        anchor = "published"
        offset = int(groups["r"])
    else:
        day, anchor, offset = _day(scene), "narrative", int(groups.get("f", 0))
    if day is not None:
        day = shift(Period(day, "day"), offset).start
    return part_of_day(day, groups["p"], anchor)


def overnight(groups: Groups, scene: Scene) -> Meaning | None:
    """The night before the article's day; not 'an overnight stay'."""
    return named_part({"p": "NI 18 30", "r": "-1"}, scene) if scene.tag in {"", "RB"} else None


_TONIGHT: Mapping[str, str] = {"p": "NI 18 30", "r": "0"}
_Z = "z=ZONE|PLUSZONE?"

RULES: tuple[Rule, ...] = tuple(
    rule(pattern, sense)
    for pattern, sense in (
        (f"c=CLOCK hours? ap=AMPM? ,? {_Z}", clock),
        (f"h=HOUR ap=AMPM ,? {_Z}", clock),
        ("h=HOUR|NUM o'clock", clock),
        ("hm=HHMM hours? z=ZONE|PLUSZONE", clock),
        (f"p=POINT {_Z}", clock),
        ("r=REL p=PART", named_part),
        ("OVERNIGHT", overnight),
        ("TONIGHT", lambda g, s: named_part(_TONIGHT, s)),
        ("the r=REL p=PART", lambda g, s: named_part({"f": g["r"], "p": g["p"]}, s)),
        ("the f=SAME|FOLLOW p=PART", named_part),
        ("f=SAME p=PART", named_part),
        ("in|during the p=PART", named_part),
        ("MOD - p=PART", named_part),
    )
)
