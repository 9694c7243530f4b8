"""What sayings do to one another: where a content ends since its source says more, and what goes on with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kg.attribute import edges, sources
from kg.attribute.lexicon import entries
from kg.attribute.prose import Prose, Run, Saying

_TELLING = frozenset({"say", "show", "relay", "accuse", "criticize"})
_ASKING = frozenset({"urge", "ask", "order", "deny", "promise", "refuse"})  # of somebody else: "said A, and B urged"
_RELATIVES = frozenset({"where", "which", "as", "when", "because", "since"})
_CONTRASTS = frozenset({"while", "whereas", "although", "though", "but"})  # "..., while others think ..."
_LINKS = frozenset({"and", "but", "though", "although", "while", "even", "also"})


def before_relative(prose: Prose, saying: Saying, found: Sequence[Saying]) -> Saying:
    """A source without its relative clause where that tells another saying: "Lee, | who says ..., | denied"."""
    if saying.source is None:
        return saying
    first, last = saying.source
    near = found[bisect_left(found, first, key=_cue_first) : bisect_right(found, saying.cue.last + 60, key=_cue_first)]
    relatives = [
        other.source.first
        for other in near
        if other.source is not None
        and first < other.source.first <= last
        and other.source.first == other.source.last
        and prose.tokens[other.source.first].text.lower() in {"who", "which", "that"}
        and other.source_head != saying.source_head
    ]
    if not relatives:
        return saying
    cut = edges.trimmed(prose, Run(first, min(relatives) - 1))
    return replace(saying, source=cut) if cut is not None else saying


def before_comment(prose: Prose, found: Sequence[Saying]) -> list[Saying]:
    """Cut a content before what the text appends to it: "said A, | a charge that B denied" is not said by A."""
    tokens, parse = prose.tokens, prose.parse
    result = list(found)
    for comment in found:
        verb = tokens[comment.head]
        noun = verb.head
        entry = entries().get((tokens[noun].lemma.lower(), "noun"))
        first = parse.left[noun]
        something = tokens[noun].text.lower() == "something"
        named = entry is not None and entry.kind != "effect" and tokens[first].text.lower() in {"a", "an"}
        if (
            verb.dep not in {"relcl", "acl"}
            or not (named or something)
            or tokens[first - 1].text not in {",", "--", "–", "—"}
        ):
            continue
        for index, saying in enumerate(result):
            run = next((run for run in saying.content if run.first < first <= run.last), None)
            shorter = edges.trimmed(prose, Run(run.first, first - 1)) if run else None
            if shorter is not None and prose.quote_of[first] < 0 and saying.cue.last < first:
                runs = tuple(shorter if each == run else each for each in saying.content)
                result[index] = replace(saying, content=runs)
    return result


def divided(prose: Prose, found: Sequence[Saying]) -> list[Saying]:
    """Cut a content before what its source says next: "said A, adding that B", "said A, though she noted B"."""
    result = list(found)
    for index, outer in enumerate(found):
        if outer.frame in {"quote", "obj-quote"} or prose.quote_of[outer.head] >= 0:
            continue
        last = max(run.last for run in outer.content)
        for number in range(index + 1, bisect_right(found, last, key=_cue_first)):
            inner = found[number]
            run = next((run for run in outer.content if run.first < inner.cue.first <= run.last), None)
            if run is None or prose.quote_of[inner.head] >= 0:
                continue
            cut = _next_statement(prose, outer, inner, run)
            if cut is None:
                continue
            shorter = edges.trimmed(prose, Run(run.first, cut - 1))
            runs = tuple(shorter if each == run and shorter else each for each in result[index].content)
            result[index] = replace(result[index], content=runs)
            if not _has_own_subject(prose, inner):
                result[number] = replace(result[number], source=outer.source, source_head=outer.source_head)
            break
    return result


def _has_own_subject(prose: Prose, saying: Saying) -> bool:
    return prose.child(saying.head, "nsubj", "nsubjpass") is not None


def _next_statement(prose: Prose, outer: Saying, inner: Saying, run: Run) -> int | None:
    """Where the next statement of the outer cue's clause begins inside a content, if it does."""
    tokens = prose.tokens
    verb = tokens[inner.head]
    start = min(
        inner.cue.first,
        prose.parse.left[subject] if (subject := sources.subject(prose, inner.head)) is not None else inner.cue.first,
    )
    if tokens[start - 1].text.lower() in _CONTRASTS and run.first < start - 2 and tokens[start - 2].text == ",":
        return start - 2
    tells = inner.kind in _TELLING or (inner.kind in _ASKING and start < inner.cue.first)
    if not tells or verb.pos != "VERB":
        return None
    before = start - 1
    links = _LINKS if outer.frame in {"that", "obj-that"} else _LINKS | _RELATIVES
    while before > run.first and tokens[before].text.lower() in links:
        before -= 1
    if verb.tag == "VBG" and start == inner.cue.first and tokens[before].text == ",":
        return before
    same_tense = verb.tag == tokens[outer.head].tag and verb.tag in {"VBD", "VBZ", "VBP"}
    told = outer.frame in {"that", "obj-that"}
    if start < inner.cue.first and before + 1 < start and tokens[before].text == ",":
        return before if not told or tokens[start].pos == "PRON" or same_tense else None
    if same_tense and start == inner.cue.first and tokens[start - 1].dep == "cc" and verb.dep == "conj":
        return start - 1
    return None


def continued(prose: Prose, found: Sequence[Saying]) -> tuple[Saying, ...]:
    """Quotations that nobody else is named for go on with the one before: in the paragraph, or where it was left open.

    What is said inside a quotation that belongs to no saying at all is left out: somebody says it, but the text's
    own voice does not.
    """
    result = list(found)
    holder = _holders(prose, result)
    for number, quote in enumerate(prose.quote_runs):
        if number in holder or not prose.quotes[number].double:
            continue
        before = quote.first - 1
        owner = _left_open(prose, holder, number)
        if owner is None and _starts_sentence(prose, quote):
            owner = _quoting(prose, result, prose.sentence(before), quote.first)
        if owner is not None:
            holder[number] = owner
            result[owner] = replace(result[owner], content=(*result[owner].content, quote))
    return tuple(saying for saying in result if not _in_loose_quotation(prose, saying, holder))


def _starts_sentence(prose: Prose, quote: Run) -> bool:
    """Whether a quotation comes right after a sentence, or another quotation, of its own paragraph."""
    before = quote.first - 1
    if before < 0 or prose.paragraph_of[before] != prose.paragraph_of[quote.first]:
        return False
    return prose.tokens[before].text in {".", "!", "?"} or prose.quote_of[before] >= 0


def _holders(prose: Prose, found: Sequence[Saying]) -> dict[int, int]:
    """For each quotation that a saying from outside it takes as content, that saying's index."""
    holder: dict[int, int] = {}
    for index, saying in enumerate(found):
        for run in saying.content:
            for number in {prose.quote_of[i] for i in range(run.first, run.last + 1)} - {-1}:
                quote = prose.quote_runs[number]
                if not quote.first <= saying.cue.first <= quote.last:
                    holder.setdefault(number, index)
    return holder


def _left_open(prose: Prose, holder: dict[int, int], number: int) -> int | None:
    """Who goes on speaking where the last paragraph's quotation was not closed and this one opens the next."""
    if number == 0 or not prose.quotes[number - 1].open:
        return None
    first, last = prose.quote_runs[number].first, prose.quote_runs[number - 1].last
    return holder.get(number - 1) if first == last + 1 else None


def _in_loose_quotation(prose: Prose, saying: Saying, holder: dict[int, int]) -> bool:
    number = prose.quote_of[saying.cue.first]
    return (
        number >= 0
        and prose.quotes[number].double
        and number not in holder
        and (prose.quote_of[saying.cue.last] == number)
    )


def _quoting(prose: Prose, found: Sequence[Saying], sentence: Run, before: int) -> int | None:
    """The last saying before a token whose cue stands in that sentence, or whose content reaches into it."""
    best = None
    for index in range(bisect_left(found, before, key=_cue_first) - 1, -1, -1):
        saying = found[index]
        inside = saying.cue.first >= sentence.first
        reaches = any(sentence.first <= run.last <= sentence.last for run in saying.content)
        quotes = any(prose.quote_of[run.first] >= 0 or prose.quote_of[run.last] >= 0 for run in saying.content)
        tells = quotes or (saying.frame in {"that", "obj-that"} and saying.kind == "say")
        if (inside or reaches) and tells and saying.source is not None and prose.quote_of[saying.cue.first] < 0:
            best = index
            break
        if prose.paragraph_of[saying.cue.first] != prose.paragraph_of[sentence.first]:
            break
    return best


def _cue_first(saying: Saying) -> int:
    return saying.cue.first
