"""Who signs a page of HTML, and bylines as layouts set them beside each other."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.document import BlockKind, Document, Reviewer
from nutrigraph.graph_builder.html_page import read_html

TEXT = "Glucagon is a hormone. It raises blood glucose where that has fallen too low, and the liver answers to it."
DATE = "<div>May 3, 2024</div>"


def read(below: str, after: str = "") -> Document:
    return read_html(
        "pages/x.html", f"<h1>Glucagon</h1>{below}<p>{TEXT}</p><p>Its health effects.</p>{after}", "glossary"
    )


def said(page: Document) -> list[str]:
    return [block.text.visible for block in page.blocks if block.kind is not BlockKind.FURNITURE]


@pytest.mark.parametrize(
    ("name", "after", "author"),
    [
        ("Jane Roe, MSc", "", "Jane Roe"),
        ("<a href=/people/jane>Jane Roe</a>", "", "Jane Roe"),
        ("<a href=/topics/hormones>Heart Hormones</a>", "", None),
        ("<a href=/jane>Jane Roe</a>", "<div><p>Jane Roe</p><p>RD, MPH. Runs a clinic.</p></div>", "Jane Roe"),
        ("Jane Roe", "", "Jane Roe"),
        ("Jane Roe", "<ul><li><a href=/jane>Jane Roe</a></li><li><a href=/b>B</a></li></ul>", None),
        ("Health Library", "", None),
        ("Glucose And Insulin: Basics", "", None),
    ],
)
def test_the_name_beside_the_date(name: str, after: str, author: str | None) -> None:
    assert read(f"<div>{name}</div>{DATE}", after).metadata.author == author


def test_a_name_without_a_date_is_no_signature() -> None:
    assert read("<div>Jane Roe, MSc</div>").metadata.author is None
    assert read("<div>Medically reviewed by</div><div>Jane Roe, RD</div>" + DATE).metadata.author is None


@pytest.mark.parametrize(
    "written",
    [
        "<div><span>By Jane Roe</span><span>May 3, 2024</span><span>5 min read</span></div>",
        "<div>by Jane Roe, MD<br>Reviewed by Lu Vance, RN<br>Posted: May 3, 2024 &nbsp; Last revised: June 2025</div>",
        "<div>Jane Roe, RD &bull; Medical review by Lu Vance, MD &bull; May 3, 2024</div>",
        "<div>Jane Roe</div><div>Published on 3 May 2024</div>",
        "<div>by <a href=/u>Jane Roe</a> on May 3, 2024 / 14 Comments</div>",
        "<div class=byline><span>By</span><span><a href=/u>Jane Roe</a></span></div><div>May 3, 2024</div>",
    ],
)
def test_bylines_on_one_line(written: str) -> None:
    page = read(written)
    assert page.metadata.author == "Jane Roe"
    assert "2024-05-03" in (page.metadata.published, page.metadata.reviewed)
    assert said(page) == ["Glucagon", TEXT, "Its health effects."]
    if "Vance" in written:
        assert page.metadata.reviewer is not None
        assert page.metadata.reviewer.name == "Lu Vance"
    if "revised" in written:
        assert page.metadata.modified == "2025-06"


def test_what_goes_on_behind_a_name_is_a_biography() -> None:
    about = "<p>Jane Roe, RD, tests recipes and reads papers.</p><p>She lives in Norwich.</p>"
    assert said(read(f"<div>Jane Roe</div>{DATE}", about)) == ["Glucagon", TEXT, "Its health effects."]


def test_sentences_with_names_are_no_bylines() -> None:
    sentence = "It was found by Charles Kimball — <span>and by</span><span>John Murlin</span> — in 1923."
    assert said(read(f"<p>{sentence}</p>"))[1].startswith("It was found by Charles Kimball")


def test_a_table_about_the_page() -> None:
    table = (
        "<table><tr><th>Author<td>Jane Roe<tr><th>Reviewed by<td>Lu Vance"
        "<tr><th>Last reviewed<td><time>@May 3, 2024</time><tr><th>Status<td>Ready</table>"
    )
    page = read(table)
    assert (page.metadata.author, page.metadata.reviewer) == ("Jane Roe", Reviewer("Lu Vance"))
    assert page.metadata.reviewed == "2024-05-03"
    assert said(page) == ["Glucagon", TEXT, "Its health effects."]


def test_a_table_of_the_text_stays() -> None:
    table = "<table><tr><th>Date<td>Finding<tr><th>1923<td>It raises glucose.</table>"
    assert said(read(table))[1:5] == ["Date", "Finding", "1923", "It raises glucose."]
    works = "<table><tr><th>Published<th>Author<th>Work<tr><td>1923<td>Kimball<td>Pancreatic extracts</table>"
    assert said(read(works))[1:4] == ["Published", "Author", "Work"]
    states = "<table><tr><th>Date<td>1923<td>1953<td>1957<td>1998<tr><th>Status<td>found<td>pure<td>known</table>"
    assert "pure" in said(read(states))


def test_a_date_that_cannot_be_told_is_no_text_either() -> None:
    page = read("<dl><dt>Last reviewed</dt><dd>08/01/2023</dd></dl>")
    assert (page.metadata.reviewed, said(page)) == (None, ["Glucagon", TEXT, "Its health effects."])


def test_the_date_of_a_page_whose_text_is_marked() -> None:
    page = read_html(
        "pages/x.html", f"<h1>Glucagon</h1><div>Jane Roe</div>{DATE}<div class=rte><p>{TEXT * 3}</p></div>", ""
    )
    assert (page.metadata.author, page.metadata.published) == ("Jane Roe", "2024-05-03")


def test_the_date_after_last_updated_wherever_it_stands() -> None:
    footer = "<footer>Last updated on <b>May 3, 2024</b></footer>"
    assert read("", footer).metadata.modified == "2024-05-03"
    cards = "<aside><p>Last updated on May 3, 2024</p><p>Last updated on May 4, 2024</p></aside>"
    assert read("", cards).metadata.modified is None


def test_what_each_date_of_a_line_tells() -> None:
    metadata = read("<p>By Jo Roe — May 3, 2024 — updated June 4, 2025</p>").metadata
    assert (metadata.published, metadata.modified) == ("2024-05-03", "2025-06-04")
    metadata = read("<p><span>Checked by Jo Roe, MD</span><span>May 3, 2024</span></p>").metadata
    assert (metadata.published, metadata.reviewed) == (None, "2024-05-03")


def test_labels_and_values_in_lines_of_their_own() -> None:
    pairs = "Author|Jane Roe, RD|Medical reviewer|Lu Vance, MD|Published|8 August 2023|Reviewed|28 February 2024"
    page = read("<div>" + "".join(f"<div>{words}</div>" for words in pairs.split("|")) + "</div>")
    metadata = page.metadata
    assert (metadata.author, metadata.reviewer) == ("Jane Roe", Reviewer("Lu Vance", ("MD",)))
    assert (metadata.published, metadata.reviewed) == ("2023-08-08", "2024-02-28")
    assert said(page) == ["Glucagon", TEXT, "Its health effects."]
    page = read("<div><div>Author</div><div>What it does in the liver</div></div>")
    assert said(page)[1:3] == ["Author", "What it does in the liver"]


def test_a_byline_at_the_end() -> None:
    metadata = read("", "<p>Page by H. J. Wessels. Last modified: May 30, 1999</p>").metadata
    assert (metadata.author, metadata.modified) == ("H. J. Wessels", "1999-05-30")
