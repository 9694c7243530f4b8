"""Near-copies are found, and what only shares a footer or a phrase is none."""

from __future__ import annotations

from random import Random

from kg.compare.copies import ALIKE, alike, bands, outlet_origins, shingles
from kg.model import Article, Reading
from kg.read import clean_article

SHINGLES = 400


def _article(text: str, outlet: str, day: str) -> Article:
    return clean_article(text, id=outlet, publisher=outlet, published=day)


def _words(random: Random, count: int) -> list[str]:
    return [f"word{random.randrange(5000)}" for _ in range(count)]


def _pair(random: Random, likeness: float) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Two sets of shingles of which that share is in both."""
    both = round(SHINGLES * likeness)
    made = [b"%d" % random.getrandbits(64) for _ in range(SHINGLES)]
    alone = (SHINGLES - both) // 2
    return frozenset(made[: both + alone]), frozenset(made[:both] + made[both + alone :])


def _met(likeness: float) -> float:
    pairs = [_pair(Random(seed), likeness) for seed in range(300)]  # noqa: S311  no secret
    return sum(not set(bands(one)).isdisjoint(bands(other)) for one, other in pairs) / len(pairs)


def test_copies_meet_in_a_band_and_strangers_seldom() -> None:
    assert _met(0.9) == 1
    assert _met(0.7) > 0.98
    assert _met(ALIKE) > 0.85
    assert _met(0.1) < 0.02


def test_the_sketch_does_not_depend_on_the_order_of_shingles() -> None:
    one, _ = _pair(Random(1), ALIKE)  # noqa: S311
    assert bands(one) == bands(frozenset(sorted(one)))
    assert bands(frozenset()) == ()


def test_a_reprint_has_the_voice_of_the_first() -> None:
    random = Random(7)  # noqa: S311
    footer = " ".join(_words(random, 60))
    wire = " ".join(_words(random, 300))
    other = " ".join(_words(random, 300))
    articles = [
        _article(f"A storm comes\n\n{wire}\n\n{footer}", "Northern Wire", "2020-01-01"),
        _article(
            f"Storm is coming\n\nOur own first line about it.\n\n{wire}\n\n{footer}", "Harbour Post", "2020-01-02"
        ),
        _article(f"A strike ends\n\n{other}\n\n{footer}", "Lantern Courier", "2020-01-02"),
    ]
    assert alike(shingles(articles[0]), shingles(articles[1]))
    found = outlet_origins([Reading(article=article) for article in articles])
    assert [found[article.iri] for article in articles] == ["Northern Wire", "Northern Wire", "Lantern Courier"]


def test_a_notice_is_like_any_other() -> None:
    notice = _article("Weather\n\nRain is expected in the north today.", "Northern Wire", "2020-01-01")
    assert shingles(notice) == frozenset()
