"""Text of others stays text: in scripts, in links, in what is shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.visualizations.safe_text import safe_link, script_json, visible


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_in_a_script_is_the_value_and_nothing_that_html_would_read(value: object) -> None:
    text = script_json(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value


def test_what_is_not_json_is_written_as_its_words_and_numbers_of_numpy_as_numbers() -> None:
    import numpy as np

    assert json.loads(script_json([np.int64(3), np.float64(0.5), {1, 2}.__class__])) == [3, 0.5, "<class 'set'>"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/a?b=1#c",
        "http://example.org",
        "insulin.html",
        "../pages/insulin.html#top",
        "/glossary/insulin",
    ],
)
def test_links_on_the_web_and_beside_the_page_are_kept(address: str) -> None:
    assert safe_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "//example.org/x",
        "/\\example.org",
        "\\\\example.org",
        "https://[broken",
        ":x",
    ],
)
def test_other_links_are_dropped(address: str | None) -> None:
    assert safe_link(address) is None


@given(st.text())
def test_visible_text_has_no_character_that_html_cannot_hold(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert not {"\x00", "\x1b", "\x7f"} & set(shown)
