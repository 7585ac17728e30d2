"""A wikilink leads to the file with its name, wherever that is."""

from __future__ import annotations

from posixpath import normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.page_graph import known_addresses, resolve_link
from nutrigraph.graph_builder.wikilinks import file_named, names_of_files, wikilink, wikilink_names

PATHS = (
    "vault/Insulin.md",
    "vault/Hormones/Glucagon.md",
    "vault/Hormones/index.md",
    "vault/Type 2 diabetes.md",
    "vault/old/Glucagon.md",
    "vault/old/reviews/Leptin.md",
    "vault/C-peptide.txt",
)
NAMED = names_of_files(PATHS)


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("Insulin", "vault/Insulin.md"),
        ("insulin", "vault/Insulin.md"),
        ("Insulin.md", "vault/Insulin.md"),
        ("leptin", "vault/old/reviews/Leptin.md"),
        ("reviews/Leptin", "vault/old/reviews/Leptin.md"),
        ("views/Leptin", None),
        ("Glucagon", "vault/Hormones/Glucagon.md"),
        ("old/Glucagon", "vault/old/Glucagon.md"),
        ("../old/Glucagon", "vault/old/Glucagon.md"),
        ("type-2-diabetes", "vault/Type 2 diabetes.md"),
        ("c peptide", "vault/C-peptide.txt"),
        ("Ghrelin", None),
        ("Hormones", None),
        ("..", None),
        ("/", None),
        ("", None),
    ],
)
def test_the_file_that_a_name_means(name: str, leads_to: str | None) -> None:
    assert file_named(name, "vault/Insulin.md", NAMED) == leads_to


def test_of_two_files_with_a_name_the_one_beside_the_page_is_meant() -> None:
    assert file_named("Glucagon", "vault/old/Thyroxine.md", NAMED) == "vault/old/Glucagon.md"


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("[[leptin]]", "leptin"),
        ("[[Leptin#Effects]]", "leptin"),
        ("[[Leptin^block]]", "leptin"),
        ("[[#Effects]]", None),
        ("[[insulin]]", None),
        ("[[own-address]]", "other"),
        ("leptin", "https://www.example.org/g/leptin"),
    ],
)
def test_where_a_wikilink_leads(target: str, leads_to: str | None) -> None:
    base = "https://www.example.org/g/"
    known = known_addresses(
        {"p/insulin.md": base + "insulin", "p/a/leptin.md": "leptin", "p/x.md": base + "own-address"}
    )
    expected = base + "own-address" if leads_to == "other" else leads_to
    assert resolve_link(target, "p/insulin.md", base + "insulin", known) == expected


@given(st.lists(st.text("aB-_/#|", min_size=1, max_size=8).map(lambda name: normpath(f"p/{name}x.md")), max_size=6))
def test_what_a_wikilink_may_be_written_as_reads_as_a_page_of_that_name(paths: list[str]) -> None:
    named = names_of_files(paths)
    for path in paths:
        for name in wikilink_names(path):
            assert file_named(name, "other.md", named) is not None


@given(st.text())
def test_no_name_is_an_error(name: str) -> None:
    resolve_link(wikilink(name), "vault/Insulin.md", "https://www.example.org/Insulin", known_addresses({}))
    assert file_named(name, "vault/Insulin.md", NAMED) in {None, *PATHS}
