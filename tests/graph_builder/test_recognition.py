"""What is recognised as a mention of a concept, and what is not."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher, name_words
from nutrigraph.graph_builder.tokens import normal_forms
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.vocabulary import Part, Vocabulary

Mentioned = Callable[[str], dict[str, str]]


@pytest.mark.parametrize(
    ("text", "words", "concept"),
    [
        ("The β-cells were counted.", "β-cells", "beta-cell"),
        ("Your body’s cells need fuel.", "body’s cells", "cell"),
        ("A low glycaemic index is common.", "glycaemic index", "glycemic-index"),
        ("The fasting plasma glucose (FPG) test came first.", "fasting plasma glucose (FPG) test", "fpg-test"),
        ("She had a lack of vitamin D.", "lack of vitamin D", "vitamin-d-deficiency"),
        ("In time, blood sugar levels are too high.", "blood sugar levels are too high", "elevated-blood-glucose"),
        ("The rise in blood sugar is quick.", "rise in blood sugar", "elevated-blood-glucose"),
        ("It makes muscles take up the glucose.", "take up the glucose", "glucose-uptake"),
    ],
)
def test_a_name_is_found_in_the_forms_that_texts_use(mentioned: Mentioned, text: str, words: str, concept: str) -> None:
    assert mentioned(text)[words] == concept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Liver, fat, and muscle cells.", {"Liver": "liver-cell", "fat": "fat-cell", "muscle cells": "muscle-cell"}),
        (
            "The metabolism of fats and protein.",
            {"metabolism of fats": "fat-metabolism", "protein": "protein-metabolism"},
        ),
        ("Alpha and beta cells differ.", {"Alpha": "alpha-cell", "beta cells": "beta-cell"}),
        ("Type 1 and type 2 diabetes differ.", {"Type 1": "type-1-diabetes", "type 2 diabetes": "type-2-diabetes"}),
    ],
)
def test_what_a_coordination_leaves_out_is_understood(
    mentioned: Mentioned, text: str, expected: dict[str, str]
) -> None:
    assert mentioned(text) == expected


def test_an_abbreviation_that_is_also_a_word_needs_its_capitals(mentioned: Mentioned) -> None:
    assert mentioned("A food with a high GI.") == {"GI": "glycemic-index"}
    assert mentioned("The gi was worn out.") == {}


def test_a_name_does_not_reach_over_punctuation_or_a_prefix(mentioned: Mentioned) -> None:
    assert "muscle cells" not in mentioned("They feed muscle. Cells differ.")
    assert mentioned("Non-insulin things exist.") == {}


def test_mentions_are_slices_of_the_source_and_never_overlap(page: Callable[[str], PageContent]) -> None:
    text = "What is insulin?\r\n\r\nInsulin helps liver, fat, and muscle cells\r\ntake up the glucose."
    mentions = page(text).mentions
    assert [m.place for m in mentions][:2] == ["heading", "text"]
    assert all(text[m.start : m.end] == m.surface for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


def test_a_page_holds_all_words_of_every_name_found_in_it(matcher: Matcher) -> None:
    """What an incremental build rests on: a page without the words of a new name need not be read again."""
    text = "Insulin resistance: liver, fat, and muscle cells no longer take up the glucose; blood sugar is too high."
    words = normal_forms(text)
    for mention in matcher.find(text):
        assert any(words.issuperset(name.split()) for name in matcher.names), text[mention.start : mention.end]
    assert "glucose uptake" in matcher.names


@given(st.text(alphabet="abgβ -'’(),.\n\0insulcoe12AFPG", max_size=80))
def test_any_text_can_be_searched(matcher: Matcher, text: str) -> None:
    found = matcher.find(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_every_name_of_the_vocabulary_is_found_where_it_stands_alone(matcher: Matcher) -> None:
    called: dict[tuple[str, ...], set[str]] = {}
    for concept in matcher.vocabulary.concepts.values():
        for name in concept.names:
            called.setdefault(name_words(name), set()).add(concept.iri)
    names = {name for c in matcher.vocabulary.concepts.values() for name in c.names if "(" not in name}
    lost = [n for n in names if not {f.concept for f in matcher.find(f"about {n} today")} & called[name_words(n)]]
    assert lost == []


def test_marks_inside_a_name_do_not_part_it(matcher: Matcher) -> None:
    assert [f.end for f in matcher.find("the waist:hip ratio counts")] == [19]


def large_vocabulary(*concepts: Concept, source: str = "large.owl", size: int = 600) -> Matcher:
    """A matcher for a vocabulary of so many concepts, those among them."""
    others = [Concept(f"https://example.org/{n}", f"Thing number {n}", source=source) for n in range(size)]
    given = [dataclasses.replace(concept, source=source) for concept in concepts]
    part = Part(source, (*given, *others), lambda: ())
    return Matcher(Vocabulary.of([part], namespace="https://example.org/own/"))


METAL = Concept("https://example.org/metal", "heavy metal")
LEAD = Concept("https://example.org/lead", "lead", ("Pb",), broader=(METAL.iri,))
CAT = Concept("https://example.org/cat", "CAT")


def concepts_named(matcher: Matcher, text: str) -> list[str]:
    content = extract(read_page("page.txt", text.encode()), matcher, None, "https://example.org/own/")
    return [mention.text for mention in content.mentions]


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("Too much of it can lead to harm.", []),
        ("Old pipes may contain lead.\n\nLead is a heavy metal.", ["lead", "Lead", "heavy metal"]),
        ("She saw a cat.", []),
    ],
)
def test_an_everyday_word_of_a_large_vocabulary_needs_a_page_that_speaks_of_such_things(
    text: str, mentioned: list[str]
) -> None:
    assert concepts_named(large_vocabulary(LEAD, METAL, CAT), text) == mentioned


def test_an_everyday_word_of_a_short_list_of_terms_counts_everywhere() -> None:
    assert concepts_named(large_vocabulary(LEAD, source="terms.csv", size=10), "Pipes of lead.") == ["lead"]


ORGAN = Concept("https://example.org/liver", "Liver", type="Organ", broader=("https://example.org/organ",))
MEAT = Concept("https://example.org/liver-food", "Liver (food)", type="Food", broader=("https://example.org/food",))
SENSES = Matcher(
    Vocabulary.of(
        [
            Part(
                "terms.csv",
                (
                    *(ORGAN, MEAT, Concept("https://example.org/kidney", "Kidney", type="Organ")),
                    *(Concept("https://example.org/spinach", "Spinach", type="Food"),),
                    *(Concept("https://example.org/food", "Food"), Concept("https://example.org/organ", "Organ")),
                ),
                lambda: (),
            )
        ],
        namespace="https://example.org/own/",
    )
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The kidney and the liver clean the blood.", ORGAN.iri),
        ("Eat spinach and liver for iron.", MEAT.iri),
        ("Liver is a food that few people like.", MEAT.iri),
        ("Liver.", ORGAN.iri),
    ],
)
def test_of_two_concepts_with_one_name_the_page_tells_which_is_meant(text: str, meant: str) -> None:
    content = extract(read_page("page.txt", text.encode()), SENSES, None, "https://example.org/own/")
    assert [mention.concept for mention in content.mentions if mention.text.lower() == "liver"] == [meant]
