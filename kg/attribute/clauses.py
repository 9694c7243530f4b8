"""Readers of content that is a clause: finite, infinitive, gerund; after the cue, before it, or around it."""

from __future__ import annotations

from kg.annotate.tree import is_infinitive
from kg.attribute.edges import (
    Found,
    after_cue,
    block,
    clause_end,
    is_finite,
    object_of,
    own_subject,
    own_words,
    past_adjuncts,
    pieces,
    trimmed,
    with_colon,
    with_quotes,
)
from kg.attribute.nouns import lacks_object
from kg.attribute.prose import BARRIER, RELATIVE, SUBJECT, Cue, Prose, Run

_COMMA = frozenset({",", "--", "–", "—"})
_RELATIVE_BEFORE = frozenset({"which", "what", "who", "whom", "how", "that"})
MEDIA = frozenset(
    "email e-mail mail letter memo note message statement interview speech post tweet blog broadcast briefing "
    "conference call filing report article book column diary release decision ruling verdict remark comment".split()
)  # what carries somebody's words
_MADE = frozenset("write send publish post give issue sign release receive obtain see read get make".split())
_TIMES = frozenset("time hour day night morning evening afternoon week month year weekend".split())
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you"})


def clause(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """A finite clause that depends on the cue, before or after it."""
    head, tokens = cue.head, prose.tokens
    for child in (*prose.parse.children[head], *_on_addressee(prose, cue), *_on_adjunct(prose, cue)):
        token = tokens[child]
        if (
            (token.dep != "ccomp" and not _misread_clause(prose, cue, child))
            or token.pos == "PUNCT"
            or not is_finite(prose, child)
        ):
            continue
        run = prose.subtree(child)
        if child < head:
            if _is_telling(prose, child) or _is_quoted_after(prose, head, run):
                continue
            edge = prose.tokens[block(prose, cue.run, source).first - 1]
            if edge.text not in _COMMA | {"?", "!"} and prose.quote_of[edge.i] < 0 and run.last < cue.run.first:
                continue
            run = Run(_clause_start(prose, run.first, cue), run.last)
        else:
            run = Run(_past_time(prose, child, max(run.first, cue.run.last + 1)), clause_end(prose, child, head))
        if run.first > run.last:
            continue
        holes = own_words(prose, cue, source)
        if child < head < run.last:  # "..., police said on Friday, killing two"
            whole = block(prose, cue.run, source)
            holes = [Run(whole.first, past_adjuncts(prose, cue, whole.last))]
        found = pieces(prose, run, holes, cue.run)
        if found:
            if child > head:
                found = (*_fronted(prose, cue, source), *found)
            return Found(found, with_colon(prose, cue.run.last))
    return None


def _on_addressee(prose: Prose, cue: Cue) -> list[int]:
    """Clauses that the parser hung on the person addressed: "told the forum | he was against it"."""
    object_ = object_of(prose, cue.head)
    if "obj-that" not in cue.entry.frames or object_ is None or object_ < cue.head:
        return []
    first, last = prose.subtree(object_)
    tokens = prose.tokens
    return [
        i for i in range(object_ + 1, last + 1) if tokens[i].dep in {"relcl", "acl"} and first <= tokens[i].head <= last
    ]


def _on_adjunct(prose: Prose, cue: Cue) -> list[int]:
    """Clauses that the parser hung on when, where or in what it was said: "told employees in an email | that he was
    leaving", "warned in the early hours | that the dam might break", "said at a rally in Ohio | that ..."."""
    tokens, parse = prose.tokens, prose.parse
    return [
        i
        for preposition in parse.children[cue.head]
        if preposition > cue.head and tokens[preposition].dep == "prep"
        for noun in parse.children[preposition]
        if tokens[noun].dep == "pobj"
        for i in range(noun + 1, parse.right[noun] + 1)
        if tokens[i].dep in {"relcl", "acl", "ccomp"}
        and tokens[parse.left[i]].text.lower() == "that"
        and tokens[i].lemma.lower() not in _MADE
        and (tokens[noun].lemma.lower() in MEDIA or _is_setting(prose, tokens[i].head))
    ]


def _is_setting(prose: Prose, noun: int) -> bool:
    """Whether no clause with "that" would describe a noun: a time, or a name."""
    token = prose.tokens[noun]
    return token.pos == "PROPN" or token.ner in {"DATE", "TIME"} or token.lemma.lower() in _TIMES


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
    return (
        tokens[clause].dep == "advcl"
        and cue.entry.kind == "say"
        and not marked
        and tokens[prose.parse.left[clause] - 1].text not in BARRIER
    )


def _is_telling(prose: Prose, verb: int) -> bool:
    """Whether a clause is itself a bare "she said", which the parser hung on what she said."""
    tokens = prose.tokens
    return tokens[verb].lemma in {"say", "add", "note", "tell"} and not any(
        tokens[c].dep in {"ccomp", "dobj"} for c in prose.parse.children[verb]
    )


def _is_quoted_after(prose: Prose, cue: int, clause: Run) -> bool:
    """Whether a cue stands in a quotation that begins only after a clause: she told him, "Nobody knows"."""
    number = prose.quote_of[cue]
    return number >= 0 and clause.last < prose.quote_runs[number].first


def _fronted(prose: Prose, cue: Cue, source: Run | None) -> tuple[Run, ...]:
    """What stands before the cue but belongs to the clause after it: "which | she says | is new"."""
    tokens = prose.tokens
    whole = block(prose, cue.run, source)
    before = whole.first - 1
    if source is None or whole == cue.run or before < prose.sentence(cue.head).first:
        return ()
    if (
        tokens[before].text.lower() in _RELATIVE_BEFORE
        and tokens[before].tag[:1] == "W"
        and tokens[before].head != cue.head
        and (tokens[before - 1].pos != "ADP")
    ):
        return (Run(before, before),)
    if tokens[before].text == "," and whole.last + 1 < len(tokens) and tokens[whole.last + 1].text == ",":
        return pieces(prose, Run(prose.sentence(cue.head).first, before), [], cue.run)
    return ()


def _past_time(prose: Prose, clause: int, first: int) -> int:
    """Where a clause begins once the cue's own time is left out ("said | this week | that ...")."""
    tokens, parse = prose.tokens, prose.parse
    mark = next(
        (c for c in parse.children[clause] if c < clause and tokens[c].dep == "mark" and tokens[c].lemma == "that"),
        None,
    )
    if mark is not None and mark > first:
        return mark
    if tokens[clause].dep == "advcl" and tokens[first].pos == "ADP":
        return next(parse.left[c] for c in parse.children[clause] if tokens[c].dep in SUBJECT | {"expl"})
    for child in parse.children[clause]:
        if parse.left[child] == first and tokens[child].dep == "npadvmod" and tokens[child].ner in {"DATE", "TIME"}:
            following = parse.right[child] + 1
            return following if tokens[following].text != "," else first
    return first


def _clause_start(prose: Prose, first: int, cue: Cue) -> int:
    """A clause before its cue starts with its sentence, whatever the parser hung its first words on."""
    return min(first, prose.sentence(cue.head).first)


def wh_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """know what to do, decide whether to go."""
    tokens, parse = prose.tokens, prose.parse
    for child in parse.children[cue.head]:
        opener = tokens[parse.left[child]]
        asking = opener.tag in {"WP", "WRB", "WDT"} or opener.text.lower() == "whether"
        depends = child > cue.run.last and tokens[child].dep in {"ccomp", "xcomp"}
        if asking and depends and is_infinitive(prose.parse, child):
            return after_cue(prose, cue, Run(parse.left[child], clause_end(prose, child, cue.head)))
    return None


def relative_object(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """what she said, everything that she knows: the pronoun stands for the content."""
    tokens = prose.tokens
    for child in prose.parse.children[cue.head]:
        if (
            child < cue.run.first
            and tokens[child].dep == "dobj"
            and tokens[child].text.lower() in RELATIVE | {"what", "which"}
        ):
            return Found((Run(child, child),), cue.run.last, frame="obj")
    return None


def rest(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """After "she says" all the rest of the sentence, where the parser found no clause in it."""
    tokens = prose.tokens
    last = prose.sentence(cue.head).last
    first = cue.run.last + 1
    if (
        source is None
        or source.first > cue.head
        or cue.entry.kind != "say"
        or "chain" in cue.entry.frames
        or "obj" in cue.entry.frames
        or tokens[cue.head].tag not in {"VBD", "VBZ", "VBP"}
    ):
        return None
    if (
        last - first < 3
        or tokens[first].pos not in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"}
        or first == source.first
    ):
        return None
    if tokens[first].ner in {"DATE", "TIME"} or not any(
        tokens[i].pos in {"VERB", "AUX", "ADJ"} for i in range(first, last)
    ):
        return None
    return after_cue(prose, cue, Run(first, last))


def beside(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """A clause around or before "..., she said": told by the commas, whatever the parser made of it."""
    tokens = prose.tokens
    whole = block(prose, cue.run, source)
    if source is None or whole == cue.run or cue.entry.pos != "verb":
        return None
    if tokens[source.first].text.lower() in {"who", "which"} and source.first == source.last:
        return None
    if "obj-that" not in cue.entry.frames and object_of(prose, cue.head) is not None:
        return None
    sentence = prose.sentence(cue.head)
    if (number := prose.quote_of[cue.head]) >= 0:
        quoted = prose.quote_runs[number]
        sentence = Run(max(sentence.first, quoted.first), min(sentence.last, quoted.last))
    before, after = whole.first - 1, past_adjuncts(prose, cue, whole.last) + 1
    if before >= sentence.first and tokens[before].text.lower() == "as":
        before -= 1
        if before < sentence.first:
            return _after_comma(prose, cue, after, sentence)
    if before <= sentence.first or tokens[before].text not in _COMMA:
        return None
    runs: tuple[Run, ...] = ()
    if tokens[before - 1].text.lower() in {"which", "who", "that"}:
        runs = (Run(before - 1, before - 1),)
    elif _has_main_clause(prose, sentence.first, before) or (
        tokens[after].text in _COMMA
        if after <= sentence.last and tokens[after].text != "."
        else _may_be_said(prose, sentence.first, after - whole.last)
    ):
        runs = pieces(prose, Run(sentence.first, before), [], cue.run)
    goes_on = after < sentence.last and tokens[after].text in _COMMA
    if runs and goes_on and not _is_circumstance(prose, after + 1, cue.head):
        runs += pieces(prose, Run(after + 1, sentence.last), [], cue.run)
    return Found(runs, cue.run.last)


def _is_circumstance(prose: Prose, token: int, cue: int) -> bool:
    """Whether a participle there tells how it was said, not what: "..., Reuters reported, | citing officials"."""
    return prose.tokens[token].tag == "VBG" and prose.tokens[token].dep == "advcl" and prose.tokens[token].head == cue


def _after_comma(prose: Prose, cue: Cue, after: int, sentence: Run) -> Found | None:
    """As she put it, ...: the clause after the comma."""
    comma = next((i for i in range(after, min(after + 9, sentence.last)) if prose.tokens[i].text in _COMMA), None)
    found = trimmed(prose, Run(comma + 1, sentence.last)) if comma is not None else None
    return Found((with_quotes(prose, found, cue.run),), cue.run.last) if found is not None else None


def _may_be_said(prose: Prose, first: int, adjuncts: int) -> bool:
    """Whether words without a verb may be what is said, not the circumstances of saying it."""
    return adjuncts < 7 and prose.tokens[first].pos not in {"ADP", "ADV", "SCONJ", "VERB"}


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


def infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """want to do: the infinitive whose subject is the source."""
    by = prose.child(cue.head, "agent")
    agent = prose.parse.right[by] if by is not None else None
    for child in prose.parse.children[cue.head]:
        token = prose.tokens[child]
        if (
            child > cue.run.last
            and token.dep in {"xcomp", "ccomp", "advcl"}
            and is_infinitive(prose.parse, child)
            and not own_subject(prose, child)
        ):
            if token.dep == "advcl" and prose.parse.left[child] - 1 not in {cue.run.last, agent}:
                continue
            return after_cue(prose, cue, Run(prose.parse.left[child], clause_end(prose, child, cue.head)))
    return None


def gerund(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """deny doing: the gerund whose subject is the source."""
    for child in prose.parse.children[cue.head]:
        if child > cue.head and prose.tokens[child].dep in {"xcomp", "ccomp"} and prose.tokens[child].tag == "VBG":
            return after_cue(prose, cue, Run(prose.parse.left[child], clause_end(prose, child, cue.head)))
    return None


def noun_clause(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """claim that, sure that."""
    for child in prose.parse.children[cue.head]:
        token = prose.tokens[child]
        if (
            child > cue.head
            and token.dep in {"acl", "ccomp", "relcl"}
            and prose.tokens[prose.parse.left[child]].text.lower() in {"that", "whether", "how", "why", "if"}
        ):
            opener = prose.tokens[prose.parse.left[child]]
            relative = opener.text.lower() == "that" and (opener.dep == "dobj" or lacks_object(prose.parse, child))
            if relative or (token.dep == "relcl" and opener.dep != "mark"):
                continue
            return after_cue(prose, cue, Run(prose.parse.left[child], prose.parse.right[child]))
        if child > cue.head and token.dep == "ccomp" and cue.entry.pos == "adj" and is_finite(prose, child):
            return after_cue(prose, cue, prose.subtree(child))
    return None


def noun_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """promise to do, willing to do: the infinitive that a noun or adjective governs."""
    for child in prose.parse.children[cue.head]:
        token = prose.tokens[child]
        if (
            child > cue.head
            and token.dep in {"acl", "xcomp", "relcl", "ccomp", "advcl"}
            and is_infinitive(prose.parse, child)
            and not own_subject(prose, child)
        ):
            return after_cue(prose, cue, prose.subtree(child))
    return None


def noun_predicate(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """ "Her claim is that ...", "his plan is to ...": the clause after a form of "be", which joins the cue."""
    tokens = prose.tokens
    copula = tokens[cue.head].head
    if tokens[cue.head].dep != "nsubj" or tokens[copula].lemma != "be" or copula < cue.head or source is None:
        return None
    for child in prose.parse.children[copula]:
        if child > copula and tokens[child].dep in {"ccomp", "xcomp"}:
            joins = copula == cue.run.last + 1
            return after_cue(prose, cue, prose.subtree(child), copula if joins else cue.run.last)
    return None
