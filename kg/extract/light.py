"""What verbs give to nouns: light verbs, and verbs whose subject also takes part in the noun's event.

* A light verb says nothing but that the noun happens ("had a meeting", "there was an attack"): verb and noun are
  one event, the noun's, and the noun gets all that hangs on the verb.
* Other verbs are events of their own and lend the noun a participant, as NomBank's support verbs do: "signed an
  agreement" (the signer agrees), "faces charges" (the one who faces is charged), "killed in an attack".

Which verbs lend is data: the classes of `LENDING`, and @happens, in `seeds/events.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.dependants import Argument
from kg.extract.lexicon import Lexicon
from kg.extract.syntax import ADJUNCTS, child
from kg.model import Parse

LIGHT = frozenset(
    "have make take give hold do conduct stage pay carry deliver perform undertake mount impose commit reach strike "
    "express".split()
)
LIGHT_PASSIVE = frozenset("receive get undergo suffer face".split())  # "received treatment": subject is the object
STANDING = frozenset("be come remain stay put go fall".split())  # "be under investigation", "come under attack"
UNDERGONE = frozenset({"under"})
TAKEN_PART = frozenset({"on", "in", "at"})  # "on strike", "in talks", "at war"
# class of verb, where the noun stands, the noun's key for what it gets, whether the object (or else subject) is it
LENDING = (
    ("patient-of-object", frozenset({"obj"}), "of", False),  # "faces charges"
    ("victim", frozenset({"in", "by", "during", "from", "of"}), "victim", True),  # "killed in an attack"
    ("charge", frozenset({"with", "of", "for"}), "subj", True),  # "charged with arson"
    ("undergoes", frozenset({"into", "to"}), "of", True),  # "was sentenced to death", "checked into rehab"
    ("agent-of-object", frozenset({"obj"}), "subj", False),  # "signed an agreement"
    ("says", frozenset({"in", "during", "over"}), "subj", False),  # "said in a statement"
    ("addresses", frozenset({"in", "during", "over"}), "with", True),  # "told her in a phone call"
    ("takes-part", frozenset({"in", "at", "from", "to", "for", "over", "into"}), "subj", False),  # "play in a match"
)

Arguments = Mapping[int, list[Argument]]


def light_verbs(parse: Parse, arguments: Arguments, nouns: frozenset[int]) -> Iterator[tuple[int, int]]:
    """(verb, noun) where the noun is the event and the verb is light, or is "be" after "there"."""
    for verb, own in arguments.items():
        lemma = parse.tokens[verb].lemma.lower()
        keys = {a.key for a in own}
        if lemma == "pay" and any(parse.tokens[c].text == "for" for c in parse.children[verb]):
            continue  # "the search was paid for by the state"
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
            for key, givers in _lends(argument.key, classes, subjects, objects):
                yield from ((argument.head, Argument(key, giver)) for giver in givers)
        if "happens" in classes:  # "the talks began in Oslo on Monday"
            adjuncts = [a for a in own if a.key in ADJUNCTS or a.key == "adverbial"]
            yield from ((noun, adjunct) for noun in objects or subjects for adjunct in adjuncts)


def _lends(
    place: str, classes: frozenset[str], subjects: list[int], objects: list[int]
) -> Iterator[tuple[str, list[int]]]:
    """What a verb of these classes gives to a noun at `place`: the noun's key, and the participants."""
    for name, places, key, from_object in LENDING:
        if name in classes and place in places:
            yield key, (objects or subjects) if from_object else subjects
    if place == "subj" and "victim" in classes:
        yield "victim", objects
