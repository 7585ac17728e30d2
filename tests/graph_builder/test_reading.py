from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder import html_tree
from nutrigraph.graph_builder.reading import ENDINGS, EXPORTS, read_page

HTML = {".html", ".htm", ".xhtml"}


def test_a_byte_order_mark_is_dropped_and_line_ends_stay() -> None:
    document = read_page("a/fibre.txt", codecs.BOM_UTF8 + b"Fibre\r\n\r\nGood.\r", "article")
    assert document.source == "Fibre\r\n\r\nGood.\r"
    assert (document.path, document.kind, document.title) == ("a/fibre.txt", "article", "Fibre")


@pytest.mark.parametrize("ending", sorted(ENDINGS - EXPORTS))
def test_an_empty_page_has_no_blocks_and_the_title_of_its_file(ending: str) -> None:
    document = read_page(f"gut-flora{ending.upper()}", b"")
    assert document.blocks == ()
    assert document.title == "gut flora"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Fibre\n\nis caf\xe9", "p.txt, line 3: byte 13 (0xE9) is not UTF-8. Save the file again"),
        (b"%PDF\0\1", "p.txt: the file is binary (a zero byte at position 4)"),
        ("Fibre".encode("utf-16"), "p.txt: the file is UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_page("p.txt", data)
    assert str(caught.value).startswith(message)


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(
        SourceError, match=r'"\.docx" cannot be read; use one of \.htm, \.html, \.markdown, \.md, \.txt, \.xhtml'
    ):
        read_page("p.docx", b"")


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode), st.sampled_from(sorted(ENDINGS)))
def test_any_bytes_are_a_document_or_a_source_error(data: bytes, ending: str) -> None:
    with contextlib.suppress(SourceError):
        source = read_page(f"p{ending}", data).source
        if ending in HTML:
            assert len(source) <= len(data)
        else:
            assert source == data.removeprefix(codecs.BOM_UTF8).decode("utf-8")


PAGE = '<html><head><meta charset="{}"></head><body><p>Café “crème” – 5 € of naïve oats.</p></body></html>'
SEEN = "Café “crème” – 5 € of naïve oats."


@pytest.mark.parametrize(
    ("declared", "written", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("iso-8859-1", "utf-8", codecs.BOM_UTF8),
        ("utf-16", "utf-8", b""),
        ("utf-8", "utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-8", "utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-8", "utf-16-le", b""),
        ("iso-8859-1", "windows-1252", b""),
        ("Windows-1252", "windows-1252", b""),
        ("nothing known", "windows-1252", b""),
        ("", "windows-1252", b""),
        ("", "utf-8", b""),
        ("ISO-8859-15", "utf-8", codecs.BOM_UTF8),
        ("macintosh", "mac-roman", b""),
    ],
)
def test_the_encodings_of_html(declared: str, written: str, mark: bytes) -> None:
    page = PAGE.format(declared)
    data = mark + page.encode(written)
    if declared == "nothing known":
        with pytest.raises(SourceError, match="declares the encoding 'nothing', which is not known"):
            read_page("p.html", data)
        return
    document = read_page("p.html", data)
    assert document.source == page
    assert [block.text.visible for block in document.blocks] == [SEEN]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "p.html: the file is binary (a zero byte at position 8)"),
        (bytes(range(1, 256)) * 4, "p.html: the file is binary (full of control characters)"),
        (PAGE.format("utf-8").encode("windows-1252"), "p.html, line 1: byte 53 (0xE9) is not UTF-8"),
        (b"<p>oats" * 2_000_000, "p.html: the page has 14.0 MB, and pages of more than 10 MB are not read. Split it"),
    ],
)
def test_html_that_cannot_be_read_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_page("p.html", data)
    assert str(caught.value).startswith(message)


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tree, "MOST_ELEMENTS", 1_000)
    assert read_page("p.html", b"<p><b>oats</b>" * 450).blocks
    with pytest.raises(SourceError, match=r"p.html: the page has more than 1,000 elements. Split it"):
        read_page("p.html", b"<p><b>oats</b>" * 550)


def test_one_broken_character_in_a_long_page_is_shown_as_broken() -> None:
    page = PAGE.format("utf-8").replace("</p>", " It is good." * 200 + "</p>").encode("utf-8")
    assert "oats. It is \ufffdgood" in read_page("p.html", page.replace(b"good", b"\xe2\x80good", 1)).source


GERMAN = (
    "Insulin ist ein Hormon, das in den Betazellen der Bauchspeicheldrüse gebildet wird. Es senkt den Blutzucker, und "
    "ohne Insulin kann der Körper die Glukose nicht aufnehmen, die er für die Energie braucht."
)
ENGLISH = (
    "Insulin is a hormone that is made by the beta cells of the pancreas. It lowers blood glucose, and without insulin "
    "the body cannot take up the glucose that it needs for energy."
)


@pytest.mark.parametrize(
    ("text", "declared", "found"),
    [
        (GERMAN, "de", "German"),
        (GERMAN, "", "German"),
        (GERMAN, "en-US", "German"),
        (ENGLISH, "de", None),
        (ENGLISH, "", None),
        ("Insulin ist ein Hormon.", "de", "German"),
        ("Insulin ist ein Hormon.", "", None),
        ("Insulin is a hormone.", "de-DE", None),
        ("People take statins to lower cholesterol. Doctors use metformin to treat diabetes. Athletes eat starch to "
         "raise glycogen. Vegans need supplements to avoid anemia.", "", None),
        ("Инсулин — это гормон поджелудочной железы.", "", "Russian"),
        ("Інсулін — це гормон.", "uk", "Ukrainian"),
        ("胰岛素是一种激素。", "", "Chinese"),
        ("Magnesium 270 mg, Zink 5 mg", "", None),
        ("α-Linolenic acid, β-carotene", "", None),
        ("L'insuline est une hormone produite par le pancréas. Elle fait baisser la glycémie après les repas, et elle "
         "est nécessaire pour que le sucre entre dans les cellules du corps.", "", "French"),
        ("La insulina es una hormona que produce el páncreas. La glucosa no puede entrar en las células sin ella, y "
         "por eso los pacientes con diabetes se la inyectan para controlar el azúcar.", "en", "Spanish"),
        ("De alvleesklier maakt het hormoon insuline aan. Het zorgt ervoor dat glucose uit het bloed wordt opgenomen "
         "door de cellen en dat een deel van de suiker in de lever wordt opgeslagen.", "", "Dutch"),
        ("", "de", None),
    ],
)  # fmt: skip
def test_a_page_in_another_language_is_refused(text: str, declared: str, found: str | None) -> None:
    language = f' lang="{declared}"' if declared else ""
    page = f"<html{language}><body><p>{text}</p></body></html>".encode()
    if found is None:
        assert read_page("p.html", page, language="en-GB").blocks or not text
        return
    with pytest.raises(SourceError, match=f"p.html: the page is in {found}, and the project's language is 'en-GB'"):
        read_page("p.html", page, language="en-GB")
    assert read_page("p.html", page).blocks
