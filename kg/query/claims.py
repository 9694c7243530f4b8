"""Who said what: every saying of a corpus with its chain of sources and its exact quote.

A claim is what one attribution says in one sentence. The outlet's own voice is quoted by whole sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Article, Attribution, Event, Reading, Relation, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says in one sentence: `article.text[span]` is the quote.

    `chain` are the sources' labels from the outlet to the innermost; `verbatim` the stretches of the quote that stand
    in quotation marks; `propositions` the events and relations that it states.
    """

    article: Article
    attribution: str
    chain: tuple[str, ...]
    span: Span
    quote: str
    verbatim: tuple[str, ...]
    propositions: tuple[Event | Relation, ...]

    @property
    def source(self) -> str:
        """The innermost source's label."""
        return self.chain[-1]


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


def _order(claim: Claim) -> tuple[str, str, str, str, Span]:
    return claim.source.casefold(), claim.source, claim.article.published or "", claim.article.iri, claim.span


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
        for span, stated in _stated(reading, attribution).items():
            if wanted is not None and not any(wanted & set(_parties(one, reading)) for one in stated):
                continue
            yield _claim(reading, attribution, chain, span, stated)


def _claim(
    reading: Reading,
    attribution: Attribution,
    chain: Sequence[Attribution],
    span: Span,
    stated: Sequence[Event | Relation],
) -> Claim:
    article = reading.article
    return Claim(
        article=article,
        attribution=attribution.iri,
        chain=tuple(link.source.label or "unnamed source" for link in chain),
        span=span,
        quote=span.of(article.text),
        verbatim=tuple(part.of(article.text) for part in attribution.verbatim if span.overlaps(part)),
        propositions=tuple(stated),
    )


def _stated(reading: Reading, attribution: Attribution) -> dict[Span, list[Event | Relation]]:
    """What an attribution states, by the stretch of text that states it: its content, or the sentence."""
    own = {*attribution.events, *attribution.relations}
    content = attribution.content if attribution.parent is not None else ()
    found: dict[Span, list[Event | Relation]] = defaultdict(list)
    for span in content:
        found[span] = []
    everything: tuple[Event | Relation, ...] = (*reading.events, *reading.relations)
    for stated in everything:
        if stated.iri in own:
            place = stated.trigger if isinstance(stated, Event) else stated.span
            found[_home(place, content, reading.sentences)].append(stated)
    return found


def _home(place: Span, content: Sequence[Span], sentences: Sequence[Span]) -> Span:
    return next((span for spans in (content, sentences) for span in spans if span.covers(place)), place)


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
