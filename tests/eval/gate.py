"""Floors under the scores: they only ever rise, and a change that makes one fall is seen before it lands.

    python -m tests.eval ../shared/gold --json scores.json
    python -m tests.eval.gate scores.json            # compare with floors.json
    python -m tests.eval.gate scores.json --raise    # and raise the floors to these scores

`floors.json` also holds a hash of each gold folder: floors measured on other data say nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "gold"
DIGITS = 3  # floors are rounded down to this
SLACK = 0.002  # another machine's floating point can turn a parse or two of ten thousand


@dataclass(frozen=True, slots=True)
class Floors:
    """`scores` are fractions of 1 by figure; `gold` the hash of each folder that they were measured on."""

    scores: dict[str, float]
    gold: dict[str, str]

    @classmethod
    def read(cls, file: Path = FLOORS) -> Floors:
        content = json.loads(file.read_text(encoding="utf-8"))
        return cls(content["scores"], content["gold"])

    def write(self, file: Path = FLOORS) -> None:
        content = {"gold": self.gold, "scores": self.scores}
        file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

    def fallen(self, scores: Mapping[str, float]) -> Iterator[str]:
        """A line for each figure that lies under its floor or was not measured."""
        for key, floor in self.scores.items():
            score = scores.get(key)
            if score is None:
                if floor:
                    yield f"{key} was not measured; its floor is {floor:.3f}"
            elif score < floor - SLACK:
                yield f"{key} fell to {score:.3f}; its floor is {floor:.3f}"

    def changed(self, gold: Path) -> Iterator[str]:
        """A line for each gold folder that is not the one that the floors were measured on."""
        for name, digest in self.gold.items():
            if not (gold / name).is_dir():
                yield f"{gold / name} is missing; its floors cannot be checked"
            elif folder_hash(gold / name) != digest:
                yield f"{gold / name} has changed since its floors were measured; measure and set them anew"

    def raised(self, scores: Mapping[str, float]) -> Floors:
        """The higher of floor and score, figure by figure."""
        rounded = {key: math.floor(scores.get(key, 0.0) * 10**DIGITS) / 10**DIGITS for key in self.scores}
        return Floors({key: max(floor, rounded[key]) for key, floor in self.scores.items()}, self.gold)


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files below, in order of name."""
    digest = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.gate", description="Compare scores with their floors.")
    parser.add_argument("scores", type=Path, help="what `python -m tests.eval FOLDER --json FILE` wrote")
    parser.add_argument("--raise", dest="raising", action="store_true", help="raise floors to these scores")
    options = parser.parse_args(arguments)
    scores = json.loads(options.scores.read_text(encoding="utf-8"))
    floors = Floors.read()
    if unknown := sorted(scores.keys() - floors.scores.keys()):
        raise SystemExit(f"{options.scores}: no floor is kept for {', '.join(unknown)}")
    fallen = list(floors.fallen(scores))
    if options.raising:
        floors.raised(scores).write()
    if fallen:
        raise SystemExit("\n".join(fallen))


if __name__ == "__main__":
    main()
