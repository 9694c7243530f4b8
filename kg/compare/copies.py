"""Near-copies: wire copy and reprints, which are one origin however many outlets print them.

MinHash over word shingles (Broder 1997), from datasketch; its seed is fixed, so the same texts give the same groups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kg.identify.unions import Unions
from kg.model import Article, Reading

SHINGLE = 5  # words
ALIKE = 0.5  # Jaccard of shingles; two independent reports of one event share under a tenth of them
_PERMUTATIONS = 64
_LEAST_WORDS = 40  # a notice of two lines is like any other


def outlet_origins(readings: Sequence[Reading]) -> Mapping[str, str]:
    """Article IRI -> the outlet whose own voice it is: the earliest of its near-copies."""
    articles = {reading.article.iri: reading.article for reading in readings}
    unions = Unions()
    for one, other in _near_copies(articles.values()):
        unions.join(one, other)
    origin = {iri: own_voice([article]) for iri, article in articles.items()}
    for group in unions.groups():
        origin.update(dict.fromkeys(group, own_voice(articles[iri] for iri in group)))
    return origin


def own_voice(copies: Iterable[Article]) -> str:
    """The outlet that speaks in articles that are copies of one."""
    first = min(copies, key=lambda article: (article.published or "9999", article.iri))
    return first.publisher or first.id


def _near_copies(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    shingled: dict[str, frozenset[bytes]] = {}
    by_band: dict[bytes, list[str]] = defaultdict(list)
    for article in articles:
        found = shingled[article.iri] = shingles(article)
        banded = bands(found)
        for other in sorted({iri for band in banded for iri in by_band[band]}):
            if alike(found, shingled[other]):
                yield other, article.iri
        for band in banded:
            by_band[band].append(article.iri)


def bands(shingles: frozenset[bytes]) -> tuple[bytes, ...]:
    """The bands of a text's sketch: texts that share none are no copies; none for a text too short to tell."""
    if not shingles:
        return ()
    from datasketch import MinHash

    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch(sorted(shingles))
    return tuple(b"%d:" % start + sketch.hashvalues[start:end].tobytes() for start, end in _ranges())


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    """The bands that miss fewest copies at this likeness, as datasketch lays them out."""
    from datasketch import MinHashLSH

    return tuple(MinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS).hashranges)


def alike(one: frozenset[bytes], other: frozenset[bytes]) -> bool:
    """Whether two texts, of which some shingles meet, are near-copies."""
    return len(one & other) >= ALIKE * len(one | other)


def shingles(article: Article) -> frozenset[bytes]:
    """The runs of words of an article's prose; none for a notice."""
    prose = " ".join(block.span.of(article.text) for block in article.blocks if block.kind == "paragraph")
    words = re.findall(r"\w+", prose.casefold())
    if len(words) < _LEAST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[i : i + SHINGLE]).encode() for i in range(len(words) - SHINGLE + 1))
