"""Words that can be verbs, nouns or adjectives, and how clauses are joined and left incomplete."""

from __future__ import annotations

import pytest

from tests.graph_builder.said import Said, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "seem to" is looked through
        ("Vitamin C seems to lower blood pressure.", "vitamin-c decreases blood-pressure (hedged)"),
        ("Vitamin C and zinc seem not to cause stroke.", ""),
        # a verb between two others, and an adjective
        (
            "Trans fats raise LDL cholesterol, lower HDL cholesterol and increase inflammation.",
            "trans-fat increases ldl-cholesterol-level; trans-fat decreases hdl-cholesterol-level; "
            "trans-fat increases inflammation",
        ),
        ("Trans fats are dear, lower HDL cholesterol than most.", ""),
        # a noun where no verb has gone before
        ("Stress and changes in routine can cause constipation.", "stress causes constipation (hedged)"),
        ("Stress upsets sleep and causes headache.", "stress causes headache"),
        # gerunds that are felt
        ("Patients may notice sweating, headache and nausea.", ""),
        # who acts stands before what it is in
        ("Bacteria in the colon ferment starch into butyrate.", "starch converted_to butyrate"),
        # numbers, and adjectives behind "and"
        ("Selenium is built into about 25 proteins.", "selenium part_of protein"),
        ("Cheese is low in fiber and high in fat.", "cheese contains dietary-fiber; cheese contains fat"),
        ("Beta-carotene, the best known, is turned into vitamin A.", "beta-carotene converted_to vitamin-a"),
    ],
)
def test_the_role_of_a_word_is_told_by_its_place(said: Said, text: str, expected: str) -> None:
    assert said(text) == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a purpose behind "with" is that of the means
        ("Milk is enriched with vitamin D to prevent rickets.", "milk contains vitamin-d; vitamin-d prevents rickets"),
        # "that" agrees with its noun in number
        (
            "Plant sterols are substances resembling cholesterol that reduce inflammation.",
            "plant-sterol decreases inflammation",
        ),
        # "the process" is what was named, and so is what it is taken up by
        (
            "Cortisol promotes gluconeogenesis. Glucagon promotes the process, insulin suppresses it.",
            "cortisol increases gluconeogenesis; glucagon increases gluconeogenesis; insulin decreases gluconeogenesis",
        ),
        # a term with its class beside it, or in it
        ("Cisplatin, a drug used for years, causes nausea.", "cisplatin is_a medication; cisplatin causes nausea"),
        ("Kashin-Beck disease damages cartilage.", "kashin-beck-disease affects cartilage"),
        ("This disease damages cartilage.", ""),
        # too much of a thing acts, and is not what the text goes on about
        ("High doses of zinc cause nausea.", "zinc causes nausea"),
        ("Low doses of iron were tested.", ""),
        ("Overdoses of vitamin E cause bleeding. It is found in spinach.", "vitamin-e causes bleeding"),
        # a relative clause is no main clause
        ("Physicians give fluids for a stroke that lasts. It causes nausea.", ""),
    ],
)  # fmt: skip
def test_what_is_meant(said: Said, text: str, expected: str) -> None:
    assert said(text) == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("High levels are linked to stroke.", "zinc associated_with stroke"),
        ("Intakes above 40 mg a day cause nausea.", "zinc causes nausea"),
        ("Levels are linked to stroke.", ""),
        ("Low levels are linked to stroke.", ""),
        # a heading that names only a class of all
        ("## Medicines\n\nHeadache is a possible consequence.", "zinc causes headache"),
    ],
)  # fmt: skip
def test_much_of_what_a_page_is_about(titled: Said, text: str, expected: str) -> None:
    assert titled(f"# Zinc\n\n{text}") == lines(expected)
