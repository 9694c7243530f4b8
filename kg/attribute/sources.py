"""Sources: who is said to say it.

Subject, by-agent, possessor, relative pronoun, the subject that an infinitive or participle is controlled by,
and the subject that conjoined verbs share. A source's run is its whole noun phrase with its apposition and
relative clause, without what a comma only appends ("Smith, speaking on Friday").
"""

from __future__ import annotations

from kg.annotate.tree import governor_of
from kg.attribute.prose import BARRIER, NOMINAL, RELATIVE, SUBJECT, Cue, Prose, Run

_KEEP = frozenset(
    {
        "det",
        "amod",
        "compound",
        "poss",
        "case",
        "nmod",
        "nummod",
        "quantmod",
        "predet",
        "appos",
        "relcl",
        "acl",
        "prep",
        "conj",
        "cc",
        "punct",
        "neg",
        "advmod",
        "npadvmod",
        "pobj",
        "preconj",
        "meta",
        "number",
    }
)
_AFTER_COMMA = frozenset({"appos", "relcl", "conj", "cc", "amod", "nmod", "nummod"})
_QUOTES = frozenset({"``", "''", "“", "”", '"', "`", "‘"})
_OPEN = frozenset({"(", "-LRB-", "["})
_CLOSE = frozenset({")", "-RRB-", "]"})
_NOT_FIRST = frozenset({"as", "but", "and"})
_RECEIVING = frozenset("face draw receive get meet attract earn win suffer spark provoke prompt trigger".split())
_IMPERSONAL = frozenset({"it", "this", "that", "there"})  # "it is worth noting"
_INCLUDING = frozenset({"including", "like"})


def noun_phrase(prose: Prose, head: int, *, stop: int | None = None) -> Run:
    """The noun phrase of `head`, up to (not including) token `stop`."""
    tokens, parse = prose.tokens, prose.parse
    if tokens[head].text.lower() in RELATIVE and tokens[head].tag in {"WP", "WDT", "DT", "IN"}:
        return Run(head, head)
    first = last = head
    for child in reversed([c for c in parse.children[head] if c < head]):
        apart = tokens[child].end < tokens[child + 1].start
        if (
            (tokens[child].text in BARRIER and apart)
            or parse.right[child] != first - 1
            or tokens[child].dep not in _KEEP
        ):
            break
        first = parse.left[child]
    first = _from_title(prose, head, first)
    for child in (c for c in parse.children[head] if c > head):
        left, right = parse.left[child], parse.right[child]
        if stop is not None and left >= stop:
            break
        if tokens[child].dep not in _KEEP or (left != last + 1 and not _gap_is_mark(prose, last, left)):
            break
        if tokens[child].dep == "punct":
            continue
        comma = tokens[left - 1].text in BARRIER and left - 1 > head
        if comma and tokens[child].dep == "prep" and tokens[child].text.lower() == "of":
            comma = False
        if comma and tokens[child].dep not in _AFTER_COMMA and tokens[child].text.lower() not in _INCLUDING:
            break
        last = right if stop is None else min(right, stop - 1)
    return _closed(prose, Run(first, last), stop)


def _from_title(prose: Prose, head: int, first: int) -> int:
    """Where a phrase begins that the parser cut into two subjects of one verb: "state news agency | Xinhua | said"."""
    tokens, parse = prose.tokens, prose.parse
    if tokens[head].dep not in SUBJECT or tokens[head].pos != "PROPN":
        return first
    for child in reversed([c for c in parse.children[tokens[head].head] if c < first]):
        if tokens[child].dep not in SUBJECT or parse.right[child] != first - 1 or tokens[child].pos != "NOUN":
            break
        first = parse.left[child]
    return first


def _gap_is_mark(prose: Prose, last: int, left: int) -> bool:
    return all(prose.tokens[i].pos in {"PUNCT", "SYM"} for i in range(last + 1, left))


def _closed(prose: Prose, run: Run, stop: int | None) -> Run:
    """Trim marks at the edges; take the comma, dash or bracket that closes an apposition."""
    tokens = prose.tokens
    first, last = run
    while last > first and tokens[last].text in BARRIER | _QUOTES:
        last -= 1
    while first < last and (
        tokens[first].text in BARRIER
        or tokens[first].text.lower() in _NOT_FIRST
        or tokens[first].dep == "preconj"
        or _foreign_quote(prose, first, last)
    ):
        first += 1
    inner = [tokens[i].text for i in range(first, last + 1)]
    last = _past_age(prose, _to_bracket(prose, inner, last), stop)
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if (
        following in {",", "--", "—", "–"}
        and following in inner
        and _goes_on(prose, last + 2)
        and not _listed(prose, run)
    ):
        last += 1
    return Run(first, last)


def _goes_on(prose: Prose, token: int) -> bool:
    """Whether the clause goes on there, so that the mark before it closes an apposition."""
    tokens = prose.tokens
    return (
        token < len(tokens)
        and tokens[token].sentence == tokens[token - 1].sentence
        and tokens[token].tag != "VBG"
        and (tokens[token].text not in _QUOTES)
    )


def _foreign_quote(prose: Prose, first: int, last: int) -> bool:
    """Whether a phrase starts with a mark that belongs to a quotation before it."""
    number = prose.quote_of[first]
    return prose.tokens[first].text in _QUOTES and (number < 0 or prose.quote_runs[number].last < last)


def _to_bracket(prose: Prose, inner: list[str], last: int) -> int:
    """The bracket that closes one opened in the phrase, where it stands near."""
    if sum(text in _OPEN for text in inner) > sum(text in _CLOSE for text in inner):
        for i in range(last + 1, min(last + 4, len(prose.tokens))):
            if prose.tokens[i].text in _CLOSE:
                return i
    return last


def _past_age(prose: Prose, last: int, stop: int | None) -> int:
    """The end of a name with the age behind it, wherever the parser hung that: "Quinn, 25,"."""
    tokens, age = prose.tokens, last + 2
    if age + 1 >= (len(tokens) if stop is None else stop) or tokens[last].pos != "PROPN":
        return last
    aged = tokens[age].tag == "CD" and tokens[age].text.isdigit() and len(tokens[age].text) < 3
    if not aged or tokens[age - 1].text != ",":
        return last
    return {",": age + 1, ".": age}.get(tokens[age + 1].text, last)


def _listed(prose: Prose, run: Run) -> bool:
    """Whether the phrase's commas part the members of a list."""
    return any(prose.tokens[i].dep == "cc" for i in range(run.first, run.last + 1)) and not any(
        prose.tokens[i].dep in {"appos", "relcl"} for i in range(run.first, run.last + 1)
    )


def antecedent(prose: Prose, head: int) -> int:
    """The noun that a relative pronoun stands for; the head itself otherwise."""
    tokens = prose.tokens
    token = tokens[head]
    if token.text.lower() not in RELATIVE:
        return head
    verb = token.head
    for _ in range(4):
        if tokens[verb].dep == "relcl" or (tokens[verb].dep == "acl" and token.text.lower() == "that"):
            return tokens[verb].head
        if tokens[verb].head == verb:
            break
        verb = tokens[verb].head
    return head


def subject(prose: Prose, verb: int) -> int | None:
    """The head of the verb's own subject, active or passive."""
    tokens = prose.tokens
    own = [c for c in prose.parse.children[verb] if tokens[c].dep in SUBJECT]
    return own[-1] if own and tokens[own[-1]].pos != "PUNCT" else None


def shared_subject(prose: Prose, verb: int) -> int | None:
    """The subject that the verb is understood with: its own, or its governor's."""
    tokens = prose.tokens
    seen, adjectival = 0, False
    while seen < 6:
        own = subject(prose, verb)
        if own is not None:
            return own if not adjectival or tokens[own].text.lower() not in _IMPERSONAL else None
        token = tokens[verb]
        governor = governor_of(prose.parse, verb)
        adjectival = adjectival or token.dep == "acomp"
        if token.dep in {"acl", "relcl"}:
            infinitive = any(tokens[c].tag == "TO" for c in prose.parse.children[verb])
            return governor if tokens[governor].pos in NOMINAL and not infinitive else None
        if token.dep == "pcomp":
            quoted = prose.child(tokens[governor].head, "dobj") if tokens[governor].text.lower() == "as" else None
            if quoted is not None and quoted < verb:
                return quoted
            governor = tokens[governor].head
        elif token.dep == "xcomp":
            controller = prose.child(governor, "dobj", "dative")
            if controller is not None and controller < verb and tokens[governor].lemma not in {"promise", "offer"}:
                return controller
        elif token.dep not in {"conj", "advcl", "aux", "ccomp", "parataxis", "dep", "advmod", "prep", "acomp"}:
            return None
        if token.dep == "ccomp" and token.tag not in {"VBG", "VB"}:
            return None
        if tokens[governor].pos == "PUNCT":  # ", citing a letter," hung on its own comma
            governor = tokens[governor].head
        if governor == verb:
            return None
        if tokens[governor].pos in NOMINAL and token.dep in {"conj", "advcl"}:
            return None
        verb = governor
        seen += 1
    return None


def before_bracket(prose: Prose, verb: int) -> int | None:
    """The noun before "(...)" that stands right before a verb without a subject: "Smith (R-Fla.) said"."""
    tokens = prose.tokens
    if verb == 0 or tokens[verb - 1].text not in _CLOSE:
        return None
    for i in range(verb - 2, max(verb - 10, 0), -1):
        if tokens[i].text in _OPEN:
            return i - 1 if tokens[i - 1].pos in NOMINAL else None
    return None


def agent(prose: Prose, verb: int) -> int | None:
    """The object of a passive's by."""
    tokens = prose.tokens
    for child in prose.parse.children[verb]:
        if tokens[child].dep == "agent" or (tokens[child].dep == "prep" and tokens[child].text.lower() == "by"):
            found = prose.child(child, "pobj")
            if found is not None:
                return found
    return _behind_complement(prose, verb)


def _behind_complement(prose: Prose, verb: int) -> int | None:
    """The agent of a passive that the parser gave to its complement: "urged to act | by unions"."""
    tokens = prose.tokens
    for child in prose.parse.children[verb]:
        inner = prose.child(child, "pcomp") if tokens[child].dep == "prep" else child
        if child < verb or inner is None or tokens[inner].tag not in {"VB", "VBG"} or prose.child(inner, "auxpass"):
            continue
        by = next((c for c in prose.parse.children[inner] if c > inner and tokens[c].text.lower() == "by"), None)
        found = prose.child(by, "pobj") if by is not None else None
        if found in prose.voices and prose.parse.right[inner] == prose.parse.right[by or inner]:
            return found
    return None


def receiving(prose: Prose, noun: int) -> int | None:
    """The verb whose subject is not who speaks but who is spoken of: "the plan | drew | criticism from the union"."""
    token = prose.tokens[noun]
    verb = prose.tokens[token.head]
    return verb.i if token.dep == "dobj" and verb.lemma.lower() in _RECEIVING and verb.i < noun else None


def giver(prose: Prose, noun: int, verb: int) -> int | None:
    """From whom that comes."""
    for child in (*prose.parse.children[noun], *prose.parse.children[verb]):
        if child > noun and prose.tokens[child].text.lower() in {"from", "by"}:
            return prose.child(child, "pobj")
    return None


def past_agent(prose: Prose, cue: Cue) -> int | None:
    """The head of a passive's complement that the parser hung on its agent: "accused by Berg | of lying", "urged by
    unions | to resign", "described by police | as armed"."""
    tokens, entry = prose.tokens, cue.entry
    by = agent(prose, cue.head)
    after = [c for c in prose.parse.children[by] if c > by] if by is not None else []
    if by is None or not after:
        return None
    last = after[-1]
    if tokens[last].dep == "prep":
        closed = tokens[by].tag in {"NNS", "NNP", "NNPS", "PRP"} or prose.child(last, "pcomp") is not None
        known = tokens[last].text.lower() in entry.object_prepositions | entry.prepositions and closed
        return last if known or (tokens[last].text.lower() == "as" and "obj+as" in entry.frames) else None
    infinitive = tokens[prose.parse.left[last]].tag == "TO" and tokens[last].dep in {"acl", "relcl"}
    return last if infinitive and entry.frames & {"obj+to", "obj-to"} else None
