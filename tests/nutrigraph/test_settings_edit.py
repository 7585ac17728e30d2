"""Adding a vocabulary to nutrigraph.toml changes that one place alone."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import ProjectError
from nutrigraph.settings_edit import with_file

PROJECT = '[project]\nbase_url = "https://x.org/"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PROJECT, PROJECT + '\n[vocabulary]\nfiles = ["é b.csv"]\n'),
        ("[vocabulary] # ours\nbundled = []\n", '[vocabulary] # ours\nfiles = ["é b.csv"]\nbundled = []\n'),
        ("[vocabulary]\nfiles = []\n[store]\n", '[vocabulary]\nfiles = ["é b.csv"]\n[store]\n'),
        ("[vocabulary]\nfiles = ['a#].ttl'] # ]\n", "[vocabulary]\nfiles = ['a#].ttl', \"é b.csv\"] # ]\n"),
        (
            '[vocabulary]\r\nfiles = [\r\n  "a.ttl", # one\r\n]\r\n',
            '[vocabulary]\r\nfiles = [\r\n  "a.ttl",\r\n  "é b.csv", # one\r\n]\r\n',
        ),
        ('[vocabulary]\nfiles = [\n\t"a.ttl"\n]\n', '[vocabulary]\nfiles = [\n\t"a.ttl",\n\t"é b.csv"\n]\n'),
        ("\ufeff[vocabulary]", '\ufeff[vocabulary]\nfiles = ["é b.csv"]\n'),
    ],
)
def test_only_the_new_file_is_written(before: str, after: str) -> None:
    assert with_file(before, "é b.csv") == after


@pytest.mark.parametrize("text", ["vocabulary = { files = [] }\n", "vocabulary.files = []\n", '["vocabulary"]\n'])
def test_what_is_not_understood_is_not_changed(text: str) -> None:
    with pytest.raises(ProjectError, match="yourself"):
        with_file(text, "b.csv")


NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.lists(NAME, max_size=4), NAME, st.sampled_from([", ", ",", ",\n  ", " , # so\n"]), st.booleans())
def test_any_list_gets_one_more(files: list[str], new: str, between: str, trailing: bool) -> None:
    quoted = [json.dumps(one, ensure_ascii=False).replace("\x7f", "\\u007f") for one in files]
    text = f"[vocabulary]\nfiles = [{between.join(quoted)}{',' if trailing and files else ''}]\n[store]\n"
    assert tomllib.loads(with_file(text, new))["vocabulary"]["files"] == [*files, new]
