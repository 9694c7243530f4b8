"""What an event is called: a few words of one account of it, in the manner of headlines.

The account that shares most with the others is taken, and only its own words and participants are used, so that a
name never says what no article says: "FSB detains man and woman", "Trump–Putin phone call", "Attack in Salisbury".
Whether a trigger is a verb or a noun is told by `seeds/events.tsv` and, where a word is both, by the words around it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from kg.files import seeds
from kg.model import Entity, Event, Reading, Role
from kg.render.text import plain, possessive, third_person

LONGEST = 44  # characters of a name: three lines of a label
_QUOTED = 3  # words of a quoted participant at most
_LONG = 18  # characters: a name longer than this is said as the account says it, where that is shorter

_OBJECTS = ("patient", "theme", "attribute", "recipient", "topic", "beneficiary", "destination", "instrument", "origin")
_DETERMINERS = frozenset("a an the this that these those any some its his her their our my your".split())
_PREPOSITIONS = frozenset(
    "about against among as at between by for from in into near of on onto over through to toward towards under "
    "with within".split()
)
_PRONOUNS = frozenset(
    "i me we us you he him she it they them who whom whose which what that this these those one ones both each all "
    "everyone everybody everything something anything nothing nobody somebody others himself herself itself "
    "themselves his her its their our your mine hers theirs ours".split()
)
_PLURALS = frozenset("people men women children police".split())
_MANY = frozenset("two three four five six seven eight nine ten both many several few some most".split())
_BEFORE_VERB = frozenset(
    "to will would can could may might must shall should do does did not never n't also who which that he she it i we "
    "you they let".split()
)
_BE = frozenset("be is are was were been being get gets got 's 're".split())
_WORD = re.compile(r"[\w'’.-]+")


class Account(NamedTuple):
    """One article's telling of the event."""

    event: Event
    reading: Reading

    @property
    def text(self) -> str:
        return self.reading.article.text


class Filler(NamedTuple):
    """Those who fill one role of an account: their names or quotes, and where the first of them stands."""

    role: str
    names: tuple[str, ...]
    known: bool  # whether they are entities, not just quoted words
    plural: bool
    start: int
    end: int


class Known(NamedTuple):
    """What an entity is called in a name, and whether it is more than one."""

    names: tuple[str, ...]
    plural: bool


Names = Callable[[str], Known | None]


def event_name(accounts: Sequence[Account], names: Names) -> str:
    """The name of one event; `names` tells how an entity (by its IRI) is called, None where it has no name."""
    told = [(account, _fillers(account, names)) for account in accounts]
    shared = Counter((filler.role, name) for _, fillers in told for filler in fillers for name in set(filler.names))

    def worth(item: tuple[Account, list[Filler]]) -> tuple[object, ...]:
        (event, reading), fillers = item
        known = {filler.role for filler in fillers if filler.known}
        return (
            event.polarity == "positive",
            event.realis == "actual",
            min(2, len(known)),
            sum(shared[filler.role, name] for filler in fillers for name in set(filler.names)),
            len(fillers),
            reading.article.iri,
            -event.trigger.start,
        )

    account, fillers = max(told, key=worth)
    told_name = _nominal(account, fillers) if _is_noun(account) else _verbal(account, fillers)
    return told_name[:1].upper() + told_name[1:]


# --- who and what


def _fillers(account: Account, names: Names) -> list[Filler]:
    """The account's roles with words for them, in the order of the text."""
    found: dict[str, Filler] = {}
    for role in sorted(account.event.roles, key=lambda role: (role.span.start, role.span.end)):
        known = names(role.entity) if role.entity else None
        words = known.names if known else _quoted(role, account)
        if known and len(words) == 1 and len(words[0]) > _LONG:
            words = tuple(w for w in _quoted(role, account) if w[:1].isupper() and len(w) < len(words[0])) or words
        if not words:
            continue
        before = found.get(role.name)
        if before is None:
            plural = bool(known and known.plural) or _looks_plural(words[0])
            found[role.name] = Filler(role.name, words, known is not None, plural, role.span.start, role.span.end)
        elif before.known == (known is not None):
            found[role.name] = before._replace(names=(*before.names, *(w for w in words if w not in before.names)))
    doers = set(found["agent"].names) if "agent" in found else set()
    return [filler for filler in found.values() if filler.role == "agent" or not doers & set(filler.names)]


def _quoted(role: Role, account: Account) -> tuple[str, ...]:
    """The words up to the head, without a determiner: "an attack in the city" is "attack"; () where they are many, or
    a clause ("that it attacked")."""
    text = account.text
    words = plain(text[role.span.start : max(role.head.end, role.span.start)]).split()
    filled = next((event for event in account.reading.events if event.iri == role.event), None)
    if filled and words[:1] != ["to"] and not _is_noun(Account(filled, account.reading)):
        return ()
    if words and words[0].casefold() in _DETERMINERS:
        words = words[1:]
    fits = 0 < len(words) <= _QUOTED and all(_WORD.fullmatch(word) for word in words)
    lowered = [word.casefold() for word in words]
    odd = _PRONOUNS & set(lowered) or any(word.endswith(("'s", "’s")) for word in lowered)
    return (" ".join(words),) if fits and not odd else ()


def described(entity: Entity) -> Known | None:
    """A thing known only by description, without its determiner; None where that is a pronoun."""
    words = bare(plain(entity.label))
    if not words or words.casefold() in _PRONOUNS:
        return None
    return Known((words,), plural=bool(entity.count and entity.count not in ("1", "one")) or _looks_plural(words))


def bare(name: str) -> str:
    """A description without its determiner: "the coast guard" is "coast guard"."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in _DETERMINERS else name


def _looks_plural(words: str) -> bool:
    first, last = words.split()[0].casefold(), words.split()[-1]
    regular = last.endswith("s") and not last.endswith(("ss", "us", "is")) and last.islower()
    return regular or last in _PLURALS or first in _MANY or (first.isdigit() and first != "1")


# --- noun or verb


@cache
def _triggers() -> dict[str, frozenset[str]]:
    """Part of speech -> lemmas that trigger an event."""
    found: dict[str, set[str]] = {"verb": set(), "noun": set(), "adj": set()}
    with seeds("events.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith(("#", "@")))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.get(row["pos"], set()).update(row["triggers"].split("|"))
    return {pos: frozenset(words) for pos, words in found.items()}


def _is_noun(account: Account) -> bool:
    event, _ = account
    lemma, said = event.lemma, event.trigger.of(account.text).casefold()
    known = {pos for pos, words in _triggers().items() if lemma in words}
    if len(known) == 1:
        return known == {"noun"}
    if said not in (lemma, f"{lemma}s", f"{lemma}es", f"{lemma[:-1]}ies"):
        return False
    before = _word_before(account.text, event.trigger.start)
    if before in _DETERMINERS or before.endswith(("'s", "’s", "'", "’")):
        return True
    beside = any(role.span.end == event.trigger.start - 1 and role.name == "agent" for role in event.roles)
    return before not in _BEFORE_VERB and not beside


def _word_before(text: str, at: int) -> str:
    words = _WORD.findall(text[max(0, at - 30) : at])
    return words[-1].casefold() if words and text[max(0, at - 1) : at].isspace() else ""


# --- the two ways to tell it


def _verbal(account: Account, fillers: Sequence[Filler]) -> str:
    """ "FSB detains man and woman"; without a doer, "two Russians detained"."""
    by_role = {filler.role: filler for filler in fillers}
    objects = [by_role[role] for role in _OBJECTS if role in by_role]
    objects.sort(key=lambda filler: not filler.known)
    subject = by_role.get("agent")
    at = account.event.trigger.start
    if subject is None and objects and objects[0].start < at:
        subject = objects.pop(0)
        if _is_passive(account):
            said = plain(account.event.trigger.of(account.text))
            return _fitted(f"{_joined(subject)} {_manner(account.event, subject, '')}{said}", objects, account, by_role)
    verb = plain(account.event.lemma)
    if subject is None:
        return _fitted(verb, objects, account, by_role)
    return _fitted(f"{_joined(subject)} {_manner(account.event, subject, verb)}", objects, account, by_role)


_KINDS_OF = {"planned": "planned ", "attempted": "attempted ", "possible": "possible ", "conditional": "possible "}


def _nominal(account: Account, fillers: Sequence[Filler]) -> str:
    """ "Trump–Putin phone call", "Putin’s gratitude to CIA", "attack in Salisbury"."""
    by_role = {filler.role: filler for filler in fillers}
    objects = [by_role[role] for role in _OBJECTS if role in by_role]
    said = plain(account.event.trigger.of(account.text))
    word = _KINDS_OF.get(account.event.realis, "") + (said if said.isupper() else said[:1].lower() + said[1:])
    agent = by_role.get("agent")
    beside = next((filler for filler in objects if filler.end == account.event.trigger.start - 1), None)
    if account.event.polarity == "negative":
        head = f"no {word} by {_joined(agent)}" if agent else f"no {word}"
    elif agent is not None and len(agent.names) > 1:
        pair = len(agent.names) == 2 and all(name[:1].isupper() for name in agent.names)
        head = f"{'–'.join(agent.names)} {word}" if pair else f"{word}: {_joined(agent)}"
    elif agent is not None:
        head = f"{possessive(agent.names[0])} {word}"
    elif beside is not None:
        head = f"{_joined(beside)} {word}"
        objects.remove(beside)
    else:
        head = word
    return _fitted(head, [filler for filler in objects if _preposition(account, filler)], account, by_role)


def _fitted(head: str, objects: Sequence[Filler], account: Account, by_role: dict[str, Filler]) -> str:
    """The head with the first object, and the place, as long as that stays short."""
    place = by_role.get("place")
    longer = (f"{head} {_preposition(account, filler)}{_joined(filler)}" for filler in objects)
    head = next((one for one in longer if len(one) <= LONGEST), head)
    if place:
        with_place = f"{head} {_preposition(account, place) or 'in '}{_joined(place)}"
        head = with_place if len(with_place) <= LONGEST else head
    return head


def _preposition(account: Account, filler: Filler) -> str:
    """The preposition before the filler, as the text has it, with a space; or nothing."""
    if filler.start < account.event.trigger.start:
        return ""
    words = _WORD.findall(account.text[account.event.trigger.end : filler.start])
    while words and words[-1].casefold() in _DETERMINERS:
        words.pop()
    return f"{words[-1]} " if words and words[-1] in _PREPOSITIONS else ""


def _joined(filler: Filler) -> str:
    first, *rest = filler.names
    if not rest:
        return first
    return f"{first} and {rest[0]}" if len(rest) == 1 else f"{first}, {rest[0]} and {len(rest) - 1} more"


def _is_passive(account: Account) -> bool:
    event, text = account.event, account.text
    said = event.trigger.of(text).casefold()
    near = {
        word.casefold() for word in _WORD.findall(text[max(0, event.trigger.start - 24) : event.trigger.start])[-3:]
    }
    return said != event.lemma and not said.endswith(("ing", "s")) and bool(near & _BE)


def _manner(event: Event, subject: Filler, verb: str) -> str:
    """The verb as the event is told: "meets", "did not meet", "to meet", "may meet"; for a passive (no verb), what
    stands before the participle."""
    if event.polarity == "negative":
        return f"did not {verb}" if verb else "not "
    if event.realis in ("planned", "attempted"):
        return f"to {verb}" if verb else "to be "
    if event.realis in ("possible", "conditional"):
        return f"may {verb}" if verb else "may be "
    if not verb:
        return ""
    return third_person(verb, plural=subject.plural or len(subject.names) > 1)


def short_names(entities: Iterable[tuple[str, str, str, Counter[str]]]) -> dict[str, str]:
    """What each entity (IRI, label, kind, names it goes by) is called in short, as the articles themselves do:
    a person by the one name most used, anything else by its initials; the label where that would fit two."""
    listed = [(iri, plain(label), kind, names) for iri, label, kind, names in entities]
    owners = Counter(word for _, label, _, names in listed for word in {*label.split(), *names})
    found = {}
    for iri, label, kind, names in listed:
        fits = _INITIALS.fullmatch if kind != "person" else set(label.split()).__contains__
        used = sorted(
            (n for n in names if fits(n) and n.casefold() != label.casefold()), key=lambda name: (-names[name], name)
        )
        short = next((name for name in used if owners[name] == 1), label)
        found[iri] = bare(short)
    return found


_INITIALS = re.compile(r"(?:[A-Z]\.?){2,6}")
