"""A gap: one thing that is missing or wrong, and the kinds there are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from nutrigraph.queries.statements import ConceptRef, Evidence

CONCEPT_WITHOUT_PAGE: Final = "concept-without-page"
UNKNOWN_TERM: Final = "unknown-term"
PAGE_WITHOUT_INLINKS: Final = "page-without-inlinks"
PAGE_WITHOUT_OUTLINKS: Final = "page-without-outlinks"
ISLAND: Final = "island"
DEAD_LINK: Final = "dead-link"
MISSING_REVIEWER: Final = "missing-reviewer"
MISSING_REVIEW_DATE: Final = "missing-review-date"
STATEMENT_TO_REVIEW: Final = "statement-to-review"
UNSUPPORTED_RELATED_TERM: Final = "unsupported-related-term"
ONE_WAY_RELATED_TERM: Final = "one-way-related-term"

KINDS: Final[dict[str, str]] = {
    DEAD_LINK: "A hyperlink leads to a page of this site that is not there.",
    STATEMENT_TO_REVIEW: "What a page says is held back or flagged, and nobody has decided on it.",
    ISLAND: "Pages that neither hyperlinks nor what they say tie to the rest.",
    PAGE_WITHOUT_INLINKS: "No other page links to a page.",
    PAGE_WITHOUT_OUTLINKS: "A page links to no other page.",
    CONCEPT_WITHOUT_PAGE: "Pages name a concept that no page is about.",
    UNKNOWN_TERM: "A page says something about a term that no vocabulary knows.",
    MISSING_REVIEWER: "A page does not say who reviewed it.",
    MISSING_REVIEW_DATE: "A page says who reviewed it and not when.",
    UNSUPPORTED_RELATED_TERM: "A page lists a related term, and no sentence says how the two are related.",
    ONE_WAY_RELATED_TERM: "A page lists a related term whose own page does not list it in return.",
}
"""Every kind of gap, in the order of reports."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `start` and `end` count code points of the page's source, `text` is the words there."""

    page: str
    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, object]:
        return {"page": self.page, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or wrong. `severity` is error, warning or info; `message` says why it matters and what
    to do; `detail` tells apart gaps of one kind, page and concept; `rank` orders those of one kind."""

    kind: str
    severity: str
    message: str
    concept: ConceptRef | None = None
    page: str | None = None
    evidence: tuple[Evidence | Place, ...] = ()
    detail: str = ""
    rank: tuple[int, str] = field(default=(0, ""), compare=False)

    @property
    def id(self) -> str:
        """16 hexadecimal digits of a hash of kind, page, the concept's label and detail; never of IRIs."""
        label = self.concept.label if self.concept else ""
        content = "\x1f".join(("gap", self.kind, self.page or "", fold(label), self.detail))
        return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]

    def as_json(self) -> dict[str, object]:
        """The shape that `gaps --format json` prints."""
        return {
            "id": self.id,
            "kind": self.kind,
            "severity": self.severity,
            "concept": self.concept.as_json() if self.concept else None,
            "page": self.page,
            "message": self.message,
            "evidence": [place.as_json() for place in self.evidence],
        }


def fold(text: str) -> str:
    """Words for comparing: case and white space folded."""
    return " ".join(text.split()).casefold()
