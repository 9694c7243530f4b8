"""What verbs give to nouns: light verbs, and verbs whose subject also takes part in the noun's event.

* A light verb says nothing but that the noun happens ("had a meeting", "there was an attack"): verb and noun are
  one event, the noun's, and the noun gets all that hangs on the verb.
* Other verbs are events of their own and lend the noun a participant, as NomBank's support verbs do: "signed an
  agreement" (the signer agrees), "faces charges" (the one who faces is charged), "killed in an attack".

Which verbs lend is data: the classes @agent-of-object, @patient-of-object and @victim in `seeds/events.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.lexicon import Lexicon
from kg.extract.syntax import Argument, child
from kg.model import Parse

LIGHT = frozenset(
    "have make take give hold do conduct stage pay carry deliver perform undertake mount impose commit reach strike "
    "express".split()
)
LIGHT_PASSIVE = frozenset("receive get undergo suffer face".split())  # "received treatment": subject is the object
STANDING = frozenset("be come remain stay put go fall".split())  # "be under investigation", "come under attack"
UNDERGONE = frozenset({"under"})
TAKEN_PART = frozenset({"on", "in", "at"})  # "on strike", "in talks", "at war"
THROUGH_WORDS = frozenset({"in", "during", "over"})  # "said in a statement": the speaker makes the statement
PART_PREPOSITIONS = frozenset({"in", "at", "from", "to", "for"})  # "participated in the talks"
VICTIM_PREPOSITIONS = frozenset({"in", "by", "during", "from"})

Arguments = Mapping[int, list[Argument]]


def light_verbs(parse: Parse, arguments: Arguments, nouns: frozenset[int]) -> Iterator[tuple[int, int]]:
    """(verb, noun) where the noun is the event and the verb is light, or is "be" after "there"."""
    for verb, own in arguments.items():
        lemma = parse.tokens[verb].lemma.lower()
        keys = {a.key for a in own}
        if lemma in LIGHT | LIGHT_PASSIVE and not keys & {"attr", "comp"}:  # not "made the purchase a priority"
            places = frozenset({"obj"})
        elif lemma == "be" and child(parse, verb, "expl") is not None:
            places = frozenset({"attr"})
        elif lemma in STANDING and not keys & {"attr", "obj"} - ({"obj"} if lemma == "put" else set()):
            places = UNDERGONE | (TAKEN_PART if lemma == "be" else frozenset())
        else:
            continue
        noun = next((a.head for a in own if a.key in places and a.head in nouns), None)
        if noun is not None and (places <= {"obj", "attr"} or _bare(parse, noun)):
            yield verb, noun


def _bare(parse: Parse, noun: int) -> bool:
    """ "in talks", "under intense scrutiny", but not "in the meeting"."""
    return child(parse, noun, "det", "poss") is None


def from_light(parse: Parse, verb: int, noun: int, arguments: list[Argument]) -> Iterator[Argument]:
    """What a light verb gives its noun: subject, indirect object, prepositions."""
    turned = parse.tokens[verb].lemma.lower() in LIGHT_PASSIVE or any(
        a.head == noun and a.key in UNDERGONE for a in arguments
    )
    for argument in arguments:
        if argument.head == noun:
            continue
        if argument.key == "subj":
            yield Argument("of" if turned else "subj", argument.head)
        elif argument.key not in ("obj", "attr", "comp"):
            yield argument


def lent(parse: Parse, arguments: Arguments, lexicon: Lexicon) -> Iterator[tuple[int, Argument]]:
    """(noun, argument) for the participants that verbs which are events themselves lend to nouns under them."""
    for verb, own in arguments.items():
        classes = lexicon.classes.get(parse.tokens[verb].lemma.lower())
        if classes is None:
            continue
        subjects = [a.head for a in own if a.key == "subj"]
        objects = [a.head for a in own if a.key == "obj"]
        for argument in own:
            key, givers = _lends(argument.key, classes, subjects, objects)
            yield from ((argument.head, Argument(key, giver)) for giver in givers)


def _lends(place: str, classes: frozenset[str], subjects: list[int], objects: list[int]) -> tuple[str, list[int]]:
    """What a verb of these classes gives to a noun at `place`: the noun's key, and the participants."""
    if place == "obj" and "patient-of-object" in classes:
        return "of", subjects
    if place in VICTIM_PREPOSITIONS and "victim" in classes:
        return "victim", objects or subjects
    if (
        place == "obj" and "agent-of-object" in classes
        or place in THROUGH_WORDS and "says" in classes
        or place in PART_PREPOSITIONS and "takes-part" in classes
    ):
        return "subj", subjects
    return "", []
