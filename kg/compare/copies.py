"""Near-copies: wire copy and reprints, which are one origin however many outlets print them.

MinHash over word shingles (Broder 1997) in bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4), to
find the pairs that are then held against each other word by word. A dozen lines, as the library for it takes longer to
load than two reports to build.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from kg.identify.unions import Unions
from kg.model import Article, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 5  # words
ALIKE = 0.5  # Jaccard of shingles; two independent reports of one event share under a tenth of them
_BANDS, _ROWS = 40, 4  # of pairs that are just alike 92 in 100 meet in a band, of those that share a tenth 4 in 1,000
_LEAST_WORDS = 40  # a notice of two lines is like any other
_KEPT = 2000  # articles whose shingles are kept, 60 KB each: few are asked for again


class Copies(NamedTuple):
    """Pairs of articles that are copies of one text, and each article's bands."""

    pairs: tuple[tuple[str, str], ...]
    bands: Mapping[str, tuple[bytes, ...]]


def copies(articles: Iterable[Article]) -> Copies:
    """The near-copies among articles."""
    known: dict[str, Article] = {}
    shingled = lru_cache(maxsize=_KEPT)(lambda iri: shingles(known[iri]))
    banded: dict[str, tuple[bytes, ...]] = {}
    by_band: dict[bytes, list[str]] = defaultdict(list)
    pairs: list[tuple[str, str]] = []
    for article in articles:
        known[article.iri] = article
        found = shingled(article.iri)
        banded[article.iri] = bands(found)
        others = sorted({iri for band in banded[article.iri] for iri in by_band[band]})
        pairs += [(other, article.iri) for other in others if alike(found, shingled(other))]
        for band in banded[article.iri]:
            by_band[band].append(article.iri)
    return Copies(tuple(pairs), banded)


def outlet_origins(readings: Sequence[Reading]) -> Mapping[str, str]:
    """Article IRI -> the outlet whose own voice it is: the earliest of its near-copies."""
    articles = [reading.article for reading in readings]
    return voices(articles, copies(articles).pairs)


def voices(articles: Iterable[Article], pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The same, by the pairs that are copies."""
    known = {article.iri: article for article in articles}
    unions = Unions()
    for one, other in pairs:
        unions.join(one, other)
    origin = {iri: own_voice([article]) for iri, article in known.items()}
    for group in unions.groups():
        origin.update(dict.fromkeys(group, own_voice(known[iri] for iri in group)))
    return origin


def own_voice(copies: Iterable[Article]) -> str:
    """The outlet that speaks in articles that are copies of one."""
    first = min(copies, key=lambda article: (article.published or "9999", article.iri))
    return first.publisher or first.id


def bands(shingles: frozenset[bytes]) -> tuple[bytes, ...]:
    """The bands of a text's sketch: texts that share none are no copies; none for a text too short to tell."""
    if not shingles:
        return ()
    import numpy as np

    hashed = np.frombuffer(b"".join(map(_hash, shingles)), dtype="<u8")
    sketch = (hashed[:, None] * _factors()).min(axis=0).astype("<u8").reshape(_BANDS, _ROWS)
    return tuple(b"%d:" % number + band.tobytes() for number, band in enumerate(sketch))


def _hash(value: bytes) -> bytes:
    return blake2b(value, digest_size=8).digest()


@cache
def _factors() -> NDArray[np.uint64]:
    """Odd numbers: to multiply by one, modulo two to the 64, lays all hashes out in another order."""
    import numpy as np

    return np.frombuffer(b"".join(_hash(b"%d" % n) for n in range(_BANDS * _ROWS)), dtype="<u8") | np.uint64(1)


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
