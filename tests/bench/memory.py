"""Memory while articles stream by: `python -m tests.bench.memory [ARTICLES] [--workers N] [--paragraphs N]`.

The reading part of a build, from JSON Lines to cached readings, with the parent's list of what the graph is to hold.
Every article brings words that no other has, as news does: what keeps words for ever grows. Printed at 1,000 articles
and on: the most that the parent and that a worker have held until then (MB), and how that stands to the
figures at 1,000. With one worker the parent reads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kg.model import Article
from kg.pipeline import read_articles
from kg.read import read
from kg.scale.local import Work, read_packed
from kg.store.build import entry, read_through
from kg.store.codec import fingerprint
from kg.store.folder import Entry, Folder
from tests.bench.corpus import records

_SYLLABLES = "ba ke li mo nu ra si to va zel dor fin gar hal jun kos lem mar nor pel rud sen tal vik wol".split()


def word(*parts: object) -> str:
    """A name that nobody has, the same for the same parts."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:4]).capitalize()


def write(path: Path, count: int, paragraphs: int) -> Path:
    """JSON Lines of `count` articles of so many paragraphs, and one more with eight words that no other has."""
    with path.open("w", encoding="utf-8") as out:
        for number, record in enumerate(records(count)):
            names = [word(number, which) for which in range(8)]
            record["text"] = "\n\n".join(record["text"].split("\n\n")[: 1 + paragraphs]) + (
                f"\n\n{names[0]} {names[1]} of {names[2]} met {names[3]} {names[4]} in {names[5]} on Monday. "
                f"The {names[6]} party and {names[7]} Industries rejected the offer."
            )
            out.write(json.dumps(record) + "\n")
    return path


def held(pid: int) -> float:
    """Memory of its own that a process holds now, MB, without pages of files, which come and go; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("RssAnon")), "0 0 kB")
    return int(line.split()[1]) / 1000


def measured(source: Path, workers: int) -> Iterator[tuple[int, float, float]]:
    """(articles read, most of the parent, most of a worker), after each article."""
    articles = (item for item in read([source]) if isinstance(item, Article))
    steps = partial(read_packed, work=Work(read_articles), workers=workers)
    entries: dict[str, Entry] = {}
    parent = worker = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number, (key, article) in enumerate(read_through(Folder(Path(folder)), articles, fingerprint(), steps), 1):
            entries[article.iri] = entry(article, key)
            if number % 50 == 0:
                children = [child.pid for child in multiprocessing.active_children() if child.pid]
                parent = max(parent, held(os.getpid()))
                worker = max([worker, *map(held, children)])
            yield number, parent, worker


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory", description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--paragraphs", type=int, default=8, help="of an article; fewer to see sooner what grows")
    chosen = parser.parse_args()
    first: tuple[float, float] | None = None
    start = time.perf_counter()
    print(f"{'articles':>9}{'parent MB':>11}{'worker MB':>11}{'to first':>10}{'':>10}{'minutes':>9}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        source = write(Path(folder, "news.jsonl"), chosen.articles, chosen.paragraphs)
        for number, parent, worker in measured(source, chosen.workers):
            if number % 1000 == 0:
                first = first or (parent, worker)
                ratios = parent / first[0], worker / first[1] if first[1] else 1.0
                minutes = (time.perf_counter() - start) / 60
                figures = f"{number:9,}{parent:11.0f}{worker:11.0f}{ratios[0]:10.3f}{ratios[1]:10.3f}{minutes:9.1f}"
                print(figures, flush=True)


if __name__ == "__main__":
    main()
