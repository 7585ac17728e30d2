"""What the bylines and biographies of an HTML page say: who wrote and reviewed it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.document import Block, BlockKind, Metadata, Reviewer, Text
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_measured import Part
from nutrigraph.graph_builder.html_tree import Element
from nutrigraph.graph_builder.plain_text import is_heading
from nutrigraph.graph_builder.sections import arrange

_BY = re.compile(r"(?:written )?by\s*:?\s+", re.IGNORECASE)
_BETWEEN_BYLINES = re.compile(rf"\s+[|·•—–]\s+|\s*\|\s*|{furniture.BEFORE_DATE}", re.IGNORECASE)
_SIGNS = ("|", "·", "•", "—", "–", "eview", "pdate", "ublish")
"""One of them stands in a line of several bylines: a look for these is fast."""
_BYLINE_DATE = re.compile(
    r"(?:by|posted|published|submitted|written)\b.{1,80}?(?:[,|·•–—-]\s*|\bon\s+)(?P<date>.{6,40})", re.IGNORECASE
)
_DATING = re.compile(r"[\w-]*(?:date|time|publish|posted)[\w-]*", re.IGNORECASE)
_EVENTS = {"review": "reviewed", "updat": "modified", "modif": "modified", "publish": "published"}
_CUE = re.compile("|".join(_EVENTS), re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONGEST_DATE = 60
_ABOVE_TITLE, _BELOW_TITLE = 2, 5
"""Lines above and below the title of a page in which a date alone is that of the page."""


def read_bylines(lines: Sequence[Line], parts: Sequence[Part]) -> Metadata:
    """What the lines about people say: who wrote and reviewed the page, and when."""
    said: list[Block] = []
    author: str | None = None
    reviewer: Reviewer | None = None
    reviewed: str | None = None
    for line, part in zip(lines, parts, strict=True):
        if part is Part.FURNITURE:
            found = furniture.line(line.words) if "eviewed" in line.words else None
            if found is not None and found.role is Role.REVIEWER and found.person:
                reviewer = reviewer or found.person
                reviewed = reviewed or found.date
            continue
        if part is not Part.PEOPLE and not _is_byline(line.words):
            continue
        for words in _BETWEEN_BYLINES.split(line.words):
            heading = is_heading(words)
            said.append(Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, Text.verbatim(words, 0)))
        name = _BY.sub("", line.words)
        if part is Part.PEOPLE and looks_like_person(name) and len(name.split()) > 1:
            role = _role(line.holder)
            author = author or (name if role == "author" else None)
            reviewer = reviewer or (person(name) if role == "reviewer" else None)
    arranged = arrange(said, inferred=True)
    named = person(author) if author else None
    dates = _dates(lines, parts)
    return Metadata(
        title="",
        author=arranged.author or (named.name if named else None),
        reviewer=arranged.reviewer or reviewer,
        reviewed=arranged.reviewed or dates.get("reviewed") or reviewed,
        published=arranged.published or dates.get("published"),
        modified=arranged.modified or dates.get("modified"),
    )


def _is_byline(words: str) -> bool:
    """Whether a line of the content is made of several bylines."""
    if len(words) > 300 or not any(sign in words for sign in _SIGNS) or not _BETWEEN_BYLINES.search(words):
        return False
    found = furniture.line(_BETWEEN_BYLINES.split(words)[0])
    return found is not None and found.role in (Role.REVIEWER, Role.AUTHOR, Role.DATE)


def _role(element: Element | None) -> str | None:
    """Whose name an element holds, by the classes around it."""
    for _ in range(5):
        if element is None:
            return None
        written = element.written.lower()
        if "review" in written:
            return "reviewer"
        if any(word in written for word in ("author", "byline", "writer", "vcard")):
            return "author"
        element = element.parent
    return None


def _dates(lines: Sequence[Line], parts: Sequence[Part]) -> dict[str, str]:
    """The dates in <time> elements and in lines of their own, of bylines, beside the title, or after a label."""
    title = next(
        (n for n, line in enumerate(lines) if line.holder.name == "h1" and parts[n] is not Part.FURNITURE), None
    )
    found: dict[str, str] = {}
    label: str | None = None
    for number, (line, part) in enumerate(zip(lines, parts, strict=True)):
        if part is Part.FURNITURE or len(line.words) > 200:
            label = None
            continue
        beside = part is Part.PEOPLE or (title is not None and title - _ABOVE_TITLE <= number <= title + _BELOW_TITLE)
        for date, written in _times(line, labelled=label is not None, beside=beside):
            told = label or _told(written) or _told(line.words)
            if told or beside:
                found.setdefault(told or "published", date)
        label = furniture.dated(line.words)
    return found


def _told(words: str) -> str | None:
    """What happened on a date, by the first word that tells: "reviewed", "published" or "modified"."""
    found = _CUE.search(words)
    return _EVENTS[found[0].lower()] if found else None


def _times(line: Line, *, labelled: bool, beside: bool) -> Iterator[tuple[str, str]]:
    """The dates that a line gives for machines or as all its words, each with what the classes there say of it."""
    for element, _, _ in line.pieces:
        if element.name == "time" and (date := iso_date(element.attributes.get("datetime", "")[:10])):
            yield date, element.attributes.get("class", "")
    if beside:
        for words in _BETWEEN_BYLINES.split(line.words):
            if len(words) < len(line.words) and (date := iso_date(words)):
                yield date, ""
    if len(line.words) < _LONGEST_DATE and _DIGIT.search(line.words) and (date := iso_date(line.words)):
        written = " ".join([line.holder.written, *(element.written for element, _, _ in line.pieces[:3])])
        if labelled or beside or _DATING.search(written):
            yield date, " ".join(_DATING.findall(written))
    elif beside and (byline := _BYLINE_DATE.match(line.words)) and (date := iso_date(byline["date"])):
        yield date, ""
