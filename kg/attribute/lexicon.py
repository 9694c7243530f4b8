"""The lexicon of cues, `seeds/cues.tsv`: what each word may do, as data.

Columns: `word` (a lemma; a particle follows after a space: "point out"), `pos` (verb, noun, adj),
`class` (say, know, want, promise, deny ...; "effect" for words that are no cues), `frames`, which tell where
the content stands, and `effect`, what the word does to the factuality of its content (empty: as its class does).

| frame | the content is |
|---|---|
| `that` | a finite clause, with or without its complementiser; a wh-clause |
| `quote` | a quotation beside the cue |
| `to`, `ing` | an infinitive, a gerund whose subject is the source |
| `obj` | the direct object |
| `claim` | the direct object, where it is no person (dismiss a claim, not a minister) |
| `view` | the direct object, where words can hit it: a plan, a rival, not a town (attack) |
| `obj-that`, `obj-to`, `obj-quote` | the clause; the object is only addressed |
| `obj+to`, `obj+pred`, `obj+as` | the object together with its infinitive, predicate or as-phrase |
| `obj@of` | the object together with that prepositional phrase |
| `@about` | the object of that preposition, which becomes part of the cue |
| `chain` | none: the word may stand before another cue as part of it ("continued to argue") |
| `+to` | that prepositional phrase, with its preposition |
| `subj+to` | the subject together with the infinitive: nobody is named (seem, appear) |
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from kg.errors import SeedError
from kg.files import seeds

_POS = frozenset({"verb", "noun", "adj", "adv"})
_EFFECTS = frozenset({"", "neutral", "negative", "averted", "planned", "attempted", "possible", "probable", "doubted"})
_EFFECT_OF_CLASS = {
    "agree": "planned",
    "ask": "planned",
    "decide": "planned",
    "deny": "negative",
    "doubt": "doubted",
    "expect": "planned",
    "fear": "possible",
    "hope": "planned",
    "order": "planned",
    "plan": "planned",
    "promise": "planned",
    "refuse": "negative",
    "seem": "probable",
    "suspect": "possible",
    "think": "probable",
    "urge": "planned",
    "want": "planned",
    "nominate": "planned",
    "support": "planned",
}
_FRAMES = frozenset(
    {
        "that",
        "quote",
        "to",
        "ing",
        "obj",
        "claim",
        "view",
        "obj-that",
        "obj-to",
        "obj-quote",
        "obj+to",
        "obj+pred",
        "obj+as",
        "subj+to",
        "chain",
    }
)


class Entry(NamedTuple):
    """One row: the word's class, its frames and the prepositions of its `@` and `obj@` frames."""

    word: str
    pos: str
    kind: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    object_prepositions: frozenset[str]
    whole_prepositions: frozenset[str]
    effect: str


@cache
def entries() -> dict[tuple[str, str], Entry]:
    """(word, pos) -> entry. Raises `SeedError` with the line of a wrong row."""
    path = seeds("cues.tsv")
    found: dict[tuple[str, str], Entry] = {}
    with path.open(encoding="utf-8", newline="") as rows:
        for line, row in enumerate(csv.DictReader(rows, delimiter="\t"), start=2):
            entry = _entry(row, str(path), line)
            if (entry.word, entry.pos) in found:
                raise SeedError(f"{entry.word} ({entry.pos}) stands here a second time", file=str(path), line=line)
            found[entry.word, entry.pos] = entry
    return found


@cache
def particles() -> dict[str, frozenset[str]]:
    """For each verb that has entries with a particle, those particles."""
    found: dict[str, set[str]] = {}
    for word, pos in entries():
        verb, _, particle = word.partition(" ")
        if pos == "verb" and particle:
            found.setdefault(verb, set()).add(particle)
    return {verb: frozenset(those) for verb, those in found.items()}


def _entry(row: dict[str, str], file: str, line: int) -> Entry:
    frames = (row.get("frames") or "").split()
    plain = frozenset(frame for frame in frames if "@" not in frame and not frame.startswith("+"))
    if (
        row.get("pos") not in _POS
        or not row.get("word")
        or not row.get("class")
        or plain - _FRAMES
        or row.get("effect") not in _EFFECTS
    ):
        raise SeedError(f"needs word, pos, class and known frames, has {dict(row)}", file=file, line=line)
    return Entry(
        word=row["word"],
        pos=row["pos"],
        kind=row["class"],
        frames=plain,
        prepositions=frozenset(frame[1:] for frame in frames if frame.startswith("@")),
        object_prepositions=frozenset(frame[4:] for frame in frames if frame.startswith("obj@")),
        whole_prepositions=frozenset(frame[1:] for frame in frames if frame.startswith("+")),
        effect=row["effect"] or _EFFECT_OF_CLASS.get(row["class"], "neutral"),
    )
