"""The outlet, where only the page's own furniture says it: an address in a byline, a name alone in the footer."""

from __future__ import annotations

import re
from functools import cache

from kg.gazetteer import Row, default

KINDS = frozenset({"byline", "noise"})
_DOMAIN = re.compile(r"(?:@|https?://(?:www\.)?|\bwww\.)((?:[\w-]+\.)+[a-z]{2,})", re.I)


@cache
def _by_name() -> dict[str, str]:
    """Folded name -> label of every outlet that is known."""
    rows = [row for row in default().rows if row.is_news]
    return {
        " ".join(re.findall(r"\w+", name.casefold())): row.label for row in rows for name in (row.label, *row.aliases)
    }


def names() -> frozenset[str]:
    """The folded names of all known outlets."""
    return frozenset(_by_name())


def outlet(lines: list[str]) -> str | None:
    """The label of the one outlet that a page's furniture names, by a line that is its name or by the domain of
    an address; None when none or several are named equally often.

    >>> outlet(["editor@reuters.com"])
    'Reuters'
    """
    votes: dict[str, int] = {}
    for line in lines:
        label = _by_name().get(" ".join(re.findall(r"\w+", line.casefold())))
        found = {label} if label else {row.label for match in _DOMAIN.finditer(line) if (row := _domain(match[1]))}
        for name in found:
            votes[name] = votes.get(name, 0) + 1
    best = sorted(votes, key=lambda name: (-votes[name], name))
    if not best or (len(best) > 1 and votes[best[0]] == votes[best[1]]):
        return None
    return best[0]


def _domain(domain: str) -> Row | None:
    row = default().by_domain(domain.lower())
    return row if row and row.is_news else None
