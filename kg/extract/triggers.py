"""Which words of an article are events: main verbs, event nouns, light verbs with their noun, predicates of "be".

A light verb and its noun are one event, whose trigger is the noun ("had a meeting"): the verb only lends its
subject and prepositions. "be" is a State when nothing better stands under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.arguments import Classes, choose
from kg.extract.lexicon import Lexicon, Sense
from kg.extract.nominal import event_nouns, noun_arguments, noun_frame, settle_modifiers
from kg.extract.syntax import Argument, child, verb_arguments
from kg.model import Parse, Reading, Span

LIGHT = frozenset("have make take give hold do conduct stage pay carry deliver perform undertake mount".split())
LIGHT_PASSIVE = frozenset("receive get undergo suffer face".split())  # "received treatment": subject is the object
COPULAS = frozenset({"be"})
NOT_EVENTS = frozenset({"accord", "include", "let", "regard", "concern", "base", "follow", "give", "compare"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an event, with all it needs to become one. `hosts` are light verbs merged into it."""

    head: int
    words: tuple[int, ...]
    lemma: str
    sense: Sense | None
    arguments: tuple[Argument, ...]
    hosts: tuple[int, ...] = ()
    frame: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.sense.type if self.sense else "Event"

    def span(self, parse: Parse) -> Span:
        """The head and what of its words stands next to it."""
        first = last = self.head
        words = set(self.words)
        while last + 1 in words:
            last += 1
        while first - 1 in words:
            first -= 1
        return parse.span(first, last)


def triggers(reading: Reading, lexicon: Lexicon) -> list[Trigger]:
    """All triggers of an article in text order, one to a head word."""
    parse = reading.parse
    nouns = event_nouns(reading, lexicon)
    classes = Classes(reading, nouns)
    verbs = [i for i in range(len(parse.tokens)) if is_event_verb(parse, i)]
    arguments = {verb: verb_arguments(parse, verb) for verb in verbs}
    light = dict(_light_verbs(parse, verbs, arguments, set(nouns)))
    found = [_verb_trigger(parse, verb, arguments[verb], classes, lexicon) for verb in verbs if verb not in light]
    hosts: dict[int, list[int]] = {}
    for verb, noun in light.items():
        hosts.setdefault(noun, []).append(verb)
    for noun in nouns:
        trigger = _noun_trigger(parse, noun, hosts.get(noun, []), arguments, classes, lexicon)
        if trigger is not None:
            found.append(trigger)
    taken = {word for trigger in found for word in trigger.words if word != trigger.head}
    return sorted((t for t in found if t.head not in taken), key=lambda trigger: trigger.head)


def is_event_verb(parse: Parse, i: int) -> bool:
    """Main verbs, finite or not; not auxiliaries, nor prenominal participles, nor prepositions from verbs."""
    token = parse.tokens[i]
    if token.dep in ("aux", "auxpass", "amod", "compound", "prep", "case", "mark", "prt"):
        return False
    if token.pos == "VERB":
        return True
    return token.pos == "AUX" and token.tag != "MD"


def _light_verbs(
    parse: Parse, verbs: Iterable[int], arguments: dict[int, list[Argument]], nouns: set[int]
) -> Iterator[tuple[int, int]]:
    """(verb, noun) where the noun is the event and the verb is light, or is "be" after "there"."""
    for verb in verbs:
        lemma = parse.tokens[verb].lemma.lower()
        if lemma in LIGHT or lemma in LIGHT_PASSIVE:
            key = "obj"
        elif lemma == "be" and child(parse, verb, "expl") is not None:
            key = "attr"
        else:
            continue
        noun = next((a.head for a in arguments[verb] if a.key == key and a.head in nouns), None)
        if noun is not None:
            yield verb, noun


def _verb_trigger(
    parse: Parse, verb: int, arguments: list[Argument], classes: Classes, lexicon: Lexicon
) -> Trigger:
    token = parse.tokens[verb]
    lemma = token.lemma.lower()
    if lemma == "be":
        return _state(parse, verb, arguments, classes, lexicon)
    matched = {s: w for s in lexicon.verbs.get(lemma, ()) if (w := words_of(parse, verb, s.words)) is not None}
    sense = choose(matched, arguments, classes)
    words = matched[sense] if sense else ()
    particle = [c for c in parse.children[verb] if parse.tokens[c].dep == "prt" and c not in words]
    named = [lemma, *(sense.words if sense else ()), *(parse.tokens[c].text.lower() for c in particle)]
    return Trigger(
        head=verb,
        words=(verb, *words, *particle),
        lemma=" ".join(named),
        sense=sense,
        arguments=tuple(a for a in arguments if a.head not in words),
        frame=dict(sense.frame) if sense else {},
    )


def _state(parse: Parse, verb: int, arguments: list[Argument], classes: Classes, lexicon: Lexicon) -> Trigger:
    """ "X is Y": an adjective is the trigger itself, with its own prepositions; else the copula is."""
    frame = {"subj": "theme", "attr": "attribute"}
    adjective = child(parse, verb, "acomp")
    if adjective is None or parse.tokens[adjective].pos != "ADJ":
        sense = choose(_bare(lexicon.verbs.get("be", ())), arguments, classes)
        return Trigger(verb, (verb,), "be", sense, tuple(arguments), frame=frame)
    lemma = parse.tokens[adjective].lemma.lower()
    sense = choose(_bare(lexicon.adjectives.get(lemma) or lexicon.verbs.get("be", ())), arguments, classes)
    own = [a for a in verb_arguments(parse, adjective) if a.key not in ("subj", "obj")]
    kept = [a for a in arguments if a.head != adjective]
    return Trigger(adjective, (adjective,), lemma, sense, (*kept, *own), (verb,), frame | dict(sense.frame if sense else {}))


def _bare(senses: Iterable[Sense]) -> list[Sense]:
    return [sense for sense in senses if not sense.words]


def words_of(parse: Parse, head: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """The tokens of a pattern's words, each hanging on the head or on the word before; None without a match."""
    found: list[int] = []
    under = [head]
    for word in words:
        match = next(
            (
                c
                for governor in reversed(under)
                for c in parse.children[governor]
                if parse.tokens[c].text.lower() == word or parse.tokens[c].lemma.lower() == word
            ),
            None,
        )
        if match is None:
            return None
        found.append(match)
        under.append(match)
    return tuple(found)


def _noun_trigger(
    parse: Parse, noun: int, hosts: list[int], verb_args: dict[int, list[Argument]], classes: Classes, lexicon: Lexicon
) -> Trigger | None:
    lemma = parse.tokens[noun].lemma.lower()
    arguments = list(noun_arguments(parse, noun, classes))
    for host in hosts:
        arguments.extend(_lent(parse, host, noun, verb_args[host]))
    senses = lexicon.nouns.get(lemma, ())
    matched = {s: w for s in senses if (w := words_of(parse, noun, s.words)) is not None}
    sense = choose(matched, arguments, classes)
    if sense is None and (senses or not arguments):
        return None
    words = matched[sense] if sense else ()
    frame = dict(noun_frame(sense))
    arguments = settle_modifiers([a for a in arguments if a.head not in words], frame, classes)
    named = " ".join([*(parse.tokens[w].lemma.lower() for w in sorted(words)), lemma])
    return Trigger(noun, (noun, *words), named, sense, tuple(dict.fromkeys(arguments)), tuple(hosts), frame)


def _lent(parse: Parse, host: int, noun: int, arguments: list[Argument]) -> Iterator[Argument]:
    """What a light verb gives its noun: subject, indirect object, prepositions."""
    turned = parse.tokens[host].lemma.lower() in LIGHT_PASSIVE
    for argument in arguments:
        if argument.head == noun:
            continue
        if argument.key == "subj":
            yield Argument("of" if turned else "subj", argument.head)
        elif argument.key not in ("obj", "attr", "comp"):
            yield argument
