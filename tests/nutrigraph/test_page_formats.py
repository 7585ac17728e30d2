"""Builds over pages of every format: what cannot be read is named and left out, and exports are built page by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutrigraph.building import build
from nutrigraph.errors import ProjectError
from nutrigraph.inputs import is_source, read_inputs
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.project import read_project, write_project
from tests.nutrigraph.few_terms import add_few_terms

BASE = "https://www.example.org/glossary/"
INSULIN = "Insulin is a hormone. It is made by beta cells, and it lowers the level of blood glucose."
GERMAN = "Das ist eine Seite auf Deutsch, die nicht mit den anderen in das Glossar gehört und die auch niemand liest."


def project(folder: Path, **pages: bytes | str) -> KnowledgeGraph:
    settings(folder, "pages")
    (folder / "pages").mkdir()
    for name, page in pages.items():
        data = page.encode("utf-8") if isinstance(page, str) else page
        (folder / "pages" / name.replace("_", ".")).write_bytes(data)
    return KnowledgeGraph(folder)


def settings(folder: Path, *pages: str) -> None:
    text = f'[project]\nbase_url = "{BASE}"\n' + "".join(f'[[pages]]\npath = "{path}"\n' for path in pages)
    (folder / "nutrigraph.toml").write_text(text, encoding="utf-8")
    add_few_terms(folder)


def post(number: int, title: str, text: str, status: str = "publish") -> str:
    return (
        f"<item><title>{title}</title><link>{BASE}{title.lower()}/</link><content:encoded><![CDATA[{text}]]>"
        f"</content:encoded><wp:post_id>{number}</wp:post_id><wp:status>{status}</wp:status></item>\n"
    )


def export(*posts: str) -> str:
    return f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{"".join(posts)}</channel></rss>'


def test_bad_pages_are_named_and_left_out_and_the_rest_is_built(tmp_path: Path) -> None:
    graph = project(
        tmp_path,
        insulin_html=f"<h1>Insulin</h1><p>{INSULIN}</p>",
        binary_html=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        huge_html=b"<p>Insulin is a hormone.</p>" * 400_000,
        deep_html="<div>" * 20_000 + "<p>Glucagon is a hormone.</p>",
        german_html=f'<html lang="de"><h1>Insulin</h1><p>{GERMAN}</p></html>',
        one_html=f'<link rel="canonical" href="{BASE}same"><h1>Leptin</h1><p>Leptin is a hormone.</p>',
        two_html=f'<link rel="canonical" href="{BASE}same"><h1>Ghrelin</h1><p>Ghrelin is a hormone.</p>',
        unclosed_html="<h1>Zinc<p>Zinc is a <b>mineral.<ul><li>Zinc is in meat<table><tr><td>5 mg",
        feed_xml="<rss><channel><item><title>News</title></item></channel></rss>",
        broken_xml=export(post(1, "Iron", "Iron is a mineral."), post(2, "Copper", "Copper is a mineral."))[:-50],
    )
    report = graph.build()
    left_out = {path.removeprefix("pages/"): reason for path, reason in report.left_out}
    assert left_out == {
        "binary.html": "the file is binary (a zero byte at position 8). Move it out of the pages.",
        "broken.xml#2": "the export ends inside the post that begins in line 2. Export it again.",
        "feed.xml": "is no WordPress export (WXR), and other XML is not read. Move it out of the pages.",
        "german.html": "the page is in German, and the project's language is 'en' (nutrigraph.toml). "
        "Move it into a project of its own.",
        "huge.html": "the page has 11.2 MB, and pages of more than 10 MB are not read. "
        "Split it, or move it out of the pages.",
        "two.html": f"has the same address as pages/one.html ({BASE}same). Rename one of them, or change its url.",
    }
    assert report.pages_read == 5
    stated = {statement.evidence.page.removeprefix("pages/") for statement in graph.statements()}
    assert {"insulin.html", "deep.html", "one.html", "unclosed.html", "broken.xml#1"} <= stated


def test_an_export_is_built_page_by_page(tmp_path: Path) -> None:
    first = post(7, "Insulin", f"{INSULIN}\n\nIt acts on the <a href='{BASE}liver/'>liver</a>.")
    second = post(9, "Liver", "The liver stores glycogen.")
    graph = project(tmp_path, export_xml=export(first, second, post(10, "Draft", "Zinc is a mineral.", "draft")))
    report = graph.build()
    assert (report.pages_read, report.left_out) == (2, ())
    assert {mention.page for mention in graph.mentions()} == {"pages/export.xml#7", "pages/export.xml#9"}
    assert {statement.evidence.page for statement in graph.statements()} >= {"pages/export.xml#7"}
    assert not [gap for gap in graph.gaps() if gap.kind == "dead-link"]

    file = tmp_path / "pages" / "export.xml"
    file.write_text(export(first, second.replace("glycogen", "iron")), encoding="utf-8")
    report = graph.build()
    assert (report.pages_read, report.pages_kept, report.pages_removed) == (1, 1, 0)

    file.write_text(export(first.replace("acts on", "works in")), encoding="utf-8")
    report = graph.build()
    assert (report.pages_read, report.pages_kept, report.pages_removed) == (1, 0, 1)

    file.write_text(export("<!-- moved -->", first, second), encoding="utf-8")
    graph.build()
    source = file.read_text(encoding="utf-8")
    for mention in graph.mentions():
        assert source[mention.start : mention.end] == mention.surface


def test_a_file_can_be_named_instead_of_a_folder(tmp_path: Path) -> None:
    settings(tmp_path, "export.xml", "one.html")
    (tmp_path / "export.xml").write_text(export(post(7, "Insulin", INSULIN)), encoding="utf-8")
    (tmp_path / "one.html").write_text("<h1>Zinc</h1><p>Zinc is a mineral.", encoding="utf-8")
    pages = read_inputs(read_project(tmp_path)).pages
    assert [(page.path, page.below) for page in pages] == [("export.xml#7", "export/7"), ("one.html", "one.html")]
    assert build(read_project(tmp_path)).left_out == ()
    assert is_source(read_project(tmp_path), tmp_path / "export.xml")
    assert is_source(read_project(tmp_path), tmp_path / "one.html")


def test_a_file_that_is_no_page_is_refused_as_pages(tmp_path: Path) -> None:
    write_project(tmp_path, base_url=BASE, pages=["terms.csv"])
    (tmp_path / "terms.csv").write_text("label\n", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"'terms.csv' is neither a folder nor a file that ends in \.htm, \.html"):
        build(read_project(tmp_path))
