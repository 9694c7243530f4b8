"""Content: what is said, wanted, known or denied; possibly in several runs.

Each frame of the lexicon has one reader. A reader looks at the cue's dependants (or at the quotations beside it) and
gives the runs of tokens, with the cue's new last token where a preposition joins the cue; or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.attribute.prose import BARRIER, RELATIVE, SUBJECT, Cue, Prose, Run

_CLAUSE = ("ccomp",)
_COMMA = frozenset({",", "--", "–", "—"})
_COMPLETING = frozenset({"to", "for", "from", "as", "of", "about", "with", "into", "against", "between", "over", "toward", "towards", "by"})
_JUDGING = frozenset({"accuse", "criticize", "describe", "praise", "expect", "nominate"})
_RELATIVE_BEFORE = frozenset({"which", "what", "who", "whom", "how", "that"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you"})
_OPENERS = frozenset({"however", "meanwhile", "moreover", "furthermore", "nevertheless", "nonetheless"})
_TRIM = frozenset({",", ";", ":", "--", "-", "–", "—", ".", "...", "?", "!"})
_KEPT_AT_END = frozenset({"...", "?", "!"})


class Found(NamedTuple):
    """The content's runs, and the last token of the cue."""

    content: tuple[Run, ...]
    cue_last: int
    frame: str = ""


def find(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """The content of a cue by the first of its frames that fits."""
    following = cue.run.last + 1
    if "that" in cue.entry.frames and following < len(prose.tokens) and prose.tokens[following].text.lower() == "that":
        found = _clause(prose, cue, source) if cue.entry.pos == "verb" else None
        if found is not None:
            return found._replace(frame="that")
    readers = _PASSIVE if is_passive(prose, cue.head) else _ACTIVE
    if cue.entry.pos != "verb":
        readers = _NOMINAL
    for frame, reader in readers:
        if frame in cue.entry.frames or (frame == "@" and cue.entry.prepositions) or (
            frame == "obj@" and cue.entry.object_prepositions
        ):
            found = reader(prose, cue, source)
            if found is not None and found.content:
                return found._replace(frame=frame)
    return None


def is_passive(prose: Prose, verb: int) -> bool:
    """Whether a verb is passive: by its auxiliary, or as a bare past participle after its noun."""
    token = prose.tokens[verb]
    if prose.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    return token.tag == "VBN" and token.dep == "acl" and prose.child(verb, "nsubj") is None


# --- edges -------------------------------------------------------------------------------------------------


def trimmed(prose: Prose, run: Run) -> Run | None:
    """The run without marks at its edges, except those of a quotation that belongs to it."""
    tokens = prose.tokens
    first, last = run
    while first <= last and (tokens[first].text in _TRIM or (tokens[first].dep == "cc" and (first > prose.sentence(first).first or tokens[first].text.lower() == "and"))) and not _opens_quote(prose, first):
        first += 1
    if first + 1 < last and tokens[first].text.lower() in _OPENERS and first == prose.sentence(first).first:
        first += 2 if tokens[first + 1].text == "," else 1
    while last >= first and tokens[last].text in _TRIM and not _inside_quote(prose, last, first):
        if tokens[last].text in _KEPT_AT_END and prose.quote_of[last] >= 0:
            break
        last -= 1
    return Run(first, last) if first <= last else None


def _opens_quote(prose: Prose, token: int) -> bool:
    number = prose.quote_of[token]
    return number >= 0 and prose.quote_runs[number].first == token


def _inside_quote(prose: Prose, token: int, first: int) -> bool:
    number = prose.quote_of[token]
    return number >= 0 and prose.quote_runs[number].first >= first and prose.quote_runs[number].last >= token


def with_quotes(prose: Prose, run: Run, cue: Run) -> Run:
    """The run widened to the whole of any quotation it cuts into, unless the cue stands in that one too."""
    first, last = run
    for edge in (first, last):
        number = prose.quote_of[edge]
        if number < 0 or prose.quote_of[cue.first] == number:
            continue
        quoted = prose.quote_runs[number]
        if not (quoted.first <= cue.first <= quoted.last):
            first, last = min(first, quoted.first), max(last, quoted.last)
    return Run(first, last)


def pieces(prose: Prose, run: Run, holes: Iterable[Run], cue: Run) -> tuple[Run, ...]:
    """What is left of a run when the cue, the source and what belongs to them are taken out of it."""
    rest = [run]
    for hole in holes:
        cut: list[Run] = []
        for part in rest:
            if hole.last < part.first or hole.first > part.last:
                cut.append(part)
                continue
            if part.first < hole.first:
                cut.append(Run(part.first, hole.first - 1))
            if hole.last < part.last:
                cut.append(Run(hole.last + 1, part.last))
        rest = cut
    kept = [trimmed(prose, part) for part in rest]
    widened = [with_quotes(prose, part, cue) for part in kept if part is not None]
    return tuple(dict.fromkeys(part for part in widened if not part.first <= cue.first <= part.last))


def block(prose: Prose, cue: Run, source: Run | None) -> Run:
    """Cue and source as one run where only marks part them."""
    if source is None:
        return cue
    first, last = (cue, source) if cue.first < source.first else (source, cue)
    between = range(first.last + 1, last.first)
    if len(between) <= 2 and all(prose.tokens[i].text in BARRIER or prose.tokens[i].dep in {"advmod", "aux"} for i in between):
        return Run(first.first, last.last)
    return cue


# --- readers -----------------------------------------------------------------------------------------------


def _clause(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """A finite clause that depends on the cue, before or after it."""
    head, tokens = cue.head, prose.tokens
    for child in (*prose.parse.children[head], *_on_addressee(prose, cue)):
        token = tokens[child]
        if token.dep != "ccomp" and not _misread_clause(prose, cue, child) or token.pos == "PUNCT" or not _finite(prose, child):
            continue
        run = prose.subtree(child)
        if child < head:
            if _is_telling(prose, child):
                continue
            edge = prose.tokens[block(prose, cue.run, source).first - 1]
            if edge.text not in _COMMA | {"?", "!"} and prose.quote_of[edge.i] < 0 and run.last < cue.run.first:
                continue
            run = Run(_clause_start(prose, run.first, cue), run.last)
        else:
            run = Run(_past_time(prose, child, max(run.first, cue.run.last + 1)), _clause_end(prose, child, head))
        if run.first > run.last:
            continue
        found = pieces(prose, run, _holes(prose, cue, source), cue.run)
        if found:
            if child > head:
                found = (*_fronted(prose, cue, source), *found)
            return Found(found, _colon(prose, cue.run.last))
    return None


def _on_addressee(prose: Prose, cue: Cue) -> list[int]:
    """Clauses that the parser hung on the person addressed: "told the forum | he was against it"."""
    object_ = _object(prose, cue.head)
    if "obj-that" not in cue.entry.frames or object_ is None or object_ < cue.head:
        return []
    first, last = prose.subtree(object_)
    tokens = prose.tokens
    return [i for i in range(object_ + 1, last + 1) if tokens[i].dep in {"relcl", "acl"} and first <= tokens[i].head <= last]


def _misread_clause(prose: Prose, cue: Cue, clause: int) -> bool:
    """Whether a clause that the parser called something else is what is said."""
    tokens = prose.tokens
    subject = prose.child(clause, "nsubj", "nsubjpass", "expl")
    if subject is None or clause < cue.head or tokens[subject].text.lower() in RELATIVE:
        return False
    if tokens[clause].dep in {"relcl", "acl"}:
        mark = tokens[prose.parse.left[clause]].text.lower()
        return tokens[clause].head != cue.head and (mark in {"that", "how", "why", "whether"} or mark in _PRONOUNS)
    marked = any(tokens[c].dep in {"mark", "advmod"} and c < subject for c in prose.parse.children[clause])
    return tokens[clause].dep == "advcl" and cue.entry.kind == "say" and not marked and tokens[prose.parse.left[clause] - 1].text not in BARRIER


def _wh_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """know what to do, decide whether to go."""
    tokens, parse = prose.tokens, prose.parse
    for child in parse.children[cue.head]:
        if child > cue.run.last and tokens[child].dep in {"ccomp", "xcomp"} and _to_before(prose, child):
            if tokens[parse.left[child]].tag in {"WP", "WRB", "WDT"} or tokens[parse.left[child]].text.lower() == "whether":
                return _after(prose, cue, Run(parse.left[child], _clause_end(prose, child, cue.head)))
    return None


def _relative_object(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """what she said, everything that she knows: the pronoun stands for the content."""
    tokens = prose.tokens
    for child in prose.parse.children[cue.head]:
        if child < cue.run.first and tokens[child].dep == "dobj" and tokens[child].text.lower() in RELATIVE | {"what", "which"}:
            return Found((Run(child, child),), cue.run.last)
    return None


def _is_telling(prose: Prose, verb: int) -> bool:
    """Whether a clause is itself a bare "she said", which the parser hung on what she said."""
    tokens = prose.tokens
    return tokens[verb].lemma in {"say", "add", "note", "tell"} and not any(
        tokens[c].dep in {"ccomp", "dobj"} for c in prose.parse.children[verb]
    )


def _fronted(prose: Prose, cue: Cue, source: Run | None) -> tuple[Run, ...]:
    """What stands before the cue but belongs to the clause after it: "which | she says | is ...", "At first, | she said, | ..."."""
    tokens = prose.tokens
    whole = block(prose, cue.run, source)
    before = whole.first - 1
    if source is None or whole == cue.run or before < prose.sentence(cue.head).first:
        return ()
    if tokens[before].text.lower() in _RELATIVE_BEFORE and tokens[before].tag[:1] == "W" and tokens[before].head != cue.head and (
        tokens[before - 1].pos != "ADP"
    ):
        return (Run(before, before),)
    if tokens[before].text == "," and whole.last + 1 < len(tokens) and tokens[whole.last + 1].text == ",":
        return pieces(prose, Run(prose.sentence(cue.head).first, before), [], cue.run)
    return ()


def _rest(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """After "she says" all the rest of the sentence, where the parser found no clause in it."""
    tokens = prose.tokens
    last = prose.sentence(cue.head).last
    first = cue.run.last + 1
    if source is None or source.first > cue.head or cue.entry.kind != "say" or "obj" in cue.entry.frames or tokens[cue.head].tag not in {"VBD", "VBZ", "VBP"}:
        return None
    if last - first < 3 or tokens[first].pos not in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"} or first == source.first:
        return None
    if tokens[first].ner in {"DATE", "TIME"} or not any(tokens[i].pos in {"VERB", "AUX", "ADJ"} for i in range(first, last)):
        return None
    return _after(prose, cue, Run(first, last))


def _past_time(prose: Prose, clause: int, first: int) -> int:
    """Where a clause begins once the cue's own time is left out ("said | this week | that ...")."""
    tokens, parse = prose.tokens, prose.parse
    mark = next((c for c in parse.children[clause] if c < clause and tokens[c].dep == "mark" and tokens[c].lemma == "that"), None)
    if mark is not None and mark > first:
        return mark
    if tokens[clause].dep == "advcl" and tokens[first].pos == "ADP":
        return next(parse.left[c] for c in parse.children[clause] if tokens[c].dep in SUBJECT | {"expl"})
    for child in parse.children[clause]:
        if parse.left[child] == first and tokens[child].dep == "npadvmod" and tokens[child].ner in {"DATE", "TIME"}:
            following = parse.right[child] + 1
            return following if tokens[following].text != "," else first
    return first


def _finite(prose: Prose, verb: int) -> bool:
    tokens = prose.tokens
    if tokens[verb].tag == "VB" and not any(tokens[c].dep in {"aux", "nsubj", "mark"} for c in prose.parse.children[verb]):
        return False
    return any(tokens[c].dep in SUBJECT or tokens[c].dep in {"mark", "aux", "expl", "csubj", "attr"} for c in prose.parse.children[verb]) or tokens[
        verb
    ].tag in {"VBD", "VBZ", "VBP", "MD"}


def _clause_start(prose: Prose, first: int, cue: Cue) -> int:
    """A clause before its cue starts with its sentence, whatever the parser hung its first words on."""
    return min(first, prose.sentence(cue.head).first)


def _clause_end(prose: Prose, clause: int, head: int) -> int:
    """A clause after its cue takes along the adverbials that the parser hung on the cue."""
    tokens, parse = prose.tokens, prose.parse
    last = parse.right[clause]
    for child in parse.children[head]:
        left, right = parse.left[child], parse.right[child]
        if left <= last:
            continue
        comma = tokens[left - 1].text in BARRIER
        if tokens[child].dep in {"prep", "npadvmod", "advmod"} and not comma and left == last + 1:
            last = right
        elif tokens[child].dep == "advcl" and (not comma or prose.child(child, "mark") is not None):
            last = right
        elif tokens[child].dep in {"punct", "cc"}:
            continue
        elif tokens[child].dep == "conj" and tokens[child].tag == "VB" and _same_clause(prose, clause, child):
            last = right
        else:
            break
    return last


def _same_clause(prose: Prose, clause: int, other: int) -> bool:
    """Whether a bare or modal verb that the parser hung on the cue goes on with the content."""
    tokens = prose.tokens
    if prose.child(other, "nsubj", "nsubjpass") is not None:
        return False
    modal = any(tokens[c].tag == "MD" for c in prose.parse.children[other])
    return modal if tokens[clause].tag != "VB" else not modal


def _holes(prose: Prose, cue: Cue, source: Run | None) -> list[Run]:
    """The cue and the source as one block, with the adjuncts that directly follow it."""
    whole = block(prose, cue.run, source)
    holes = [whole] if source is None or whole != cue.run else [cue.run, source]
    return holes


def _colon(prose: Prose, last: int) -> int:
    following = last + 1
    return following if following < len(prose.tokens) and prose.tokens[following].text == ":" else last


def _quoted(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """Quotations that stand right beside the cue and its source."""
    whole = block(prose, cue.run, source)
    own = prose.quote_of[cue.head]
    left = None if _told_after(prose, cue, whole) else _quote_before(prose, whole.first, own)
    right = _quote_after(prose, whole.last, own)
    far = _past_adjuncts(prose, cue, whole.last)
    if right is None and far + 1 < len(prose.tokens) and prose.tokens[far + 1].text in {",", ":"}:
        right = _quote_after(prose, far, own)
    runs: list[Run] = []
    if left is not None:
        start = left.first
        sentence = prose.sentence(cue.head).first
        if sentence < start and prose.tokens[start - 1].text not in {".", "!", "?", ":"}:
            start = sentence if own < 0 else start
        runs.append(Run(start, left.last))
    if left is not None and right is None:
        right = _resumed(prose, max(whole.last, far), own)
    if right is not None and (left is None or prose.tokens[right.first - 1].text in {",", ":"}):
        runs.append(right)
    if not runs:
        return None
    return Found(tuple(runs), _colon(prose, cue.run.last))


def _told_after(prose: Prose, cue: Cue, whole: Run) -> bool:
    """Whether a clause follows the cue without a comma: then a quotation before it is but a title ("on “Today,” he said ...")."""
    tokens = prose.tokens
    return any(
        child == whole.last + 1 or child > whole.last and tokens[child].dep == "ccomp" and _finite(prose, child)
        for child in prose.parse.children[cue.head]
        if tokens[child].dep == "ccomp" and tokens[prose.parse.left[child] - 1].text != "," and tokens[whole.last + 1].text != ","
    )


def _past_adjuncts(prose: Prose, cue: Cue, last: int) -> int:
    """The end of what the cue takes along before a quotation: whom it is told, when and where."""
    parse, tokens = prose.parse, prose.tokens
    for child in parse.children[cue.head]:
        if tokens[child].dep in {"dobj", "dative", "prep", "npadvmod", "advmod"} and parse.left[child] == last + 1:
            last = parse.right[child]
    return last


def _resumed(prose: Prose, last: int, own: int) -> Run | None:
    """A quotation taken up again after a few words: "...," she said, but "..."."""
    tokens = prose.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text != "," or tokens[last + 2].text.lower() not in {"but", "and", "or", "because"}:
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


def _beside(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """A clause around or before "..., she said": told by the commas, whatever the parser made of it."""
    tokens = prose.tokens
    whole = block(prose, cue.run, source)
    if source is None or whole == cue.run or cue.entry.pos != "verb":
        return None
    if "obj-that" not in cue.entry.frames and _object(prose, cue.head) is not None:
        return None
    sentence = prose.sentence(cue.head)
    if (number := prose.quote_of[cue.head]) >= 0:
        quoted = prose.quote_runs[number]
        sentence = Run(max(sentence.first, quoted.first), min(sentence.last, quoted.last))
    before, after = whole.first - 1, _past_adjuncts(prose, cue, whole.last) + 1
    if before >= sentence.first and tokens[before].text.lower() == "as":
        before -= 1
        if before < sentence.first:
            return _after_comma(prose, cue, after, sentence)
    if before <= sentence.first or tokens[before].text not in _COMMA:
        return None
    runs: tuple[Run, ...] = ()
    if tokens[before - 1].text.lower() in {"which", "who", "that"}:
        runs = (Run(before - 1, before - 1),)
    elif _has_main_clause(prose, sentence.first, before) or after <= sentence.last and tokens[after].text in _COMMA | {"."}:
        runs = pieces(prose, Run(sentence.first, before), [], cue.run)
    if runs and after < sentence.last and tokens[after].text in _COMMA:
        runs += pieces(prose, Run(after + 1, sentence.last), [], cue.run)
    return Found(runs, cue.run.last)


def _after_comma(prose: Prose, cue: Cue, after: int, sentence: Run) -> Found | None:
    """As she put it, ...: the clause after the comma."""
    comma = next((i for i in range(after, min(after + 9, sentence.last)) if prose.tokens[i].text in _COMMA), None)
    found = trimmed(prose, Run(comma + 1, sentence.last)) if comma is not None else None
    return Found((with_quotes(prose, found, cue.run),), cue.run.last) if found is not None else None


def _has_main_clause(prose: Prose, first: int, last: int) -> bool:
    """Whether a finite verb with its subject stands there that no "while" or "after" subordinates."""
    tokens = prose.tokens
    return any(
        tokens[i].dep in SUBJECT | {"expl"}
        and first <= tokens[i].head <= last
        and prose.child(tokens[i].head, "mark") is None
        and tokens[tokens[i].head].dep not in {"relcl", "advcl", "acl", "csubj"}
        for i in range(first, last)
    )


def _object(prose: Prose, verb: int) -> int | None:
    found = prose.child(verb, "dobj", "dative")
    return found if found is not None and found > verb or found is not None and prose.tokens[found].text.lower() in RELATIVE else None


def _extended(prose: Prose, head: int) -> Run:
    return prose.subtree(head)


def _infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    for child in prose.parse.children[cue.head]:
        token = prose.tokens[child]
        if child > cue.run.last and token.dep in {"xcomp", "ccomp", "advcl"} and _to_before(prose, child) and not _own_subject(prose, child):
            if token.dep == "advcl" and prose.parse.left[child] != cue.run.last + 1:
                continue
            return _after(prose, cue, Run(prose.parse.left[child], _clause_end(prose, child, cue.head)))
    return None


def _to_before(prose: Prose, verb: int) -> bool:
    tokens = prose.tokens
    return any(tokens[c].dep == "aux" and tokens[c].tag == "TO" for c in prose.parse.children[verb])


def _own_subject(prose: Prose, verb: int) -> bool:
    return prose.child(verb, "nsubj", "nsubjpass") is not None


def _after(prose: Prose, cue: Cue, run: Run, last: int | None = None) -> Found | None:
    found = pieces(prose, run, [cue.run], cue.run)
    return Found(found, _colon(prose, cue.run.last) if last is None else last) if found else None


def _gerund(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    for child in prose.parse.children[cue.head]:
        if child > cue.head and prose.tokens[child].dep in {"xcomp", "ccomp"} and prose.tokens[child].tag == "VBG":
            return _after(prose, cue, Run(prose.parse.left[child], _clause_end(prose, child, cue.head)))
    return None


def _object_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """want X to do: object and infinitive together."""
    for child in prose.parse.children[cue.head]:
        if child > cue.run.last and prose.tokens[child].dep in {"ccomp", "xcomp"} and _to_before(prose, child):
            own = _own_subject(prose, child)
            object_ = _object(prose, cue.head)
            if own or object_ is not None:
                first = prose.parse.left[child] if own else prose.parse.left[object_ or child]
                return _after(prose, cue, Run(min(first, prose.parse.left[child]), _clause_end(prose, child, cue.head)))
    return None


def _addressee_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """tell X to do: only the infinitive."""
    tokens = prose.tokens
    for child in prose.parse.children[cue.head]:
        if child > cue.run.last and tokens[child].dep in {"ccomp", "xcomp", "advcl"} and _to_before(prose, child):
            to = next(c for c in prose.parse.children[child] if tokens[c].tag == "TO")
            while tokens[to - 1].head == child and tokens[to - 1].dep in {"neg", "advmod"}:
                to -= 1
            object_ = _object(prose, cue.head)
            if _own_subject(prose, child) or object_ is not None:
                return _after(prose, cue, Run(to, _clause_end(prose, child, cue.head)))
    return None


def _addressee_clause(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    return _clause(prose, cue, source)


def _object_predicate(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """call X Y: object and predicate together."""
    tokens = prose.tokens
    for child in prose.parse.children[cue.head]:
        if child > cue.head and tokens[child].dep in {"oprd", "xcomp", "ccomp", "acomp"} and not _to_before(prose, child):
            object_ = _object(prose, cue.head)
            first = prose.parse.left[child] if object_ is None else min(prose.parse.left[object_], prose.parse.left[child])
            if first <= cue.head and object_ is not None and object_ < cue.head:
                first = prose.parse.left[child]
            return _after(prose, cue, Run(max(first, cue.run.last + 1), prose.parse.right[child]))
    return _quoted_predicate(prose, cue)


def _quoted_predicate(prose: Prose, cue: Cue) -> Found | None:
    """call X "Y", where the parser took X "Y" for one object: the quotation ends it."""
    object_ = _object(prose, cue.head)
    if object_ is None or object_ < cue.head:
        return None
    first = prose.parse.left[object_]
    last = min(_object_end(prose, object_, cue.head) + 2, prose.sentence(cue.head).last)
    number = next((prose.quote_of[i] for i in range(first, last + 1) if prose.quote_of[i] not in {-1, prose.quote_of[cue.head]}), -1)
    if number < 0 or not prose.quotes[number].double:
        return None
    return _after(prose, cue, Run(first, max(prose.quote_runs[number].last, prose.parse.right[object_])))


def _object_as(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    as_ = next((c for c in prose.parse.children[cue.head] if c > cue.head and prose.tokens[c].text.lower() == "as" and prose.tokens[c].dep in {"prep", "mark", "advcl"}), None)
    object_ = _object(prose, cue.head)
    if as_ is None and object_ is not None:
        as_ = next((c for c in prose.parse.children[object_] if prose.tokens[c].text.lower() == "as"), None)
    if as_ is None:
        return None
    if object_ is None:
        return _after(prose, cue, Run(as_ + 1, prose.parse.right[as_]), as_) if as_ == cue.run.last + 1 else None
    return _after(prose, cue, Run(min(prose.parse.left[object_], as_), max(prose.parse.right[as_], prose.parse.right[object_])))


def _object_preposition(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    object_ = _object(prose, cue.head)
    if object_ is None:
        return None
    for child in (*prose.parse.children[cue.head], *prose.parse.children[object_]):
        if child > object_ and prose.tokens[child].dep == "prep" and prose.tokens[child].text.lower() in cue.entry.object_prepositions:
            return _after(prose, cue, Run(prose.parse.left[object_], prose.parse.right[child]))
    return None


def _preposition(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """speak about X: the preposition joins the cue when it follows it."""
    tokens, parse = prose.tokens, prose.parse
    for child in parse.children[cue.head]:
        token = tokens[child]
        if child < cue.head or token.dep not in {"prep", "agent", "prt", "aux"} or token.text.lower() not in cue.entry.prepositions:
            continue
        target = prose.child(child, "pobj", "pcomp", "ccomp")
        if target is None:
            continue
        joins = all(tokens[i].pos == "ADV" for i in range(cue.run.last + 1, child))
        run = Run(child + 1, _object_end(prose, child, cue.head))
        return _after(prose, cue, run, child if joins else cue.run.last)
    return None


def _plain_object(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    tokens, parse = prose.tokens, prose.parse
    object_ = _object(prose, cue.head)
    if object_ is not None:
        if object_ < cue.head:
            return Found((Run(parse.left[object_], object_),), cue.run.last)
        if tokens[object_].text.lower() in {"himself", "herself", "itself", "themselves"}:
            return None
        return _after(prose, cue, Run(parse.left[object_], _object_end(prose, object_, cue.head)))
    if tokens[cue.head].dep == "relcl" and source is not None and tokens[tokens[cue.head].head].i < source.first:
        head = tokens[cue.head].head
        if source.last >= cue.head or tokens[source.first].text.lower() in RELATIVE:
            return None
        return Found((Run(parse.left[head], source.first - 1),), cue.run.last)
    return None


def _object_end(prose: Prose, object_: int, head: int) -> int:
    """An object takes along the phrases that complete it, not those of time and place."""
    tokens, parse = prose.tokens, prose.parse
    last = parse.right[object_]
    for child in parse.children[head]:
        if parse.left[child] <= last:
            continue
        completes = tokens[child].dep == "prep" and tokens[child].text.lower() in _COMPLETING or tokens[child].dep in {"xcomp", "acl", "prt", "oprd"}
        completes |= tokens[object_].text.lower() == "for" and tokens[child].dep == "advcl" and _to_before(prose, child)
        if parse.left[child] != last + 1 or not completes:
            break
        last = parse.right[child]
    return last


def _passive_subject(prose: Prose, cue: Cue) -> Run | None:
    tokens, parse = prose.tokens, prose.parse
    own = prose.child(cue.head, "nsubjpass", "nsubj")
    if own is not None:
        return Run(parse.left[own], parse.right[own]) if parse.right[own] < cue.run.first else None
    if tokens[cue.head].dep in {"acl", "relcl"}:
        head = tokens[cue.head].head
        return trimmed(prose, Run(parse.left[head], cue.run.first - 1)) if parse.left[head] < cue.run.first else None
    return None


def _passive(kind: str) -> Callable[[Prose, Cue, Run | None], Found | None]:
    def read(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
        subject = _passive_subject(prose, cue)
        if subject is None:
            return None
        patient = trimmed(prose, subject)
        if patient is None:
            return None
        if kind == "obj":
            if cue.entry.kind not in _JUDGING and source is None:
                return None
            return Found((patient,), cue.run.last)
        if prose.tokens[cue.head].dep == "acl" and cue.entry.word == "call" and source is None:
            return None  # "a group called X" only names it
        rest = {"obj+to": _infinitive, "obj+pred": _object_predicate, "obj+as": _object_as, "obj@": _second}[kind](prose, cue, source)
        if rest is None:
            return None
        return Found((patient, *rest.content), rest.cue_last)

    return read


def _second(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    return _preposition(prose, cue._replace(entry=cue.entry._replace(prepositions=cue.entry.object_prepositions)), source)


def _announced(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
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
    return Found((run,), _colon(prose, cue.run.last))


def _seeming(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """seem, appear: subject and complement together, told by nobody."""
    tokens, parse = prose.tokens, prose.parse
    own = prose.child(cue.head, "nsubj")
    for child in parse.children[cue.head]:
        if child > cue.head and own is not None and own < cue.head and tokens[child].dep in {"xcomp", "oprd", "acomp", "ccomp"}:
            return Found((prose.subtree(own), *pieces(prose, prose.subtree(child), [cue.run], cue.run)), cue.run.last)
    return None


def _noun_clause(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """claim that, sure that."""
    for child in prose.parse.children[cue.head]:
        token = prose.tokens[child]
        if child > cue.head and token.dep in {"acl", "ccomp", "relcl"} and prose.tokens[prose.parse.left[child]].text.lower() in {"that", "whether", "how", "why", "if"}:
            if token.dep == "relcl" and prose.tokens[prose.parse.left[child]].dep != "mark":
                continue
            return _after(prose, cue, Run(prose.parse.left[child], prose.parse.right[child]))
        if child > cue.head and token.dep == "ccomp" and cue.entry.pos == "adj" and _finite(prose, child):
            return _after(prose, cue, prose.subtree(child))
    return None


def _noun_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    for child in prose.parse.children[cue.head]:
        token = prose.tokens[child]
        if child > cue.head and token.dep in {"acl", "xcomp", "relcl", "ccomp", "advcl"} and _to_before(prose, child) and not _own_subject(prose, child):
            return _after(prose, cue, prose.subtree(child))
    return None


Reader = Callable[[Prose, Cue, "Run | None"], "Found | None"]
_ACTIVE: tuple[tuple[str, Reader], ...] = (
    ("subj+to", _seeming),
    ("obj+to", _object_infinitive),
    ("obj-to", _addressee_infinitive),
    ("obj+pred", _object_predicate),
    ("quote", _announced),
    ("quote", _quoted),
    ("obj-quote", _quoted),
    ("that", _clause),
    ("obj-that", _addressee_clause),
    ("that", _beside),
    ("obj-that", _beside),
    ("quote", _beside),
    ("that", _wh_infinitive),
    ("that", _relative_object),
    ("that", _rest),
    ("to", _infinitive),
    ("ing", _gerund),
    ("obj+as", _object_as),
    ("obj@", _object_preposition),
    ("@", _preposition),
    ("obj", _plain_object),
)
_PASSIVE: tuple[tuple[str, Reader], ...] = (
    ("obj+to", _passive("obj+to")),
    ("obj+pred", _passive("obj+pred")),
    ("obj+as", _passive("obj+as")),
    ("obj@", _passive("obj@")),
    ("obj-to", _addressee_infinitive),
    ("that", _clause),
    ("obj-that", _clause),
    ("quote", _quoted),
    ("@", _preposition),
    ("obj", _passive("obj")),
)
_NOMINAL: tuple[tuple[str, Reader], ...] = (
    ("that", _noun_clause),
    ("to", _noun_infinitive),
    ("@", _preposition),
)
