"""Rows of the same keys as columns, for a smaller file: each key is written once, and a column whose values repeat
lists them once and then refers to them by number. `data.js` has the way back.

>>> pack([{"id": "a", "kind": "place"}, {"id": "b", "kind": "place"}, {"id": "c", "kind": "event"}])
{'size': 3, 'columns': {'id': ['a', 'b', 'c'], 'kind': {'of': ['place', 'event'], 'at': [0, 0, 1]}}}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Packed = dict[str, Any]


def pack(rows: Sequence[Mapping[str, Any]]) -> Packed:
    """Columns in the order of the first row's keys; all rows have the same keys."""
    keys = rows[0] if rows else ()
    return {"size": len(rows), "columns": {key: _column([row[key] for row in rows]) for key in keys}}


def unpack(packed: Packed) -> list[dict[str, Any]]:
    """
    >>> rows = [{"id": n, "names": []} for n in range(3)]
    >>> unpack(pack(rows)) == rows
    True
    """
    columns = {key: list(_values(column)) for key, column in packed["columns"].items()}
    return [{key: values[at] for key, values in columns.items()} for at in range(packed["size"])]


def _column(values: list[Any]) -> Any:
    """The values themselves (a list), or what they are `of` and which of these stands `at` each place."""
    written = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values]
    number = {text: at for at, text in enumerate(dict.fromkeys(written))}
    at = [number[text] for text in written]
    plain = sum(map(len, written)) + len(written)
    if sum(map(len, number)) + len(number) + sum(len(str(n)) + 1 for n in at) + 16 >= plain:
        return values
    first = dict(zip(reversed(written), reversed(values), strict=True))
    return {"of": [first[text] for text in number], "at": at}


def _values(column: Any) -> Iterable[Any]:
    return (column["of"][at] for at in column["at"]) if isinstance(column, dict) else column
