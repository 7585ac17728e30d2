"""What the running prose of a glossary states: sentences that are longer and freer than a definition."""

from __future__ import annotations

import pytest

from tests.graph_builder.said import Said, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # adjectives before the noun, joined or in a row
        ("The gallbladder is a small, hollow organ.", "gallbladder is_a organ"),
        ("Rickets is a rare but serious bone disease.", "rickets is_a bone-disease"),
        ("Insulin is a hormone, and leptin is a hormone.", "insulin is_a hormone; leptin is_a hormone"),
        # words that are verbs or nouns
        ("Yeasts produce small amounts of alcohol.", "yeast produces alcohol"),
        ("Gut bacteria ferment starch into butyrate.", "starch converted_to butyrate"),
        ("Dry beriberi damages the heart.", "beriberi affects heart"),
        (
            "Iron supplements may upset the stomach and cause constipation.",
            "iron-supplement causes constipation (hedged)",
        ),
        ("Coffee makes the gallbladder contract.", "coffee affects gallbladder"),
        ("The gallbladder contract is signed.", ""),
        ("Kefir eaten daily for a month lowers blood pressure.", "kefir decreases blood-pressure"),
        # an aside between auxiliary and verb
        ("Obesity can, in rare cases, cause stroke.", "obesity causes stroke (hedged)"),
        # one verb after another, each with a list of its own
        (
            "Coffee harms nerves and bones, strengthens muscles and teeth, and causes pain.",
            "coffee affects nerve; coffee affects bone; coffee affects muscle-tissue; coffee affects tooth; "
            "coffee causes pain",
        ),
        (
            "The vegan diet emphasizes nuts and kale, includes tofu and seaweed, and lowers blood pressure.",
            "vegan-diet contains nut; vegan-diet contains kale; vegan-diet contains tofu; vegan-diet contains seaweed; "
            "vegan-diet decreases blood-pressure",
        ),
        ("Leafy greens and cabbage, includes kale.", ""),
        ("Aspirin is a widely used drug.", "aspirin is_a medication"),
        ("Zinc keeps iron from harming the liver.", ""),
        ("Stroke is treated with a drug that harms bones.", ""),
        ("Drugs that harm the liver, such as aspirin, are avoided.", "aspirin affects liver"),
        ("Milk and sugar are avoided because they harm teeth.", "milk affects tooth; sugar affects tooth"),
        (
            "People know diabetes or gout, the two main causes of pain.",
            "diabetes-mellitus causes pain; gout causes pain",
        ),
        ("People dread diabetes or gout, the main cause of pain.", "gout causes pain"),
        ("The liver converts some of these fatty acids into ketones.", "fatty-acid converted_to ketone-bodies"),
        ("Heavy menstruation harms the heart.", ""),
        ("By harming the liver, alcohol causes pain.", "alcohol affects liver; alcohol causes pain"),
        ("Salt harms bones, but avoiding it does not harm nerves.", "salt affects bone"),
        (
            "Gout causes numbness in the arms and legs, fatigue and pain.",
            "gout causes numbness; gout causes fatigue; gout causes pain",
        ),
        ("Smoking is a leading cause of death.", "smoking causes death"),
        # what a definition goes on about
        (
            "Pectin is a thing found in kale and rye that causes pain.",
            "pectin causes pain; kale contains pectin; rye contains pectin",
        ),
        ("Pectin is a type of fiber found in apples.", "pectin is_a dietary-fiber; apple contains pectin"),
        ("Fiber found in apples causes pain.", "apple contains dietary-fiber; dietary-fiber causes pain"),
        ("A drug made from kale causes pain.", ""),
        ("A diet that is low in salt lowers blood pressure.", ""),
        ("A diet lowers blood pressure.", "diet decreases blood-pressure"),
        ("Gout leads to a condition called hyperuricemia.", "gout causes hyperuricemia"),
        (
            "Tannins in tea and coffee, which harm the liver, are common.",
            "tannin affects liver; tea contains tannin; coffee contains tannin",
        ),
        ("Causes of gout that can lead to pain include obesity.", "gout causes pain (hedged)"),
        ("Free radicals harm cells, which would otherwise cause pain.", "free-radical affects cell"),
        ("Glucose meters are used by people with diabetes to check blood.", ""),
        # too little of it is something else
        ("Causes of goiter include insufficient amounts of iodine.", ""),
        ("Causes of goiter include large amounts of iodine.", "iodine causes goiter"),
        # a part is called something
        ("It is in the part of the brain called the hypothalamus.", "hypothalamus part_of brain"),
        # examples of a role
        (
            "Well-known antioxidants include selenium and zinc.",
            "selenium has_role antioxidant; zinc has_role antioxidant",
        ),
        ("Examples of antioxidants are selenium and zinc.", "selenium has_role antioxidant; zinc has_role antioxidant"),
        ("Risk factors include obesity.", ""),
        ("Diabetes is diagnosed by performing blood tests.", "blood-test diagnoses diabetes-mellitus"),
        ("Gout is a complication of pregnancy.", "gout is_a pregnancy-complication"),
        ("Aspirin is the liver's chief enemy.", ""),
        ("Insulin, however, harms bones.", "insulin affects bone"),
        (
            "Insulin acts on the adrenal glands and prompts them to produce cortisol.",
            "insulin affects adrenal-gland; insulin increases cortisol-secretion; adrenal-gland produces cortisol",
        ),
        ("Food makers add zinc to candy.", "candy contains zinc"),
        ("Gout is a sour taste in the mouth.", ""),
        ("A handful of almonds lowers blood pressure.", "almond decreases blood-pressure"),
        # what a clause with "which" is about
        ("Zinc keeps water from forming crystals, which may prevent stroke.", "zinc prevents stroke (hedged)"),
        (
            "People need aspirin and statins, both of which prevent stroke.",
            "aspirin prevents stroke; statin prevents stroke",
        ),
        ("People need aspirin and statins, which prevent stroke.", "statin prevents stroke"),
        # who does what the bare verb or the gerund says
        (
            "Insulin tells the wall of the stomach to release gastrin.",
            "stomach produces gastrin; insulin increases gastrin-secretion; insulin affects stomach",
        ),
        (
            "Insulin helps people with obesity to lower blood pressure.",
            "insulin decreases blood-pressure; insulin treats obesity",
        ),
        ("Oats help the body respond by calming inflammation.", "oat decreases inflammation"),
        (
            "Smoking, poor sleep and eating too fast can cause stroke.",
            "smoking causes stroke (hedged); sleep-deprivation causes stroke (hedged)",
        ),
        (
            "Smoking, poor sleep and drinking coffee can cause stroke.",
            "smoking causes stroke (hedged); sleep-deprivation causes stroke (hedged); coffee causes stroke (hedged)",
        ),
    ],
)
def test_who_does_what(said: Said, text: str, expected: str) -> None:
    assert said(text) == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A second hormone, leptin, regulates appetite.", "leptin is_a hormone; leptin regulates appetite"),
        (
            "A second hormone, leptin and zinc regulate appetite.",
            "hormone regulates appetite; leptin regulates appetite; zinc regulates appetite",
        ),
        ("Vitamin D is converted into its active form, calcitriol.", "vitamin-d converted_to calcitriol"),
    ],
)
def test_a_name_between_commas_says_what_is_meant(said: Said, text: str, expected: str) -> None:
    assert said(text) == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fever and dark urine are warning signs.", "fever has_role warning-sign"),
        ("Swollen legs cause pain.", ""),
        ("Strong legs reduce blood pressure.", "leg decreases blood-pressure"),
        ("Low-grade inflammation causes stroke.", "inflammation causes stroke"),
        ("Low inflammation causes stroke.", ""),
    ],
)
def test_a_sick_part_of_the_body_is_a_finding(said: Said, text: str, expected: str) -> None:
    assert said(text) == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smoking is the leading cause.", "smoking causes stroke"),
        ("Smoking is the leading cause of death.", "smoking causes death"),
        (
            "Obesity and diabetes both raise the risk.",
            "obesity risk_factor_for stroke; diabetes-mellitus risk_factor_for stroke",
        ),
        ("Walking lowers the risk in adults.", "walking prevents stroke"),
        (
            "Obesity raises the risk of stroke. Walking lowers the risk.",
            "obesity risk_factor_for stroke; walking prevents stroke",
        ),
        ("## Fiber\n\nGout is painful. Walking lowers the risk.", "walking prevents gout"),
        ("Walking lowers the risk of falling asleep.", ""),
        (
            "Early signs are vague: fatigue and dizziness.",
            "stroke has_manifestation fatigue; stroke has_manifestation dizziness",
        ),
        ("Most cases are caused by smoking.", "smoking causes stroke"),
        ("Most cases of gout are caused by alcohol.", "alcohol causes gout"),
        (
            "Other people at risk are:\n\n- people with obesity\n- women after surgery\n",
            "obesity risk_factor_for stroke; surgery risk_factor_for stroke",
        ),
        ("Others at ease are:\n\n- people with obesity\n- women after surgery\n", ""),
        (
            "## Symptoms\n\nWatch for:\n\n- fatigue\n- dizziness\n",
            "stroke has_manifestation fatigue; stroke has_manifestation dizziness",
        ),
        ("## Symptoms\n\nDoctors measure:\n\n- fatigue\n- dizziness\n", ""),
        ("A scan is used to:\n\n- check insulin\n- detect gout\n", ""),
        (
            "A blood test is used to:\n\n- monitor insulin\n- detect gout\n",
            "blood-test measures insulin; blood-test diagnoses gout",
        ),
        ("Others notice dizziness.", "stroke has_manifestation dizziness"),
        ("Pain is rare. Others notice dizziness.", "stroke has_manifestation dizziness"),
        ("Bleeding is the most serious complication.", "stroke causes bleeding"),
        ("The classic complaint is a pain.", "stroke has_manifestation pain"),
        ("## Eye health\n\nIt causes pain.", "stroke causes pain"),
        ("## Gout\n\nIt causes pain.", "gout causes pain"),
        ("## Causes\n\nOthers include:\n\n- smoking\n- obesity\n", "smoking causes stroke; obesity causes stroke"),
        ("Pain is the main symptom.", "stroke has_manifestation pain"),
        ("Pain is a symptom.", "pain is_a symptom"),
        ("- Causes pain, which lasts.\n- Harms the brain.\n", "stroke causes pain; stroke affects brain"),
        ("Common side effects are bloating and pain.", "stroke causes bloating; stroke causes pain"),
        ("- Caused by smoking\n- Quit early\n", "smoking causes stroke"),
        (
            "Some foods are:\n\n- meats such as beef and pork\n- soups\n- kale and other vegetables\n",
            "beef is_a meat; pork is_a meat; kale is_a vegetable",
        ),
        ("Obesity is known. Its forms are three. It causes pain.", "obesity causes pain"),
        (
            "It harms the brain and makes the heart work, so it can cause pain.",
            "stroke affects brain; stroke affects heart; stroke causes pain (hedged)",
        ),
        ("## Does it harm the heart?\n\nIt causes pain.", "stroke causes pain"),
        ("## Does smoking harm the heart?\n\nIt causes pain.", "smoking causes pain"),
        ("Is coffee bad? It contains caffeine.", "coffee contains caffeine"),
    ],
)
def test_what_is_left_to_the_page_or_the_question(titled: Said, text: str, expected: str) -> None:
    assert titled(f"# Stroke\n\n{text}") == lines(expected)


def test_other_causes_are_of_what_the_section_is_about(titled: Said) -> None:
    said = titled("# Goiter\n\nGraves' disease is a main cause of goiter. Other causes include iodine.")
    assert "iodine causes goiter" in said
    assert not any(line.endswith("causes graves-disease") for line in said)


def test_it_is_of_the_kind_that_it_is_said_to_be(titled: Said) -> None:
    pump = "It is a medical device that is attached to the skin."
    assert "insulin part_of skin" not in titled(f"# Insulin\n\n## Insulin pump\n\n{pump}")
    gland = "It is a hormone that is attached to the skin."
    assert "insulin part_of skin" in titled(f"# Insulin\n\n## Insulin pump\n\n{gland}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overview: insulin is a hormone.", "insulin is_a hormone"),
        ("Insulin: a hormone.", "insulin is_a hormone"),
        ("Fructose is sugar that fruit contains.", "fructose is_a sugar; fruit contains fructose"),
        ("Its digestion matters. It stores bile.", "bile located_in gallbladder"),
        ("People with gout avoid it because it stores bile.", "bile located_in gallbladder"),
        ("Rickets is a disease in which bone is weak.", "rickets is_a condition; rickets affects bone"),
        (
            "Oats are rich in zinc, a mineral that harms bones, and they contain iron.",
            "oat contains zinc; zinc is_a mineral; zinc affects bone; oat contains iron",
        ),
        ("Zinc creates the conditions in which enzymes work.", ""),
        ("A high zinc intake causes nausea.", "zinc causes nausea"),
        ("A low zinc intake causes nausea.", ""),
        ("Coffee irritates the lining of the stomach.", "coffee affects stomach"),
        ("Fat collects in the liver.", "fat located_in liver"),
        ("Fish is a source of fat.", "fish contains fat"),
        ("Zinc is a cofactor for enzymes.", "zinc has_role cofactor"),
        ("Obesity is a risk factor for gout.", "obesity risk_factor_for gout"),
        ("Numbness is followed by weakness.", ""),
    ],
)
def test_definitions_and_what_goes_on_from_them(titled: Said, text: str, expected: str) -> None:
    assert titled(f"# Gallbladder\n\n{text}") == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Deficiency\n\nSigns include fatigue.", "zinc-deficiency has_manifestation fatigue"),
        ("Signs of deficiency include fatigue.", "zinc-deficiency has_manifestation fatigue"),
        ("A deficiency of iron causes fatigue.", "iron-deficiency causes fatigue"),
        ("## Uses\n\nSigns include fatigue.", ""),
        (
            "Kale, tofu and eggs provide some, and many cereals are fortified with it.",
            "kale contains zinc; tofu contains zinc; egg contains zinc; breakfast-cereal contains zinc",
        ),
        (
            "A handful of nuts lowers blood pressure. Kale is fortified with it.",
            "nut decreases blood-pressure; kale contains zinc",
        ),
        ("Bacteria make some.", ""),
        ("Kale contains zinc and keeps it fresh.", "kale contains zinc"),
        ("Almonds provide no zinc.", "almond contains zinc (negated)"),
        ("They contain no iron.", "iron part_of zinc (negated)"),
        (
            "Sources are easy to find:\n\n- **Zinc:** kale, tofu, eggs\n",
            "kale contains zinc; tofu contains zinc; egg contains zinc",
        ),
        ("Zinc: a mineral, often lacking.", "zinc is_a mineral"),
        ("## Eye health\n\nIt may treat gout.", "zinc treats gout (hedged)"),
        ("Zinc is the body's chief antioxidant.", "zinc has_role antioxidant"),
    ],
)
def test_a_state_is_that_of_what_the_page_is_about(titled: Said, text: str, expected: str) -> None:
    assert titled(f"# Zinc\n\n{text}") == lines(expected)


def test_examples_without_a_class_are_of_what_the_page_is_about(titled: Said) -> None:
    text = "Common examples are sorbitol and xylitol."
    expected = {"sorbitol is_a sugar-alcohol", "xylitol is_a sugar-alcohol"}
    assert titled(f"# Sugar alcohol\n\n{text}") == expected
    assert titled(f"# Stroke\n\n{text}").isdisjoint(expected)


def test_a_heading_may_name_only_the_class_of_what_the_page_is_about(titled: Said) -> None:
    text = "## How an ulcer feels\n\nSymptoms include pain."
    assert titled(f"# Peptic ulcer\n\n{text}") == {"peptic-ulcer has_manifestation pain"}
    assert titled(f"# Stroke\n\n{text}") == {"ulcer has_manifestation pain"}
