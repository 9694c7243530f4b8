"""Kills `kg add` at random moments: `python -m tests.fuzz.killing FOLDER COUNT SEED`.

One process loads the parser and forks; each child adds an article to the graph and says so when it is done; it is
killed (SIGKILL) at a moment between its start and a little after its end. After each kill, and while the child writes,
the graph is opened and must be whole: what was reported as added is there, and nothing that was never given.
Prints one line of JSON: how many children were killed before they were done, and how many were not.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from kg.pipeline import add, build
from kg.store.graph import KnowledgeGraph

PLACES = ("Elba", "Rome", "Oslo", "Lima", "Cairo", "Quito")


def article(folder: Path, number: int) -> Path:
    path = folder / f"{number:04}.txt"
    place = PLACES[number % len(PLACES)]
    path.write_text(f"The coast guard said {number + 2} divers were rescued near {place}.\n", encoding="utf-8")
    return path


def whole(directory: Path, reported: set[str], given: set[str]) -> None:
    """Raise AssertionError unless the graph is that of articles between the reported and the given."""
    with KnowledgeGraph(directory) as graph:
        held = {entry.id for entry in graph.manifest.articles}
        assert reported <= held <= given, (reported - held, held - given)
        assert {reading.article.id for reading in graph.readings()} == held
        stored = graph.query("SELECT (COUNT(?a) AS ?n) WHERE { ?a a kg:Article }").values()
        assert stored == [(str(len(held)),)], (stored, len(held))
        events = graph.query("SELECT (COUNT(?e) AS ?n) WHERE { GRAPH ?g { ?e kg:lemma ?l } }").values()
        assert events == [(str(sum(len(reading.events) for reading in graph.readings())),)]


def child(path: Path, directory: Path, done: int) -> None:
    add([path], directory)
    os.write(done, b"1")
    os._exit(0)


def attempt(path: Path, directory: Path, delay: float, look: bool, known: tuple[set[str], set[str]]) -> bool:
    """Whether the child said that it was done before it was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            child(path, directory, writing)
        finally:
            os._exit(1)
    os.close(writing)
    if look:
        whole(directory, *known)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as pipe:
        return bool(pipe.read())


def main(folder: Path, count: int, seed: int) -> dict[str, int]:
    chance = random.Random(seed)  # noqa: S311
    inputs, directory = folder / "in", folder / "graph"
    inputs.mkdir()
    first = article(inputs, 0)
    build([first], directory)
    begun = time.monotonic()
    second = article(inputs, 1)
    add([second], directory)
    usual = time.monotonic() - begun
    reported, given = {first.name, second.name}, {first.name, second.name}
    for number in range(2, count + 2):
        path = article(inputs, number)
        given.add(path.name)
        if attempt(path, directory, chance.random() * usual * 2, number % 3 == 0, (reported, given)):
            reported.add(path.name)
        whole(directory, reported, given)
    add([inputs], directory)
    whole(directory, given, given)
    build([inputs], folder / "anew")
    with KnowledgeGraph(directory) as graph, KnowledgeGraph(folder / "anew") as anew:
        assert graph.export("nquads") == anew.export("nquads")
    done = len(reported) - 2
    return {"killed": count - done, "done": done}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
