"""Attribution without a verb: "according to X", "in X's view", "X: ..." in headlines and transcripts, "... -- X"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from kg.attribute import edges, sources
from kg.attribute.cues import verb_entry
from kg.attribute.prose import BARRIER, DASHES, DOCUMENTS, NOMINAL, SUBJECT, Prose, Run, Saying

_MARKS = frozenset({'"', "``", "“", "`", "‘"})
_TELLING = frozenset("said says say wrote writes added asked".split())
_RUBRICS = frozenset(
    "video photo photos update updated correction editor note related read watch exclusive opinion live".split()
)
_SPEAKERS = frozenset(
    "poll study report survey police official source expert court minister president company army agency union "
    "ministry government mayor governor lawyer prosecutor lawmaker witness analyst researcher scientist watchdog "
    "charity".split()
)
_VIEWS = frozenset("view opinion eye word judgment judgement estimation mind account telling".split())
_WORDS = frozenset("word account telling".split())
_HEARSAY = frozenset("reportedly allegedly supposedly purportedly".split())
_ACTOR = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_TAIL_MARKS = frozenset({":", "--", "—", "–", "-"})
_PERSONS = frozenset({"he", "she", "they", "i", "we"})


def patterns(prose: Prose) -> Iterator[Saying]:
    """All sayings of these forms."""
    yield from _according_to(prose)
    yield from _colon(prose)
    yield from _tail(prose)
    yield from _signature(prose)
    yield from _in_view(prose)
    yield from _hearsay(prose)
    yield from _uttered(prose)


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
        source = _without_clause(prose, _with_relative(prose, sources.noun_phrase(prose, target)))
        cue = Run(token.i, to.i)
        hole = Run(token.i, source.last)
        runs = _in_relative(prose, hole, cue) or _around(prose, prose.sentence(token.i), hole, cue)
        if runs:
            yield Saying(head=token.i, cue=cue, kind="say", source=source, source_head=target, content=runs)


def _without_clause(prose: Prose, source: Run) -> Run:
    """A source without what is told, where the parser hung that in its relative clause: "an official who asked not to
    be named, | the talks have failed"."""
    for i in range(source.first, source.last + 1):
        first = prose.parse.left[i]
        if prose.tokens[i].dep == "ccomp" and source.first < first - 1 and prose.tokens[first - 1].text == ",":
            return Run(source.first, first - 2)
    return source


def _with_relative(prose: Prose, source: Run) -> Run:
    """A source with the relative clause behind its comma, wherever the parser hung it: "officials, who asked ...,"."""
    tokens = prose.tokens
    pronoun = source.last + (1 if tokens[source.last].text == "," else 2)
    if (
        pronoun >= len(tokens)
        or tokens[pronoun - 1].text != ","
        or tokens[pronoun].text.lower() not in {"who", "which", "whose"}
    ):
        return source
    verb = tokens[pronoun].head
    end = prose.parse.right[verb] + 1
    closed = tokens[verb].dep != "ROOT" and pronoun < verb < end < len(tokens) and tokens[end].text == ","
    return Run(source.first, end) if closed else source


def _in_relative(prose: Prose, hole: Run, cue: Run) -> tuple[Run, ...]:
    """The relative clause that a phrase stands at the head of: "an audit | which, according to two clerks, | found
    asbestos"; the rest of the sentence is nobody's."""
    tokens = prose.tokens
    first = hole.first - 1 if hole.first else 0
    pronoun = tokens[first - 1] if first and tokens[first].text == "," else tokens[first]
    verb = tokens[pronoun.head]
    if pronoun.tag not in {"WDT", "WP"} or verb.dep != "relcl" or verb.i <= hole.last:
        return ()
    rest = hole.last + (2 if tokens[hole.last + 1].text == "," else 1)
    return (Run(pronoun.i, pronoun.i), *edges.pieces(prose, Run(rest, prose.parse.right[verb.i]), [], cue))


def _around(prose: Prose, sentence: Run, hole: Run, cue: Run) -> tuple[Run, ...]:
    """The sentence before a phrase, and what a comma after the phrase goes on with."""
    tokens = prose.tokens
    runs: tuple[Run, ...] = ()
    if hole.first > sentence.first:
        runs += edges.pieces(prose, Run(sentence.first, hole.first - 1), [], cue)
    if prose.tokens[hole.last].text == "," and hole.first == sentence.first:
        hole = Run(hole.first, hole.last - 1)  # the comma that closes a source's apposition or relative clause
    if (
        hole.last + 1 < sentence.last
        and tokens[hole.last + 1].text in {",", "--"}
        and (
            hole.first == sentence.first or tokens[hole.first - 1].text in BARRIER or tokens[hole.last + 2].dep == "cc"
        )
    ):
        runs += edges.pieces(prose, Run(hole.last + 2, sentence.last), [], cue)
    return runs


def _colon(prose: Prose) -> Iterator[Saying]:
    """A headline's or a transcript's "Kremlin: Putin thanks Trump": a name that opens a paragraph, and a colon."""
    tokens = prose.tokens
    for first, _ in prose.parse.sentences:
        if first and prose.paragraph_of[first - 1] == prose.paragraph_of[first]:
            continue
        last = _paragraph_end(prose, first)
        start = first + 1 if tokens[first].text in _MARKS and first < last else first
        colon = next((i for i in range(start + 1, min(start + 7, last)) if tokens[i].text == ":"), None)
        if colon is None or not _names_a_speaker(prose, start, colon):
            continue
        run = edges.trimmed(prose, Run(colon + 1, _paragraph_end(prose, colon)))
        if run is not None and run.last - run.first >= 2:
            cue = Run(colon, colon)
            yield Saying(
                head=colon,
                cue=cue,
                kind="say",
                source=Run(start, colon - 1),
                source_head=colon - 1,
                content=(edges.with_quotes(prose, run, cue),),
            )


def _tail(prose: Prose) -> Iterator[Saying]:
    """A headline's "Two killed in Paris: police", "Russia ready for war - Medvedev": a mark, and who says so."""
    tokens = prose.tokens
    for first, last in _lines(prose):
        if prose.paragraph_of[first] not in prose.headlines or tokens[last].pos == "PUNCT":
            continue
        mark = next((i for i in range(last - 1, max(first + 2, last - 5), -1) if tokens[i].text in _TAIL_MARKS), None)
        if mark is None or not _apart(prose, mark):
            continue
        person = last in prose.people or tokens[last].lemma.lower() in _SPEAKERS
        named = (last in prose.people and last - mark <= 3) or _names_a_speaker(prose, mark + 1, last + 1)
        verbal = any(tokens[i].pos in {"VERB", "AUX", "ADJ"} for i in range(first, mark))
        if verbal and named and (person or tokens[mark].text == ":"):
            cue = Run(mark, mark)
            run = edges.trimmed(prose, Run(first, mark - 1))
            if run is not None:
                content = (edges.with_quotes(prose, run, cue),)
                source = Run(mark + 1, last)
                yield Saying(head=mark, cue=cue, kind="say", source=source, source_head=last, content=content)


def _lines(prose: Prose) -> Iterator[tuple[int, int]]:
    """The first and the last token of each paragraph."""
    first = 0
    while first < len(prose.tokens):
        last = _paragraph_end(prose, first)
        yield first, last
        first = last + 1


def _apart(prose: Prose, mark: int) -> bool:
    """Whether a colon, or a dash between spaces, stands there."""
    tokens = prose.tokens
    spaced = tokens[mark - 1].end < tokens[mark].start and tokens[mark].end < tokens[mark + 1].start
    return spaced or tokens[mark].text == ":"


def _names_a_speaker(prose: Prose, first: int, colon: int) -> bool:
    """Whether what stands before a colon is a name, or "police", "poll" and the like."""
    words = [prose.tokens[i] for i in range(first, colon)]
    last = words[-1]
    if any(word.text.lower() in _TELLING | _RUBRICS or word.pos in {"AUX", "PUNCT", "ADP"} for word in words):
        return False
    if len(words) <= 3 and last.lemma.lower() in _SPEAKERS:
        return True
    if last.i in prose.actors or last.ner in _ACTOR or last.text in {prose.tokens[i].text for i in prose.actors}:
        return all(word.pos != "VERB" for word in words)
    return len(words) <= 2 and all(word.pos == "PROPN" for word in words)


def _paragraph_end(prose: Prose, token: int) -> int:
    return bisect_right(prose.paragraph_of, prose.paragraph_of[token]) - 1


def _in_view(prose: Prose) -> Iterator[Saying]:
    """In her view, ...; by his own account, ...; in the words of an aide, ...: who owns the view is the source."""
    tokens = prose.tokens
    for token in tokens:
        if token.dep != "pobj" or token.lemma.lower() not in _VIEWS:
            continue
        preposition, source = token.head, _owner(prose, token.i)
        if source is None or tokens[preposition].text.lower() not in {"in", "to", "by", "from"}:
            continue
        cue = Run(token.i, token.i)
        head, run = source
        runs = _around(prose, prose.sentence(token.i), Run(preposition, max(token.i, run.last)), cue)
        if runs:
            kind = "say" if token.lemma.lower() in _WORDS else "think"
            yield Saying(head=token.i, cue=cue, kind=kind, source=run, source_head=head, content=runs)


def _owner(prose: Prose, noun: int) -> tuple[int, Run] | None:
    """Head and run of whose view it is: a possessor, or somebody after "of" (not "in the eye of the storm")."""
    owner = prose.child(noun, "poss")
    if owner is not None:
        return owner, sources.noun_phrase(prose, owner, stop=noun)
    of = prose.child(noun, "prep")
    owner = prose.child(of, "pobj") if of is not None and prose.tokens[of].text.lower() == "of" else None
    if owner is None or not (owner in prose.voices or prose.tokens[owner].lemma.lower() in DOCUMENTS):
        return None
    comma = next((i for i in range(owner, prose.sentence(owner).last) if prose.tokens[i].text == ","), None)
    return owner, _with_relative(prose, sources.noun_phrase(prose, owner, stop=comma))


def _hearsay(prose: Prose) -> Iterator[Saying]:
    """Reportedly, allegedly: somebody says it, and nobody is named."""
    tokens, parse = prose.tokens, prose.parse
    for token in tokens:
        if token.dep != "advmod" or token.text.lower() not in _HEARSAY or tokens[token.head].pos not in {"VERB", "AUX"}:
            continue
        cue, verb = Run(token.i, token.i), token.head
        first = min((parse.left[c] for c in parse.children[verb] if tokens[c].dep in SUBJECT), default=parse.left[verb])
        runs = edges.pieces(prose, Run(first, parse.right[verb]), [cue], cue)
        if runs:
            yield Saying(head=token.i, cue=cue, kind="say", source=None, source_head=None, content=runs, frame="that")


def _signature(prose: Prose) -> Iterator[Saying]:
    """ "..." -- Jane Smith: a quotation, a dash, and a name that ends the paragraph."""
    tokens = prose.tokens
    for number, quote in enumerate(prose.quote_runs):
        dash = quote.last + 1
        if dash + 1 >= len(tokens) or tokens[dash].text not in DASHES or not prose.quotes[number].double:
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


def _uttered(prose: Prose) -> Iterator[Saying]:
    """She laughed: "..." and Said one aide: "...": a colon and a quotation make any verb of a person one of saying."""
    tokens = prose.tokens
    for quote in prose.quote_runs:
        colon = quote.first - 1
        if colon < 2 or tokens[colon].text != ":" or not _opens_double(prose, quote):
            continue
        verb, first = colon - 1, prose.sentence(colon - 1).first
        if tokens[first].text.lower() in _TELLING and tokens[first].text.istitle() and first < verb:
            cue, source = Run(first, first), Run(first + 1, verb)
            head = verb if tokens[verb].pos in NOMINAL else None
        elif tokens[verb].tag in {"VBD", "VBZ"} and verb_entry(prose, verb) is None:
            head = sources.shared_subject(prose, verb)
            if head is None or not (head in prose.people or tokens[head].text.lower() in _PERSONS):
                continue
            cue, source = Run(verb, colon), sources.noun_phrase(prose, head, stop=verb)
        else:
            continue
        if head is not None:
            yield Saying(head=cue.first, cue=cue, kind="say", source=source, source_head=head, content=(quote,))


def _opens_double(prose: Prose, quote: Run) -> bool:
    return prose.quotes[prose.quote_of[quote.first]].double
