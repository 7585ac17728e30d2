from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.text_builder import TextBuilder, part

PIECES = st.lists(st.text(alphabet="ab \t\n\u00a0\u00ad", max_size=6), max_size=6)


def built(source: str) -> TextBuilder:
    builder = TextBuilder()
    builder.verbatim(source, 0)
    return builder


def test_white_space_is_one_space_and_what_is_not_seen_is_left_out() -> None:
    source = "  beta \t\r\n cell\u00ads  "
    text = built(source).text()
    assert text.visible == "beta cells"
    assert source[slice(*text.source_span(0, 10))] == "beta \t\r\n cell\u00ads"
    assert source[slice(*text.source_span(4, 5))] == " \t\r\n "


def test_an_entity_stands_for_its_source() -> None:
    source = "fat &amp; sugar"
    builder = TextBuilder()
    builder.verbatim("fat ", 0)
    builder.replaced("&", 4, 9)
    builder.verbatim(" sugar", 9)
    text = builder.text()
    assert text.visible == "fat & sugar"
    assert source[slice(*text.source_span(4, 5))] == "&amp;"
    assert source[slice(*text.source_span(6, 11))] == "sugar"


@given(PIECES)
def test_pieces_give_the_same_text_as_the_whole(pieces: list[str]) -> None:
    source = "".join(pieces)
    builder, at = TextBuilder(), 0
    for piece in pieces:
        builder.verbatim(piece, at)
        at += len(piece)
    text = builder.text()
    assert text.visible == " ".join(source.replace("\u00ad", "").split())
    for index, character in enumerate(text.visible):
        start, end = text.source_span(index, index + 1)
        assert source[start:end] == character or source[start:end].replace("\u00ad", "").isspace()


@given(st.text(alphabet="ab \t\n\u00ad", max_size=30), st.data())
def test_a_part_keeps_its_places(source: str, data: st.DataObject) -> None:
    text = built(source).text()
    if not text.visible:
        return
    start = data.draw(st.integers(0, len(text.visible) - 1))
    end = data.draw(st.integers(start + 1, len(text.visible)))
    piece = part(text, start, end)
    assert piece.visible == text.visible[start:end]
    assert piece.source_span(0, end - start) == text.source_span(start, end)
