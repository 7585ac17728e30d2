"""The report for an editor: findings to filter, read in their context and decide on, as one page of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nutrigraph.queries.report import Finding
from nutrigraph.visualizations.page import render, static
from nutrigraph.visualizations.safe_text import script_json


def report(findings: Sequence[Finding], *, title: str, subject: str) -> str:
    """The page. `subject` says what it lists ("Gaps"), `title` whose. Decisions leave it as lines of review.tsv."""
    kinds = {finding.kind.name: finding.kind for finding in findings}
    counts = Counter(finding.kind.name for finding in findings)
    data = {finding.id: {"id": finding.id, **finding.decision, "quote": ""} for finding in findings}
    values = {
        "title": title,
        "subject": subject,
        "findings": findings,
        "kinds": [(kind, counts[name]) for name, kind in kinds.items()],
        "pages": sorted({finding.page for finding in findings if finding.page}),
        "severities": [
            name for name in ("error", "warning", "info") if any(k.severity == name for k in kinds.values())
        ],
        "data": script_json(data),
    }
    styles = (static("page.css") + static("evidence.css") + static("report.css"),)
    return render("report.html", values, styles=styles, scripts=(static("report.js"),))
