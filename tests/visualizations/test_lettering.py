"""Words are measured and broken so that nothing is lost and nothing sticks out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.visualizations.lettering import lines, width

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Mn", "Mc", "Me"))).filter(lambda text: text.strip())


@given(TEXTS)
def test_the_lines_put_together_are_the_text(text: str) -> None:
    assert "".join(lines(text, 14, 100, most=160)) == " ".join(text.split())


@given(TEXTS)
def test_no_line_is_wider_than_the_widest_allowed(text: str) -> None:
    assert all(width(line.rstrip(), 14) <= 160 for line in lines(text, 14, 100, most=160))


def test_lines_are_even_and_long_words_stay_whole_where_they_can() -> None:
    assert lines("Elevated blood glucose", 14, 124, bold=True) == ("Elevated ", "blood glucose")
    assert lines("Blutzuckerspiegel", 14, 60, most=200) == ("Blutzuckerspiegel",)
    assert lines("", 14, 60) == (" ",)
