"""Biographies in the flow of a page's text, without a box or a class of their own."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.biographies import without_biographies
from nutrigraph.graph_builder.document import Block, BlockKind, Metadata, Reviewer, Text

ABOUT = "Ghrelin is a hormone that the stomach makes."


def test_what_a_heading_with_a_name_announces() -> None:
    def read(heading: str, words: str) -> list[str]:
        blocks = [
            Block(BlockKind.HEADING, Text.verbatim(heading, 0), heading, 2),
            Block(BlockKind.PARAGRAPH, Text.verbatim(words, 0), heading),
        ]
        found = without_biographies(blocks, Metadata("Ghrelin", author="Ginger Roe"))
        return [block.text.visible for block in found if block.kind is not BlockKind.FURNITURE]

    for heading in ("About Ginger", "Ginger Roe", "Meet Ginger Roe"):
        assert read(heading, "Ginger is a counselor and runs.") == []
    assert read("Ginger", "It is a root.") == ["Ginger", "It is a root."]
    assert read("About Ginger", "The root calms the stomach.") == ["The root calms the stomach."]


def kept(*lines: str, author: str | None = None, reviewer: str | None = None, title: str = "Ghrelin") -> list[str]:
    metadata = Metadata(title, author=author, reviewer=Reviewer(reviewer) if reviewer else None)
    blocks = [Block(BlockKind.PARAGRAPH, Text.verbatim(words, 0)) for words in lines]
    return [b.text.visible for b in without_biographies(blocks, metadata) if b.kind is not BlockKind.FURNITURE]


def test_who_is_named_with_a_title() -> None:
    assert kept(ABOUT, "Dr. Roe practises in Ohio.", author="Jane Roe") == [ABOUT]
    assert kept(ABOUT, "Dr. Kim found it in 1999.", author="Jane Roe") == [ABOUT, "Dr. Kim found it in 1999."]


def test_what_goes_on_about_the_person_before() -> None:
    assert kept("Jane Roe", "Jane bakes bread.", "She lives in Leeds.", ABOUT, author="Jane Roe") == [ABOUT]
    assert kept(ABOUT, "They eat more.", author="Jane Roe") == [ABOUT, "They eat more."]
    assert kept("Jane Roe", ABOUT, "She may feel hungry.", author="Jane Roe") == [ABOUT, "She may feel hungry."]


@pytest.mark.parametrize("about", ["MSc Nutr., Utrecht. Eats leeks raw.", "Biochemist turned food writer."])
def test_short_biographies_below_a_name(about: str) -> None:
    text = ABOUT * 10
    assert kept(text, "Jane Roe", about, author="Jane Roe") == [text]
    assert kept("Jane Roe", about, text, author="Jane Roe") == [about, text]
    assert kept(text, about, author="Jane Roe") == [text, about]


def test_a_first_name_at_the_end_is_no_food() -> None:
    assert kept(ABOUT, "Silvio is a teacher with gout.", author="Silvio Brandt") == [ABOUT]
    more = ("Silvio is a teacher.", "Before that, he sailed.")
    assert kept(ABOUT, *more, author="Silvio Brandt") == [ABOUT]
    assert kept(ABOUT, more[0], "It is a peptide.", author="Silvio Brandt") == [ABOUT, more[0], "It is a peptide."]
    ginger = ("Ginger tea calms the stomach.", "Ginger is a root.")
    assert kept(*ginger, author="Ginger Brandt") == list(ginger)


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [
        ("Jane Roe, MS, RD, is a freelance writer in Denver.", False),
        ("Dr. Jane Roe is a physician and runner.", False),
        ("Ancel Keys was a physiologist who studied hunger.", True),
        ("Registered Dietitian is a title that the law protects, unlike nutritionist.", True),
        ("Blood Sugar is a number that the doctor measures.", True),
        ("Vitamin Shoppe is a store.", True),
    ],
)
def test_what_somebody_does_for_a_living(words: str, is_kept: bool) -> None:
    assert kept(ABOUT, words) == [ABOUT, words][: 1 + is_kept]
    assert kept(ABOUT, words, title="Who is Jane Roe?")[:1] == [ABOUT]
