"""Where articles come from: one function a format, and the walk over paths that picks it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError, KgError
from kg.ids import DEFAULT_BASE
from kg.model import Article
from kg.read.article import page_article
from kg.read.feed import feed
from kg.read.fetch import fetch, is_url
from kg.read.html import declared_charset, html, page
from kg.read.metadata import Metadata, metadata_of
from kg.read.parquet import parquet
from kg.read.record import json_article
from kg.read.text import MAX_CHARACTERS, check, decoded, too_long
from kg.read.warc import warc

__all__ = ["MAX_CHARACTERS", "READERS", "STREAMS", "read"]

_MAX_PAGE_BYTES = 20_000_000

Found = Article | InputError
Reader = Callable[[bytes, str, str, Metadata, str], Iterator[Found]]
Stream = Callable[[Path, Metadata, str], Iterator[Found]]


def read(paths: Iterable[str | Path], *, base: str = DEFAULT_BASE) -> Iterator[Found]:
    """Every article under the paths, in the order given and by name within a folder; `-` is standard input, and an
    http or https address is fetched.

    What cannot be read comes out as an `InputError` in its place, so that the caller reports it and goes on.
    """
    for given in paths:
        if str(given) == "-":
            yield from _parse(sys.stdin.buffer.read(), "-", Path("-"), Metadata(), base)
        elif isinstance(given, str) and is_url(given):
            yield from _address(given, base)
        elif Path(given).is_dir():
            yield from _folder(Path(given), base)
        else:
            yield from _file(Path(given), base)


def readable(items: Iterable[Found], errors: list[InputError]) -> Iterator[Article]:
    """The articles among what was read; the errors go to the list."""
    for item in items:
        if isinstance(item, InputError):
            errors.append(item)
        else:
            yield item


def form(path: Path) -> str:
    """The ending that tells a file's format: `.txt`, `.jsonl`, `.warc.gz`."""
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    return "".join(endings) if endings[-1:] == [".gz"] else "".join(endings[-1:])


def files(folder: Path) -> list[Path]:
    """The files of a folder that may hold articles, in order."""
    return sorted(
        (
            path
            for path in folder.rglob("*")
            if (form(path) in READERS or form(path) in STREAMS) and path.is_file() and not _hidden(path, folder)
        ),
        key=lambda path: path.relative_to(folder).as_posix(),
    )


def _folder(folder: Path, base: str) -> Iterator[Found]:
    found = files(folder)
    if not found:
        yield InputError(f"holds no article ({', '.join(sorted({*READERS, *STREAMS}))})", file=str(folder))
    for path in found:
        yield from _file(path, base)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _file(path: Path, base: str) -> Iterator[Found]:
    try:
        metadata = metadata_of(path)
        size = path.stat().st_size
        if form(path) in STREAMS:
            yield from STREAMS[form(path)](path, metadata, base)
            return
        if size > _MAX_PAGE_BYTES:
            raise too_long(f"{size / 1e6:.0f} MB", str(path))
        content = path.read_bytes()
    except FileNotFoundError:
        yield InputError("is not there; check the path", file=str(path))
    except OSError as error:
        yield InputError(f"cannot be read: {error.strerror or error}", file=str(path))
    except InputError as error:
        yield error
    except KgError as error:  # a broken articles.toml spoils the articles that it speaks of
        yield InputError(error.message, file=error.file, line=error.line, column=error.column)
    else:
        yield from _parse(content, str(path), path, metadata, base)


def _parse(content: bytes, name: str, path: Path, metadata: Metadata, base: str) -> Iterator[Found]:
    reader = READERS.get(form(path), _plain_text)
    try:
        yield from reader(content, name, path.name, metadata, base)
    except InputError as error:
        yield error


def _address(url: str, base: str) -> Iterator[Found]:
    """A page, a text or a feed at an address."""
    try:
        found = fetch(url)
        given = Metadata.checked({"url": found.url})
        if found.kind.endswith("xml") and "html" not in found.kind:
            yield from feed(found.content, url, url, Metadata(), base)
        elif found.kind == "text/plain":
            yield _text_article(found.content, url, url, given, base, charset=found.charset)
        else:
            charset = found.charset or declared_charset(found.content)
            yield page(found.content, url, url, given, base, charset=charset)
    except InputError as error:
        yield error


def _plain_text(content: bytes, name: str, id: str, metadata: Metadata, base: str) -> Iterator[Found]:
    yield _text_article(content, name, id, metadata, base)


def _text_article(
    content: bytes, name: str, id: str, metadata: Metadata, base: str, *, charset: str | None = None
) -> Article:
    text = decoded(content, name, declared=charset)
    check(text, name)
    return page_article(text, id=id, content=content, metadata=metadata, base=base)


def _json_lines(path: Path, metadata: Metadata, base: str) -> Iterator[Found]:
    """One article a line, streamed: the file may be larger than memory."""
    with path.open("rb") as file:
        empty = True
        for number, line in enumerate(file, start=1):
            if line.strip():
                empty = False
                yield json_article(line, str(path), number, path.name, metadata, base)
        if empty:
            yield InputError("is empty; there is nothing to read", file=str(path))


READERS: dict[str, Reader] = {  # of a file as a whole
    ".txt": _plain_text,
    ".html": html,
    ".htm": html,
    ".xhtml": html,
    ".rss": feed,
    ".atom": feed,
    ".xml": feed,
}
STREAMS: dict[str, Stream] = {  # of many articles in a file that may be larger than memory
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".warc": warc,
    ".warc.gz": warc,
    ".parquet": parquet,
}
