"""What is missing or wrong in a glossary, apart from hyperlinks to set: one finding a place, each with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from nutrigraph.graph_builder.decisions import REFUSING, Decision
from nutrigraph.project import GapSettings
from nutrigraph.queries import (
    concept_gaps,
    definition_gaps,
    gap,
    link_gaps,
    related_term_gaps,
    review_gaps,
    statement_gaps,
)
from nutrigraph.queries.gap import KINDS, SEVERITIES, Gap, check_kinds, fold
from nutrigraph.queries.site import Site

_Check = Callable[[Site, GapSettings, date], Iterable[Gap]]
_CHECKS: Final[tuple[tuple[tuple[str, ...], _Check], ...]] = (
    ((gap.DEAD_LINK,), lambda site, *_: link_gaps.dead_links(site)),
    ((gap.PAGE_WITHOUT_INLINKS, gap.PAGE_WITHOUT_OUTLINKS), lambda site, *_: link_gaps.pages_without_links(site)),
    ((gap.ISLAND,), lambda site, *_: link_gaps.islands(site)),
    ((gap.MISSING_REVIEWER, gap.MISSING_REVIEW_DATE), lambda site, *_: review_gaps.reviews(site.store)),
    ((gap.OUTDATED_REVIEW,), lambda site, settings, today: _outdated(site, settings, today)),
    ((gap.MISSING_STRUCTURED_DATA,), lambda site, *_: review_gaps.structured_data(site)),
    ((gap.CONTRADICTION,), lambda site, *_: statement_gaps.contradictions(site)),
    ((gap.HEDGED_AND_ASSERTED,), lambda site, *_: statement_gaps.hedged_and_asserted(site)),
    ((gap.CIRCULAR_HIERARCHY,), lambda site, *_: statement_gaps.circles(site)),
    ((gap.MISSING_ON_OWN_PAGE,), lambda site, *_: statement_gaps.missing_on_own_page(site)),
    ((gap.STATEMENT_TO_REVIEW,), lambda site, *_: statement_gaps.to_review(site)),
    ((gap.UNKNOWN_TERM,), lambda site, *_: statement_gaps.unknown_terms(site)),
    ((gap.CONCEPT_WITHOUT_PAGE,), lambda site, settings, _: concept_gaps.without_page(site, settings.min_pages)),
    ((gap.MISSING_FROM_GLOSSARY,), lambda site, *_: concept_gaps.missing_from_glossary(site)),
    ((gap.UNSUPPORTED_RELATED_TERM, gap.ONE_WAY_RELATED_TERM), lambda site, *_: related_term_gaps.related_terms(site)),
    ((gap.DUPLICATE_PAGE,), lambda site, *_: definition_gaps.duplicate_pages(site)),
    ((gap.SHARED_NAME,), lambda site, *_: definition_gaps.shared_names(site)),
    ((gap.PAGE_WITHOUT_DEFINITION,), lambda site, *_: definition_gaps.without_definition(site)),
    ((gap.CONFLICTING_DEFINITION, gap.DUPLICATE_DEFINITION), lambda site, *_: definition_gaps.definitions(site)),
    ((gap.USED_BEFORE_DEFINED,), lambda site, *_: definition_gaps.used_before_defined(site)),
)
"""Which kinds each check finds."""


def find_gaps(
    site: Site, settings: GapSettings, decisions: Sequence[Decision] = (), today: date | None = None
) -> list[Gap]:
    """Every gap of the kinds that are on, without those that people silenced: the gravest first, then by kind (the
    order of KINDS), most demand first. `today` decides how old reviews are. QueryError for a kind there is not."""
    check_kinds(settings.off, "nutrigraph.toml, [gaps] off")
    kinds = list(KINDS)
    found = [one for one in _found(site, settings, today or date.today()) if one.kind not in settings.off]
    order = sorted(
        found, key=lambda one: (SEVERITIES.index(one.severity), kinds.index(one.kind), one.rank, one.page or "")
    )
    silenced = _silenced(order, decisions)
    return [one for one in order if one.id not in silenced]


def _found(site: Site, settings: GapSettings, today: date) -> Iterator[Gap]:
    for kinds, check in _CHECKS:
        if not set(kinds) <= set(settings.off):
            yield from check(site, settings, today)


def _outdated(site: Site, settings: GapSettings, today: date) -> Iterable[Gap]:
    months = settings.max_review_age
    return review_gaps.outdated_reviews(site.store, months, today) if months else ()


def _silenced(gaps: Sequence[Gap], decisions: Sequence[Decision]) -> set[str]:
    """The ids of the gaps that people silenced: by id, or else (a page was renamed, say, or the wording changed) by
    kind, page, concept and detail (the target of a dead link, say), if these lead to one gap."""
    ids = {one.id for one in gaps}
    alike = Counter(_place(one) for one in gaps)
    by_place = {_place(one): one.id for one in gaps}
    silenced: set[str] = set()
    for decision in decisions:
        if decision.kind != "gap" or decision.decision not in REFUSING:
            continue
        place = (decision.predicate, decision.page, fold(decision.subject), fold(decision.object))
        if decision.id in ids:
            silenced.add(decision.id)
        elif alike[place] == 1:
            silenced.add(by_place[place])
    return silenced


def _place(one: Gap) -> tuple[str, str, str, str]:
    return one.kind, one.page or "", fold(one.concept.label if one.concept else ""), fold(one.detail)
