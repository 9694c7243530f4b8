"""Readers of content that is a phrase: objects, alone or with what is said of them, and objects of prepositions."""

from __future__ import annotations

from kg.annotate.tree import is_infinitive
from kg.attribute import sources
from kg.attribute.clauses import infinitive
from kg.attribute.edges import (
    Found,
    Reader,
    after_cue,
    clause_end,
    is_passive,
    object_of,
    own_subject,
    pieces,
    trimmed,
)
from kg.attribute.prose import RELATIVE, Cue, Prose, Run

_COMPLETING = frozenset(
    {"to", "for", "from", "as", "of", "about", "with", "into", "against", "between", "over", "toward", "towards", "by"}
)
_PLATFORMS = frozenset(  # on which one writes, which is not what one writes on
    "x twitter social facebook instagram youtube telegram whatsapp tiktok linkedin weibo bluesky reddit".split()
)
_JUDGING = frozenset({"accuse", "criticize", "describe", "praise", "expect"})


def object_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """want X to do: object and infinitive together."""
    for child in prose.parse.children[cue.head]:
        if child > cue.run.last and prose.tokens[child].dep in {"ccomp", "xcomp"} and is_infinitive(prose.parse, child):
            own = own_subject(prose, child)
            object_ = object_of(prose, cue.head)
            if own or object_ is not None:
                first = prose.parse.left[child] if own else prose.parse.left[object_ or child]
                return after_cue(
                    prose, cue, Run(min(first, prose.parse.left[child]), clause_end(prose, child, cue.head))
                )
    return None


def addressee_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """tell X to do: only the infinitive."""
    tokens = prose.tokens
    for child in prose.parse.children[cue.head]:
        infinitive = is_infinitive(prose.parse, child)
        if child > cue.run.last and tokens[child].dep in {"ccomp", "xcomp", "advcl"} and infinitive:
            to = next(c for c in prose.parse.children[child] if tokens[c].tag == "TO")
            while tokens[to - 1].head == child and tokens[to - 1].dep in {"neg", "advmod"}:
                to -= 1
            object_ = object_of(prose, cue.head)
            if own_subject(prose, child) or object_ is not None or is_passive(prose, cue.head):
                return after_cue(prose, cue, Run(to, clause_end(prose, child, cue.head)))
    return None


def object_predicate(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """call X Y: object and predicate together."""
    tokens = prose.tokens
    for child in prose.parse.children[cue.head]:
        if (
            child > cue.head
            and tokens[child].dep in {"oprd", "xcomp", "ccomp", "acomp"}
            and tokens[child].tag not in {"VBZ", "VBP"}
            and not is_infinitive(prose.parse, child)
        ):
            object_ = object_of(prose, cue.head)
            first = (
                prose.parse.left[child] if object_ is None else min(prose.parse.left[object_], prose.parse.left[child])
            )
            if first <= cue.head and object_ is not None and object_ < cue.head:
                first = prose.parse.left[child]
            return after_cue(prose, cue, Run(max(first, cue.run.last + 1), prose.parse.right[child]))
    return _quoted_predicate(prose, cue)


def _quoted_predicate(prose: Prose, cue: Cue) -> Found | None:
    """call X "Y", where the parser took X "Y" for one object: the quotation ends it."""
    object_ = object_of(prose, cue.head)
    if object_ is None or object_ < cue.head:
        return None
    first = prose.parse.left[object_]
    last = min(_object_end(prose, object_, cue.head) + 2, prose.sentence(cue.head).last)
    number = next(
        (prose.quote_of[i] for i in range(first, last + 1) if prose.quote_of[i] not in {-1, prose.quote_of[cue.head]}),
        -1,
    )
    if number < 0:
        return _two_phrases(prose, cue, first)
    return after_cue(prose, cue, Run(first, max(prose.quote_runs[number].last, prose.parse.right[object_])))


def _two_phrases(prose: Prose, cue: Cue, first: int) -> Found | None:
    """call X a Y: a second noun phrase that begins with "a" right after the first one ends."""
    tokens = prose.tokens
    last = clause_end(prose, first, cue.head)
    end = prose.sentence(first).last
    while last < end and tokens[last + 1].text not in {",", ";", ":", ".", "--", "—"}:
        last += 1
    second = any(
        tokens[i].text.lower() in {"a", "an"} and tokens[i - 1].pos in {"NOUN", "PROPN", "PRON"}
        for i in range(first + 1, last)
    )
    return after_cue(prose, cue, Run(first, last)) if second else None


def object_as(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """describe X as Y: object and as-phrase together; the as joins the cue where the object stands before it."""
    as_ = next(
        (
            c
            for c in prose.parse.children[cue.head]
            if c > cue.head
            and prose.tokens[c].text.lower() == "as"
            and prose.tokens[c].dep in {"prep", "mark", "advcl"}
        ),
        None,
    )
    object_ = object_of(prose, cue.head)
    if as_ is None and object_ is not None:
        as_ = next((c for c in prose.parse.children[object_] if prose.tokens[c].text.lower() == "as"), None)
    if as_ is None:
        return None
    if object_ is None or prose.tokens[object_].tag == "WP":  # "what doctors described as severe injuries"
        joins = as_ == cue.run.last + 1
        if not joins and not is_passive(prose, cue.head):
            return None
        return after_cue(prose, cue, Run(as_ + 1, prose.parse.right[as_]), as_ if joins else cue.run.last)
    return after_cue(
        prose, cue, Run(min(prose.parse.left[object_], as_), max(prose.parse.right[as_], prose.parse.right[object_]))
    )


def object_preposition(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """accuse X of Y: object and prepositional phrase together."""
    object_ = object_of(prose, cue.head)
    if object_ is None:
        return None
    for child in (*prose.parse.children[cue.head], *prose.parse.children[object_]):
        if (
            child > object_
            and prose.tokens[child].dep == "prep"
            and prose.tokens[child].text.lower() in cue.entry.object_prepositions
            and (prose.tokens[child].text.lower() != "at" or _is_number(prose, child))
        ):
            return after_cue(prose, cue, Run(prose.parse.left[object_], prose.parse.right[child]))
    return None


def _is_number(prose: Prose, preposition: int) -> bool:
    """Whether a toll is put at eleven, not a ladder at the door."""
    target = prose.child(preposition, "pobj")
    words = range(prose.parse.left[target], target + 1) if target is not None else ()
    return any(prose.tokens[i].tag == "CD" and prose.tokens[i].ner != "TIME" for i in words)


def preposition(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """speak about X: the preposition joins the cue when it follows it."""
    tokens, parse = prose.tokens, prose.parse
    for child in parse.children[cue.head]:
        token = tokens[child]
        if (
            child < cue.head
            or token.dep not in {"prep", "agent", "prt", "aux"}
            or token.text.lower() not in cue.entry.prepositions
        ):
            continue
        target = prose.child(child, "pobj", "pcomp", "ccomp")
        if target is None:
            continue
        aside = tokens[target].ner in {"DATE", "TIME"} or tokens[target].lemma.lower() in _PLATFORMS
        if token.text.lower() == "on" and aside:
            continue
        joins = all(tokens[i].pos == "ADV" for i in range(cue.run.last + 1, child))
        last = _object_end(prose, child, cue.head)
        if cue.entry.pos == "noun" and source is not None and child < source.first - 2 < last:
            last = source.first - 2  # "accusations of fraud | from the opposition"
        return after_cue(prose, cue, Run(child + 1, last), child if joins else cue.run.last)
    return None


def preposition_infinitive(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """call for X to do: X and the infinitive, whatever the parser hung them on."""
    tokens, for_ = prose.tokens, cue.run.last + 1
    if for_ >= len(tokens) or tokens[for_].dep != "mark" or tokens[for_].text.lower() not in cue.entry.prepositions:
        return None
    verb = tokens[for_].head
    if verb < for_ or not is_infinitive(prose.parse, verb) or not own_subject(prose, verb):
        return None
    return after_cue(prose, cue, Run(for_ + 1, clause_end(prose, verb, tokens[verb].head)), for_)


def _free_relative(prose: Prose, verb: int) -> int | None:
    """The verb of "what he called a breach" where that is an object."""
    tokens, parse = prose.tokens, prose.parse
    return next(
        (
            c
            for c in parse.children[verb]
            if c > verb and tokens[c].dep == "ccomp" and tokens[parse.left[c]].tag == "WP"
        ),
        None,
    )


def whole_phrase(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """respond to X: the preposition belongs to the content."""
    tokens, parse = prose.tokens, prose.parse
    for child in parse.children[cue.head]:
        if (
            child > cue.head
            and tokens[child].dep == "prep"
            and tokens[child].text.lower() in cue.entry.whole_prepositions
        ):
            return after_cue(prose, cue, Run(child, parse.right[child]))
    return None


def claimed_object(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """dismiss X, where X is a claim: to dismiss a minister says nothing."""
    object_ = object_of(prose, cue.head)
    return plain_object(prose, cue, source) if object_ is not None and object_ not in prose.people else None


_MADE = frozenset(
    "plan policy proposal bill law decision ruling verdict deal agreement accord pact reform budget record "
    "remark comment speech statement claim argument idea view stance approach strategy handling".split()
)  # what people say and decide


def viewed_object(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """attack X, where X is said or decided, or where one named person attacks another: gunmen attack a town."""
    object_ = object_of(prose, cue.head)
    if object_ is None:
        return None
    persons = prose.people & prose.actors
    named = source is not None and not persons.isdisjoint(range(source.first, source.last + 1))
    bodily = any(prose.tokens[child].text.lower() == "with" for child in prose.parse.children[cue.head])
    made = prose.tokens[object_].lemma.lower() in _MADE
    return plain_object(prose, cue, source) if made or (named and object_ in persons and not bodily) else None


def plain_object(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """support X: the object, which may be a relative pronoun or the noun of a bare relative clause."""
    tokens, parse = prose.tokens, prose.parse
    object_ = object_of(prose, cue.head)
    if object_ is None:
        object_ = _free_relative(prose, cue.head)
    if object_ is not None:
        if object_ < cue.head:
            return Found((Run(parse.left[object_], object_),), cue.run.last)
        if tokens[object_].text.lower() in {"himself", "herself", "itself", "themselves"}:
            return None
        run = Run(parse.left[object_], _object_end(prose, object_, cue.head))
        return after_cue(prose, cue, _before_comment(prose, run))
    head = tokens[cue.head].head
    if tokens[cue.head].dep in {"relcl", "acl"} and source is not None and head < source.first:
        that = source.first - 1
        if tokens[that].text.lower() == "that" and head < that and tokens[that].head == cue.head:
            # the parser took "that" for a conjunction though the verb lacks its object
            return Found((Run(that, that),), cue.run.last)
        if tokens[cue.head].dep == "acl":
            return None
        if source.last >= cue.head or tokens[source.first].text.lower() in RELATIVE:
            return None
        return Found((Run(parse.left[head], source.first - 1),), cue.run.last)
    return None


def _before_comment(prose: Prose, run: Run) -> Run:
    """An object without the relative clause that a comma only appends."""
    tokens = prose.tokens
    for i in range(run.first + 2, run.last):
        if tokens[i].text.lower() in {"who", "which", "whose"} and tokens[i - 1].text == "," and prose.quote_of[i] < 0:
            return Run(run.first, i - 2)
    return run


def _object_end(prose: Prose, object_: int, head: int) -> int:
    """An object takes along the phrases that complete it, not those of time and place."""
    tokens, parse = prose.tokens, prose.parse
    last = parse.right[object_]
    for child in parse.children[head]:
        if parse.left[child] <= last:
            continue
        completes = (tokens[child].dep == "prep" and tokens[child].text.lower() in _COMPLETING) or tokens[
            child
        ].dep in {"xcomp", "acl", "prt", "oprd"}
        for_ = "for" in {tokens[object_].text.lower(), tokens[parse.left[child]].text.lower()}
        completes |= for_ and tokens[child].dep == "advcl" and is_infinitive(prose.parse, child)
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


def receiver(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """The plan drew criticism from the union: what receives it."""
    verb = sources.receiving(prose, cue.head) if source is not None else None
    subject = sources.subject(prose, verb) if verb is not None else None
    return Found((sources.noun_phrase(prose, subject),), cue.run.last) if subject is not None else None


def passive(kind: str) -> Reader:
    """The passive of a frame: its subject is the content, with whatever else the frame asks for."""

    def read(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
        subject = _passive_subject(prose, cue)
        if subject is None:
            return None
        patient = trimmed(prose, subject)
        if patient is None:
            return None
        if kind == "claim" and patient.last in prose.people:
            return None
        if kind in {"obj", "claim"}:
            if cue.entry.kind not in _JUDGING and source is None:
                return None
            return Found((patient,), cue.run.last)
        if prose.tokens[cue.head].dep == "acl" and cue.entry.word == "call" and source is None:
            return None  # "a group called X" only names it
        rest = {"obj+to": infinitive, "obj+pred": object_predicate, "obj+as": object_as, "obj@": _second}[kind](
            prose, cue, source
        )
        if rest is None:
            return None
        return Found((patient, *rest.content), rest.cue_last)

    return read


def _second(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    return preposition(
        prose, cue._replace(entry=cue.entry._replace(prepositions=cue.entry.object_prepositions)), source
    )


def after_agent(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """What is said of a passive's subject, behind who says it: "Lund was accused by Berg | of lying"."""
    complement = sources.past_agent(prose, cue)
    if complement is None:
        return None
    word, entry = prose.tokens[complement], cue.entry
    preposition = word.dep == "prep"
    run = Run(complement + 1 if preposition else prose.parse.left[complement], prose.parse.right[complement])
    addressed = word.text.lower() in entry.prepositions if preposition else "obj-to" in entry.frames
    subject = _passive_subject(prose, cue) if not addressed else None
    patient = trimmed(prose, subject) if subject is not None else None
    rest = after_cue(prose, cue, run, cue.run.last)
    return rest._replace(content=(patient, *rest.content)) if rest and patient else rest


def seeming(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """seem, appear: subject and complement together, told by nobody."""
    tokens, parse = prose.tokens, prose.parse
    own = prose.child(cue.head, "nsubj")
    for child in parse.children[cue.head]:
        if (
            child > cue.head
            and own is not None
            and own < cue.head
            and tokens[child].dep in {"xcomp", "oprd", "acomp", "ccomp"}
        ):
            return Found((prose.subtree(own), *pieces(prose, prose.subtree(child), [cue.run], cue.run)), cue.run.last)
    return None
