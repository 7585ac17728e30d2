"""Findings for reports: lines and columns, words in their sentence, and what review.tsv needs."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.reading import read_page
from nutrigraph.queries.gap import Gap, Place
from nutrigraph.queries.links import LinkSuggestion
from nutrigraph.queries.report import Quote, Region, gap_findings, link_findings
from nutrigraph.queries.statements import ConceptRef, Evidence

SOURCE = "# Insulin\r\n\r\nIt moves 𝛃 sugar. The [liver](gone.md)\r\nstores &amp; frees **sugar** here.\r\n"
DOCUMENTS = {"pages/a.md": read_page("pages/a.md", SOURCE.encode())}


def place(words: str, text: str | None = None) -> Place:
    start = SOURCE.index(words)
    return Place("pages/a.md", start, start + len(words), text or words)


def test_a_gap_stands_at_its_words_on_its_page() -> None:
    elsewhere = Evidence("pages/b.md", "https://x", None, "raw", "What b says.", 3, 9)
    gap = Gap("dead-link", "!", ConceptRef("urn:x", "Liver"), "pages/a.md", (elsewhere, place("liver")), "gone.md")
    (finding,) = gap_findings([gap], DOCUMENTS)
    assert finding.places[0] == Region("pages/a.md", 3, 24, 3, 29)
    assert [one.page for one in finding.places] == ["pages/a.md", "pages/b.md"]
    assert finding.quotes == (
        Quote("pages/b.md", "What b says.", "", ""),
        Quote("pages/a.md", "The ", "liver", " stores & frees sugar here."),
    )
    assert finding.decision == {
        "kind": "gap", "page": "pages/a.md", "subject": "Liver", "predicate": "dead-link", "object": "gone.md",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("**sugar**", Quote("pages/a.md", "The liver stores & frees ", "sugar", " here.")),
        ("&amp;", Quote("pages/a.md", "The liver stores ", "&", " frees sugar here.")),
        ("𝛃", Quote("pages/a.md", "It moves ", "𝛃", " sugar.")),
        ("](gone.md)", Quote("pages/a.md", "", "](gone.md)", "")),  # no visible words
    ],
)
def test_words_are_marked_in_their_sentence(words: str, quote: Quote) -> None:
    (finding,) = gap_findings([Gap("island", "!", evidence=(place(words),))], DOCUMENTS)
    assert finding.quotes == (quote,)


def test_a_page_without_its_text_is_named_all_the_same() -> None:
    (finding,) = gap_findings([Gap("missing-reviewer", "!", page="pages/changed.md")], DOCUMENTS)
    assert finding.places == (Region("pages/changed.md", 1, 1, 1, 1),)
    assert gap_findings([Gap("missing-reviewer", "!")], {})[0].places == ()


def test_a_missing_link() -> None:
    start = SOURCE.index("liver")
    link = LinkSuggestion(
        "1",
        "pages/a.md",
        "pages/liver.md",
        start,
        start + 5,
        "liver",
        "liver",
        0.9,
        ConceptRef("urn:x", "Liver"),
        ("it",),
    )
    (finding,) = link_findings([link], DOCUMENTS)
    assert (finding.places[0].line, finding.probability, finding.verdicts) == (3, 0.9, ("accept", "reject"))
    assert finding.decision["object"] == "pages/liver.md"
