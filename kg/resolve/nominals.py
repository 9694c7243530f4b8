"""Descriptions: noun phrases that denote a person, an organisation, a place, a group or a product.

A description is headed by a common noun of `seeds/nouns.tsv`, from its determiner to its head. A noun that
stands before a name or in apposition to one ("Apple CEO Steve Jobs", "Ryanair, an airline") describes that name.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kg.model import Parse
from kg.resolve.capitals import opens
from kg.resolve.lexicon import Noun, listed, nouns, parts, singular
from kg.resolve.scene import Draft, Scene

NOUN_TAGS = frozenset({"NN", "NNS"})
PREMODIFIERS = frozenset(
    "det amod compound nummod poss nmod predet quantmod advmod punct npadvmod".split()
)
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
OF_OFFICE = frozenset({"state", "government", "staff", "director"})  # "head of state", "board of directors"
DESCRIBING = frozenset({"compound", "nmod", "appos", "amod"})
PEOPLE = Noun("person", "people", "")


def find_nominals(scene: Scene) -> None:
    """Add a draft for each description; its thing is found later."""
    inside = {i for draft in scene.drafts for i in range(draft.first, draft.last + 1)}
    before_names = {draft.first - 1: draft.kind for draft in scene.drafts if draft.form == "name"}
    found = []
    for token in scene.parse.tokens:
        if token.i in inside:
            continue
        noun = noun_at(scene.parse, token.i)
        if noun is None:
            continue
        if _idiom(scene.parse, token.i) or (token.dep == "ROOT" and token.tag == "NNS" and token.i - 1 in inside):
            continue  # in a headline, a verb that the tagger takes for a noun: "Harbour Line files for ..."
        beside = before_names.get(token.i) == "person" == noun.kind and token.tag != "NNS"
        describes = beside or (token.i in before_names and token.dep in DESCRIBING)
        if token.dep in {"compound", "nmod"} and not describes and token.lemma != "company":
            continue  # "company" alone stands for one: "company profits"
        first, last = _first(scene.parse, token.i, inside), _last(scene.parse, token.i)
        if describes and first == token.i and token.pos == "PROPN":
            continue  # "President" in "President X" says nothing by itself
        draft = Draft(first, last, token.i, "nominal", kind=noun.kind)
        if noun.sense != "side" or (plural(scene.parse, draft) and determiner(scene.parse, draft) in {"the", "both"}):
            found.append(draft)
    scene.add(found)


def _idiom(parse: Parse, i: int) -> bool:
    """Nouns that name nothing here: "head of state", "by phone", "commission of a crime", a bare capitalised title."""
    token = parse.tokens[i]
    governor = parse.tokens[token.head]
    lemma = token.lemma.lower()
    if token.dep == "pobj" and governor.text == "of" and lemma in {"state", "government"}:
        return parse.tokens[governor.head].lemma.lower() in {"head", "secretary", "minister"}
    if token.dep == "pobj" and governor.text.lower() in {"by", "over", "via", "on"} and not parse.children[i]:
        return True
    if lemma in {"commission", "administration", "release"}:
        return any(parse.tokens[c].text == "of" and parse.tokens[c].dep == "prep" for c in parse.children[i])
    bare = not any(parse.tokens[c].dep in PREMODIFIERS for c in parse.children[i] if c < i)
    if token.dep in {"pobj", "dobj"} and bare and token.tag == "NN" and lemma in listed("without-article"):
        return True
    if token.pos == "NUM":
        return False
    return token.pos == "PROPN" and not any(parse.tokens[c].dep in PREMODIFIERS and c < i for c in parse.children[i])


def noun_at(parse: Parse, i: int) -> Noun | None:
    """What the common noun at a token names; a compound ("prime minister") before its last word."""
    token = parse.tokens[i]
    if token.pos == "NUM":
        return _counted(parse, i)
    if is_state_of_people(parse, i):
        return PEOPLE
    if token.tag not in NOUN_TAGS and not _common(parse, i):
        return None
    if token.ner in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}:
        return None
    lemma = token.lemma.lower()
    if i and (noun := nouns().get(f"{parse.tokens[i - 1].lemma.lower()} {lemma}")):
        return noun
    return nouns().get(token.text.lower()) or nouns().get(lemma) or nouns().get(singular(lemma))


def is_state_of_people(parse: Parse, i: int) -> bool:
    """ "The wounded", "three of the dead": people by what befell them, whatever the tagger takes the word for."""
    token = parse.tokens[i]
    if token.dep not in ARGUMENTS or token.text.lower() not in listed("befallen"):
        return False
    return any(parse.tokens[c].text.lower() in {"the", "'", "’s", "'s"} for c in parse.children[i] if c == i - 1)


def _counted(parse: Parse, i: int) -> Noun | None:
    """What a number without its noun counts: "at least 12 were killed" people, "two of the ferries" ferries."""
    token = parse.tokens[i]
    if token.ner not in {"CARDINAL", ""} or token.dep not in ARGUMENTS:
        return None
    for child in parse.children[i]:
        if parse.tokens[child].text == "of":
            of_what = next((c for c in parse.children[child] if parse.tokens[c].dep == "pobj"), None)
            return noun_at(parse, of_what) if of_what is not None else None
    harmed = parse.tokens[token.head].lemma.lower() in listed("harm")
    return PEOPLE if harmed and token.dep in {"nsubj", "nsubjpass", "dobj"} else None


def _common(parse: Parse, i: int) -> bool:
    """Whether what the tagger takes for a proper noun is a common one: a title, a lower-case or an opening word."""
    token = parse.tokens[i]
    return token.pos == "PROPN" and ((token.text,) in parts()["title"] or token.text.islower() or opens(parse, i))


def _first(parse: Parse, head: int, inside: set[int]) -> int:
    """The first token of the base phrase: its premodifiers and theirs, without what a clause puts before it."""
    first = head
    for child in reversed([i for i in parse.children[head] if i < head]):
        token = parse.tokens[child]
        if token.dep not in PREMODIFIERS or parse.right[child] + 1 < first:
            break
        if token.tag == "HYPH" and parse.tokens[child - 1].end < token.start:
            break  # a dash
        if token.dep == "punct" and token.tag not in {"HYPH", ",", "``", "''"}:
            break
        if token.dep == "advmod" and token.tag == "RB" and token.text.lower() in listed("weak-adverbs"):
            break
        first = parse.left[child]
    while first < head and parse.tokens[first].pos == "PUNCT":
        first += 1
    return first


def _last(parse: Parse, head: int) -> int:
    """The head, or the end of "head of state", "secretary of state" and the like."""
    for child in parse.children[head]:
        if child == head + 1 and parse.tokens[child].text == "of":
            for inner in parse.children[child]:
                if inner == head + 2 and parse.tokens[inner].lemma.lower() in OF_OFFICE:
                    return inner
    return head


def called(parse: Parse, draft: Draft) -> str:
    """The lemma of its head, with the word before it where they are one noun: "prime minister"."""
    lemma = parse.tokens[draft.head].lemma.lower()
    compound = f"{parse.tokens[draft.head - 1].lemma.lower()} {lemma}" if draft.head > draft.first else ""
    return compound if compound in nouns() else lemma


def modifiers(parse: Parse, draft: Draft) -> frozenset[str]:
    """The lemmas that narrow a description down: adjectives and nouns before its head, not its determiner."""
    return frozenset(_narrowing(parse, draft))


def _narrowing(parse: Parse, draft: Draft) -> Iterator[str]:
    weak = listed("weak-adjectives")
    for i in range(draft.first, draft.head - called(parse, draft).count(" ")):
        token = parse.tokens[i]
        narrows = token.pos in {"ADJ", "NOUN", "PROPN", "VERB"} or _is_year(parse, i)
        if narrows and token.dep != "poss" and token.text.lower() not in weak:
            yield token.lemma.lower()


def determiner(parse: Parse, draft: Draft) -> str:
    """ "the", "a", "this", "poss", "" ... : how the phrase begins."""
    for child in parse.children[draft.head]:
        token = parse.tokens[child]
        if draft.first <= child < draft.head:
            if token.dep == "poss":
                return "poss"
            if token.dep in {"det", "predet"}:
                return token.text.lower()
    return ""


def plural(parse: Parse, draft: Draft) -> bool:
    """Whether the head is plural in form or by its number word."""
    token = parse.tokens[draft.head]
    if is_state_of_people(parse, draft.head):
        return True
    if token.tag in {"NNS", "NNPS"} or (token.pos == "NUM" and token.text.lower() not in {"one", "1"}):
        return True
    return any(
        parse.tokens[i].dep == "nummod" and parse.tokens[i].text.lower() not in {"one", "1"} and not _is_year(parse, i)
        for i in parse.children[draft.head] if draft.first <= i < draft.head
    )


def several(parse: Parse, draft: Draft) -> bool:
    """Whether several are meant: by a plural, or a word for many people: "the staff"."""
    return plural(parse, draft) or parse.tokens[draft.head].lemma.lower() in listed("many-people")


def count(parse: Parse, draft: Draft) -> str | None:
    """How many, in digits where it is told in digits or number words: "two" is "2", "1.5 million" "1500000"."""
    if parse.tokens[draft.head].pos == "NUM":
        return _number([parse.tokens[draft.head].text.lower()])
    for child in parse.children[draft.head]:
        token = parse.tokens[child]
        counted = token.dep == "nummod" and not _is_year(parse, child) and parse.tokens[child - 1].pos != "PROPN"
        if draft.first <= child < draft.head and counted:
            told = [parse.tokens[i].text.lower() for i in range(parse.left[child], child + 1)]
            return _number([word for word in told if word in WORDS or word[0].isdigit()])
    if determiner(parse, draft) in {"a", "an"} and not plural(parse, draft):
        return "1"
    return None


def _is_year(parse: Parse, i: int) -> bool:
    """Whether a number is the year of one thing: "a 2019 report"."""
    year, head = parse.tokens[i].text, parse.tokens[parse.tokens[i].head]
    return len(year) == 4 and year[:2] in {"19", "20"} and year.isdigit() and head.tag == "NN"


def _number(told: list[str]) -> str | None:
    """The product of its parts; None where they are no single number ("2 or 3", "2-3")."""
    value = Decimal(1)
    for word in told:
        try:
            value *= Decimal(WORDS.get(word, word.replace(",", "")))
        except InvalidOperation:
            return None
    small = [word for word in told if word not in MULTIPLES]
    return f"{value.normalize():f}" if told and len(small) <= 1 else None


MULTIPLES = {"dozen": "12", "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000"}
WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | MULTIPLES
