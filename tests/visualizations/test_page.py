"""A page allows exactly the scripts and style sheets that are its own."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest

from nutrigraph.visualizations.page import environment, policy
from nutrigraph.visualizations.page import render as render_page


def test_the_policy_names_each_block_by_its_hash_and_allows_nothing_else() -> None:
    digest = b64encode(hashlib.sha256(b"a{}").digest()).decode()
    assert (
        policy(["a{}"], []) == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("text", ["1</script>", "</SCRIPT x", "<!--", "a\rb"])
def test_a_block_that_would_end_itself_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        render_page("network.html", {}, styles=(), scripts=(text,))


def test_templates_escape_everything_and_miss_nothing() -> None:
    assert environment().from_string("{{ x }}").render(x="<b>\x00\"'") == "&lt;b&gt;\N{REPLACEMENT CHARACTER}&#34;&#39;"
    with pytest.raises(Exception, match="undefined"):
        environment().from_string("{{ missing }}").render()
