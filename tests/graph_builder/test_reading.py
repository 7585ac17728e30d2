from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.reading import ENDINGS, read_page


def test_a_byte_order_mark_is_dropped_and_line_ends_stay() -> None:
    document = read_page("a/fibre.txt", codecs.BOM_UTF8 + b"Fibre\r\n\r\nGood.\r", "article")
    assert document.source == "Fibre\r\n\r\nGood.\r"
    assert (document.path, document.kind, document.title) == ("a/fibre.txt", "article", "Fibre")


@pytest.mark.parametrize("ending", sorted(ENDINGS))
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
    with pytest.raises(SourceError, match=r'"\.docx" cannot be read; use one of \.markdown, \.md, \.txt'):
        read_page("p.docx", b"")


@given(st.binary(max_size=80), st.sampled_from(sorted(ENDINGS)))
def test_any_bytes_are_a_document_or_a_source_error(data: bytes, ending: str) -> None:
    with contextlib.suppress(SourceError):
        assert read_page(f"p{ending}", data).source == data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
