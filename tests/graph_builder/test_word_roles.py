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
        ("Large doses lower blood pressure.", ""),
        ("Plant sterols lower blood pressure.", "plant-sterol decreases blood-pressure"),
        # a noun where no verb has gone before
        ("Stress and changes in routine can cause constipation.", "stress causes constipation (hedged)"),
        ("Stress upsets sleep and causes headache.", "stress causes headache"),
        # gerunds that are felt
        ("Patients may notice sweating, headache and nausea.", ""),
        # who acts stands before what it is in
        ("Bacteria in the colon ferment starch into butyrate.", "starch converted_to butyrate"),
        # who or what it is itself
        ("An iron deficiency can itself cause fatigue.", "iron-deficiency causes fatigue (hedged)"),
        # what opens the meaning of a term
        ("Bladder – Hollow, muscular organ that stores urine.", "bladder is_a organ; urine located_in bladder"),
        # two that act in a relative clause
        (
            "Creatine is a compound that the kidneys and liver make from it.",
            "kidney produces creatine; liver produces creatine",
        ),
        # verbs that are others with a word behind them
        ("Bacteria reduce nitrate to nitrite.", "nitrate converted_to nitrite"),
        ("Vitamin C reduces nitrate.", "vitamin-c decreases nitrate-level"),
        ("The kidneys hold back water.", ""),
        ("The kidneys hold water.", "water located_in kidney"),
        # numbers, and adjectives behind "and"
        (
            "Olive oil contains vitamin E and more than thirty polyphenols.",
            "olive-oil contains vitamin-e; olive-oil contains polyphenol",
        ),
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
        # of none of them, and of a tube
        ("No diet cures obesity.", "diet treats obesity (negated)"),
        ("The bladder is connected to the kidneys.", ""),
        ("Stroke is connected to obesity.", "stroke associated_with obesity"),
        # "together" they are several
        ("The liver is an organ. Together they regulate metabolism.", "liver is_a organ"),
        # of a list what goes on is left out, but not where it tells which
        ("Causes of nausea are:\n\n- stress, which upsets it\n- drugs that upset it", "stress causes nausea"),
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
        ("Too high a dose causes nausea.", "zinc causes nausea"),
        ("High doses lower blood pressure.", "zinc decreases blood-pressure"),
        ("The kidneys control its level.", "kidney regulates zinc-level"),
        ("Alcohol depletes it.", "alcohol decreases zinc-level"),
        ("Coffee cuts its absorption.", "coffee decreases zinc-absorption"),
        ("Headache and nausea are warning signs.", ""),
        ("A study linked a higher intake to a lower risk of stroke.", "zinc prevents stroke"),
        # a cell is about what its row is about
        ("| Type | Work |\n| --- | --- |\n| Stimulant | makes the intestine contract |", ""),
        # a heading that names only a class of all
        ("## Medicines\n\nHeadache is a possible consequence.", "zinc causes headache"),
    ],
)  # fmt: skip
def test_much_of_what_a_page_is_about(titled: Said, text: str, expected: str) -> None:
    assert titled(f"# Zinc\n\n{text}") == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fatigue is a possible consequence.", "rickets causes fatigue"),
        ("Early complaints such as fatigue are put down to age.", "rickets has_manifestation fatigue"),
        ("Headache and nausea are warning signs.", "rickets has_manifestation nausea"),
        ("Diagnosis rests on blood tests.", "blood-test diagnoses rickets"),
        ("A blood test tells whether anemia is there.", "blood-test diagnoses anemia"),
        ("Stress is the number one cause.", "stress causes rickets"),
        ("Other triggers include stress.", "stress causes rickets"),
        ("Smoking doubles the risk.", "smoking risk_factor_for rickets"),
        ("A blood test points to anemia.", "blood-test diagnoses anemia"),
        ("A low-fat diet with plenty of vegetables is good.", "low-fat-diet contains vegetable"),
        ("Sulfur is a mineral present in methionine.", "sulfur part_of methionine"),
        ("Most cases are due to stress.", "stress causes rickets"),
        ("Obesity is a disease. Most cases are due to stress.", "stress causes rickets"),
        ("Stress is behind it.", "stress causes rickets"),
        ("Dietary fiber helps against constipation.", "dietary-fiber treats constipation"),
        ("Leucine switches on muscle protein synthesis.", "leucine increases muscle-building"),
        ("Fish add selenium. Fish has no starch.", "fish contains selenium; fish contains starch (negated)"),
        ("Nitrate is a compound in spinach.", "spinach contains nitrate"),
        ("Olive oil increases the feeling of fullness.", "olive-oil increases satiety"),
        ("The nephron is the unit of the kidney.", "nephron part_of kidney"),
    ],
)  # fmt: skip
def test_phrases_of_prose(titled: Said, text: str, expected: str) -> None:
    assert lines(expected) <= titled(f"# Rickets\n\n{text}")
