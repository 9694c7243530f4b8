"""One article more: `python -m tests.bench.adding [ARTICLES] [--paragraphs N] [--workers N]`.

Whole processes, as a user runs them: `kg build` of so many articles, `kg add` of one that the graph does not hold, and
`kg add` of one that it does. Printed: seconds, and how many times quicker than the build.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.memory import write


def seconds(*arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kg", *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603  ourselves
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.adding", description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--paragraphs", type=int, default=1, help="of an article, beside one of names of its own")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        held, one, graph = (str(Path(folder, name)) for name in ("held.jsonl", "one.jsonl", "graph"))
        lines = write(Path(held), chosen.articles + 1, chosen.paragraphs).read_text("utf-8").splitlines(keepends=True)
        Path(held).write_text("".join(lines[:-1]), "utf-8")
        Path(one).write_text(lines[-1], "utf-8")
        built = seconds("build", held, "-o", graph, "--workers", chosen.workers)
        print(f"{'build of ' + format(chosen.articles, ','):<24}{built:8.1f} s", flush=True)
        for name in ("one more", "the same once more"):
            taken = seconds("add", one, "-o", graph)
            print(f"{name:<24}{taken:8.1f} s{built / taken:8.1f} times quicker", flush=True)


if __name__ == "__main__":
    main()
