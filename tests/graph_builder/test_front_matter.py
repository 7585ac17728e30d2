from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.document import Metadata, Reviewer
from nutrigraph.graph_builder.front_matter import FrontMatter, read_front_matter

EXPECTED = Metadata(
    title="Oat fibre",
    url="https://www.example.org/oat-fibre",
    author="John Poe, Ann Other",
    reviewer=Reviewer("Jane Roe", ("Ph.D.", "RD")),
    reviewed="2024-05-03",
    published="2023-01-02",
    modified="2024",
    aliases=("beta-glucan", "β-glucan"),
    description="A fibre of oats: what it does.",
)


def read(source: str) -> FrontMatter:
    return read_front_matter("p.md", source)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "source",
    [
        """---
title: "Oat fibre"
aliases: [beta-glucan, β-glucan, /old/address/]
canonical: https://www.example.org/oat-fibre
author: [{name: John Poe}, Ann Other]
reviewed_by: Jane Roe, Ph.D., RD
last-reviewed: May 3, 2024
date: 2023-01-02T10:00:00Z
Updated: 2024
description: >
  A fibre of oats:
  what it does.
related: [Gut, Starch, Gut]
layout: {anything: [goes]}
---
Body""",
        """+++
title = "Oat fibre"
aliases = ["beta-glucan", "β-glucan"]
url = "https://www.example.org/oat-fibre"
authors = ["John Poe", "Ann Other"]
reviewed = 2024-05-03
date = 2023-01-02T10:00:00Z
lastmod = 2024
description = "A fibre of oats: what it does."
related_terms = "Gut, Starch"
[reviewer]
name = "Jane Roe"
credentials = ["Ph.D.", "RD"]
+++
Body""",
        """{
  "title": "Oat fibre",
  "aliases": ["beta-glucan", "β-glucan"],
  "canonical": "https://www.example.org/oat-fibre",
  "authors": ["John Poe", {"name": "Ann Other"}],
  "params": {"reviewer": {"name": "Jane Roe", "credentials": ["Ph.D.", "RD"]}, "draft": false},
  "reviewed": "2024-05-03", "date": "2023-01-02T10:00:00Z", "lastmod": 2024,
  "description": "A fibre of oats: what it does.",
  "related_terms": ["Gut", "Starch"]
}
Body""",
    ],
)
def test_yaml_toml_and_json_say_the_same(source: str, end: str) -> None:
    source = source.replace("\n", end)
    front = read(source)
    assert front.metadata == EXPECTED
    assert front.related == ("Gut", "Starch")
    assert source[front.body :] == "Body"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Text\n---\n",
        "---\nNo end",
        "---\nOnly words\n---\nText",
        "--- x\ntitle: a\n---\n",
        " ---\na: b\n---\n",
        '{{< toc "a": >}}\nText',
        "{: .wide}\nText",
        '{"both" names}',
        "{title: a}",
    ],
)
def test_what_is_no_front_matter_stays_in_the_body(source: str) -> None:
    assert read(source) == FrontMatter(Metadata(title=""), (), 0)


@pytest.mark.parametrize(
    "source",
    [
        "---\nreviewedBy: Jo Roe, MD\nlastReviewed: 2024-05-01\npubDate: 2023-01-02\nupdatedDate: 2024-06-03\n---\n",
        "+++\ndate = 2023-01-02\nlastmod = 2024-06-03\n[params]\nreviewer = 'Jo Roe, MD'\n"
        "last_reviewed_at = 2024-05-01\n+++\n",
        "+++\ndate = 2023-01-02\nupdated = 2024-06-03\n[extra]\nreviewers = ['Jo Roe, MD']\nreviewed_on = 2024-05-01\n"
        "date = 2001-01-01\n+++\n",
    ],
)
def test_the_names_that_generators_of_sites_use(source: str) -> None:
    metadata = read(source).metadata
    assert metadata.reviewer == Reviewer("Jo Roe", ("MD",))
    assert (metadata.reviewed, metadata.published, metadata.modified) == ("2024-05-01", "2023-01-02", "2024-06-03")


def test_empty_values_and_unclear_dates_say_nothing() -> None:
    front = read(
        "---\ntitle:\naliases: []\nauthor: ~\ndate: 03/05/2024\nurl: /relative/\nreviewed: true\nreviewer:\n---\n"
    )
    assert front.metadata == Metadata(title="")
    assert read("---\n---\nBody").body == 8


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("---\nlayout: page\ntitle: [a, b]\n---\n", 'p.md, line 3: "title" in the front matter must be a text'),
        ("---\naliases: {a: b}\n---\n", 'p.md, line 2: "aliases" in the front matter must be'),
        ("---\naliases: [[a]]\n---\n", 'p.md, line 2: "aliases" in the front matter must be'),
        ("---\ndate: [1]\n---\n", 'p.md, line 2: "date" in the front matter must be'),
        ("---\na: b\ntitle: 'x\n---\n", "p.md, line 4: the front matter is not valid YAML: "),
        ("---\r\na: b\r\nb: c: d\r\n---\r\n", "p.md, line 3: the front matter is not valid YAML: mapping values"),
        ("---\n- a\n---\n", "p.md, line 2: the front matter must be keys with values"),
        ("---\na: &a [x]\nb: [*a, *a]\n---\n", "p.md, line 3: front matter cannot use YAML aliases"),
        ("---\na: " + "[" * 5000 + "\n---\n", "p.md, line 2: the front matter is nested more than"),
        ("---\na: \x01\n---\n", "p.md, line 1: the front matter is not valid YAML: "),
        ("---\na: " + "x" * 100_000 + "\n---\n", "p.md, line 1: the front matter is longer than"),
        ('{"a": 1,\r\n\r\n"title": [["b"]]}', 'p.md, line 3: "title" in the front matter must be'),
        ('{"a": 1, "title": true}', 'p.md, line 1: "title" in the front matter must be'),
        ('{\n"a": 1\n"b": 2}\n', "p.md, line 3: the front matter is not valid JSON: Expecting ',' delimiter."),
        ("{\ntitle: a\n}\n", "p.md, line 2: the front matter is not valid JSON: "),
        ('{"a":\n"x\n', "p.md, line 2: the front matter is not valid JSON: "),
        ('{"a": "' + "x" * 100_000 + '"}', "p.md, line 1: the front matter is longer than"),
        ('{"a": ' + "[" * 100_000, "p.md, line 1: the front matter is nested too deeply"),
        ('{"a": "\\ud83d"}', "p.md, line 1: the front matter has half of a character"),
        ('+++\na = 1\nb = """\nc\n+++\n', "p.md, line 4: the front matter is not valid TOML: Unterminated string."),
        ("+++\na = 1\nb = =\n+++\n", "p.md, line 3: the front matter is not valid TOML: "),
        ("+++\na = " + "[" * 5000 + "\n+++\n", "p.md, line 1: the front matter is not valid TOML"),
        ("+++\ntitle = true\n+++\n", 'p.md, line 2: "title" in the front matter must be'),
    ],
)
def test_hostile_front_matter_is_an_error_with_its_line(source: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(source)
    assert str(caught.value).startswith(message)


KEYS = st.sampled_from(
    ["title", "aliases", "author", "reviewer", "date", "url", "related", "x", "reviewed_by", "? a", "<<"]
)
VALUES = st.sampled_from(
    [
        *("a", "[a, {b: c}]", "{name: [x]}", "{name: A B, credentials: RD}", "{credentials: {}}", "[~]", "''"),
        *("!!timestamp x", "!!python/object:os.x {}", "*a", "&a b", "2024-13-01", "=", "0x", "1" * 5000),
        *('"\\ud800"', "[", "'", "|\n  text", "{", "~"),
    ]
)


@given(
    st.sampled_from(["---", "+++"]),
    st.lists(st.tuples(KEYS, VALUES)),
    st.sampled_from([": ", " = "]),
    st.text(max_size=20),
)
def test_any_front_matter_is_metadata_or_a_source_error(
    fence: str, lines: list[tuple[str, str]], equals: str, rest: str
) -> None:
    source = "\n".join([fence, *(key + equals + value for key, value in lines), rest, fence, "Body"])
    try:
        front = read(source)
    except SourceError:
        return
    assert 0 <= front.body <= len(source)
    assert all(isinstance(name, str) for name in (*front.metadata.aliases, *front.related))
