"""The local engine: articles through the steps in this process, or in others that hold the model once each.

One worker is this process, and takes one processor; of two and more, each is a process of its own that reads.
Articles are cut into the same batches whatever the number of workers, and come back in the order given, so that the
result never depends on it. At most two batches a worker are under way: a million articles stream through bounded
memory. What comes back is packed (`kg.store.codec`): the parent keeps it and never parses.

    articles -> batches -> worker: steps, encode -> bytes, in order
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError
from kg.gazetteer import using
from kg.model import Article, Reading
from kg.store.codec import encode

Steps = Callable[[Iterable[Article]], Iterator[Reading]]

BATCH = 16  # articles; measured: 256 is a fifth slower with four times the memory
BATCH_CHARACTERS = 24_000  # of a batch of long articles: four of 800 words take 4 % less than sixteen, and less memory
_AHEAD = 2  # batches under way for each worker: one being read and one waiting


class Work(NamedTuple):
    """What a worker does: the steps (a function of a module, found again by its name) and the gazetteers in use."""

    steps: Steps
    gazetteers: tuple[str, ...] = ()

    def packed(self, batch: Sequence[Article]) -> list[bytes]:
        """The readings of a batch, in its order, packed."""
        with using(map(Path, self.gazetteers)), nothing_to_collect():
            return [encode(reading) for reading in self.steps(batch)]


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """What reading and comparing make has next to no cycles; to look for some in all readings again and again takes a
    sixth of comparing, and in a batch of articles 2.5 % of reading."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def read_packed(articles: Iterable[Article], work: Work, *, workers: int = 1) -> Iterator[bytes]:
    """The packed reading of each article, in the order given: by at most so many processes, or, if it is one, by this.

    Raises `KgError` when a worker ends before its time; errors of the steps come through as they are.
    """
    if workers < 1:
        raise KgError(f"{workers} workers cannot read anything; give 1 (this process reads) or more")
    waiting = batches(articles)
    first = list(islice(waiting, workers * _AHEAD))
    workers = min(workers, len(first) // _AHEAD)  # to start a process takes longer than to read one batch
    if workers > 1:
        yield from _in_workers(chain(first, waiting), work, workers)
    else:
        for batch in chain(first, waiting):
            yield from work.packed(batch)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles in their order, a batch being full at `BATCH` articles or about `BATCH_CHARACTERS` characters."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        if batch and (len(batch) == BATCH or characters + len(article.text) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(article)
        characters += len(article.text)
    if batch:
        yield batch


Start = Callable[..., Future[Any]]  # a function and what it is given


@contextmanager
def beside(workers: int) -> Iterator[Start]:
    """Start things that are done in turn while this thread does others; with one worker, before it does. At the end
    all of them are done; where one failed, so does this."""
    started: list[Future[Any]] = []
    with ThreadPoolExecutor(1) if workers > 1 else _AtOnce() as pool:

        def start(run: Callable[..., Any], /, *given: Any) -> Future[Any]:
            started.append(pool.submit(run, *given))
            return started[-1]

        yield start
        for future in started:
            future.result()


class _AtOnce(Executor):
    def submit(self, run: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(run(*given, **named))
        return done


def _in_workers(waiting: Iterator[list[Article]], work: Work, workers: int) -> Iterator[bytes]:
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(work,)
    )
    under_way: deque[Future[list[bytes]]] = deque()
    try:
        under_way.extend(pool.submit(_packed, batch) for batch in islice(waiting, workers * _AHEAD))
        while under_way:
            yield from under_way.popleft().result()
            under_way.extend(pool.submit(_packed, batch) for batch in islice(waiting, 1))
    except BrokenProcessPool:
        raise KgError(
            "a worker ended before its time (often: out of memory); what was read is kept, so run the command again, "
            "with fewer workers. A script that calls this must do so under: if __name__ == '__main__'"
        ) from None
    finally:  # also when the user stops us, or the caller wants no more: nothing waits for what nobody reads
        running = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join()


_work: Work | None = None


def _begin(work: Work) -> None:
    """In a worker, once. Ctrl-C reaches every process of a terminal; only the parent decides what it means."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = work


def _end_with_parent() -> None:
    """A parent that is killed cannot end its workers, and they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _packed(batch: list[Article]) -> list[bytes]:
    if _work is None:
        raise KgError("a worker was asked before it began")
    return _work.packed(batch)
