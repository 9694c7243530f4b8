"""Identity and comparison on synthetic readings: `python -m tests.bench.identity [ARTICLES]`.

Stories of fifty articles each: every article tells some of its story's events and some of its own. Printed: seconds
for identify and compare, peak memory, and the same for twice the articles, as a ratio.
"""

from __future__ import annotations

import resource
import sys
import time

from kg.compare import compare
from kg.identify import identify
from kg.ids import DEFAULT_BASE, chars, within
from kg.model import Article, Attribution, Block, Entity, Event, Mention, Reading, Role, Source, Span

_PER_STORY = 50
_KINDS = ("Meet", "Attack", "Detain", "Thank", "Invade", "Sanction", "Telephone", "Resign", "Elect", "Protest")
_WORDS = (
    "river market bridge harbour council railway budget border treaty convoy ministry summit deadline festival".split()
)


def reading(number: int, stories: int) -> Reading:
    """Article `number` of its story: eight events, five of them the story's own."""
    story = number % stories
    lines = [_sentence(story, number, slot) for slot in range(8)]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:slot]) for slot in range(8)]
    iri = f"{DEFAULT_BASE}article/{number:016x}"
    outlet = f"Outlet {number % 97}"
    article = Article(
        iri=iri,
        id=str(number),
        text=text,
        sha256=f"{number:064x}",
        publisher=outlet,
        published=f"2024-{story % 12 + 1:02d}-{number // stories % 27 + 1:02d}",
        blocks=(Block(span=Span(0, len(text)), kind="paragraph"),),
    )
    entities, mentions, events = {}, [], []
    for slot, start in enumerate(starts):
        parties = [_party(story, number, slot, side) for side in (0, 1)]
        roles = []
        for name, party, offset in zip(("agent", "patient"), parties, (0, 20), strict=True):
            span = Span(start + offset, start + offset + 6)
            entities[party] = Entity(iri=party, label=f"Party {party[-6:]}", kind="person", same_as=(party,))
            mentions.append(Mention(span=span, head=span, kind="person", entity=party, form="name"))
            roles.append(Role(name=name, span=span, head=span, entity=party))
        trigger = Span(start + 8, start + 14)
        kind = _KINDS[(story + slot) % len(_KINDS)]
        events.append(
            Event(
                iri=within(iri, "event", trigger.start, kind),
                kind=kind,
                lemma=kind.lower(),
                trigger=trigger,
                sentence=slot,
                roles=tuple(roles),
            )
        )
    root = Attribution(
        iri=chars(iri, 0, len(text)),
        source=Source(span=None, entity=None, label=outlet),
        cue=None,
        content=(),
        events=tuple(event.iri for event in events),
    )
    return Reading(
        article=article,
        sentences=tuple(Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)),
        entities=tuple(entities.values()),
        mentions=tuple(mentions),
        events=tuple(events),
        attributions=(root,),
    )


def _sentence(story: int, number: int, slot: int) -> str:
    own = slot >= 5
    seed = number * 31 + slot if own else story * 17 + slot
    return " ".join(f"{_WORDS[(seed * (k + 3) + k) % len(_WORDS)]}{seed * (k + 1) % 997}" for k in range(12))


def _party(story: int, number: int, slot: int, side: int) -> str:
    seed = (number * 8 + slot) * 2 + side + 10_000_000 if slot >= 5 else story * 3 + side + slot % 2
    return f"{DEFAULT_BASE}entity/{seed:016x}"


def measure(articles: int) -> tuple[float, float, int]:
    """Seconds of identify, seconds of compare, and how many clusters there are."""
    stories = max(1, articles // _PER_STORY)
    readings = [reading(number, stories) for number in range(articles)]
    start = time.perf_counter()
    clusters = identify(readings)
    middle = time.perf_counter()
    compare(readings, clusters)
    return middle - start, time.perf_counter() - middle, len(clusters)


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seconds = []
    for count in (articles, 2 * articles):
        first, second, clusters = measure(count)
        seconds.append(first + second)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{count:>7} articles: identify {first:6.1f} s, compare {second:6.1f} s, {clusters} clusters, {peak:.2f} GB"
        )
    print(f"twice the articles take {seconds[1] / seconds[0]:.2f} times as long")


if __name__ == "__main__":
    main()
