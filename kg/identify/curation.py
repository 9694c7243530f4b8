"""The curator's file, `curation.toml`: what a person has decided, which no score may overrule.

same = [["IRI", "IRI"], ...]
different = [["IRI", "IRI"], ...]
ignore = ["IRI", ...]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SeedError

Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """`same` and `different` are unordered pairs of IRIs; `ignore` are IRIs left out of every merge."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    ignore: frozenset[str] = frozenset()


def read_curation(path: Path) -> Curation:
    """The rules in a file; none when it is not there. Raises `SeedError` when it is broken."""
    if not path.is_file():
        return Curation()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SeedError(f"is not TOML: {error}", file=str(path)) from None
    unknown = sorted(set(table) - {"same", "different", "ignore"})
    if unknown:
        raise SeedError(f"has the unknown key {unknown[0]!r}; known: same, different, ignore", file=str(path))
    same, different = (_pairs(table.get(key, []), key, path) for key in ("same", "different"))
    both = sorted(map(sorted, same & different))
    if both:
        raise SeedError(f"says both same and different of {both[0][0]} and {both[0][1]}", file=str(path))
    ignore = table.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(iri, str) for iri in ignore):
        raise SeedError("has an 'ignore' that is not a list of IRIs", file=str(path))
    return Curation(same=same, different=different, ignore=frozenset(ignore))


def write_curation(curation: Curation) -> str:
    """The file's text, sorted, so that two curators' files can be compared line by line."""
    lines = [
        f"{key} = [\n{_rows(pairs)}]\n" for key, pairs in (("same", curation.same), ("different", curation.different))
    ]
    ignored = "".join(f"  {_quoted(iri)},\n" for iri in sorted(curation.ignore))
    return "".join(lines) + f"ignore = [\n{ignored}]\n"


def _rows(pairs: Iterable[Pair]) -> str:
    return "".join(f"  [{', '.join(map(_quoted, pair))}],\n" for pair in sorted(map(sorted, pairs)))


def _quoted(iri: str) -> str:
    escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in iri)
    return f'"{escaped}"'


def _pairs(value: object, key: str, path: Path) -> frozenset[Pair]:
    if not isinstance(value, list):
        raise SeedError(f"has a {key!r} that is not a list of pairs of IRIs", file=str(path))
    found = set()
    for row in value:
        if not (
            isinstance(row, list) and len(row) == 2 and all(isinstance(iri, str) for iri in row) and row[0] != row[1]
        ):
            raise SeedError(f"has a {key!r} row that is not two different IRIs: {row!r}", file=str(path))
        found.add(frozenset(row))
    return frozenset(found)
