"""A parser in a process of its own makes the parses that this one would make."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.annotate import parse
from kg.model import Reading
from kg.pipeline import read_articles
from kg.read import clean_article
from kg.scale.ahead import parser_ahead

TEXTS = ("Putin Thanks Trump For Help\n\nVladimir Putin thanked Donald Trump on Sunday.", "“Yes,” she said.", "", "…")
ARTICLES = [clean_article(text, id=str(number)) for number, text in enumerate(TEXTS)]


def everything() -> list[Reading]:
    return list(read_articles(ARTICLES, keep_parse=True))


def test_it_parses_as_this_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    here = everything()
    with parser_ahead() as process:
        monkeypatch.setattr(parse, "parsed", None)  # to parse here would fail
        assert everything() == here
        assert everything() == here  # it goes on
    assert process.poll() is not None


def test_where_it_has_ended_this_process_parses() -> None:
    here = everything()
    with parser_ahead() as process:
        process.kill()
        process.wait()
        assert everything() == here


def test_nothing_is_imported_from_the_folder_one_is_in(tmp_path: Path) -> None:
    for name in ("spacy", "msgspec", "json", "kg"):
        (tmp_path / f"{name}.py").write_text(f"open('met', 'a').write('{name}')", "utf-8")
    (tmp_path / "a.txt").write_text("Vladimir Putin thanked Donald Trump on Sunday.", "utf-8")
    (tmp_path / "b.txt").write_text("Donald Trump thanked nobody.", "utf-8")
    for verb, article in (("build", "a.txt"), ("add", "b.txt")):
        program = f"import sys; sys.path[:] = {sys.path!r}; from kg.__main__ import main; main()"
        command = [sys.executable, "-P", "-c", program, verb, article, "-o", "graph"]
        subprocess.run(command, cwd=tmp_path, check=True)  # noqa: S603  ourselves
    assert not (tmp_path / "met").exists()

