"""One article more: `python -m tests.bench.adding [ARTICLES] [--source FILE] [--more N] [--paragraphs N]`.

Whole processes, as a user runs them: `kg build` of so many articles, made from patterns or of a file of JSON Lines but
its last few; `kg add` of each of those, one after the other (the median is printed); `kg add` of one that the graph
holds; and `kg annotate` of one, which starts and reads as an addition does and does nothing else. Printed: seconds, and
how many times quicker than the build.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.command import seconds
from tests.bench.memory import write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.adding", description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--paragraphs", type=int, default=1, help="of an article, beside one of names of its own")
    parser.add_argument("--source", type=Path, help="a file of news in their place")
    parser.add_argument("--more", type=int, default=5, help="articles added, one after the other")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        held, one, graph = (str(Path(folder, name)) for name in ("held.jsonl", "one.jsonl", "graph"))
        source = chosen.source or write(Path(held), chosen.articles + chosen.more, chosen.paragraphs)
        lines = source.read_text("utf-8").splitlines(keepends=True)
        Path(held).write_text("".join(lines[: -chosen.more]), "utf-8")
        built = seconds("build", held, "-o", graph, "--workers", chosen.workers)
        print(f"{'build of ' + format(len(lines) - chosen.more, ','):<24}{built:8.1f} s", flush=True)
        added = []
        for line in lines[-chosen.more :]:
            Path(one).write_text(line, "utf-8")
            added.append(seconds("add", one, "-o", graph))
        once_more = seconds("add", one, "-o", graph)
        figures = {"one more": median(added), "the same once more": once_more, "read alone": seconds("annotate", one)}
        for name, taken in figures.items():
            print(f"{name:<24}{taken:8.1f} s{built / taken:8.1f} times quicker", flush=True)


if __name__ == "__main__":
    main()
