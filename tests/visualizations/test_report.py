"""The editor's report as text: everything is in it without scripts, and nothing of it is markup from the data."""

from __future__ import annotations

import json
import re

from nutrigraph.visualizations.report import report
from tests.visualizations.findings import hostile_findings, some_findings


def test_every_finding_is_there_under_its_kind() -> None:
    html = report(some_findings(), title="My glossary", subject="Gaps")
    assert html.count("data-id=") == 5
    assert [html.index(kind) for kind in ("k-dead-link", "k-island", "k-missing-link")] == sorted(
        html.index(kind) for kind in ("k-dead-link", "k-island", "k-missing-link")
    )
    assert "The  <mark>liver</mark> stores sugar." in html
    assert "probability 0.91" in html
    assert html == report(some_findings(), title="My glossary", subject="Gaps")


def test_the_data_holds_what_a_decision_needs() -> None:
    html = report(some_findings(), title="t", subject="Gaps")
    found = re.search(r'id="nutrigraph-report">(.*?)</script>', html)
    assert found is not None
    data = json.loads(found[1])
    assert data[f"{0:016x}"]["predicate"] == "dead-link"
    assert set(data[f"{0:016x}"]) >= {"id", "kind", "page", "subject", "predicate", "object", "quote"}


def test_hostile_text_is_escaped() -> None:
    html = report(hostile_findings(), title="</title><script>x</script>", subject="Gaps")
    assert html.count("<script") == 2
    assert "<img" not in html
    assert "\x00" not in html


def test_nothing_found() -> None:
    assert "Nothing is missing." in report([], title="t", subject="Gaps")
