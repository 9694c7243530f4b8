"""The data that flows through the pipeline: standard library only, immutable, no behaviour beyond lookup.

One article becomes one `Reading`; each step takes a Reading and returns a richer one. All offsets are
code points into `Article.text`, half-open, so that `article.text[span.start:span.end]` is the quote.

    >>> span = Span(4, 7)
    >>> span.of("The FSB said so.")
    'FSB'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

EntityKind = Literal["person", "organization", "place", "group", "other"]
MentionForm = Literal["name", "nominal", "pronoun"]
BlockKind = Literal["headline", "paragraph", "caption", "dateline", "byline", "credit", "noise"]
Polarity = Literal["positive", "negative"]
Realis = Literal["actual", "planned", "attempted", "possible", "conditional"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Granularity = Literal[
    "year", "half", "season", "quarter", "month", "week", "day", "part", "hour", "minute", "decade", "century",
    "none",
]  # fmt: skip
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Status = Literal["corroborated", "reported", "attributed", "planned", "denied", "disputed"]
DisagreementType = Literal[
    "number", "date", "place", "actor", "recipient", "instrument", "polarity", "realis", "certainty",
    "attribution", "refinement",
]  # fmt: skip
Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the page with one function. Only headline, paragraph and caption are read as prose."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article. `published` is an ISO 8601 date or date-time, or None where nothing says it."""

    iri: str
    id: str
    text: str
    sha256: str
    title: str = ""
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    language: str = "en"
    blocks: tuple[Block, ...] = ()


class Token(NamedTuple):
    """One token of the parse. A named tuple, not a dataclass: there are a thousand of them in an article.

    `text` is the word as it was parsed: the quote itself, but for capitals that only a headline's style gave it.
    `head` is the index of the governor, the token's own index at a root. `ner` is spaCy's entity label or "".
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    ner: str


class Name(NamedTuple):
    """A name as the parser's recogniser found it: tokens `first` to `last` inclusive, with its label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, kw_only=True)  # without slots, so that what follows from the fields is worked out once
class Parse:
    """The dependency parse of all prose of an article, in one token sequence.

    `children[i]` are the dependants of token i, in text order; `left[i]`/`right[i]` the first and last token
    index of its subtree (both inclusive); `sentences` are (first, last) token indices, inclusive.
    """

    tokens: tuple[Token, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()
    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    names: tuple[Name, ...] = ()

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first character of each token."""
        return tuple(token.start for token in self.tokens)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The character after the last of each token."""
        return tuple(token.end for token in self.tokens)

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`, both inclusive."""
        return Span(self.tokens[first].start, self.tokens[last].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that denotes an entity; `reason` and `score` say why it was linked to it."""

    span: Span
    head: Span
    kind: EntityKind
    entity: str
    form: MentionForm
    reason: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A time expression. `value` is a TIMEX3 value ("" when unresolved); `start`/`end` are ISO dates or
    date-times of the half-open interval, None when the article gives no anchor; `anchor` is what it was
    reckoned from ("published", "narrative", "absolute", "none")."""

    span: Span
    value: str
    type: TimexType = "DATE"
    start: str | None = None
    end: str | None = None
    granularity: Granularity = "day"
    anchor: str = "absolute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, place, group or other thing that mentions denote.

    `same_as` holds IRIs elsewhere (Wikidata, GeoNames). `members` are the entities of a group ("both leaders").
    `named` is False for things known only by description ("two Russians"), which carry `count` (as written,
    in digits where it is a number) and `nationality` (an entity IRI) where the text gives them.
    """

    iri: str
    label: str
    kind: EntityKind
    same_as: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    named: bool = True
    count: str | None = None
    nationality: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def qid(self) -> str | None:
        """The Wikidata id, where known."""
        prefix = "http://www.wikidata.org/entity/"
        return next((iri[len(prefix) :] for iri in self.same_as if iri.startswith(prefix)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One participant of an event: `name` from the ontology (agent, patient, recipient, theme, topic,
    instrument, place, origin, destination, time, cause, purpose, beneficiary, amount), its characters, the
    head word's characters, and the entity or event that fills it, where there is one."""

    name: str
    span: Span
    head: Span
    entity: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that the text says happened, will, might, or did not.

    `kind` is a type of `seeds/events.tsv` or "Event". `time` is the TIMEX3 value of its own expression;
    `start`/`end` the half-open interval; `time_basis` is "stated", "not-after" or "not-before" (bounds from
    tense and the article's date) or "" (nothing known). Polarity, realis and certainty are as the event's
    innermost source presents it (FactBank, Sauri & Pustejovsky 2009).
    """

    iri: str
    kind: str
    lemma: str
    trigger: Span
    sentence: int
    plover: str | None = None
    roles: tuple[Role, ...] = ()
    time: str | None = None
    start: str | None = None
    end: str | None = None
    time_basis: str = ""
    polarity: Polarity = "positive"
    realis: Realis = "actual"
    certainty: Certainty = "certain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A stated, standing relation: `subject` `name` `object` (entity IRIs), e.g. holdsOffice, spokespersonOf.

    `object` is None where the text gives only words (an office's title): then `object_span` quotes them.
    """

    iri: str
    name: str
    subject: str
    object: str | None
    span: Span
    subject_span: Span
    object_span: Span
    polarity: Polarity = "positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who is said to say it. `span` is None where the text omits the source, and for the outlet itself. `told` is the
    news organisation that the source spoke to, an entity: "a US official told CNN"."""

    span: Span | None
    entity: str | None
    label: str
    anonymous: bool = False
    collective: bool = False
    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content of one saying (PARC/PolNeAR's scheme, Newell et al. 2018).

    `content` may be several spans. `verbatim` are the parts of it that stand in quotation marks.
    `parent` is the attribution that relays this one: None only for the root, which is the outlet's own voice
    (no cue). `events` and `relations` are the propositions whose innermost source this is.
    """

    iri: str
    source: Source
    cue: Span | None
    content: tuple[Span, ...]
    verbatim: tuple[Span, ...] = ()
    events: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one article says. Layers are filled by the steps, in the order of `kg.pipeline.STEPS`.

    `parse` is working material: it is dropped when the last step is done, and is not stored.
    """

    article: Article
    parse: Parse = field(default_factory=Parse, repr=False)
    sentences: tuple[Span, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    attributions: tuple[Attribution, ...] = ()


# --- across articles -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Things that are one: `members` are event or entity IRIs of single articles, sorted; `iri` is minted
    from them. `evidence` are short English phrases; `score` is the weakest merge inside, 0 to 1."""

    iri: str
    kind: Literal["event", "entity"]
    label: str
    members: tuple[str, ...]
    method: str
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One relation between two things across all articles: what the page draws and simple queries read.

    `subject` and `object` are entity or event-cluster IRIs. `outlets` are publishers (labels, or the article's
    id where unknown), `origins` the innermost named sources; both sorted. `first`/`last` are ISO dates.
    `events` are the single articles' events or relations behind it, `attributions` who says so.
    """

    iri: str
    subject: str
    relation: str
    object: str
    status: Status
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    attributions: tuple[str, ...]
    events: tuple[str, ...] = ()
    negated: bool = False
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a disagreement, with its quote: `article.text[span]`."""

    article: str
    publisher: str | None
    source: str | None
    span: Span
    quote: str
    value: str
    attribution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two or more sides that do not say the same of one thing; "refinement" = one is only more specific."""

    iri: str
    type: DisagreementType
    severity: Severity
    about: str
    explanation: str
    sides: tuple[Side, ...]

    @property
    def rank(self) -> tuple[bool, int, str]:
        """The gravest first, refinements last."""
        return self.type == "refinement", ("high", "medium", "low").index(self.severity), self.iri


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """An event (cluster) of a shared story that `outlets` have and `lacking` do not."""

    story: str
    about: str
    outlets: tuple[str, ...]
    lacking: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that share events. `events` are cluster IRIs in order of time, `outlets` all who tell some of them."""

    iri: str
    label: str
    articles: tuple[str, ...]
    events: tuple[str, ...]
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is known only across articles: identity and everything derived from it."""

    clusters: tuple[Cluster, ...] = ()
    links: tuple[Link, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    omissions: tuple[Omission, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The whole graph in memory: readings sorted by article IRI, and the comparison over them."""

    readings: Sequence[Reading]
    comparison: Comparison
