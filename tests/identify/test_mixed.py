"""Identity in a mixed collection: usual words, and articles of other stories, make nothing one."""

from __future__ import annotations

from functools import cache

from kg.extract.lexicon import lexicon
from kg.files import seeds
from kg.identify import identify
from kg.identify.shares import LEAST, share
from kg.model import Cluster, Reading
from kg.pipeline import read_articles
from kg.read import clean_article

NOTES = (
    "The council of Bergen discussed the plan for a new tram through the old town. It is the best we have, said "
    "councillor Kari Moen. The question was who would pay for the rails and for the bridge over the fjord.",
    "The largest bank in Lagos said it had a plan to close branches and to cut two hundred jobs. We are sorry, said "
    "chairman Ade Bello. He raised doubts about the rules of the regulator, and he paid the fine.",
    "Shoppers in Lima complained about the price of bread. It is too high, said Rosa Quispe, who has four children. "
    "The problem is the drought, and the ministry of agriculture has no plan.",
    "A museum in Vienna shows letters of Beethoven to his nephew. It was the best year we had, said Eva Huber, who "
    "directs it. Visitors pay twelve euros, and guides give talks in nine languages.",
    "A dam near Pune is safe, engineers said after an inspection of its gates. The matter was raised by farmers, who "
    "pay for the water. They have a meeting with the owner.",
    "Lisbon's port raised its fees for container ships. Captains said they would pay, but that it was a problem for "
    "small lines. A plan for a second pier is before parliament.",
)
FIRE = (
    "A fire destroyed the covered market of Tromso on Monday. Two firefighters were injured, mayor Nils Berg said. "
    "The fire began in a bakery.",
    "The covered market of Tromso was destroyed by a fire on Monday, police said. Two firefighters were injured, and "
    "mayor Nils Berg promised a new market.",
)


@cache
def readings() -> tuple[Reading, ...]:
    texts = (*NOTES, *FIRE)
    articles = [clean_article(text, id=f"note{n}", published="2021-03-02") for n, text in enumerate(texts)]
    return tuple(read_articles(articles))


def across() -> list[set[str]]:
    """The articles of each event cluster that has several."""
    of = {event.iri: reading.article.id for reading in readings() for event in reading.events}

    def articles(cluster: Cluster) -> set[str]:
        return {of[iri] for iri in cluster.members}

    found = [articles(cluster) for cluster in identify(readings()) if cluster.kind == "event"]
    return [ids for ids in found if len(ids) > 1]


def test_what_only_shares_usual_words_is_not_one() -> None:
    assert [ids for ids in across() if not ids <= {"note6", "note7"}] == []


def test_two_reports_of_one_fire_are_one() -> None:
    assert len(across()) >= 2


def test_words_of_every_article_are_known_as_usual() -> None:
    assert share("stem", "be") > 0.5 > share("type", "Report") > share("stem", "kill") > LEAST
    assert share("stem", "defenestrat") == LEAST


def test_the_table_speaks_of_types_and_stems_that_there_are() -> None:
    _, *rows = (line.split("\t") for line in seeds("shares.tsv").read_text(encoding="utf-8").splitlines())
    assert {what for what, _, _ in rows} == {"type", "stem", "word"}
    assert [name for what, name, value in rows if not (LEAST <= float(value) <= 1 and name == name.strip())] == []
    known = set(lexicon().types) | {"Event", "Statement"}
    assert [name for what, name, _ in rows if what == "type" and name not in known] == []


RESIGNED = (
    "The airline Nordjet lost money in the spring, and the strike of its pilots went on. Chief executive Lars Berg "
    "resigned on Wednesday in Oslo. Shares in the airline fell.",
    "The airline Falckon lost money in the spring, and the strike of its pilots went on. Chief executive Peter Hale "
    "resigned in London. Shares in the airline fell.",
)


def test_people_whom_the_other_report_never_names_make_two_events() -> None:
    articles = [clean_article(text, id=f"airline{n}", published="2021-03-02") for n, text in enumerate(RESIGNED)]
    clusters = identify(tuple(read_articles(articles)))
    assert not [cluster for cluster in clusters if cluster.label == "Resign"]
