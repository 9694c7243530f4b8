"""ECB+ (Cybulska & Vossen 2014): events of one kind in many outlets, and which of them are the same.

Scored are the sentences that the corpus's own CSV lists, and the mentions tagged ACTION_* in them. A subtopic is
one seminal event (`N_*ecb` against `N_*ecbplus`); clustering is done within each.

What the clusterer is given (`kg.identify.identify`): one Reading an article, made by our own steps.

* `coref_own`: as it is. Our events stand for a gold mention when the trigger's head is in it, the others are
  mentions of ours alone.
* `coref_gold`: its events are *replaced* by the gold mentions. Where one of our events has its trigger's head in
  the mention, that event is kept (IRI, kind, roles, time, factuality) with the mention's span as trigger; else
  an `Event` with the head token's lemma, its kind where the lemma is a trigger in `seeds/events.tsv`, and no
  roles. References to events that are gone are dropped.

The contract: `identify(readings: Sequence[Reading]) -> tuple[Cluster, ...]`, clusters of kind "event" whose
members are event IRIs; an event in no cluster is a singleton. Other kinds of clusters are ignored here.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import cast

from kg.files import seeds
from kg.ids import within
from kg.model import Cluster, Event, Reading, Role
from kg.read.article import clean_article
from tests.eval.cat import Document, Markable, read_cat
from tests.eval.coreference import Partition, coreference_figure
from tests.eval.coverage import Coverage
from tests.eval.figures import Counts, Error, ErrorKind, Figure, Report, f1_figure
from tests.eval.heads import head_index, head_of_span
from tests.eval.readings import Reader

Identify = Callable[[Sequence[Reading]], tuple[Cluster, ...]]
SENTENCES = "ECBplus_coreference_sentences.csv"


@dataclass(frozen=True, slots=True)
class Page:
    """One article. `gold` are its scored mentions; `instance` names the event that each denotes."""

    document: Document
    reading: Reading
    sentences: frozenset[int]

    @property
    def gold(self) -> list[Markable]:
        return [
            each
            for each in self.document.markables.values()
            if each.tokens and each.tag.startswith("ACTION_") and self.document.sentence(each) in self.sentences
        ]

    @property
    def subtopic(self) -> tuple[str, str]:
        topic, _, rest = self.document.name.partition("_")
        return topic, rest.lstrip("0123456789")

    def instances(self) -> dict[str, str]:
        """Mention id -> instance; a mention that no relation names is alone."""
        instances = {}
        for relation in self.document.relations:
            # a chain within one document has no instance name
            name = relation.attributes.get("note") or f"{self.document.name} {relation.attributes['r_id']}"
            instances.update(dict.fromkeys(relation.sources, name))
        return {each.id: instances.get(each.id, f"{self.document.name} alone {each.id}") for each in self.gold}

    def triggers(self) -> dict[int, Event]:
        """Our events of the scored sentences by the gold token of the trigger's head; the first where two share it."""
        triggers: dict[int, Event] = {}
        for event in self.reading.events:
            tokens = self.document.text.tokens(head_of_span(self.reading.parse, event.trigger))
            if tokens and self.document.sentence_of[tokens[0]] in self.sentences:
                triggers.setdefault(tokens[0], event)
        return triggers


def score(folders: Sequence[Path], reader: Reader, limit: int | None = None) -> Report:
    """`ecbplus.event`, `ecbplus.coref_gold`, `ecbplus.coref_own`."""
    pages = [page for folder in folders for page in _pages(folder, reader, limit)]
    report = _trigger_report(pages)
    identify = _identify()
    report.figures.append(_coref("ecbplus.coref_gold", identify, pages, _gold_events))
    report.figures.append(_coref("ecbplus.coref_own", identify, pages, _own_events))
    return report


def _pages(folder: Path, reader: Reader, limit: int | None) -> Iterator[Page]:
    with (folder / SENTENCES).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    sentences: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        sentences[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    files = (file for file in sorted(folder.rglob("*.xml")) if file.stem in sentences)
    documents = [read_cat(file) for file in islice(files, limit)]
    readings = reader.read(clean_article(each.text.text, id=each.name) for each in documents)
    for document, reading in zip(documents, readings, strict=True):
        yield Page(document, reading, frozenset(sentences[document.name]))


# --- triggers ---------------------------------------------------------------------------------------------


def _trigger_report(pages: Iterable[Page]) -> Report:
    """A trigger is right when its head is in a gold mention; a gold mention is found when a head is in it."""
    counts, coverage, report = Counts(), Coverage(), Report()
    for page in pages:
        triggers, gold = page.triggers(), page.gold
        coverage.add(page.document, page.reading, page.sentences, triggers)
        covered = {token for each in gold for token in each.tokens}
        missed = [each for each in gold if not triggers.keys() & set(each.tokens)]
        wrong = sorted(triggers.keys() - covered)
        counts += Counts(
            right=len(triggers) - len(wrong), predicted=len(triggers), found=len(gold) - len(missed), gold=len(gold)
        )
        report.errors += [_error(page, "miss", each.tag, each.tokens, "") for each in missed]
        report.errors += [
            _error(page, "false alarm", triggers[token].kind, [token], triggers[token].lemma) for token in wrong
        ]
    report.figures.append(f1_figure("ecbplus.event", counts))
    report.figures += coverage.figures("ecbplus")
    return report


def _error(page: Page, kind: ErrorKind, label: str, tokens: Sequence[int], note: str) -> Error:
    text = page.document.text
    return Error(
        figure="ecbplus.event", kind=kind, label=label, article=page.document.name, span=text.span(tokens),
        text=text.text, note=note,
    )


# --- coreference ------------------------------------------------------------------------------------------


def _identify() -> Identify | None:
    """The product's clusterer, or None while there is none."""
    try:
        import kg.identify
    except ImportError:
        return None
    return cast("Identify | None", getattr(kg.identify, "identify", None))


# what is clustered in an article: the reading, and for each of its scored events the mention that it stands for
Given = tuple[Reading, dict[str, Hashable]]


def _coref(key: str, identify: Identify | None, pages: Sequence[Page], given: Callable[[Page], Given]) -> Figure:
    if identify is None:
        return Figure(key=key, value=None)
    gold, ours = Partition.empty(), Partition.empty()
    subtopics: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in pages:
        subtopics[page.subtopic].append(page)
        for mention, instance in page.instances().items():
            gold.link((page.subtopic, instance), (page.document.name, mention))
    for subtopic, members in sorted(subtopics.items()):
        pairs = [given(page) for page in members]
        clusters = identify([reading for reading, _ in pairs])
        cluster_of = {iri: each.iri for each in clusters if each.kind == "event" for iri in each.members}
        for page, (_, mention_of) in zip(members, pairs, strict=True):
            for iri, ours_or_gold in mention_of.items():
                ours.link((subtopic, cluster_of.get(iri, iri)), (page.document.name, ours_or_gold))
    return coreference_figure(key, gold.as_clusters(), ours.as_clusters())


def _own_events(page: Page) -> Given:
    mention_of: dict[str, Hashable] = {}
    taken = set()
    shortest_first = sorted(page.gold, key=lambda each: len(each.tokens))
    for token, event in page.triggers().items():
        mention = next((m for m in shortest_first if token in m.tokens and m.id not in taken), None)
        if mention is not None:
            taken.add(mention.id)
        mention_of[event.iri] = mention.id if mention is not None else ("ours", token)
    return page.reading, mention_of


def _gold_events(page: Page) -> Given:
    triggers = page.triggers()
    kinds = trigger_kinds()
    events: dict[str, Event] = {}
    mention_of: dict[str, Hashable] = {}
    for mention in sorted(page.gold, key=lambda each: each.tokens):
        own = next((triggers[token] for token in mention.tokens if token in triggers), None)
        if own is None or own.iri in events:
            event = _bare_event(page, mention, kinds)
        else:
            event = replace(own, trigger=page.document.span(mention))
        events[event.iri] = event
        mention_of[event.iri] = mention.id
    return _with_events(page.reading, events), mention_of


def _bare_event(page: Page, mention: Markable, kinds: dict[str, str]) -> Event:
    span = page.document.span(mention)
    index = head_index(page.reading.parse, span)
    token = None if index is None else page.reading.parse.tokens[index]
    lemma = token.lemma.lower() if token else span.of(page.document.text.text).lower()
    return Event(
        iri=within(page.reading.article.iri, "event", span.start, span.end, "gold", mention.id),
        kind=kinds.get(lemma, "Event"),
        lemma=lemma,
        trigger=span,
        sentence=token.sentence if token else 0,
    )


def _with_events(reading: Reading, events: dict[str, Event]) -> Reading:
    """The reading with these events alone, and nothing that refers to others."""

    def kept(role: Role) -> Role:
        return role if role.event is None or role.event in events else replace(role, event=None)

    attributions = tuple(
        replace(each, events=tuple(iri for iri in each.events if iri in events)) for each in reading.attributions
    )
    replaced = tuple(replace(each, roles=tuple(map(kept, each.roles))) for each in events.values())
    return replace(reading, events=replaced, attributions=attributions)


def trigger_kinds() -> dict[str, str]:
    """Trigger lemma -> the first type that lists it, from `seeds/events.tsv`; empty while there is no such file."""
    file = seeds("events.tsv")
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    pairs = [(lemma, row["type"]) for row in rows for lemma in row["triggers"].split("|")]
    return {lemma.strip(): kind for lemma, kind in reversed(pairs) if not kind.startswith("@")}
