from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nutrigraph.graph_builder.document import Block, BlockKind, Document, Reviewer
from nutrigraph.graph_builder.plain_text import is_heading, read_plain_text

BANNER = "Introducing OatBox! Our new and tastier breakfast bowls are now available."
PAGE = f"""{BANNER}

What is glucagon?

Glucagon is a hormone of the pancreas. It raises blood
glucose levels.

Where is it made?

It is made in alpha cells.

Related Terms

Blood Glucose

Learn more about Glucagon:

Photo of Jane Roe

Medically reviewed by:

Jane Roe, Ph.D., RD

Jane is a dietitian who earned a Ph.D. with a thesis on obesity. She worked at a clinic for diabetes.

Her interests include insulin resistance.

Search our shop"""


def read(source: str, path: str = "pages/beta-glucan.txt") -> Document:
    return read_plain_text(path, source, "glossary")


def words(document: Document, *kinds: BlockKind) -> list[str]:
    return [block.text.visible for block in document.blocks if block.kind in kinds]


def content(document: Document) -> list[str]:
    return words(document, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_page_with_banner_related_terms_reviewer_and_shop(end: str) -> None:
    source = PAGE.replace("\n", end)
    document = read(source)
    assert content(document) == [
        "Glucagon is a hormone of the pancreas. It raises blood glucose levels.",
        "It is made in alpha cells.",
    ]
    assert words(document, BlockKind.HEADING) == ["What is glucagon?", "Where is it made?", "Related Terms"]
    assert document.related_terms == ("Blood Glucose",) == tuple(words(document, BlockKind.RELATED))
    assert document.metadata.reviewer == Reviewer("Jane Roe", ("Ph.D.", "RD"))
    assert document.title == "beta glucan"
    paragraph = document.blocks[2]
    assert paragraph.section == "What is glucagon?"
    start, end_ = paragraph.text.source_span(0, len(paragraph.text.visible))
    assert source[start:end_].split() == paragraph.text.visible.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("What is insulin?", True),
        ("Is it sweet? Is it sour?", True),
        ("Symptoms", True),
        ("Medically reviewed by:", True),
        ("Insulin: what is it?", True),
        ("Vitamin B1.5 and others", True),
        ("Insulin is a hormone.", False),
        ("Insulin is a hormone. Is it?", False),
        ("lactase: an enzyme that splits lactose", False),
    ],
)
def test_a_heading_is_a_question_or_has_no_full_stop_and_no_meaning(line: str, expected: bool) -> None:
    assert is_heading(line) is expected


def test_two_lines_are_no_heading() -> None:
    assert content(read("What is fibre\nmade of?")) == ["What is fibre made of?"]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("Beta-glucan\n\nBeta-glucan is a fibre.", "Beta-glucan"),
        ("What is beta-glucan?\n\nA fibre.", "beta glucan"),
        ("Beta-glucan is a fibre.", "beta glucan"),
        ("Search our shop\n\nBeta-glucan is a fibre.", "beta glucan"),
        ("", "beta glucan"),
    ],
)
def test_the_title_is_the_first_line_if_that_is_a_heading_and_no_question(source: str, title: str) -> None:
    assert read(source).title == title


def test_list_items_have_depth_and_lead_in() -> None:
    document = read(
        "It can cause:\n- thirst\n  and hunger\n  - at night\n* tiredness\n\nAnd:\n\n1. hunger\n\nOther words."
    )
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.text.visible, item.level) for item in items] == [
        ("thirst and hunger", 1),
        ("at night", 2),
        ("tiredness", 1),
        ("hunger", 1),
    ]
    leads = [document.blocks[item.lead_in].text.visible if item.lead_in is not None else None for item in items]
    assert leads == ["It can cause:", None, "It can cause:", "And:"]


def test_a_number_in_running_text_begins_no_list() -> None:
    assert content(read("The trial began in the year\n20. It ended a year later.")) == [
        "The trial began in the year 20. It ended a year later."
    ]


@pytest.mark.parametrize(
    ("lines", "reviewer", "date"),
    [
        ("Medically reviewed by: Jane Roe, MD on May 3, 2024", Reviewer("Jane Roe", ("MD",)), "2024-05-03"),
        ("Reviewed by Jane Roe", Reviewer("Jane Roe"), None),
        ("Last reviewed: 2024-05-03", None, "2024-05-03"),
        (
            "Medically reviewed by\n\nJane Roe, RD\n\nLast reviewed on 3 May 2024.",
            Reviewer("Jane Roe", ("RD",)),
            "2024-05-03",
        ),
    ],
)
def test_who_reviewed_it_and_when(lines: str, reviewer: Reviewer | None, date: str | None) -> None:
    at_the_top = read(f"Fibre\n\n{lines}\n\nFibre feeds gut bacteria.")
    at_the_end = read(f"Fibre\n\nFibre feeds gut bacteria.\n\n{lines}")
    for document in (at_the_top, at_the_end):
        assert (document.metadata.reviewer, document.metadata.reviewed) == (reviewer, date)
        assert content(document) == ["Fibre feeds gut bacteria."]


def test_what_follows_a_biography_under_its_own_heading_is_content() -> None:
    document = read(f"{PAGE}\n\nUses\n\nGlucagon treats low blood glucose.")
    assert content(document)[-1] == "Glucagon treats low blood glucose."
    assert document.blocks[-1].section == "Uses"


@pytest.mark.parametrize(
    "line",
    [
        BANNER,
        "Get 20% off your first order!",
        "Subscribe to our newsletter for weekly recipes.",
        "We use cookies to improve your visit.",
        "© 2024 The Oat Company. All rights reserved.",
        "Photo by Jane Roe",
        "Home > Glossary > Fibre",
        "Search our shop",
        "Shop now",
    ],
)
def test_furniture_between_paragraphs_takes_nothing_with_it(line: str) -> None:
    document = read(f"What is fibre?\n\nFibre is a carbohydrate.\n\n{line}\n\nIt feeds gut bacteria.")
    assert content(document) == ["Fibre is a carbohydrate.", "It feeds gut bacteria."]
    assert words(document, BlockKind.FURNITURE) == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Newer insulins are now available.",
        "Introducing solid foods early may lower the risk of allergies.",
        "Reviewed by many, fibre is a carbohydrate.",
        "Cookies and cakes are high in sugar.",
        "Search for fibre in whole grains.",
        "Sharing food is common.",
    ],
)
def test_a_sentence_about_health_is_no_furniture(sentence: str) -> None:
    assert content(read(f"Food\n\n{sentence}")) == [sentence]


def test_related_terms_in_one_line() -> None:
    document = read("Fibre\n\nFibre is good.\n\nSee also: Glycemic index, beta-glucan and gut.\n\nIt is old.")
    assert document.related_terms == ("Glycemic index", "beta-glucan", "gut")
    assert content(document) == ["Fibre is good.", "It is old."]
    for block in document.blocks:
        assert document.source[slice(*block.text.source_span(0, len(block.text.visible)))] == block.text.visible


def test_furniture_ends_the_related_terms() -> None:
    document = read(
        "Fibre is good.\n\nRelated terms\n\nGut\n\nLearn more about fibre:\n\nTen tips\n\nWhy fibre?\n\nIt is good."
    )
    assert document.related_terms == ("Gut",)
    assert words(document, BlockKind.FURNITURE) == ["Learn more about fibre:", "Ten tips"]
    assert document.blocks[-1].section == "Why fibre?"


def test_a_heading_with_a_paragraph_ends_the_related_terms() -> None:
    document = read("Fibre is good.\n\nRelated terms\n\nGut\n\nStarch\n\nUses\n\nFibre is used in bread.")
    assert document.related_terms == ("Gut", "Starch")
    assert document.blocks[-1].section == "Uses"


def check_places(document: Document) -> None:
    """Every visible character stands for a stretch of the source, in order; words stand as they are."""
    for block in document.blocks:
        check_block(document.source, block)


def check_block(source: str, block: Block) -> None:
    visible = block.text.visible
    before = 0
    for index, character in enumerate(visible):
        start, end = block.text.source_span(index, index + 1)
        assert before <= start < end <= len(source)
        assert source[start:end] == character or character == " "
        before = end
    for start, end in (*((link.start, link.end) for link in block.links), *block.protected):
        assert 0 <= start < end <= len(visible)


LINES = st.sampled_from(
    [*PAGE.split("\n"), "", "  ", "- a", "  * b", "1. c", "term: meaning", "See also: a, b", "Insulin\tis\u00a0x."]
)


@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])), max_size=15) | st.just([]), st.text())
@example([], "\u00ad")
def test_any_text_is_read_and_every_character_has_its_place(lines: list[tuple[str, str]], rest: str) -> None:
    document = read("".join(line + end for line, end in lines) + rest)
    check_places(document)
    for index, block in enumerate(document.blocks):
        assert block.text.visible.strip() == block.text.visible != ""
        assert block.lead_in is None or block.lead_in < index
