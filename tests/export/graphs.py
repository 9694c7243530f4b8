"""A graph in memory, as the forms are written from it: readings, their comparison, and nothing on disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st
from pyoxigraph import Quad

from kg.export import terms
from kg.export.across import identity_lines, link_lines
from kg.export.rdf import own_lines, shared_lines
from kg.ids import within
from kg.model import Comparison, Corpus, Link, Reading
from kg.query.claims import Claim, claims
from tests.export import golden, strategies


@dataclass(frozen=True)
class InMemory:
    """What `kg.export.forms.Exportable` asks for."""

    readings: tuple[Reading, ...]
    comparison: Comparison = field(default_factory=Comparison)

    def quads(self, *, runs: bool = False) -> Iterator[Quad]:
        del runs  # there are none
        own = [line for reading in self.readings for line in own_lines(reading)]
        across = [*identity_lines(self.comparison), *link_lines(self.comparison)]
        yield from terms.quads([*own, *shared_lines(self.readings), *across])

    def corpus(self, *, text: bool = True) -> Corpus:
        del text  # it is there
        return Corpus(readings=self.readings, comparison=self.comparison)

    def claims(self) -> list[Claim]:
        return claims(self.readings)


def case(name: str) -> InMemory:
    """A golden case."""
    return InMemory(golden.readings(name), golden.comparison(name))


@st.composite
def graphs(draw: st.DrawFn) -> InMemory:
    """One article of any text, with links of any words between its things."""
    reading = draw(strategies.readings())
    things = [entity.iri for entity in reading.entities] + [event.iri for event in reading.events]
    ends = st.sampled_from(things)
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    links = tuple(
        Link(
            iri=within(reading.article.iri, "link", number),
            subject=draw(ends),
            relation=draw(words),
            object=draw(ends),
            status=draw(st.sampled_from(["corroborated", "reported", "disputed"])),
            outlets=tuple(sorted(draw(st.sets(words, max_size=2)))),
            origins=tuple(sorted(draw(st.sets(words, max_size=2)))),
            attributions=(reading.attributions[-1].iri,),
            events=tuple(event.iri for event in reading.events[:1]),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    return InMemory((reading,), Comparison(links=links))
