'''The event lexicon `seeds/events.tsv`: which words name which type of event, with which roles.

Types stand under PLOVER's sixteen (Open Event Data Alliance, 2018) where one of them fits; frames follow the
spirit of VerbNet: they say which dependant gives which role. One row is one sense; columns, tab-separated:

type
    the event's type, as in the ontology ("Detain"); several rows may share one. A row whose type begins
    with "@" is not a type but a class of nouns that conditions may name ("@weapon").
plover, parent
    the PLOVER code (may be empty) and the broader type; given once, in the type's first row.
pos
    "verb", "noun", "adj" or, for "@" rows, "class".
triggers
    separated by "|". Each is a lemma, or a lemma followed by words that must hang on it in this order:
    a particle ("blow up"), a preposition ("check into"), an object and more ("take into custody"). Nouns
    are written as compounds are ("phone call"), with the head last, or with "of" ("loss of life").
frame
    "key:role" pairs. Keys: subj, obj, iobj (indirect object), attr (complement noun), comp (complement
    clause), poss ("Russia's ..."), of, mod (noun compound or adjective of nationality), victim (see
    `kg.extract.light`), or any preposition
    ("because_of" for compound ones). The role "-" drops the argument. The flag "sym" makes with/between and
    every coordinated subject one and the same role ("A met with B"). What a row leaves out falls back to
    `DEFAULT_FRAME` and, for prepositions, to `kg.extract.arguments`.
condition
    ";"-separated tests, all of which must hold: "obj" (there is one), "!obj" (there is none), or
    "obj=person,job" (its kind, class or lemma is one of these), "obj!=...". The key "any" is any argument:
    a noun that is often a thing counts as an event only with one.

Among senses of a word the longest trigger wins, then the conditioned sense, then the earlier row.

    >>> [sense.type for sense in lexicon().verbs["detain"]]
    ['Detain']
'''

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import SeedError
from kg.files import seeds

FILE = "events.tsv"
NOUNS = "nouns.tsv"
COLUMNS = ("type", "plover", "parent", "pos", "triggers", "frame", "condition")
PLOVER = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
ROLES = frozenset(
    "agent patient recipient theme topic instrument place origin destination time cause purpose beneficiary amount "
    "attribute -".split()
)
PARTICLES = frozenset("on over in off up down out through along away back around apart together".split())
PREPOSITIONS = frozenset("into for with from to of at by against about upon after onto toward through".split())
NOUN_PREPOSITIONS = frozenset({"of", "from", "for", "on", "to", "over", "with", "in"})
DEFAULT_FRAME: Mapping[str, str] = {
    "subj": "agent", "obj": "patient", "iobj": "recipient", "attr": "attribute", "comp": "theme",
}


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on an argument: that it is there (`values` empty) or is one of `values`; or the contrary."""

    key: str
    values: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One row for one trigger. `words` are what must hang on the lemma; `frame` maps keys to roles."""

    type: str
    words: tuple[str, ...]
    frame: Mapping[str, str]
    symmetric: bool
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event, its PLOVER code (or None) and the broader type ("" at the top)."""

    name: str
    plover: str | None
    parent: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of the file. `verbs`, `nouns`, `adjectives` give a lemma's senses, best first; `classes` a noun's
    classes."""

    types: dict[str, EventType] = field(default_factory=dict)
    verbs: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    nouns: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    adjectives: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)

    def plover(self, kind: str) -> str | None:
        """The PLOVER code of a type: its own or its nearest ancestor's."""
        seen = set()
        while kind in self.types and kind not in seen:
            seen.add(kind)
            entry = self.types[kind]
            if entry.plover:
                return entry.plover
            kind = entry.parent
        return None


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once a process; nouns have their kind from `seeds/nouns.tsv` as a class, too."""
    return read_lexicon(seeds(FILE), seeds(NOUNS))


def read_lexicon(path: Path, nouns: Path | None = None) -> Lexicon:
    """A lexicon from its file. Raises `SeedError` with the line for a row that breaks the rules."""
    result = Lexicon()
    tables: dict[str, dict[str, list[Sense]]] = {"verb": {}, "noun": {}, "adj": {}}
    classes = _kinds(nouns) if nouns else {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#") or line.split("\t")[0] == COLUMNS[0]:
            continue
        try:
            row = _row(line)
            triggers = [t.split() for t in row["triggers"].split("|") if t.strip()]
            if row["type"].startswith("@"):
                for trigger in triggers:
                    classes.setdefault(" ".join(trigger), set()).add(row["type"][1:])
                continue
            _declare(result.types, row)
            frame, symmetric = _frame(row["frame"])
            tests = tuple(_tests(row["condition"]))
            for lemma, *words in (_head_first(trigger, row["pos"]) for trigger in triggers):
                whole = _with_object(frame, words) if row["pos"] == "verb" else frame
                sense = Sense(row["type"], tuple(words), whole, symmetric, tests)
                tables[row["pos"]].setdefault(lemma, []).append(sense)
        except ValueError as error:
            raise SeedError(str(error), file=str(path), line=number) from None
    _check_parents(result.types, path)
    for table, target in (("verb", result.verbs), ("noun", result.nouns), ("adj", result.adjectives)):
        target.update({lemma: _best_first(senses) for lemma, senses in tables[table].items()})
    result.classes.update({noun: frozenset(names) for noun, names in classes.items()})
    return result


def _kinds(path: Path) -> dict[str, set[str]]:
    """Persons, organisations and places among the common nouns (columns noun, kind, ...)."""
    rows = (line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {noun: {kind} for noun, kind in rows if kind in ("person", "organization", "place")}


def _row(line: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) > len(COLUMNS):
        raise ValueError(f"has {len(cells)} cells; the columns are {' '.join(COLUMNS)}")
    row = dict(zip(COLUMNS, [*map(str.strip, cells), *[""] * len(COLUMNS)], strict=False))
    if row["pos"] not in ("verb", "noun", "adj", "class"):
        raise ValueError(f"part of speech {row['pos']!r} is none of verb, noun, adj, class")
    if row["plover"] and row["plover"] not in PLOVER:
        raise ValueError(f"{row['plover']!r} is not a PLOVER type")
    return row


def _head_first(trigger: list[str], pos: str) -> list[str]:
    """A compound noun is headed by its last word, unless a preposition follows ("loss of life")."""
    if pos != "noun" or NOUN_PREPOSITIONS & set(trigger):
        return trigger
    return [trigger[-1], *trigger[:-1]]


def _with_object(frame: Mapping[str, str], words: list[str]) -> Mapping[str, str]:
    """In "look into", what stands under the preposition is the object, unless the frame says otherwise."""
    last = words[-1] if words else ""
    if last not in PREPOSITIONS or last in frame:
        return frame
    return {**frame, last: frame.get("obj", DEFAULT_FRAME["obj"])}


def _declare(types: dict[str, EventType], row: dict[str, str]) -> None:
    known = types.get(row["type"])
    if known is None:
        types[row["type"]] = EventType(row["type"], row["plover"] or None, row["parent"])
    elif (row["plover"] and row["plover"] != known.plover) or (row["parent"] and row["parent"] != known.parent):
        raise ValueError(f"{row['type']} has another PLOVER code or parent in an earlier row")


def _check_parents(types: dict[str, EventType], path: Path) -> None:
    for entry in types.values():
        if entry.parent and entry.parent not in types:
            raise SeedError(f"{entry.name} has the parent {entry.parent}, which no row declares", file=str(path))


def _frame(text: str) -> tuple[Mapping[str, str], bool]:
    pairs = {}
    symmetric = False
    for part in text.split():
        if part == "sym":
            symmetric = True
            continue
        key, colon, role = part.partition(":")
        if not colon or role not in ROLES:
            raise ValueError(f"{part!r} in a frame is not key:role with a role of the ontology")
        pairs[key.replace("_", " ")] = role
    return pairs, symmetric


def _tests(text: str) -> Iterable[Test]:
    for part in filter(None, map(str.strip, text.split(";"))):
        if part.startswith("!"):
            yield Test(part[1:], frozenset(), True)
            continue
        key, equals, values = part.partition("=")
        yield Test(key.rstrip("!"), frozenset(filter(None, values.split(","))), equals != "" and key.endswith("!"))


def _best_first(senses: list[Sense]) -> tuple[Sense, ...]:
    return tuple(sorted(senses, key=lambda sense: (-len(sense.words), not sense.tests)))
