"""`kg build --engine spark`: from paths that Hadoop opens, to folders of Parquet and N-Quads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.cli.screen import complain, say
from kg.errors import KgError


def distributed(paths: Sequence[str], output: str, base: str, gazetteers: Sequence[Path]) -> int:
    """Read one source on the cluster; errors of single records are told, the others are built."""
    from kg.scale.spark import build

    if len(paths) != 1:
        raise KgError("the distributed engine reads one path; give a folder or a pattern such as news/*.jsonl")
    built = build(paths[0], output, base=base, gazetteers=[str(path.resolve()) for path in gazetteers])
    for error in built.errors:
        complain(error)
    say(f"{output}: {built.articles} article{'' if built.articles == 1 else 's'}")
    return 1 if built.errors else 0
