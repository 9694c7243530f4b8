"""Who said what: every saying of a corpus with its chain of sources and its exact quote.

A claim is what one attribution says. The outlet's own voice says one thing a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Article, Attribution, Event, Reading, Relation, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says: `article.text[span]`, for each of `spans`, is the quote.

    `chain` are the sources' labels from the outlet to the innermost; `verbatim` the stretches of the quote that stand
    in quotation marks; `propositions` the events and relations that it states.
    """

    article: Article
    attribution: str
    chain: tuple[str, ...]
    spans: tuple[Span, ...]
    quote: str
    verbatim: tuple[str, ...]
    propositions: tuple[Event | Relation, ...]

    @property
    def source(self) -> str:
        """The innermost source's label."""
        return self.chain[-1]

    @property
    def start(self) -> int:
        """Where the quote begins in the article."""
        return self.spans[0].start


def claims(
    readings: Iterable[Reading],
    *,
    about: str | None = None,
    by: str | None = None,
    verbatim: bool = False,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> list[Claim]:
    """The claims that fit, by source, then date, article and place in the text.

    `about` and `by` are names, compared without regard to case: of something that takes part, and of a source anywhere
    in the chain. `since`, `until` and `as_of` (the last day counted) are ISO dates of publication: an article
    without a date fits none of them.
    """
    last = min((day for day in (until, as_of) if day), default=None)
    found = [
        claim
        for reading in readings
        if _within(reading.article.published, since, last)
        for claim in _claims(reading, about, by)
        if claim.verbatim or not verbatim
    ]
    return sorted(found, key=_order)


def chain_of(attribution: Attribution, by_iri: dict[str, Attribution]) -> tuple[Attribution, ...]:
    """The attribution and all that relay it, outermost first."""
    chain = [attribution]
    while (parent := chain[-1].parent) is not None and parent in by_iri:
        chain.append(by_iri[parent])
    return tuple(reversed(chain))


def _order(claim: Claim) -> tuple[str, str, str, str, int]:
    return claim.source.casefold(), claim.source, claim.article.published or "", claim.article.iri, claim.start


def _within(published: str | None, since: str | None, last: str | None) -> bool:
    if since is None and last is None:
        return True
    day = (published or "")[:10]
    return bool(day) and (since is None or day >= since) and (last is None or day[: len(last)] <= last)


def _claims(reading: Reading, about: str | None, by: str | None) -> Iterator[Claim]:
    by_iri = {attribution.iri: attribution for attribution in reading.attributions}
    names = _names(reading)
    wanted = _named(names, about) if about else None
    for attribution in reading.attributions:
        chain = chain_of(attribution, by_iri)
        if by and not any(_speaks(link, by, names) for link in chain):
            continue
        for spans, stated in _stated(reading, attribution).items():
            if wanted is None or any(wanted & set(_parties(one, reading)) for one in stated):
                yield _claim(reading, attribution, chain, spans, stated)


def _claim(
    reading: Reading,
    attribution: Attribution,
    chain: Sequence[Attribution],
    spans: tuple[Span, ...],
    stated: Sequence[Event | Relation],
) -> Claim:
    article = reading.article
    return Claim(
        article=article,
        attribution=attribution.iri,
        chain=tuple(link.source.label or ("unnamed source" if link.cue else article.id) for link in chain),
        spans=spans,
        quote=" … ".join(span.of(article.text) for span in spans),
        verbatim=tuple(
            part.of(article.text) for part in attribution.verbatim if any(span.overlaps(part) for span in spans)
        ),
        propositions=tuple(stated),
    )


def _stated(reading: Reading, attribution: Attribution) -> dict[tuple[Span, ...], list[Event | Relation]]:
    """What an attribution states, by the stretches of text that state it: its content, or else the sentences."""
    own = {*attribution.events, *attribution.relations}
    everything: tuple[Event | Relation, ...] = (*reading.events, *reading.relations)
    stated = [one for one in everything if one.iri in own]
    if attribution.parent is not None and attribution.content:
        return {attribution.content: stated}
    found: dict[tuple[Span, ...], list[Event | Relation]] = defaultdict(list)
    for one in stated:
        place = one.trigger if isinstance(one, Event) else one.span
        sentence = next((span for span in reading.sentences if span.covers(place)), place)
        found[sentence,].append(one)
    return found


def _names(reading: Reading) -> dict[str, set[str]]:
    """Entity -> all that the article or the gazetteer calls it, in small letters."""
    names: dict[str, set[str]] = defaultdict(set)
    for entity in reading.entities:
        names[entity.iri].add(entity.label.casefold())
    for mention in reading.mentions:
        if mention.form == "name":
            names[mention.entity].add(mention.span.of(reading.article.text).casefold())
    return names


def _named(names: dict[str, set[str]], wanted: str) -> set[str]:
    """The entities that go by the name, or whose label contains it as words."""
    return {iri for iri, known in names.items() if any(_fits(name, wanted) for name in known)}


def _fits(name: str, wanted: str) -> bool:
    return f" {wanted.casefold().strip()} " in f" {name} "


def _speaks(attribution: Attribution, wanted: str, names: dict[str, set[str]]) -> bool:
    known = names.get(attribution.source.entity or "", set()) | {attribution.source.label.casefold()}
    return any(_fits(name, wanted) for name in known)


def _parties(stated: Event | Relation, reading: Reading) -> Iterator[str]:
    """The entities that take part, with the members of groups."""
    if isinstance(stated, Event):
        iris = [role.entity for role in stated.roles if role.entity]
    else:
        iris = [stated.subject, *([stated.object] if stated.object else [])]
    members = {entity.iri: entity.members for entity in reading.entities}
    for iri in iris:
        yield iri
        yield from members.get(iri, ())
