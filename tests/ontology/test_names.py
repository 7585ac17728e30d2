from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.ontology import names


@given(st.text())
def test_a_cleaned_name_is_one_line_without_control_or_direction_characters(text: str) -> None:
    cleaned = names.clean(text)
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs")]
    assert not set(cleaned) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u200e\u200f")
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert names.clean(cleaned) == cleaned


def test_names_that_differ_in_case_and_white_space_are_the_same() -> None:
    assert names.key("Beta\n  CELL") == names.key("beta cell")
    assert names.key("β-cell") != names.key("beta cell")


def test_letters_with_accents_are_the_same_however_they_are_encoded() -> None:
    assert names.clean("Cafe\u0301") == names.clean("Café")
