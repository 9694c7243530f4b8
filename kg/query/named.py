"""The named queries of `ontology/queries/`: a file's name is the query's name, its comment says what it answers.

The comment's first line is the description; each further line `# ?name: meaning` documents a parameter. A query that
could say all that a large graph holds first finds some things (`LIMIT`) and then says all of them.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import QueryError
from kg.files import ontology

_LIMIT = re.compile(r"\bLIMIT (\d+)")
_PARAMETER = re.compile(r"#\s*\?(\w+):\s*(.*)")


class Named(NamedTuple):
    """A query with its name, its one-line description and its parameters (name, meaning)."""

    name: str
    description: str
    parameters: tuple[tuple[str, str], ...]
    text: str

    @property
    def limit(self) -> int | None:
        """How many things it says at most, where it does not say all."""
        return min(map(int, _LIMIT.findall(self.text)), default=None)

    def with_limit(self, most: int) -> Named:
        """The same query for so many things."""
        return self._replace(text=_LIMIT.sub(f"LIMIT {most}", self.text))


@cache
def named_queries() -> dict[str, Named]:
    """All named queries, by name."""
    return {
        path.stem: _read(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(ontology("queries").glob("*.rq"))
    }


def named(name: str) -> Named:
    """One of them. Raises `QueryError` for a name that is not there."""
    queries = named_queries()
    if name not in queries:
        near = difflib.get_close_matches(name, queries, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(queries)}"
        raise QueryError(f"no query is named {name!r}{hint}")
    return queries[name]


def query_text(query: str) -> tuple[str, str | None]:
    """A query's text, and the file or name it comes from: SPARQL as it is, a path to a `.rq` file, or a name.

    Raises `QueryError` when the file cannot be read, or the name is not there.
    """
    if query.endswith(".rq"):
        try:
            return Path(query).read_text(encoding="utf-8"), query
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=query) from None
    if re.fullmatch(r"[\w-]+", query):
        return named(query).text, query
    return query, None


def _read(name: str, text: str) -> Named:
    comments = [line for line in text.split("\n") if line.startswith("#")]
    found = [match for line in comments if (match := _PARAMETER.match(line))]
    parameters = tuple((match[1], match[2].strip()) for match in found)
    return Named(name, comments[0].lstrip("# ").strip() if comments else "", parameters, text)
