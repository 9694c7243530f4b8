"""What has been identified in a collection, in tables: what comes or goes looks up what it touches, and nothing else.

The tables are a cache in SQLite: all that they hold follows from the readings (`kg.identify.growth` keeps them so).
Events have numbers here, as a pair of IRIs takes ten times the room. A key by which events meet names an entity by its
`label`, which is its cluster's for as long as that only grows: scores ask whether two keys are one, not what they say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kg.identify.candidates import block_keys
from kg.identify.curation import Curation
from kg.identify.entities import Bearer, bearers, name_key, surname_pairs
from kg.identify.features import EventFeatures, described
from kg.model import Cluster, Entity, Reading

if TYPE_CHECKING:
    from kg.identify import Identity

TABLES = """
create table article (iri text primary key, names blob not null) without rowid;
create table vector (article text primary key, value blob not null) without rowid;
create table entity (iri text, article text, name text, label text, value blob,
    primary key (iri, article)) without rowid;
create table bearer (word text, article text, person text, who text, bare integer,
    primary key (word, article, person)) without rowid;
create table surname (bare text primary key, person text not null) without rowid;
create table event (number integer primary key, iri text not null, article text not null, value blob not null);
create table block (key integer, published text, name text, number integer,
    primary key (key, published, name)) without rowid;
create table pair (one integer, other integer, score real, joined integer, primary key (one, other)) without rowid;
create table cluster (iri text primary key, value blob not null) without rowid;
create table member (iri text primary key, cluster text not null) without rowid;
"""
INDEXES = """
create index entity_name on entity (name) where name != '';
create index entity_label on entity (label);
create index surname_person on surname (person);
create unique index event_iri on event (iri);
create index event_article on event (article);
create index pair_other on pair (other);
"""
_NO_RULES = Curation()
_TOGETHER = 5000  # events entered at a time: in the order of blocks, so that each page is written once
_encode = msgspec.msgpack.encode
_json = msgspec.json.Encoder(order="sorted").encode
_entity = msgspec.msgpack.Decoder(Entity)
_cluster = msgspec.msgpack.Decoder(Cluster)
_names = msgspec.msgpack.Decoder(frozenset[str])
_vector = msgspec.msgpack.Decoder(dict[str, float])


class Pair(NamedTuple):
    """Two events that could be joined, by number, in the order of their IRIs; `joined` where two clusters became one by
    it."""

    one: int
    other: int
    score: float
    joined: bool


class Held(NamedTuple):
    """An entity, its label, and how many articles it is of: a linked one counts as of one."""

    entity: Entity
    label: str
    articles: int


class Place(NamedTuple):
    """Where an event stands in a block: sorted, its neighbours stand beside it. `name` is what its IRI ends in, as all
    events of a graph have one base."""

    published: str
    name: str


def place(event: EventFeatures) -> Place:
    """Where an event stands in its blocks."""
    return Place(event.published, event.iri.rsplit("/", 1)[1])


class _Row(NamedTuple):
    """What is kept of an event: the rest follows (`kg.identify.features.described`)."""

    published: str
    kind: str
    lemma: str
    roles: Mapping[str, frozenset[str]]
    days: tuple[str, str] | None
    says: bool
    told_by: frozenset[str]
    context: frozenset[str]


class Known:
    """The tables of one collection's identity. Nothing is written for good until the connection commits."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.events = _Events(database)
        self.vectors = _Vectors(database)

    def fill(self, readings: Iterable[Reading], identity: Identity) -> None:
        """Enter what was found of all readings at once into empty tables."""
        words: set[str] = set()
        for reading in readings:
            words |= self.put_names(reading, identity.labels)
        self.put_surnames({pair for word in words for pair in self.surname_pairs(word)})
        events = identity.features.events
        numbers = {event.iri: number for number, event in enumerate(events)}
        self.put_events(enumerate(events))
        self.put_vectors(identity.features.vectors)
        self.put_clusters(identity.clusters)
        joined = {(merge.one, merge.other) for merge in identity.merges}
        self.put_pairs(
            Pair(numbers[merge.one], numbers[merge.other], merge.score, (merge.one, merge.other) in joined)
            for merge in identity.pairs
        )

    # --- articles and their entities ----------------------------------------------------------------------

    def articles(self) -> int:
        """How many articles are known."""
        return int(self._one("select count(*) from article")[0])

    def put_names(self, reading: Reading, labels: Mapping[str, str]) -> set[str]:
        """Enter an article's entities; the words under which it has bearers of a name."""
        article, execute = reading.article.iri, self.database.execute
        borne = list(bearers(reading, _NO_RULES))
        names = borne[0].names if borne else frozenset()
        execute("insert or replace into article values (?, ?)", (article, _encode(names)))
        for one in borne:
            borne_by = one.word, article, one.person, one.who, one.bare
            execute("insert or ignore into bearer values (?, ?, ?, ?, ?)", borne_by)
        for entity in reading.entities:
            if entity.same_as:  # whatever article it is of
                row = (entity.iri, "", "", entity.iri, _encode(entity))
            elif entity.named:
                key = name_key(entity)
                held = self._first("select label from entity where iri = ?", entity.iri)
                label = held[0] if held else labels.get(entity.iri, entity.iri)
                row = (entity.iri, article, f"{entity.kind}\x1f{key}" if key else "", label, _encode(entity))
            else:
                continue
            execute("insert or ignore into entity values (?, ?, ?, ?, ?)", row)
        return {one.word for one in borne}

    def drop_names(self, reading: Reading) -> set[str]:
        """Forget an article's entities; the words under which it had bearers of a name."""
        article, execute = reading.article.iri, self.database.execute
        borne = list(bearers(reading, _NO_RULES))
        for one in borne:
            execute("delete from bearer where word = ? and article = ? and person = ?", (one.word, article, one.person))
        for entity in reading.entities:
            if not entity.same_as:
                execute("delete from entity where iri = ? and article = ?", (entity.iri, article))
        execute("delete from article where iri = ?", (article,))
        return {one.word for one in borne}

    def surname_pairs(self, word: str) -> set[tuple[str, str]]:
        """(bare surname, the person meant), among those who bear a word."""
        if self._one("select exists (select 1 from bearer where word = ? and bare)", word)[0] == 0:
            return set()
        rows = self._all("select b.article, person, who, bare, names from bearer b, article a"
                         " where b.word = ? and a.iri = b.article", word)  # fmt: skip
        return surname_pairs(
            Bearer(word, bool(bare), person, who, article, _names.decode(names))
            for article, person, who, bare, names in rows
        )

    def surnames(self, word: str) -> set[tuple[str, str]]:
        """The same, as entered."""
        return {*self._all("select s.bare, s.person from bearer b, surname s"
                           " where b.word = ? and b.bare and s.bare = b.person", word)}  # fmt: skip

    def put_surnames(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.database.executemany("insert into surname values (?, ?)", sorted(pairs))

    def drop_surnames(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.database.executemany("delete from surname where bare = ? and person = ?", sorted(pairs))

    def component(self, iris: Iterable[str]) -> tuple[dict[str, Held], set[tuple[str, str]]]:
        """Those entities and all that name or surname ties to them, and the pairs of surnames."""
        found: dict[str, Held] = {}
        pairs: set[tuple[str, str]] = set()
        waiting, met = list(iris), set[str]()
        while waiting:
            iri = waiting.pop()
            row = None if iri in found else self._first("select name from entity where iri = ?", iri)
            if row is None or row[0] in met:
                continue
            if row[0]:
                met.add(row[0])
                rows = self._all("select iri, label, value, count(*) from entity"
                                 " where name = ? and name != '' group by iri", row[0])  # fmt: skip
            else:
                rows = self._all("select iri, label, value, count(*) from entity where iri = ? group by iri", iri)
            for iri, label, packed, articles in rows:
                found[iri] = Held(_entity.decode(packed), label, articles)
                tied = self._all("select bare, person from surname where bare = ?1 or person = ?1", iri)
                pairs.update(tied)
                waiting += [end for pair in tied for end in pair if end != iri]
        return found, pairs

    def entity_holders(self, entities: Iterable[str]) -> set[str]:
        """The articles that unlinked entities are of."""
        rows = self._among("select article from entity where iri in (select value from json_each(?))", entities)
        return {article for (article,) in rows} - {""}

    def bear(self, label: str) -> set[str]:
        """The entities of a label."""
        return {iri for (iri,) in self._all("select distinct iri from entity where label = ?", label)}

    def label(self, entity: str, label: str) -> None:
        self.database.execute("update entity set label = ? where iri = ?", (label, entity))

    def labels(self, entities: Iterable[str]) -> dict[str, str]:
        """The labels of those that have another than their own IRI."""
        rows = self._among("select iri, label from entity where iri in (select value from json_each(?))", entities)
        return {iri: label for iri, label in rows if label != iri}

    # --- events -------------------------------------------------------------------------------------------

    def put_events(self, events: Iterable[tuple[int, EventFeatures]]) -> None:
        """Enter events under these numbers, and into their blocks."""
        rest = iter(events)
        while some := list(islice(rest, _TOGETHER)):
            rows = [(number, event.iri, event.article, _packed(event)) for number, event in some]
            self.database.executemany("insert into event values (?, ?, ?, ?)", rows)
            placed = ((number, event, place(event)) for number, event in some)
            places = [(key, *where, number) for number, event, where in placed for key in block_keys(event)]
            self.database.executemany("insert into block values (?, ?, ?, ?)", sorted(places))

    def drop_events(self, article: str) -> dict[int, EventFeatures]:
        """Forget the events of an article with their pairs; what they were."""
        gone = {number: self.events[number] for number in self.numbers(article)}
        self.vectors.pop(article, None)
        for number, event in gone.items():
            del self.events[number]
            rows = [(key, *place(event)) for key in block_keys(event)]
            self.database.executemany("delete from block where key = ? and published = ? and name = ?", rows)
            self.database.execute("delete from pair where one = ?1 or other = ?1", (number,))
        self.database.execute("delete from event where article = ?", (article,))
        self.database.execute("delete from vector where article = ?", (article,))
        return gone

    def numbers(self, article: str) -> list[int]:
        """The events of an article."""
        return [number for (number,) in self._all("select number from event where article = ?", article)]

    def numbers_of(self, events: Iterable[str]) -> set[int]:
        """The same of events by IRI, as far as they are known."""
        rows = self._among("select number from event where iri in (select value from json_each(?))", events)
        return {number for (number,) in rows}

    def all_numbers(self) -> set[int]:
        return {number for (number,) in self._all("select number from event")}

    def next_number(self) -> int:
        return int(self._one("select coalesce(max(number), -1) + 1 from event")[0])

    def put_vectors(self, vectors: Mapping[str, Mapping[str, float]]) -> None:
        rows = ((article, _encode(vector)) for article, vector in vectors.items())
        self.database.executemany("insert into vector values (?, ?)", rows)

    def neighbours(self, key: int, place: Place, most: int) -> tuple[list[int], list[int]]:
        """So many events before and after a place in a block, the nearest first."""
        before = self._all("select number from block where key = ? and (published, name) < (?, ?)"
                           " order by published desc, name desc limit ?", key, *place, most)  # fmt: skip
        after = self._all("select number from block where key = ? and (published, name) > (?, ?)"
                          " order by published, name limit ?", key, *place, most)  # fmt: skip
        return [number for (number,) in before], [number for (number,) in after]

    def apart(self, key: int, one: Place, other: Place, most: int) -> int:
        """How many places two events of a block are apart, or `most`, where there are more."""
        least, last = sorted((one, other))
        return int(self._one("select count(*) from (select 1 from block where key = ? and (published, name) > (?, ?)"
                             " and (published, name) <= (?, ?) limit ?)", key, *least, *last, most)[0])  # fmt: skip

    # --- pairs and clusters -------------------------------------------------------------------------------

    def put_pairs(self, pairs: Iterable[Pair]) -> None:
        self.database.executemany("insert or replace into pair values (?, ?, ?, ?)", pairs)

    def drop_pairs(self, pairs: Iterable[Pair]) -> None:
        rows = [(pair.one, pair.other) for pair in pairs]
        self.database.executemany("delete from pair where one = ? and other = ?", rows)

    def pairs(self, number: int) -> list[Pair]:
        """The pairs that an event is in."""
        rows = self._all("select one, other, score, joined from pair where one = ?", number)
        rows += self._all("select one, other, score, joined from pair where other = ?", number)
        return [Pair(one, other, score, bool(joined)) for one, other, score, joined in rows]

    def all_pairs(self) -> list[Pair]:
        rows = self._all("select one, other, score, joined from pair")
        return [Pair(one, other, score, bool(joined)) for one, other, score, joined in rows]

    def number(self, event: str) -> int:
        return int(self._one("select number from event where iri = ?", event)[0])

    def holders(self, events: Iterable[str]) -> dict[str, str]:
        """The articles of events."""
        return dict(self._among("select iri, article from event where iri in (select value from json_each(?))", events))

    def one(self, iris: Iterable[str]) -> dict[str, str]:
        """The clusters of those that are in one."""
        return dict(self._among("select iri, cluster from member where iri in (select value from json_each(?))", iris))

    def cluster(self, iri: str) -> Cluster | None:
        row = self._first("select value from cluster where iri = ?", iri)
        return _cluster.decode(row[0]) if row else None

    def all_clusters(self) -> list[Cluster]:
        return [_cluster.decode(value) for (value,) in self._all("select value from cluster")]

    def clusters(self, members: Iterable[str]) -> dict[str, Cluster]:
        """The clusters that any of these are in, by IRI."""
        found = (self.cluster(iri) for iri in sorted({*self.one(members).values()}))
        return {cluster.iri: cluster for cluster in found if cluster}

    def put_clusters(self, clusters: Iterable[Cluster]) -> None:
        for cluster in clusters:
            self.database.execute("insert into cluster values (?, ?)", (cluster.iri, _encode(cluster)))
            rows = [(member, cluster.iri) for member in cluster.members]
            self.database.executemany("insert into member values (?, ?)", rows)

    def drop_clusters(self, clusters: Iterable[Cluster]) -> None:
        for cluster in clusters:
            self.database.execute("delete from cluster where iri = ?", (cluster.iri,))
            self.database.executemany("delete from member where iri = ?", [(member,) for member in cluster.members])

    # --- asking -------------------------------------------------------------------------------------------

    def _all(self, query: str, *values: object) -> list[Any]:
        return self.database.execute(query, values).fetchall()

    def _first(self, query: str, *values: object) -> Any:
        return self.database.execute(query, values).fetchone()

    def _one(self, query: str, *values: object) -> Sequence[Any]:
        found: Sequence[Any] = self._first(query, *values)
        return found

    def _among(self, query: str, names: Iterable[str]) -> list[Any]:
        """The rows of a query whose one value is a list of names, as JSON."""
        return self._all(query, _json({*names}).decode())


_row = msgspec.msgpack.Decoder(_Row)


def _packed(event: EventFeatures) -> bytes:
    told_by = event.around - event.participants
    own = event.published, event.kind, event.lemma, event.roles, event.days, event.says
    return _encode(_Row(*own, told_by, event.context))


class _Events(dict[int, EventFeatures]):
    """Events by number, kept once they were asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __missing__(self, number: int) -> EventFeatures:
        query = "select iri, article, value from event where number = ?"
        iri, article, value = self._database.execute(query, (number,)).fetchone()
        found = self[number] = described(iri=iri, article=article, **_row.decode(value)._asdict())
        return found


class _Vectors(dict[str, Mapping[str, float]]):
    """Articles' vectors, kept once they were asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __missing__(self, article: str) -> Mapping[str, float]:
        (value,) = self._database.execute("select value from vector where article = ?", (article,)).fetchone()
        found = self[article] = _vector.decode(value)
        return found
