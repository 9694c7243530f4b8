"""Claims on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from kg.cli.screen import line, say
from kg.model import Event
from kg.query.claims import Claim


def print_claims(claims: Iterable[Claim]) -> None:
    """The claims under their innermost sources."""
    for source, said in groupby(claims, key=lambda claim: claim.source):
        say(line(source))
        for claim in said:
            marks = _marks(claim)
            say(f"  “{line(claim.quote)}”{f'  [{marks}]' if marks else ''}")
            day = (claim.article.published or "undated")[:10]
            chain = " <- ".join(line(name) for name in claim.chain)
            say(f"      {chain}, {day}, {line(claim.article.id)}:{claim.start}")
        say()


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim for other programs."""
    article = claim.article
    return {
        "source": claim.source,
        "chain": list(claim.chain),
        "quote": claim.quote,
        "spans": [{"start": span.start, "end": span.end, "quote": span.of(article.text)} for span in claim.spans],
        "verbatim": list(claim.verbatim),
        "article": article.iri,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "attribution": claim.attribution,
        "propositions": [
            {
                "iri": one.iri,
                "type": one.kind,
                "polarity": one.polarity,
                "realis": one.realis,
                "certainty": one.certainty,
            }
            if isinstance(one, Event)
            else {
                "iri": one.iri,
                "type": one.name,
                "polarity": one.polarity,
                "realis": "actual",
                "certainty": "certain",
            }
            for one in claim.propositions
        ],
    }


def _marks(claim: Claim) -> str:
    """What keeps a claim from being plain (denied, planned, only possible): of its main events, not of those inside."""
    inner = {role.event for one in claim.propositions if isinstance(one, Event) for role in one.roles if role.event}
    marks = set()
    for one in claim.propositions:
        if one.iri in inner:
            continue
        if one.polarity == "negative":
            marks.add("denied")
        if isinstance(one, Event):
            marks.update(mark for mark in (one.realis, one.certainty) if mark not in ("actual", "certain", "unknown"))
    return ", ".join(sorted(marks))
