"""Words made fit to be shown: labels without control characters or marks that turn the direction of other text.

>>> plain("  two\\n Russians\u202e ")
'two Russians'
"""

from __future__ import annotations

import re
from typing import NamedTuple

_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def plain(label: str) -> str:
    """One line, without control and direction marks. For labels only: quotes are shown as they are."""
    return " ".join(_UNSEEN.sub("", label).split())


def event_words(label: str) -> str:
    """An event type's name as words; anything else as it is.

    >>> event_words("ShareIntelligence"), event_words("meeting in Livorno")
    ('Share intelligence', 'Meeting in Livorno')
    """
    if " " not in label and _CAMEL.search(label):
        return _CAMEL.sub(" ", label).capitalize()
    return label[:1].upper() + label[1:]


def whole(text: str) -> str:
    """Text that can be written as UTF-8: half a surrogate pair becomes U+FFFD, so that offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


class Phrases(NamedTuple):
    """A relation in words: as told, as denied, and as planned, in the manner of headlines; and short, on a line."""

    told: str
    denied: str
    planned: str
    short: str


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ROLES = {  # in a sentence, and on the line: a line from an actor to what it does needs no word
    "agent": ("acts in", ""),
    "patient": ("is affected in", "affected"),
    "recipient": ("is addressed in", "to whom"),
    "theme": ("is part of", "concerned"),
    "topic": ("is the topic of", "about"),
    "beneficiary": ("benefits from", "for"),
    "instrument": ("is used in", "by means of"),
    "place": ("is the place of", "where"),
    "origin": ("is the origin of", "from"),
    "destination": ("is the destination of", "to"),
}
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def phrases(relation: str, *, standing: bool = False) -> Phrases:
    """A relation's name made readable. Event types are base forms ("thank", "shareIntelligence") and are inflected;
    roles have words of their own; a `standing` relation ("holdsOffice") is inflected already.

    >>> tuple(phrases("shareIntelligence"))
    ('shares intelligence', 'did not share intelligence', 'to share intelligence', 'shares intelligence')
    >>> phrases("holdsOffice", standing=True).told
    'holds office'
    """
    words = _CAMEL.sub(" ", relation).lower() if _CAMEL.search(relation) else relation
    if relation in _ROLES:
        told, short = _ROLES[relation]
        return Phrases(told, f"not: {told}", told, short)
    if standing or " " in relation:
        return Phrases(words, f"not: {words}", words, words)
    verb, _, rest = words.partition(" ")
    tail = f" {rest}" if rest else ""
    if verb == "be":
        return Phrases("is" + tail, "is not" + tail, "to be" + tail, "is" + tail)
    told = third_person(verb) + tail
    return Phrases(told, f"did not {verb}{tail}", f"to {verb}{tail}", told)


def third_person(verb: str, *, plural: bool = False) -> str:
    """A verb's base form, perhaps with words after it, as it follows a name in the present.

    >>> third_person("take into custody"), third_person("be", plural=True)
    ('takes into custody', 'are')
    """
    first, space, rest = verb.partition(" ")
    if plural:
        return ("are" if first == "be" else first) + space + rest
    if first in _IRREGULAR:
        inflected = _IRREGULAR[first]
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        inflected = first[:-1] + "ies"
    else:
        inflected = first + ("es" if first.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return inflected + space + rest


def possessive(name: str) -> str:
    """
    >>> possessive("Putin"), possessive("United States")
    ('Putin’s', 'United States’')
    """
    return name + ("’" if name.endswith("s") else "’s")
