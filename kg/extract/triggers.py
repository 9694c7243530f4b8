"""Which words of an article are events: main verbs, event nouns, light verbs with their noun, predicates of "be".

A light verb and its noun are one event, whose trigger is the noun ("had a meeting"): the verb only lends its
subject and prepositions. "be" is a State when nothing better stands under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.arguments import ANY, Classes, choose, fillers
from kg.extract.dependants import Argument, preposition_arguments, verb_arguments
from kg.extract.lexicon import PARTICLES, Lexicon, Sense
from kg.extract.light import from_light, lent, light_verbs
from kg.extract.nominal import event_nouns, noun_arguments, noun_frame, settle_modifiers, welcome
from kg.extract.syntax import PREDICATE_TAGS, child, is_passive
from kg.model import Parse, Reading, Span, Token

NOT = frozenset({"n't", "n’t"})
DEPENDENT = frozenset({"aux", "auxpass", "amod", "compound", "prep", "case", "mark", "prt"})
Arguments = dict[int, list[Argument]]


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
    names = {m.head.end for m in reading.mentions if m.form == "name" or (m.form == "nominal" and m.kind == "person")}
    called = _words_of_people(reading)
    verbs = (
        t.i for t in parse.tokens
        if is_event_verb(parse, t.i) and t.end not in names and t.text not in called and not _names_people(t, lexicon)
    )
    arguments = {verb: verb_arguments(parse, verb) for verb in verbs}
    given, hosts = _given(parse, arguments, frozenset(nouns), lexicon)
    found = {
        noun: trigger
        for noun in nouns
        if (trigger := _noun_trigger(parse, noun, given[noun], hosts[noun], classes, lexicon)) is not None
    }
    light = {host for trigger in found.values() for host in trigger.hosts}
    for verb, own in arguments.items():
        if verb not in light:
            trigger = _verb_trigger(parse, verb, own, classes, lexicon)
            found[trigger.head] = trigger
    taken = {word for trigger in found.values() for word in trigger.words if word != trigger.head}
    return [found[head] for head in sorted(found) if head not in taken]


def _words_of_people(reading: Reading) -> frozenset[str]:
    """The capitalised words of the people's names: in a headline read amiss, "Trump" is no verb."""
    text = reading.article.text
    named = (m.span.of(text) for m in reading.mentions if m.form == "name" and m.kind == "person")
    return frozenset(word for name in named for word in name.split() if word[:1].isupper())


def _names_people(token: Token, lexicon: Lexicon) -> bool:
    """A noun for people that was read as a verb which the lexicon does not know: "meets African Union envoys"."""
    lemma = token.lemma.lower()
    return lemma not in lexicon.verbs and "person" in lexicon.classes.get(lemma, ())


def _given(
    parse: Parse, arguments: Arguments, nouns: frozenset[int], lexicon: Lexicon
) -> tuple[Arguments, dict[int, list[int]]]:
    """What verbs give to each noun, and the light verbs that are one event with it."""
    given: Arguments = {noun: [] for noun in nouns}
    hosts: dict[int, list[int]] = {noun: [] for noun in nouns}
    for verb, noun in light_verbs(parse, arguments, nouns):
        senses = lexicon.verbs.get(parse.tokens[verb].lemma, ())
        if any(noun in (words_of(parse, verb, sense.words) or ()) for sense in senses):
            continue  # a phrase with a sense of its own: "came under fire"
        hosts[noun].append(verb)
        given[noun].extend(from_light(parse, verb, noun, arguments[verb]))
    for noun, argument in lent(parse, arguments, lexicon):
        if noun in nouns and not hosts[noun]:
            given[noun].append(argument)
    return given, hosts


def is_event_verb(parse: Parse, i: int) -> bool:
    """Main verbs, finite or not: no auxiliaries ("is to go", "has yet to go", "is going to be"), no participles in
    front of a noun, no prepositions made from verbs."""
    token = parse.tokens[i]
    if token.pos not in PREDICATE_TAGS or token.dep in DEPENDENT:
        return False
    if not token.lemma.replace("-", "").isalpha() or token.text.lower() in NOT:
        return False  # also dashes read as verbs
    modal = token.lemma in ("be", "have") or token.text.lower() == "going"
    if modal and child(parse, i, "xcomp") is not None and child(parse, i, "attr", "acomp", "dobj", "prep") is None:
        return False
    participle = child(parse, i, "acomp") if token.lemma == "be" else None
    if participle is not None and parse.tokens[participle].pos == "VERB" and is_passive(parse, participle):
        return False
    return token.pos == "VERB" or token.tag != "MD"


def _verb_trigger(
    parse: Parse, verb: int, arguments: list[Argument], classes: Classes, lexicon: Lexicon
) -> Trigger:
    token = parse.tokens[verb]
    lemma = token.lemma.lower()
    if lemma == "be":
        return _state(parse, verb, arguments, classes, lexicon)
    senses = lexicon.verbs.get(lemma, ())
    arguments = list(_settled(arguments, senses))
    sense, words, reach = _sense(parse, verb, senses, arguments, classes)
    particle = [c for c in parse.children[verb] if parse.tokens[c].dep == "prt" and c not in words]
    named = [lemma, *(sense.words if sense else ()), *(parse.tokens[c].text.lower() for c in particle)]
    return Trigger(
        head=verb,
        words=(verb, *words, *particle),
        lemma=" ".join(named),
        sense=sense,
        arguments=tuple(a for a in reach if a.head not in words),
        frame=dict(sense.frame) if sense else {},
    )


def _sense(
    parse: Parse, verb: int, senses: tuple[Sense, ...], arguments: list[Argument], classes: Classes
) -> tuple[Sense | None, tuple[int, ...], list[Argument]]:
    """The first sense whose words and conditions hold, its words, and the arguments with those of its words."""
    for sense in senses:
        words = words_of(parse, verb, sense.words)
        if words is not None and _fits(parse, sense, words):
            own = (a for a in arguments if a.head not in words)  # "took place" has no object
            reach = [*own, *_under_words(parse, words)]
            if choose([sense], reach, classes):
                return sense, words, reach
    return None, (), arguments


def _settled(arguments: list[Argument], senses: tuple[Sense, ...]) -> Iterator[Argument]:
    """A verb shares the object of the verb after it only if it is known to take one."""
    for argument in arguments:
        if argument.key != "shared":
            yield argument
        elif any("obj" in sense.frame for sense in senses):
            yield Argument("obj", argument.head)


def _fits(parse: Parse, sense: Sense, words: tuple[int, ...]) -> bool:
    """A particle is not a preposition: "the talks went on", not "went on holiday"."""
    last = words[-1] if words else -1
    particle = last >= 0 and sense.words[-1] in PARTICLES and sense.words[-1] not in sense.frame
    return not (particle and child(parse, last, "pobj") is not None)


def _under_words(parse: Parse, words: tuple[int, ...]) -> Iterator[Argument]:
    """What hangs on the nouns and adjectives of a pattern ("impose sanctions on banks", "found him guilty")."""
    for word in words:
        if parse.tokens[word].pos in {"NOUN", "ADJ"}:
            for c in parse.children[word]:
                if parse.tokens[c].dep == "prep":
                    yield from preposition_arguments(parse, c)
                elif parse.tokens[c].dep == "nsubj":
                    yield Argument("obj", c)


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
    frame |= sense.frame if sense else {}
    return Trigger(adjective, (adjective,), lemma, sense, (*kept, *own), (verb,), frame)


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
                if (parse.tokens[c].text.lower() == word or parse.tokens[c].lemma.lower() == word)
                and not (parse.tokens[c].tag == "TO" and c < governor)  # "paid | to look away"
            ),
            _opening(parse, head, word) if len(words) == 1 else None,
        )
        if match is None:
            return None
        found.append(match)
        under.append(match)
    return tuple(found)


def _opening(parse: Parse, head: int, word: str) -> int | None:
    """The "for" of "called | for the ship to be sold", which hangs on the infinitive."""
    if word != "for" or head + 1 == len(parse.tokens):
        return None
    after = parse.tokens[head + 1]
    return after.i if after.dep == "mark" and after.text == word and parse.tokens[after.head].head == head else None


def _noun_trigger(
    parse: Parse, noun: int, given: list[Argument], hosts: list[int], classes: Classes, lexicon: Lexicon
) -> Trigger | None:
    """An event noun with its own arguments and those that verbs give it; None where no sense fits."""
    lemma = parse.tokens[noun].lemma.lower()
    own = list(noun_arguments(parse, noun, classes))
    senses = lexicon.nouns.get(lemma, ())
    matched = {s: w for s in senses if (w := words_of(parse, noun, s.words)) is not None}
    sense = choose(matched, [*own, *given], classes)
    if sense is None and (senses or not own):
        return None
    words = matched[sense] if sense else ()
    frame = dict(noun_frame(sense))
    arguments = settle_modifiers([a for a in own if a.head not in words], frame, classes)
    arguments += welcome(arguments, given, frame)
    weak = sense is None or any(test.key == ANY for test in sense.tests)
    if weak and next(fillers(arguments, frame, sense, classes), None) is None:
        return None  # often a thing: only its participants make it an event
    named = " ".join(parse.tokens[word].lemma.lower() for word in sorted((noun, *words)))
    return Trigger(noun, (noun, *words), named, sense, tuple(dict.fromkeys(arguments)), tuple(hosts), frame)
