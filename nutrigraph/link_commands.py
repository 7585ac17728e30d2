"""What `links` does beside listing: writing hyperlinks into the pages, and measuring itself on the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nutrigraph.printing import paragraph, say, show, show_json, table

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.queries.links import LinkSuggestion

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def fix_links(graph: KnowledgeGraph, found: Sequence[LinkSuggestion], *, dry_run: bool) -> None:
    """Writes the hyperlinks, or shows the diff; says what was left out and why."""
    from nutrigraph.link_fixing import fix, write_fixes

    fixes = fix(graph, found)
    if dry_run:
        for file in fixes.files:
            show(_UNSAFE.sub("", file.diff()).rstrip("\n"))
    changed = [] if dry_run else write_fixes(graph, fixes)
    for path in changed:
        say(f"{path} was changed meanwhile and is left as it is.")
    reasons: dict[str, list[str]] = {}
    for suggestion, reason in fixes.left:
        if suggestion.page not in reasons.setdefault(reason, []):
            reasons[reason].append(suggestion.page)
    for reason, pages in reasons.items():
        say(paragraph(f"Left out on {', '.join(pages)}: {reason}.", "  ", ""))
    count = sum(link.page.partition("#")[0] not in changed for link in fixes.written)
    files = len(fixes.files) - len(changed)
    say(f"{count} hyperlinks {'would be' if dry_run else 'are'} written into {files} files.")
    if count and not dry_run:
        say("They count from the next nutrigraph build on.")


def show_measure(graph: KnowledgeGraph, shape: str) -> None:
    """Prints how well the site's own hyperlinks are found again."""
    measured = graph.measure_links()
    if shape == "json":
        show_json([measured.as_json()])
        return
    if not measured.links:
        show("No page of the site links to another: there is nothing to hide and to find again.")
        return
    show(f"{measured.links} links between pages were hidden, a fifth of the pages at a time, and looked for again.\n")
    rows = [
        (f"{row.threshold:.2f}", str(row.suggested), f"{row.precision:.2f}", f"{row.recall:.2f}")
        for row in measured.rows
    ]
    show(table(("from prob.", "suggested", "precision", "recall"), rows))
    show("")
    bins = [
        (f"{b.lowest:.1f}-{b.highest:.1f}", str(b.suggested), f"{b.expected:.2f}", f"{b.linked:.2f}")
        for b in measured.bins
    ]
    show(table(("prob.", "suggested", "said", "were links"), bins))
    show(f"\nExpected calibration error: {measured.calibration_error:.3f}\n")
    show(paragraph(_CAVEAT))


_CAVEAT = (
    "Editors leave good links out: a suggestion that they did not link counts as wrong here, and many of those are "
    "right. The real precision is higher than this one."
)
