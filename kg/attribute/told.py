"""To whom a source spoke: the news organisation that had it first ("a US official told CNN", "in a statement to AFP").

Whoever quotes a source without a name has the word of that organisation alone, however many quote it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.attribute.clauses import MEDIA
from kg.attribute.prose import Prose, Saying
from kg.gazetteer import current
from kg.model import Entity, Mention

_NAMES = frozenset(
    "agency broadcasting channel chronicle courier daily dispatch echo gazette guardian herald journal ledger magazine "
    "mail media network news newspaper observer post press radio reporter review standard telegraph television times "
    "tribune tv weekly wire".split()
)  # words of what a news organisation is called
_OBJECTS = frozenset({"dobj", "dative", "nsubjpass"})
_PART_OF = frozenset({"poss", "compound", "nmod"})  # "CNN's reporter", "a Reuters correspondent"
_SPEAKING = frozenset({"speak", "talk"})
_OCCASIONS = MEDIA | {"conversation"}


def told(prose: Prose, saying: Saying, mentions: Mapping[int, Mention], entities: Mapping[str, Entity]) -> str | None:
    """The news organisation that a source spoke to, an entity. `mentions` are by the token of their head."""
    own = (*saying.content, *([saying.source] if saying.source else []))
    first, last = prose.subtree(saying.head)
    for token in range(first, last + 1):
        mention = mentions.get(token)
        if mention is None or any(run.first <= token <= run.last for run in own):
            continue
        entity = entities[mention.entity]
        if _is_news(entity) and _is_addressed(prose, saying, token):
            return entity.iri
    return None


def _is_news(entity: Entity) -> bool:
    if not entity.named or entity.kind != "organization":
        return False
    row = current().by_qid(entity.qid) if entity.qid else None
    return row.is_news if row else not _NAMES.isdisjoint(entity.label.casefold().split())


def _is_addressed(prose: Prose, saying: Saying, name: int) -> bool:
    """Whether a name is the object of the cue, or stands behind "to" or "with" there or with the occasion: "in an
    interview with CNN", "speaking to CNN"."""
    tokens = prose.tokens
    while tokens[name].dep in _PART_OF and tokens[name].head != name:
        name = tokens[name].head
    if tokens[name].dep in _OBJECTS:
        return tokens[name].head == saying.head
    preposition = tokens[tokens[name].head]
    if tokens[name].dep != "pobj" or preposition.text.lower() not in {"to", "with"}:
        return False
    governor = tokens[preposition.head]
    if governor.i == saying.head:  # "said to", not "likened to"
        return preposition.text.lower() == "to" and saying.kind == "say"
    if governor.lemma.lower() in _SPEAKING:
        return True
    return governor.lemma.lower() in _OCCASIONS and governor.dep in {"pobj", "dobj"}
