"""What a terminal gets: article text is hostile, so control characters are shown, never sent."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Article

# C0 (but tab and line feed), DEL, C1, marks and overrides of direction, line separators, tags, lone surrogates
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)


class Verb(NamedTuple):
    """A command's name and what it does."""

    name: str
    run: Callable[..., Any]


def safe(text: str) -> str:
    """The text with every control character made visible.

    >>> safe("red \\x1b[31m")
    'red \\\\x1b[31m'
    """
    return _CONTROL.sub(lambda found: _escape(ord(found[0])), text)


def line(text: str) -> str:
    """The same on one line."""
    return safe(" ".join(text.split()))


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def say(text: str = "") -> None:
    """A line of data on standard output."""
    print(safe(text))


def complain(text: str) -> None:
    """A line about what went wrong, on standard error."""
    print(f"kg: {line(text)}", file=sys.stderr)


def json_text(thing: Any, *, indent: int | None = None) -> str:
    """JSON with every control character escaped, so that it may stand on a terminal as well."""
    text = json.dumps(thing, ensure_ascii=False, indent=indent)
    return _CONTROL.sub(lambda found: "\\u" + "\\u".join(_utf16(found[0])), text)


def _utf16(character: str) -> list[str]:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return [units[start : start + 4] for start in range(0, len(units), 4)]


def out(content: bytes) -> None:
    """Bytes on standard output: as they are into a pipe, made safe on a terminal."""
    if sys.stdout.isatty():
        sys.stdout.write(safe(content.decode("utf-8", "replace")))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    sys.stdout.flush()


def on_terminal() -> bool:
    """Whether a person sees standard output."""
    return sys.stdout.isatty()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE, pad_edge=False)
    for column in columns:
        drawn.add_column(Text(line(column)), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(line(cell)) for cell in row))
    Console(markup=False, highlight=False, emoji=False).print(drawn)


@contextmanager
def progress(what: str, count: Callable[[], int | None]) -> Iterator[Callable[[Article], None] | None]:
    """How many articles went by, how fast, and where their `count` is known the time left: on standard error, and
    nothing where no person looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    total = count()
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TextColumn("left:" if total else "so far:"), TimeRemainingColumn() if total else TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(what, total=total, rate="")
        speed = Speed()

        def seen(article: Article) -> None:
            bar.update(task, advance=1, rate=speed.after(len(article.text.split())))

        yield seen


class Speed:
    """Articles and words a second since the first article was there: what came before is not their speed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start: float | None = None
        self._articles = self._words = 0

    def after(self, words: int) -> str:
        """The speed as text, after one more article of so many words."""
        now = self._clock()
        if self._start is None:
            self._start = now
            return ""
        self._articles += 1
        self._words += words
        spent = max(now - self._start, 1e-9)
        return f"{self._articles / spent:,.1f} articles/s, {self._words / spent:,.0f} words/s"


@contextmanager
def filling(what: str) -> Iterator[Callable[[Any], None] | None]:
    """A bar on standard error for one large file, told `read` and `size` in bytes and `rows` kept."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda told: bar.update(
            task, completed=told.read, total=told.size, description=f"{what}: {told.rows} rows"
        )
