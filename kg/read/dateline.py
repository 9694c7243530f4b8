"""Lines that say when an article was published: "Posted December. 31, 2019 07:51", "Updated: 3 May 2021"."""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"""(?ix)
    (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}(?:[T\ ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?)
    | (?P<md>\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+\d{{4}})
    | (?P<dm>\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+\d{{4}})
    """
)
_TIME = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*([ap])?\.?m?\b", re.I)
_LABEL = re.compile(
    r"(?i)\b(first |last |originally )?(posted|published|updated|modified|created|date|on|at|issued|filed|released|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(day)?\b[:,.]*"
)
_REST = 14  # letters that may stand beside a label and a date: a time zone, an author's initials


def is_dateline(line: str) -> bool:
    """Whether a line says a publication date and little else."""
    match = _DATE.search(line)
    if not match or len(line) > 120:
        return False
    rest = _LABEL.sub("", _TIME.sub("", line[: match.start()] + line[match.end() :]))
    return len(re.findall(r"[A-Za-z]", rest)) <= _REST


def published(line: str) -> str | None:
    """The ISO date, or date and time to the minute, that a dateline says; None where it says none.

    >>> published("Posted December. 31, 2019 07:51,")
    '2019-12-31T07:51'
    >>> published("3 May 2021")
    '2021-05-03'
    """
    match = _DATE.search(line)
    if not match:
        return None
    if match["iso"]:
        return match["iso"].replace(" ", "T")
    import dateparser

    day = dateparser.parse(match.group().replace(".", " "), languages=["en"], settings={"STRICT_PARSING": True})
    if day is None:
        return None
    date: str = day.date().isoformat()
    time = _TIME.search(line, match.end())
    if not time or int(time[1]) > 23 or int(time[2]) > 59:
        return date
    hour = int(time[1]) % 12 + 12 * (time[3].lower() == "p") if time[3] else int(time[1])
    return f"{date}T{hour:02d}:{int(time[2]):02d}"
