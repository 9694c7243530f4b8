"""What is known of an article besides its text, and `articles.toml`, the file that may say it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from kg.errors import InputError, SeedError

FILE = "articles.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """`published` is an ISO 8601 date or date-time; `url` http or https only."""

    title: str = ""
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    language: str = "en"

    @classmethod
    def names(cls) -> frozenset[str]:
        return frozenset(field.name for field in fields(cls))

    @classmethod
    def checked(cls, given: dict[str, Any]) -> Self:
        """From a file's fields. Raises `InputError` naming the field that does not fit."""
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name == "authors":
                value = [value] if isinstance(value, str) else value
                if not isinstance(value, list) or not all(isinstance(author, str) for author in value):
                    raise InputError("has 'authors' that are not a list of names")
                values[name] = tuple(value)
            elif name == "published":
                values[name] = _iso(value)
            elif not isinstance(value, str):
                raise InputError(f"has a {name!r} that is not a string")
            elif name == "url":
                values[name] = value if re.match(r"https?://[^\s<>\"{}|\\^`]+$", value) else None
            else:
                values[name] = " ".join(value.split())
        return cls(**values)

    def over(self, other: Metadata) -> Metadata:
        """These values, and the other's where these say nothing."""
        empty = Metadata()
        gaps = {
            field.name: getattr(other, field.name)
            for field in fields(self)
            if getattr(self, field.name) == getattr(empty, field.name)
        }
        return replace(self, **gaps)

    def fields(self) -> dict[str, Any]:
        return asdict(self)


def _iso(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else value
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise InputError(f"has a 'published' that is not an ISO 8601 date: {value!r}") from None
    return str(text)


def metadata_of(path: Path) -> Metadata:
    """The metadata that `articles.toml` beside the file gives for it. Raises `SeedError` when that is broken."""
    table = _table(path.parent / FILE)
    given = table.get(path.name, {})
    unknown = sorted(set(given) - Metadata.names())
    where = str(path.parent / FILE)
    if unknown:
        raise SeedError(
            f"[{path.name!r}] has the unknown key {unknown[0]!r}; known: {', '.join(sorted(Metadata.names()))}",
            file=where,
        )
    try:
        return Metadata.checked(given)
    except InputError as error:
        raise SeedError(f"[{path.name!r}] {error.message}", file=where) from None


@lru_cache(maxsize=64)
def _read_table(file: Path, _modified: int) -> dict[str, Any]:
    with file.open("rb") as handle:
        table = tomllib.load(handle)
    wrong = next((name for name, value in table.items() if not isinstance(value, dict)), None)
    if wrong is not None:
        raise SeedError(f'{wrong!r} is not a table; write one table a file name: ["{wrong}"]', file=str(file))
    return table


def _table(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return _read_table(file, file.stat().st_mtime_ns)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        raise SeedError(
            f"is not TOML: {str(error).split(' (at')[0]}", file=str(file), line=line, column=column
        ) from None
    except UnicodeDecodeError:
        raise SeedError("is not UTF-8", file=str(file)) from None
