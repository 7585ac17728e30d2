"""What `links` does beside listing: writing hyperlinks into the pages, and measuring itself on the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nutrigraph.output import give_table, write_out
from nutrigraph.printing import json_text, paragraph, say, show, table, table_or_records

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.queries.link_measure import LinkHistory, LinkMeasure
    from nutrigraph.queries.links import LinkSuggestion

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def link_table(found: Iterable[LinkSuggestion]) -> str:
    """Suggestions for people: where, to what, at which words, and why."""
    rows = [
        (f"{one.probability:.2f}", f"{one.page}:{one.start}", one.target, one.text, "; ".join(one.reasons))
        for one in found
    ]
    return table_or_records(("prob.", "in", "to", "at the words", "because"), rows)


def fix_links(graph: KnowledgeGraph, found: Sequence[LinkSuggestion], *, dry_run: bool) -> None:
    """Writes the hyperlinks, or shows the diff; says what was left out and why."""
    from nutrigraph.graph_builder.reading import file_of
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
    count = sum(file_of(link.page) not in changed for link in fixes.written)
    files = len(fixes.files) - len(changed)
    say(f"{count} hyperlinks {'would be' if dry_run else 'are'} written into {files} files.")
    if count and not dry_run:
        say("They count from the next nutrigraph build on.")


def show_measure(graph: KnowledgeGraph, shape: str, output: Path | None) -> None:
    """Gives how well the site's own hyperlinks are found again."""
    measured, history = graph.measure_links(), graph.link_history()
    if shape == "json":
        shown = measured.as_json() | {"history": history.as_json() if history else None}
        write_out(graph, output, json_text([shown]))
    else:
        give_table(graph, output, "\n".join([*_measure_report(measured), *_history_report(history)]))


def _measure_report(measured: LinkMeasure) -> Iterator[str]:
    if not measured.links:
        yield "No page of the site links to another: there is nothing to hide and to find again."
        return
    yield f"{measured.links} links between pages were hidden, a fifth of the pages at a time, and looked for again.\n"
    rows = [
        (f"{row.threshold:.2f}", str(row.suggested), f"{row.precision:.2f}", f"{row.recall:.2f}")
        for row in measured.rows
    ]
    yield table(("from prob.", "suggested", "precision", "recall"), rows)
    bins = [
        (f"{b.lowest:.1f}-{b.highest:.1f}", str(b.suggested), f"{b.expected:.2f}", f"{b.linked:.2f}")
        for b in measured.bins
    ]
    yield "\n" + table(("prob.", "suggested", "said", "were links"), bins)
    yield f"\nExpected calibration error: {measured.calibration_error:.3f}\n"
    yield paragraph(_CAVEAT)


def _history_report(history: LinkHistory | None) -> Iterator[str]:
    yield ""
    if history is None:
        yield paragraph(
            "The pages have no history in git here, which would tell what of the suggestions editors set later."
        )
        return
    yield paragraph(
        f"Since {history.date} (commit {history.commit[:10]}) editors set {history.added} links between pages that "
        f"were there; {history.named} of them to what the page named already. What would have been suggested then:"
    )
    if history.added:
        rows = [(f"{row.threshold:.2f}", str(row.suggested), str(row.added)) for row in history.rows if row.suggested]
        yield "\n" + table(("from prob.", "suggested", "set since"), rows) + "\n"
        yield paragraph(_NOT_WRONG)


_NOT_WRONG = (
    "What they did not set is not wrong: nobody had these suggestions before their eyes, and pages wait long for links."
)
_CAVEAT = (
    "Editors leave good links out: a suggestion that they did not link counts as wrong here, and many of those are "
    "right. The real precision is higher than this one."
)
