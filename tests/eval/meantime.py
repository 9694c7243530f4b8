"""MEANTIME (Minard et al. 2016): names, time, entity coreference, events, roles, factuality, within one article.

Only sentences 0-5 of an article are fully annotated, so only these are scored, on both sides. What the gold's
scheme leaves open is decided here, once, in the tables and in the docstrings below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.model import Article, Event, Mention, Reading, Role
from kg.read.article import clean_article
from tests.eval.cat import Document, Markable, read_cat
from tests.eval.coreference import Partition, coreference_figure
from tests.eval.coverage import Coverage
from tests.eval.factuality import gold_polarity, gold_realis, our_realis
from tests.eval.figures import Counts, Error, ErrorKind, Report, accuracy_figure, f1_figure
from tests.eval.heads import head_of_span, head_token
from tests.eval.readings import Reader
from tests.eval.same import same_figure

LAST_SENTENCE = 5
NAMED = frozenset({"NAM", "PRE.NAM"})
KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}

# Our roles as the gold's classes (PropBank). A place that something comes from or goes to is an argument of
# some verbs and an adjunct of others, so either class is right.
ROLE_CLASS: dict[str, tuple[str, ...]] = {
    "agent": ("Arg0",),
    "patient": ("Arg1",),
    "theme": ("Arg1",),
    "topic": ("Arg1",),
    "content": ("Arg1",),
    "recipient": ("Arg2",),
    "beneficiary": ("Arg2",),
    "instrument": ("Arg2",),
    "amount": ("Arg2",),
    "attribute": ("Arg2",),
    "purpose": ("Arg2",),
    "source": ("Arg2", "LOC"),
    "origin": ("Arg2", "LOC"),
    "destination": ("Arg2", "LOC"),
    "place": ("LOC",),
    "time": ("TMP",),
}
GOLD_CLASS = {"Arg0": "Arg0", "Arg1": "Arg1", "Arg2": "Arg2", "Argm-LOC": "LOC"}
# A time role is a link between an event and a time of its own sentence; BEFORE and AFTER only order the two.
ORDER_ONLY = frozenset({"BEFORE", "AFTER", "IBEFORE", "IAFTER"})


def score(folders: Sequence[Path], reader: Reader, limit: int | None = None) -> Report:
    """All figures of `meantime.*`."""
    documents = [read_cat(file) for folder in folders for file in islice(sorted(folder.rglob("*.xml")), limit)]
    tallies = Tallies()
    readings = list(reader.read(map(article_of, documents)))
    for document, reading in zip(documents, readings, strict=True):
        page = Page(document, reading)
        _names(page, tallies)
        _times(page, tallies)
        _coreference(page, tallies)
        _events(page, tallies)
        _roles(page, tallies)
        _factuality(page, tallies)
        tallies.coverage.add(document, reading, range(LAST_SENTENCE + 1), _triggers(page))
    report = tallies.report()
    report.figures.append(same_figure("meantime.same", readings))
    return report


def article_of(document: Document) -> Article:
    """The article as the product gets it: tokens as text, and the date that the gold says it was written on."""
    dates = [
        each.attributes["value"]
        for each in document.markables.values()
        if each.attributes.get("functionInDocument") == "CREATION_TIME"
    ]
    return clean_article(document.text.text, id=document.name, published=dates[0] if dates else None)


class Tallies:
    """Counts of all articles so far."""

    def __init__(self) -> None:
        self.counts = {key: Counts() for key in ("ner", "time_relaxed", "time_value", "event", "role")}
        self.names_by_kind = {kind: Counts() for kind in KINDS.values()}
        self.roles_by_class = {name: Counts() for name in (*GOLD_CLASS.values(), "TMP")}
        self.coverage = Coverage()
        self.values = {"polarity": [0, 0], "realis": [0, 0]}
        self.gold_entities = Partition.empty()
        self.our_entities = Partition.empty()
        self.errors: list[Error] = []

    def report(self) -> Report:
        figures = []
        for key in ("ner", "time_relaxed", "time_value"):
            figures.append(f1_figure(f"meantime.{key}", self.counts[key]))
            if key == "ner":
                figures += [f1_figure(f"  ner.{k}", c, listed=False) for k, c in self.names_by_kind.items()]
        figures.append(
            coreference_figure(
                "meantime.coref", self.gold_entities.as_clusters(), self.our_entities.as_clusters()
            )
        )
        for key in ("event", "role"):
            figures.append(f1_figure(f"meantime.{key}", self.counts[key]))
        figures += [f1_figure(f"  role.{k}", c, listed=False) for k, c in self.roles_by_class.items()]
        figures += self.coverage.figures("meantime")
        figures += [accuracy_figure(f"meantime.{key}", right, of) for key, (right, of) in self.values.items()]
        return Report(figures=figures, errors=self.errors)


@dataclass(frozen=True, slots=True)
class Page:
    """One article: the gold beside our reading of it."""

    document: Document
    reading: Reading

    def scored(self, *tags: str) -> list[Markable]:
        return [each for each in self.document.mentions(*tags) if self.document.sentence(each) <= LAST_SENTENCE]

    def inside(self, tokens: range) -> bool:
        return bool(tokens) and self.document.sentence_of[tokens[0]] <= LAST_SENTENCE

    def referents(self) -> dict[str, Markable]:
        """Mention id -> the instance that it refers to."""
        return {
            source: self.document.markables[relation.targets[0]]
            for relation in self.document.relations
            if relation.tag == "REFERS_TO"
            for source in relation.sources
        }

    def error(self, figure: str, kind: ErrorKind, label: str, tokens: Sequence[int], note: str = "") -> Error:
        text = self.document.text
        return Error(
            figure=f"meantime.{figure}", kind=kind, label=label, article=self.document.name,
            span=text.span(tokens), text=text.text, note=note,
        )


# --- names ------------------------------------------------------------------------------------------------


def _names(page: Page, tallies: Tallies) -> None:
    """Named mentions by last token and type."""
    referents = page.referents()
    gold = {
        (each.tokens[-1], referents[each.id].attributes.get("ent_type", "")): each.tokens
        for each in page.scored("ENTITY_MENTION")
        if each.attributes.get("syntactic_type") in NAMED and each.id in referents
    }
    gold = {key: tokens for key, tokens in gold.items() if key[1] in KINDS.values()}
    ours = {}
    for mention in page.reading.mentions:
        tokens = page.document.text.tokens(mention.span)
        if mention.form == "name" and mention.kind in KINDS and page.inside(tokens):
            ours[tokens[-1], KINDS[mention.kind]] = tuple(tokens)
    for kind in KINDS.values():
        theirs, own = ({key for key in keys if key[1] == kind} for keys in (gold, ours))
        right = len(theirs & own)
        counts = Counts(right=right, predicted=len(own), found=right, gold=len(theirs))
        tallies.names_by_kind[kind] += counts
        tallies.counts["ner"] += counts
    for key in sorted(gold.keys() - ours.keys()):
        other = [kind for last, kind in ours if last == key[0]]
        tallies.errors.append(page.error("ner", "miss", key[1], gold[key], f"ours: {other}"))
    for key in sorted(ours.keys() - gold.keys()):
        other = [kind for last, kind in gold if last == key[0]]
        tallies.errors.append(page.error("ner", "false alarm", key[1], ours[key], f"gold: {other}"))


# --- time -------------------------------------------------------------------------------------------------


def _times(page: Page, tallies: Tallies) -> None:
    """Every TIMEX3 that stands in the text, the date line included. Relaxed: any overlap; value: equal, too."""
    gold = [(set(each.tokens), each.attributes.get("value", "").strip()) for each in page.scored("TIMEX3")]
    ours = [
        (set(tokens), each.value)
        for each in page.reading.times
        if page.inside(tokens := page.document.text.tokens(each.span))
    ]
    for key, same_value in (("time_relaxed", False), ("time_value", True)):
        right = [any(_same_time(a, b, same_value) for b in gold) for a in ours]
        found = [any(_same_time(a, b, same_value) for a in ours) for b in gold]
        tallies.counts[key] += Counts(right=sum(right), predicted=len(ours), found=sum(found), gold=len(gold))
        for each in (gold[i] for i, good in enumerate(found) if not good):
            near = [value for tokens, value in ours if tokens & each[0]]
            tallies.errors.append(page.error(key, "miss", each[1], sorted(each[0]), f"ours: {near}"))
        for each in (ours[i] for i, good in enumerate(right) if not good):
            near = [value for tokens, value in gold if tokens & each[0]]
            tallies.errors.append(page.error(key, "false alarm", each[1], sorted(each[0]), f"gold: {near}"))


def _same_time(ours: tuple[set[int], str], gold: tuple[set[int], str], same_value: bool) -> bool:
    return bool(ours[0] & gold[0]) and (not same_value or (ours[1] == gold[1] != ""))


# --- coreference ------------------------------------------------------------------------------------------


def _coreference(page: Page, tallies: Tallies) -> None:
    """All entity mentions of the scored sentences; ours stands for a gold one as `aligned` says."""
    name = page.document.name
    referents = page.referents()
    gold = page.scored("ENTITY_MENTION")
    ours = [each for each in page.reading.mentions if page.inside(page.document.text.tokens(each.span))]
    gold_of = aligned(page, gold, ours)
    for each in gold:
        cluster = referents[each.id].id if each.id in referents else f"alone {each.id}"
        tallies.gold_entities.link((name, cluster), (name, each.id))
        if each.id not in gold_of.values():
            tallies.errors.append(page.error("coref", "miss", each.attributes.get("syntactic_type", ""), each.tokens))
    for number, mention in enumerate(ours):
        tokens = page.document.text.tokens(mention.span)
        key = gold_of.get(number, ("ours", number))
        tallies.our_entities.link((name, mention.entity), (name, key))
        if number not in gold_of:
            tallies.errors.append(page.error("coref", "false alarm", mention.form, tokens, mention.kind))
        elif key in referents:
            _chain_error(page, tallies, mention, tokens, referents[str(key)])


def _chain_error(page: Page, tallies: Tallies, mention: Mention, tokens: range, gold: Markable) -> None:
    """Both chains in words, so that a reader sees at once whether they are the same."""
    ours = sorted({e.label for e in page.reading.entities if e.iri == mention.entity})
    tallies.errors.append(
        page.error(
            "coref", "wrong value", mention.form, tokens,
            f"ours: {ours} by {mention.reason}; gold: {gold.attributes.get('TAG_DESCRIPTOR', '')}",
        )
    )


def aligned(page: Page, gold: Sequence[Markable], ours: Sequence[Mention]) -> dict[int, str]:
    """Our mention's number -> gold mention id, one-to-one: same tokens, else same head, nearest extent first."""
    text = page.document.text
    heads = [_gold_head(page, each) for each in gold]
    pairs = []
    for i, mention in enumerate(ours):
        tokens = set(text.tokens(mention.span))
        head = text.tokens(mention.head)[-1:]
        for j, each in enumerate(gold):
            shared = len(tokens & set(each.tokens))
            likeness = shared / len(tokens | set(each.tokens))
            if likeness == 1 or (shared and heads[j] in head):
                pairs.append((-likeness, i, j))
    taken_ours: dict[int, str] = {}
    taken_gold: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in taken_ours and j not in taken_gold:
            taken_ours[i] = gold[j].id
            taken_gold.add(j)
    return taken_ours


def _gold_head(page: Page, mention: Markable) -> int:
    """The last token of the head that the gold names; else the head by our parse."""
    words = page.document.words
    named = mention.attributes.get("head", "").split()
    for start in mention.tokens:
        if named and list(words[start : start + len(named)]) == named:
            return start + len(named) - 1
    return head_token(page.reading.parse, page.document, mention)


# --- events, roles, factuality ----------------------------------------------------------------------------


def _triggers(page: Page) -> dict[int, Event]:
    """Our events of the scored sentences by the gold token of the trigger's head; the first where two share it."""
    triggers: dict[int, Event] = {}
    for event in page.reading.events:
        tokens = page.document.text.tokens(head_of_span(page.reading.parse, event.trigger))
        if page.inside(tokens):
            triggers.setdefault(tokens[0], event)
    return triggers


def _events(page: Page, tallies: Tallies) -> None:
    """A trigger is right when its head is in a gold mention; a gold mention is found when a head is in it."""
    triggers = _triggers(page)
    gold = page.scored("EVENT_MENTION")
    covered = {token for each in gold for token in each.tokens}
    missed = [each for each in gold if not triggers.keys() & set(each.tokens)]
    wrong = sorted(triggers.keys() - covered)
    tallies.counts["event"] += Counts(
        right=len(triggers) - len(wrong), predicted=len(triggers), found=len(gold) - len(missed), gold=len(gold)
    )
    for each in missed:
        tallies.errors.append(page.error("event", "miss", each.attributes.get("pos") or "-", each.tokens))
    for token in wrong:
        event = triggers[token]
        tallies.errors.append(page.error("event", "false alarm", event.kind, [token], event.lemma))


@dataclass(frozen=True, slots=True)
class GoldRole:
    event: frozenset[int]
    name: str
    filler: frozenset[int]


def _gold_roles(page: Page) -> list[GoldRole]:
    """Participants (PropBank classes), and the times that an event is linked to in its own sentence."""
    return [
        GoldRole(frozenset(event.tokens), name, frozenset(filler.tokens))
        for event, name, filler in _role_relations(page)
        if event.tokens and filler.tokens and page.document.sentence(event) <= LAST_SENTENCE
    ]


def _role_relations(page: Page) -> Iterator[tuple[Markable, str, Markable]]:
    markables = page.document.markables
    for relation in page.document.relations:
        source, target = markables[relation.sources[0]], markables[relation.targets[0]]
        if relation.tag == "HAS_PARTICIPANT" and relation.attributes["sem_role"] in GOLD_CLASS:
            yield source, GOLD_CLASS[relation.attributes["sem_role"]], target
        elif relation.tag == "TLINK" and relation.attributes["reltype"] not in ORDER_ONLY:
            event, time = (source, target) if target.tag == "TIMEX3" else (target, source)
            if (event.tag, time.tag) == ("EVENT_MENTION", "TIMEX3") and _same_sentence(page, event, time):
                yield event, "TMP", time


def _same_sentence(page: Page, event: Markable, time: Markable) -> bool:
    return bool(event.tokens and time.tokens) and page.document.sentence(event) == page.document.sentence(time)


def _roles(page: Page, tallies: Tallies) -> None:
    """(event, class, head of filler). Several of ours may lie in one gold participant ("A and B"): each is right,
    and it is found once. An event as filler is not scored: the gold links events to events by other means."""
    gold = _gold_roles(page)
    ours = list(_our_roles(page))
    # for each of ours the class that it is right as, or ""
    right = [next((theirs.name for theirs in gold if _same_role(mine, theirs)), "") for mine in ours]
    found = [any(_same_role(mine, theirs) for mine in ours) for theirs in gold]
    tallies.counts["role"] += Counts(right=sum(map(bool, right)), predicted=len(ours), found=sum(found), gold=len(gold))
    for theirs, hit in zip(gold, found, strict=True):
        tallies.roles_by_class[theirs.name] += Counts(found=hit, gold=1)
        if not hit:
            near = [f"{m.role.name} by {m.event.lemma}" for m in ours if m.filler in theirs.filler]
            known = any(trigger in theirs.event for trigger in _triggers(page))
            words = page.document.text.span(sorted(theirs.event)).of(page.document.text.text)
            note = f"of {words!r}, event found: {known}; our roles on it: {near}"
            tallies.errors.append(page.error("role", "miss", theirs.name, sorted(theirs.filler), note))
    for mine, name in zip(ours, right, strict=True):
        tallies.roles_by_class[name or mine.classes[0]] += Counts(right=bool(name), predicted=1)
        if not name:
            near = [f"{t.name}" for t in gold if mine.trigger in t.event and mine.filler in t.filler]
            known = any(mine.trigger in each.tokens for each in page.scored("EVENT_MENTION"))
            note = f"{mine.role.name} of {mine.event.lemma!r}, event in gold: {known}; roles in gold: {near}"
            tallies.errors.append(page.error("role", "false alarm", mine.classes[0], [mine.filler], note))


@dataclass(frozen=True, slots=True)
class OurRole:
    event: Event
    trigger: int
    role: Role
    classes: tuple[str, ...]
    filler: int


def _our_roles(page: Page) -> Iterator[OurRole]:
    seen = set()
    for trigger, event in _triggers(page).items():
        for role in event.roles:
            tokens = page.document.text.tokens(role.head)
            if role.name not in ROLE_CLASS or not tokens or (role.event and not role.entity):
                continue
            key = (trigger, ROLE_CLASS[role.name], tokens[0])
            if key not in seen:
                seen.add(key)
                yield OurRole(event, trigger, role, ROLE_CLASS[role.name], tokens[0])


def _same_role(ours: OurRole, gold: GoldRole) -> bool:
    return ours.trigger in gold.event and gold.name in ours.classes and ours.filler in gold.filler


def _factuality(page: Page, tallies: Tallies) -> None:
    """Accuracy over matched events whose gold mention carries the value."""
    triggers = _triggers(page)
    for each in page.scored("EVENT_MENTION"):
        token = next((token for token in each.tokens if token in triggers), None)
        if token is None:
            continue
        event = triggers[token]
        for key, theirs, ours in (
            ("polarity", gold_polarity(each.attributes), str(event.polarity)),
            ("realis", gold_realis(each.attributes), our_realis(event)),
        ):
            if theirs is None:
                continue
            tallies.values[key][0] += theirs == ours
            tallies.values[key][1] += 1
            if theirs != ours:
                note = f"ours {event.polarity} {event.realis} {event.certainty}; gold {theirs}"
                tallies.errors.append(page.error(key, "wrong value", theirs, [token], note))
