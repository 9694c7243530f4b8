"""Every error this package raises on purpose.

A `KgError` prints as one line that says where and what to do:

    >>> str(InputError("is empty; there is nothing to read", file="a.txt"))
    'a.txt: is empty; there is nothing to read'
    >>> str(InputError("is not JSON", file="a.jsonl", line=3, column=7))
    'a.jsonl:3:7: is not JSON'
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all our errors: a message, and the place where there is one.

    `line` and `column` count from 1.
    """

    def __init__(
        self, message: str, *, file: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        super().__init__(message)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        message = " ".join(self.message.split())
        return f"{place}: {message}" if place else message


class InputError(KgError):
    """An article, or a file of articles, cannot be read."""


class SeedError(KgError):
    """A row of a lexicon, gazetteer or curation file is wrong."""


class OntologyError(KgError):
    """A term is not in the closed vocabulary."""


class PipelineError(KgError):
    """Steps are in an order that does not satisfy their needs."""


class StoreError(KgError):
    """The graph's folder is missing, locked, or of another version."""


class QueryError(KgError):
    """A SPARQL query is malformed, or a parameter does not fit it."""


class RenderError(KgError):
    """The page cannot be drawn: nothing to show, or a name that is not in the graph."""
