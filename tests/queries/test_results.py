"""Rows: plain values that scripts, tables and data frames are made of."""

from __future__ import annotations

import sys

import pytest

from nutrigraph.errors import MissingExtra
from nutrigraph.queries.results import Rows

ROWS = Rows(("name", "pages"), (("Insulin", "3"), ("Glucose", None)))


def test_as_json_is_one_object_a_row_with_every_column() -> None:
    assert ROWS.json == [{"name": "Insulin", "pages": "3"}, {"name": "Glucose", "pages": None}]
    assert len(ROWS) == 2
    assert Rows(("a",), ()).json == []


def test_data_frames_hold_the_same_rows() -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    frame = ROWS.to_pandas()
    assert list(frame.columns) == ["name", "pages"]
    assert [tuple(row) for row in frame.itertuples(index=False)] == list(ROWS.rows)
    assert ROWS.to_polars().rows() == list(ROWS.rows)
    assert ROWS.to_polars().columns == ["name", "pages"]


def test_data_frames_without_rows_keep_their_columns() -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    empty = Rows(("a", "b"), ())
    assert list(empty.to_pandas().columns) == empty.to_polars().columns == ["a", "b"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_an_error_with_the_command(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"pip install 'nutrigraph\[dataframes\]'"):
        getattr(ROWS, f"to_{library}")()


def test_a_notebook_shows_a_table_in_which_nothing_is_code() -> None:
    rows = Rows(
        ("<b>", "iri"), (("<script>alert(1)</script>", 'https://x.example/"onclick="a'), (None, "javascript:a"))
    )
    html = rows._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html
    assert '<a href="https://x.example/&quot;onclick=&quot;a" rel="noreferrer">' in html
    assert "<td>javascript:a</td>" in html


def test_a_notebook_shows_the_beginning_of_a_long_table_and_what_is_not_stated() -> None:
    html = Rows(("a",), tuple((str(number),) for number in range(250)))._repr_html_()
    assert html.count("<tr>") == 101
    assert "150 more rows" in html
    assert "Not stated" in Rows(("a",), (), not_stated=True)._repr_html_()
