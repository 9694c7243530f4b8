"""Articles made from sentence patterns of our own: any number, always the same, with as many things to say as news has.

Article `n` depends on `n` alone, through a hash: no random numbers. Each reports one of a slowly changing set of
happenings, so that neighbouring articles tell one story under different outlets, as news does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

_OUTLETS = "Harbour Post|Radio One|The Valley Times|Coast Courier|Morning Ledger|North Wire|City Herald".split("|")
_GIVEN = "Anna Boris Clara Daniel Elena Frank Greta Hugo Irina Jonas Karin Leon Marta Nikolai Olga Rosa Stefan".split()
_FAMILY = "Almond Berger Castell Dorn Engel Farkas Gruber Holm Ivanov Jansen Kovac Lindt Moreau Novak Orlov".split()
_PLACES = "Vienna Prague Lisbon Oslo Warsaw Tallinn Geneva Rotterdam Bergen Turin Malmo Porto Riga Zagreb".split()
_COUNTRIES = "Austria Norway Poland Estonia Portugal Latvia Croatia Sweden Switzerland Finland".split()
_BODIES = (
    "the interior ministry|the coast guard|the central bank|the city council|the transport union|"
    "the state prosecutor|the health agency|the border police|the energy regulator|the opposition party"
).split("|")
_FIRMS = "Norvik Energy|Baltic Freight|Helm Steel|Arden Foods|Quantis Labs|Meridian Air|Tavira Shipping".split("|")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CRIMES = "smuggling weapons|forging passports|bribing officials|planning an attack|hiding evidence".split("|")
_GOODS = "two ferries|forty buses|a gas terminal|three warehouses|a software firm|a fish farm".split("|")
_PATTERNS = (
    "{body} said on {day} that officers had detained {n} men in {place} on suspicion of {crime}.",
    "{person}, a spokesman for {body}, told reporters that the investigation would last {m} weeks.",
    "“We have found no evidence that anybody was {crime},” {person2} said.",
    "{firm} will buy {goods} from {firm2} for {n} million euros, according to {outlet}.",
    "{person} met {person2} in {place} on {day} and thanked him for sharing information about the case.",
    "The president of {country}, {person2}, denied that his government had paid {firm}.",
    "Citing {body}, {outlet} reported that at least {n} people were injured when a bus overturned near {place}.",
    "{body2} rejected the accusation and called on {body} to publish the documents.",
    "If {country} approves the plan, {firm} could open a factory near {place} next year.",
    "Workers in {place} went on strike on {day} after {firm} announced {n}0 job cuts.",
    "{person2} was appointed director of {firm2} in March and resigned {m} months later.",
    "“It was a difficult decision, but the talks with {country} must go on,” {person} told {outlet} by telephone.",
    "Analysts believe that prices may fall by {m} percent before the end of the year.",
    "Police in {place} have not confirmed the report, which {outlet} attributed to a person close to {body2}.",
    "The storm that hit the coast of {country} on {day} killed {m} fishermen and destroyed {n} houses.",
    "{person} had warned that {country} would close its border with {country2} unless the two sides signed a treaty.",
)  # fmt: skip
SENTENCES = 16  # of an article: about 300 words


def texts(count: int, *, start: int = 0) -> Iterator[str]:
    """The texts of articles `start` to `start + count`."""
    return (_text(number) for number in range(start, start + count))


def records(count: int, *, start: int = 0) -> Iterator[dict[str, str]]:
    """The same as records of JSON Lines."""
    for number in range(start, start + count):
        title, _, body = _text(number).partition("\n\n")
        yield {
            "id": f"article-{number:06d}",
            "title": title,
            "text": f"{title}\n\n{body}",
            "publisher": _pick(_OUTLETS, "outlet", number),
            "published": f"20{10 + number // 4000 % 15:02d}-{1 + number // 300 % 12:02d}-{1 + number // 10 % 28:02d}",
        }


def write(path: Path, count: int, *, start: int = 0) -> Path:
    """A JSON Lines file of `count` articles."""
    with path.open("w", encoding="utf-8") as out:
        for record in records(count, start=start):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def _text(number: int) -> str:
    story = number // 5  # five outlets tell one story, with figures and order of their own
    person, place = _person(story, 1), _pick(_PLACES, "place", story)
    lines = [_sentence(number, story, position) for position in range(SENTENCES)]
    paragraphs = [" ".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
    return f"{person} speaks in {place} on talks\n\n" + "\n\n".join(paragraphs)


def _sentence(number: int, story: int, position: int) -> str:
    pattern = _PATTERNS[_hash("pattern", story, position) % len(_PATTERNS)]
    sentence = pattern.format(
        body=_pick(_BODIES, "body", story), body2=_pick(_BODIES, "body2", story, position),
        day=_pick(_DAYS, "day", story), n=3 + _hash("n", number, position) % 3, m=2 + _hash("m", story) % 9,
        place=_pick(_PLACES, "place", story), country=_pick(_COUNTRIES, "country", story),
        country2=_pick(_COUNTRIES, "country2", story, position), crime=_pick(_CRIMES, "crime", story),
        firm=_pick(_FIRMS, "firm", story), firm2=_pick(_FIRMS, "firm2", story, position),
        goods=_pick(_GOODS, "goods", story, position), outlet=_pick(_OUTLETS, "told", number),
        person=_person(story, 1), person2=_person(story, 2 + position % 3),
    )  # fmt: skip
    return sentence[0].upper() + sentence[1:]


def _person(story: int, which: int) -> str:
    return f"{_pick(_GIVEN, 'given', story, which)} {_pick(_FAMILY, 'family', story, which)}"


def _pick(values: Sequence[str], *parts: object) -> str:
    return values[_hash(*parts) % len(values)]


def _hash(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:6], "big")
