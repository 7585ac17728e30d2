"""Entries of a glossary: a term as heading or before a dash, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.ontology.vocabulary import Vocabulary
from tests.graph_builder.said import Said, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a meaning that is no sentence, below its term
        ("Amylase\n\nAn enzyme that helps digestion.", "amylase is_a enzyme; amylase increases digestion"),
        ("Renin\n\nAn enzyme released by the kidneys.", "renin is_a enzyme; kidney produces renin"),
        ("Gastrin\n\nA hormone that the stomach makes when food comes.", "stomach produces gastrin"),
        ("Polycystic ovary syndrome (PCOS)\n\nA disorder of women.", "pcos is_a condition"),
        ("What is ghrelin?\n\nA hormone of hunger.", "ghrelin is_a hormone"),
        ("Selenosis\n\nA condition caused by selenium.", "selenosis is_a condition; selenium causes selenosis"),
        # a sentence is read as it stands, and what is no term has no meaning
        ("Renin\n\nThe enzyme lactase splits lactose.", "lactase is_a enzyme"),
        ("Renin\n\nLactase: an enzyme.", "lactase is_a enzyme"),
        ("Sources of iron\n\nAn enzyme that helps digestion.", ""),
        ("How does it feel?\n\nA condition of the skin.", ""),
        # what follows a dash with a capital
        ("Trans fat – Fat that raises LDL cholesterol.", "trans-fat increases ldl-cholesterol-level"),
        ("Trans fat – Fat raises LDL cholesterol.", "fat increases ldl-cholesterol-level"),
        # a term above or before holds for the sentences behind it
        ("Ghrelin – The signal of an empty stomach. It increases appetite.", "ghrelin increases appetite"),
        ("Diet terms A to Z\n\nSome are new. It causes diarrhea.", ""),
        ("Diet\n\nSome are new. It causes diarrhea.", "diet causes diarrhea"),
    ],
)  # fmt: skip
def test_an_entry_gives_its_term_a_meaning(said: Said, text: str, expected: str) -> None:
    assert lines(expected) <= said(text) if expected else said(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Zinc\n\nGhrelin\n: A hormone.\n\nIt causes diarrhea.", "ghrelin is_a hormone; zinc causes diarrhea"),
        ("# Zinc\n\nGhrelin\n: A hormone.\n\n    It causes diarrhea.", "ghrelin is_a hormone; ghrelin causes diarrhea"),
    ],
)
def test_what_follows_entries_is_said_of_what_the_section_is_about(titled: Said, text: str, expected: str) -> None:
    assert titled(text) == lines(expected)


def test_a_term_above_is_not_in_the_quote(page: Callable[[str], PageContent]) -> None:
    (is_a, *_) = page("Renin\n\nAn enzyme released by the kidneys.").statements
    assert is_a.quote == "An enzyme released by the kidneys."
    assert (is_a.subject.label, is_a.subject.surface, is_a.object.surface) == ("Renin", None, "enzyme")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saliva\n\nAmylase is an enzyme in saliva.", "amylase located_in saliva"),
        ("Mucus\n\nA secretion of goblet cells.", "goblet-cell produces mucus"),
        ("Edema\n\nHeart failure is a common reason.", "heart-failure causes edema"),
        ("Atherosclerosis\n\nIt underlies most strokes.", "atherosclerosis causes stroke"),
        ("Gluconeogenesis\n\nThe making of glucose from lactate.", "lactic-acid converted_to glucose"),
        ("Vagus nerve\n\nIt slows the heart.", "vagus-nerve affects heart"),
        ("Vagus nerve\n\nIt slows digestion.", "vagus-nerve decreases digestion"),
        ("Selenium\n\nDairy products provide smaller amounts.", "dairy-product contains selenium"),
        ("Opioid\n\nOpioids have constipation as a side effect.", "opioid causes constipation"),
        ("Ketogenic diet\n\nIt puts the body into ketosis.", "ketogenic-diet causes ketosis"),
    ],
)
def test_phrases_of_entries(said: Said, text: str, expected: str) -> None:
    assert lines(expected) <= said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a term and a full stop
        ("Ghrelin. A hormone of hunger.", "ghrelin is_a hormone"),
        ("Ghrelin. The signal of hunger. It raises appetite.", "ghrelin increases appetite"),
        ("Minerals. Examples are iron and zinc.", "iron is_a mineral; zinc is_a mineral"),
        # examples of the term, at the end of its meaning
        ("Minerals: Substances needed for health, including iron.", "iron is_a mineral"),
        ("Minerals: Substances that feed bacteria, including probiotics.", "probiotic is_a bacteria"),
        ("Macronutrients: Nutrients needed by the body, namely fats.", "fat is_a macronutrient"),
        # each of several is no class of the term
        ("Complex carbohydrates – Starches and fiber.", ""),
        ("Pectin – A fiber.", "pectin is_a dietary-fiber"),
    ],
)  # fmt: skip
def test_entries_in_a_list_of_terms(said: Said, text: str, expected: str) -> None:
    found = said(f"Words to know\n\n{text}")
    assert lines(expected) <= found if expected else found == set()
    assert "fat requires macronutrient" not in found


def test_a_page_about_words_is_about_none_of_them(matcher: Matcher, bundled: Vocabulary) -> None:
    words = read_page("pages/page.txt", b"Glossary of zinc\n\nExamples are iron and copper.")
    assert extract(words, matcher, bundled.named("zinc")[0], "https://www.example.org/").statements == ()


def test_the_name_of_a_part_of_a_text_is_not_what_it_is_about(titled: Said) -> None:
    assert titled("# Magnesium\n\nBone health: It lowers blood pressure.") == {"magnesium decreases blood-pressure"}
    assert titled("# Leptin\n\nGhrelin: It lowers blood pressure.") == {"ghrelin decreases blood-pressure"}
    assert titled("# Copper\n\nHeart health. It may raise blood pressure.") == {
        "copper increases blood-pressure (hedged)"
    }
