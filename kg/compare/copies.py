"""Near-copies: wire copy and reprints, which are one origin however many outlets print them.

MinHash over word shingles (Broder 1997), from datasketch; its seed is fixed, so the same texts give the same groups.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
    for one, other in _near_copies(list(articles.values())):
        unions.join(one, other)
    origin = {iri: _outlet(article) for iri, article in articles.items()}
    for group in unions.groups():
        first = min((articles[iri] for iri in group), key=lambda a: (a.published or "9999", a.iri))
        origin.update(dict.fromkeys(group, _outlet(first)))
    return origin


def _outlet(article: Article) -> str:
    return article.publisher or article.id


def _near_copies(articles: Sequence[Article]) -> list[tuple[str, str]]:
    shingled = {article.iri: shingles for article in articles if (shingles := _shingles(article))}
    if len(shingled) < 2:
        return []
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS)
    pairs = []
    for iri, shingles in shingled.items():
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch(sorted(shingles))
        for found in sorted(index.query(sketch)):
            other = shingled[found]
            if len(shingles & other) >= ALIKE * len(shingles | other):
                pairs.append((found, iri))
        index.insert(iri, sketch)
    return pairs


def _shingles(article: Article) -> frozenset[bytes]:
    prose = " ".join(block.span.of(article.text) for block in article.blocks if block.kind == "paragraph")
    words = re.findall(r"\w+", prose.casefold())
    if len(words) < _LEAST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[i : i + SHINGLE]).encode() for i in range(len(words) - SHINGLE + 1))
