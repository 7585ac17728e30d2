"""Exports of WordPress: their pages, what those say, and where every character stands in the export."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.document import Block, Document, Metadata, Reviewer
from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.graph_builder.wordpress import posts, without_shortcodes

EXPORT = (Path(__file__).parent / "pages" / "export.xml").read_bytes()
CONCEPTS = "https://www.example.org/glossary/concept/"


def pages(export: bytes) -> dict[str, Document]:
    found = {}
    for post in posts("pages/export.xml", export):
        assert post.problem is None
        path = f"pages/export.xml#{post.id}"
        found[post.id] = read_page(path, post.source.encode("utf-8"), offset=post.offset, language="en")
    return found


def export_of(*contents: str) -> bytes:
    """An export with one post for each content, given as the XML it is stored as."""
    items = "".join(
        f"<item><title>T{n}</title><content:encoded>{content}</content:encoded><wp:post_id>{n}</wp:post_id></item>\n"
        for n, content in enumerate(contents, 1)
    )
    return f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{items}</channel></rss>'.encode()


def words(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    return [(block.kind.name, block.text.visible) for block in blocks]


def test_posts_and_pages_are_read_and_drafts_and_attachments_are_not() -> None:
    found = pages(EXPORT)
    assert {number: document.title for number, document in found.items()} == {
        "81": "Glucagon & you",
        "82": "Pancreas",
        "85": "Liver",
    }
    assert words(found["81"].blocks) == [
        ("PARAGRAPH", "Glucagon is a hormone made by the pancreas. Naïve “reader” – look."),
        ("HEADING", "How does glucagon work?"),
        ("PARAGRAPH", "It raises blood glucose levels."),
        ("CAPTION", "Glucagon acts on the liver."),
    ]
    assert words(found["82"].blocks) == [
        ("PARAGRAPH", "The pancreas is a gland. It secretes insulin & glucagon[1] [sic]."),
        ("PARAGRAPH", "Beta cells are part of the pancreas."),
        ("PARAGRAPH", "Insulin lowers blood glucose levels."),
        ("LIST_ITEM", "Pancreatitis damages the pancreas"),
    ]
    assert words(found["85"].blocks) == [
        ("PARAGRAPH", "The liver stores glycogen.]]>"),
        ("PARAGRAPH", "The liver produces <em>glucose."),
    ]


def test_what_an_export_says_of_a_post() -> None:
    assert pages(EXPORT)["81"].metadata == Metadata(
        "Glucagon & you",
        "https://www.example.org/glossary/glucagon/",
        "Moira Ansell",
        Reviewer("Piet Vandersloot", ("MD", "PhD")),
        "2024-03-01",
        "2023-11-02",
        "2024-03-11",
        description="What glucagon does.",
    )
    (link,) = pages(EXPORT)["81"].blocks[0].links
    assert link.target == "https://www.example.org/glossary/pancreas/"


def test_places_count_in_the_export(matcher: Matcher) -> None:
    source = EXPORT.decode("utf-8")
    said = set()
    for document in pages(EXPORT).values():
        content = extract(document, matcher, None, CONCEPTS)
        for mention in content.mentions:
            assert source[mention.start : mention.end] == mention.surface
            said.add(mention.text)
        for statement in content.statements:
            assert source[statement.start : statement.end] == statement.quote
    assert {"Glucagon", "pancreas", "blood glucose levels", "liver", "Beta cells", "Insulin", "glycogen"} <= said
    assert not {"Vitamin D", "osteoporosis"} & said


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br>", "<ul><li>", "</li></ul>", "<h2>", "</h2>", "<a href='x'>", "</a>"),
        *("<!-- wp:paragraph -->", "<!-- /wp:paragraph -->", "[caption id='a']", "[/caption]", "[vc_row]", "[/vc_row]"),
        *("[gallery ids='1']", "[x]", "[/x]", "[[x]]", "[1]", "[", "]", "&amp;", "&nbsp;", "&lt;p&gt;", "&#8217;", "&"),
        *(
            "a",
            "b c",
            "Insulin is a hormone.",
            "What is it?",
            "\n",
            "\n\n",
            "\r\n",
            "é",
            "😀",
            "<",
            ">",
            "]]",
            "\u200b",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join), st.booleans(), st.integers(0, 9))
def test_every_visible_character_has_its_place(text: str, in_section: bool, cut: int) -> None:
    if in_section:
        text = text.replace("]]>", "]]]]><![CDATA[>")
        stored = f"<![CDATA[{text[:cut]}]]><![CDATA[{text[cut:]}]]>"
        if "]]>" in text.replace("]]]]><![CDATA[>", "") or text[:cut].endswith("]") or text.endswith("]"):
            return
    else:
        stored = escape(text)
    export = export_of("<![CDATA[é😀]]>", stored)
    source = export.decode()
    document = pages(export)["2"]
    for block in document.blocks:
        for index, character in enumerate(block.text.visible):
            start, end = block.text.source_span(index, index + 1)
            assert 0 <= start < end <= len(source)
            span = source[start:end]
            assert document.quoted(start, end) == span
            span = span.replace("]]><![CDATA[", "")
            assert span == character or character == " " or re.fullmatch(r"&(amp;)?[#\w]+;?", span)


@pytest.mark.parametrize(
    ("export", "problem"),
    [
        (b"<urlset><url/></urlset>", "is no WordPress export"),
        (b"\x89PNG\0", "binary"),
        (b"", "is no WordPress export"),
    ],
)
def test_other_files_are_refused(export: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        list(posts("pages/export.xml", export))


def test_what_is_broken_has_a_problem_and_the_rest_is_read() -> None:
    whole = export_of("one", "two", "three")
    cut = whole[: whole.index(b"three")]
    assert [(post.id, post.problem) for post in posts("e.xml", cut)][:2] == [("1", None), ("2", None)]
    (*_, last) = posts("e.xml", cut)
    assert last.problem == "the export ends inside the post that begins in line 3. Export it again."
    open_section = whole.replace(b"two", b"<![CDATA[two")
    assert [post.problem is None for post in posts("e.xml", open_section)] == [True, False]
    twice = whole.replace(b"<wp:post_id>3", b"<wp:post_id>2")
    assert [post.problem for post in posts("e.xml", twice)] == [None, None, "another post has the number 2 already."]
    unnumbered = whole.replace(b"<wp:post_id>2</wp:post_id>", b"")
    assert "has no number" in [post.problem or "" for post in posts("e.xml", unnumbered)][1]


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(EXPORT)), st.integers(0, 400))
def test_any_bytes_are_pages_or_a_refusal(noise: bytes, at: int, dropped: int) -> None:
    try:
        for post in posts("e.xml", EXPORT[:at] + noise + EXPORT[at + dropped :]):
            if post.problem is None:
                read_page(f"e.xml#{post.id}", post.source.encode("utf-8"), offset=post.offset)
    except SourceError:
        pass


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("[gallery]", "·········"),
        ("[sic] and [1] and [see below]", "[sic] and [1] and [see below]"),
        ("[note]Oats[/note]", "······Oats·······"),
        ("[[note]]", "[[note]]"),
        ("[a b=1]x[/a]", "·······x····"),
        ("[caption w='1']x[/caption]", "<caption w='1'>x</caption>"),
    ],
)
def test_shortcodes_are_not_seen(stored: str, seen: str) -> None:
    assert without_shortcodes(stored).replace("\u200b", "·") == seen


@pytest.mark.parametrize("attack", ["[a " * 10_000, '[a "' * 10_000, "[a = " * 10_000, "[a a=a " * 10_000])
def test_hostile_shortcodes_are_read(attack: str) -> None:
    assert len(without_shortcodes(attack)) == len(attack)


def test_no_more_text_than_a_post_is_held() -> None:
    """Text with an emoji takes four bytes a character: a whole export would take four times its size."""
    export = export_of(*(f"<![CDATA[<p>{'Oats contain fibre. ' * 500}\U0001f33e</p>]]>" for _ in range(200)))
    tracemalloc.start()
    try:
        found = sum(1 for _ in posts("export.xml", export))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 200
    assert peak < len(export)


def test_an_item_without_content_is_none() -> None:
    export = export_of("Oats").replace(b"<channel>", b'<channel><item rel="x"/>')
    assert list(pages(export)) == ["1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_places_count_in_characters_in_every_encoding(encoding: str) -> None:
    text = export_of("<![CDATA[<p>Caf\xe9 \u2013 oats.</p>]]>", "<![CDATA[<p>Na\xefve \u2013 rye.</p>]]>").decode()
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\xe9{text}'
    for document in pages(text.encode(encoding)).values():
        (block,) = document.blocks
        start, end = block.text.source_span(0, len(block.text.visible))
        assert text[start:end] == block.text.visible
