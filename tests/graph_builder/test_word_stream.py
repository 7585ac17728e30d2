"""A text as names are looked for in it: what stands in the stream, and where that stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.tokens import tokens
from nutrigraph.graph_builder.word_stream import WordStream

_PIECES = "insulin Cells' the a fiber (FPG) E. coli C. 's - / , : ; \u00a0 β-cells non-fat non - waist:hip \n".split(
    " "
)
_TEXTS = st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", "  "])).map("".join)).map("".join)


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("The β-cells of a body’s pancreas.", " beta cell of body pancrea | "),
        ("E. coli, waist:hip", " e coli , waist hip "),
        ("vitamin C. It", " vitamin c | it "),
        ("", " "),
    ],
)
def test_the_stream_has_the_normal_forms(text: str, string: str) -> None:
    assert WordStream(text).string == string


@given(_TEXTS)
def test_every_word_of_the_stream_is_found_in_the_text(text: str) -> None:
    stream = WordStream(text)
    at = 0
    for word in stream.string.split():
        start, end = stream.span(at, at + len(word) + 2)
        if word not in {"|", ","}:
            assert [token.norm for token in tokens(text[start:end])] == [word]
        at += len(word) + 1


@given(_TEXTS)
def test_tokens_have_numbers_and_places(text: str) -> None:
    stream = WordStream(text)
    for number, token in enumerate(tokens(text)):
        assert stream.words[number].norm == token.norm
        assert stream.place(number) == (token.start, token.end)
        assert stream.numbers(token.start, token.end) == (number, number)
