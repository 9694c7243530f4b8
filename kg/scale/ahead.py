"""A parser in a process of its own, started before anything else, which loads the model while this process does all
that goes before and after the parse: who adds one article waits most for that.

    this process:  articles, packed -> | |    -> parses, packed: the rest of the steps
    the parser:    the model ........  | parse |

It gives the parses that this process would make. Where it has ended before its time, this process makes them. Nothing
is imported here that is not needed to start it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Article, Parse

_SERVE = "import sys; sys.path[:] = sys.argv[1:]; from kg.scale.ahead import serve; serve()"
_LENGTH = 8  # bytes, before each message


_started: list[subprocess.Popen[bytes]] = []


def start() -> None:
    """Start the parser; where nobody comes to use it, it ends with this process."""
    # -P: nothing is imported from the folder that the user is in; the path is this process's own
    command = [sys.executable, "-P", "-c", _SERVE, *sys.path]
    _started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))  # noqa: S603  ourselves


@contextmanager
def parser_ahead() -> Iterator[subprocess.Popen[bytes]]:
    """Have articles parsed by another process, which is started now, if it has not been, and ended afterwards."""
    if not _started:
        start()
    with _started.pop() as process:
        try:
            from kg.annotate.parse import parsed_by  # not earlier: what that imports is loaded meanwhile

            with parsed_by(lambda articles: _asked(process, articles)):
                yield process
        finally:
            process.kill()
            with suppress(OSError):  # what it did not read any more
                process.stdin.close() if process.stdin else None


def _asked(process: subprocess.Popen[bytes], articles: Sequence[Article]) -> list[Parse] | None:
    """The parses of articles; None where the process has ended."""
    from msgspec import msgpack

    from kg.model import Parse

    if process.stdin is None or process.stdout is None:
        return None
    with suppress(OSError):
        _send(process.stdin, msgpack.encode(articles))
        packed = _receive(process.stdout)
        return msgpack.decode(packed, type=list[Parse]) if packed else None
    return None


def serve() -> None:
    """Parse what is sent to standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the first one decides
    from msgspec import msgpack

    from kg.annotate.model import model
    from kg.annotate.parse import parsed
    from kg.model import Article

    model()
    while packed := _receive(sys.stdin.buffer):
        _send(sys.stdout.buffer, msgpack.encode(parsed(msgpack.decode(packed, type=list[Article]))))


def _send(stream: IO[bytes], packed: bytes) -> None:
    stream.write(len(packed).to_bytes(_LENGTH, "big") + packed)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    length = stream.read(_LENGTH)
    packed = stream.read(int.from_bytes(length, "big")) if len(length) == _LENGTH else b""
    return packed or None
