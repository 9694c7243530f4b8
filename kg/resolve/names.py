"""Where the names are: the recogniser's spans, repaired.

The recogniser (spaCy's small model) is the start. Its spans are trimmed and cut (`spans`); names of the
gazetteer are added; capitalised runs that it missed are taken where they do not merely begin a sentence; parts
are joined; and a name found once is found wherever it stands. Headlines in Title Case are trusted only for
names that the body of the text has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.gazetteer import Match
from kg.model import Parse
from kg.resolve.capitals import acronym, capital, opens, proper, title_case_sentences
from kg.resolve.lexicon import listed, nouns, parts
from kg.resolve.scene import Draft, Scene
from kg.resolve.spans import (
    LABELS,
    LINKING,
    NOT_COUNTED,
    SHORT,
    Piece,
    datelines,
    mere_opening,
    recognised,
    runs,
    taken_by,
)  # fmt: skip

DESIGNATOR = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9-]{2,10}|[0-9]{2,3}s")  # "A380", "737s", "VC-10"
GAELIC = re.compile(r"(O['’]|Mc|Mac)[A-Z]")  # begins a surname
MODIFYING = frozenset({"compound", "nmod", "amod"})
ACTING = frozenset({"nsubj", "nsubjpass", "poss"})


def find_names(scene: Scene) -> None:
    """Add a draft for each name."""
    parse = scene.parse
    matches = _aligned(parse, scene.gazetteer.find(scene.article.text))
    known = {first for first, _, _ in matches}
    headlines = title_case_sentences(parse)
    pieces = [
        piece for piece in _merged(parse, recognised(parse), matches)
        if piece.first in known or not (mere_opening(parse, piece) or _mere_letter(parse, piece))
    ]  # fmt: skip
    taken = taken_by(pieces)
    pieces += [piece for piece in datelines(parse) if taken.isdisjoint(range(piece.first, piece.last + 1))]
    pieces += list(runs(parse, taken_by(pieces), headlines))
    pieces = _joined(parse, sorted(pieces))
    taken = taken_by(pieces)
    pieces = _repeated(parse, [_widened(parse, piece, taken) for piece in pieces], headlines)
    match_of = {(first, last): match for first, last, match in matches}
    scene.add(
        Draft(first, last, _head(parse, first, last), "name", label=label, match=match_of.get((first, last)))
        for first, last, label in pieces
    )


def _mere_letter(parse: Parse, piece: Piece) -> bool:
    """A lone letter with a full stop, which ends the sentence or is what is left of a name: "he wrote on X." """
    text = parse.tokens[piece.first].text
    return piece.first == piece.last and len(text) == 2 and text.endswith(".")


def _aligned(parse: Parse, matches: Iterable[Match]) -> list[tuple[int, int, Match]]:
    """Gazetteer names on token borders that read as names there."""
    starts = {start: i for i, start in enumerate(parse.starts)}
    ends = {end: i for i, end in enumerate(parse.ends)}
    found = []
    for match in matches:
        first, last = starts.get(match.start), ends.get(match.end)
        if first is None or last is None or _goes_into_longer(parse, first, last):
            continue
        if _reads_as_name(parse, first, last):
            found.append((first, last, match))
    letters = [first for first, last, _ in found if first == last and len(parse.tokens[first].text) == 1]
    if letters and not any(_is_medium(parse, i) for i in letters):
        return [each for each in found if each[0] not in letters]  # "X" is a letter, unless somebody writes on it
    return found


def _is_medium(parse: Parse, i: int) -> bool:
    """Whether one says things there: "wrote on X", "in a post on X", "the platform X"."""
    token, before = parse.tokens[i], parse.tokens[i - 1] if i else parse.tokens[i]
    if token.dep == "pobj" and parse.tokens[token.head].text.lower() in {"on", "to", "via"}:
        governor = parse.tokens[parse.tokens[token.head].head].lemma.lower()
        return governor in listed("saying") or governor in listed("posting")
    return before.lemma.lower() in listed("platforms")


def _goes_into_longer(parse: Parse, first: int, last: int) -> bool:
    """Whether "the" and one word only begin a longer name: "the Atlantic" of "the Atlantic Ocean"."""
    following = parse.tokens[last + 1 : last + 2]
    if parse.tokens[first].text != "the" or last != first + 1 or not following:
        return False
    return capital(following[0]) and proper(following[0]) and parse.tokens[last].head >= following[0].i


def _reads_as_name(parse: Parse, first: int, last: int) -> bool:
    tokens = parse.tokens[first : last + 1]
    if last > first:
        return any(proper(token) or (token.tag.startswith("JJ") and capital(token)) for token in tokens)
    token = tokens[0]
    if token.ner in NOT_COUNTED or token.text.lower() in listed("not-names"):
        return False
    if token.ner in LABELS:
        return True
    return capital(token) and (proper(token) or (not opens(parse, first) and token.pos in {"ADJ", "NOUN"}))


def _merged(parse: Parse, pieces: list[Piece], matches: list[tuple[int, int, Match]]) -> list[Piece]:
    """Both, none overlapping: a known name replaces what it covers; inside a longer name it says nothing."""
    merged = list(pieces)
    for first, last, match in matches:
        over = [piece for piece in merged if piece.first <= last and first <= piece.last]
        core = first + (parse.tokens[first].text.lower() == "the")  # "The National" in "the National Farmers Union"
        if any(piece.first <= first and last <= piece.last for piece in over):
            continue
        if any(piece.first <= core and last < piece.last for piece in over):
            continue
        whole = all(first <= piece.first and piece.last <= last for piece in over)
        if whole or last > first:
            person = all(row.kind == "person" for row in match.rows)
            label = over[0].label if len(over) == 1 else "PERSON" if person and not over else ""
            merged = [piece for piece in merged if piece not in over]
            merged.append(Piece(first, last, label))
    return sorted(merged)


def _joined(parse: Parse, pieces: list[Piece]) -> list[Piece]:
    """Neighbours that the recogniser took for two names and the parser ties into one."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        label = _joint_label(parse, before, piece) if before else None
        if before is not None and label is not None:
            joined[-1] = Piece(before.first, piece.last, label)
        else:
            joined.append(piece)
    return joined


def _joint_label(parse: Parse, before: Piece, piece: Piece) -> str | None:
    """The label of both as one name; None where they are two.

    "Lockheed" "Martin", "US" "Open", "National" "Security Council", "Airbus" "A380".
    """
    left, right = parse.tokens[before.last], parse.tokens[piece.first]
    if left.i + 1 != right.i or left.sentence != right.sentence:
        return None
    one_each = before.first == before.last and piece.first == piece.last
    modified = one_each and left.dep in MODIFYING and before.label != "GPE"
    if modified and DESIGNATOR.fullmatch(right.text):
        return "PRODUCT"
    tied = left.dep == "compound" and piece.first <= left.head <= piece.last
    if not tied or (left.text,) in parts()["title"]:
        return None
    labels = {before.label, piece.label}
    if labels <= {"ORG", ""} or (one_each and labels <= {"ORG", "PERSON", ""}):
        return before.label or piece.label
    if before.label == "GPE" and right.tag == "NNPS":
        return "ORG"  # a team: "Elba" "Divers"
    return "" if one_each and before.label in {"GPE", "NORP"} and piece.label == "" else None


def _widened(parse: Parse, piece: Piece, taken: set[int]) -> Piece:
    """Over its particle ("al-"), a state's institution, a model number, Inc. and the like, the rest of a surname."""
    first, last, label = piece
    tokens = parse.tokens
    if label in {"GPE", "NORP", ""} and _followed_by(parse, last, listed("state-institutions")):
        return Piece(first, last + 1, "ORG")
    if label in {"GPE", "LOC", "FAC", ""} and _followed_by(parse, last, listed("place-heads")):
        return Piece(first, last + 1, "FAC")
    while first and first - 1 not in taken and (_particle(parse, first) or _prefix(parse, first, last, label)):
        first -= 1
    end = parse.sentences[tokens[last].sentence][1]
    while last < end and last + 1 not in taken:
        if _model_number(parse, last, label):
            last, label = last + 1, "PRODUCT"
        elif _goes_on(parse, last, label):
            last += 1
        elif GAELIC.match(tokens[last + 1].text) and tokens[last].dep == "compound":
            last, label = last + 1, "PERSON"
        else:
            break
    return Piece(first, last, label)


def _goes_on(parse: Parse, last: int, label: str) -> bool:
    """Whether the next word belongs to the name: Inc. to a firm's, "Leary" to "O'", a surname to a person's."""
    token, following = parse.tokens[last], parse.tokens[last + 1]
    irish = token.text in {"O'", "O’", "O"} or (token.text in {"'", "’"} and parse.tokens[last - 1].text == "O")
    if label in {"PERSON", ""} and irish:
        return capital(following) or following.text in {"'", "’"}
    if label in {"ORG", ""} and following.text in listed("legal-forms"):
        return True
    if not capital(following) or following.pos not in {"PROPN", "NOUN"}:
        return False
    if label == "PERSON" and token.dep == "compound" and token.head == following.i:
        return (following.text,) not in parts()["title"] or following.text in listed("title-surnames")
    return label in {"ORG", ""} and (following.text,) in parts()["last"] and following.dep != "appos"


def _prefix(parse: Parse, first: int, last: int, label: str) -> bool:
    """Whether a capitalised word before the name is its own: "Harbour" before "Safety Committee"."""
    before = parse.tokens[first - 1]
    tied = before.dep == "compound" and first <= before.head <= last and proper(before) and capital(before)
    if not tied or label not in {"ORG", "PERSON"} or (before.text,) in parts()["title"]:
        return False
    if before.text == "TV":  # "the broadcaster TV Hansen", but not "told state TV Hansen"
        beside = parse.tokens[first - 2] if first > 1 and before.i != parse.sentences[before.sentence][0] else before
        return beside.tag not in {"NN", "JJ"} or beside.lemma.lower() in listed("outlets")
    return label == "ORG" or not (before.text.isupper() or before.ner or before.text.lower() in nouns())


def _particle(parse: Parse, first: int) -> bool:
    """Whether the name goes on to the left: "al" "-" "Rubaie", "bin Laden"."""
    tokens = parse.tokens
    before = tokens[first - 1]
    if before.sentence != tokens[first].sentence:
        return False
    if before.text in LINKING:
        particle = first > 1 and tokens[first - 2].text.lower() in listed("name-particles")
        return particle and tokens[first - 2].end == before.start
    return before.text in listed("name-particles") and (tokens[first].text in LINKING or before.pos == "PROPN")


def _followed_by(parse: Parse, last: int, nouns_: frozenset[str]) -> bool:
    """Whether a noun in lower case belongs to the name: "U.S. military", "Iraqi forces", "Elba airport"."""
    tokens = parse.tokens
    if last + 1 >= len(tokens) or tokens[last].dep not in MODIFYING:
        return False
    following = tokens[last + 1]
    return tokens[last].head in {following.i, following.head} and following.text in nouns_


def _model_number(parse: Parse, last: int, label: str) -> bool:
    """Whether a number after a name is its own: "Boeing 737", "Airbus A380", not "Airbus 20 jets"."""
    token, number = parse.tokens[last], parse.tokens[last + 1]
    if label not in {"ORG", "PRODUCT", ""}:
        return False
    if DESIGNATOR.fullmatch(number.text):
        return token.head in {number.i, number.head}
    if not number.text.isdigit() or len(number.text) > 4 or number.ner in {"DATE", "MONEY", "TIME", "PERCENT"}:
        return False
    counts = number.dep == "nummod" and number.head > number.i and parse.tokens[number.head].tag == "NNS"
    if counts and len(number.text) < 3:
        return False
    return token.dep in MODIFYING or number.dep in {"appos", "nummod", "npadvmod"}


def _repeated(parse: Parse, pieces: list[Piece], headlines: frozenset[int]) -> list[Piece]:
    """A name wherever it stands again, a person's surname too; in Title Case only what the body confirms."""
    texts = tuple(token.text for token in parse.tokens)
    body = [piece for piece in pieces if parse.tokens[piece.first].sentence not in headlines]
    known: dict[tuple[str, ...], str] = {}
    for first, last, label in body or pieces:
        known.setdefault(texts[first : last + 1], label)
        if label == "PERSON" and last > first and len(texts[last]) >= SHORT:
            known.setdefault((texts[last],), label)
    if body:
        sure = set(body)
        pieces = [
            piece for piece in pieces
            if piece in sure or texts[piece.first : piece.last + 1] in known or piece.label in {"GPE", "PERSON"}
        ]  # fmt: skip
    return sorted([*pieces, *_again(parse, texts, known, taken_by(pieces))])


def _again(
    parse: Parse, texts: tuple[str, ...], known: dict[tuple[str, ...], str], taken: set[int]
) -> list[Piece]:
    starts: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(known, key=len, reverse=True):
        starts.setdefault(name[0], []).append(name)
    found = []
    for i, text in enumerate(texts):
        for name in starts.get(text, ()):
            place = range(i, i + len(name))
            token = parse.tokens[i]
            noun = proper(token) or acronym(token) or token.pos in {"NOUN", "ADJ"}
            if text.lower() in listed("not-names"):  # "May wants more time": no month does or owns
                noun = token.tag == "NNP" and token.dep in ACTING
            named = len(name) > 1 or noun or (known[name] == "PERSON" and token.pos in {"VERB", "ADV", "INTJ", "X"})
            if texts[i : i + len(name)] == name and named and taken.isdisjoint(place):
                found.append(Piece(i, place[-1], known[name]))
                taken.update(place)
                break
    return found


def _head(parse: Parse, first: int, last: int) -> int:
    """The token inside that is governed from outside; the last where there are several."""
    inside = range(first, last + 1)
    heads = [i for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i]
    return heads[-1] if heads else last
