"""WARC (ISO 28500), the form of web archives such as Common Crawl News: the pages among its records, one at a time.

Only answers of servers (`response` records) of status 200 that hold HTML are articles; everything else in an archive
is passed over in silence. An archive is as large as a disk and as hostile as the web: a page that is too long is told
and skipped, and where the archive itself breaks off, that is told with the place, and what came before counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg.errors import InputError
from kg.model import Article
from kg.read.html import declared_charset, page
from kg.read.metadata import Metadata

MAX_PAGE_BYTES = 20_000_000  # of one page, unpacked
_PAGES = ("text/html", "application/xhtml+xml")


def warc(path: Path, metadata: Metadata, base: str) -> Iterator[Article | InputError]:
    """The articles of an archive, plain or compressed by record; an `InputError` in the place of what is none."""
    with path.open("rb") as stream:
        yield from archived(stream, str(path), metadata, base)


def archived(stream: IO[bytes], name: str, metadata: Metadata, base: str) -> Iterator[Article | InputError]:
    """The articles of an archive that is read as it comes."""
    for found in _pages(stream, name):
        yield found if isinstance(found, InputError) else _article(found, metadata, base)


class _Page(NamedTuple):
    place: str
    url: str
    charset: str | None
    content: bytes


def _pages(stream: IO[bytes], name: str) -> Iterator[_Page | InputError]:
    number = 0
    try:
        for number, record in enumerate(records := _records(stream), start=1):
            if record.format != "warc":
                raise ValueError("this is no WARC record")
            if _is_page(record):
                yield _page(record, f"{name}: record {number}")
            if records.err_count:
                raise ValueError("a record is longer than it says")
    except Exception as error:  # a damaged archive makes warcio raise anything
        yield InputError(f"breaks off at record {number}: {error}", file=name)
    else:
        if number == 0:
            yield InputError("holds no record; there is nothing to read", file=name)


def _records(stream: IO[bytes]) -> Any:
    from warcio.archiveiterator import ArchiveIterator

    class Records(ArchiveIterator):  # type: ignore[misc]
        INC_RECORD = ""  # what is wrong is told by us, not printed

    return Records(stream)


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().casefold()
    return kind in _PAGES and record.http_headers.get_statuscode() == "200"


def _page(record: Any, place: str) -> _Page | InputError:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    content = record.content_stream().read(MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        return InputError(f"is a page of more than {MAX_PAGE_BYTES / 1e6:.0f} MB", file=f"{place} ({url})")
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the archive is cut off")
    declared = (record.http_headers.get_header("Content-Type") or "").partition("charset=")[2]
    return _Page(place, url, declared.split(";")[0].strip(" \"'") or declared_charset(content), content)


def _article(found: _Page, metadata: Metadata, base: str) -> Article | InputError:
    place = f"{found.place} ({found.url})"
    known = metadata.over(Metadata.checked({"url": found.url}))
    try:
        return page(found.content, place, found.url or found.place, known, base, charset=found.charset)
    except InputError as error:
        return error
