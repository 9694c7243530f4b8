"""What has been compared in a collection, in tables: who tells a thing with whom, which articles are copies, which make
a story.

The tables are a cache in SQLite, like those of `kg.identify.known`, and keep what cannot be had again from the readings
of one thing alone.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kg.compare.links import Line
from kg.compare.stories import Sums, Told, shares, things_of
from kg.model import Story

if TYPE_CHECKING:
    from kg.compare import Compared

TABLES = """
create table number (number integer primary key, article text not null unique);
create table band (band blob, article text, primary key (band, article)) without rowid;
create table copy (one text, other text, primary key (one, other)) without rowid;
create table line (line text, article text, primary key (line, article)) without rowid;
create table told (article text, thing text, value blob not null, primary key (article, thing)) without rowid;
create table share (one integer, other integer, things integer, primary key (one, other)) without rowid;
create table story (iri text primary key, value blob not null) without rowid;
create table tale (article text primary key, story text not null) without rowid;
"""
INDEXES = """
create index share_other on share (other);
create index told_thing on told (thing);
"""
_encode = msgspec.msgpack.encode
_told = msgspec.msgpack.Decoder(Told)


class Tale(NamedTuple):
    """The articles of a story with its label, and what it adds up."""

    articles: tuple[str, ...]
    label: str
    sums: Sums

    def story(self) -> Story:
        """The story."""
        return self.sums.story(self.articles, self.label)


_tale = msgspec.msgpack.Decoder(Tale)


class Known:
    """The tables of one collection's comparison. Nothing is written for good until the connection commits."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self._numbers: dict[str, int] = {}

    def fill(self, compared: Compared) -> None:
        """Enter a whole comparison into empty tables."""
        for article, bands in compared.copies.bands.items():
            self.put_bands(article, bands)
        self.put_copies(compared.copies.pairs)
        for article, lines in compared.lines.items():
            self.put_lines(article, lines)
        self.put_told(one for told in compared.told for one in told)
        self.share(shares(compared.told))
        tale_of = {article: story.iri for story in compared.comparison.stories for article in story.articles}
        by_tale: dict[str, list[Told]] = defaultdict(list)
        for one in chain.from_iterable(compared.told):
            if one.article in tale_of:
                by_tale[tale_of[one.article]].append(one)
        for story in compared.comparison.stories:
            self.put_story(story, Sums.of(things_of(by_tale[story.iri]).values()))

    # --- copies -------------------------------------------------------------------------------------------

    def put_bands(self, article: str, bands: Iterable[bytes]) -> None:
        self.database.executemany("insert or ignore into band values (?, ?)", [(band, article) for band in bands])

    def drop_bands(self, article: str, bands: Iterable[bytes]) -> None:
        rows = [(band, article) for band in bands]
        self.database.executemany("delete from band where band = ? and article = ?", rows)
        self.database.execute("delete from copy where one = ?1", (article,))
        self.database.execute("delete from copy where other = ?1", (article,))

    def banded(self, bands: Iterable[bytes]) -> set[str]:
        """The articles that share one of the bands."""
        return {article for band in bands for (article,) in self._all("select article from band where band = ?", band)}

    def put_copies(self, pairs: Iterable[tuple[str, str]]) -> None:
        both = [two for one, other in pairs for two in ((one, other), (other, one))]
        self.database.executemany("insert or ignore into copy values (?, ?)", both)

    def copies(self, article: str) -> set[str]:
        """An article and all that are copies of one with it."""
        found, waiting = {article}, [article]
        while waiting:
            more = {other for (other,) in self._all("select other from copy where one = ?", waiting.pop())} - found
            found |= more
            waiting += more
        return found

    # --- lines of stated relations ------------------------------------------------------------------------

    def put_lines(self, article: str, lines: Iterable[Line]) -> None:
        rows = [("\x1f".join(line), article) for line in lines]
        self.database.executemany("insert or ignore into line values (?, ?)", rows)

    def drop_lines(self, article: str, lines: Iterable[Line]) -> None:
        rows = [("\x1f".join(line), article) for line in lines]
        self.database.executemany("delete from line where line = ? and article = ?", rows)

    def stating(self, line: Line) -> set[str]:
        """The articles that state a relation."""
        return {article for (article,) in self._all("select article from line where line = ?", "\x1f".join(line))}

    # --- stories ------------------------------------------------------------------------------------------

    def put_told(self, told: Iterable[Told]) -> None:
        rows = ((one.article, one.about, _encode(one)) for one in told)
        self.database.executemany("insert into told values (?, ?, ?)", rows)

    def drop_told(self, told: Iterable[Told]) -> None:
        rows = [(one.article, one.about) for one in told]
        self.database.executemany("delete from told where article = ? and thing = ?", rows)

    def tellings(self, thing: str) -> list[Told]:
        """What is told of a thing, by article."""
        rows = self._all("select value from told where thing = ? order by article", thing)
        return [_told.decode(value) for (value,) in rows]

    def things_of(self, article: str) -> set[str]:
        """The things that an article tells of."""
        return {thing for (thing,) in self._all("select thing from told where article = ?", article)}

    def things(self, article: str) -> int:
        """Of how many things an article tells."""
        ((count,),) = self._all("select count(*) from told where article = ?", article)
        return int(count)

    def share(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Count so many more, or fewer, things that two articles tell beside each other."""
        rows = [(self._number(one), self._number(other), count) for (one, other), count in counts.items()]
        self.database.executemany(
            "insert into share values (?, ?, ?) on conflict do update set things = things + excluded.things", rows
        )
        gone = [row[:2] for row in rows if row[2] < 0]
        self.database.executemany("delete from share where one = ? and other = ? and things = 0", gone)

    def shared(self, article: str) -> Iterator[tuple[str, int]]:
        """The articles that tell things beside one, and how many."""
        number = self._number(article)
        yield from self._all("select n.article, s.things from share s, number n"
                             " where s.one = ? and n.number = s.other", number)  # fmt: skip
        yield from self._all("select n.article, s.things from share s, number n"
                             " where s.other = ? and n.number = s.one", number)  # fmt: skip

    def shared_by(self, one: str, other: str) -> int:
        """How many things two articles tell beside each other."""
        numbers = self._number(one), self._number(other)
        rows = self._all("select things from share where one = ? and other = ?", *numbers)
        return next((int(things) for (things,) in rows), 0)

    def story_of(self, article: str) -> str:
        """The story that an article is of, or ""."""
        return next((str(story) for (story,) in self._all("select story from tale where article = ?", article)), "")

    def tale(self, iri: str) -> Tale:
        """What is kept of a story."""
        ((value,),) = self._all("select value from story where iri = ?", iri)
        return _tale.decode(value)

    def put_story(self, story: Story, sums: Sums, was: Story | None = None) -> None:
        """Enter a story, or what has become of one."""
        tale = Tale(story.articles, story.label, sums)
        self.database.execute("insert into story values (?, ?)", (story.iri, _encode(tale)))
        entered = {*was.articles} if was and was.iri == story.iri else set[str]()
        rows = [(article, story.iri) for article in story.articles if article not in entered]
        self.database.executemany("insert or replace into tale values (?, ?)", rows)

    def drop_stories(self, iris: Iterable[str], articles: Iterable[str]) -> None:
        """Forget stories, and that these articles were of any."""
        self.database.executemany("delete from story where iri = ?", [(iri,) for iri in iris])
        self.database.executemany("delete from tale where article = ?", [(article,) for article in articles])

    def _number(self, article: str) -> int:
        number = self._numbers.get(article)
        if number is None:
            self.database.execute("insert or ignore into number (article) values (?)", (article,))
            ((number,),) = self._all("select number from number where article = ?", article)
            self._numbers[article] = number
        return number

    def _all(self, query: str, *values: object) -> list[Any]:
        return self.database.execute(query, values).fetchall()
