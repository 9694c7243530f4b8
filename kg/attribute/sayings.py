"""All sayings of an article's prose: cue, source and content put together, one per cue."""

from __future__ import annotations

from collections.abc import Iterator

from kg.attribute import content, edges, sources
from kg.attribute.citing import cited
from kg.attribute.cues import cues
from kg.attribute.patterns import patterns
from kg.attribute.prose import NOMINAL, Cue, Prose, Run, Saying
from kg.attribute.succession import before_comment, before_relative, continued, divided

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
        "sign",
        "strike",
    }
)
_LINKS = frozenset({"and", "but", "though", "although", "while", "even", "also"})
_PHRASE = NOMINAL | {"DET", "ADJ", "CCONJ", "PART"}
_PERMITTING = frozenset({"authorize", "authorise", "allow", "permit", "entitle", "empower", "clear"})
_ANONYMITY = frozenset({"named", "identified", "quoted", "anonymity", "anonymous"})


def sayings(prose: Prose) -> tuple[Saying, ...]:
    """Every saying, in order of its cue."""
    found = [*_lexical(prose), *patterns(prose)]
    found = [saying for saying in found if saying.source is not None or not _told_by_another(saying, found)]
    found.sort(key=lambda saying: (saying.cue.first, -saying.cue.last))
    kept = [before_relative(prose, saying, found) for saying in _distinct(found)]
    return cited(prose, continued(prose, divided(prose, before_comment(prose, kept))))


def _told_by_another(saying: Saying, found: list[Saying]) -> bool:
    """Whether somebody is named for what a bare "reportedly" stands in, or says it "in | a statement | that"."""
    if any(saying.content == other.content and other.source is not None for other in found):
        return True
    return (
        saying.kind == "say"
        and saying.cue.first == saying.cue.last
        and any(
            run.first <= saying.head <= run.last and other.source is not None
            for other in found
            for run in other.content
        )
    )


def _lexical(prose: Prose) -> Iterator[Saying]:
    for cue in cues(prose):
        saying = _saying(prose, cue)
        if saying is not None:
            yield saying


def _saying(prose: Prose, cue: Cue) -> Saying | None:
    head, cue = source_of(prose, cue)
    passive = cue.entry.pos == "verb" and edges.is_passive(prose, cue.head)
    run = None
    if head is not None:
        complement = sources.past_agent(prose, cue) if head > cue.run.last else None
        stop = prose.parse.left[complement] if complement is not None else None
        stop = cue.run.first if head < cue.run.first else stop
        run = sources.noun_phrase(prose, head, stop=stop)
    found = content.find(prose, cue, run)
    if found is None or not _plausible(prose, cue, head, found.frame) or _asks_anonymity(prose, cue, found.content):
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
        content=_named(prose, _before_agent(found.content, run) if passive else found.content),
        frame=found.frame,
    )


def _before_agent(runs: tuple[Run, ...], agent: Run | None) -> tuple[Run, ...]:
    """The content of a passive without its agent: "urged | to act | by unions"."""
    if agent is None:
        return runs
    return tuple(
        Run(run.first, agent.first - 2) if run.first < agent.first - 1 and agent.last <= run.last else run
        for run in runs
    )


def _named(prose: Prose, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The noun phrase instead of a bare relative pronoun that stands for it: "| a charge | that Addis Ababa denied"."""
    pronoun = runs[0].first
    if len(runs) > 1 or runs[0].last > pronoun:
        return runs
    noun = sources.antecedent(prose, pronoun)
    if noun >= pronoun:
        return runs
    children = (c for c in prose.parse.children[noun] if prose.subtree(c).first <= pronoun <= prose.subtree(c).last)
    stop = min((prose.subtree(c).first for c in children), default=pronoun)
    phrase = edges.trimmed(prose, sources.noun_phrase(prose, noun, stop=stop))
    return (phrase,) if phrase is not None else runs


def _asks_anonymity(prose: Prose, cue: Cue, runs: tuple[Run, ...]) -> bool:
    """ "Officials who asked not to be named": that describes the source, and says nothing of the world."""
    complement = prose.child(cue.head, "xcomp")  # which the parser may leave behind for another content
    for first, last in (runs[0], *([prose.subtree(complement)] if complement is not None else [])):
        words = {prose.tokens[i].text.lower() for i in range(first, min(last, first + 5) + 1)}
        if words & _ANONYMITY and words & {"be", "anonymity", "anonymous"}:
            return True
    return False


def _in_free_relative(prose: Prose, cue: Cue, source: int | None) -> bool:
    """ "What he called a breach" is a name for a thing, inside what somebody says of it."""
    first = min(cue.run.first, prose.parse.left[source]) if source is not None else cue.run.first
    return first > 0 and prose.tokens[first - 1].text.lower() == "what"


def source_of(prose: Prose, cue: Cue) -> tuple[int | None, Cue]:
    """The head of a cue's source; a noun's cue may grow over the light verb that carries it."""
    tokens = prose.tokens
    if "subj+to" in cue.entry.frames:
        return None, cue
    if cue.entry.pos == "verb":
        if edges.is_passive(prose, cue.head):
            return sources.agent(prose, cue.head), cue
        if (verb := _inserted_after(prose, cue.head)) is not None:
            return sources.shared_subject(prose, verb), cue
        found = sources.before_bracket(prose, cue.run.first) or sources.shared_subject(prose, cue.head)
        found = found if found is not None else _inverted(prose, cue)
        return (found if found is not None else _phrase_before(prose, cue)), cue
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


def _inserted_after(prose: Prose, participle: int) -> int | None:
    """The verb of saying whose subject cites, though the parser gave the participle to what is said:
    "Reuters | reported |, citing officials, that the army left"."""
    tokens, parse = prose.tokens, prose.parse
    said = tokens[participle].head
    verb = tokens[said].head
    first = parse.left[participle]
    inserted = tokens[participle].tag == "VBG" and tokens[participle].dep == "advcl" and tokens[first - 1].text == ","
    told = tokens[said].dep == "ccomp" and verb < participle < said
    return verb if first and inserted and told and parse.left[said] == first else None


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


def _phrase_before(prose: Prose, cue: Cue) -> int | None:
    """The noun phrase right before a finite cue, where the parser gave it to another word."""
    tokens = prose.tokens
    if tokens[cue.head].tag not in {"VBD", "VBZ", "VBP"} or cue.run.first == 0:
        return None
    last = first = cue.run.first - 1
    start = max(prose.sentence(cue.head).first, first - 9)
    if tokens[last].text == "," and last > start:
        return _apposed(prose, last - 1)
    while first >= start and tokens[first].text not in {",", ";", ":", "--", "—"}:
        if tokens[first].pos not in _PHRASE:
            return None
        first -= 1
    heads = [i for i in range(first + 1, last + 1) if not first < tokens[i].head <= last and tokens[i].pos in NOMINAL]
    return heads[0] if len(heads) == 1 else None


def _apposed(prose: Prose, last: int) -> int | None:
    """The noun before the apposition that ends there: "..., the paper's | editor |, Mark Lee, wrote"."""
    tokens, parse = prose.tokens, prose.parse
    name = last
    noun = tokens[name].head
    between = parse.left[name] - 1
    known = tokens[name].dep == "appos" and tokens[noun].pos in NOMINAL and between > noun
    return noun if known and tokens[between].text == "," and tokens[parse.left[noun] - 1].text == "," else None


def _noun_source(prose: Prose, cue: Cue) -> tuple[int | None, Cue]:
    tokens = prose.tokens
    owner = prose.child(cue.head, "poss")
    if owner is not None:
        return owner, cue
    token = tokens[cue.head]
    if (verb := sources.receiving(prose, cue.head)) is not None:
        return sources.giver(prose, cue.head, verb), cue
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
    if _is_forbidden(prose, cue.head):
        return False
    if cue.entry.pos != "verb":
        received = sources.receiving(prose, cue.head) is not None or _exists(prose, cue.head)
        return source is not None or (cue.entry.pos == "noun" and (frame == "that" or received))
    if "subj+to" in cue.entry.frames:
        return True
    if cue.entry.kind == "describe" and _in_free_relative(prose, cue, source):
        return False
    if source is not None and tokens[source].text.lower() == "you" and prose.quote_of[cue.head] < 0:
        return False
    if source is None:
        return (edges.is_passive(prose, cue.head) and cue.entry.kind not in {"decide"}) or (
            tokens[cue.head].tag == "VBG" and cue.entry.kind == "say"
        )
    return True


def _is_forbidden(prose: Prose, verb: int) -> bool:
    """ "Officials who were not authorized to discuss the case": why they are not named, and nothing is said."""
    governor = prose.tokens[verb].head
    permitted = prose.tokens[governor].lemma.lower() in _PERMITTING and prose.tokens[verb].dep == "xcomp"
    return permitted and prose.child(governor, "neg") is not None


def _exists(prose: Prose, noun: int) -> bool:
    """There were calls for something: nobody is named."""
    return prose.tokens[noun].dep == "attr" and prose.child(prose.tokens[noun].head, "expl") is not None


def _distinct(found: list[Saying]) -> list[Saying]:
    kept: list[Saying] = []
    for saying in found:
        if any(saying.cue.first <= other.cue.last and other.cue.first <= saying.cue.last for other in kept):
            continue
        kept.append(saying)
    return kept
