"""What kind of thing a name names: votes of all its mentions, not the recogniser's word at each.

Every mention of the same string votes, and a surname votes with the full name that ends in it: the recogniser's
label, the gazetteer, words inside the name (Inc., River), titles and given names, appositions ("X, a
spokesman"), and what the sentence does with it ("X said", "in X", "X shares", "X, 34,", "an X").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from kg.model import EntityKind, Parse, Token
from kg.resolve.lexicon import given_names, listed, nouns, parts, title_before
from kg.resolve.scene import Draft, Scene

LABELS: dict[str, EntityKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "PRODUCT": "other", "WORK_OF_ART": "other", "EVENT": "other", "LAW": "other", "LANGUAGE": "other",
}  # fmt: skip
OWNERS = frozenset("a an its their this your our my".split())  # determiners before a product's name

GROUNDS = frozenset({"facility", "settlement", "region"})  # "the market of X", "the village of X"
CALLING = frozenset({"call", "know"})
SETTLED = frozenset({"settlement", "region"})
RULERS = frozenset("king queen mayor governor sheriff archbishop bishop".split())  # of places
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
AUXILIARIES = frozenset({"aux", "auxpass"})
PLURAL_VERBS = frozenset("are were have".split())
IMPERSONAL = frozenset("be seem appear make take cost".split())  # "said it took years"
SAILING = frozenset("sink capsize dock moor sail".split())  # what "the X" does, if a ship
MADE = frozenset({"vehicle", "device", "software"})
EDITIONS = frozenset({"version", "edition", "sequel"})  # "of" a product
DEPARTING = frozenset("leave depart sail head".split())  # "left Cebu for X"
MENTAL = frozenset("believe confide confidence faith trust interest disappoint interested see".split())  # "in" people

Votes = Counter[EntityKind]
Vote = tuple[EntityKind, int]

# Weights by what each kind of evidence is worth, set on development articles: a gazetteer entry or a title
# outweighs the recogniser's label at one mention, and is outweighed by several.
LABEL = 10
HEARD = 3  # mentions whose label counts: where the recogniser errs on a name it errs again, but for "Polish" firms
KNOWN = 30  # the gazetteer knows the name, and as one kind only
UNSURE = 12  # ... as several kinds, or as a lone surname
TITLE = 30  # "Mr. X", "X, 34,"
GIVEN = 20  # begins with a given name
PART = 25  # "X Inc.", "X River", "University of X"
NOUN = 20  # "X, a spokesman", "X is an airline"
TRADE = 45  # "the ferry operator X": the recogniser may have a person at every mention
SURNAME = 15  # of a person whose full name the text has: the recogniser errs on lone surnames
SYNTAX = 5  # "X said", "in X", "X's shares"
PAIRED = 45  # a given name joined by "and" to a person's: "Paris and Nicole"


def type_names(scene: Scene) -> None:
    """Set the kind of every name."""
    votes: defaultdict[str, Votes] = defaultdict(Counter)
    names = [(draft, _key(scene.quote(draft))) for draft in scene.drafts if draft.form == "name"]
    for (name, label), mentions in Counter((name, draft.label) for draft, name in names if draft.label).items():
        votes[name][LABELS[label]] += LABEL * (mentions if label == "NORP" else min(mentions, HEARD))
    for draft, name in names:
        own = votes[name]  # of each name, so that a bare surname has the votes of the full name
        for kind, weight in _evidence(scene, draft):
            own[kind] += weight
    full = _full_names(votes)
    for surname in _surnames(votes):
        full[surname]["person"] += SURNAME
    for draft, name in names:
        default: EntityKind = "organization" if name.isupper() else "other"
        draft.kind = _winner(votes[name] + full[name] if name in full else votes[name], draft, default)


def _key(name: str) -> str:
    """One key for a name however it is capitalised (a dateline, "Macbook" and "MacBook"); acronyms keep theirs."""
    return name if name.isupper() and len(name) < 6 else name.casefold()


def _full_names(votes: dict[str, Votes]) -> dict[str, Votes]:
    """For each lone word that is part of a longer name of a person or begins a firm's, that name's votes."""
    longer: dict[str, Votes] = {}
    for name, counts in votes.items():
        parted = name.split()
        if len(parted) < 2 or not counts:
            continue
        bare = " ".join(parted[:-1])
        if parted[-1] in _firm_words() and bare in votes and len(parted) > 2:  # "Harbour Freight" of "... Inc."
            longer[bare] = longer.get(bare, Counter()) + counts
        firm = parted[-1] in _firm_words() and votes.get(parted[0], Counter())["place"] < KNOWN
        person = counts.most_common(1)[0][0] == "person"
        shorter = [parted[0]] if firm else []
        if person or parted[-1] in _club_words():
            shorter.append(parted[-1])
        if person:
            shorter.append(parted[0])
        for word in shorter:
            if word in votes:
                longer[word] = longer.get(word, Counter()) + counts
    return longer


@cache
def _club_words() -> frozenset[str]:
    return frozenset(map(_key, listed("club-names")))


def _surnames(votes: dict[str, Votes]) -> Iterator[str]:
    """Each lone word that ends the name of one whom the text has as a person."""
    for name, counts in votes.items():
        first, _, surname = name.rpartition(" ")
        if first and surname in votes and counts and counts.most_common(1)[0][0] == "person":
            yield surname


@cache
def _firm_words() -> frozenset[str]:
    return frozenset(_key(name[-1]) for name, part in parts()["last"].items() if part.kind == "organization")


def _winner(votes: Votes, draft: Draft, default: EntityKind) -> EntityKind:
    """The kind with most votes; of equal ones the recogniser's, else the first by name."""
    own = LABELS.get(draft.label)
    return min(votes, key=lambda kind: (-votes[kind], kind != own, kind), default=default)


def _evidence(scene: Scene, draft: Draft) -> Iterator[Vote]:
    if scene.quote(draft) == scene.article.publisher and scene.article.publisher not in scene.article.authors:
        yield "organization", TITLE  # "told the Nordkyst Avis" in its own report
    for source in (_gazetteer, _words, _before, _after, _determiner, _syntax, _pairs):
        yield from source(scene, draft)


def _gazetteer(scene: Scene, draft: Draft) -> Iterator[Vote]:
    if draft.match is None:
        return
    kinds = list(dict.fromkeys(sense.row.kind for sense in draft.match.senses if sense.how != "metonym"))
    kinds = kinds or [draft.match.rows[0].kind]
    lone_person = kinds == ["person"] and draft.first == draft.last
    yield kinds[0], KNOWN if len(kinds) == 1 and not lone_person else UNSURE


def _words(scene: Scene, draft: Draft) -> Iterator[Vote]:
    """What the words of the name say."""
    name = scene.words[draft.first : draft.last + 1]
    telling = list(_telling_words(name)) if len(name) > 1 else []
    yield from telling
    if name[0] in given_names() and not {"of", "&"} & set(name) and sum(weight for _, weight in telling) < PART:
        yield "person", GIVEN if len(name) > 1 else GIVEN // 3
    if (name[-1][:1].isdigit() or (any(char.isdigit() for char in name[-1]) and len(name[-1]) > 2)) and not _speaks(
        scene, draft
    ):
        yield "other", PART
    if name[0][0].islower() and name[0][1:2].isupper():  # a brand's own spelling: "iPhone", "eBook"
        yield "other", PART


def _speaks(scene: Scene, draft: Draft) -> bool:
    """Whether it reports or is called an outlet, as no model or flight is: "TVN24 reported", "the channel RTL7"."""
    tokens = scene.parse.tokens
    token = tokens[draft.head]
    if token.dep == "nsubj" and tokens[token.head].lemma in listed("saying"):
        return True
    return bool(draft.first) and tokens[draft.first - 1].lemma in listed("outlets")


def _telling_words(name: tuple[str, ...]) -> Iterator[Vote]:
    first, last = parts()["first"], parts()["last"]
    part = last.get(name[-2:]) or last.get(name[-1:])  # "Policy Center", "Center"
    if part or ("of" in name[1:-1] and (part := last.get((name[name.index("of") - 1],)))):
        yield part.kind, PART
    if part := first.get(name[:2]) or first.get(name[:1]):  # "University of", "Lake"
        yield part.kind, PART // 2
    if name[-1].isdigit():
        yield "other", PART


def _before(scene: Scene, draft: Draft) -> Iterator[Vote]:
    """A title or a noun directly before: "Mr. X", "spokesman X", "retailer X"."""
    tokens, first = scene.parse.tokens, draft.first
    start = scene.parse.sentences[tokens[first].sentence][0]
    before = scene.words[max(start, first - 3) : first]
    if before and title_before(before) and before[-1] != "MP":
        yield "person", TITLE
    elif before:
        token = tokens[first - 1]
        noun = nouns().get(token.lemma.lower()) if token.tag in {"NN", "NNS"} else None
        head = tokens[draft.head]
        before_it = token.dep in {"compound", "nmod", "appos"} and token.head == draft.head
        digits = any(char.isdigit() for char in scene.words[draft.last])
        called = before_it or (head.dep == "appos" and head.head == token.i)
        if token.lemma in listed("outlets") and called and (digits or draft.label != "PERSON"):
            yield "organization", TITLE
        if noun is not None and noun.kind == "person" and token.lemma.lower() in listed("people-or-firms"):
            noun = None  # "investor Ann Lee"
        firm = noun is not None and noun.sense == "company" and beside_definite(scene.parse, first)
        if noun is not None and (called or firm):
            yield noun.kind, TRADE if noun.sense == "company" else NOUN


def bearer_of(parse: Parse, name: int) -> int | None:
    """The noun that is called by a name, by their heads: "a group calling itself X", "a hacker known as X"."""
    tokens = parse.tokens
    above = tokens[tokens[name].head]
    told_as = tokens[name].dep == "pobj" and above.text == "as"
    verb = tokens[above.head] if told_as else above
    names = told_as or tokens[name].dep == "oprd"
    if not names or verb.lemma not in CALLING or verb.dep not in {"acl", "relcl"}:
        return None
    itself = any(tokens[i].text in {"itself", "himself", "herself", "themselves"} for i in parse.children[verb.i])
    return verb.head if itself or verb.tag == "VBN" else None


def beside_definite(parse: Parse, first: int) -> bool:
    """Whether "the" and a common noun stand directly before: "the bank X" is one thing, however it was parsed."""
    tokens = parse.tokens
    if not 1 < first < len(tokens):
        return False
    noun, name = tokens[first - 1 : first + 1]
    definite = any(tokens[i].text.lower() == "the" for i in parse.children[noun.i])
    return definite and noun.tag == "NN" and noun.sentence == name.sentence


def _after(scene: Scene, draft: Draft) -> Iterator[Vote]:
    """An age ("X, 34,"), or the larger place ("Toulouse, France")."""
    after = scene.words[draft.last + 1 : draft.last + 4]
    if len(after) < 2 or after[0] != ",":
        return
    if len(after) == 3 and after[1].isdigit() and len(after[1]) == 2 and after[2] in {",", "."}:
        yield "person", TITLE
    if draft.last + 2 in scene.place_starts:
        yield "place", NOUN


def _determiner(scene: Scene, draft: Draft) -> Iterator[Vote]:
    """A product has articles and owners ("an iPod", "its new iPhone"); a band or a team is plural ("the Beatles")."""
    parse = scene.parse
    token = parse.tokens[draft.head]
    if draft.match is not None or draft.head != draft.last:
        return
    before = [parse.tokens[i] for i in parse.children[draft.head] if i < draft.first]
    first = before[0].text.lower() if before and before[0].dep in {"det", "poss", "nummod"} else ""
    lone = draft.first == draft.last and not token.text.isupper()
    if token.tag == "NNPS" and first == "the" and LABELS.get(draft.label) != "place":
        yield "organization", NOUN
    elif first in OWNERS or (first and any(each.lemma == "new" for each in before)):
        yield "other", NOUN
    elif any(each.dep == "compound" and each.tag == "NN" for each in before):
        return  # "the drugmaker X": the article is the noun's
    elif first == "the" and lone and token.dep in {"nsubj", "dobj", "pobj", "nsubjpass", "conj"}:
        yield "other", NOUN // 2


def _syntax(scene: Scene, draft: Draft) -> Iterator[Vote]:
    """What it does, where it stands, what it has, what it is said to be."""
    parse = scene.parse
    token = parse.tokens[draft.head]
    governor = parse.tokens[token.head]
    if token.dep == "nsubj" and governor.lemma in listed("agents"):
        yield "person", SYNTAX // 2
        yield "organization", SYNTAX // 2
    if token.dep == "pobj" and draft.first == governor.i + 1:
        yield from _under_preposition(scene, draft, governor)
    elif token.dep == "conj" and governor.dep == "pobj" and governor.ner in {"GPE", "LOC"}:  # "in Leeds and Hull"
        yield from _under_preposition(scene, draft, parse.tokens[governor.head])
    if token.dep == "nsubj" and governor.lemma in SAILING and scene.words[draft.first - 1].lower() == "the":
        yield "other", NOUN
    told = nouns().get(governor.lemma.lower()) if token.dep == "appos" and governor.tag == "NN" else None
    if told is not None and governor.i < draft.first and governor.lemma.lower() not in listed("people-or-firms"):
        if told.sense in MADE and draft.match is None:
            yield "other", NOUN  # "a tablet, the Falke"
        elif told.sense in {"role", "company"}:
            yield told.kind, NOUN  # "its chairman, X"
    bearer = bearer_of(parse, draft.head)
    if bearer is not None and (noun := nouns().get(parse.tokens[bearer].lemma.lower())):
        several = noun.kind == "person" and parse.tokens[bearer].tag == "NNS"  # "rebels who call themselves"
        yield "organization" if several else noun.kind, TRADE
    if token.dep == "pobj" and governor.text == "of" and parse.tokens[governor.head].lemma in EDITIONS:
        yield "other", NOUN
    if token.dep in {"poss", "compound", "nmod"} and governor.lemma.lower() in listed("owned-by-firms"):
        yield "organization", SYNTAX
    if token.dep in {"dobj", "nsubjpass"} and governor.lemma in listed("done-to-people"):
        yield "person", UNSURE
    if token.dep in {"compound", "nmod"} and governor.lemma in listed("after-names"):
        yield "organization", PART
    relays = any(parse.tokens[i].dep == "ccomp" for i in parse.children[governor.i])
    if token.dep == "nsubj" and governor.lemma in listed("relaying") and relays and draft.label != "PERSON":
        yield "organization", NOUN  # "the Post understands that"
    if _is_a_team(parse, draft):
        yield "organization", TITLE
    is_said = token.dep == "nsubj" and governor.lemma == "be"
    for child in (*parse.children[draft.head], *(parse.children[governor.i] if is_said else ())):
        other = parse.tokens[child]
        described = (other.dep == "appos" and other.i > draft.last) or (other.dep == "attr" and is_said)
        if described and (noun := nouns().get(other.lemma.lower())):
            yield noun.kind, NOUN
        if other.dep == "relcl":
            pronouns = {parse.tokens[i].text.lower() for i in parse.children[child]}
            if "who" in pronouns:
                yield "person", NOUN
            elif "which" in pronouns and draft.label == "PERSON":
                yield "organization", NOUN
    if draft.label in {"PERSON", "GPE"} and token.dep == "nsubj" and draft.match is None:
        yield from _own_things(scene, draft, token.head)
    subject = governor if token.dep == "appos" else token  # "the operator, X, denied that it"
    unknown = draft.match is None and draft.label != "GPE"
    if unknown and subject.dep == "nsubj" and _calls_itself_it(parse, subject.head):
        yield "organization", NOUN


def _is_a_team(parse: Parse, draft: Draft) -> bool:
    """Whether a single name has a verb in the plural, as clubs and bands have: "Elba have won"."""
    token = parse.tokens[draft.head]
    if draft.match is not None or draft.label == "NORP" or token.dep not in SUBJECTS or not token.text[:1].isupper():
        return False
    verb = parse.tokens[token.head]
    auxiliary = next((parse.tokens[i] for i in parse.children[verb.i] if parse.tokens[i].dep in AUXILIARIES), verb)
    several = auxiliary.i > token.i and auxiliary.text.lower() in PLURAL_VERBS
    return several and not any(parse.tokens[i].dep in {"conj", "cc"} for i in parse.children[token.i])


def _own_things(scene: Scene, draft: Draft, verb: int) -> Iterator[Vote]:
    """ "Osaka Hanto has dropped its plan": what has "its" things is no person, whatever the recogniser says."""
    parse = scene.parse
    for child in parse.children[verb]:
        if child > verb and parse.tokens[child].dep == "dobj":
            owners = (parse.tokens[i].text.lower() for i in parse.children[child] if parse.tokens[i].dep == "poss")
            if "its" in owners:
                of_a_country = draft.first > 0 and scene.words[draft.first - 1] in {"'s", "’s"}
                if of_a_country or draft.label == "PERSON":
                    yield "organization", PAIRED if of_a_country else UNSURE


def _calls_itself_it(parse: Parse, verb: int) -> bool:
    """ "Hanto Falck denied that it had hidden a spill": who speaks of "it" that does something is no person."""
    tokens = parse.tokens
    for said in parse.children[verb]:
        does = any(tokens[i].dep in {"dobj", "xcomp"} for i in parse.children[said])
        for it in parse.children[said] if does and tokens[said].dep == "ccomp" and said > verb else ():
            quoted = any(token.tag in {"``", "''"} for token in tokens[verb:it])  # what another's words call "it"
            if tokens[it].text == "it" and tokens[it].dep == "nsubj" and not quoted:
                return tokens[said].lemma not in IMPERSONAL
    return False


def _under_preposition(scene: Scene, draft: Draft, preposition: Token) -> Iterator[Vote]:
    """ "in X" is a place, all the more after a place ("a hospital in X", "the market of X") or where the recogniser
    has a person, whom nothing is in; so is where one leaves for."""
    word, governor = preposition.text.lower(), scene.parse.tokens[preposition.head]
    noun = nouns().get(governor.lemma.lower()) if governor.tag in {"NN", "NNS"} else None
    inside = word in listed("located-in")
    if word == "of" and governor.lemma.lower() in RULERS:
        yield "place", NOUN
    site = noun is not None and (noun.kind == "place" or governor.lemma.lower() in listed("without-article"))
    people = noun is not None and (noun.kind == "person" or noun.sense == "security")
    people = people and governor.lemma.lower() not in listed("people-or-firms")
    if noun is not None and site and (inside or (word == "of" and noun.sense in GROUNDS)):
        yield "place", TRADE if word == "of" and noun.sense in SETTLED else NOUN  # "the city of X" leaves no doubt
    elif word == "near" or (word == "for" and governor.lemma in DEPARTING):
        yield "place", UNSURE
    elif inside and people:
        yield "place", NOUN  # "officials in X"
    elif inside:
        person = draft.label == "PERSON" and word == "in" and scene.words[draft.first] not in given_names()
        yield "place", UNSURE if person and governor.lemma not in MENTAL else SYNTAX


def _pairs(scene: Scene, draft: Draft) -> Iterator[Vote]:
    """Things joined by "and" are of a kind."""
    parse = scene.parse
    token = parse.tokens[draft.head]
    given = scene.quote(draft) in given_names()
    label = parse.tokens[token.head].ner if token.dep == "conj" else ""
    if label in LABELS and label != "NORP":
        yield LABELS[label], PAIRED if given and label == "PERSON" else SYNTAX
    others = [parse.tokens[i] for i in parse.children[draft.head]]
    if given and any(other.dep == "conj" and other.ner == "PERSON" for other in others):
        yield "person", PAIRED
