"""An article from a record with named fields: a line of JSON Lines, a row of Parquet."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from kg.errors import InputError
from kg.model import Article
from kg.read.article import clean_article
from kg.read.metadata import Metadata
from kg.read.text import MAX_CHARACTERS

FIELDS = ("id", "text", *sorted(Metadata.names()))


def json_article(line: bytes, name: str, number: int, id: str, metadata: Metadata, base: str) -> Article | InputError:
    """The article of a line of JSON Lines; without an `id` of its own it is called after the file and the line."""
    try:
        record = json.loads(line.decode("utf-8"))
        digest = hashlib.sha256(line.strip()).hexdigest()
        return _article(record, digest, f"{id}:{number}", metadata, base)
    except UnicodeDecodeError as error:
        return InputError("is not UTF-8; convert it first", file=name, line=number, column=error.start + 1)
    except json.JSONDecodeError as error:
        return InputError(f"is not JSON: {error.msg}", file=name, line=number, column=error.colno)
    except RecursionError:
        return InputError("is not JSON that can be read: nested too deeply", file=name, line=number)
    except InputError as error:
        return InputError(error.message, file=name, line=number)


def row_article(
    row: dict[str, Any], name: str, number: int, id: str, metadata: Metadata, base: str
) -> Article | InputError:
    """The article of a row of a table; columns that are no field of an article are left out."""
    record = {field: row[field] for field in FIELDS if row.get(field) is not None}
    if hasattr(record.get("published"), "hour"):
        record["published"] = record["published"].isoformat(timespec="seconds")
    try:
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return _article(record, digest, f"{id}:{number}", metadata, base)
    except InputError as error:
        return InputError(f"row {number} {error.message}", file=name)


def _article(record: Any, digest: str, id: str, metadata: Metadata, base: str) -> Article:
    own, text, key = _fields(record)
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"has a text of {len(text):,} characters; an article has at most {MAX_CHARACTERS:,}")
    if not text.strip():
        raise InputError("has an empty text; there is nothing to read")
    return clean_article(text, id=key or id, sha256=digest, base=base, **own.over(metadata).fields())


def _fields(record: Any) -> tuple[Metadata, str, str]:
    """A record's metadata, text and id. Raises `InputError` naming the field that is wrong."""
    if not isinstance(record, dict):
        raise InputError("is not a JSON object")
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError("lacks the field 'text', a string")
    key = record.get("id", "")
    if not isinstance(key, (str, int)):
        raise InputError("has an 'id' that is neither a string nor a number")
    fields = {name: value for name, value in record.items() if name in Metadata.names() and value is not None}
    return Metadata.checked(fields), _scalar_values(text), _scalar_values(str(key))


def _scalar_values(text: str) -> str:
    """JSON may escape half a surrogate pair, which is no character and has no UTF-8 form."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError("has half of a surrogate pair (\\ud800-\\udfff) in a string; it is not valid Unicode")
    return text
