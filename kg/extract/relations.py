"""Stated, standing relations: who holds which office, works for whom, owns what, stands where.

The words are data, `seeds/relations.tsv` (columns: relation, pos, subject, object_at, object, triggers):

noun
    a noun that says what its subject is to its object ("the Kremlin's spokesman, Dmitry Peskov"). The subject is
    what the noun describes: by apposition, as a title, by "be", or as the description's own entity. The object
    stands at one of the places of `object_at`: a preposition, poss, or mod (compound or demonym). The object
    "words" is the title itself, quoted: such a relation has no object entity.
verb
    subject and object stand at the verb ("Boeing owns ..."; "is based in ..."), `object_at` says where.

Both ends must be mentions of the kinds that the row names, so that every relation is between entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.errors import SeedError
from kg.extract.arguments import Classes
from kg.extract.control import surface_subject
from kg.extract.dependants import Argument, verb_arguments
from kg.extract.events import mentions_by_head
from kg.extract.nominal import noun_arguments
from kg.extract.syntax import NOMINAL, child, conjuncts, phrase
from kg.files import seeds
from kg.ids import within
from kg.model import Mention, Reading, Relation, Span

FILE = "relations.tsv"
COLUMNS = ("relation", "pos", "subject", "object_at", "object", "triggers")
WORDS = "words"
MORE = "more"  # beside "words": the bare noun alone is no title ("he is a leader")
TITLE = frozenset({"compound", "amod", "nmod"})
SUBJECT_KEYS = ("obj", "subj")  # of a passive ("is based in") and of an active verb


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table, without its triggers."""

    relation: str
    subject: frozenset[str]
    places: tuple[str, ...]
    object: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules by lemma (nouns: by the lemmas of the whole noun, joined by spaces)."""

    nouns: dict[str, tuple[Rule, ...]]
    verbs: dict[str, tuple[Rule, ...]]
    heads: frozenset[str]  # the last lemmas of the nouns


@cache
def rules() -> Rules:
    """The shipped table, read once a process. Raises `SeedError` for a broken row."""
    path = seeds(FILE)
    tables: dict[str, dict[str, list[Rule]]] = {"noun": {}, "verb": {}}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if line.startswith("#") or not line.strip() or cells[0] == COLUMNS[0]:
            continue
        if len(cells) != len(COLUMNS) or cells[1] not in tables:
            message = f"needs {len(COLUMNS)} cells ({' '.join(COLUMNS)}) and pos noun or verb"
            raise SeedError(message, file=str(path), line=number)
        relation, pos, subject, places, object_, triggers = cells
        rule = Rule(relation, _set(subject), tuple(filter(None, places.split(","))), _set(object_))
        for trigger in triggers.split("|"):
            tables[pos].setdefault(trigger, []).append(rule)
    nouns, verbs = ({lemma: tuple(found) for lemma, found in table.items()} for table in tables.values())
    return Rules(nouns, verbs, frozenset(noun.split()[-1] for noun in nouns))


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(",")))


def extract_relations(reading: Reading) -> Reading:
    """The reading with its `relations`, in text order, each once."""
    finder = _Finder(reading)
    found = {relation.iri: relation for relation in (*finder.from_nouns(), *finder.from_verbs(), *finder.from_places())}
    return replace(reading, relations=(*reading.relations, *found.values()))


class _Finder:
    """The relations of one article."""

    def __init__(self, reading: Reading) -> None:
        self.article = reading.article
        self.parse = reading.parse
        self.mentions = mentions_by_head(reading)
        self.classes = Classes(reading)
        self.rules = rules()

    def from_nouns(self) -> Iterator[Relation]:
        """ "Kremlin spokesman Dmitry Peskov", "EADS, the parent of Airbus", "she is the mayor of Riga"."""
        for token in self.parse.tokens:
            if token.pos not in ("NOUN", "PROPN") or token.lemma.lower() not in self.rules.heads:
                continue
            title, first = self._title(token.i)
            found = self.rules.nouns.get(title, ())
            subject = self._described(token.i) if found else None
            if subject is None:
                continue
            for rule in found:
                if rule.subject and subject.kind not in rule.subject:
                    continue
                yield from self._of_noun(rule, subject, token.i, first)
            if not any(rule.relation in ("holdsOffice", "nationality") for rule in found):
                yield from self._nationality(subject, token.i)

    def from_verbs(self) -> Iterator[Relation]:
        """ "Northrop, which is based in Los Angeles, owns Grumman"."""
        for token in self.parse.tokens:
            found = self.rules.verbs.get(token.lemma.lower(), ()) if token.pos == "VERB" else ()
            arguments = verb_arguments(self.parse, token.i) if found else []
            for rule in found:
                for key in SUBJECT_KEYS:
                    ends = [a for a in arguments if a.key in rule.places and a.key != key]
                    starts = [a for a in arguments if a.key == key]
                    if starts and ends and not (key == "subj" and "obj" in rule.places and starts == ends):
                        yield from self._all(rule, [a.head for a in starts], [a.head for a in ends])
                        break

    def from_places(self) -> Iterator[Relation]:
        """ "Osaka, Japan": a place in apposition to a place."""
        rule = Rule("locatedIn", frozenset({"place"}), (), frozenset({"place"}))
        for token in self.parse.tokens:
            if token.dep == "appos" and token.ner in ("GPE", "LOC") and self.parse.tokens[token.head].ner == "GPE":
                yield from self._all(rule, [token.head], [token.i])

    def _title(self, noun: int) -> tuple[str, int]:
        """The longest known noun that ends here, and its first token: "prime minister" before "minister"."""
        tokens = self.parse.tokens
        words = tokens[noun].lemma.lower()
        best, first = words, noun
        for i in range(noun - 1, max(noun - 3, -1), -1):
            words = f"{tokens[i].lemma.lower()} {words}"
            if words in self.rules.nouns:
                best, first = words, i
        return best, first

    def _described(self, noun: int) -> Mention | None:
        """The mention that the noun describes: a name beside it, the subject of "be", or its own."""
        parse, token = self.parse, self.parse.tokens[noun]
        governor = parse.tokens[token.head]
        if token.dep in TITLE and governor.pos == "PROPN":
            return None if governor.lemma.lower() in self.rules.nouns else self._mention(token.head)
        if token.dep == "conj" and governor.dep in ("appos", "attr"):
            return self._described(token.head)
        if token.dep == "pobj" and governor.text.lower() == "as":
            return None  # "succeeded him as president": whose office it is depends on the verb
        if token.dep == "appos":
            return self._mention(token.head)
        if token.dep == "attr" and governor.lemma == "be":
            subject = surface_subject(parse, token.head)
            return None if subject is None else self._mention(subject)
        apposed = child(parse, noun, "appos")
        if apposed is not None and parse.tokens[apposed].pos == "PROPN" and (found := self._mention(apposed)):
            return found
        return self._mention(noun)

    def _of_noun(self, rule: Rule, subject: Mention, noun: int, first: int) -> Iterator[Relation]:
        parse = self.parse
        if WORDS in rule.object:
            start = first
            while start - 1 >= parse.left[noun] and (
                parse.tokens[start - 1].dep in TITLE or parse.tokens[start - 1].tag == "HYPH"
            ):
                start -= 1  # also "Secretary-General"
            span = Span(parse.tokens[start].start, self._end_of_title(noun))
            bare = start == noun and span.end == parse.tokens[noun].end and parse.tokens[noun].dep not in TITLE
            if not span.overlaps(subject.head) and not (bare and MORE in rule.object):
                yield self._relation(rule.relation, subject, None, span)
            return
        arguments = list(noun_arguments(parse, noun, self.classes))
        arguments += self._before_name(noun)
        heads = [a.head for a in arguments if a.key in rule.places]
        yield from self._pairs(rule, [subject], heads)

    def _end_of_title(self, noun: int) -> int:
        """Where "mayor of Bremen" ends."""
        for c in self.parse.children[noun]:
            if self.parse.tokens[c].dep == "prep" and self.parse.tokens[c].text.lower() == "of":
                inner = child(self.parse, c, "pobj")
                if inner is not None and self.parse.tokens[inner].pos != "PRON":
                    return phrase(self.parse, inner).end
        return self.parse.tokens[noun].end

    def _before_name(self, noun: int) -> Iterable[Argument]:
        """In "Apple CEO Tim Cook" the owner hangs on the name, not on the title."""
        parse, token = self.parse, self.parse.tokens[noun]
        if token.dep not in TITLE or parse.tokens[token.head].pos != "PROPN":
            return []
        return [
            Argument("poss" if parse.tokens[c].dep == "poss" else "mod", c)
            for c in parse.children[token.head]
            if c < noun and parse.tokens[c].dep in (*TITLE, "poss")
        ]

    def _nationality(self, subject: Mention, noun: int) -> Iterator[Relation]:
        """ "the French actor": a person described with a demonym, where no office explains it."""
        if subject.kind != "person":
            return
        rule = Rule("nationality", frozenset({"person"}), (), frozenset({"place"}))
        near = [*self.parse.children[noun], *(a.head for a in self._before_name(noun))]
        yield from self._pairs(rule, [subject], [c for c in near if self.parse.tokens[c].ner == "NORP"])

    def _all(self, rule: Rule, starts: Iterable[int], ends: Iterable[int]) -> Iterator[Relation]:
        subjects = [m for head in starts for i in conjuncts(self.parse, head) if (m := self._mention(i))]
        yield from self._pairs(rule, subjects, ends)

    def _pairs(self, rule: Rule, subjects: Iterable[Mention], ends: Iterable[int]) -> Iterator[Relation]:
        objects = [m for head in ends for i in conjuncts(self.parse, head) if (m := self._mention(i))]
        for subject in subjects:
            for object_ in objects:
                if subject.kind in rule.subject and object_.kind in rule.object and subject.entity != object_.entity:
                    yield self._relation(rule.relation, subject, object_, object_.span)

    def _mention(self, head: int) -> Mention | None:
        token = self.parse.tokens[head]
        return self.mentions.get(token.end) if token.pos in (*NOMINAL, "ADJ") else None

    def _relation(self, name: str, subject: Mention, object_: Mention | None, object_span: Span) -> Relation:
        span = Span(min(subject.span.start, object_span.start), max(subject.span.end, object_span.end))
        entity = object_.entity if object_ else None
        return Relation(
            iri=within(self.article.iri, "relation", name, subject.entity, entity or object_span.of(self.article.text)),
            name=name, subject=subject.entity, object=entity, span=span,
            subject_span=subject.span, object_span=object_span,
        )


class _Relations:
    """Relations of the table."""

    name = "relations"

    def extract(self, reading: Reading) -> Reading:
        return extract_relations(reading)


EXTRACTOR = _Relations()
