"""Boxes of facts beside the text of a page, and what stands in the same places and is none."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.document import Block, BlockKind
from nutrigraph.graph_builder.html_page import read_html

TEXT = "Glucagon is a hormone. It raises blood glucose where that has fallen too low, and the liver answers to it. " * 2
TERMS = "<dl><dt>Class<dd>Peptide hormone<dt>Made by<dd>Alpha cells</dl>"
ITEMS = "<ul><li><b>Class:</b> Peptide hormone</li><li><b>Made by:</b> Alpha cells</li></ul>"
PAIRS = "<div><div>Class</div><div>Peptide hormone</div></div><div><span>Made by</span><span>Alpha cells</span></div>"
TABLE = (
    "<table class=infobox><tr><th colspan=2>{}<tr><td>Class<td>Peptide hormone<tr><td>Made by<td>Alpha cells</table>"
)
SENTENCES = (
    "<ul><li>It is a peptide hormone of the Peptide hormone family.</li><li>It comes from Alpha cells.</li></ul>"
)
LETTER = "<h3>Newsletter</h3><form><p>A tip each week.</p><input type=email><button>Go</button></form>"
LINKS = "<h3>Related</h3><ul><li><a href=/i>Insulin and you</a></li><li><a href=/l>Leptin for all</a></li></ul>"


def said(body: str) -> list[Block]:
    page = read_html("pages/x.html", f"<title>Glucagon | Lark</title>{body}", "glossary")
    return [block for block in page.blocks if block.kind is not BlockKind.FURNITURE]


def beside(box: str) -> list[str]:
    """What is read beside the text of an article."""
    page = said(f"<main><article><h1>Glucagon</h1><p>{TEXT}</p></article></main>{box}")
    return [block.text.visible for block in page[2:]]


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h2>Key facts</h2>{TERMS}</aside>",
        f"<aside class=sidebar><h3>Quick facts</h3>{ITEMS}{LETTER}{LINKS}</aside>",
        f"<aside><div>{LETTER}</div><div><div><h3>Glucagon at a glance</h3>{PAIRS}</div></div>{LINKS}</aside>",
        f"<div role=complementary><h3>Glucagon</h3>{ITEMS}</div>",
        f"<aside class=side>{TABLE.format('Glucagon')}</aside>",
        f"<aside class=infobox><h3>GCG</h3>{TERMS}</aside>",
        f"<aside><h3>Key facts about glucagon</h3>{SENTENCES}</aside>",
    ],
)
def test_a_box_of_facts_belongs_to_the_page(box: str) -> None:
    words = " ".join(beside(box))
    assert "Peptide hormone" in words
    assert "Made by Alpha cells" in words or "Made by: Alpha cells" in words or "comes from Alpha cells" in words
    assert not any(other in words for other in ("tip", "Insulin", "Leptin", "Newsletter"))


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h3>Dr Jane Roe</h3>{TERMS}</aside>",
        f"<aside><h3>Lark at a glance</h3>{TERMS}</aside>",
        f"<aside><h3>How we check facts</h3>{TERMS}</aside>",
        f"<aside>{TERMS}</aside>",
        f"<footer><h3>Key facts</h3>{TERMS}</footer>",
        f"<aside><h3>Key facts</h3>{TERMS.replace('Peptide hormone', '$12.00')}</aside>",
        f"<aside><h3>Key facts</h3>{TERMS.replace('Class', 'Author').replace('Peptide hormone', 'Jane Roe')}</aside>",
        f"<aside><h3>Key information</h3>{TERMS.replace('Peptide hormone', '9:00-17:00')}</aside>",
        f"<aside><h3>Key facts</h3>{TERMS.replace('Alpha cells', '<a href=tel:1>123 45</a>')}</aside>",
        "<aside><h3>Key facts</h3><ul><li><a href=/a>Alpha: now</a></li><li><a href=/b>Beta: all</a></li></ul></aside>",
        "<aside><h3>Glucagon</h3><p>The guide to it.</p><p>Alpha cells and you.</p></aside>",
    ],
)
def test_what_stands_in_its_place_and_is_none(box: str) -> None:
    assert beside(box) == []


def test_several_properties_in_the_text_need_no_title() -> None:
    page = "<main><article><h1>Glucagon</h1><h2>Origin</h2><aside>{}</aside><p>" + TEXT + "</p></article></main>"
    several = TERMS.replace("</dl>", "<dt>Acts on<dd><a href=/l>Liver</a></dl>")
    assert [block.text.visible for block in said(page.format(several))[2:-1]] == [
        *("Class", "Peptide hormone", "Made by", "Alpha cells", "Acts on", "Liver")
    ]
    assert len(said(page.format(TERMS))) == len(said(page.format(""))) == 3


def test_names_of_properties_head_nothing_and_the_text_goes_on_after_the_box() -> None:
    page = (
        "<main><article><h1>Glucagon</h1><h2>Origin</h2><aside><h3>Key facts</h3>{}</aside><p>{}</p></article></main>"
    )
    blocks = said(page.format(TERMS, TEXT))
    assert [block.section for block in blocks[2:]] == ["Key facts"] * 5 + ["Origin"]
    assert {block.kind for block in blocks[3:-1]} == {BlockKind.CELL}


def test_a_name_and_a_value_that_only_style_parts_are_two_words() -> None:
    block = said(f"<main><h1>Glucagon</h1><p>{TEXT}</p><aside><h3>Key facts</h3>{PAIRS}</aside></main>")[-1]
    assert block.text.visible == "Made by Alpha cells"
    runs = said(f"<main><h1>Glucagon</h1><p>{TEXT}<span>Alpha</span><span>bet</span>.</p></main>")[-1]
    assert runs.text.visible.endswith("Alphabet.")
