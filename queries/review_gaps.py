"""Gaps in who reviewed a page and when, and in what a web page says about itself to programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from nutrigraph.ontology.namespaces import NGO, SCHEMA
from nutrigraph.queries.gap import (
    MISSING_REVIEW_DATE,
    MISSING_REVIEWER,
    MISSING_STRUCTURED_DATA,
    OUTDATED_REVIEW,
    Gap,
)
from nutrigraph.queries.site import Site
from nutrigraph.store import Store

_REVIEWS: Final = f"""SELECT ?path ?reviewer ?date WHERE {{
  GRAPH ?page {{ ?page <{NGO}path> ?path }}
  OPTIONAL {{ GRAPH ?page {{ ?page <{SCHEMA}reviewedBy> ?reviewer }} }}
  OPTIONAL {{ GRAPH ?page {{ ?page <{SCHEMA}lastReviewed> ?date }} }}
}}"""
_STRUCTURED: Final = re.compile(
    r"<script[^>]{0,200}application/ld\+json|<[a-z][^>]{0,2000}\sitem(?:type|scope)\b|<[a-z][^>]{0,2000}\stypeof\s*=",
    re.IGNORECASE,
)


def reviews(store: Store) -> Iterator[Gap]:
    """Pages without a reviewer, and pages with one and without a date. One finding where no page has a reviewer."""
    rows = sorted({(str(path), reviewer or "", date or "") for path, reviewer, date in store.rows(_REVIEWS)})
    if len(rows) > 1 and not any(reviewer for _, reviewer, _ in rows):
        yield Gap(
            MISSING_REVIEWER,
            f"None of the {len(rows)} pages says who reviewed it. Name the reviewers on the pages; if there are "
            f'none, switch this kind off in nutrigraph.toml: [gaps] off = ["{MISSING_REVIEWER}"].',
        )
        return
    for path, reviewer, day in rows:
        if not reviewer:
            yield Gap(
                MISSING_REVIEWER,
                "The page does not say who reviewed it, so none of its statements can show a reviewer. "
                "Have it reviewed, and name the person on the page.",
                page=path,
                rank=(0, path),
            )
        elif not day:
            yield Gap(
                MISSING_REVIEW_DATE,
                "The page says who reviewed it and not when, so nobody can tell whether the review is still good. "
                "Add the date of the review.",
                page=path,
                rank=(0, path),
            )


def outdated_reviews(store: Store, months: int, today: date) -> Iterator[Gap]:
    """Pages whose review is more than `months` old on the day `today`. A date of which only the year or the month is
    known counts from its end; one that cannot be understood is passed over."""
    for path, _, day in sorted(
        {(str(path), reviewer or "", day or "") for path, reviewer, day in store.rows(_REVIEWS)}
    ):
        reviewed = _latest(day)
        if reviewed is None:
            continue
        age = (today.year - reviewed.year) * 12 + today.month - reviewed.month - (today.day < reviewed.day)
        if age >= months:
            yield Gap(
                OUTDATED_REVIEW,
                f"The last review is of {day}, {_years(age)} ago; the project allows {_years(months)}. "
                "Have the page reviewed again, and put the new date on it.",
                page=path,
                rank=(-age, path),
            )


def _latest(day: str) -> date | None:
    """The last day that a date such as "2021", "2021-03" or "2021-03-17" may mean."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", day, re.ASCII)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 12), int(found[3] or 28))
    except ValueError:
        return None


def _years(months: int) -> str:
    if months < 24:
        return f"{months} month{'s' * (months != 1)}"
    years, rest = divmod(months, 12)
    return f"{years} years" + (f" and {rest} month{'s' * (rest > 1)}" if rest else "")


def structured_data(site: Site) -> Iterator[Gap]:
    """Web pages without JSON-LD, microdata or RDFa."""
    for page in site.pages:
        document = site.documents.get(page.path)
        if document and page.path.lower().endswith((".html", ".htm")) and not _STRUCTURED.search(document.source):
            yield Gap(
                MISSING_STRUCTURED_DATA,
                "The page carries no structured data (JSON-LD, microdata or RDFa), so programs have to guess what it "
                "is about and who reviewed it. Put schema.org JSON-LD into it.",
                page=page.path,
                rank=(0, page.path),
            )
