"""All sayings of an article's prose: cue, source and content put together, one per cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.attribute import content, edges, sources
from kg.attribute.cues import cues
from kg.attribute.patterns import patterns
from kg.attribute.prose import NOMINAL, Cue, Prose, Run, Saying

_LIGHT = frozenset(
    {
        "make",
        "have",
        "issue",
        "give",
        "deliver",
        "offer",
        "express",
        "voice",
        "take",
        "reach",
        "raise",
        "share",
        "hold",
        "announce",
        "unveil",
        "release",
        "send",
        "file",
        "launch",
        "renew",
        "repeat",
        "reiterate",
        "draw",
        "face",
    }
)
_LINKS = frozenset({"and", "but", "though", "although", "while", "even", "also"})
_VOICELESS = frozenset({"it", "there", "this", "that", "these", "those", "which"})


def sayings(prose: Prose) -> tuple[Saying, ...]:
    """Every saying, in order of its cue."""
    found = [*_lexical(prose), *patterns(prose)]
    found.sort(key=lambda saying: (saying.cue.first, -saying.cue.last))
    return continued(prose, divided(prose, [_before_relative(prose, saying, found) for saying in _distinct(found)]))


def _lexical(prose: Prose) -> Iterator[Saying]:
    for cue in cues(prose):
        saying = _saying(prose, cue)
        if saying is not None:
            yield saying


def _saying(prose: Prose, cue: Cue) -> Saying | None:
    head, cue = source_of(prose, cue)
    run = None
    if head is not None:
        stop = cue.run.first if head < cue.run.first else None
        run = sources.noun_phrase(prose, head, stop=stop)
    found = content.find(prose, cue, run)
    if found is None or not _plausible(prose, cue, head, found.frame):
        return None
    if run is not None:
        first = min((part.first for part in found.content if part.first > run.first), default=run.last + 1)
        run = Run(run.first, min(run.last, first - 1)) if first > run.first else run
    return Saying(
        head=cue.head,
        cue=Run(cue.run.first, max(cue.run.last, found.cue_last)),
        kind=cue.entry.kind,
        source=run,
        source_head=head,
        content=found.content,
        frame=found.frame,
    )


def source_of(prose: Prose, cue: Cue) -> tuple[int | None, Cue]:
    """The head of a cue's source; a noun's cue may grow over the light verb that carries it."""
    tokens = prose.tokens
    if "subj+to" in cue.entry.frames:
        return None, cue
    if cue.entry.pos == "verb":
        if edges.is_passive(prose, cue.head):
            return sources.agent(prose, cue.head), cue
        found = sources.before_bracket(prose, cue.run.first) or sources.shared_subject(prose, cue.head)
        return (found if found is not None else _inverted(prose, cue)), cue
    if cue.entry.pos == "adj":
        governor = tokens[cue.head].head
        if tokens[cue.head].tag == "VBN" and tokens[cue.head].pos == "VERB":
            return sources.shared_subject(prose, cue.head), cue
        if tokens[cue.head].dep in {"acomp", "oprd", "conj"}:
            return sources.shared_subject(prose, governor), cue
        if tokens[cue.head].dep == "amod" and governor < cue.head:
            return governor, cue
        return None, cue
    return _noun_source(prose, cue)


def _inverted(prose: Prose, cue: Cue) -> int | None:
    """ "...," said Smith, where the parser took Smith for an object."""
    tokens = prose.tokens
    after = cue.run.last + 1
    if "quote" not in cue.entry.frames or tokens[cue.head].tag not in {"VBD", "VBZ", "VBP"}:
        return None
    for child in prose.parse.children[cue.head]:
        if (
            child > cue.head
            and tokens[child].dep in {"dobj", "attr", "npadvmod", "oprd"}
            and tokens[child].pos in NOMINAL
        ):
            return child if prose.parse.left[child] == after else None
    return None


def _noun_source(prose: Prose, cue: Cue) -> tuple[int | None, Cue]:
    tokens = prose.tokens
    owner = prose.child(cue.head, "poss")
    if owner is not None:
        return owner, cue
    token = tokens[cue.head]
    if token.dep == "dobj" and tokens[token.head].lemma in _LIGHT and tokens[token.head].pos == "VERB":
        from kg.attribute.cues import verb_run  # the light verb joins the cue

        verb = token.head
        head = sources.shared_subject(prose, verb) if not edges.is_passive(prose, verb) else sources.agent(prose, verb)
        if verb < cue.head:
            return head, cue._replace(run=Run(verb_run(prose, verb).first, cue.run.last))
    for child in prose.parse.children[cue.head]:
        if tokens[child].dep == "prep" and tokens[child].text.lower() in {"by", "from"} and child > cue.head:
            return prose.child(child, "pobj"), cue
    return None, cue


def _plausible(prose: Prose, cue: Cue, source: int | None, frame: str) -> bool:
    """Whether a cue without a source, or with a thing for a source, still attributes."""
    tokens = prose.tokens
    if cue.entry.pos != "verb":
        return source is not None or (cue.entry.pos == "noun" and frame == "that")
    if "subj+to" in cue.entry.frames:
        return True
    if source is not None and tokens[source].text.lower() in {"you", "one"} and prose.quote_of[cue.head] < 0:
        return False
    if source is None:
        return (edges.is_passive(prose, cue.head) and cue.entry.kind not in {"decide"}) or (
            tokens[cue.head].tag == "VBG" and cue.entry.kind == "say"
        )
    return True


def _before_relative(prose: Prose, saying: Saying, found: list[Saying]) -> Saying:
    """A source without its relative clause where that tells another saying: "Lee, | who says ..., | denied"."""
    if saying.source is None:
        return saying
    first, last = saying.source
    relatives = [
        other.source.first
        for other in found
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


def _distinct(found: list[Saying]) -> list[Saying]:
    kept: list[Saying] = []
    for saying in found:
        if any(saying.cue.first <= other.cue.last and other.cue.first <= saying.cue.last for other in kept):
            continue
        kept.append(saying)
    return kept


def divided(prose: Prose, found: list[Saying]) -> list[Saying]:
    """Cut a content before what its source says next: "said A, adding that B", "said A, though she noted B"."""
    result = list(found)
    for index, outer in enumerate(found):
        if outer.frame not in {"that", "obj-that"} or prose.quote_of[outer.head] >= 0:
            continue
        for number, inner in enumerate(found):
            run = next((run for run in outer.content if run.first < inner.cue.first <= run.last), None)
            if run is None or inner is outer or not inner.clausal or prose.quote_of[inner.head] >= 0:
                continue
            if inner.cue.first < outer.cue.first:
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
    if inner.kind not in {"say", "show", "relay"} or verb.pos != "VERB":
        return None
    start = min(
        inner.cue.first,
        prose.parse.left[subject] if (subject := sources.subject(prose, inner.head)) is not None else inner.cue.first,
    )
    before = start - 1
    while before > run.first and tokens[before].text.lower() in _LINKS:
        before -= 1
    if verb.tag == "VBG" and start == inner.cue.first and tokens[before].text == ",":
        return before
    if start < inner.cue.first and before + 1 < start and tokens[before].text == "," and tokens[start].pos == "PRON":
        return before
    same_tense = verb.tag == tokens[outer.head].tag and verb.tag in {"VBD", "VBZ", "VBP"}
    if same_tense and start == inner.cue.first and tokens[start - 1].dep == "cc" and verb.dep == "conj":
        return start - 1
    return None


def continued(prose: Prose, found: list[Saying]) -> tuple[Saying, ...]:
    """Quotations that follow a quotation's sentence in the same paragraph go on with it.

    What is said inside a quotation that nobody is named for is left out: somebody says it, but the text's
    own voice does not.
    """
    result = list(found)
    for number, quote in enumerate(prose.quote_runs):
        if not prose.quotes[number].double or any(
            _touches(saying, quote) for saying in result if not _within(saying, quote)
        ):
            continue
        before = quote.first - 1
        if before < 0 or prose.paragraph_of[before] != prose.paragraph_of[quote.first]:
            continue
        if prose.tokens[before].text not in {".", "!", "?"} and prose.quote_of[before] < 0:
            continue
        owner = _quoting(prose, result, prose.sentence(before), quote.first)
        if owner is not None:
            result[owner] = replace(result[owner], content=(*result[owner].content, quote))
    loose = [
        quote
        for number, quote in enumerate(prose.quote_runs)
        if prose.quotes[number].double
        and not any(_touches(saying, quote) for saying in result if not _within(saying, quote))
    ]
    return tuple(saying for saying in result if not any(_within(saying, quote) for quote in loose))


def _touches(saying: Saying, quote: Run) -> bool:
    return any(run.first <= quote.last and quote.first <= run.last for run in saying.content)


def _within(saying: Saying, quote: Run) -> bool:
    return quote.first <= saying.cue.first and saying.cue.last <= quote.last


def _quoting(prose: Prose, found: list[Saying], sentence: Run, before: int) -> int | None:
    """The last saying whose cue stands in that sentence, or whose quotation ends it."""
    best = None
    for index, saying in enumerate(found):
        inside = sentence.first <= saying.cue.first <= sentence.last
        ends = any(sentence.first <= run.last <= sentence.last for run in saying.content)
        quoted = any(prose.quote_of[run.first] >= 0 or prose.quote_of[run.last] >= 0 for run in saying.content)
        outside = prose.quote_of[saying.cue.first] < 0
        if (
            (inside or ends)
            and (quoted or (saying.frame in {"that", "obj-that"} and saying.kind == "say"))
            and outside
            and saying.source is not None
            and saying.cue.first < before
        ):
            best = index
    return best
