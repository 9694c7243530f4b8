"""Readers of content in quotation marks: beside the cue, interrupted by it, or announced by a colon."""

from __future__ import annotations

from kg.attribute.edges import Found, block, is_finite, past_adjuncts, pieces, with_colon
from kg.attribute.prose import Cue, Prose, Run


def quoted(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """Quotations that stand right beside the cue and its source."""
    whole = block(prose, cue.run, source)
    own = prose.quote_of[cue.head]
    left = None if _told_after(prose, cue, whole) else _quote_before(prose, whole.first, own)
    right = _quote_after(prose, whole.last, own)
    far = past_adjuncts(prose, cue, whole.last)
    if right is None and far + 1 < len(prose.tokens) and prose.tokens[far + 1].text in {",", ":"}:
        right = _quote_after(prose, far, own)
    runs: list[Run] = []
    if left is None and right is not None and own < 0:
        runs.extend(_interrupted(prose, whole.first - 1, right))
    if left is not None:
        start = left.first
        sentence = prose.sentence(cue.head).first
        if sentence < start and prose.tokens[start - 1].text not in {".", "!", "?", ":"}:
            start = sentence if own < 0 and not _only_circumstance(prose, sentence, start) else start
        runs.append(Run(start, left.last))
    if left is not None and right is None:
        right = _resumed(prose, max(whole.last, far), own)
    if right is not None and (left is None or prose.tokens[right.first - 1].text in {",", ":"}):
        runs.append(_with_tail(prose, right) if left is None else right)
    if not runs:
        return None
    return Found(tuple(runs), with_colon(prose, cue.run.last))


def _interrupted(prose: Prose, comma: int, quote: Run) -> tuple[Run, ...]:
    """The words before "the government, he said, "has failed"", with which the quotation goes on."""
    tokens = prose.tokens
    first = prose.sentence(quote.first - 1).first
    lower = tokens[quote.first + 1].text[:1].islower() and tokens[quote.first - 1].text == ","
    if not lower or comma <= first or tokens[comma].text != "," or tokens[first].pos in {"ADP", "ADV", "SCONJ", "VERB"}:
        return ()
    return pieces(prose, Run(first, comma - 1), [], Run(comma, comma))


def _only_circumstance(prose: Prose, first: int, quote: int) -> bool:
    """Whether the words before a quotation are a phrase set off by a comma: 'As for her, "..."'."""
    tokens = prose.tokens
    return tokens[quote - 1].text == "," and not any(tokens[i].pos in {"VERB", "AUX"} for i in range(first, quote))


def _with_tail(prose: Prose, quote: Run) -> Run:
    """A quoted fragment with the words that complete its phrase: '"2,500 shootings" in the city'."""
    tokens = prose.tokens
    inner, after = quote.last - 1, quote.last + 1
    end = prose.sentence(quote.last).last
    if (
        tokens[inner].text in {",", ".", "!", "?"}
        or after >= end
        or tokens[after].sentence != tokens[quote.last].sentence
    ):
        return quote
    if tokens[after].pos not in {"ADP", "CCONJ", "NOUN", "PROPN", "ADJ"} or any(
        tokens[i].dep in {"nsubj", "nsubjpass"} for i in range(quote.first, quote.last)
    ):
        return quote
    last = after
    while last + 1 <= end and tokens[last + 1].text not in {",", ";", ":", "."}:
        last += 1
    return Run(quote.first, last)


def _told_after(prose: Prose, cue: Cue, whole: Run) -> bool:
    """Whether a clause follows the cue without a comma: then a quotation before it is but a title.

    ("On “Today,” he said that ...")
    """
    tokens = prose.tokens
    if whole.last + 1 >= len(tokens):
        return False
    return any(
        child == whole.last + 1 or (child > whole.last and tokens[child].dep == "ccomp" and is_finite(prose, child))
        for child in prose.parse.children[cue.head]
        if tokens[child].dep in {"ccomp", "xcomp"}
        and tokens[prose.parse.left[child] - 1].text != ","
        and tokens[whole.last + 1].text != ","
    )


def _resumed(prose: Prose, last: int, own: int) -> Run | None:
    """A quotation taken up again after a few words: "...," she said, but "..."."""
    tokens = prose.tokens
    if (
        last + 2 >= len(tokens)
        or tokens[last + 1].text != ","
        or tokens[last + 2].text.lower() not in {"but", "and", "or", "because"}
    ):
        return None
    for at in range(last + 3, min(last + 5, len(tokens))):
        if prose.quote_of[at] not in {-1, own}:
            return Run(last + 2, prose.quote_runs[prose.quote_of[at]].last)
    return None


def _quote_before(prose: Prose, first: int, own: int) -> Run | None:
    at = first - 1
    while at >= 0 and prose.tokens[at].text in {",", "--", "-"} and prose.quote_of[at] == own:
        at -= 1
    if at < 0 or prose.quote_of[at] in {-1, own} or prose.paragraph_of[at] != prose.paragraph_of[first]:
        return None
    run = prose.quote_runs[prose.quote_of[at]]
    return run if run.last == at else None


def _quote_after(prose: Prose, last: int, own: int) -> Run | None:
    at = last + 1
    while at < len(prose.tokens) and prose.tokens[at].text in {",", ":"} and prose.quote_of[at] == own:
        at += 1
    if at >= len(prose.tokens) or prose.quote_of[at] in {-1, own}:
        return None
    run = prose.quote_runs[prose.quote_of[at]]
    return run if run.first == at else None


def announced(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """She added: all that follows the colon in the paragraph."""
    colon = max(cue.run.last, source.last if source is not None else -1) + 1
    if colon >= len(prose.tokens) - 1 or prose.tokens[colon].text != ":":
        return None
    last = colon
    while last + 1 < len(prose.tokens) and prose.paragraph_of[last + 1] == prose.paragraph_of[colon]:
        last += 1
    run = Run(colon + 1, last)
    if run.first > run.last:
        return None
    if prose.quote_of[run.first] >= 0:
        run = prose.quote_runs[prose.quote_of[run.first]]
    elif source is None or prose.tokens[cue.head].dep != "ROOT":
        return None
    return Found((run,), with_colon(prose, cue.run.last))


def noun_announced(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """She made this comment: the quotation after the colon."""
    colon = cue.run.last + 1
    if colon + 1 >= len(prose.tokens) or prose.tokens[colon].text != ":" or prose.quote_of[colon + 1] < 0:
        return None
    return Found((prose.quote_runs[prose.quote_of[colon + 1]],), colon)
