"""Corpora for the page's tests: a small story told by four invented outlets, a hostile twin of it, and
synthetic corpora of any size.

Everything is made by arithmetic, so that a corpus is the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.ids import DEFAULT_BASE, mint, within
from kg.model import (
    Article,
    Attribution,
    Certainty,
    Cluster,
    Comparison,
    Corpus,
    Disagreement,
    DisagreementType,
    Entity,
    EntityKind,
    Event,
    Link,
    Mention,
    Omission,
    Polarity,
    Reading,
    Realis,
    Role,
    Severity,
    Side,
    Source,
    Span,
    Status,
    Story,
)


@dataclass
class Thing:
    """An entity of the story, the same in all articles."""

    label: str
    kind: EntityKind
    qid: str | None = None
    named: bool = True

    @property
    def iri(self) -> str:
        return mint(DEFAULT_BASE, "entity", self.label)

    def entity(self) -> Entity:
        same = (f"http://www.wikidata.org/entity/{self.qid}",) if self.qid else ()
        return Entity(iri=self.iri, label=self.label, kind=self.kind, named=self.named, same_as=same)


@dataclass
class Draft:
    """One article in the making; quotes are given as words of the text and looked up."""

    publisher: str
    published: str
    title: str
    text: str
    url: str | None = None
    things: dict[str, Thing] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        self.article = Article(
            iri=mint(DEFAULT_BASE, "article", digest),
            id=f"{self.publisher}.txt",
            text=self.text,
            sha256=digest,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            url=self.url,
        )
        self.root = Attribution(
            iri=within(self.article.iri, "attribution", "root"),
            source=Source(span=None, entity=None, label=self.publisher),
            cue=None,
            content=(Span(0, len(self.text)),),
        )

    def at(self, quote: str) -> Span:
        start = self.text.index(quote)
        return Span(start, start + len(quote))

    def says(
        self,
        source: str,
        cue: str,
        content: str,
        *,
        who: Thing | None = None,
        parent: str | None = None,
        anonymous: bool = False,
    ) -> str:
        """A saying; gives its IRI, so that events and relays can hang under it."""
        span = self.at(source)
        iri = within(self.article.iri, "attribution", span.start, self.at(cue).start)
        if who:
            self.mention(source, who)
        self.attributions.append(
            Attribution(
                iri=iri,
                source=Source(
                    span=span, entity=who.iri if who else None, label=who.label if who else source, anonymous=anonymous
                ),
                cue=self.at(cue),
                content=(self.at(content),),
                parent=parent or self.root.iri,
            )
        )
        return iri

    def mention(self, quote: str, thing: Thing) -> None:
        self.things[thing.iri] = thing
        self.mentions.append(
            Mention(span=self.at(quote), head=self.at(quote), kind=thing.kind, entity=thing.iri, form="name")
        )

    def event(
        self,
        kind: str,
        trigger: str,
        roles: dict[str, tuple[str, Thing]],
        *,
        under: str | None = None,
        date: str | None = None,
        polarity: Polarity = "positive",
        realis: Realis = "actual",
        certainty: Certainty = "certain",
    ) -> str:
        span = self.at(trigger)
        iri = within(self.article.iri, "event", span.start, kind)
        made = []
        for name, (quote, thing) in roles.items():
            self.mention(quote, thing)
            made.append(Role(name=name, span=self.at(quote), head=self.at(quote), entity=thing.iri))
        sentence = next(i for i, s in enumerate(sentences(self.text)) if s.covers(span))
        self.events.append(
            Event(
                iri=iri,
                kind=kind,
                lemma=trigger,
                trigger=span,
                sentence=sentence,
                roles=tuple(made),
                time=date,
                start=date,
                time_basis="stated" if date else "",
                polarity=polarity,
                realis=realis,
                certainty=certainty,
            )
        )
        if under is None:
            self.root = Attribution(
                iri=self.root.iri,
                source=self.root.source,
                cue=None,
                content=self.root.content,
                events=(*self.root.events, iri),
            )
        else:
            self.attributions = [_with_event(a, iri) if a.iri == under else a for a in self.attributions]
        return iri

    def reading(self) -> Reading:
        return Reading(
            article=self.article,
            sentences=sentences(self.text),
            mentions=tuple(self.mentions),
            entities=tuple(thing.entity() for _, thing in sorted(self.things.items())),
            events=tuple(self.events),
            attributions=(self.root, *self.attributions),
        )

    def attribution_of(self, event: str) -> str:
        return next(a.iri for a in (self.root, *self.attributions) if event in a.events)


def _with_event(a: Attribution, event: str) -> Attribution:
    return Attribution(
        iri=a.iri, source=a.source, cue=a.cue, content=a.content, events=(*a.events, event), parent=a.parent
    )


def sentences(text: str) -> tuple[Span, ...]:
    return tuple(Span(m.start(), m.end()) for m in re.finditer(r"\S[^.!?\n]*[.!?]?", text))


@dataclass
class Telling:
    """All drafts and the links between them, gathered into a Corpus."""

    drafts: list[Draft]
    links: list[Link] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)

    def cluster(self, label: str, members: Iterable[str]) -> str:
        ordered = tuple(sorted(members))
        iri = mint(DEFAULT_BASE, "cluster", *ordered)
        self.clusters.append(
            Cluster(
                iri=iri, kind="event", label=label, members=ordered, method="test", score=0.9, evidence=("same date",)
            )
        )
        return iri

    def link(
        self, subject: str, relation: str, obj: str, status: Status, events: Sequence[str], *, negated: bool = False
    ) -> str:
        by_event = {event.iri: (draft, event) for draft in self.drafts for event in draft.events}
        attributions = {by_event[e][0].attribution_of(e) for e in events}
        origins = {origin(by_event[e][0], by_event[e][0].attribution_of(e)) for e in events}
        dates = sorted(d for e in events if (d := by_event[e][1].start or by_event[e][0].published[:10]))
        iri = mint(DEFAULT_BASE, "link", subject, relation, obj, negated)
        self.links.append(
            Link(
                iri=iri,
                subject=subject,
                relation=relation,
                object=obj,
                status=status,
                outlets=tuple(sorted({by_event[e][0].publisher for e in events})),
                origins=tuple(sorted(origins)),
                attributions=tuple(sorted(attributions)),
                events=tuple(sorted(events)),
                negated=negated,
                first=dates[0] if dates else None,
                last=dates[-1] if dates else None,
            )
        )
        return iri

    def side(self, draft: Draft, quote: str, value: str, event: str) -> Side:
        attribution = draft.attribution_of(event)
        innermost = origin(draft, attribution)
        return Side(
            article=draft.article.iri,
            publisher=draft.publisher,
            source=None if innermost == draft.publisher else innermost,
            span=draft.at(quote),
            quote=quote,
            value=value,
            attribution=attribution,
        )

    def corpus(self) -> Corpus:
        readings = sorted((draft.reading() for draft in self.drafts), key=lambda r: r.article.iri)
        return Corpus(
            readings=readings,
            comparison=Comparison(
                clusters=tuple(self.clusters),
                links=tuple(sorted(self.links, key=lambda link: link.iri)),
                disagreements=tuple(self.disagreements),
                omissions=tuple(self.omissions),
                stories=tuple(self.stories),
            ),
        )


def origin(draft: Draft, attribution: str) -> str:
    return next(a.source.label for a in (draft.root, *draft.attributions) if a.iri == attribution)


GUARD = Thing("Coast guard", "organization")
ELBA = Thing("Elba", "place", "Q10981")
MAYOR = Thing("Ada Rossi", "person")
FERRY = Thing("Aurora Lines", "organization")
DIVERS = Thing("two divers", "group", named=False)
HTV = Thing("Harbour TV", "organization")
PIOMBINO = Thing("Piombino", "place", "Q6691")
CAPTAIN = Thing("Luca Bruni", "person")
COURT = Thing("Livorno court", "organization")


def story() -> Corpus:
    """Four outlets on one rescue: relayed, contradicted, denied, planned, corroborated."""
    radio = Draft(
        "Radio One",
        "2024-05-03T08:00:00",
        "Divers rescued off Elba",
        (
            "Radio One reports from the island. Harbour TV cites the coast guard as saying that two "
            "divers were rescued near Elba on Thursday. "
            "The ferry company Aurora Lines denied that its ship struck the divers’ boat. "
            "Mayor Ada Rossi thanked the coast guard 🚤 for its work."
        ),
        "https://radio.example/elba",
    )
    gazette = Draft(
        "Island Gazette",
        "2024-05-03",
        "Three pulled from the sea",
        (
            "The coast guard rescued three divers near Elba, Mayor Ada Rossi said. "
            "A ship of Aurora Lines struck their boat, she added. "
            "Luca Bruni, the captain, will appear before a court in Livorno on 10 May."
        ),
        "https://gazette.example/3",
    )
    wire = Draft(
        "North Wire",
        "2024-05-04",
        "Ferry firm faces inquiry",
        (
            "The coast guard said it had rescued two divers near Elba. Aurora Lines operates from Piombino. "
            "Captain Luca Bruni met Mayor Ada Rossi on Friday. The court in Livorno summoned the captain."
        ),
        "https://wire.example/ferry",
    )
    blog = Draft(
        "Sea Blog",
        "2024-05-05",
        "What we know",
        (
            "According to the coast guard, two divers were rescued on Wednesday. "
            "Sources close to the company said that the captain might resign."
        ),
    )
    tell = Telling([radio, gazette, wire, blog])

    htv = radio.says(
        "Harbour TV", "cites", "the coast guard as saying that two divers were rescued near Elba on Thursday", who=HTV
    )
    guard = radio.says(
        "the coast guard", "saying", "two divers were rescued near Elba on Thursday", who=GUARD, parent=htv
    )
    r1 = radio.event(
        "Rescue",
        "rescued",
        {"patient": ("two divers", DIVERS), "place": ("Elba", ELBA)},
        under=guard,
        date="2024-05-02",
    )
    firm = radio.says("Aurora Lines", "denied", "its ship struck the divers’ boat", who=FERRY)
    s1 = radio.event(
        "Collide",
        "struck",
        {"agent": ("its ship", FERRY), "patient": ("the divers’ boat", DIVERS)},
        under=firm,
        polarity="negative",
    )
    t1 = radio.event("Thank", "thanked", {"agent": ("Ada Rossi", MAYOR), "recipient": ("the coast guard 🚤", GUARD)})

    mayor = gazette.says("Ada Rossi", "said", "The coast guard rescued three divers near Elba", who=MAYOR)
    r2 = gazette.event(
        "Rescue",
        "rescued",
        {"agent": ("The coast guard", GUARD), "patient": ("three divers", DIVERS), "place": ("Elba", ELBA)},
        under=mayor,
    )
    she = gazette.says("she", "added", "A ship of Aurora Lines struck their boat", who=MAYOR)
    s2 = gazette.event(
        "Collide", "struck", {"agent": ("A ship of Aurora Lines", FERRY), "patient": ("their boat", DIVERS)}, under=she
    )
    a1 = gazette.event(
        "Appear",
        "appear",
        {"agent": ("Luca Bruni", CAPTAIN), "place": ("a court in Livorno", COURT)},
        realis="planned",
        date="2024-05-10",
    )

    guard2 = wire.says("The coast guard", "said", "it had rescued two divers near Elba", who=GUARD)
    r3 = wire.event(
        "Rescue",
        "rescued",
        {"agent": ("it", GUARD), "patient": ("two divers", DIVERS), "place": ("Elba", ELBA)},
        under=guard2,
    )
    o1 = wire.event("Operate", "operates", {"agent": ("Aurora Lines", FERRY), "place": ("Piombino", PIOMBINO)})
    m1 = wire.event(
        "Meet", "met", {"agent": ("Luca Bruni", CAPTAIN), "patient": ("Ada Rossi", MAYOR)}, date="2024-05-03"
    )
    c1 = wire.event(
        "Summon", "summoned", {"agent": ("The court in Livorno", COURT), "patient": ("the captain", CAPTAIN)}
    )

    guard3 = blog.says("the coast guard", "According to", "two divers were rescued on Wednesday", who=GUARD)
    r4 = blog.event("Rescue", "rescued", {"patient": ("two divers", DIVERS)}, under=guard3, date="2024-05-01")
    close = blog.says("Sources close to the company", "said", "the captain might resign", anonymous=True)
    q1 = blog.event(
        "Resign", "resign", {"agent": ("the captain", CAPTAIN)}, under=close, realis="possible", certainty="possible"
    )

    rescue = tell.cluster("Rescue of divers near Elba", [r1, r2, r3, r4])
    strike = tell.cluster("Ship strikes the divers’ boat", [s1, s2])
    meeting, hearing, resign = (
        tell.cluster("Meeting of Bruni and Rossi", [m1]),
        tell.cluster("Court hearing", [a1]),
        tell.cluster("Captain’s resignation", [q1]),
    )

    tell.link(DIVERS.iri, "patient", rescue, "disputed", [r1, r2, r3, r4])
    tell.link(ELBA.iri, "place", rescue, "corroborated", [r1, r2, r3])
    tell.link(GUARD.iri, "rescue", DIVERS.iri, "corroborated", [r2, r3])
    tell.link(GUARD.iri, "agent", rescue, "corroborated", [r2, r3])
    tell.link(FERRY.iri, "agent", strike, "disputed", [s1, s2])
    tell.link(FERRY.iri, "collide", DIVERS.iri, "denied", [s1], negated=True)
    tell.link(DIVERS.iri, "patient", strike, "disputed", [s1, s2])
    tell.link(MAYOR.iri, "thank", GUARD.iri, "reported", [t1])
    tell.link(FERRY.iri, "operate", PIOMBINO.iri, "reported", [o1])
    tell.link(CAPTAIN.iri, "meet", MAYOR.iri, "reported", [m1])
    tell.link(CAPTAIN.iri, "agent", meeting, "reported", [m1])
    tell.link(MAYOR.iri, "agent", meeting, "reported", [m1])
    tell.link(COURT.iri, "summon", CAPTAIN.iri, "reported", [c1])
    tell.link(CAPTAIN.iri, "agent", hearing, "planned", [a1])
    tell.link(COURT.iri, "place", hearing, "planned", [a1])
    tell.link(CAPTAIN.iri, "agent", resign, "planned", [q1])

    def differ(kind: DisagreementType, severity: Severity, about: str, explanation: str, *sides: Side) -> None:
        tell.disagreements.append(
            Disagreement(
                iri=mint(DEFAULT_BASE, "disagreement", kind, about),
                type=kind,
                severity=severity,
                about=about,
                explanation=explanation,
                sides=sides,
            )
        )

    differ(
        "polarity",
        "high",
        strike,
        "The mayor says a ship of Aurora Lines struck the boat; the company denies it.",
        tell.side(gazette, "A ship of Aurora Lines struck their boat", "positive", s2),
        tell.side(radio, "its ship struck the divers’ boat", "negative", s1),
    )
    differ(
        "number",
        "high",
        rescue,
        "Two divers were rescued according to three outlets, three according to one.",
        tell.side(radio, "two divers", "2", r1),
        tell.side(gazette, "three divers", "3", r2),
        tell.side(wire, "two divers", "2", r3),
    )
    differ(
        "date",
        "medium",
        rescue,
        "The rescue was on Thursday or on Wednesday.",
        tell.side(radio, "on Thursday", "2024-05-02", r1),
        tell.side(blog, "on Wednesday", "2024-05-01", r4),
    )
    iri = mint(DEFAULT_BASE, "story", rescue)
    tell.stories.append(
        Story(
            iri=iri,
            label="Rescue of divers near Elba",
            articles=tuple(sorted(d.article.iri for d in tell.drafts)),
            events=(rescue, strike, meeting, hearing, resign),
        )
    )
    tell.omissions.append(
        Omission(
            story=iri,
            about=meeting,
            outlets=("North Wire",),
            lacking=("Island Gazette", "Radio One", "Sea Blog"),
            sides=(tell.side(wire, "met", "met", m1),),
        )
    )
    return tell.corpus()


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    '<a href="javascript:window.pwned=1">href</a>',
    "{{ 7*7 }}{# x #}{% raw %}",
    "\u202eesrever\u202c \u2066x\u2069 \u200f",
    "<!--<script>window.pwned=1",
    '=HYPERLINK("http://evil.example")',
    "${window.pwned=1}`\\u003c\u2028\u2029\ud800 \U0001f600",
)


def hostile() -> Corpus:
    """Markup, script, templates, bidi marks and broken text wherever an article can put them."""
    text = ". ".join(f"Person{i} met {bad}" for i, bad in enumerate(HOSTILE)) + ". She denied it."
    people = [Thing(f"{bad} {i}", _KINDS[i % 10]) for i, bad in enumerate(HOSTILE)]
    draft = Draft.__new__(Draft)
    draft.__init__(HOSTILE[0], "2024-01-01", HOSTILE[2], text.replace("\ud800", "\ufffd"), "javascript:window.pwned=1")  # type: ignore[misc]
    other = Draft(
        HOSTILE[1],
        "<b>2024</b>",
        HOSTILE[0],
        "Person said it.",
        'https://ok.example/?q="><script>window.pwned=1</script>',
    )
    tell = Telling([draft, other])
    events = [
        draft.event("Meet", f"Person{i} met", {"agent": (f"Person{i}", people[i]), "patient": ("it", people[i - 1])})
        for i in range(len(people))
    ]
    event = other.event("Say", "said", {"agent": ("Person", people[0])})
    for i, iri in enumerate(events):
        tell.link(people[i].iri, HOSTILE[(i + 1) % len(HOSTILE)], people[i - 1].iri, "reported", [iri])
    tell.link(people[0].iri, "said", people[3].iri, "attributed", [event])
    about = tell.cluster(HOSTILE[0], events[:2])
    tell.link(people[0].iri, "in", about, "disputed", events[:1])
    tell.disagreements.append(
        Disagreement(
            iri="x:" + HOSTILE[0],
            type="number",
            severity="high",
            about=about,
            explanation=HOSTILE[1],
            sides=(tell.side(draft, "Person0", HOSTILE[0], events[0]), tell.side(other, "Person", HOSTILE[1], event)),
        )
    )
    tell.stories.append(
        Story(iri="y:" + HOSTILE[1], label=HOSTILE[2], articles=(draft.article.iri, other.article.iri), events=(about,))
    )
    return tell.corpus()


_KINDS: tuple[EntityKind, ...] = (
    "person",
    "organization",
    "place",
    "person",
    "group",
    "organization",
    "place",
    "person",
    "other",
    "person",
)
_STATUSES: tuple[Status, ...] = (
    "reported",
    "reported",
    "attributed",
    "corroborated",
    "reported",
    "planned",
    "attributed",
    "denied",
)
_FIRST = ("Ada", "Boris", "Chen", "Dalia", "Emeka", "Freya", "Goran", "Hana", "Ivo", "Jaya", "Kofi", "Lena", "Marek")
_LAST = (
    "Rossi",
    "Novak",
    "Okafor",
    "Lindqvist",
    "Haddad",
    "Tanaka",
    "Moreau",
    "Silva",
    "Kowalska",
    "Byrne",
    "Castillo",
)
_VERBS = ("meet", "sue", "advise", "works for", "visit", "criticise", "fund", "is located in", "telephone")


def synthetic(nodes: int, edges: int) -> Corpus:
    """`nodes` entities joined by `edges` links in communities of about twenty-five, one sentence for each link."""
    things = [Thing(f"{_FIRST[i % 13]} {_LAST[(i // 13) % 11]} {i}", _KINDS[i % 10]) for i in range(nodes)]
    pairs = _pairs(nodes, edges)
    drafts: list[Draft] = []
    pending: list[tuple[int, list[tuple[int, int]]]] = [
        (d, pairs[d * 20 : d * 20 + 20]) for d in range((len(pairs) + 19) // 20)
    ]
    tell = Telling(drafts)
    for d, group in pending:
        lines = [
            f"{things[a].label} {_VERBS[(a + b) % 9]} {things[b].label} in case {d}x{k}."
            for k, (a, b) in enumerate(group)
        ]
        draft = Draft(
            f"Outlet {d % 12}",
            f"2023-{d % 12 + 1:02d}-{d % 27 + 1:02d}",
            f"Report {d}",
            " ".join(lines),
            f"https://outlet{d % 12}.example/{d}",
        )
        drafts.append(draft)
        spans, at = sentences(draft.text), 0
        for k, (a, b) in enumerate(group):
            verb = _VERBS[(a + b) % 9]
            start = at + len(things[a].label) + 1
            iri = within(draft.article.iri, "event", start, k)
            end = start + len(verb)
            sides = (Span(at, start - 1), Span(end + 1, end + 1 + len(things[b].label)))
            draft.things[things[a].iri], draft.things[things[b].iri] = things[a], things[b]
            draft.events.append(
                Event(
                    iri=iri,
                    kind="Event",
                    lemma=verb,
                    trigger=Span(start, end),
                    sentence=k,
                    roles=(
                        Role(name="agent", span=sides[0], head=sides[0], entity=things[a].iri),
                        Role(name="patient", span=sides[1], head=sides[1], entity=things[b].iri),
                    ),
                    polarity="negative" if _status(a, b) == "denied" else "positive",
                    realis="planned" if _status(a, b) == "planned" else "actual",
                )
            )
            at += len(lines[k]) + 1
        draft.root = Attribution(
            iri=draft.root.iri,
            source=draft.root.source,
            cue=None,
            content=draft.root.content,
            events=tuple(e.iri for e in draft.events),
        )
        for k, (a, b) in enumerate(group):
            tell.links.append(
                Link(
                    iri=mint(DEFAULT_BASE, "link", a, b, d, k),
                    subject=things[a].iri,
                    relation=_VERBS[(a + b) % 9],
                    object=things[b].iri,
                    status=_status(a, b),
                    outlets=(draft.publisher,),
                    origins=(draft.publisher,),
                    attributions=(draft.root.iri,),
                    events=(draft.events[k].iri,),
                    negated=_status(a, b) == "denied",
                    first=draft.published,
                    last=draft.published,
                )
            )
        assert len(spans) == len(group)
    return tell.corpus()


def _status(a: int, b: int) -> Status:
    return _STATUSES[(a * 7 + b) % 8]


def _pairs(nodes: int, edges: int) -> list[tuple[int, int]]:
    """A tree first, so that all hangs together, then chords: two in three within a community."""
    pairs = {(i, i - 1 - (i * i * 7 + i) % min(i, 25)): None for i in range(1, nodes)}
    state = 1
    while len(pairs) < edges:
        state = (state * 1103515245 + 12345) % 2**31  # a linear congruence: arithmetic, not chance
        a, near, other = state % nodes, state // 7 % 3, state // 11
        b = min(a // 25 * 25 + other % 25, nodes - 1) if near else other % nodes
        if a != b and (b, a) not in pairs:
            pairs[(a, b)] = None
    return list(pairs)[:edges]
