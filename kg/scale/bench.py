"""How fast this machine reads articles, step by step, and what dominates.

Each figure is the median of several rounds over the same articles. Time is the processor's, not the wall clock's: a
busy machine changes it little. The parser alone (`nlp.pipe` over the same texts, the model loaded as we load it) is the
measure that the others are held against. With articles of the caller's own the figures are those of his corpus.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import InputError, KgError
from kg.model import Article, Parse, Reading
from kg.scale.local import batches

if TYPE_CHECKING:
    from kg.pipeline import Step


class Row(NamedTuple):
    """One step: processor seconds for all articles, words a second, and its part of the whole, 0 to 1."""

    step: str
    seconds: float
    words: float
    share: float


def bench(paths: Iterable[str | Path] = (), *, articles: int = 50, rounds: int = 3) -> list[Row]:
    """Rows for each step, for "all", and for "parser alone"; without paths, over an article of our own, repeated.

    Raises `KgError` where the paths hold no article.
    """
    given = _articles(list(paths), articles)
    words = sum(len(article.text.split()) for article in given)
    measured = [_round(given) for _ in range(max(rounds, 1) + 1)][1:]  # the first warms every cache
    seconds = {step: median(each[step] for each in measured) for step in measured[0]}
    alone = seconds.pop("parser alone")
    whole = sum(seconds.values())
    rows = [Row(step, taken, words / max(taken, 1e-9), taken / whole) for step, taken in seconds.items()]
    return [*rows, Row("all", whole, words / whole, 1.0), Row("parser alone", alone, words / alone, alone / whole)]


def _articles(paths: Sequence[str | Path], wanted: int) -> list[Article]:
    from kg.read import read

    if not paths:
        return [_own(number) for number in range(wanted)]
    found: list[Article] = []
    for item in read(paths):
        if not isinstance(item, InputError):
            found.append(item)
        if len(found) == wanted:
            break
    if not found:
        raise KgError("no article could be read; give files or folders that kg build reads")
    return found


def _own(number: int) -> Article:
    from kg.read.article import clean_article

    return clean_article(f"Report {number}\n\n{_TEXT}", id=str(number))


def _round(articles: Sequence[Article]) -> dict[str, float]:
    from kg.annotate.model import model
    from kg.annotate.parse import piped
    from kg.compare import compare
    from kg.identify import identify
    from kg.pipeline import STEPS
    from kg.store.codec import decode_reading, encode
    from kg.store.quads import write_whole

    seconds: dict[str, float] = {}
    docs = (model().make_doc(article.text) for article in articles)
    seconds["parser alone"], _ = _timed(lambda: sum(1 for _ in piped(docs)))
    readings = [Reading(article=article) for article in articles]
    for step in STEPS:
        run = _in_batches if step.name == "annotate" else partial(_one_by_one, step)
        seconds[step.name], readings = _timed(partial(run, readings))
    readings = sorted((replace(one, parse=Parse()) for one in readings), key=lambda one: one.article.iri)
    seconds["keep"], readings = _timed(lambda: [decode_reading(encode(one)) for one in readings])
    seconds["identify"], clusters = _timed(lambda: identify(readings))
    seconds["compare"], comparison = _timed(lambda: compare(readings, clusters))
    with tempfile.TemporaryDirectory() as folder:
        seconds["store"], _ = _timed(lambda: write_whole(Path(folder), readings, comparison, ()))
    return seconds


def _in_batches(readings: Sequence[Reading]) -> list[Reading]:
    from kg.annotate import annotate_all

    return [
        reading
        for batch in batches(reading.article for reading in readings)
        for reading in annotate_all(Reading(article=article) for article in batch)
    ]


def _one_by_one(step: Step, readings: Sequence[Reading]) -> list[Reading]:
    return [step(reading) for reading in readings]


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = run()
    return time.process_time() - start, result


_TEXT = """\
Two ferries will be bought by Norvik Energy for forty million euros, Radio One reported on Monday, citing the
transport ministry. The company has not confirmed the purchase.

“We met the owners in Bergen last week and thanked them for their offer,” Anna Holm, a spokeswoman for the ministry,
told reporters. She denied that the government had paid for the ferries.

According to the coast guard, at least twelve people were injured when one of the ships struck a pier near Porto in
March. The harbour master resigned two days later. If the inquiry finds that he had been warned, prosecutors could
charge him with negligence.

The opposition party rejected the plan and called on the minister to publish the contract. Analysts believe that fares
may rise by five percent before the end of the year, the Valley Times said.
"""
