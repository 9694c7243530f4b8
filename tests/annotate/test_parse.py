"""The parse: offsets that slice back, blocks that never run together, headlines in the case of running text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import annotate
from kg.annotate.headline import capitals, in_title_case, truecased
from kg.model import Reading
from kg.read import clean_article

WORDS = st.sampled_from(
    ["Putin", "said", "the", "“yes”", ".", "\n", "\r\n", "  ", "\u2028", "\u202e", "e\u0301", "𝒳", "won't", "U.S."]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_tokens_slice_back(text: str) -> None:
    reading = annotate(Reading(article=clean_article(text, id="x")))
    parse = reading.parse
    end = 0
    for token in parse.tokens:
        assert end <= token.start < token.end <= len(text)
        assert len(token.text) == token.end - token.start
        assert parse.left[token.i] <= token.i <= parse.right[token.i]
        assert 0 <= token.head < len(parse.tokens)
        end = token.end
    assert len(reading.sentences) == len(parse.sentences)


def test_a_sentence_never_crosses_a_line() -> None:
    text = "Bridge opens after nine years\nThe mayor cut the ribbon."
    reading = annotate(Reading(article=clean_article(text, id="x")))
    assert [span.of(text) for span in reading.sentences] == text.split("\n")


def test_an_adjunct_before_the_subject_of_a_clause_is_the_upper_verbs() -> None:
    text = "The firm said on Monday it would cut 300 jobs.\nThe minister said in Paris on Friday he would resign."
    parse = annotate(Reading(article=clean_article(text, id="x"))).parse
    governors = [parse.tokens[token.head].text for token in parse.tokens if token.text in {"on", "in"}]
    assert governors == ["said", "said", "said"]


def test_short_verbs_keep_the_e_of_their_lemma() -> None:
    text = "The court fined the firm. She hoped to stop him. They planned it and added ten."
    parse = annotate(Reading(article=clean_article(text, id="x"))).parse
    assert [t.lemma for t in parse.tokens if t.tag == "VBD"] == ["fine", "hope", "plan", "add"]


def test_one_and_several_are_joined() -> None:
    text = "A local official and rescue workers said that it fell. Trade and industry groups protested."
    parse = annotate(Reading(article=clean_article(text, id="x"))).parse
    assert [parse.tokens[t.head].text for t in parse.tokens if t.text in {"official", "rescue"}] == ["said", "workers"]
    assert [t.dep for t in parse.tokens if t.text in {"workers", "Trade", "groups"}] == ["conj", "nmod", "nsubj"]


def test_an_article_without_prose() -> None:
    assert annotate(Reading(article=clean_article(" \n ", id="x"))).sentences == ()


def test_title_case_is_undone_but_for_names() -> None:
    headline = "Mayor Thanks Zuberi For Help With Harbour Bridge"
    body = ["The mayor thanked Zuberi for his help.", "It was said that Zuberi paid for the harbour bridge."]
    assert in_title_case(headline)
    assert truecased(headline, capitals(body)) == "Mayor thanks Zuberi for help with harbour bridge"


def test_sentences_and_short_lines_keep_their_case() -> None:
    assert not in_title_case("The mayor of Osaka met the press on Monday")
    assert not in_title_case("Harbour Bridge")
