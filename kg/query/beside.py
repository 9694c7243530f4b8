"""Articles of one story side by side: what they share, what stands in one alone, where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.model import Article, Attribution, Corpus, Disagreement, Event, Reading, Span, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How one article tells an event: `quote` is `article.text[span]`, its sentence; `source` the innermost one."""

    article: str
    source: str
    span: Span
    quote: str
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event with its accounts, in the order of the articles."""

    about: str
    label: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Some articles of a story; `story` is None where they were picked by hand and share none."""

    story: str | None
    label: str
    articles: tuple[Article, ...]
    shared: tuple[Told, ...]
    alone: tuple[Told, ...]
    disagreements: tuple[Disagreement, ...]


def beside(corpus: Corpus, names: Sequence[str] = ()) -> list[Beside]:
    """Each story's articles side by side; or just the named ones (IRI, id or URL). Raises `QueryError` for others."""
    if not names:
        return [_beside(corpus, story, set(story.articles)) for story in corpus.comparison.stories]
    picked = {_named(corpus, name) for name in names}
    story = next((story for story in corpus.comparison.stories if picked <= set(story.articles)), None)
    return [_beside(corpus, story, picked)]


def _named(corpus: Corpus, name: str) -> str:
    for reading in corpus.readings:
        if name in (reading.article.iri, reading.article.id, reading.article.url):
            return reading.article.iri
    raise QueryError(f"the graph holds no article {name!r}; kg info lists them")


def _beside(corpus: Corpus, story: Story | None, picked: set[str]) -> Beside:
    readings = [reading for reading in corpus.readings if reading.article.iri in picked]
    readings.sort(key=lambda reading: (reading.article.published or "9999", reading.article.iri))
    accounts = {event.iri: _account(reading, event) for reading in readings for event in reading.events}
    clusters = [cluster for cluster in corpus.comparison.clusters if cluster.kind == "event"]
    told = {
        cluster.iri: Told(
            about=cluster.iri, label=cluster.label, accounts=_ordered(cluster.members, accounts, readings)
        )
        for cluster in clusters
    }
    for reading in readings:
        for event in reading.events:
            told.setdefault(event.iri, Told(about=event.iri, label=event.lemma, accounts=(accounts[event.iri],)))
    order = {about: number for number, about in enumerate(story.events if story else sorted(told))}
    rows = sorted((row for about, row in told.items() if about in order), key=lambda row: order[row.about])
    worth = {one.about for one in corpus.comparison.omissions if story is None or one.story == story.iri}
    return Beside(
        story=story.iri if story else None,
        label=story.label if story else "",
        articles=tuple(reading.article for reading in readings),
        shared=tuple(row for row in rows if len({account.article for account in row.accounts}) > 1),
        alone=tuple(
            row for row in rows if len({account.article for account in row.accounts}) == 1 and row.about in worth
        ),
        disagreements=tuple(_between(corpus, picked)),
    )


def _ordered(members: Sequence[str], accounts: dict[str, Account], readings: Sequence[Reading]) -> tuple[Account, ...]:
    """The accounts of these articles, one a sentence, in the order of the articles and of their texts."""
    place = {reading.article.iri: number for number, reading in enumerate(readings)}
    found = {accounts[iri] for iri in members if iri in accounts}
    ranked = sorted(found, key=lambda account: (place[account.article], account.span, account.trigger))
    return tuple({(account.article, account.span): account for account in reversed(ranked)}.values())[::-1]


def _account(reading: Reading, event: Event) -> Account:
    text, sentences = reading.article.text, reading.sentences
    span = sentences[event.sentence] if event.sentence < len(sentences) else event.trigger
    holder = next((one for one in reading.attributions if event.iri in one.events), None)
    return Account(
        article=reading.article.iri,
        source=_source(holder),
        span=span,
        quote=span.of(text),
        trigger=event.trigger.of(text),
    )


def _source(holder: Attribution | None) -> str:
    return (holder.source.label or "unnamed source") if holder else ""


def _between(corpus: Corpus, picked: set[str]) -> Iterator[Disagreement]:
    for disagreement in corpus.comparison.disagreements:
        if len({side.article for side in disagreement.sides if side.article in picked}) > 1:
            yield disagreement
