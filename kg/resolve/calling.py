"""Which named thing a noun can stand for: "the company", "the agency", "the German bank", "the jet"."""

from __future__ import annotations

from functools import partial

from kg.model import Token
from kg.resolve.lexicon import Noun, listed, nouns, parts
from kg.resolve.nominals import called, count, modifiers, noun_at, plural
from kg.resolve.offices import holds
from kg.resolve.salience import WINDOW, Salience
from kg.resolve.scene import Draft, Scene, Thing

PERSON = Noun("person", "people", "")  # "a Democrat": a word for a group, said of one of it
LONG_WINDOW = 12  # sentences: a person once titled is "the senator" for long
AGENCIES = frozenset({"agency", "regulator", "watchdog"})
POLICE = frozenset({"force", "police"})
CLUBS = frozenset({"club", "team", "side"})
FIRMS = frozenset({"company", "firm", "business", "corporation"})  # said of firms of any trade
THINGS = frozenset({"vehicle", "device", "software"})  # things spoken of by different nouns: "the jet", "the plane"
PLACE_SENSES = {"state": ("country",), "capital": ("settlement",), "city": ("settlement",), "region": ("region",)}
PLACE_NOUNS = {"us-state": ("state",), "continent": ("continent",), "river": ("river",), "sea": ("sea", "ocean")}


def named_so(scene: Scene, draft: Draft, salience: Salience) -> Thing | None:
    """The most salient named thing that this noun can stand for."""
    parse = scene.parse
    noun, lemma = noun_at(parse, draft.head) or PERSON, called(parse, draft)
    narrowing = modifiers(parse, draft)
    placed = noun.sense == "company" or lemma == "group"
    if narrowing and (not placed or narrowing - _placing(scene, draft)):
        return None
    called_firm = Noun(noun.kind, "company", noun.gender) if narrowing else noun  # "the Japanese group" is a firm
    place = nationality(scene, draft, {other.head: other for other in scene.drafts})
    country = place.label if place is not None and place.row and place.row.cls == "state" else ""
    if plural(parse, draft):
        many = noun.sense in THINGS and count(parse, draft) is None
        return salience.best(draft.first, partial(_are_called, noun)) if many else None

    def called_so(thing: Thing) -> bool:
        if called_firm.sense == "company" and _only_told(scene, thing):
            return False
        return _can_be_called(thing, called_firm, lemma) or holds(scene, thing, {lemma})

    fitting = salience.ranked(draft.first, called_so, LONG_WINDOW if noun.kind == "person" else WINDOW)
    if not fitting:  # "the court", long after Harbour Crown Court; "the company" of the whole report
        fitting = salience.ranked(draft.first, called_so if lemma in FIRMS else partial(_bears, lemma), LONG_WINDOW)
    fitting.sort(key=lambda thing: not _bears(lemma, thing))  # "the agency" is sooner one whose name says so
    if country:  # "the German bank" is one told to be German, and none of another country
        of = {thing: _countries(scene, thing) for thing in fitting}
        fitting = sorted((thing for thing in fitting if of[thing] <= {country}), key=lambda thing: not of[thing])
    return next(iter(fitting), None)


def _only_told(scene: Scene, thing: Thing) -> bool:
    """Whether a body is named only as the one that somebody spoke to ("told the Herald") or on ("wrote on X"): news of
    it is not told."""
    tokens = scene.parse.tokens
    heads = [tokens[draft.head] for draft in scene.drafts if draft.thing is thing and draft.form == "name"]
    press = thing.row is not None and thing.row.cls in {"outlet", "news-agency"}  # which may also only have reported
    heads = [tokens[head.head] if press and head.dep == "appos" else head for head in heads]
    heard = all(_heard(tokens, head) for head in heads)
    relaying = listed("relaying") | listed("saying") if press else listed("relaying")
    relays = all(tokens[head.head].lemma in relaying and head.dep == "nsubj" for head in heads)
    return bool(heads) and (heard or relays)


def _heard(tokens: tuple[Token, ...], head: Token) -> bool:
    governor = tokens[head.head]
    if head.dep == "pobj" and governor.text == "on":
        return tokens[governor.head].lemma in listed("saying") or tokens[governor.head].lemma in listed("posting")
    return head.dep in {"dobj", "dative"} and governor.lemma == "tell"


def _countries(scene: Scene, thing: Thing) -> set[str]:
    """The countries that a firm is known or told to be of: "Japan's Osaka Bank", "German airline Falck"."""
    at = {draft.head: draft for draft in scene.drafts}
    own = [draft for draft in scene.drafts if draft.thing is thing and draft.form != "pronoun"]
    told = [place for draft in own if (place := nationality(scene, draft, at)) is not None]
    known = thing.row.country if thing.row and thing.row.country else ""
    return {place.label for place in told if place.row and place.row.cls == "state"} | {known} - {""}


def _are_called(noun: Noun, thing: Thing) -> bool:
    return thing.number == "pl" and noun.sense in thing.senses


def _placing(scene: Scene, draft: Draft) -> set[str]:
    """What only tells where: "the German airline", "the Detroit-based company"."""
    places = [d for d in scene.drafts if d.kind == "place" and draft.first <= d.first and d.last <= draft.last]
    return {"base", *(scene.parse.tokens[i].lemma.lower() for d in places for i in range(d.first, d.last + 1))}


def _can_be_called(thing: Thing, noun: Noun, lemma: str) -> bool:
    kind, sense, _ = noun
    if thing.kind != kind or thing.number == "pl":
        return False
    if kind == "other":
        product = thing.named and not thing.senses and not _occasion(thing.label)
        return sense in THINGS and (sense in thing.senses or product)
    if not thing.named:
        return False
    cls = thing.row.cls if thing.row else ""
    if lemma in thing.senses:
        return True
    if _bears(lemma, thing):
        return True
    if kind == "organization" and sense == "company":
        last = nouns().get(thing.label.split()[-1].lower())
        said = {"company"} if lemma in FIRMS else {"company", "body"}
        if not cls and last is not None and last.kind != "other" and last.sense not in said:
            return False  # "Southwark Crown Court" says what it is, and a foundation is no firm
        if lemma in listed("parts-of-firms"):
            return False
        bare = all(map(_of_firm, thing.senses)) if lemma in FIRMS else not thing.senses - {"company"}
        return (not cls and bare) or cls in listed("company-classes")
    if kind == "place" and cls:
        return lemma in PLACE_NOUNS.get(cls, ()) or sense in PLACE_SENSES.get(cls, ())
    return False


def _bears(lemma: str, thing: Thing) -> bool:
    """Whether the noun is in its name, or one that bodies of its name are called by: "the ministry" is the Justice
    Ministry, "the agency" the Harbour Authority."""
    words = {word for name in thing.names for word in name.split()}
    others: frozenset[str] = frozenset()
    if lemma in AGENCIES:
        others = listed("agency-names")
    elif lemma in POLICE:
        others = listed("police-names")
    elif lemma in CLUBS:
        others = listed("club-names")
    if lemma == "union" and thing.row is not None and thing.row.cls == "international-body":
        return False  # "the union" is a trade union
    named = lemma.title() in words or (thing.kind == "organization" and not words.isdisjoint(others))
    return named and thing.named


def _of_firm(sense: str) -> bool:
    """Whether a firm may be called so: "airline", "group", but not "union"."""
    noun = nouns().get(sense)
    return sense in {"company", "body", "group"} or (noun is not None and noun.sense == "company")


def nationality(scene: Scene, draft: Draft, by_head: dict[int, Draft]) -> Thing | None:
    """The country that a demonym or a country's name before the head says."""
    for child in scene.parse.children[draft.head]:
        other = by_head.get(child)
        if other is not None and child < draft.head and other.thing is not None and other.thing.kind == "place":
            return other.thing
    return None


def _occasion(name: str) -> bool:
    """Whether a name of the kind "other" names an occasion, a law or a prize rather than a product."""
    part = parts()["last"].get((name.split()[-1],))
    return part is not None and part.kind == "other"
