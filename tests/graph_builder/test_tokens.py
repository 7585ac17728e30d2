"""Names and pages are compared by normal forms."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.tokens import normal_form, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Levels", "level"),
        ("β", "beta"),
        ("glycaemic", "glycemic"),
        ("haemoglobin", "hemoglobin"),
        ("coeliac", "celiac"),
        ("fibre", "fiber"),
        ("bodies", "body"),
        ("diarrhoea", "diarrhea"),
        ("3s", "3"),
    ],
)
def test_spelling_number_and_case_do_not_tell_words_apart(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), [("hour", "hor"), ("glucose", "glucos"), ("analysis", "analysi")])
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@given(st.text(max_size=200))
def test_tokens_are_slices_of_the_text_in_order(text: str) -> None:
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join(t.text for t in found) == "".join(text.split())
