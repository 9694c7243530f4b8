"""Sayings, in tokens, as the model's attributions, in characters, with entities, flags, chain and events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.tree import token_at
from kg.attribute import chains, sources
from kg.attribute.prose import Prose, Run, Saying
from kg.attribute.told import told
from kg.ids import within
from kg.model import Article, Attribution, Entity, Mention, Reading, Source, Span

_COLLECTIVE = frozenset(
    "media press public opposition police team group staff family community crowd audience many some most several few "
    "others all both people everyone everybody majority they those".split()
)
_DEFINITE = frozenset({"the", "its", "his", "her", "their", "our"})
_SPEAKING = frozenset({"person", "organization"})
_NOBODY = frozenset("who someone somebody anyone nobody everyone everybody one another some many others".split())


def attributions(reading: Reading, prose: Prose, found: Sequence[Saying]) -> tuple[Attribution, ...]:
    """The root, then all links in order of their cues."""
    article = reading.article
    mentions = _by_token(reading, prose)
    kept = chains.linked(prose, found, lambda a, b: _same(prose, mentions, a, b))
    above = chains.parents(kept, len(prose.tokens))
    owner = chains.innermost(kept, len(prose.tokens))
    root = within(article.iri, "attribution", "root")
    names = [_iri(prose, article, saying) for saying in kept]
    entities = {entity.iri: entity for entity in reading.entities}
    events: dict[int | None, list[str]] = {}
    relations: dict[int | None, list[str]] = {}
    for event in reading.events:
        events.setdefault(_holder(prose, owner, event.trigger), []).append(event.iri)
    for relation in reading.relations:
        relations.setdefault(_holder(prose, owner, relation.span), []).append(relation.iri)
    outlet = Attribution(
        iri=root,
        source=Source(span=None, entity=None, label=article.publisher or ""),
        cue=None,
        content=(),
        events=tuple(events.get(None, ())),
        relations=tuple(relations.get(None, ())),
    )
    links = []
    spoke_to: dict[str, str] = {}  # who without a name has told an outlet goes on telling it
    for index, saying in enumerate(kept):
        parent, source = above[index], _source(prose, saying, mentions, entities)
        outlet_told = told(prose, saying, mentions, entities)
        if source.anonymous and source.entity and not source.collective:
            outlet_told = outlet_told or spoke_to.get(source.entity)
            if outlet_told:
                spoke_to.setdefault(source.entity, outlet_told)
        spans = tuple(prose.parse.span(*run) for run in sorted(saying.content))
        links.append(
            Attribution(
                iri=names[index],
                source=replace(source, told=outlet_told),
                cue=prose.parse.span(*saying.cue),
                content=spans,
                verbatim=_verbatim(prose, saying),
                events=tuple(events.get(index, ())),
                relations=tuple(relations.get(index, ())),
                parent=root if parent is None else names[parent],
            )
        )
    return (outlet, *links)


def _iri(prose: Prose, article: Article, saying: Saying) -> str:
    runs = [saying.cue, *([saying.source] if saying.source else []), *saying.content]
    return within(
        article.iri, "attribution", *(f"{span.start},{span.end}" for span in (prose.parse.span(*run) for run in runs))
    )


def _holder(prose: Prose, owner: Sequence[int | None], span: Span) -> int | None:
    """The saying that holds what a span tells; its first token decides."""
    if not prose.tokens:
        return None
    return owner[token_at(prose.parse, span.start)]


def _verbatim(prose: Prose, saying: Saying) -> tuple[Span, ...]:
    """What stands between quotation marks inside the content."""
    own = prose.quote_of[saying.head]
    parts = []
    for run in sorted(saying.content):
        outer = prose.parse.span(*run)
        for number in sorted({prose.quote_of[i] for i in range(run.first, run.last + 1)} - {-1, own}):
            quote = prose.quotes[number]
            start, end = max(quote.inner_first, outer.start), min(quote.inner_end, outer.end)
            inner = prose.text[start:end]
            if inner.strip():
                parts.append(Span(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())))
    return tuple(parts)


def _by_token(reading: Reading, prose: Prose) -> dict[int, Mention]:
    """For each token the mention whose head it is in."""
    found: dict[int, Mention] = {}
    for mention in reading.mentions:
        for token in _inside(prose, mention.head):
            found.setdefault(token, mention)
    return found


def _inside(prose: Prose, span: Span) -> range:
    """The tokens that have a character in a stretch of the text."""
    return range(bisect_right(prose.parse.ends, span.start), bisect_right(prose.parse.starts, span.end - 1))


def _same(prose: Prose, mentions: dict[int, Mention], first: int, second: int) -> bool:
    one, other = mentions.get(sources.antecedent(prose, first)), mentions.get(sources.antecedent(prose, second))
    if one is not None and other is not None:
        return one.entity == other.entity
    if first == second:
        return True
    a, b = prose.tokens[first].text.lower(), prose.tokens[second].text.lower()
    return a in {"he", "she", "they", "it"} and a == b


def _source(prose: Prose, saying: Saying, mentions: dict[int, Mention], entities: dict[str, Entity]) -> Source:
    if saying.source is None or saying.source_head is None:
        return Source(span=None, entity=None, label="", anonymous=True)
    head = sources.antecedent(prose, saying.source_head)
    span = prose.parse.span(*saying.source)
    mention = mentions.get(head)
    entity = entities.get(mention.entity) if mention is not None else None
    if mention is not None and mention.kind in _SPEAKING and not (entity and entity.named):
        entity = _apposed(prose, mentions, entities, saying.source, head) or entity
    label = entity.label if entity is not None else _label(prose, saying, head).of(prose.text)
    token = prose.tokens[head]
    named = entity.named if entity is not None else token.pos == "PROPN"
    institution = mention is not None and _is_identified(prose, mention, saying.source.first, head, label)
    plural = token.tag in {"NNS"} or token.lemma.lower() in _COLLECTIVE
    return Source(
        span=span,
        entity=entity.iri if entity is not None else None,
        label=" ".join(label.split()),
        anonymous=not named
        and not institution
        and (token.lemma.lower() in _NOBODY or token.pos in {"NOUN", "PRON", "NUM", "ADJ"}),
        collective=bool(entity and entity.kind == "group") or (not named and plural),
    )


def _is_identified(prose: Prose, mention: Mention, first: int, head: int, label: str) -> bool:
    """Whether an institution without a name is known all the same: "the Kremlin website", "the finance ministry"
    (not "a company", "a Kremlin aide")."""
    owned = any(prose.tokens[i].pos == "PROPN" for i in range(first, head))
    definite = prose.tokens[head].tag == "NN" and label.partition(" ")[0].lower() in _DEFINITE
    return (owned and mention.kind in {"organization", "other"}) or (definite and mention.kind == "organization")


def _apposed(
    prose: Prose, mentions: dict[int, Mention], entities: dict[str, Entity], source: Run, head: int
) -> Entity | None:
    """Who a name in apposition tells: "the owner, Meridian Lines"; a person's, whatever it hangs on: "the mayor of
    Davao, Sebastian Cruz"."""
    tokens = prose.tokens
    for i in range(head + 1, source.last + 1):
        mention = mentions.get(i)
        if (
            mention is not None
            and mention.kind in _SPEAKING
            and tokens[i].dep == "appos"
            and (tokens[i].head == head or (mention.kind == "person" and tokens[tokens[i].head].dep == "pobj"))
            and tokens[prose.parse.left[i] - 1].text == ","
            and (entity := entities.get(mention.entity)) is not None
            and entity.named
        ):
            return entity
    return None


def _label(prose: Prose, saying: Saying, head: int) -> Span:
    """What to call a source that no entity is known for: its own words, or the noun its pronoun stands for."""
    if head == saying.source_head and saying.source is not None:
        return prose.parse.span(*saying.source)
    run: Run = sources.noun_phrase(
        prose, head, stop=saying.source.first if saying.source and saying.source.first > head else None
    )
    return prose.parse.span(*run)
