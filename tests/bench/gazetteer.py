"""How long names take: an index of a million names, and the share of finding names in the time of a reading.

    python -m tests.bench.gazetteer [--names 1000000]

Prints the time and size of the build, the time to open the index and what that costs in memory (each in a fresh
process), the time to find the names of an article in it, and with 5,000 rows the time of `find` against that of
the parse. The limits it checks are 0.2 s, 200 MB and 5 %; it fails when one is passed.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.gazetteer import Gazetteer, open_gazetteer
from kg.gazetteer.build import build

OPEN_SECONDS, MEGABYTES, SHARE = 0.2, 200.0, 0.05
ARTICLE = """\
{} told reporters in {} on Tuesday that talks with {} would go on, although the minister had not agreed to meet.
According to the agency, two ships of the company left {} last week, and {} has since asked for their return.
"We do not know why {} left," a spokesman said, adding that the government of the country was still waiting.
The report, which was first published by {}, says that prices rose by 3.5 percent between March and September.
"""
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bran cost dorf ford gard holm".split()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)  # the fresh process
    arguments = parser.parse_args()
    if arguments.look:
        return look(arguments.look)
    text = articles()
    with tempfile.TemporaryDirectory() as folder:
        big = made(Path(folder), arguments.names)
        command = [sys.executable, "-m", "tests.bench.gazetteer", "--look", str(big)]
        opened, memory, found = map(float, subprocess.run(command, check=True, capture_output=True).stdout.split())  # noqa: S603
        print(f"open      {opened * 1000:8.1f} ms   (at most {OPEN_SECONDS * 1000:.0f})")
        print(f"memory    {memory:8.1f} MB   (at most {MEGABYTES:.0f}), the whole process")
        print(f"find      {found * 1000:8.1f} ms   in the large index, cold, {len(text)} characters")
        share = finding_share(open_gazetteer(made(Path(folder), 5_000)), text)
    return int(opened > OPEN_SECONDS or memory > MEGABYTES or share > SHARE)


def articles(paragraphs: int = 100) -> str:
    """Paragraphs of our own, with names of the index's making in them: about 9,000 tokens."""
    chance = random.Random(0)  # noqa: S311  names, not secrets
    return "\n".join(ARTICLE.format(*(_name(chance) for _ in range(7))) for _ in range(paragraphs))


def made(folder: Path, names: int) -> Path:
    """An index of so many names, half labels and half aliases, as the text has them too."""
    source, output = folder / f"{names}.tsv", folder / f"{names}.kg"
    chance = random.Random(names)  # noqa: S311  names, not secrets
    with source.open("w", encoding="utf-8") as file:
        file.write("label\tkind\taliases\tqid\n")
        for number in range(names // 2):
            kind = chance.choice(("person", "organization", "place"))
            file.write(f"{_name(chance)}\t{kind}\t{_name(chance)}\tQ{number + 1}\n")
    began = time.perf_counter()
    summary = build(source, output)
    took = time.perf_counter() - began
    print(f"build     {took:8.1f} s    {summary.names} names, {output.stat().st_size / 1e6:.0f} MB on disk")
    return output


def _name(chance: random.Random) -> str:
    return " ".join(_word(chance) for _ in range(chance.choice((1, 2, 2, 3))))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((3, 4, 5)))).capitalize()


def look(path: Path) -> int:
    """In a process of its own: seconds to open, megabytes of the whole process, seconds to find the names."""
    text = articles()
    began = time.perf_counter()
    index = open_gazetteer(path)
    opened = time.perf_counter() - began
    began = time.perf_counter()
    index.find(text)
    found = time.perf_counter() - began
    print(opened, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found)
    return 0


def finding_share(gazetteer: Gazetteer, text: str) -> float:
    """The time of `find`, cold, as a share of the time of the parse, both over the articles' paragraphs."""
    from kg.annotate.model import model

    nlp = model()
    paragraphs = [part for part in text.split("\n") if part.strip()]
    nlp(paragraphs[0])
    began = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(paragraphs))
    parsed = time.perf_counter() - began
    began = time.perf_counter()
    gazetteer.find(text)
    found = time.perf_counter() - began
    share = found / parsed
    times = f"{found * 1000:.1f} of {parsed * 1000:.0f} ms, {tokens} tokens"
    print(f"share     {share:8.2%}      (at most {SHARE:.0%}), {times}")
    return share


if __name__ == "__main__":
    raise SystemExit(main())
