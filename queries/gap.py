"""A gap: one thing that is missing or wrong, and the kinds there are."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.queries.statements import ConceptRef, Evidence

ERROR: Final = "error"
WARNING: Final = "warning"
INFO: Final = "info"
SEVERITIES: Final = (ERROR, WARNING, INFO)
"""From the gravest on: what readers run into, what misleads them, what could be better."""

DEAD_LINK: Final = "dead-link"
CONTRADICTION: Final = "contradiction"
CIRCULAR_HIERARCHY: Final = "circular-hierarchy"
DUPLICATE_PAGE: Final = "duplicate-page"
SHARED_NAME: Final = "shared-name"
CONFLICTING_DEFINITION: Final = "conflicting-definition"
STATEMENT_TO_REVIEW: Final = "statement-to-review"
ISLAND: Final = "island"
PAGE_WITHOUT_INLINKS: Final = "page-without-inlinks"
CONCEPT_WITHOUT_PAGE: Final = "concept-without-page"
PAGE_WITHOUT_DEFINITION: Final = "page-without-definition"
MISSING_REVIEWER: Final = "missing-reviewer"
OUTDATED_REVIEW: Final = "outdated-review"
HEDGED_AND_ASSERTED: Final = "hedged-and-asserted"
MISSING_ON_OWN_PAGE: Final = "missing-on-own-page"
DUPLICATE_DEFINITION: Final = "duplicate-definition"
USED_BEFORE_DEFINED: Final = "used-before-defined"
MISSING_FROM_GLOSSARY: Final = "missing-from-glossary"
UNKNOWN_TERM: Final = "unknown-term"
PAGE_WITHOUT_OUTLINKS: Final = "page-without-outlinks"
MISSING_REVIEW_DATE: Final = "missing-review-date"
MISSING_STRUCTURED_DATA: Final = "missing-structured-data"
UNSUPPORTED_RELATED_TERM: Final = "unsupported-related-term"
ONE_WAY_RELATED_TERM: Final = "one-way-related-term"


@dataclass(frozen=True, slots=True)
class GapKind:
    """A kind of gap: `severity` is error, warning or info; `title` says what is found, `why` why it matters, `remedy`
    what to do."""

    name: str
    severity: str
    title: str
    why: str
    remedy: str


KINDS: Final[dict[str, GapKind]] = {
    kind.name: kind
    for kind in (
        GapKind(
            DEAD_LINK, ERROR,
            "A hyperlink leads to a page of this site that is not there.",
            "Readers who follow it end at an error.",
            "Correct the address, write the page, or remove the link.",
        ),
        GapKind(
            CONTRADICTION, WARNING,
            "Two sentences contradict each other.",
            "Readers of both pages do not know what to believe, and neither sentence can be quoted.",
            "Find out which is right and correct the other; reject a statement that was misread.",
        ),
        GapKind(
            CIRCULAR_HIERARCHY, WARNING,
            "Concepts are kinds of each other.",
            "Nothing can be a kind of something that is a kind of it: at least one sentence is wrong.",
            "Correct the sentence that is wrong, or reject its statement.",
        ),
        GapKind(
            DUPLICATE_PAGE, WARNING,
            "Two pages are about one concept.",
            "Nobody knows which to link to, and the two drift apart.",
            "Merge them, or say in the titles what differs.",
        ),
        GapKind(
            SHARED_NAME, WARNING,
            "Two pages claim the same name.",
            "A reader who searches for it, and a link that is set for it, may end at the wrong one.",
            "Take the name off one of the pages, or make it longer.",
        ),
        GapKind(
            CONFLICTING_DEFINITION, WARNING,
            "Two pages define a concept as two different kinds of thing.",
            "At most one of the definitions can be right.",
            "Correct one of them.",
        ),
        GapKind(
            STATEMENT_TO_REVIEW, WARNING,
            "A page calls two different things by one name, or denies what a person has accepted.",
            "The statement is held back and not shown until a person decides.",
            "Correct the sentence, or accept or reject the statement (nutrigraph review).",
        ),
        GapKind(
            ISLAND, WARNING,
            "A few pages link to each other and are tied to no other page.",
            "Readers of the rest never come across them, and theirs never leave.",
            "Set the link that is named, or another one between them and the rest.",
        ),
        GapKind(
            PAGE_WITHOUT_INLINKS, WARNING,
            "No other page links to a page.",
            "Readers of the glossary do not come across it.",
            "Link to it where other pages name it (nutrigraph links).",
        ),
        GapKind(
            CONCEPT_WITHOUT_PAGE, WARNING,
            "Pages name a concept that no page is about.",
            "Readers who do not know it cannot look it up. Those asked for most come first.",
            "Write a page with that title; silence what the glossary is not about.",
        ),
        GapKind(
            PAGE_WITHOUT_DEFINITION, WARNING,
            "A page has a title and no sentence.",
            "Readers who come for a definition find none.",
            "Write what the term means, or remove the page.",
        ),
        GapKind(
            MISSING_REVIEWER, WARNING,
            "A page does not say who reviewed it.",
            "None of its statements can show a reviewer, and readers have no reason to trust them.",
            "Have it reviewed, and name the person on the page.",
        ),
        GapKind(
            OUTDATED_REVIEW, WARNING,
            "A page was last reviewed longer ago than the project allows.",
            "What was right then may not be now.",
            "Have it reviewed again, and put the new date on the page.",
        ),
        GapKind(
            HEDGED_AND_ASSERTED, INFO,
            "One sentence says plainly what another one says with “may”.",
            "Readers cannot tell how sure it is.",
            "Say it in one way on all pages, or say what differs.",
        ),
        GapKind(
            MISSING_ON_OWN_PAGE, INFO,
            "Another page says something of a concept that its own page says nothing of.",
            "Readers look for it on the concept's own page.",
            "Add it there, with its source, if it is right and worth saying.",
        ),
        GapKind(
            DUPLICATE_DEFINITION, INFO,
            "A page defines a concept that has a page of its own.",
            "Two definitions of one thing drift apart.",
            "Keep the one on its own page and link to it.",
        ),
        GapKind(
            USED_BEFORE_DEFINED, INFO,
            "A page uses an abbreviation before it says what that stands for.",
            "Readers stumble where they first meet it.",
            "Write it out where it first stands.",
        ),
        GapKind(
            MISSING_FROM_GLOSSARY, INFO,
            "A vocabulary knows more of a group than the glossary has pages about.",
            "Readers expect a group to be complete.",
            "Write the pages that belong here; silence this if the glossary leaves them out on purpose.",
        ),
        GapKind(
            UNKNOWN_TERM, INFO,
            "A page says something about a term that no vocabulary knows.",
            "It is recognised nowhere else, so nothing else can be said of it.",
            "Add it to a vocabulary of the project, or write a page with that title.",
        ),
        GapKind(
            PAGE_WITHOUT_OUTLINKS, INFO,
            "A page links to no other page.",
            "Its readers have nowhere to go on.",
            "Link the concepts it names to their pages (nutrigraph links).",
        ),
        GapKind(
            MISSING_REVIEW_DATE, INFO,
            "A page says who reviewed it and not when.",
            "Nobody can tell whether the review is still good.",
            "Add the date of the review.",
        ),
        GapKind(
            MISSING_STRUCTURED_DATA, INFO,
            "A web page carries no structured data.",
            "Search engines and other programs have to guess what it is about and who reviewed it.",
            "Put schema.org JSON-LD into it (nutrigraph embed writes it).",
        ),
        GapKind(
            UNSUPPORTED_RELATED_TERM, INFO,
            "A page lists a related term, and nothing in the text ties the two.",
            "Readers cannot see why they are sent there.",
            "Say in a sentence how the two are related, or take the term off the list.",
        ),
        GapKind(
            ONE_WAY_RELATED_TERM, INFO,
            "A page lists a related term whose own page lists others and not this one.",
            "Readers there are not led back.",
            "Add it there, if the two are worth comparing.",
        ),
    )
}  # fmt: skip
"""Every kind of gap by name, in the order of reports: the most useful first."""


def check_kinds(names: Iterable[str], where: str) -> None:
    """QueryError, naming `where` they stand, if one of the names is no kind of gap."""
    for name in names:
        if name not in KINDS:
            near = difflib.get_close_matches(name, KINDS, n=1)
            hint = f' Did you mean "{near[0]}"?' if near else f" Known: {', '.join(KINDS)}."
            raise QueryError(f'{where}: there is no kind of gap "{name}".{hint}')


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
    """One thing that is missing or wrong. `message` says what, and what to do; `detail` tells apart gaps of one kind,
    page and concept; `rank` orders those of one kind."""

    kind: str
    message: str
    concept: ConceptRef | None = None
    page: str | None = None
    evidence: tuple[Evidence | Place, ...] = ()
    detail: str = ""
    rank: tuple[float, str] = field(default=(0, ""), compare=False)

    @property
    def severity(self) -> str:
        """error, warning or info."""
        return KINDS[self.kind].severity

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
