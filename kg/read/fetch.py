"""A page or feed by its address: HTTP or HTTPS, within limits, and never further inside than the user has pointed.

The address that a user names may be on his own network; an address that a server redirects to may not (server-side
request forgery): its host must be the one named, or all its addresses public, and the connection goes to an address
that was checked.
"""

from __future__ import annotations

import socket
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from kg.errors import InputError

MAX_BYTES = 20_000_000
SECONDS = 30.0  # for all of it
_REDIRECTS = 5
_AGENT = "newskg (+https://w3id.org/newskg)"


class Fetched(NamedTuple):
    """What an address gave: the address it came from in the end, the declared media type and character set."""

    url: str
    content: bytes
    kind: str
    charset: str | None


def is_url(given: str) -> bool:
    """Whether a given input is an address and not a path."""
    return given.lower().startswith(("http://", "https://"))


def fetch(url: str, *, seconds: float = SECONDS, limit: int = MAX_BYTES) -> Fetched:
    """What is at an address. Raises `InputError` when it cannot be had within the limits."""
    deadline = time.monotonic() + seconds
    place = url
    for _ in range(_REDIRECTS + 1):
        try:
            answer = _asked(_checked(place, urlsplit(url).hostname, url), deadline, limit)
        except (OSError, HTTPException, ValueError) as error:
            raise InputError(f"cannot be fetched: {error}", file=url) from None
        if isinstance(answer, Fetched):
            return answer
        place = urljoin(place, answer)
    raise InputError(f"redirects more than {_REDIRECTS} times", file=url)


class _Target(NamedTuple):
    parts: SplitResult
    address: str


def _checked(place: str, named: str | None, url: str) -> _Target:
    parts = urlsplit(place)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise InputError(f"leads to {place!r}, which is neither http nor https", file=url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)]
    if parts.hostname != named and not all(ip_address(address.split("%")[0]).is_global for address in found):
        raise InputError(f"redirects to {parts.hostname}, an address of an inner network", file=url)
    return _Target(parts, found[0])


def _asked(target: _Target, deadline: float, limit: int) -> Fetched | str:
    """The answer, or where it redirects to."""
    parts, secure = target.parts, target.parts.scheme.lower() == "https"
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("took too long")
    kind = HTTPSConnection if secure else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=left)
    connection._create_connection = lambda address, *rest: socket.create_connection(  # type: ignore[attr-defined]
        (target.address, address[1]), *rest
    )
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308) and (place := answer.getheader("Location")):
            return place
        if answer.status != 200:
            raise InputError(f"was answered with {answer.status} {answer.reason}", file=parts.geturl())
        content = _body(answer, deadline, limit, parts.geturl())
        charset = answer.headers.get_content_charset()
        return Fetched(parts.geturl(), content, answer.headers.get_content_type(), charset)
    finally:
        connection.close()


def _body(answer: HTTPResponse, deadline: float, limit: int, url: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(65536):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise InputError(f"is more than {limit / 1e6:.0f} MB", file=url)
        if time.monotonic() > deadline:
            raise TimeoutError("took too long")
    return b"".join(pieces)
