"""What the bylines and biographies of an HTML page say: who wrote and reviewed it, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.document import Block, BlockKind, Metadata, Reviewer, Text
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_tree import Element
from nutrigraph.graph_builder.main_content import Part
from nutrigraph.graph_builder.plain_text import is_heading
from nutrigraph.graph_builder.sections import arrange

_BY = re.compile(r"(?:written )?by\s*:?\s+", re.IGNORECASE)
_BETWEEN_BYLINES = re.compile(r"\s+[|·•—–]\s+|\s*\|\s*")


def read_bylines(lines: Sequence[Line], parts: Sequence[Part]) -> Metadata:
    """What the lines about people say: who wrote and reviewed the page, and when."""
    said: list[Block] = []
    author: str | None = None
    reviewer: Reviewer | None = None
    for line, part in zip(lines, parts, strict=True):
        if part is Part.FURNITURE:
            found = furniture.line(line.words) if "eviewed" in line.words else None
            if found is not None and found.role is Role.REVIEWER and found.person:
                reviewer = reviewer or found.person
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
        reviewed=arranged.reviewed or dates.get("reviewed"),
        published=arranged.published or dates.get("published"),
        modified=arranged.modified or dates.get("modified"),
    )


def _is_byline(words: str) -> bool:
    """Whether a line of the content is made of several bylines."""
    if len(words) > 300 or not _BETWEEN_BYLINES.search(words):
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
    """The dates in <time> elements of bylines."""
    found: dict[str, str] = {}
    for line, part in zip(lines, parts, strict=True):
        if part is Part.FURNITURE or len(line.words) > 200:
            continue
        for element, _, _ in line.pieces:
            if element.name != "time":
                continue
            date = iso_date(element.attributes.get("datetime", "")[:10])
            words = (element.attributes.get("class", "") + " " + line.words).lower()
            told = [event for event, cue in (("reviewed", "review"), ("modified", "updat"), ("modified", "modif"),
                                             ("published", "publish")) if cue in words]  # fmt: skip
            if date and (told or part is Part.PEOPLE):
                found.setdefault(told[0] if told else "published", date)
    return found
