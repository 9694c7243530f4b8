"""Runs the product's own steps over articles, with the parse kept between runs and each step's time taken.

The parse is most of the time and the least changed: `--parse-cache DIR` (or KG_EVAL_CACHE) keeps it, keyed by
the text, the model's version and everything else that it is made by. All that follows is computed anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from kg.annotate import parse as parsing
from kg.annotate.model import MODEL
from kg.files import seeds
from kg.model import Article, Parse, Reading, Token
from kg.pipeline import ANNOTATE, STEPS

BATCH = 64


@dataclass(slots=True)
class Reader:
    """Articles to readings that keep their parse. With `timing`, nothing is cached and `seconds` fills.

    `until` names the last step to run, for work on one step while a later one is in pieces.
    """

    cache_folder: Path | None = None
    until: str | None = None
    timing: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of the articles."""
        pending = iter(articles)
        while batch := list(islice(pending, BATCH)):
            for reading in self._annotated(batch):
                yield self._finish(reading)

    def timing_lines(self) -> list[str]:
        """Each step's seconds, and their share of the parse's."""
        parse = self.seconds.get("parse", 0.0)
        return [
            f"time.{name:<19} {seconds:7.2f} s  {100 * seconds / parse if parse else 0:5.1f} % of the parse"
            for name, seconds in self.seconds.items()
        ]

    def _annotated(self, articles: list[Article]) -> list[Reading]:
        if self.timing:
            return self._timed_annotation(articles)
        if self.cache_folder is None:
            return list(parsing.annotate_all(Reading(article=article) for article in articles))
        parses = [_load(self.cache_folder, article) for article in articles]
        missing = [article for article, parse in zip(articles, parses, strict=True) if parse is None]
        fresh = {id(article): parse for article, parse in zip(missing, self._parse(missing), strict=True)}
        return [
            parsing.with_parse(Reading(article=article), parse or fresh[id(article)])
            for article, parse in zip(articles, parses, strict=True)
        ]

    def _parse(self, articles: list[Article]) -> list[Parse]:
        readings = list(parsing.annotate_all(Reading(article=article) for article in articles))
        if self.cache_folder is not None:
            for reading in readings:
                _save(self.cache_folder, reading.article, reading.parse)
        return [reading.parse for reading in readings]

    def _timed_annotation(self, articles: list[Article]) -> list[Reading]:
        """Annotation includes the time expressions; they are timed once more, and taken off the parse."""
        started = time.perf_counter()
        readings = list(parsing.annotate_all(Reading(article=article) for article in articles))
        parsed = time.perf_counter()
        for reading in readings:
            parsing.with_parse(Reading(article=reading.article), reading.parse)
        times = time.perf_counter() - parsed
        self._spend("parse", parsed - started - times)
        self._spend("times", times)
        return readings

    def _finish(self, reading: Reading) -> Reading:
        for step in STEPS:
            if step is not ANNOTATE:
                started = time.perf_counter()
                reading = step(reading)
                self._spend(step.name, time.perf_counter() - started)
            if step.name == self.until:
                break
        return reading

    def _spend(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds


# what the parse is made by, besides the model: its own modules, and the names by which headlines are recased
SOURCES = (*sorted(Path(parsing.__file__).parent.glob("*.py")), seeds("entities.tsv"))


@cache
def _maker() -> str:
    """What a parse depends on besides the text."""
    sources = [hashlib.sha256(file.read_bytes()).hexdigest() for file in SOURCES]
    fields = (*Token._fields, *Parse.__dataclass_fields__)
    return "\n".join([version("spacy"), version(MODEL.replace("_", "-")), *sources, *fields])


def _file(folder: Path, article: Article) -> Path:
    prose = [(span.start, span.end) for span in parsing.prose(article)]
    key = f"{_maker()}\n{article.text}\n{prose}".encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(key).hexdigest()
    return folder / digest[:2] / f"{digest[2:34]}.pickle"


def _load(folder: Path, article: Article) -> Parse | None:
    file = _file(folder, article)
    if not file.exists():
        return None
    parse = pickle.loads(file.read_bytes())  # noqa: S301  written by `_save` alone
    return parse if isinstance(parse, Parse) else None


def _save(folder: Path, article: Article, parse: Parse) -> None:
    """Written beside and renamed, so that runs at the same moment never read half a file."""
    file = _file(folder, article)
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(f".{os.getpid()}")
    half.write_bytes(pickle.dumps(parse, protocol=pickle.HIGHEST_PROTOCOL))
    half.replace(file)
