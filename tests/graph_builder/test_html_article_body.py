"""What the text that a page gives to machines tells of the text that it shows."""

from __future__ import annotations

import json

import pytest

from nutrigraph.graph_builder.document import BlockKind
from nutrigraph.graph_builder.html_page import read_html

FIRST = "Glucagon is a hormone of the pancreas that raises blood glucose where that has fallen too low."
LAST = "The liver answers to glucagon within minutes and gives its stored glucose to the blood."
STRANGER = "Crisp mornings call for a warm bowl, and the autumn box has nine of them in three flavours."
NOTED = "The liver keeps H<sub>2</sub>O with its glycogen<sup>[3]</sup>, some three grams of it for each gram."


def said(body: str, article: str) -> list[str]:
    data = json.dumps({"@context": "https://schema.org", "@type": "Article", "articleBody": article})
    head = f"<title>Glucagon | Lark</title><script type=application/ld+json>{data}</script>"
    page = read_html("pages/x.html", f"{head}<main><h1>Glucagon</h1>{body}</main>", "glossary")
    return [block.text.visible for block in page.blocks[1:] if block.kind is not BlockKind.FURNITURE]


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<div class=a7><div>{}</div></div>"])
def test_a_paragraph_that_the_article_does_not_have_is_no_part_of_it(wrap: str) -> None:
    body = f"<p>{FIRST}</p><p>{FIRST}</p><p>{LAST}</p>{wrap.format(STRANGER)}<p>{LAST}</p><p>{LAST}</p>"
    assert STRANGER not in said(body, f"{FIRST}\n{LAST}")
    assert STRANGER in said(body, f"{FIRST}\n{STRANGER}\n{LAST}")
    assert STRANGER in said(body, FIRST)  # it has too little of the page to tell
    assert STRANGER in said(body, "")


def test_a_box_that_speaks_of_the_subject_is_kept() -> None:
    box = "<div class=a7>In short, glucagons do the reverse of what insulin does to blood sugar.</div>"
    assert said(f"<p>{FIRST}</p>{box}<p>{LAST}</p>", f"{FIRST} {LAST}")[1].startswith("In short")


def test_what_comes_after_a_text_that_was_cut_stays() -> None:
    many = f"<p>{FIRST}</p>" * 5
    assert STRANGER in said(f"{many}<p>{STRANGER}</p>", FIRST)
    assert STRANGER not in said(f"{many}<p>{STRANGER}</p><p>{FIRST}</p>", FIRST)


def test_lists_tables_and_notes_need_not_be_in_it() -> None:
    listed = f"<ul><li>{STRANGER}</li></ul><table><tr><td>{STRANGER}<td>x</table><blockquote>{STRANGER}</blockquote>"
    article = f"{FIRST} The liver keeps H₂O with its glycogen, some three grams of it for each gram. {LAST}"
    found = said(f"<p>{FIRST}</p>{listed}<p>{NOTED}</p><p>{LAST}</p>", article)
    assert found.count(STRANGER) == 3
    assert any("three grams" in words for words in found)
