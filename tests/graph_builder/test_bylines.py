from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.document import Reviewer


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00:00Z", "2024-05-03"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("May 3, 2024", "2024-05-03"),
        ("Sept. 3rd, 2024", "2024-09-03"),
        ("3 May 2024", "2024-05-03"),
        ("May 2024", "2024-05"),
        ("2024/5/3", "2024-05-03"),
        ("25/05/2024", "2024-05-25"),
        ("05/25/2024", "2024-05-25"),
        ("05/05/2024", "2024-05-05"),
        ("03/05/2024", None),
        ("2024-02-30", None),
        ("May 32, 2024", None),
        ("last week", None),
        ("", None),
    ],
)
def test_dates_are_iso_where_they_are_clear(written: str, date: str | None) -> None:
    assert iso_date(written) == date


@pytest.mark.parametrize(
    ("written", "name", "credentials"),
    [
        ("Jane Roe, Ph.D., RD", "Jane Roe", ("Ph.D.", "RD")),
        ("Jane Roe", "Jane Roe", ()),
        ("Dr. Jane Roe-Poe MD", "Dr. Jane Roe-Poe", ("MD",)),
        ("Jane Roe (RDN)", "Jane Roe", ("RDN",)),
    ],
)
def test_a_byline_is_a_name_with_credentials(written: str, name: str, credentials: tuple[str, ...]) -> None:
    assert person(written) == Reviewer(name, credentials)
    assert looks_like_person(written)


def test_a_sentence_is_nobody() -> None:
    assert not looks_like_person("Insulin is made in the pancreas")
    assert person(" , ") is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_and_a_person_or_none(text: str) -> None:
    iso_date(text)
    person(text)
    looks_like_person(text)
