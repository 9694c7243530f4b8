"""Versions of an article: what a newer text at the same address claims that the older did not, and the other way round.

    for revision in graph.revisions():
        for change in revision.changed:
            print(change.older.quote, "->", change.newer.quote)

Each version stays an article of its own, with its own claims. The address is the URL; of two versions the one
published later is the newer, where both say when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from kg.model import Article, Reading
from kg.query.claims import Claim, claims

_ALIKE = 0.6  # share of words in common, in order, from which two quotes are one claim in other words
_RARE = 20  # claims that have a word


class Addressed(Protocol):
    """What is known of an article without reading it."""

    @property
    def iri(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...


Known = TypeVar("Known", bound=Addressed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim in two versions: in other words, or said by somebody else."""

    older: Claim
    newer: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Two versions of one article, and their claims that are not the same; each in the order of its text."""

    older: Article
    newer: Article
    added: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    changed: tuple[Change, ...]


def versions(articles: Iterable[Known], added: Collection[str] = ()) -> list[tuple[Known, ...]]:
    """The articles that share an address, two or more, each group from the oldest to the newest version.

    Of those that give no later date, the ones (IRIs) that were `added` last are the newer.
    """
    by_url: dict[str, list[Known]] = defaultdict(list)
    for article in articles:
        if article.url:
            by_url[article.url].append(article)
    groups = (by_url[url] for url in sorted(by_url) if len(by_url[url]) > 1)
    return [
        tuple(sorted(group, key=lambda one: (one.published or "", one.iri in added, one.iri))) for group in groups
    ]


def revision(older: Reading, newer: Reading) -> Revision:
    """What changed from one version to the other."""
    before, after = _told(older), _told(newer)
    kept = {_key(claim) for claim in before} & {_key(claim) for claim in after}
    before, after = ([claim for claim in side if _key(claim) not in kept] for side in (before, after))
    changed = sorted(_paired(before, after), key=lambda change: change.newer.start)
    old, new = {id(change.older) for change in changed}, {id(change.newer) for change in changed}
    return Revision(
        older=older.article,
        newer=newer.article,
        added=tuple(claim for claim in after if id(claim) not in new),
        gone=tuple(claim for claim in before if id(claim) not in old),
        changed=tuple(changed),
    )


def _told(reading: Reading) -> list[Claim]:
    """The claims in the order of the text. A sentence of the outlet's that tells what somebody says is left to him."""
    found = sorted(claims([reading]), key=lambda claim: (claim.start, -len(claim.chain)))
    said = [span for claim in found if len(claim.chain) > 1 for span in claim.spans]
    return [
        claim
        for claim in found
        if len(claim.chain) > 1 or not any(own.covers(span) for own in claim.spans for span in said)
    ]


def _key(claim: Claim) -> tuple[tuple[str, ...], str]:
    """What makes a claim the same in both: who says it, and the words, however they are spaced."""
    return claim.chain[1:], " ".join(claim.quote.split())


def _paired(before: Sequence[Claim], after: Sequence[Claim]) -> Iterator[Change]:
    """The most alike first; a claim is in one pair at most."""
    scores = sorted((-_likeness(before[one], after[other]), one, other) for one, other in _candidates(before, after))
    left, right = set(range(len(before))), set(range(len(after)))
    for score, one, other in scores:
        if -score >= _ALIKE and one in left and other in right:
            left.remove(one)
            right.remove(other)
            yield Change(older=before[one], newer=after[other])


def _candidates(before: Sequence[Claim], after: Sequence[Claim]) -> list[tuple[int, int]]:
    """The pairs that share a word which is not everywhere: a long page of one refrain costs little."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(after):
        for word in set(claim.quote.casefold().split()):
            by_word[word].append(number)
    return sorted(
        {
            (number, other)
            for number, claim in enumerate(before)
            for word in set(claim.quote.casefold().split())
            if len(by_word[word]) <= _RARE
            for other in by_word[word]
        }
    )


def _likeness(old: Claim, new: Claim) -> float:
    """From 0 to 1 by the words; of two quotes as like, the one by the same source is a little more so."""
    words = (old.quote.casefold().split(), new.quote.casefold().split())
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio() * (1.0 if old.source == new.source else 0.95)
