"""What the sub-steps work on: mentions and things under construction.

A `Scene` belongs to one call of `resolve` and is changed in place by its sub-steps, in the order of
`kg.resolve.SUBSTEPS`; nothing of it leaves that call but finished mentions and entities.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.gazetteer import Gazetteer, Match, Row
from kg.model import Article, EntityKind, MentionForm, Parse


@dataclass(slots=True, eq=False)
class Thing:
    """A real thing that mentions denote: an entity under construction.

    `number` is "sg" or "pl", `gender` "m", "f", "n" or "" (unknown); `sense` the sense of the nouns it is
    called by; `row` the gazetteer row it was linked to.
    """

    label: str
    kind: EntityKind
    named: bool = True
    row: Row | None = None
    number: str = "sg"
    gender: str = ""
    senses: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    count: str | None = None
    nationality: Thing | None = None
    members: tuple[Thing, ...] = ()


@dataclass(slots=True, eq=False)
class Draft:
    """A mention under construction, by token indices, both inclusive. `label` is the recogniser's."""

    first: int
    last: int
    head: int
    form: MentionForm
    kind: EntityKind = "other"
    label: str = ""
    match: Match | None = None
    thing: Thing | None = None
    reason: str = ""
    score: float = 1.0

    def denotes(self, thing: Thing, reason: str, score: float = 1.0) -> None:
        """Say what it denotes and why."""
        self.thing, self.reason, self.score, self.kind = thing, reason, score, thing.kind


@dataclass
class Scene:
    """One article being resolved."""

    article: Article
    parse: Parse
    gazetteer: Gazetteer
    drafts: list[Draft] = field(default_factory=list)
    known: list[Thing] = field(default_factory=list)  # things with a row, named in the text or implied by it
    meanings: dict[str, set[Row]] = field(default_factory=dict)  # what the gazetteer lets a name mean, once asked
    pairs: list[tuple[int, int, Thing]] = field(default_factory=list)  # last token, first head, group of each "A and B"

    @cached_property
    def date(self) -> str | None:
        """The article's ISO date."""
        return self.article.published[:10] if self.article.published else None

    @cached_property
    def place_starts(self) -> frozenset[int]:
        """Where the recogniser or the gazetteer has a state or a region begin."""
        return frozenset(
            draft.first for draft in self.drafts
            if draft.label == "GPE" or (draft.match and draft.match.senses[0].row.kind == "place")
        )

    @cached_property
    def headline(self) -> int:
        """The number of the sentence that is the headline: the first, if it closes as no sentence does; else -1."""
        sentences = self.parse.sentences
        return 0 if len(sentences) > 1 and self.parse.tokens[sentences[0][1]].pos != "PUNCT" else -1

    @cached_property
    def lemmas(self) -> frozenset[str]:
        return frozenset(token.lemma.lower() for token in self.parse.tokens)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.parse.tokens)

    def text(self, first: int, last: int) -> str:
        """The characters from token to token, layout as single spaces."""
        return " ".join(self.article.text[self.parse.starts[first] : self.parse.ends[last]].split())

    def quote(self, draft: Draft) -> str:
        return self.text(draft.first, draft.last)

    def add(self, drafts: Iterable[Draft]) -> None:
        """Further mentions, all kept in the order of the text (longer ones first)."""
        self.drafts = sorted([*self.drafts, *drafts], key=lambda draft: (draft.first, -draft.last))

    def thing_of(self, row: Row) -> Thing:
        """The thing of a row: the one that the text has named, else a new one."""
        for thing in self.known:
            if thing.row == row:
                return thing
        thing = Thing(row.label, row.kind, row=row)
        self.known.append(thing)
        return thing

    def things(self) -> list[Thing]:
        """The distinct things, in the order of their first mention."""
        return list(dict.fromkeys(draft.thing for draft in self.drafts if draft.thing))
