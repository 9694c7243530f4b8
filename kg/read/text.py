"""Bytes as text, checked: what is empty, binary, wrongly encoded or too long is told as such."""

from __future__ import annotations

import re

from kg.errors import InputError

MAX_CHARACTERS = 1_000_000  # of one article: the parser's own limit
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]")
_BINARY_SHARE = 0.02  # more control characters than this and it is no text; a stray NUL in hostile text is


def decoded(content: bytes, name: str, declared: str | None = None) -> str:
    """The text of bytes in UTF-8, or in the encoding that they declare. Raises `InputError`."""
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


def check(text: str, name: str) -> None:
    """Raise `InputError` for a text that is empty or too long."""
    if not text.strip("\ufeff \t\r\n\0"):
        raise InputError("is empty; there is nothing to read", file=name)
    if len(text) > MAX_CHARACTERS:
        raise too_long(f"{len(text):,} characters", name)


def too_long(size: str, name: str) -> InputError:
    return InputError(
        f"is too long ({size}); an article has at most {MAX_CHARACTERS:,} characters: split it, or use JSON Lines",
        file=name,
    )
