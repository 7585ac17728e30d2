"""Findings to show in tests: ordinary ones, and some where every text is an attack."""

from __future__ import annotations

from nutrigraph.queries.report import Finding, FindingKind, Quote, Region
from tests.visualizations.samples import ATTACKS

DEAD = FindingKind("dead-link", "error", "A hyperlink leads nowhere.", "Readers end at an error. Correct it.")
ISLAND = FindingKind("island", "warning", "Pages apart from the rest.", "Nobody comes across them. Link them.")
LINK = FindingKind("missing-link", "info", "A page does not link.", "Readers have to search. Link it.")


def finding(number: int, kind: FindingKind, text: str = "", page: str | None = "pages/a.md") -> Finding:
    """One finding; `text` is in all its words."""
    decision = {"kind": "gap", "page": page or "", "subject": f"Liver {text}", "predicate": kind.name, "object": text}
    return Finding(
        f"{number:016x}",
        kind,
        f"Message {number} {text}",
        page,
        (Region(page, 3, 9, 3, 14), Region("pages/b.md", 1, 1, 1, 1)) if page else (),
        (Quote("pages/b.md", f"The {text} ", "liver", f" stores sugar. {text}"),),
        decision,
        ("accept", "reject") if kind is LINK else ("silence",),
        0.91 if kind is LINK else None,
    )


def some_findings() -> list[Finding]:
    """Five findings of three kinds."""
    kinds = (DEAD, ISLAND, LINK, LINK)
    return [*(finding(number, kind) for number, kind in enumerate(kinds)), finding(9, ISLAND, "", None)]


def hostile_findings() -> list[Finding]:
    """One finding an attack, in message, quotes, page and decision."""
    return [finding(number, LINK, text, f"pages/{text}.md") for number, text in enumerate(ATTACKS)]
