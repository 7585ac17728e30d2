"""What a page must not be taken to state: each wording beside a near one that does state something."""

from __future__ import annotations

import pytest

from tests.graph_builder.said import Said, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # never shown, or no longer held
        ("No good trial has shown that fiber causes weight loss.", ""),
        ("No study proves it; fiber causes weight loss.", "dietary-fiber causes weight-loss"),
        ("Fiber causes weight loss, but no study has shown that coffee causes nausea.",
         "dietary-fiber causes weight-loss"),
        ("People used to be told that eggs cause gout.", ""),
        ("Eggs cause gout.", "egg causes gout"),
        ("Obesity was once thought to cause gout.", ""),
        ("Goiter was treated with seaweed in ancient China.", ""),
        ("Goiter, known since antiquity, is treated with seaweed.", "seaweed treats goiter"),
        # names with a capital preposition
        ("Screen people with type 1 diabetes, Hashimoto's thyroiditis, Down syndrome or Turner syndrome.", ""),
        # what the clause says does it, and not its object
        ("The muscles cannot burn glycogen, which causes pain.", ""),
        ("The liver releases glucagon, which causes pain.", "liver produces glucagon; glucagon causes pain"),
        # the end of a list
        ("Sodium increases the absorption of glucose and water, and together with iron it keeps you fit.",
         "sodium increases glucose-absorption; sodium increases water-absorption"),
        # a disease that a name or a noun tells from others
        ("Pompe disease affects the heart.", "pompe-disease affects heart"),
        ("The disease of Pompe causes pain.", "condition causes pain"),
        # liver to eat
        ("Biotin is found in eggs, nuts and liver.", "egg contains biotin; nut contains biotin"),
        ("Biotin is found in the liver.", "biotin located_in liver"),
        # a relative clause with a verb that looks like a noun
        ("The pancreas produces enzymes, which flow into the gut and harm the liver.",
         "pancreas produces enzyme; enzyme affects liver"),
        # hormones of the body are no medicines
        ("Leptin reduces hunger.", "leptin decreases hunger"),
        ("Protein reduces hunger.", "protein treats hunger"),
        # some of a class, and not the class
        ("Drugs that raise HDL cholesterol cause nausea.", ""),
        ("Drugs raise HDL cholesterol.", "medication increases hdl-cholesterol-level"),
        ("The pancreas makes hormones that are small.", "pancreas produces hormone"),
        # the object of the clause before, though no vocabulary knows it
        ("Fiber increases the variety, whereas sugar lowers it.", ""),
        ("Fiber increases blood pressure, whereas sugar lowers it.",
         "dietary-fiber increases blood-pressure; sugar decreases blood-pressure"),
        # hoped once
        ("It was hoped that folic acid prevents gout.", ""),
        ("People hoped for more; folic acid prevents gout.", "folate prevents gout"),
        # those that the sentence names, and not their class
        ("Metformin is among the drugs that lower appetite.", "metformin decreases appetite"),
        # without what would make it another
        ("A diet without vegetables causes gout.", ""),
        ("A vegan diet without vegetables causes gout.", "vegan-diet causes gout"),
        # what is eased has a name
        ("Coffee reduces the side effects of metformin.", ""),
        ("Coffee reduces nausea.", "coffee treats nausea"),
        ("Coffee was never shown to cause gout.", ""),
        ("Coffee was shown to cause gout.", "coffee causes gout"),
        ("There is nothing to suggest that coffee causes gout.", ""),
        ("There is much to suggest that coffee causes gout.", "coffee causes gout"),
        ("Doctors no longer think that coffee causes gout.", ""),
        ("It is wrong to say that eggs cause gout.", ""),
        ("It is right to say that eggs cause gout.", "egg causes gout"),
        ("You may have heard that eggs cause gout.", ""),
        ("Far from causing gout, coffee prevents nausea.", "coffee prevents nausea"),
        ("Besides causing gout, coffee prevents nausea.", "coffee causes gout; coffee prevents nausea"),
        ("Many people claim that coffee causes gout.", "coffee causes gout (hedged)"),
        ("Rather than causing gout, coffee prevents nausea.", "coffee prevents nausea"),
        ("It is not coffee that causes gout.", ""),
        ("It is not only coffee that causes gout.", "coffee causes gout"),
        ("Coffee would cause gout if it were stronger.", ""),
        ("The idea that coffee causes gout is old.", "coffee causes gout (hedged)"),
        ("In theory, coffee causes gout.", "coffee causes gout (hedged)"),
        ("Coffee is said by some to cause gout.", "coffee causes gout (hedged)"),
        ("Sugar, but not fat, causes gout.", "sugar causes gout"),
        ("Sugar and fat cause gout.", "sugar causes gout; fat causes gout"),
        # found once
        ("Coffee caused gout in one trial.", "coffee causes gout (hedged)"),
        ("Coffee caused gout in all trials.", "coffee causes gout"),
    ],
)  # fmt: skip
def test_what_is_not_stated(said: Said, text: str, expected: str) -> None:
    assert said(text) == lines(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "it" is what the sentence just named, though no vocabulary knows it
        ("Almond flour cake is filling since it contains iron.", ""),
        ("The cake is filling since it contains iron.", "iron part_of zinc"),
        ("Evidence suggests that it contains iron.", "iron part_of zinc (hedged)"),
        ("Glimmerine is a dye. It causes nausea.", ""),
        ("It causes nausea.", "zinc causes nausea"),
        # … and never what the sentence names beside it
        ("It slows the breakdown of zinc.", ""),
        ("It slows the breakdown of iron.", "zinc decreases iron-breakdown"),
        # sources are those of the nutrient
        ("Seaweed is eaten by some. Eggs are good sources.", "egg contains zinc"),
        ("Iron is needed. Eggs are good sources.", "egg contains iron"),
    ],
)
def test_what_a_page_about_zinc_does_not_state(titled: Said, text: str, expected: str) -> None:
    assert titled(f"# Zinc\n\n{text}") == lines(expected)


def test_treatment_is_that_of_what_the_page_is_about(titled: Said) -> None:
    text = "Overweight is common. Treatment includes physical activity."
    assert titled(f"# Gestational diabetes\n\n{text}") == {"physical-activity treats gestational-diabetes"}
    assert titled(f"# Insulin\n\n{text}") == {"physical-activity treats overweight"}


def test_medicines_are_each_something_else(titled: Said) -> None:
    text = "Taken for years it can cause vitamin B12 deficiency."
    assert titled(f"# Diabetes\n\n## Medicines\n\n{text}") == set()
    assert titled(f"# Diabetes\n\n## Metformin\n\n{text}") == {"metformin causes vitamin-b12-deficiency (hedged)"}
