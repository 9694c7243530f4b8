"""What kind of thing a name names: votes of all its mentions, not the recogniser's word at each.

Every mention of the same string votes, and a surname votes with the full name that ends in it: the recogniser's
label, the gazetteer, words inside the name (Inc., River), titles and given names, appositions ("X, a
spokesman"), and what the sentence does with it ("X said", "in X", "X shares", "X, 34,").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from kg.model import EntityKind
from kg.resolve.lexicon import given_names, nouns, parts, title_before
from kg.resolve.scene import Draft, Scene

LABELS: dict[str, EntityKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "PRODUCT": "other", "WORK_OF_ART": "other", "EVENT": "other", "LAW": "other", "LANGUAGE": "other",
}
SPEECH = frozenset(
    "say tell announce add claim deny confirm ask warn argue reply insist explain declare state urge admit think "
    "believe want hope agree refuse decide meet resign write note tweet report sue buy acquire sell launch release "
    "unveil introduce plan order file sign win offer propose reject accuse promise purchase hire appoint settle".split()
)
LOCATIVE = frozenset({"in", "near", "across", "throughout", "outside", "around", "inside"})
OWNED = frozenset("spokesman spokeswoman spokesperson ceo share stock chairman executive president headquarters "
                  "employee founder subsidiary boss official chief profit revenue board customer lawyer".split())

Votes = Counter[EntityKind]

# weights, set by hand from what each kind of evidence is worth; a gazetteer entry or a title outweighs the
# recogniser's label at one mention, and is outweighed by several
LABEL, KNOWN, UNSURE, TITLE, GIVEN, PART, NOUN, SYNTAX = 1.0, 3.0, 1.2, 3.0, 2.0, 2.5, 2.0, 0.5
PAIRED = 4.5  # a given name joined by "and" to a person's: "Paris and Nicole"


def type_names(scene: Scene) -> None:
    """Set the kind of every name."""
    votes: defaultdict[str, Votes] = defaultdict(Counter)
    for draft in scene.drafts:
        if draft.form == "name":
            votes[_key(scene.quote(draft))].update(_evidence(scene, draft))
    full = _full_names(votes)
    for draft in scene.drafts:
        if draft.form == "name":
            name = _key(scene.quote(draft))
            draft.kind = _winner(votes[name] + full.get(name, Counter()), draft)


def _key(name: str) -> str:
    """One key for a name however it is capitalised (a dateline, "Macbook" and "MacBook"); acronyms keep theirs."""
    return name if name.isupper() and len(name) < 6 else name.casefold()


def _full_names(votes: dict[str, Votes]) -> dict[str, Votes]:
    """For each lone word that ends a longer name of a person, that name's votes."""
    longer: dict[str, Votes] = {}
    for name, counts in votes.items():
        words = name.split()
        firm = len(words) > 1 and words[-1] in _firm_words()
        if firm and words[0] in votes and votes[words[0]]["place"] < KNOWN:
            longer[words[0]] = longer.get(words[0], Counter()) + counts
        if len(words) > 1 and counts and counts.most_common(1)[0][0] == "person":
            for word in (words[-1], words[0]):
                if word in votes:
                    longer[word] = longer.get(word, Counter()) + counts
    return longer


@cache
def _firm_words() -> frozenset[str]:
    return frozenset(_key(words[-1]) for words, part in parts()["last"].items() if part.kind == "organization")


def _winner(votes: Votes, draft: Draft) -> EntityKind:
    if not votes:
        return "other"
    best = max(votes.values())
    own = LABELS.get(draft.label)
    kinds = sorted(kind for kind, weight in votes.items() if weight > best - 0.01)
    return own if own in kinds else kinds[0]


def _evidence(scene: Scene, draft: Draft) -> Votes:
    votes: Votes = Counter()
    if draft.label:
        votes[LABELS[draft.label]] += LABEL  # type: ignore[assignment]  # a Counter of weights
    for source in (_gazetteer, _words, _neighbours, _syntax):
        votes.update(source(scene, draft))
    return votes


def _gazetteer(scene: Scene, draft: Draft) -> Votes:
    if draft.match is None:
        return Counter()
    kinds = list(dict.fromkeys(sense.row.kind for sense in draft.match.senses if sense.how != "metonym"))
    if not kinds:
        kinds = list(dict.fromkeys(row.kind for row in draft.match.rows))
    lone_person = kinds == ["person"] and draft.first == draft.last
    weight = KNOWN if len(kinds) == 1 and not lone_person else UNSURE
    return Counter({kinds[0]: weight})  # type: ignore[dict-item]


def _words(scene: Scene, draft: Draft) -> Votes:
    """What the words of the name say."""
    words = scene.words[draft.first : draft.last + 1]
    votes: Votes = Counter()
    if len(words) > 1:
        if part := parts()["last"].get(words[-1:]):
            votes[part.kind] += PART  # type: ignore[assignment]
        for size in (2, 1):  # "University of", "Lake"
            if part := parts()["first"].get(words[:size]):
                votes[part.kind] += PART / 2  # type: ignore[assignment]
                break
        if "of" in words[1:-1] and (part := parts()["last"].get((words[words.index("of") - 1],))):
            votes[part.kind] += PART  # type: ignore[assignment]
        if words[-1].isdigit():
            votes["other"] += PART  # type: ignore[assignment]
    if words[0] in given_names() and not {"of", "&"} & set(words) and votes.total() < PART:
        votes["person"] += GIVEN if len(words) > 1 else GIVEN / 3  # type: ignore[assignment]
    if words[-1][:1].isdigit() or (any(char.isdigit() for char in words[-1]) and len(words[-1]) > 2):
        votes["other"] += PART  # type: ignore[assignment]
    if words[0][0].islower() and words[0][1:2].isupper():  # a brand's own spelling: "iPhone", "eBook"
        votes["other"] += PART  # type: ignore[assignment]
    return votes


def _neighbours(scene: Scene, draft: Draft) -> Votes:
    """Titles and nouns directly before, ages and acronyms directly after."""
    tokens, votes = scene.parse.tokens, Counter[EntityKind]()
    first = draft.first
    start = scene.parse.sentences[tokens[first].sentence][0]
    before = scene.words[max(start, first - 3) : first]
    if before and title_before(before) and before[-1] != "MP":
        votes["person"] += TITLE  # type: ignore[assignment]
    elif first > start and tokens[first - 1].tag in {"NN", "NNS"} and tokens[first - 1].dep in {"compound", "nmod", "appos"}:
        noun = nouns().get(tokens[first - 1].lemma.lower())
        if noun and tokens[first - 1].head == draft.head:
            votes[noun.kind] += NOUN  # type: ignore[assignment]
    votes.update(_determined(scene, draft))
    after = scene.words[draft.last + 1 : draft.last + 4]
    if len(after) > 1 and after[0] == "," and (draft.last + 2) in scene.place_starts:  # "Toulouse, France"
        votes["place"] += NOUN  # type: ignore[assignment]
    if len(after) == 3 and after[0] == "," and after[1].isdigit() and len(after[1]) == 2 and after[2] in {",", "."}:
        votes["person"] += TITLE  # type: ignore[assignment]
    return votes


def _determined(scene: Scene, draft: Draft) -> Votes:
    """A product has articles and owners ("an iPod", "its new iPhone"); a band or a team is plural ("the Beatles")."""
    parse, votes = scene.parse, Counter[EntityKind]()
    token = parse.tokens[draft.head]
    if draft.match is not None or draft.head != draft.last:
        return votes
    before = [parse.tokens[i] for i in parse.children[draft.head] if i < draft.first]
    first = before[0].text.lower() if before and before[0].dep in {"det", "poss", "nummod"} else ""
    lone = draft.first == draft.last and not token.text.isupper()
    if lone and token.tag == "NNPS" and first == "the":
        votes["organization"] += NOUN  # type: ignore[assignment]
    elif first in {"a", "an", "its", "their", "this", "your", "our", "my"} or (first and "new" in {t.lemma for t in before}):
        votes["other"] += NOUN  # type: ignore[assignment]
    elif first == "the" and lone and token.dep in {"nsubj", "dobj", "pobj", "nsubjpass", "conj"}:
        votes["other"] += NOUN / 2  # type: ignore[assignment]
    return votes


def _syntax(scene: Scene, draft: Draft) -> Votes:
    parse, votes = scene.parse, Counter[EntityKind]()
    token = parse.tokens[draft.head]
    governor = parse.tokens[token.head]
    if token.dep in {"nsubj"} and governor.lemma in SPEECH:
        votes["person"] += SYNTAX / 2  # type: ignore[assignment]
        votes["organization"] += SYNTAX / 2  # type: ignore[assignment]
    if token.dep == "pobj" and governor.text.lower() in LOCATIVE and draft.first == governor.i + 1:
        votes["place"] += SYNTAX  # type: ignore[assignment]
    if token.dep in {"poss", "compound", "nmod"} and governor.lemma.lower() in OWNED:
        votes["organization"] += SYNTAX  # type: ignore[assignment]
    for child in parse.children[draft.head]:
        other = parse.tokens[child]
        if other.dep == "appos" and other.i > draft.last and (noun := nouns().get(other.lemma.lower())):
            votes[noun.kind] += NOUN  # type: ignore[assignment]
        if other.dep == "relcl":
            who = {parse.tokens[i].text.lower() for i in parse.children[child]}
            if "who" in who:
                votes["person"] += NOUN  # type: ignore[assignment]
    if token.dep == "conj" and (other_label := governor.ner) in LABELS and other_label != "NORP":  # "Ann and Victoria"
        known = other_label == "PERSON" and scene.quote(draft) in given_names()
        votes[LABELS[other_label]] += PAIRED if known else SYNTAX  # type: ignore[assignment]
    if scene.quote(draft) in given_names() and any(
        parse.tokens[i].dep == "conj" and parse.tokens[i].ner == "PERSON" for i in parse.children[draft.head]
    ):
        votes["person"] += PAIRED  # type: ignore[assignment]
    if token.dep == "nsubj" and governor.lemma == "be":
        for child in parse.children[governor.i]:
            other = parse.tokens[child]
            if other.dep == "attr" and (noun := nouns().get(other.lemma.lower())):
                votes[noun.kind] += NOUN  # type: ignore[assignment]
    return votes
