"""The answer to a query: rows of a SELECT, triples of a CONSTRUCT or the yes or no of an ASK, in many forms."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from kg.errors import QueryError
from kg.query.sparql import Results
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from pandas import DataFrame

Cell = NamedNode | Literal | BlankNode | Triple | None
TABLE_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


class Rows:
    """An answer. Iterating gives one dict a row (variable -> term), for a SELECT; an answer is read once."""

    def __init__(self, results: Results) -> None:
        self.results = results

    @property
    def kind(self) -> str:
        """select, construct or ask."""
        if isinstance(self.results, QuerySolutions):
            return "select"
        return "construct" if isinstance(self.results, QueryTriples) else "ask"

    @property
    def variables(self) -> tuple[str, ...]:
        """The columns of a SELECT, without question marks."""
        return tuple(v.value for v in self.results.variables) if isinstance(self.results, QuerySolutions) else ()

    @cached_property
    def triples(self) -> list[Triple]:
        """The triples of a CONSTRUCT, sorted."""
        return sorted(set(self.results), key=str) if isinstance(self.results, QueryTriples) else []

    def __bool__(self) -> bool:
        """The answer of an ASK; of another query, True."""
        return bool(self.results) if isinstance(self.results, QueryBoolean) else True

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        if isinstance(self.results, QuerySolutions):
            names = self.variables
            for solution in self.results:
                yield dict(zip(names, solution, strict=True))

    def values(self) -> list[tuple[str | None, ...]]:
        """The rows as plain text: IRIs and literals by their characters, None where nothing is bound."""
        return [tuple(None if cell is None else plain(cell) for cell in row.values()) for row in self]

    def frame(self) -> DataFrame:
        """The rows as a pandas frame of Python values."""
        import pandas

        return pandas.DataFrame(
            [[_python(cell) for cell in row.values()] for row in self], columns=list(self.variables)
        )

    def to_bytes(self, form: str) -> bytes:
        """The answer in a form of `TABLE_FORMATS`, `GRAPH_FORMATS` or "markdown", else `QueryError`."""
        if isinstance(self.results, QueryTriples):
            if form not in GRAPH_FORMATS:
                raise QueryError(f"a graph cannot be written as {form}; take {', '.join(GRAPH_FORMATS)}")
            return serialize(self.triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b""
        if form == "markdown":
            return markdown(self.variables, self.values()).encode("utf-8") if self.variables else _yes(self)
        if form not in TABLE_FORMATS:
            raise QueryError(f"a table cannot be written as {form}; take {', '.join([*TABLE_FORMATS, 'markdown'])}")
        content = self.results.serialize(format=TABLE_FORMATS[form])
        return content or b""


def rows_in(content: bytes, form: str) -> int:
    """How many rows a table has in one of its forms."""
    if form == "csv":
        return sum(1 for _ in csv.reader(content.decode("utf-8").splitlines(keepends=True))) - 1
    if form == "markdown":
        return content.count(b"\n") - 2
    parsed = parse_query_results(content, format=TABLE_FORMATS[form])
    return len(list(parsed)) if isinstance(parsed, QuerySolutions) else 1


def _yes(rows: Rows) -> bytes:
    return b"yes\n" if rows else b"no\n"


def plain(cell: NamedNode | Literal | BlankNode | Triple) -> str:
    """A term by its characters."""
    return str(cell) if isinstance(cell, Triple) else cell.value


def short(cell: Cell) -> str:
    """A term for the eye: prefixed where a prefix is known."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        for prefix, iri in PREFIXES.items():
            local = cell.value.removeprefix(iri)
            if local != cell.value and local and "/" not in local and "#" not in local:
                return f"{prefix}:{local}"
    return plain(cell)


def markdown(columns: tuple[str, ...], rows: list[tuple[str | None, ...]]) -> str:
    """A Markdown table; what would break it out of its cell is escaped."""
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(_cell(value) for value in line)} |\n" for line in lines)


def _cell(value: str | None) -> str:
    text = " ".join((value or "").split())
    for character in "\\|`*_<>[]":
        text = text.replace(character, "\\" + character)
    return text if text.replace("\\", "") != "---" else "---"


def _python(cell: Cell) -> object:
    """A number, truth value or text."""
    if not isinstance(cell, Literal):
        return None if cell is None else plain(cell)
    kind = cell.datatype.value.rsplit("#", 1)[-1]
    try:
        if kind in ("integer", "nonNegativeInteger"):
            return int(cell.value)
        if kind in ("decimal", "double", "float"):
            return float(cell.value)
    except ValueError:
        return cell.value
    return cell.value == "true" if kind == "boolean" else cell.value
