"""Where the names are: the recogniser's spans, repaired.

The recogniser (spaCy's small model) is the start. Its spans are trimmed of articles and possessives and cut at
enumerations; names of the gazetteer are added; capitalised runs that it missed are taken where they do not
merely begin a sentence; and a name found once is found wherever it stands. Headlines in Title Case are
trusted only for names that the body of the text has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Parse, Token
from kg.resolve.gazetteer import Match
from kg.resolve.lexicon import given_names, nouns, parts
from kg.resolve.scene import Draft, Scene

NAMES = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"}
)
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "s'", "`s"})
# may stand inside a name between its capitalised words
INNER = frozenset({"of", "for", "and", "&", "the", "on", "de", "la", "del", "da", "di", "du", "van", "von", "der", "den",
                   "bin", "al", "el", "-", "–", "'", "’", "'s", "’s"})
ARTICLES = frozenset({"The", "A", "An", "This", "That"})
# titles that are surnames as well: "Larry King"
SURNAMES = frozenset(
    "King Prince Pope Bishop Cardinal Duke Count Baron Judge Justice Marshal Major Father Brother Master Chief Coach Marine "
    "Author Singer Lord Deputy Private Mayor Price Sergeant Abbot Queen Lady Dean".split()
)
LEGAL = frozenset({"Inc.", "Inc", "Corp.", "Corp", "Ltd.", "Ltd", "PLC", "plc", "LLC", "GmbH"})
PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "abu", "de", "del", "van", "von", "der", "la", "da", "dos"})
# what a state has one of
INSTITUTIONS = frozenset("government military army navy forces parliament presidency".split())
LINKING = frozenset({"-", "–", "&", "/"})  # tie the words on both sides into one
NOT_NAMES = frozenset(
    "i mr mrs ms dr am pm gmt est edt utc a.m. p.m. bc ad ok yes no oh god internet web monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sept sep oct nov dec usd eur gbp us$ spring summer autumn winter today yesterday tomorrow".split()
)
SHORT = 3  # letters: a lone word of fewer is taken as a name only from the recogniser or the gazetteer


def find_names(scene: Scene) -> None:
    """Add a draft for each name."""
    parse = scene.parse
    matches = _aligned(parse, scene.gazetteer.find(scene.article.text))
    heads = frozenset(
        sentence for sentence in range(len(parse.sentences)) if _title_case(parse, *parse.sentences[sentence])
    )
    spans = [span for span in _merged(_recognised(parse), matches, parse) if not _mere_opening(parse, span, matches)]
    spans += [place for place in _datelines(parse) if not any(f <= place[1] and place[0] <= l for f, l, _ in spans)]
    taken = {i for first, last, _ in spans for i in range(first, last + 1)}
    spans += [run for run in _runs(parse, taken, heads)]
    spans = _joined(parse, sorted(spans))
    taken = {i for first, last, _ in spans for i in range(first, last + 1)}
    spans = [_widened(parse, span, taken) for span in spans]
    spans = _repeated(parse, spans, heads)
    by_span = {(first, last): match for first, last, match in matches}
    scene.add(
        Draft(first, last, _head(parse, first, last), "name", label=label, match=by_span.get((first, last)))
        for first, last, label in spans
    )


_AMOUNT = re.compile(r"[0-9.,]+([kKMGT]?[Bb]|[cmk]?m|k?g|p|[GM]Hz|°?[CF])?")  # "30GB", "1080p": not names
_PARTY = re.compile(r"[DRI]-[A-Z][A-Za-z.]*")  # a legislator's party and state: "(D-N.Y.)"
_DESIGNATOR = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9-]{2,10}|[0-9]{2,3}s")  # "A380", "737s", "VC-10"
Piece = tuple[int, int, str]


def _recognised(parse: Parse) -> list[Piece]:
    return [
        piece
        for name in parse.names
        if name.label in NAMES
        for first, last in _cut(parse, name.first, name.last, name.label)
        if (piece := _trimmed(parse, first, last, name.label)) is not None
    ]


def _trimmed(parse: Parse, first: int, last: int, label: str) -> Piece | None:
    """Without articles, possessives, punctuation and lower-case words at its edges; None if nothing is left."""
    tokens = parse.tokens
    while first <= last and not _capital(tokens[first]):
        first += 1
    while first <= last and tokens[first].text in ARTICLES and not _own_article(parse, first, last):
        first += 1
    while first < last and (title := _title_at(parse, first, last, label)):
        first, label = first + title, "PERSON"
    while first < last and (tokens[last].text,) in parts()["title"] and tokens[last].text not in SURNAMES:
        last, label = last - 1, "" if label == "PERSON" else label
    while last >= first and not (_capital(tokens[last]) or tokens[last].text[:1].isdigit()):
        last -= 1
    while first < last and tokens[last].pos in {"VERB", "AUX"} and tokens[last].text.islower():
        last -= 1
    words = tuple(tokens[i].text for i in range(first, last + 1))
    if words == ("State",) and first > 1 and tokens[first - 1].text == "of" and "ecretary" in tokens[first - 2].text:
        return None
    titled = label == "PERSON" and first > 0 and (tokens[first - 1].text,) in parts()["title"]
    if not words or _PARTY.fullmatch(words[0]) or (words in parts()["title"] and not titled) or all(word.lower() in NOT_NAMES for word in words):
        return None
    return None if len(words) == 1 and _AMOUNT.fullmatch(words[0]) else (first, last, label)


def _own_article(parse: Parse, first: int, last: int) -> bool:
    """Whether the article is part of the name: a capital inside a sentence, or a title in quotation marks."""
    tokens = parse.tokens
    if tokens[first].text != "The":
        return False
    quoted = any(tokens[i].tag == "''" for i in range(last, min(last + 3, len(tokens))))
    return not _opens(parse, first) or (parse.sentences[tokens[first].sentence][0] != first and quoted)


def _title_at(parse: Parse, first: int, last: int, label: str) -> int:
    """How many words of a title a person's name was found with; "General" may begin a firm's name, "Gen." not."""
    titles = parts()["title"]
    words = tuple(parse.tokens[i].text for i in range(first, last))
    if label != "PERSON" and not (words[0].endswith(".") or words[0].startswith("Spokes")):
        return 0
    return next((size for size in range(min(3, len(words)), 0, -1) if words[:size] in titles), 0)


def _cut(parse: Parse, first: int, last: int, label: str) -> Iterator[tuple[int, int]]:
    """At the commas of a list, at "and" between people, and at a possessive that follows a whole name."""
    tokens, start = parse.tokens, first
    for i in range(first + 1, last + 1):
        if tokens[i - 1].text in LEGAL and _capital(tokens[i]) and tokens[i].text not in LEGAL:
            yield start, i - 1
            start = i
        if i == last:
            break
        word, after = tokens[i].text, tokens[i + 1].text
        if word == "Flight" and after[:1].isdigit():
            yield start, i - 1
            return
        spaced = tokens[i - 1].end < tokens[i].start and tokens[i].end < tokens[i + 1].start
        comma = (word in {",", ";", "/", "(", ")", "—"} or (word in {"-", "–"} and spaced)) and (after,) not in parts()["last"]
        both = label in {"PERSON", "WORK_OF_ART"} and word in {"and", "or", "&"}
        possessive = tokens[i].tag == "POS" and _capital(tokens[i + 1]) and label in {"PERSON", "GPE", "ORG", "FAC"}
        if comma or both or (possessive and (label != "ORG" or _ends_organization(tokens, start, i))):
            yield start, i - 1
            start = i + 1
    yield start, last


def _ends_organization(tokens: tuple[Token, ...], first: int, end: int) -> bool:
    return end - first > 1 and (tokens[end - 1].text,) in parts()["last"]


def _aligned(parse: Parse, matches: Iterable[Match]) -> list[tuple[int, int, Match]]:
    """Gazetteer names on token borders that read as names there."""
    starts = {token.start: token.i for token in parse.tokens}
    ends = {token.end: token.i for token in parse.tokens}
    found = []
    for match in matches:
        first, last = starts.get(match.start), ends.get(match.end)
        if first is not None and last is not None and _reads_as_name(parse, first, last):
            found.append((first, last, match))
    return found


def _reads_as_name(parse: Parse, first: int, last: int) -> bool:
    tokens = parse.tokens
    if last > first:
        return any(_proper(tokens[i]) or tokens[i].tag.startswith("JJ") and _capital(tokens[i])
                   for i in range(first, last + 1))
    token = tokens[first]
    if token.ner in {"DATE", "TIME", "CARDINAL", "ORDINAL"} or token.text.lower() in NOT_NAMES:
        return False
    if token.ner in NAMES:
        return True
    return _capital(token) and (_proper(token) or (not _opens(parse, first) and token.pos in {"ADJ", "NOUN"}))


def _merged(recognised: list[Piece], matches: list[tuple[int, int, Match]], parse: Parse) -> list[Piece]:
    """Both, none overlapping: a known name replaces what it covers; inside a longer name it says nothing."""
    spans = list(recognised)
    for first, last, _ in matches:
        over = [span for span in spans if span[0] <= last and first <= span[1]]
        if any(span[0] <= first and last <= span[1] for span in over):
            continue
        whole = all(first <= span[0] and span[1] <= last for span in over)
        if whole or last > first:
            label = over[0][2] if len(over) == 1 else ""
            spans = [span for span in spans if span not in over] + [(first, last, label)]
    return sorted(spans)


def _mere_opening(parse: Parse, span: Piece, matches: list[tuple[int, int, Match]]) -> bool:
    """A lone word at the start of a sentence that has its capital from there: the tagger takes it for a common
    noun, or the text has it in lower case elsewhere."""
    first, last, _ = span
    token = parse.tokens[first]
    if first != last or not _opens(parse, first) or any(first == at for at, _, _ in matches):
        return False
    if not _proper(token) and token.tag in {"NN", "NNS", "JJ", "VBG", "VBN", "VB", "RB", "UH"}:
        return not token.text.isupper()
    return token.lemma.lower() in nouns() and token.tag == "NNS"


def _datelines(parse: Parse) -> Iterator[Piece]:
    """The places before the dash that opens a report: "ATLANTA -", "FRESNO, Calif. (AP) --"."""
    tokens = parse.tokens
    for first, end in parse.sentences:
        last = first
        while last <= end and tokens[last].text.isupper() and tokens[last].text.isalpha() and len(tokens[last].text) > 1:
            last += 1
        if last == first or last - first > 3:
            continue
        rest = [tokens[i].text for i in range(last, min(last + 8, end + 1))]
        dash = next((n for n, word in enumerate(rest) if word in {"-", "–", "—", "--"}), None)
        if dash == 0 or (dash and rest[0] in {",", "("} and not any(w.islower() and len(w) > 3 for w in rest[:dash])):
            yield first, last - 1, "GPE"


def _runs(parse: Parse, taken: set[int], title_case: frozenset[int]) -> Iterator[Piece]:
    """Capitalised runs that nobody has taken, except where any word would have a capital."""
    tokens = parse.tokens
    i = 0
    while i < len(tokens):
        if i in taken or not _begins_run(parse, i) or tokens[i].sentence in title_case:
            i += 1
            continue
        last = i
        while last + 1 < len(tokens) and last + 1 not in taken and tokens[last + 1].sentence == tokens[i].sentence:
            following = tokens[last + 1]
            if (_proper(following) or following.text[:1].isdigit() and following.pos == "PROPN") and _capital_or_digit(following):
                last += 1
            elif following.text in LINKING and _tied(tokens, last + 1) and last + 2 < len(tokens) and last + 2 not in taken and _proper(tokens[last + 2]):
                last += 2
            else:
                break
        if _worth(parse, i, last) and (piece := _trimmed(parse, i, last, "")) is not None:
            yield piece
        i = last + 1


def _tied(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a linking sign has no space around it, or is an ampersand."""
    return tokens[i].text == "&" or tokens[i - 1].end == tokens[i].start == tokens[i].end - 1


def _begins_run(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    return _proper(token) and _capital(token) and not token.ner and token.text.lower() not in NOT_NAMES


def _worth(parse: Parse, first: int, last: int) -> bool:
    """Not a title on its own, not a common noun with a capital, not a word that opens a sentence."""
    tokens = parse.tokens
    words = tuple(tokens[i].text for i in range(first, last + 1))
    if words in parts()["title"] or len(words) == 1 and len(words[0]) < SHORT:
        return False
    if all(word.lower() in nouns() for word in words):
        return False
    token = tokens[first]
    subject = token.tag == "NNP" and token.dep in {"nsubj", "nsubjpass", "poss"} and words[0].isalpha()
    return last > first or not _opens(parse, first) or words[0] in given_names() or subject


def _joined(parse: Parse, spans: list[Piece]) -> list[Piece]:
    """Two lone words side by side that the recogniser took for two names are one: "Lockheed" "Martin"."""
    joined: list[Piece] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before[1] + 1 == span[0] and before[0] == before[1] and span[0] == span[1]:
            left, right = parse.tokens[before[0]], parse.tokens[span[0]]
            lone = left.dep == "compound" and left.head == right.i and {before[2], span[2]} <= {"ORG", "PERSON", ""}
            lone = lone or (left.dep == "compound" and span[0] <= left.head <= span[1] and {before[2], span[2]} <= {"ORG", ""}
                            and (left.text,) not in parts()["title"])
            place = before[2] in {"GPE", "NORP"} and span[2] == "" and left.dep == "compound" and left.head == right.i
            lone = lone or place
            model = _DESIGNATOR.fullmatch(right.text) and left.dep in {"compound", "nmod", "amod"} and before[2] != "GPE"
            if left.sentence == right.sentence and (lone or model):
                joined[-1] = (before[0], span[1], "PRODUCT" if model else "" if place else before[2] or span[2])
                continue
        joined.append(span)
    return joined


def _widened(parse: Parse, span: Piece, taken: set[int]) -> Piece:
    """A person's name goes on over the capitalised words that follow; a firm's over Inc., Corp. and the like."""
    first, last, label = span
    tokens = parse.tokens
    if label in {"GPE", "NORP", ""} and _institution(parse, last):
        return first, last + 1, "ORG"
    while first and first - 1 not in taken and _particle(tokens, first):
        first -= 1
    while last + 1 < len(tokens) and last + 1 not in taken and tokens[last + 1].sentence == tokens[last].sentence:
        following = tokens[last + 1]
        person = label == "PERSON" and tokens[last].dep == "compound" and tokens[last].head == following.i
        firm = label in {"ORG", ""} and (following.text,) in parts()["last"] and following.dep != "appos"
        number = label in {"ORG", "PRODUCT", ""} and _model_number(parse, last)
        irish = tokens[last].text in {"O'", "O’", "O"} and label in {"PERSON", ""}
        number = number or (label in {"ORG", "PRODUCT", ""} and _DESIGNATOR.fullmatch(following.text) is not None
                            and tokens[last].head in {following.i, following.head} and following.end - tokens[last].end < 12)
        if irish and following.text in {"'", "’"} and last + 2 < len(tokens):
            last += 2
            continue
        if not number and not (irish and _capital(following)) and not (_capital(following) and following.pos in {"PROPN", "NOUN"} and (person or firm)):
            break
        last += 1
        if number:
            label = "PRODUCT"
    return first, last, label


def _particle(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether the name goes on to the left: "al" "-" "Rubaie", "bin Laden"."""
    before = tokens[first - 1]
    if before.sentence != tokens[first].sentence:
        return False
    if before.text in LINKING:
        return first > 1 and tokens[first - 2].text.lower() in PARTICLES and tokens[first - 2].end == before.start
    return before.text in PARTICLES and (tokens[first].text in LINKING or before.pos == "PROPN")


def _institution(parse: Parse, last: int) -> bool:
    """Whether a state's institution follows in lower case: "U.S. military", "Iraqi forces"."""
    tokens = parse.tokens
    if last + 1 >= len(tokens) or tokens[last].dep not in {"compound", "amod", "nmod"}:
        return False
    following = tokens[last + 1]
    if tokens[last].head not in {following.i, following.head}:
        return False
    return following.text in INSTITUTIONS


def _model_number(parse: Parse, last: int) -> bool:
    """Whether a number after a name is its own: "Boeing 737", "FTSE 100", not "Airbus 20 jets"."""
    tokens = parse.tokens
    number = tokens[last + 1]
    if not number.text.isdigit() or len(number.text) > 4 or number.ner in {"DATE", "MONEY", "TIME", "PERCENT"}:
        return False
    if number.dep == "nummod" and number.head > number.i and tokens[number.head].tag == "NNS" and len(number.text) < 3:
        return False
    return tokens[last].dep in {"compound", "nmod", "amod"} or number.dep in {"appos", "nummod", "npadvmod"}


def _repeated(parse: Parse, spans: list[Piece], title_case: frozenset[int]) -> list[Piece]:
    """A name wherever it stands again, the last word of a person's name too; Title Case confirmed by the body."""
    words = tuple(token.text for token in parse.tokens)
    body = [span for span in spans if parse.tokens[span[0]].sentence not in title_case]
    known: dict[tuple[str, ...], str] = {}
    for first, last, label in body or spans:
        known.setdefault(words[first : last + 1], label)
        if label == "PERSON" and last > first and len(words[last]) > SHORT:
            known.setdefault((words[last],), label)
    if body:
        spans = [s for s in spans if s in body or _confirmed(words[s[0] : s[1] + 1], s[2], known)]
    taken = {i for first, last, _ in spans for i in range(first, last + 1)}
    starts: dict[str, list[tuple[str, ...]]] = {}
    for name in known:
        starts.setdefault(name[0], []).append(name)
    found = list(spans)
    for i, word in enumerate(words):
        for name in sorted(starts.get(word, ()), key=len, reverse=True):
            place = range(i, i + len(name))
            if words[i : i + len(name)] != name or taken.intersection(place):
                continue
            if len(name) == 1 and not _proper(parse.tokens[i]) and parse.tokens[i].pos not in {"NOUN", "ADJ"}:
                continue
            found.append((i, i + len(name) - 1, known[name]))
            taken.update(place)
            break
    return sorted(found)


def _confirmed(name: tuple[str, ...], label: str, known: dict[tuple[str, ...], str]) -> bool:
    return name in known or label in {"GPE", "PERSON"}


def _title_case(parse: Parse, first: int, last: int) -> bool:
    """Most longer words of the sentence have a capital, verbs and common nouns too."""
    long = [parse.tokens[i] for i in range(first + 1, last + 1) if len(parse.tokens[i].text) > 3 and parse.tokens[i].text[0].isalpha()]
    small = [token for token in long if token.text[0].islower()]
    return len(long) >= 4 and len(small) <= len(long) // 6


def _head(parse: Parse, first: int, last: int) -> int:
    """The token inside that is governed from outside; the last where there are several."""
    heads = [i for i in range(first, last + 1) if not first <= parse.tokens[i].head <= last or parse.tokens[i].head == i]
    return heads[-1] if heads else last


def _opens(parse: Parse, i: int) -> bool:
    """Whether it stands where any word has a capital: at the start of a sentence or a quotation."""
    token = parse.tokens[i]
    if parse.sentences[token.sentence][0] == i:
        return True
    return parse.tokens[i - 1].tag in {"``", "''", ":", "-LRB-", "NFP"} or parse.tokens[i - 1].text in "\"“”‘'•*"


def _proper(token: Token) -> bool:
    return token.tag in {"NNP", "NNPS"} or token.pos == "PROPN"


def _capital(token: Token) -> bool:
    """Has an upper-case letter near its front: "Osaka", "iPhone", "al-Sadr" as one token, "7E7"."""
    text = token.text
    return text[:1].isupper() or (text[:1].isdigit() and any(c.isupper() for c in text)) or (text[:1].islower() and any(c.isupper() for c in text[1:4]))


def _capital_or_digit(token: Token) -> bool:
    return _capital(token) or token.text[:1].isdigit()
