"""Cues: the words that attribute, with the run of words that belongs to them.

A cue's run is the verb with its auxiliaries, negation and the adverbs among them ("has also been asked"), the verb
that it hangs on where that one only says that it began or went on ("continued to argue"), its particle, and the
preposition that introduces its content ("called for"). A noun's run goes back to its determiner, or to the
possessor that is its source.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.attribute.lexicon import Entry, entries, particles
from kg.attribute.prose import Cue, Prose, Run

_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
_COPULAS = frozenset({"be", "feel", "seem", "remain", "become", "sound", "get", "appear", "look"})


def cues(prose: Prose) -> Iterator[Cue]:
    """All words of the prose that the lexicon knows as cues, in text order."""
    table = entries()
    for token in prose.tokens:
        if token.pos in {"VERB", "AUX"} or (token.pos == "ADJ" and token.tag in {"VBN", "VBD"}):
            entry = verb_entry(prose, token.i)
            if (
                entry is not None
                and entry.frames - {"chain"} | entry.prepositions | entry.object_prepositions | entry.whole_prepositions
            ):
                yield Cue(token.i, verb_run(prose, token.i), entry)
            elif token.tag == "VBN" and (feeling := table.get((token.text.lower(), "adj"))):
                yield Cue(token.i, verb_run(prose, token.i), feeling)
        elif token.pos == "NOUN" and (noun := table.get((token.lemma.lower(), "noun"))):
            yield Cue(token.i, noun_run(prose, token.i), noun)
        elif token.pos == "ADJ" and (adjective := table.get((token.lemma.lower(), "adj"))):
            yield Cue(token.i, adjective_run(prose, token.i), adjective)


def verb_entry(prose: Prose, verb: int) -> Entry | None:
    """The lexicon's row for a verb, that with its particle first."""
    table, tokens = entries(), prose.tokens
    lemma = tokens[verb].lemma.lower()
    particle = particle_of(prose, verb)
    if particle is not None:
        return table.get((f"{lemma} {tokens[particle].text.lower()}", "verb"))
    # the tagger's lemmas of hoping and rated are "hop" and "rat"
    return table.get((lemma, "verb")) or table.get((f"{lemma}e", "verb"))


def particle_of(prose: Prose, verb: int) -> int | None:
    """The token of the particle that makes another verb of this one ("point out"), None for a bare verb."""
    known = particles().get(prose.tokens[verb].lemma.lower())
    if not known:
        return None
    for child in prose.parse.children[verb]:
        token = prose.tokens[child]
        if (
            child > verb
            and token.text.lower() in known
            and (token.dep in {"prt", "advmod", "dobj", "acomp", "oprd", "ccomp"} or _bare(prose, child))
        ):
            return child
    return None


def _bare(prose: Prose, token: int) -> bool:
    """A preposition without an object is a particle: "went on to say"."""
    return prose.tokens[token].dep == "prep" and not prose.parse.children[token]


def verb_run(prose: Prose, verb: int) -> Run:
    """The verb with what stands before it in its group, and its particle where it follows at once."""
    first = _group_start(prose, verb)
    particle = particle_of(prose, verb)
    last = verb
    if particle == verb + 1:
        last = particle
    elif verb + 1 < len(prose.tokens) and prose.tokens[verb + 1].dep == "prt":
        last = verb + 1
    return Run(first, last)


def _group_start(prose: Prose, verb: int) -> int:
    tokens = prose.tokens
    first = verb
    while first > 0:
        before = tokens[first - 1]
        if before.head != verb or before.dep not in _BEFORE_VERB or before.tag in {"WRB", "IN"}:
            break
        if before.dep == "advmod" and prose.parse.left[before.i] != before.i:
            break
        first -= 1
    governor = tokens[verb].head
    if governor < first and _carries(prose, governor, first):
        return _group_start(prose, governor)
    if governor == first - 1 and _is_ability(prose, governor):
        return _group_start(prose, tokens[governor].head)
    while (
        first < verb
        and tokens[first].dep == "advmod"
        and tokens[first].text.lower() in {"so", "then", "however", "thus", "yet", "instead"}
    ):
        if tokens[first].text.lower() == "then" and first > 0:
            break
        first += 1
    return first


def _carries(prose: Prose, governor: int, first: int) -> bool:
    """Whether the verb before a cue only says that it began, went on, or was left undone ("stopped short of")."""
    entry = verb_entry(prose, governor)
    particle = particle_of(prose, governor)
    return entry is not None and "chain" in entry.frames and first - 1 in {governor, particle}


def _is_ability(prose: Prose, adjective: int) -> bool:
    """Whether an adjective only leads to the verb: "was able | to point out", not "was glad", which is a cue itself."""
    token = prose.tokens[adjective]
    entry = entries().get((token.lemma.lower(), "adj"))
    known = entry is not None and entry.kind != "effect"
    return token.pos == "ADJ" and token.dep == "acomp" and token.head < adjective and not known


def noun_run(prose: Prose, noun: int) -> Run:
    """The noun with its modifiers; a possessor is left out."""
    tokens, parse = prose.tokens, prose.parse
    first = noun
    for child in reversed([c for c in parse.children[noun] if c < noun]):
        if tokens[child].dep == "poss" or parse.right[child] != first - 1:
            break
        if tokens[child].dep not in {"det", "amod", "compound", "nummod", "advmod", "nmod", "quantmod"}:
            break
        first = parse.left[child]
    return Run(first, noun)


def adjective_run(prose: Prose, adjective: int) -> Run:
    """The adjective with its adverbs and the copula before it."""
    tokens = prose.tokens
    first = adjective
    while first > 0 and tokens[first - 1].head == adjective and tokens[first - 1].dep in {"advmod", "neg"}:
        first -= 1
    governor = tokens[adjective].head
    copular = tokens[adjective].dep in {"acomp", "oprd"} and tokens[governor].lemma in _COPULAS and governor < first
    between = (tokens[i] for i in range(governor + 1, first))
    if copular and all(token.head == governor and token.dep in {"neg", "advmod"} for token in between):
        return Run(_group_start(prose, governor), adjective)
    return Run(first, adjective)
