"""What is seen at a glance in columns of numbers: neighbours are those of the blocks, and no pair that reaches the
threshold is passed over."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from kg.identify.candidates import blocking_keys, neighbours
from kg.identify.features import CorpusFeatures, EventFeatures, described
from kg.identify.pairs import likely_pairs, near
from kg.identify.score import THRESHOLD, pair_score

ARTICLES = [f"https://example.org/article/{n}" for n in range(5)]
KEYS = st.frozensets(st.sampled_from(["e:1", "e:2", "w:almond", "w:storm", "n:3"]), max_size=3)
WORDS = st.frozensets(st.sampled_from("storm ferries coast minister harbour strike almond reporters".split()))
DAYS = st.sampled_from([None, ("2021-03-01", "2021-03-02"), ("2021-03-02", "2021-03-03"), ("2021-03", "2021-04")])
NOBODY: frozenset[str] = frozenset()


@st.composite
def events(draw: st.DrawFn) -> tuple[EventFeatures, ...]:
    made = [
        described(
            iri=f"https://example.org/event/{n:02}",
            article=draw(st.sampled_from(ARTICLES)),
            published=draw(st.sampled_from(["", "2021-03-02", "2021-03-04", "2021-08-01"])),
            kind=draw(st.sampled_from(["Event", "Statement", "Kill", "Die", "Dismiss", "Resign", "Meet"])),
            lemma=draw(st.sampled_from(["kill", "say", "meet", "dismiss", "resign"])),
            roles=draw(st.dictionaries(st.sampled_from(["agent", "patient", "theme", "place"]), KEYS, max_size=3)),
            days=draw(DAYS),
            says=draw(st.booleans()),
            told_by=draw(st.sampled_from([NOBODY, frozenset({"e:2"})])),
            context=draw(WORDS),
        )
        for n in range(draw(st.integers(0, 40)))
    ]
    return tuple(made)


@st.composite
def collections(draw: st.DrawFn) -> CorpusFeatures:
    weights = st.dictionaries(st.sampled_from(["almond", "storm", "ferries", "Kill"]), st.just(0.5))
    vectors = {article: draw(weights) for article in ARTICLES}
    return CorpusFeatures(events=draw(events()), articles=draw(st.sampled_from([5, 400, 20_000])), vectors=vectors)


def in_blocks(found: tuple[EventFeatures, ...]) -> set[tuple[str, str]]:
    blocks: dict[str, list[EventFeatures]] = defaultdict(list)
    for event in sorted(found, key=lambda event: (event.published, event.iri)):
        for key in blocking_keys(event):
            blocks[key].append(event)
    pairs = (sorted((one.iri, other.iri)) for block in blocks.values() for one, other in neighbours(block))
    return {(one, other) for one, other in pairs}


@given(events())
def test_neighbours_are_those_of_each_block(found: tuple[EventFeatures, ...]) -> None:
    pairs = near(found).tolist()
    named = [tuple(sorted(found[place].iri for place in divmod(pair, len(found)))) for pair in pairs]
    assert len(named) == len(set(named))
    assert set(named) == in_blocks(found)


@given(collections())
def test_none_that_reaches_the_threshold_is_passed_over(features: CorpusFeatures) -> None:
    likely = [(one.iri, other.iri) for one, other in likely_pairs(features)]
    assert len(likely) == len(set(likely))
    by_iri = {event.iri: event for event in features.events}
    pairs = in_blocks(features.events)
    assert set(likely) <= pairs
    reaching = {(one, other) for one, other in pairs if pair_score(by_iri[one], by_iri[other], features) >= THRESHOLD}
    assert reaching <= set(likely)


def test_of_articles_that_have_nothing_to_do_with_each_other_most_are_passed_over() -> None:
    found = tuple(
        described(
            iri=f"https://example.org/event/{n:02}",
            article=f"https://example.org/article/{n}",
            published="2021-03-02",
            kind="Attack",
            lemma="attack",
            roles={"agent": frozenset({f"w:who{n}"})},
            days=None,
            says=False,
            told_by=NOBODY,
            context=frozenset({f"word{n}", "coast"}),
        )
        for n in range(10)
    )
    features = CorpusFeatures(events=found, articles=10, vectors={event.article: {} for event in found})
    assert len(near(found)) == 45
    assert not list(likely_pairs(features))
