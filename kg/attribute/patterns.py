"""Attribution without a verb: "according to X", "in X's view", "X: ..." in headlines and transcripts, "... -- X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.attribute import edges, sources
from kg.attribute.prose import BARRIER, Prose, Run, Saying

_ACTOR = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_TELLING = frozenset({"said", "says", "say", "wrote", "writes", "added", "asked"})
_DASHES = frozenset({"--", "—", "–", "-"})


def patterns(prose: Prose) -> Iterator[Saying]:
    """All sayings of these forms."""
    yield from _according_to(prose)
    yield from _headline_colon(prose)
    yield from _signature(prose)


def _according_to(prose: Prose) -> Iterator[Saying]:
    tokens = prose.tokens
    for token in tokens:
        if token.text.lower() != "according" or token.i + 2 >= len(tokens) or tokens[token.i + 1].text.lower() != "to":
            continue
        to = tokens[token.i + 1]
        target = prose.child(to.i, "pobj")
        if target is None:
            target = prose.child(token.i, "pobj")
        if target is None:
            continue
        source = sources.noun_phrase(prose, target)
        cue = Run(token.i, to.i)
        sentence = prose.sentence(token.i)
        runs = _around(prose, sentence, Run(token.i, source.last), cue)
        if runs:
            yield Saying(head=token.i, cue=cue, kind="say", source=source, source_head=target, content=runs)


def _around(prose: Prose, sentence: Run, hole: Run, cue: Run) -> tuple[Run, ...]:
    """The sentence before a phrase, and what a comma after the phrase goes on with."""
    tokens = prose.tokens
    runs: tuple[Run, ...] = ()
    if hole.first > sentence.first:
        runs += edges.pieces(prose, Run(sentence.first, hole.first - 1), [], cue)
    if (
        hole.last + 1 < sentence.last
        and tokens[hole.last + 1].text in {",", "--"}
        and (
            hole.first == sentence.first or tokens[hole.first - 1].text in BARRIER or tokens[hole.last + 2].dep == "cc"
        )
    ):
        runs += edges.pieces(prose, Run(hole.last + 2, sentence.last), [], cue)
    return runs


def _headline_colon(prose: Prose) -> Iterator[Saying]:
    """ "Kremlin: Putin thanks Trump": a short noun phrase, a colon, and a clause or quotation."""
    tokens = prose.tokens
    for first, last in prose.parse.sentences:
        colon = next((i for i in range(first + 1, min(first + 7, last)) if tokens[i].text == ":"), None)
        if colon is None or any(
            tokens[i].pos in {"VERB", "AUX", "PUNCT"} or (tokens[i].text.lower() in _TELLING)
            for i in range(first, colon)
        ):
            continue
        if tokens[colon - 1].pos not in {"PROPN", "NOUN"} or (prose.quote_of[first] >= 0 and prose.quote_of[colon] < 0):
            continue
        if colon - 1 not in prose.actors and tokens[colon - 1].ner not in _ACTOR:
            continue
        run = edges.trimmed(prose, Run(colon + 1, last))
        if run is not None and run.last - run.first >= 2:
            yield Saying(
                head=colon,
                cue=Run(colon, colon),
                kind="say",
                source=Run(first, colon - 1),
                source_head=colon - 1,
                content=(edges.with_quotes(prose, run, Run(colon, colon)),),
            )


def _signature(prose: Prose) -> Iterator[Saying]:
    """ "..." -- Jane Smith: a quotation, a dash, and a name that ends the paragraph."""
    tokens = prose.tokens
    for number, quote in enumerate(prose.quote_runs):
        dash = quote.last + 1
        if dash + 1 >= len(tokens) or tokens[dash].text not in _DASHES or not prose.quotes[number].double:
            continue
        end = dash
        while end + 1 < len(tokens) and prose.paragraph_of[end + 1] == prose.paragraph_of[dash] and end - dash < 13:
            if tokens[end + 1].text in {".", ";"} or prose.quote_of[end + 1] >= 0:
                break
            end += 1
        name = [tokens[i] for i in range(dash + 1, end + 1)]
        if name and name[0].pos == "PROPN" and not any(token.pos in {"VERB", "AUX"} for token in name):
            head = next((token.i for token in reversed(name) if token.pos == "PROPN"), end)
            yield Saying(
                head=dash,
                cue=Run(dash, dash),
                kind="say",
                source=Run(dash + 1, end),
                source_head=head,
                content=(quote,),
            )
