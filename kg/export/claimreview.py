"""Claims for fact-checkers, as schema.org `ClaimReview` in JSON-LD: what is claimed, by whom, where it appeared.

We check no facts, so nothing here says that a claim is true or false:

* there is no `reviewRating`, and no `author` or `datePublished` of a review: whoever checks the claim adds theirs.
  Search engines that ask for a rating will not take it for a finished fact-check, and that is right;
* `creativeWorkStatus` is "Draft";
* `itemReviewed` is a `Claim`: its `text` in the article's words, its claimant as `author`, each article that carries it
  as `appearance`, the earliest of them as `firstAppearance`, with the quote and where it stands in the text;
* `reviewBody` is a note on who backs it: outlets and independent origins, as counted in `graph:links`, how it is
  presented (denied, planned, only possible), and whether accounts differ.

Only what somebody is quoted as saying is here: what an outlet reports in its own voice is its report. What the same
claimant says in several articles of what was found to be the same events is one claim with several appearances.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from kg.export.forms import Exportable
from kg.export.network import canonical
from kg.ids import base_of, mint
from kg.model import Article, Corpus, Entity, Event, Link
from kg.query.claims import Claim

Json = dict[str, Any]
CONTEXT = "https://schema.org"
_AGENTS = {"person": "Person", "organization": "Organization"}


class _Known(NamedTuple):
    """What the corpus knows: who is the source of an attribution, what is one, and the links behind an event."""

    sources: dict[str, Entity | None]
    one: dict[str, str]
    links: dict[str, list[Link]]


def claimreview(graph: Exportable) -> bytes:
    """All drafts of a graph."""
    known = _known(graph.corpus())
    claims: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in graph.claims():
        if len(claim.chain) > 1 and claim.propositions:
            claims[_key(claim, known)].append(claim)
    reviews = [_review(claims[key], known) for key in sorted(claims)]
    return (json.dumps({"@context": CONTEXT, "@graph": reviews}, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def _known(corpus: Corpus) -> _Known:
    sources: dict[str, Entity | None] = {}
    for reading in corpus.readings:
        entities = {entity.iri: entity for entity in reading.entities}
        sources |= {one.iri: entities.get(one.source.entity or "") for one in reading.attributions}
    links: dict[str, list[Link]] = defaultdict(list)
    for link in corpus.comparison.links:
        for event in link.events:
            links[event].append(link)
    return _Known(sources, canonical(corpus.comparison), links)


def _key(claim: Claim, known: _Known) -> tuple[str, ...]:
    """Claims with the same key are one: the same claimant, and the same events of several articles."""
    source = known.sources[claim.attribution]
    shared = sorted({known.one[stated.iri] for stated in claim.propositions if stated.iri in known.one})
    if source is None or not shared:
        return "", claim.attribution, str(claim.start)
    return known.one.get(source.iri, source.iri), *shared


def _review(told: list[Claim], known: _Known) -> Json:
    told = sorted(told, key=lambda claim: (claim.article.published or "9", claim.article.iri, claim.start))
    first = told[0]
    iri = mint(base_of(first.article.iri), "review", *sorted(f"{claim.attribution} {claim.start}" for claim in told))
    appearances = [_appearance(list(claims)) for _, claims in groupby(told, key=lambda claim: claim.article.iri)]
    claim: Json = {"@type": "Claim", "text": first.quote, "author": _claimant(first, known)}
    if first.article.published:
        claim |= {"firstAppearance": {"@id": appearances[0]["@id"]}, "datePublished": first.article.published}
    return {
        "@type": "ClaimReview",
        "@id": iri,
        "creativeWorkStatus": "Draft",
        "claimReviewed": first.quote,
        "itemReviewed": claim | {"appearance": appearances},
        "reviewBody": " ".join(_note(told, known)),
    }


def _claimant(claim: Claim, known: _Known) -> Json:
    source = known.sources[claim.attribution]
    name: Json = {"name": source.label if source else claim.source}
    if source is None or source.kind not in _AGENTS:
        return name
    return {"@type": _AGENTS[source.kind]} | name | ({"sameAs": list(source.same_as)} if source.same_as else {})


def _appearance(claims: list[Claim]) -> Json:
    """One article, with the quotes in which it has the claim."""
    article = claims[0].article
    known: Json = {"@type": "NewsArticle", "@id": article.iri, "headline": article.title or article.id}
    known |= _given(url=article.url, datePublished=article.published, inLanguage=article.language)
    if article.publisher:
        known["publisher"] = {"@type": "Organization", "name": article.publisher}
    quotes = [{"@type": "Quotation", "text": claim.quote, "position": claim.start} for claim in claims]
    return known | {"hasPart": quotes[0] if len(quotes) == 1 else quotes}


def _given(**values: str | None) -> Json:
    return {name: value for name, value in values.items() if value}


# --- the note ----------------------------------------------------------------------------------------------


def _note(told: list[Claim], known: _Known) -> Iterable[str]:
    """Who backs it, in a few sentences that say nothing of its truth."""
    first = told[0]
    yield f"Attributed to {first.source} by {_names(_outlet(claim.article) for claim in told)}."
    between = [name for name in first.chain[1:-1] if name != first.chain[0]]
    if between:
        yield f"{first.chain[0]} has it through {_listed(between)}."
    how = sorted({way for claim in told for stated in claim.propositions for way in _presented(stated)})
    if how:
        yield f"It is presented, in part or whole, as {_listed(how)}."
    links = [link for claim in told for stated in claim.propositions for link in known.links.get(stated.iri, ())]
    origins = {origin for link in links for origin in link.origins}
    if origins:
        outlets = {outlet for link in links for outlet in link.outlets}
        yield (
            f"What it is about is reported by {_counted(len(outlets), 'outlet')} and goes back to "
            f"{_counted(len(origins), 'independent origin')}: {_names(origins)}."
        )
    if any(link.status == "disputed" for link in links):
        yield "Accounts of it differ."
    yield "Nobody has rated this claim here."


def _presented(stated: object) -> Iterable[str]:
    if getattr(stated, "polarity", "") == "negative":
        yield "denied"
    if isinstance(stated, Event):
        if stated.realis != "actual":
            yield stated.realis
        if stated.certainty in ("probable", "possible"):
            yield stated.certainty


def _outlet(article: Article) -> str:
    return article.publisher or article.id


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _names(names: Iterable[str]) -> str:
    return _listed(sorted(set(names)))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
