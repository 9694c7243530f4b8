"""Edges of runs, which every reader of content needs: what belongs to a clause, a quotation, a cue; what is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.annotate.tree import is_infinitive
from kg.attribute.prose import BARRIER, DASHES, RELATIVE, SUBJECT, Cue, Prose, Run

_CONCEDING = frozenset({"although", "though", "while", "despite", "where"})
_OPENERS = frozenset({"however", "meanwhile", "moreover", "furthermore", "nevertheless", "nonetheless"})
_TRIM = frozenset({",", ";", ":", "--", "-", "–", "—", ".", "...", "?", "!"})
_BREAKS = frozenset({",", ";", ":", "--", "-", "–", "—", ".", "?", "!", "(", ")", "-LRB-", "-RRB-", "''", "”", '"'})
_WHEN = frozenset({"when", "if", "once", "as", "while", "though", "unless"})  # "when asked", "as expected"
_KEPT_AT_END = frozenset({"...", "?", "!"})


class Found(NamedTuple):
    """The content's runs, and the last token of the cue."""

    content: tuple[Run, ...]
    cue_last: int
    frame: str = ""


Reader = Callable[[Prose, Cue, "Run | None"], "Found | None"]


def is_passive(prose: Prose, verb: int) -> bool:
    """Whether a verb is passive: by its auxiliary, or as a bare past participle after its noun."""
    token = prose.tokens[verb]
    if prose.child(verb, "auxpass", "nsubjpass") is not None:
        return not _is_perfect(prose, verb)
    if prose.child(verb, "nsubj", "aux") is not None:
        return False
    if token.dep == "advcl" and verb > 0 and prose.tokens[verb - 1].text.lower() in _WHEN:
        return token.tag in {"VBN", "VBD"}
    fronted = token.dep == "advcl" and verb == prose.sentence(verb).first  # "Asked whether ..., she said"
    return token.tag == "VBN" and (token.dep == "acl" or fronted)


def _is_perfect(prose: Prose, verb: int) -> bool:
    """ "He's praised the plan": has, not is, as the verb has its object after it."""
    tokens = prose.tokens
    auxiliary, object_ = prose.child(verb, "auxpass"), prose.child(verb, "dobj")
    short = auxiliary is not None and tokens[auxiliary].text.lower() in {"'s", "’s"}
    return short and object_ is not None and object_ > verb


def trimmed(prose: Prose, run: Run) -> Run | None:
    """The run without marks at its edges, except those of a quotation that belongs to it."""
    tokens = prose.tokens
    first, last = run
    while (
        first <= last
        and (
            tokens[first].text in _TRIM
            or (
                tokens[first].dep == "cc"
                and (first > prose.sentence(first).first or tokens[first].text.lower() == "and")
            )
        )
        and not _opens_quote(prose, first)
    ):
        first += 1
    if first > last:
        return None
    first = _past_dateline(prose, first, last)
    if first + 1 < last and tokens[first].text.lower() in _OPENERS and first == prose.sentence(first).first:
        first += 2 if tokens[first + 1].text == "," else 1
    while last > first and (
        tokens[last].dep == "cc" or (tokens[last].text in _TRIM and not _inside_quote(prose, last, first))
    ):
        if tokens[last].text in _KEPT_AT_END and prose.quote_of[last] >= 0:
            break
        last -= 1
    return Run(first, last) if first <= last else None


def _past_dateline(prose: Prose, first: int, last: int) -> int:
    """Where the prose begins after "WASHINGTON -- "."""
    tokens = prose.tokens
    if first != prose.sentence(first).first or not tokens[first].text.isupper():
        return first
    for i in range(first + 1, min(first + 8, last)):
        if tokens[i].text in {"--", "—", "–"}:
            return (
                i + 1
                if all(token.text.isupper() or token.pos in {"PROPN", "PUNCT", "NUM"} for token in tokens[first:i])
                else first
            )
    return first


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
    widened = [_within_own_quotation(prose, with_quotes(prose, part, cue), cue) for part in kept if part is not None]
    return tuple(dict.fromkeys(part for part in widened if not part.first <= cue.first <= part.last))


def _within_own_quotation(prose: Prose, run: Run, cue: Run) -> Run:
    """A content inside the quotation that its cue stands in, without the mark that closes both."""
    number = prose.quote_of[cue.first]
    if number < 0 or prose.quotes[number].open or prose.quote_runs[number].last > run.last:
        return run
    cut = prose.quote_runs[number].last < run.last  # the parser ran on into what stands behind the quotation
    run = Run(run.first, min(run.last, prose.quote_runs[number].last))
    if cut and prose.tokens[run.last - 1].text == ",":
        return Run(run.first, max(run.first, run.last - 2))
    return Run(run.first, run.last - 1) if prose.quote_runs[number].first < run.first < run.last else run


def block(prose: Prose, cue: Run, source: Run | None) -> Run:
    """Cue and source as one run where only marks part them."""
    if source is None:
        return cue
    first, last = (cue, source) if cue.first < source.first else (source, cue)
    between = range(first.last + 1, last.first)
    if len(between) <= 2 and all(
        prose.tokens[i].text in BARRIER or prose.tokens[i].dep in {"advmod", "aux"} for i in between
    ):
        return Run(first.first, last.last)
    return cue


def own_words(prose: Prose, cue: Cue, source: Run | None) -> list[Run]:
    """The cue and the source as one block, with the adjuncts that directly follow it."""
    whole = block(prose, cue.run, source)
    return [whole] if source is None or whole != cue.run else [cue.run, source]


def with_colon(prose: Prose, last: int) -> int:
    """The end of a cue, with the colon that follows it."""
    following = last + 1
    return following if following < len(prose.tokens) and prose.tokens[following].text == ":" else last


def after_cue(prose: Prose, cue: Cue, run: Run, last: int | None = None) -> Found | None:
    """A find of that run, without the cue; its last token is `last` or that of the cue and its colon."""
    found = pieces(prose, _before_remark(prose, run), [cue.run], cue.run)
    return Found(found, with_colon(prose, cue.run.last) if last is None else last) if found else None


def _before_remark(prose: Prose, run: Run) -> Run:
    """An object or infinitive without the remark that a comma and "though" or a participle append, or a dash that no
    second dash closes; in a clause with "that" the speaker may go on after it."""
    tokens = prose.tokens
    if run.first >= run.last or tokens[run.first].dep == "mark":
        return run
    inner = [i for i in range(run.first + 1, run.last) if prose.quote_of[i] < 0]
    comma = next((i for i in inner if tokens[i].text == "," and _is_remark(prose, i + 1)), run.last + 1)
    dashes = [i for i in inner if tokens[i].text in DASHES and i < comma]
    spaced = all(tokens[i - 1].end < tokens[i].start and tokens[i].end < tokens[i + 1].start for i in dashes)
    return Run(run.first, (dashes[0] if len(dashes) == 1 and spaced else comma) - 1)


def _is_remark(prose: Prose, token: int) -> bool:
    """Whether a clause begins there that adds the teller's own word to an object: "though ...", "forcing them ..."."""
    word = prose.tokens[token]
    return word.text.lower() in _CONCEDING or (word.tag == "VBG" and word.dep in {"advcl", "acl"})


def past_adjuncts(prose: Prose, cue: Cue, last: int) -> int:
    """The end of what the cue takes along before a quotation: whom it is told, when and where."""
    parse, tokens = prose.parse, prose.tokens
    for child in parse.children[cue.head]:
        if tokens[child].dep in {"dobj", "dative", "prep", "npadvmod", "advmod"} and parse.left[child] == last + 1:
            last = parse.right[child]
    return last


def clause_end(prose: Prose, clause: int, head: int) -> int:
    """A clause after its cue takes along the adverbials that the parser hung on the cue."""
    tokens, parse = prose.tokens, prose.parse
    last = parse.right[clause]
    joined = _joined_finite(prose, clause)
    if joined is not None:
        return joined - 1
    for child in parse.children[head]:
        left, right = parse.left[child], parse.right[child]
        if left <= last:
            continue
        comma = tokens[left - 1].text in BARRIER
        if (tokens[child].dep in {"prep", "npadvmod", "advmod"} and not comma and left == last + 1) or (
            tokens[child].dep == "advcl" and (not comma or prose.child(child, "mark") is not None)
        ):
            last = right
        elif tokens[child].dep in {"punct", "cc"}:
            continue
        elif tokens[child].dep == "conj" and tokens[child].tag == "VB" and _same_clause(prose, clause, child):
            last = right
        elif tokens[child].dep == "conj" and tokens[left].text.lower() == "that" and tokens[left].dep == "mark":
            last = right  # "said A | but that B"
        else:
            break
    return _to_a_break(prose, last, head)


def _joined_finite(prose: Prose, clause: int) -> int | None:
    """Where an infinitive ends and the sentence goes on, though the parser joined its next verb to the infinitive:
    "promised to pay | and left"."""
    tokens, parse = prose.tokens, prose.parse
    if not is_infinitive(prose.parse, clause) or tokens[clause].tag != "VB":
        return None
    for child in parse.children[clause]:
        finite = tokens[child].tag in {"VBD", "VBZ"} or own_subject(prose, child)
        if tokens[child].dep == "conj" and finite and prose.quote_of[child] == prose.quote_of[clause]:
            first = parse.left[child]
            return first - 1 if tokens[first - 1].dep == "cc" else first
    return None


def _to_a_break(prose: Prose, last: int, head: int) -> int:
    """A clause does not end amid words: where the parser cut it so, it goes on to the next mark."""
    tokens = prose.tokens
    end = prose.sentence(head).last
    following = last + 1
    colon = last if tokens[last].text == ":" else following
    if colon + 1 < len(tokens) and tokens[colon].text == ":" and _opens_quote(prose, colon + 1):
        return prose.quote_runs[prose.quote_of[colon + 1]].last  # "said that he had told her: '...'"
    if tokens[last].text in _BREAKS or following > end or tokens[following].text in _BREAKS:
        return last
    if tokens[following].dep in {"cc", "mark", "punct"}:
        return last
    while following <= end and tokens[following].text not in _BREAKS:
        following += 1
    return following - 1


def _same_clause(prose: Prose, clause: int, other: int) -> bool:
    """Whether a bare or modal verb that the parser hung on the cue goes on with the content."""
    tokens = prose.tokens
    if prose.child(other, "nsubj", "nsubjpass") is not None:
        return False
    modal = any(tokens[c].tag == "MD" for c in prose.parse.children[other])
    return modal if tokens[clause].tag != "VB" else not modal


def object_of(prose: Prose, verb: int) -> int | None:
    """The head of a verb's object: after it, or a relative pronoun before it."""
    found = prose.child(verb, "dobj") or prose.child(verb, "dative")
    if found is None or (found < verb and prose.tokens[found].text.lower() not in RELATIVE):
        return None
    return found


def own_subject(prose: Prose, verb: int) -> bool:
    """Whether a verb has a subject of its own."""
    return prose.child(verb, "nsubj", "nsubjpass") is not None


def is_finite(prose: Prose, verb: int) -> bool:
    """Whether a verb heads a finite clause."""
    tokens = prose.tokens
    if tokens[verb].tag == "VB" and not any(
        tokens[c].dep in {"aux", "nsubj", "mark"} for c in prose.parse.children[verb]
    ):
        return False
    return any(
        tokens[c].dep in SUBJECT or tokens[c].dep in {"mark", "aux", "expl", "csubj", "attr"}
        for c in prose.parse.children[verb]
    ) or tokens[verb].tag in {"VBD", "VBZ", "VBP", "MD"}
