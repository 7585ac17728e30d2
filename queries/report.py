"""Findings for a report: gaps and missing hyperlinks as one kind of plain value, each with its words in their context
and what a line of review.tsv needs to decide on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from nutrigraph.graph_builder.document import Block, Document
from nutrigraph.graph_builder.reading import file_of
from nutrigraph.graph_builder.sentences import sentences
from nutrigraph.queries.gap import INFO, KINDS, Gap
from nutrigraph.queries.links import LinkSuggestion
from nutrigraph.queries.statements import Evidence

MISSING_LINK: Final = "missing-link"
_QUOTED: Final = 5
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: `title` says what is found, `help` why it matters and what to do."""

    name: str
    severity: str
    title: str
    help: str


@dataclass(frozen=True, slots=True)
class Region:
    """Where something stands in a page's file: lines and columns count from 1, columns in code points; `end_column` is
    the one behind the last character."""

    page: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def file(self) -> str:
        """The file that the page stands in."""
        return file_of(self.page)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page in the sentence they stand in; `marked` may be empty or all of it."""

    page: str
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `places` are where it shows, the main one first; `decision` are the columns of review.tsv by which
    it is known again, and `verdicts` what a person may decide."""

    id: str
    kind: FindingKind
    message: str
    page: str | None
    places: tuple[Region, ...]
    quotes: tuple[Quote, ...]
    decision: Mapping[str, str]
    verdicts: tuple[str, ...]
    probability: float | None = None


_LINK_KIND: Final = FindingKind(
    MISSING_LINK,
    INFO,
    "A page names a concept that has a page and does not link there.",
    "Readers who do not know it have to search. Link it (nutrigraph links --fix writes the links).",
)


def gap_findings(gaps: Iterable[Gap], documents: Mapping[str, Document]) -> list[Finding]:
    """The gaps as findings."""
    found: list[Finding] = []
    for gap in gaps:
        kind = KINDS[gap.kind]
        places = [(one.page, one.start, one.end) for one in gap.evidence]
        # the page that the finding is about comes first, with the evidence on it
        places.sort(key=lambda place: place[0] != gap.page)
        if gap.page and (not places or places[0][0] != gap.page):
            places.insert(0, (gap.page, 0, 0))
        shown = islice((one for one in gap.evidence if one.end > one.start), _QUOTED)
        quotes = [_quote(one, documents) for one in shown]
        label = gap.concept.label if gap.concept else ""
        found.append(
            Finding(
                gap.id,
                FindingKind(gap.kind, kind.severity, kind.title, f"{kind.why} {kind.remedy}"),
                gap.message,
                gap.page,
                tuple(_region(place, documents) for place in places),
                tuple(dict.fromkeys(quotes)),
                {"kind": "gap", "page": gap.page or "", "subject": label, "predicate": gap.kind, "object": gap.detail},
                ("silence",),
            )
        )
    return found


def link_findings(links: Iterable[LinkSuggestion], documents: Mapping[str, Document]) -> list[Finding]:
    """The missing hyperlinks as findings."""
    return [
        Finding(
            link.id,
            _LINK_KIND,
            f"“{link.text}” could link to {link.target} ({'; '.join(link.reasons)}).",
            link.page,
            (_region((link.page, link.start, link.end), documents),),
            (_marked(link.page, link.start, link.end, link.text, documents),),
            {"kind": "link", "page": link.page, "subject": link.text, "predicate": "", "object": link.target},
            ("accept", "reject"),
            link.probability,
        )
        for link in links
    ]


def _region(place: tuple[str, int, int], documents: Mapping[str, Document]) -> Region:
    page, start, end = place
    document = documents.get(page)
    if document is None or document.offset:  # the lines of an export are not at hand
        return Region(page, 1, 1, 1, 1)
    starts = _line_starts(document.source)
    line, last = (bisect_left(starts, at + 1) for at in (start, max(start, end)))
    return Region(page, line, start - starts[line - 1] + 1, last, max(start, end) - starts[last - 1] + 1)


@lru_cache(maxsize=64)  # the findings of a page come one after the other
def _line_starts(source: str) -> Sequence[int]:
    """Where the lines begin; a line ends with \\n, \\r\\n or \\r."""
    return [0, *(end.end() for end in _LINE_END.finditer(source))]


def _quote(evidence: object, documents: Mapping[str, Document]) -> Quote:
    if isinstance(evidence, Evidence):
        return Quote(evidence.page, evidence.quote_text, "", "")
    page, start, end, text = (getattr(evidence, name) for name in ("page", "start", "end", "text"))
    return _marked(page, start, end, text, documents)


def _marked(page: str, start: int, end: int, text: str, documents: Mapping[str, Document]) -> Quote:
    """The words at source[start:end] in their sentence; alone where the page has no text there."""
    document = documents.get(page)
    for block in document.blocks if document else ():
        visible = block.text.visible
        if visible and (span := _visible_span(block, start, end)):
            for first, last in sentences(visible):
                if first <= span[0] < last:
                    last = max(last, span[1])
                    return Quote(page, visible[first : span[0]], visible[span[0] : span[1]], visible[span[1] : last])
    return Quote(page, "", text, "")


def _visible_span(block: Block, start: int, end: int) -> tuple[int, int] | None:
    """Where source[start:end] stands in the block's visible text, if it does."""
    text = block.text
    whole = text.source_span(0, len(text.visible))
    if not whole[0] <= start < end <= whole[1]:
        return None
    places = range(len(text.visible))
    first = bisect_left(places, start, key=lambda at: text.source_span(at, at + 1)[0])
    last = bisect_left(places, end, key=lambda at: text.source_span(at, at + 1)[0])
    return (first, last) if first < last else None
