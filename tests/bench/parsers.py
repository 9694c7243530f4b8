"""SpaCy's own parser, in this process or in several that know nothing of each other: what we are measured by.

A module of its own, as a process that is started anew finds a function by its module, which `__main__` is not.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def plain() -> Language:
    """The model as spaCy loads it, with its own matrix products: what anybody else would run."""
    import spacy

    from kg.annotate.model import MODEL

    return spacy.load(MODEL)


def parse(given: Sequence[str]) -> None:
    from kg.annotate.parse import BATCH

    for _ in plain().pipe(given, batch_size=BATCH):
        pass


def side_by_side(given: Sequence[str], processes: int) -> float:
    """Wall seconds for texts parsed by processes that know nothing of each other, from when all have their model."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes + 1)
    parsers = [context.Process(target=parse_when_ready, args=(given[n::processes], ready)) for n in range(processes)]
    for process in parsers:
        process.start()
    ready.wait()
    start = time.perf_counter()
    for process in parsers:
        process.join()
    return time.perf_counter() - start


def parse_when_ready(given: Sequence[str], ready: Any) -> None:
    parse(given[:4])
    ready.wait()
    parse(given)
