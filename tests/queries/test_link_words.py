"""Pages as words: what the search for places of hyperlinks rests on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nutrigraph.graph_builder.reading import read_page
from nutrigraph.page_results import passages
from nutrigraph.queries.link_names import LinkNames
from nutrigraph.queries.link_words import page_words, stem_key

PIECES = st.sampled_from(
    [
        "beta-cell",
        "and/or",
        "Crohn’s",
        " ",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "&amp;",
        "[x](y)",
        "`",
        "*",
        "'",
        "ß",
        "é",
        "|",
        ">",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_every_word_is_found_where_it_stands(pieces: list[str]) -> None:
    own = passages(read_page("p.md", "".join(pieces).encode()))
    words = page_words(own)
    sources = words.source_starts().tolist()
    assert len(words.texts) == len(words.starts) == len(words.number) == len(words.norms) == len(sources)
    assert len(words.stems) == len(words.indices)
    for i, text in enumerate(words.texts):
        passage = own[words.number[i]]
        if text != "\n":
            assert passage.text.visible[words.starts[i] : words.end(i)] == text
            assert passage.text.source_span(words.starts[i], words.end(i))[0] == sources[i]


def test_marks_inside_a_compound_part_no_words() -> None:
    words = page_words(passages(read_page("p.md", b"The beta-cell's and/or - x.")))
    assert " ".join(words.stems) == "the beta cell and or | x | |"


def test_what_many_names_have_in_common_says_none_of_them() -> None:
    names = LinkNames([(f"{word} acid",) for word in "abcdefghijklmnopqrstuvwxyz"], [])
    assert stem_key(["acid"]) not in names.number
    assert stem_key(["b", "acid"]) in names.number
    few = LinkNames([(f"{word} acid",) for word in "abc"], [])
    assert few.count(few.number[stem_key(["acid"])]) == 3
