"""The local engine: the same bytes whatever the number of workers, in order, bounded, and clear when a worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import KgError
from kg.model import Article, Reading
from kg.read.article import clean_article
from kg.scale.local import BATCH, BATCH_CHARACTERS, Work, batches, beside, read_packed
from kg.store.codec import decode_reading
from tests.bench.corpus import write


def article(number: int, length: int = 20) -> Article:
    return clean_article(f"Article {number}.\n\n" + "x" * length, id=str(number))


def bare(articles: Iterable[Article]) -> Iterator[Reading]:
    """Steps that do nothing: what is tested is how articles travel."""
    return (Reading(article=article) for article in articles)


def dying(articles: Iterable[Article]) -> Iterator[Reading]:
    for article in articles:
        if article.id == "40":
            os.kill(os.getpid(), signal.SIGKILL)
        yield Reading(article=article)


def failing(articles: Iterable[Article]) -> Iterator[Reading]:
    raise KgError("a step says no")
    yield from bare(articles)


def test_batches_are_full_by_number_or_by_length() -> None:
    many = list(batches(article(number) for number in range(BATCH * 2 + 3)))
    assert [len(batch) for batch in many] == [BATCH, BATCH, 3]
    long = list(batches(article(number, BATCH_CHARACTERS // 2) for number in range(5)))
    assert [len(batch) for batch in long] == [1, 1, 1, 1, 1]
    assert list(batches([])) == []


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_readings_come_in_the_order_given(workers: int) -> None:
    packed = read_packed((article(number) for number in range(100)), Work(bare), workers=workers)
    assert [decode_reading(one).article.id for one in packed] == [str(number) for number in range(100)]


def test_no_more_is_read_ahead_than_workers_can_hold() -> None:
    taken = []

    def endless() -> Iterator[Article]:
        for number in range(10**9):
            taken.append(number)
            yield article(number)

    packed = read_packed(endless(), Work(bare), workers=2)
    for _ in range(BATCH * 4):
        next(packed)
    packed.close()  # type: ignore[attr-defined]
    assert len(taken) <= BATCH * 12


def test_a_worker_that_dies_is_told_and_what_came_before_is_kept() -> None:
    with pytest.raises(KgError, match="a worker ended before its time"):
        list(read_packed((article(number) for number in range(100)), Work(dying), workers=2))


def test_an_error_of_a_step_comes_through() -> None:
    for workers in (1, 2):
        with pytest.raises(KgError, match="a step says no"):
            list(read_packed((article(number) for number in range(100)), Work(failing), workers=workers))


@pytest.mark.parametrize("workers", [0, -1])
def test_fewer_than_one_worker_is_an_error(workers: int) -> None:
    with pytest.raises(KgError, match=f"{workers} workers"):
        list(read_packed([article(0)], Work(bare), workers=workers))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_done_beside_is_done_in_turn_and_its_failures_are_told(workers: int) -> None:
    done: list[int] = []
    with beside(workers) as start:
        for number in range(3):
            start(done.append, number)
    assert done == [0, 1, 2]
    with pytest.raises(KgError, match="a step says no"), beside(workers) as start:
        start(list, failing([]))


def test_workers_make_the_same_graph_and_a_second_build_changes_nothing(tmp_path: Path) -> None:
    articles = write(tmp_path / "news.jsonl", BATCH + 4)
    for name, workers in (("one", 1), ("two", 2), ("three", 3)):
        assert kg.build([articles], tmp_path / name, workers=workers).articles == BATCH + 4
    with kg.open(tmp_path / "one") as one, kg.open(tmp_path / "two") as two, kg.open(tmp_path / "three") as three:
        assert one.export("nquads") == two.export("nquads") == three.export("nquads")
    before = (tmp_path / "two/store/current").read_bytes()
    assert kg.build([articles], tmp_path / "two", workers=2).articles == BATCH + 4
    assert (tmp_path / "two/store/current").read_bytes() == before


def building(source: Path, graph: Path) -> subprocess.Popen[bytes]:
    """A build with two workers in a group of processes of its own, from the moment when something is read."""
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(graph), "--workers", "2"]
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it for its children too
    child = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)  # noqa: S603  our own words
    signal.signal(signal.SIGINT, heard)
    deadline = time.monotonic() + 60
    while not kept(graph) and time.monotonic() < deadline:
        time.sleep(0.05)
    return child


def kept(graph: Path) -> dict[str, int]:
    """The readings that a graph's folder keeps, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (graph / "readings").glob("*/*") if len(path.name) == 40}


def test_a_build_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    articles = write(tmp_path / "news.jsonl", 160)
    child = building(articles, tmp_path / "graph")
    os.killpg(child.pid, signal.SIGINT)  # as Ctrl-C does: the whole group
    _, complaint = child.communicate(timeout=30)
    assert child.returncode == 130
    assert complaint == b"kg: stopped; the graph is as it was\n"
    assert not list((tmp_path / "graph/store").glob("current"))
    assert gone(child.pid), "no worker is left behind"
    before = kept(tmp_path / "graph")
    assert 0 < len(before) < 160
    assert kg.build([articles], tmp_path / "graph").articles == 160
    after = kept(tmp_path / "graph")
    assert len(after) == 160
    assert {name: after[name] for name in before} == before, "what was read is not read again"
    kg.build([articles], tmp_path / "anew")
    with kg.open(tmp_path / "graph") as one, kg.open(tmp_path / "anew") as two:
        assert one.export("nquads") == two.export("nquads")


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    child = building(write(tmp_path / "news.jsonl", 160), tmp_path / "graph")
    child.kill()
    child.communicate(timeout=30)
    assert gone(child.pid), "no worker is left behind"


def gone(group: int) -> bool:
    """Whether every process of the group ends within a few seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
