"""What is missing or wrong in a glossary, apart from hyperlinks to set: one finding a place, each with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from nutrigraph.graph_builder.decisions import Decision
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.concept_gaps import concept_gaps
from nutrigraph.queries.gap import KINDS, Gap, fold
from nutrigraph.queries.page_gaps import page_gaps
from nutrigraph.store import Store

_SILENCING: Final = frozenset({"silence", "reject"})
_SEVERITIES: Final = ("error", "warning", "info")


def find_gaps(
    store: Store, pages: Sequence[PageRecord], decisions: Sequence[Decision] = (), base_url: str = ""
) -> list[Gap]:
    """Every gap that nobody has silenced: errors first, then by kind (the order of KINDS), most demand first.

    `pages` are those of the snapshot, `base_url` is the project's: hyperlinks below it must lead to pages.
    """
    found = [*page_gaps(store, pages, base_url), *concept_gaps(store, pages)]
    kinds = list(KINDS)
    order = sorted(found, key=lambda gap: (_SEVERITIES.index(gap.severity), kinds.index(gap.kind), gap.rank))
    silenced = _silenced(order, decisions)
    return [gap for gap in order if gap.id not in silenced]


def _silenced(gaps: Sequence[Gap], decisions: Sequence[Decision]) -> set[str]:
    """The ids of the gaps that people silenced: by id, or else (a page was renamed, say, or the wording changed) by
    kind, page, concept and detail (the target of a dead link, say), if these lead to one gap."""
    ids = {gap.id for gap in gaps}
    alike = Counter(_place(gap) for gap in gaps)
    by_place = {_place(gap): gap.id for gap in gaps}
    silenced: set[str] = set()
    for decision in decisions:
        if decision.kind != "gap" or decision.decision not in _SILENCING:
            continue
        place = (decision.predicate, decision.page, fold(decision.subject), fold(decision.object))
        if decision.id in ids:
            silenced.add(decision.id)
        elif alike[place] == 1:
            silenced.add(by_place[place])
    return silenced


def _place(gap: Gap) -> tuple[str, str, str, str]:
    return gap.kind, gap.page or "", fold(gap.concept.label if gap.concept else ""), fold(gap.detail)
