"""Suggested hyperlinks written into files: nothing but links changes, and what is not safe is left."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import nutrigraph
from nutrigraph.graph_builder.link_writing import Address, NewLink, address, habits, write_links
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.link_fixing import CHANGED, PLAIN, fix, new_links, write_fixes

SETTINGS = """[project]
title = "x"
base_url = "https://www.example.org/glossary/"
[[pages]]
path = "pages"
[vocabulary]
bundled = []
"""
GLUCOSE = "---\ntitle: Glucose\n---\n\nGlucose is a sugar.\n"
POST = """<item><title>{title}</title><link>https://www.example.org/glossary/{name}</link>
<content:encoded>{content}</content:encoded><wp:post_id>{id}</wp:post_id><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type></item>"""
EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
{posts}</channel></rss>
"""


def project(folder: Path, **pages: str) -> nutrigraph.KnowledgeGraph:
    (folder / "pages").mkdir()
    (folder / "nutrigraph.toml").write_text(SETTINGS)
    for name, text in pages.items():
        path = folder / "pages" / name.replace("_", ".")
        path.write_bytes(text.encode("utf-8"))
    graph = nutrigraph.open(folder)
    graph.build()
    return graph


def fixed(graph: nutrigraph.KnowledgeGraph, page: str) -> str:
    """The page after all suggestions were written, and again after a second time that must change nothing."""
    write_fixes(graph, fix(graph, graph.links(0)))
    graph.build()
    file = graph.project.folder / "pages" / page
    after = file.read_bytes()
    again = fix(graph, graph.links(0))
    assert page not in [Path(one.path).name for one in again.files]
    return after.decode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Burn glucose, glucose.\r\n", "Burn [glucose](glucose.md), glucose.\r\n"),
        ("\ufeffBurn glucose.", "\ufeffBurn [glucose](glucose.md)."),
        ("# Glucose\n\n`glucose` and **glucose**\n", "# Glucose\n\n`glucose` and **[glucose](glucose.md)**\n"),
        ("See [[fiber]] and glucose.\n", "See [[fiber]] and [[glucose]].\n"),
        ("See [[fiber|it]] and Glucose.\n", "See [[fiber|it]] and [[glucose|Glucose]].\n"),
        ("See [it](./fiber.md) and glucose.\n", "See [it](./fiber.md) and [glucose](./glucose.md).\n"),
        (
            'See [it]({{< relref "fiber.md#why" >}}) and glucose.\n',
            'See [it]({{< relref "fiber.md#why" >}}) and [glucose]({{< relref "glucose.md" >}}).\n',
        ),
        (
            'See [it]({{% ref "/fiber" %}}), glucose.\n',
            'See [it]({{% ref "/fiber" %}}), [glucose]({{% ref "glucose" %}}).\n',
        ),
        (
            "See [it](/glossary/fiber/) and glucose.\n",
            "See [it](/glossary/fiber/) and [glucose](/glossary/glucose/).\n",
        ),
        ("| a | b |\n| - | - |\n| c | glucose |\n", "| a | b |\n| - | - |\n| c | [glucose](glucose.md) |\n"),
    ],
    ids=[
        "first, line ends",
        "byte-order mark",
        "code and heading",
        "wikilink",
        "other words",
        "dot",
        "ref .md",
        "ref",
        "root",
        "table",
    ],
)
def test_markdown(tmp_path: Path, text: str, expected: str) -> None:
    fiber = "---\ntitle: Dietary fiber\n---\n\nNot digested.\n"
    graph = project(tmp_path, glucose_md=GLUCOSE, fiber_md=fiber, news_md=text)
    assert fixed(graph, "news.md") == expected


def test_a_page_without_hyperlinks_refers_to_others_as_the_site_does(tmp_path: Path) -> None:
    fiber = '---\ntitle: Dietary fiber\n---\n\nNot [glucose]({{< ref "glucose.md" >}}).\n'
    graph = project(tmp_path, glucose_md=GLUCOSE, fiber_md=fiber, news_md="Burn glucose.\n")
    assert fixed(graph, "news.md") == 'Burn [glucose]({{< ref "glucose.md" >}}).\n'


def test_html_keeps_every_other_byte(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html>\n<html><body><h1>News</h1>\n<p CLASS=x>Burn <b>glucose</b> &amp; more.<br></p></body></html>\n"
    )
    graph = project(tmp_path, glucose_md=GLUCOSE, news_html=page)
    linked = page.replace("<b>glucose</b>", '<b><a href="glucose.md">glucose</a></b>')
    assert fixed(graph, "news.html") == linked


def test_a_wordpress_export(tmp_path: Path) -> None:
    posts = [
        POST.format(title="Glucose", name="glucose", id=1, content="<![CDATA[<p>It is a sugar in the blood.</p>]]>"),
        POST.format(title="Muscle", name="muscle", id=2, content="<![CDATA[<p>Muscles burn glucose all day.</p>]]>"),
        POST.format(title="Brain", name="brain", id=3, content="&lt;p&gt;Brains burn glucose too.&lt;/p&gt;"),
    ]
    text = EXPORT.format(posts="\n".join(posts))
    graph = project(tmp_path, site_xml=text)
    opening = '<a href="https://www.example.org/glossary/glucose">'
    expected = text.replace("Muscles burn glucose", f"Muscles burn {opening}glucose</a>")
    escaped = opening.replace("<", "&lt;").replace(">", "&gt;") + "glucose&lt;/a&gt;"
    assert fixed(graph, "site.xml") == expected.replace("Brains burn glucose", f"Brains burn {escaped}")


def test_a_page_in_another_encoding_keeps_it(tmp_path: Path) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Brûler du glucose – ça va.</p></body></html>'
    graph = project(tmp_path, glucose_md=GLUCOSE, news_html="")
    (tmp_path / "pages" / "news.html").write_bytes(page.encode("cp1252"))
    graph.build()
    write_fixes(graph, fix(graph, graph.links(0)))
    linked = page.replace("glucose", '<a href="glucose.md">glucose</a>')
    assert (tmp_path / "pages" / "news.html").read_bytes() == linked.encode("cp1252")


def test_an_address_that_the_encoding_lacks_is_refused_and_said(tmp_path: Path) -> None:
    posts = [
        POST.format(title="Glucose", name="glucose", id=1, content="<![CDATA[<p>It is a sugar in the blood.</p>]]>"),
        POST.format(title="Muscle", name="muscle", id=2, content="<![CDATA[<p>Muscles burn glucose all day.</p>]]>"),
    ]
    text = EXPORT.format(posts="\n".join(posts)).replace("UTF-8", "ISO-8859-1")
    text = re.sub("<link>.*?</link>", "", text).replace("all day", "toute la journée")
    project(tmp_path, glucose_md=GLUCOSE)
    (tmp_path / "pages" / "glucose.md").unlink()
    (tmp_path / "pages" / "site.xml").write_bytes(text.encode("latin-1"))
    (tmp_path / "nutrigraph.toml").write_text(SETTINGS.replace("glossary", "глоссарий"), encoding="utf-8")
    graph = nutrigraph.open(tmp_path)
    graph.build()
    fixes = fix(graph, graph.links(0))
    assert (fixes.files, fixes.written) == ((), ())
    assert "encoding" in fixes.left[0][1]


def test_a_post_in_another_language_does_not_keep_the_others_from_links(tmp_path: Path) -> None:
    french = "Le sucre est dans le sang et il est pour les muscles, qui sont avec le foie et pas avec la tête. " * 3
    posts = [
        POST.format(title="Glucose", name="glucose", id=1, content="<![CDATA[<p>It is a sugar in the blood.</p>]]>"),
        POST.format(title="Muscle", name="muscle", id=2, content="<![CDATA[<p>Muscles burn glucose all day.</p>]]>"),
        POST.format(title="Sucre", name="sucre", id=3, content=f"<![CDATA[<p>{french}</p>]]>"),
    ]
    graph = project(tmp_path, site_xml=EXPORT.format(posts="\n".join(posts)))
    assert {page.path for page in graph.pages()} == {"pages/site.xml#1", "pages/site.xml#2"}
    assert "burn <a href=" in fixed(graph, "site.xml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Burn the sweet starch.\n", "Burn the [sweet starch](c%23.md).\n"),
        ("See [[glucose]]. Burn the sweet starch.\n", "See [[glucose]]. Burn the [sweet starch](c%23.md).\n"),
    ],
    ids=["link", "no wikilink can say it"],
)
def test_names_of_files_with_number_signs(tmp_path: Path, text: str, expected: str) -> None:
    pages = {"c#_md": "---\ntitle: Sweet starch\n---\n\nIt is sweet.\n", "d#_md": text}
    graph = project(tmp_path, glucose_md=GLUCOSE, **pages)
    assert fixed(graph, "d#.md") == expected


def test_wikilinks_call_pages_in_other_folders_by_as_much_as_tells_them_apart(tmp_path: Path) -> None:
    project(tmp_path, glucose_md=GLUCOSE)
    for folder in ("sugars", "notes", "old"):
        (tmp_path / "pages" / folder).mkdir()
    (tmp_path / "pages" / "glucose.md").rename(tmp_path / "pages" / "sugars" / "Glucose.md")
    starch = "---\ntitle: Starch\n---\n\nMany sugars in a chain.\n"
    (tmp_path / "pages" / "sugars" / "starch.md").write_text(starch, encoding="utf-8")
    (tmp_path / "pages" / "old" / "starch.md").write_text("---\ntitle: Old words\n---\n\nNothing.\n", encoding="utf-8")
    page = tmp_path / "pages" / "notes" / "meal.md"
    page.write_text("After [[glucose]], eat starch.\n\n![[glucose]]\n", encoding="utf-8")
    graph = nutrigraph.open(tmp_path)
    graph.build()
    assert [link.iri for link in graph.pages()[0].hyperlinks] == ["https://www.example.org/glossary/sugars/Glucose"]
    write_fixes(graph, fix(graph, graph.links(0)))
    assert page.read_text(encoding="utf-8") == ("After [[glucose]], eat [[sugars/starch|starch]].\n\n![[glucose]]\n")


def test_plain_text_and_pages_changed_since_the_build_are_named_and_left(tmp_path: Path) -> None:
    graph = project(tmp_path, glucose_md=GLUCOSE, plain_txt="Burn glucose.\n", news_md="Burn glucose.\n")
    found = graph.links(0)
    news = tmp_path / "pages" / "news.md"
    news.write_text("Now burn glucose.\n")
    fixes = fix(graph, found)
    assert fixes.files == ()
    assert {(link.page, why) for link, why in fixes.left} == {("pages/news.md", CHANGED), ("pages/plain.txt", PLAIN)}


def test_a_file_changed_while_it_is_fixed_is_left(tmp_path: Path) -> None:
    graph = project(tmp_path, glucose_md=GLUCOSE, news_md="Burn glucose.\n")
    fixes = fix(graph, graph.links(0))
    news = tmp_path / "pages" / "news.md"
    news.write_text("Mine.\n")
    assert write_fixes(graph, fixes) == ["pages/news.md"]
    assert news.read_text() == "Mine.\n"
    assert "+Burn [glucose](glucose.md)." in fixes.files[0].diff()


def test_the_address_is_written_as_the_site_does() -> None:
    base = "https://www.example.org/g/"
    here, there = Address("pages/a/x.md", base + "a/x"), Address("pages/b/y z.md", base + "b/y%20z")
    assert address(here, there, {}) == "../b/y%20z.md"
    for written in ("../b/y%20z", "/g/b/y%20z/", base + "b/y%20z"):
        assert address(here, there, habits([(here, written, there)])) == written


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def words(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join(parser.words.split())


PIECES = st.sampled_from(
    ["glucose", " ", "\n", "\n\n", "*", "**", "_", "`", "[", "]", "(", ")", "![", "](x)", "<b>", "</b>", "<a href=y>",
     "</a>", "\\", "|", "> ", "- ", "# ", "&amp;", "~~", "[[", "]]", "<!--", "-->", "[r]: /u\n", "http://e.org/", "!"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14), st.sampled_from([".md", ".html"]))
def test_what_passes_the_check_reads_the_same_in_another_parser(pieces: list[str], ending: str) -> None:
    text = "".join(pieces) if ending == ".md" else f"<body><p>{''.join(pieces)}</p></body>"
    path = f"pages/p{ending}"
    before = read_page(path, text.encode())
    for block in before.blocks:
        at = block.text.visible.find("glucose")
        if at < 0:
            continue
        start, end = block.text.source_span(at, at + 7)
        source = write_links(path, before.source, [NewLink(start, end, "glucose.md")])
        found = new_links(before, read_page(path, source.encode()))
        if found == {("glucose.md", "glucose"): 1}:
            render = MarkdownIt().render if ending == ".md" else str
            assert words(render(source)) == words(render(before.source))
