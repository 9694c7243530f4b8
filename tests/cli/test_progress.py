"""What a person at a terminal sees while articles are read; and that nobody else sees it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

from kg.cli.screen import Speed
from kg.read import expected
from tests.bench.corpus import write


def on_terminal(*arguments: str | Path) -> str:
    """What the command writes to a terminal of a hundred columns that is its standard error."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(  # noqa: S603  our own words
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "COLUMNS": "120", "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        written += piece
    assert child.wait(60) == 0
    return written.decode()


def test_a_terminal_shows_number_speed_and_time_left(tmp_path: Path) -> None:
    shown = on_terminal("build", write(tmp_path / "news.jsonl", 40), "-o", tmp_path / "graph")
    assert "40/40" in shown
    assert "articles/s" in shown
    assert "words/s" in shown
    assert "left:" in shown
    assert "40/40" in on_terminal("rebuild", tmp_path / "graph")


def test_the_speed_counts_from_the_first_article() -> None:
    moments = iter([100.0, 101.0, 102.0])
    speed = Speed(clock=lambda: next(moments))
    assert speed.after(500) == ""
    assert speed.after(300) == "1.0 articles/s, 300 words/s"
    assert speed.after(500) == "1.0 articles/s, 400 words/s"


def test_the_number_of_articles_is_told_before_they_are_read(tmp_path: Path) -> None:
    source = write(tmp_path / "news.jsonl", 7)
    with source.open("a") as out:
        out.write("\n\n{broken\n")
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "no article.pdf").write_text("words")
    (tmp_path / ".hidden.txt").write_text("words")
    assert expected([tmp_path]) == 9
    assert expected([tmp_path / "none.txt", source]) == 8
    for unknown in ("-", "https://x.example/"):
        assert expected([source, unknown]) is None
    (tmp_path / "a.rss").write_text("")
    assert expected([tmp_path]) is None
    (tmp_path / "a.rss").rename(tmp_path / "a.warc.gz")
    assert expected([tmp_path]) is None


def test_counting_a_hundred_thousand_lines_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(f"{'x' * 300}\n" * 100_000)
    start = time.process_time()
    assert expected([tmp_path]) == 100_000
    assert time.process_time() - start < 1
