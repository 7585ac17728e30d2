from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Fibre slows digestion.", "It also feeds gut bacteria."],
        ["Is sugar bad?", "Not always!", "It depends."],
        ["Some sugars, e.g. fructose, are sweeter than others, i.e. Glucose."],
        ["Dr. Roe and Prof. Poe eat oats vs. Rice."],
        ["Roe holds a Ph.D. in nutrition.", "She likes beans."],
        ["She holds a Ph.D.", "Her work is on beans."],
        ["A value of 5.7% is normal.", "6.5 and more is not."],
        ["Less than 100 mg/dL.", "More is too much."],
        ["B. subtilis and E. coli live in the gut.", "So do others."],
        ["They need vitamin C.", "Scurvy follows from too little of it."],
        ["Oats, barley, etc. contain fibre.", "Rice has less."],
        ["Roe et al. Measured it.", "Poe et al. did not."],
        ["See Fig. 2 and No. 7 for more.", "No.", "It is not so."],
        ["About approx. Ten grams."],
        ["In the U.S. Department rules it is sold.", "He left the U.S.", "The rest stayed."],
        ['He said "it is sweet."', "Then he left."],
        ["It is stored in the liver (as glycogen).", "(The rest is fat.)", "Good."],
        ["Wait …", "And then eat."],
        ["Fat is dense; protein is not; water is nothing."],
        ["There are two tests: - the first test - the second test."],
        ["It was shown.[1]", "Others agree.[2, 3]", "So it is."],
        ["Beta cells die.", "β-cells do not come back.", "pH falls.", "n-3 fats help."],
        ["1. Wash the beans.", "2. Soak them."],
        ["J. R. Roe wrote it."],
        ["糖は甘い。", "塩は辛い。"],
        ["No full stop at the end"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    separator = "" if expected[0].endswith("。") else " "
    assert split(separator.join(expected)) == expected


def test_white_space_belongs_to_no_sentence() -> None:
    assert split("  One.\n\n Two. \t") == ["One.", "Two."]
    assert sentences(" \n ") == sentences("") == []


@given(st.text(alphabet=st.sampled_from("aB1.!?… \n\"'()[]-;:。e.gÄß\u00a0"), max_size=80) | st.text(max_size=80))
def test_sentences_cover_everything_but_white_space_in_order(text: str) -> None:
    before = 0
    for start, end in sentences(text):
        assert before <= start < end
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip()
        before = end
    assert not text[before:].strip()
