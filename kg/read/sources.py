"""Where articles come from: one function a format, and the walk over paths that picks it."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError, KgError
from kg.ids import DEFAULT_BASE
from kg.model import Article
from kg.read.article import clean_article, page_article
from kg.read.metadata import Metadata, metadata_of

MAX_CHARACTERS = 1_000_000  # of one article: the parser's own limit
_MAX_PAGE_BYTES = 20_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]")
_BINARY_SHARE = 0.02  # more control characters than this and it is no text; a stray NUL in hostile text is

Found = Article | InputError
Reader = Callable[[bytes, str, str, Metadata, str], Iterator[Found]]


def read(paths: Iterable[str | Path], *, base: str = DEFAULT_BASE) -> Iterator[Found]:
    """Every article under the paths, in the order given and by name within a folder; `-` is standard input.

    What cannot be read comes out as an `InputError` in its place, so that the caller reports it and goes on.
    """
    for given in paths:
        if str(given) == "-":
            yield from _parse(sys.stdin.buffer.read(), "-", Path("-"), Metadata(), base)
        elif Path(given).is_dir():
            yield from _folder(Path(given), base)
        else:
            yield from _file(Path(given), base)


def _folder(folder: Path, base: str) -> Iterator[Found]:
    files = sorted(
        (
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in READERS and path.is_file() and not _hidden(path, folder)
        ),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
    if not files:
        yield InputError(f"holds no article ({', '.join(sorted(READERS))})", file=str(folder))
    for path in files:
        yield from _file(path, base)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _file(path: Path, base: str) -> Iterator[Found]:
    try:
        metadata = metadata_of(path)
        size = path.stat().st_size
        if path.suffix.lower() in LINES:
            yield from _json_lines(path, metadata, base)
            return
        if size > _MAX_PAGE_BYTES:
            raise _too_long(f"{size / 1e6:.0f} MB", str(path))
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
    reader = READERS.get(path.suffix.lower(), _plain_text)
    try:
        yield from reader(content, name, path.name, metadata, base)
    except InputError as error:
        yield error


def _plain_text(content: bytes, name: str, id: str, metadata: Metadata, base: str) -> Iterator[Found]:
    text = _decoded(content, name)
    _check(text, name)
    yield page_article(text, id=id, content=content, metadata=metadata, base=base)


def _html(content: bytes, name: str, id: str, metadata: Metadata, base: str) -> Iterator[Found]:
    import trafilatura
    import trafilatura.settings

    page = _decoded(content, name, declared=_declared_charset(content))
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    if not isinstance(found, trafilatura.settings.Document) or not (text := (found.text or "").strip()):
        raise InputError("holds no article text: the page has no main content", file=name)
    _check(text, name)
    own = Metadata(
        title=found.title or "",
        publisher=found.sitename or None,
        authors=tuple(author.strip() for author in (found.author or "").split(";") if author.strip()),
        published=found.date or None,
        url=found.url if (found.url or "").startswith(("http://", "https://")) else None,
    )
    if own.title and own.title not in text[: len(own.title) + 200]:
        text = f"{own.title}\n\n{text}"
    article = page_article(text, id=id, content=content, metadata=metadata.over(own), base=base)
    if not any(block.kind == "paragraph" for block in article.blocks):
        raise InputError("holds no article text: the page has no paragraph", file=name)
    yield article


def _json_lines(path: Path, metadata: Metadata, base: str) -> Iterator[Found]:
    """One article a line, streamed: the file may be larger than memory."""
    with path.open("rb") as file:
        empty = True
        for number, line in enumerate(file, start=1):
            if line.strip():
                empty = False
                yield _json_line(line, str(path), number, path.name, metadata, base)
        if empty:
            yield InputError("is empty; there is nothing to read", file=str(path))


def _lines(content: bytes, name: str, id: str, metadata: Metadata, base: str) -> Iterator[Found]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            yield _json_line(line, name, number, id, metadata, base)


def _json_line(line: bytes, name: str, number: int, id: str, metadata: Metadata, base: str) -> Found:
    try:
        record = json.loads(line.decode("utf-8"))
        own, text, key = _record(record)
        if len(text) > MAX_CHARACTERS:
            raise InputError(f"has a text of {len(text):,} characters; an article has at most {MAX_CHARACTERS:,}")
        if not text.strip():
            raise InputError("has an empty text; there is nothing to read")
    except UnicodeDecodeError as error:
        return InputError("is not UTF-8; convert it first", file=name, line=number, column=error.start + 1)
    except json.JSONDecodeError as error:
        return InputError(f"is not JSON: {error.msg}", file=name, line=number, column=error.colno)
    except RecursionError:
        return InputError("is not JSON that can be read: nested too deeply", file=name, line=number)
    except InputError as error:
        return InputError(error.message, file=name, line=number)
    return clean_article(
        text,
        id=key or f"{id}:{number}",
        sha256=hashlib.sha256(line.strip()).hexdigest(),
        base=base,
        **own.over(metadata).fields(),
    )


def _record(record: Any) -> tuple[Metadata, str, str]:
    """A JSONL line's metadata, text and id. Raises `InputError` naming the field that is wrong."""
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


def _decoded(content: bytes, name: str, declared: str | None = None) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = "utf-16"
    try:
        text = content.decode(declared or "utf-8")
    except LookupError:
        raise InputError(f"declares the unknown encoding {declared!r}; convert it to UTF-8", file=name) from None
    except UnicodeDecodeError as error:
        before = content[: error.start]
        if len(_CONTROL.findall(content[:4096].decode("latin-1"))) > _BINARY_SHARE * len(content[:4096]) * 4:
            raise InputError("is binary, not text", file=name) from None
        raise InputError(
            f"is not {declared or 'UTF-8'} (byte 0x{content[error.start]:02X}); convert it, for instance with iconv",
            file=name,
            line=before.count(b"\n") + 1,
            column=len(before) - before.rfind(b"\n"),
        ) from None
    if len(_CONTROL.findall(text[:4096])) > max(_BINARY_SHARE * len(text[:4096]), 8):
        raise InputError("is binary, not text", file=name)
    return text


def _declared_charset(content: bytes) -> str | None:
    match = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", content[:4096], re.I)
    return match[1].decode("ascii") if match else None


def _check(text: str, name: str) -> None:
    if not text.strip("\ufeff \t\r\n\0"):
        raise InputError("is empty; there is nothing to read", file=name)
    if len(text) > MAX_CHARACTERS:
        raise _too_long(f"{len(text):,} characters", name)


def _too_long(size: str, name: str) -> InputError:
    return InputError(
        f"is too long ({size}); an article has at most {MAX_CHARACTERS:,} characters: split it, or use JSON Lines",
        file=name,
    )


LINES = frozenset({".jsonl", ".ndjson"})
READERS: dict[str, Reader] = {
    ".txt": _plain_text,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".jsonl": _lines,
    ".ndjson": _lines,
}
