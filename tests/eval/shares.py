"""Makes `seeds/shares.tsv`: `python -m tests.eval.shares ../shared/gold > seeds/shares.tsv`.

In what share of news articles an event of a type or of a word (as a stem), or a longer word, stands, by our own
reading of the development articles of PolNeAR (politics), MEANTIME (business) and ECB+ (crime, accidents, sport). The
least of the three: what is frequent in one of them alone is its subject, not the language's. Only shares are carried
over.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.identify.features import content_words, stem
from kg.identify.shares import LEAST
from kg.model import Article, Reading
from kg.read.article import clean_article
from tests.eval.cat import read_cat
from tests.eval.meantime import article_of
from tests.eval.readings import Reader


def main() -> None:
    folder = Path(sys.argv[1])
    cache = os.environ.get("KG_EVAL_CACHE")
    reader = Reader(cache_folder=Path(cache) if cache else None)
    counted = [_shares(reader.read(articles)) for articles in _collections(folder)]
    print("what\tname\tshare")
    for what, name in sorted(set.intersection(*(set(shares) for shares in counted))):
        share = round(min(shares[what, name] for shares in counted), 3)
        if share >= LEAST:
            print(what, name, share, sep="\t")


def _collections(folder: Path) -> Iterator[Iterator[Article]]:
    texts = sorted(folder.glob("polnear-dev/text/*.txt"))
    yield (clean_article(file.read_text(encoding="utf-8"), id=file.stem) for file in texts)
    yield map(article_of, map(read_cat, sorted(folder.glob("meantime-dev/*/*.xml"))))
    yield map(article_of, map(read_cat, sorted(folder.glob("ecbplus-dev/*/*.xml"))))


def _shares(readings: Iterable[Reading]) -> dict[tuple[str, str], float]:
    """(type or stem, name) -> the share of articles that have it."""
    counted: Counter[tuple[str, str]] = Counter()
    held = list(readings)
    if not held:
        raise SystemExit("polnear-dev, meantime-dev or ecbplus-dev has no articles; give the folder of all three")
    for reading in held:
        counted.update({("type", event.kind) for event in reading.events})
        counted.update({("stem", stem(event.lemma)) for event in reading.events})
        counted.update({("word", word) for word in content_words(reading.article.text)})
    return {key: count / len(held) for key, count in counted.items()}


if __name__ == "__main__":
    main()
