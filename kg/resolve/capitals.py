"""What capitals say of a token: a proper noun, the mere start of a sentence, a headline in Title Case."""

from __future__ import annotations

from kg.model import Parse, Token

QUOTES_AND_BULLETS = frozenset("\"“”‘'•*")
LONG_WORD = 4  # letters: shorter words have no capital in Title Case
TITLE_CASE_WORDS = 2  # so many longer words beside the names are needed to tell


def proper(token: Token) -> bool:
    """Whether the tagger takes it for a proper noun."""
    return token.tag in {"NNP", "NNPS"} or token.pos == "PROPN"


def acronym(token: Token) -> bool:
    """Three to eight capitals, whatever the tagger makes of them."""
    text = token.text
    return 3 <= len(text) <= 8 and text.isalpha() and text.isupper()


def capital(token: Token) -> bool:
    """Whether it has a capital at or near its front: "Osaka", "iPhone", "al-Sadr" as one token, "7E7"."""
    text = token.text
    if text[:1].isupper():
        return True
    near = text if text[:1].isdigit() else text[1:4] if text[:1].islower() else ""
    return any(char.isupper() for char in near)


def opens(parse: Parse, i: int) -> bool:
    """Whether it stands where any word has a capital: at the start of a sentence or a quotation."""
    token = parse.tokens[i]
    if parse.sentences[token.sentence][0] == i:
        return True
    before = parse.tokens[i - 1]
    return before.tag in {"``", "''", ":", "-LRB-", "NFP"} or before.text in QUOTES_AND_BULLETS


def title_case_sentences(parse: Parse) -> frozenset[int]:
    """Sentences in which most longer words have a capital, verbs and common nouns too."""
    return frozenset(n for n, (first, last) in enumerate(parse.sentences) if _title_case(parse, first, last))


def _title_case(parse: Parse, first: int, last: int) -> bool:
    """Judged by the words that the recogniser left out: names have capitals anywhere."""
    tokens = [parse.tokens[i] for i in range(first + 1, last + 1)]
    longer = [token for token in tokens if len(token.text) >= LONG_WORD and token.text[0].isalpha() and not token.ner]
    small = [token for token in longer if token.text[0].islower()]
    return len(longer) >= TITLE_CASE_WORDS and len(small) <= len(longer) // 6
