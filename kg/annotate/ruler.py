"""spaCy's attribute ruler, remembering what its patterns matched: the same attributes in a fraction of the time.

The ruler maps the tagger's tags to parts of speech and lemmas. What a pattern says of one token is a function of a few
of its attributes; spaCy runs its matcher over every token anew, which is an eighth of the whole parse. Here each
combination of attributes is matched once. Patterns of several tokens are tried only where the first one fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span
from spacy.tokens._retokenize import set_token_attrs

Pattern = dict[str, Any]  # what is asked of one token
Match = tuple[int, int, int, int]  # number of the rule, key of its pattern, first token, the one after the last
_MOST = 5_000  # words, and combinations, remembered: 2 MB


class _Known(NamedTuple):
    """What tokens with the same attributes match: (number, key) of rules, and whether longer patterns may begin."""

    matches: tuple[tuple[int, int], ...]
    begins: bool


class _Words(dict[int, int]):
    """Each word that a test tells from others, as itself, and all others as one: most words are in no pattern."""

    def __init__(self, ruler: AttributeRuler, tests: Sequence[Any]) -> None:
        self.strings = ruler.vocab.strings
        self.named = {test for test in tests if isinstance(test, str)}
        self.shapes: list[re.Pattern[str]] = []
        for test in tests:
            for sort, value in test.items() if isinstance(test, dict) else ():
                if sort in ("IN", "NOT_IN"):
                    self.named.update(value)
                else:  # whatever else is asked may tell any word from another
                    self.shapes.append(re.compile(value if sort == "REGEX" else ""))

    def __missing__(self, word: int) -> int:
        if len(self) >= _MOST:
            self.clear()
        text = self.strings[word]
        told = self[word] = word if text in self.named or any(shape.search(text) for shape in self.shapes) else 0
        return told


class RememberingRuler(AttributeRuler):
    """A ruler made from another one's patterns."""

    def __init__(self, ruler: AttributeRuler) -> None:
        super().__init__(ruler.vocab, ruler.name)
        self.add_patterns(ruler.patterns)
        self.alone, self.first, self.longer = (Matcher(ruler.vocab) for _ in range(3))
        begin: list[Pattern] = []
        self.longest = 1
        for number, patterns in enumerate(_patterns(ruler)):
            for pattern in patterns:
                begin.append(pattern[0])
                self.longest = max(self.longest, len(pattern))
                if len(pattern) == 1:
                    self.alone.add(str(number), [pattern])
                else:
                    self.first.add(str(number), [pattern[:1]])
                    self.longer.add(str(number), [pattern])
        others = {name for first in begin for name in first} - {"LOWER"}
        self.attributes: list[int | str] = ["LOWER", *sorted(others)]
        self.words = _Words(ruler, [first["LOWER"] for first in begin if "LOWER" in first])
        self.known: dict[tuple[int, ...], _Known] = {}

    def match(self, doc: Doc) -> list[Match]:
        """As in the base class: matches in the order of their rules, so that later ones win."""
        found: list[Match] = []
        for i, (word, *others) in enumerate(doc.to_array(self.attributes).tolist()):
            row = (self.words[word], *others)
            known = self.known.get(row) or self._remember(row, doc[i : i + 1])
            for number, key in known.matches:
                found.append((number, key, i, i + 1))
            if known.begins:
                around = self._run(self.longer, doc[i : i + self.longest])
                found.extend((number, key, i, i + end) for number, key, start, end in around if start == 0)
        found.sort()
        return found

    def set_annotations(self, doc: Doc, matches: list[Match]) -> None:
        """As in the base class, less the `Span` that it makes of every match."""
        for number, _, start, end in matches:
            index = self.indices[number]
            set_token_attrs(doc[start + index if index >= 0 else end + index], self.attrs[number])

    def _remember(self, row: tuple[int, ...], token: Span) -> _Known:
        if len(self.known) >= _MOST:
            self.known.clear()
        matches = tuple((number, key) for number, key, _, _ in self._run(self.alone, token))
        known = self.known[row] = _Known(matches, bool(len(self.first) and self._run(self.first, token)))
        return known

    def _run(self, matcher: Matcher, tokens: Span) -> list[Match]:
        found = matcher(tokens, allow_missing=True, as_spans=False)
        return [(int(self.vocab.strings[key]), key, start, end) for key, start, end in found]


def remembering(ruler: AttributeRuler) -> AttributeRuler:
    """One that remembers in the place of one of plain patterns."""
    return ruler if _repeats(ruler) else RememberingRuler(ruler)


def _repeats(ruler: AttributeRuler) -> bool:
    """Whether a pattern can match more or fewer tokens than it names."""
    return any("OP" in token for patterns in _patterns(ruler) for pattern in patterns for token in pattern)


def _patterns(ruler: AttributeRuler) -> list[list[list[Pattern]]]:
    """The patterns of each rule; each is a list of tests, one a token."""
    return [cast(list[list[Pattern]], rule["patterns"]) for rule in ruler.patterns]
