"""Scores the product on annotated news: `python -m tests.eval FOLDER`.

Every sub-folder is scored by the part of its name before the hyphen, so that the same command scores any part of
the gold data (`polnear-dev`, `polnear-test`, ...); parts of one set are scored together.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.pipeline import STEPS
from tests.eval import ecbplus, elevant, meantime, polnear
from tests.eval.figures import Report
from tests.eval.readings import Reader

Scorer = Callable[[Sequence[Path], Reader, int | None], Report]
SETS: dict[str, Scorer] = {
    "polnear": polnear.score,
    "meantime": meantime.score,
    "ecbplus": ecbplus.score,
    "elevant": elevant.score,
}


def score_folder(folder: Path, reader: Reader, only: str | None = None, limit: int | None = None) -> Report:
    """All sets that the folder has, in the order of `SETS`. Raises SystemExit where it has none."""
    report = Report()
    found = False
    for name, score in SETS.items():
        parts = sorted(each for each in folder.glob(f"{name}-*") if each.is_dir())
        if parts and only in (None, name):
            found = True
            report.extend(score(parts, reader, limit))
    if not found:
        names = ", ".join(f"{name}-*" for name in SETS)
        raise SystemExit(f"{folder}: no gold data to score here; it should hold folders named {names}")
    return report


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    reader = Reader(cache_folder=options.parse_cache, until=options.until, timing=options.timing)
    report = score_folder(options.folder, reader, options.only, options.limit)
    for figure in report.figures:
        print(figure)
    if options.timing:
        print(*reader.timing_lines(), sep="\n")
    if options.json:
        options.json.write_text(json.dumps(report.flat(), indent=2) + "\n", encoding="utf-8")
    if options.errors:
        with options.errors.open("w", encoding="utf-8") as out:
            for error in report.errors:
                out.write(json.dumps(error.as_json(), ensure_ascii=False) + "\n")


def _parser() -> argparse.ArgumentParser:
    cache = os.environ.get("KG_EVAL_CACHE")
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that holds polnear-*, meantime-*, ecbplus-*, elevant-*")
    parser.add_argument("--only", choices=SETS, help="score one set")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N articles (and sentences) of each set")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures as one flat object")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write every miss and false alarm as JSON lines")
    parser.add_argument(
        "--parse-cache", type=Path, metavar="DIR", default=Path(cache) if cache else None,
        help="keep parses here between runs (default: the environment's KG_EVAL_CACHE)",
    )
    parser.add_argument("--until", choices=[step.name for step in STEPS], help="run the steps up to this one only")
    parser.add_argument("--timing", action="store_true", help="print each step's time beside the parse's; no cache")
    return parser


if __name__ == "__main__":
    main()
