"""Gaps in definitions and names, on small projects: each kind where it is found, and the nearest cases where not."""

from __future__ import annotations

from pathlib import Path

import pytest

import nutrigraph
from nutrigraph.queries.gap import Gap

SETTINGS = """[project]
base_url = "https://www.example.org/glossary/"
[[pages]]
path = "pages"
[gaps]
off = ["missing-reviewer", "page-without-inlinks", "page-without-outlinks", "concept-without-page", "unknown-term"]
"""
FIRING = {
    "pump.md": "---\ntitle: Insulin pump\n---\nAn insulin pump is a medical device that delivers insulin.",
    "therapy.md": "---\ntitle: Insulin therapy\naliases: [shots]\n---\n"
    "Insulin therapy replaces insulin. An insulin pump is a form of insulin therapy that works all day.",
    "glucagon.md": "---\ntitle: Glucagon\naliases: [Shots]\n---\nGlucagon is a hormone of the pancreas.",
    "notes.md": "---\ntitle: Hormones at work\n---\nGlucagon is a hormone that raises blood sugar. "
    "The GLP-1 level falls. Glucagon-like peptide 1 (GLP-1) comes from the gut.",
    "starch.html": "<html><head><title>Starch</title></head><body><p>Plants store starch in seeds.</p></body></html>",
    "glucagon-again.md": "---\ntitle: glucagon\n---\nComing soon.",
}
SILENT = {
    "pump.md": "---\ntitle: Insulin pump\n---\nAn insulin pump is a medical device that delivers insulin.",
    "insulin.md": "---\ntitle: Insulin\naliases: [human insulin]\n---\nInsulin is a hormone. "
    "Insulin is a protein of 51 amino acids. An insulin pump delivers insulin.",
    "glucagon.md": "---\ntitle: Glucagon\n---\nGlucagon is a hormone of the pancreas.",
    "notes.md": "---\ntitle: Hormones at work\n---\nGlucagon is part of the answer to hunger, and obesity is a risk "
    "factor for heart disease. Glucagon-like peptide 1 (GLP-1) comes from the gut. GLP-1 falls. "
    "Eat less (NOT MORE) fat; a NOT is not an abbreviation of that. Doses (mg) vary.",
    "starch.html": '<html><head><title>Starch</title><script type="application/ld+json">{"@type": "WebPage"}</script>'
    "</head><body><p>Plants store starch in their seeds.</p></body></html>",
    "salt.html": '<html><head><title>Salt</title></head><body itemscope itemtype="https://schema.org/DefinedTerm">'
    "<p>Cooks take salt from the sea.</p></body></html>",
    "hormone-of-the-pancreas.md": "---\ntitle: Islet hormone\n---\nSee [Glucagon](glucagon.md).",
}


def gaps_of(folder: Path, pages: dict[str, str], settings: str = SETTINGS) -> list[Gap]:
    (folder / "pages").mkdir()
    for name, text in pages.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    (folder / "nutrigraph.toml").write_text(settings, encoding="utf-8")
    graph = nutrigraph.open(folder)
    graph.build()
    return graph.gaps()


@pytest.fixture(scope="module")
def firing(tmp_path_factory: pytest.TempPathFactory) -> list[Gap]:
    return gaps_of(tmp_path_factory.mktemp("firing"), FIRING)


@pytest.mark.parametrize(
    ("kind", "page", "words"),
    [
        ("conflicting-definition", "pages/therapy.md", "a kind of Insulin therapy here and a kind of Medical device"),
        ("duplicate-definition", "pages/notes.md", "Glucagon is defined here and has a page of its own"),
        ("duplicate-page", "pages/glucagon.md", "pages/glucagon-again.md is about glucagon as well"),
        ("shared-name", "pages/glucagon.md", "“Shots” is a name of Glucagon here and of another concept on"),
        ("page-without-definition", "pages/glucagon-again.md", "no sentence"),
        ("missing-structured-data", "pages/starch.html", "JSON-LD, microdata or RDFa"),
        ("used-before-defined", "pages/notes.md", "“GLP-1” is used here before"),
    ],
)
def test_each_kind_fires_once(firing: list[Gap], kind: str, page: str, words: str) -> None:
    (gap,) = [gap for gap in firing if gap.kind == kind]
    assert gap.page == page
    assert words in gap.message


def test_nothing_else_fires(firing: list[Gap]) -> None:
    assert {gap.kind for gap in firing} - {"statement-to-review"} == {
        *("conflicting-definition", "duplicate-definition", "duplicate-page", "shared-name"),
        *("page-without-definition", "used-before-defined", "missing-structured-data"),
    }


def test_near_misses_stay_silent(tmp_path: Path) -> None:
    assert [(gap.kind, gap.page, gap.message) for gap in gaps_of(tmp_path, SILENT)] == []


def test_a_page_changed_since_the_build_is_not_read_with_old_positions(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    pages = {"stub.md": "---\ntitle: Stub\n---\nSoon.", "b.md": "Some words stand here."}
    gaps_of(tmp_path / "one", pages, SETTINGS + "[vocabulary]\nbundled = []\n")
    (tmp_path / "one/pages/stub.md").write_text("---\ntitle: Stub\n---\nNo more. ", encoding="utf-8")
    assert nutrigraph.open(tmp_path / "one").gaps() == []
