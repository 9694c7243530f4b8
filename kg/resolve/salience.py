"""Which of the things mentioned so far the reader has in mind (after Lappin & Leass 1994, simplified).

A mention weighs more as a subject, as a name and when it is recent; the weight halves with every sentence.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Parse
from kg.resolve.scene import Draft, Thing

WEIGHTS = {"nsubj": 80.0, "nsubjpass": 75.0, "dobj": 50.0, "agent": 50.0, "pobj": 40.0, "poss": 40.0, "ROOT": 60.0}
OTHER_ROLE = 35.0
NAME = 20.0
NAMED_GROUP = 60.0  # "Trump and Putin", for a plural
BASE = 100.0  # for being mentioned at all in a sentence
EMBEDDED = 0.5  # of a description that only a relative clause brings in
WINDOW = 4  # sentences back


class Salience:
    """Mentions seen so far, and the thing that stands out among them."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._seen: list[tuple[int, Draft]] = []

    def seen(self, draft: Draft) -> None:
        """A mention that has been read."""
        self._seen.append((self._parse.tokens[draft.head].sentence, draft))

    def best(self, at: int, test: Callable[[Thing], bool], window: int = WINDOW) -> Thing | None:
        """The weightiest thing that passes, mentioned before token `at`, at most `window` sentences back."""
        return next(iter(self.ranked(at, test, window)), None)

    def ranked(self, at: int, test: Callable[[Thing], bool], window: int = WINDOW) -> list[Thing]:
        """All that pass, the weightiest first."""
        here = self._parse.tokens[at].sentence
        weights: dict[Thing, float] = {}
        marks: dict[tuple[Thing, int], float] = {}
        for sentence, other in reversed(self._seen):
            if here - sentence > window:
                break
            if other.thing is None or other.last >= at or not test(other.thing):
                continue
            key = (other.thing, sentence)
            marks[key] = max(marks.get(key, 0.0), self._weight(other))
        for (thing, sentence), weight in marks.items():
            weights[thing] = weights.get(thing, 0.0) + weight / 2 ** (here - sentence)
        return sorted(weights, key=lambda thing: -weights[thing])

    def _weight(self, draft: Draft) -> float:
        role = WEIGHTS.get(self._parse.tokens[draft.head].dep, OTHER_ROLE)
        known = NAME if draft.form == "name" else 0.0
        if draft.thing is not None and draft.thing.members:
            acting = [member for member in draft.thing.members if member.named and member.kind != "place"]
            known = NAMED_GROUP if acting else 0.0
        governor = self._parse.tokens[self._parse.tokens[draft.head].head]
        return (BASE + role + known) * (EMBEDDED if governor.dep == "relcl" and draft.form == "nominal" else 1.0)
