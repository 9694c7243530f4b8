"""Whether a graph is what it says it is: every span, hash, chain and quad, and the originals if they are given.

    readings    each is there, whole, under the key that its text, metadata and reader give; its spans slice, its chains
                reach the article (`kg.store.sound`)
    comparison  its quotes stand where it says; what it rests on exists
    store       every quote is what the text has at its offsets; every attribution reaches an article; and its quads are
                those, all and only those, that follow from readings, comparison and promotion rules
    originals   each article's bytes, read again, give the hash and the text that the graph was made from

What was written by another version of the program is not held against this version's quads: `notes` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.export.across import identity_lines, link_lines
from kg.export.rdf import own_lines, shared_lines
from kg.export.terms import quads
from kg.ids import mint
from kg.model import Article, Reading
from kg.store import codec
from kg.store.facts import default_rules, promote
from kg.store.folder import Entry
from kg.store.graph import KnowledgeGraph
from kg.store.sound import Failure, Known, comparison_failures, reading_failures
from kg.vocab import GRAPH, KG, NIF, PROV, RDF

DEFAULT = DefaultGraph()


@dataclass(slots=True)
class Verified:
    """What was found: `failures` in the order of the checks, `notes` on what could not be checked."""

    articles: int = 0
    phrases: int = 0
    quads: int = 0
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return not self.failures


def verify(graph: KnowledgeGraph, originals: Iterable[Article] | None = None) -> Verified:
    """Check everything. With `originals`, each article of the graph is looked for among them."""
    found = Verified(articles=len(graph.manifest.articles))
    given: dict[str, list[Article]] | None = None
    if originals is not None:
        given = {entry.iri: [] for entry in graph.manifest.articles}
        for article in originals:
            given.get(article.iri, []).append(article)
    elif not graph.manifest.text:
        found.notes.append(
            "the graph holds no text: give the articles with --originals to check the spans against them"
        )
    known, whole = Known(), True
    for entry in graph.manifest.articles:
        reading = _reading(graph, entry, found)
        whole = whole and reading is not None
        if reading is not None:
            found.failures += _hashes(graph, entry, reading)
            worded = reading if given is None else _with_original(graph, entry, reading, given, found)
            found.failures += reading_failures(worded)
            known.add(worded)
    place = str(graph.folder.path)
    found.failures += comparison_failures(graph.comparison, known, place)
    try:
        found.failures += _indexes(graph.store, place)
        found.failures += _phrases(graph.store, known, found)
        found.failures += _reached(graph.store, place)
        if whole:
            _quads(graph, known, found)
    except (OSError, RuntimeError) as error:  # Oxigraph's own checksums
        found.failures.append(Failure(place, None, f"the store is damaged ({error}); kg rebuild makes it anew"))
    return found


# --- readings and originals --------------------------------------------------------------------------------


def _reading(graph: KnowledgeGraph, entry: Entry, found: Verified) -> Reading | None:
    path = graph.folder.reading_path(entry.key)
    try:
        return codec.decode_reading(path.read_bytes())
    except OSError as error:
        found.failures.append(Failure(entry.id, None, f"its reading {path} cannot be read: {error.strerror}"))
    except StoreError as error:
        found.failures.append(Failure(entry.id, None, f"its reading {path}: {error}"))
    return None


def _hashes(graph: KnowledgeGraph, entry: Entry, reading: Reading) -> Iterator[Failure]:
    article = reading.article
    if article.sha256 != entry.sha256:
        yield Failure(entry.id, None, f"has the hash {article.sha256}, the graph's list of articles {entry.sha256}")
    if article.iri != mint(graph.manifest.base, "article", article.sha256) or article.iri != entry.iri:
        yield Failure(entry.id, None, f"is called {article.iri}, which does not follow from its hash")
    if article.text and graph.manifest.reader and codec.key(article, graph.manifest.reader) != entry.key:
        yield Failure(entry.id, None, "its text or its metadata is not that which was read: their hash differs")


def _with_original(
    graph: KnowledgeGraph, entry: Entry, reading: Reading, given: dict[str, list[Article]], found: Verified
) -> Reading:
    """The reading with its original's text, where that is the text it was made from."""
    candidates = given[entry.iri]
    if not candidates:
        found.failures.append(Failure(entry.id, None, f"none of the originals has its hash, {entry.sha256}"))
        return reading
    reader, text = graph.manifest.reader, reading.article.text
    for article in candidates:
        if (reader and codec.key(article, reader) == entry.key) or article.text == text:
            return replace(reading, article=replace(reading.article, text=article.text))
    found.failures.append(
        Failure(entry.id, None, "its original has the same bytes, and now gives another text or metadata")
    )
    return reading


# --- the store ---------------------------------------------------------------------------------------------


# what the orders are kept by, in which a store keeps its quads beside that of a plain walk through it
_ORDERS: tuple[Callable[[Quad], tuple[Any, Any, Any, Any]], ...] = (
    lambda quad: (quad.subject, None, None, None),
    lambda quad: (None, quad.predicate, None, None),
    lambda quad: (None, None, quad.object, None),
    lambda quad: (None, quad.predicate, None, quad.graph_name),
    lambda quad: (None, None, quad.object, quad.graph_name),
)


def _indexes(store: Store, place: str) -> Iterator[Failure]:
    """Every order in which the store keeps its quads has the same ones, and can be read to its end.

    This comes first: a query over a damaged order may never end.
    """
    expected: list[Counter[tuple[Any, Any, Any, Any]]] = [Counter() for _ in _ORDERS]
    for quad in store:
        for order, counted in zip(_ORDERS, expected, strict=True):
            counted[order(quad)] += 1
    for order, counted in zip(_ORDERS, expected, strict=True):
        for pattern, number in counted.items():
            kept = list(store.quads_for_pattern(*pattern))
            if len(kept) != number:  # by an integer that ends in FF (hexadecimal), Oxigraph 0.5 finds others as well
                kept = [quad for quad in kept if order(quad) == pattern]
            if len(kept) != number:
                named = " ".join("?" if term is None else str(term) for term in pattern)
                told = f"the store finds {len(kept)} of {number} statements by {named}; kg rebuild mends it"
                yield Failure(place, None, told)


def _phrases(store: Store, known: Known, found: Verified) -> Iterator[Failure]:
    """Every phrase has the offsets of its IRI, lies in its article's text, and quotes what stands there."""
    for quad in store.quads_for_pattern(None, NIF.referenceContext, None, DEFAULT):
        found.phrases += 1
        iri, article = _value(quad.subject), _value(quad.object)
        place, text = known.ids.get(article, article), known.texts.get(article)
        context, _, offsets = iri.partition("#char=")
        start, end = (int(part) if part.isdigit() else -1 for part in (*offsets.split(","), "", "")[:2])
        if context != article or not 0 <= start < end or (text and end > len(text)):
            yield Failure(place, max(start, 0), f"{iri} is no stretch of {article}")
            continue
        for predicate, expected in ((NIF.beginIndex, start), (NIF.endIndex, end)):
            for stated in _objects(store, quad.subject, predicate):
                if stated != str(expected):
                    yield Failure(place, start, f"{iri} has {stated} as its offset")
        for quote in _objects(store, quad.subject, NIF.anchorOf):
            if text and quote != text[start:end]:
                yield Failure(place, start, f"the quote {quote!r} is not in the text, which has {text[start:end]!r}")
    for quad in store.quads_for_pattern(None, NIF.isString, None, DEFAULT):
        article = _value(quad.subject)
        if known.texts.get(article) not in (None, _value(quad.object)):
            yield Failure(known.ids[article], None, "the text in the store is not that which was read")


def _reached(store: Store, place: str) -> Iterator[Failure]:
    """Every attribution and proposition is said, in however many steps, by an article's own voice."""
    said_in = {quad.object: quad.subject for quad in store.quads_for_pattern(None, KG.content, None, DEFAULT)}
    voices = set(_instances(store, KG.OwnVoice))
    articles = set(_instances(store, KG.Article))
    for thing in sorted({*_instances(store, KG.Attribution), *_instances(store, KG.Proposition)}, key=str):
        above, steps = thing, 0
        while above in said_in and steps <= len(said_in):
            above, steps = said_in[above], steps + 1
        derived = [quad.object for quad in store.quads_for_pattern(above, PROV.wasDerivedFrom, None, DEFAULT)]
        if above not in voices or not derived or not set(derived) <= articles:
            yield Failure(place, None, f"{_value(thing)} is said by no article: the chain ends at {_value(above)}")


def _quads(graph: KnowledgeGraph, known: Known, found: Verified) -> None:
    """The store holds what follows from the rest, and nothing else but the record of builds."""
    curation = graph.folder.path / "curation.toml"
    if graph.manifest.code != codec.writers() or graph.manifest.across != codec.across(curation):
        found.notes.append(
            "another version of the program, of its rules or of curation.toml wrote the graph, so its statements were "
            "not compared with what this one would write; kg rebuild makes them anew"
        )
        return
    store, missing, expected = graph.store, 0, 0
    for quad in _expected(graph):
        expected += 1
        if quad not in store:
            missing += 1
            found.failures.append(_lost(quad, known, str(graph.folder.path)))
    found.quads = expected
    runs = sum(1 for _ in store.quads_for_pattern(None, None, None, GRAPH.runs))
    if len(store) - runs != expected - missing:  # only then is it worth holding all of them at once
        rightful = set(_expected(graph))
        for quad in graph.quads():
            if quad not in rightful:
                found.failures.append(_foreign(quad, known, str(graph.folder.path)))


def _expected(graph: KnowledgeGraph) -> Iterator[Quad]:
    """Every quad of the store but the record of builds, once. None of them is taken from the store."""
    promoted = Store()
    for reading in graph.readings(text=False):
        own = list(quads(own_lines(reading)))
        promoted.extend(own)
        yield from own
    comparison = graph.comparison
    readings = graph.readings(text=False)
    shared = set(quads(chain(shared_lines(readings), identity_lines(comparison), link_lines(comparison))))
    promoted.extend(shared)
    yield from shared | set(quads(promote(promoted, default_rules())))


def _lost(quad: Quad, known: Known, place: str) -> Failure:
    return _of(quad, known, place, "is missing from the store")


def _foreign(quad: Quad, known: Known, place: str) -> Failure:
    return _of(quad, known, place, "is in the store, and follows from nothing")


def _of(quad: Quad, known: Known, place: str, what: str) -> Failure:
    """A failure of a quad, at the article and the offset that it speaks of, if any."""
    for term in (quad.subject, quad.object):
        article, _, offsets = (term.value if isinstance(term, NamedNode) else "").partition("#char=")
        if article in known.ids:
            start = offsets.split(",")[0]
            return Failure(known.ids[article], int(start) if start.isdigit() else None, f"{quad} {what}")
    return Failure(place, None, f"{quad} {what}")


def _instances(store: Store, kind: NamedNode) -> Iterator[Any]:
    return (quad.subject for quad in store.quads_for_pattern(None, RDF.type, kind, DEFAULT))


def _objects(store: Store, subject: Any, predicate: NamedNode) -> list[str]:
    return [_value(quad.object) for quad in store.quads_for_pattern(subject, predicate, None, DEFAULT)]


def _value(term: Any) -> str:
    return str(getattr(term, "value", term))
