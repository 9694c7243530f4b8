"""Content: what is said, wanted, known or denied; possibly in several runs.

Each frame of the lexicon has a reader. A reader looks at the cue's dependants (or at the quotations beside it) and
gives the runs of tokens, with the cue's new last token where a preposition joins the cue; or nothing. The first that
finds something wins.
"""

from __future__ import annotations

from functools import cache

from kg.attribute.clauses import (
    beside,
    clause,
    gerund,
    infinitive,
    noun_clause,
    noun_infinitive,
    noun_predicate,
    relative_object,
    rest,
    wh_infinitive,
)
from kg.attribute.edges import Found, Reader, is_passive
from kg.attribute.lexicon import Entry
from kg.attribute.objects import (
    addressee_infinitive,
    after_agent,
    claimed_object,
    object_as,
    object_infinitive,
    object_predicate,
    object_preposition,
    passive,
    plain_object,
    preposition,
    preposition_infinitive,
    receiver,
    seeming,
    viewed_object,
    whole_phrase,
)
from kg.attribute.prose import Cue, Prose, Run
from kg.attribute.quoted import announced, noun_announced, quoted


def find(prose: Prose, cue: Cue, source: Run | None) -> Found | None:
    """The content of a cue by the first of its frames that fits."""
    following = cue.run.last + 1
    if "that" in cue.entry.frames and following < len(prose.tokens) and prose.tokens[following].text.lower() == "that":
        found = clause(prose, cue, source) if cue.entry.pos == "verb" else None
        if found is not None:
            return found._replace(frame="that")
    for frame, reader in _readers(cue.entry, is_passive(prose, cue.head)):
        found = reader(prose, cue, source)
        if found is not None and found.content:
            return found._replace(frame=found.frame or frame)
    return None


@cache
def _readers(entry: Entry, passive: bool) -> tuple[tuple[str, Reader], ...]:
    """The readers of a word's frames, in the order in which they are asked."""
    frames = set(entry.frames)
    frames.update({"@"} if entry.prepositions else ())
    frames.update({"+"} if entry.whole_prepositions else ())
    frames.update({"obj@"} if entry.object_prepositions else ())
    readers = (_PASSIVE if passive else _ACTIVE) if entry.pos == "verb" else _NOMINAL
    return tuple((frame, reader) for frame, reader in readers if frame in frames)


_ACTIVE: tuple[tuple[str, Reader], ...] = (
    ("@", preposition_infinitive),
    ("subj+to", seeming),
    ("obj+to", object_infinitive),
    ("obj-to", addressee_infinitive),
    ("obj+pred", object_predicate),
    ("quote", announced),
    ("quote", quoted),
    ("obj-quote", quoted),
    ("that", clause),
    ("obj-that", clause),
    ("that", beside),
    ("obj-that", beside),
    ("quote", beside),
    ("that", wh_infinitive),
    ("that", relative_object),
    ("that", rest),
    ("to", infinitive),
    ("ing", gerund),
    ("obj+as", object_as),
    ("obj@", object_preposition),
    ("@", preposition),
    ("+", whole_phrase),
    ("+", whole_phrase),
    ("claim", claimed_object),
    ("view", viewed_object),
    ("obj", plain_object),
)
_PASSIVE: tuple[tuple[str, Reader], ...] = (
    ("obj@", after_agent),
    ("obj+to", after_agent),
    ("obj-to", after_agent),
    ("obj+as", after_agent),
    ("@", after_agent),
    ("obj+to", passive("obj+to")),
    ("obj+pred", passive("obj+pred")),
    ("obj+as", passive("obj+as")),
    ("obj@", passive("obj@")),
    ("obj-to", addressee_infinitive),
    ("that", passive("obj+to")),
    ("that", clause),
    ("obj-that", clause),
    ("quote", quoted),
    ("@", preposition),
    ("claim", passive("claim")),
    ("obj", passive("obj")),
)
_NOMINAL: tuple[tuple[str, Reader], ...] = (
    ("quote", noun_announced),
    ("@", preposition_infinitive),
    ("that", noun_clause),
    ("that", noun_predicate),
    ("to", noun_infinitive),
    ("to", noun_predicate),
    ("@", preposition),
    ("@", receiver),
)
