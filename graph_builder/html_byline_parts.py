"""A line of bylines taken apart: names, dates and how long it takes to read, as layouts set them beside each other."""

from __future__ import annotations

import html
import re

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import begins_with_credential, iso_date, looks_like_person, person
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_tree import Element

_BETWEEN = re.compile(rf"\s+[|·•—–/]\s+|\s*\|\s*|{furniture.BEFORE_DATE}", re.IGNORECASE)
_ROLES = (Role.REVIEWER, Role.AUTHOR, Role.DATE)
_LONGEST = 300
_MOST_NAMES = 4
_MOST_TITLES = 3
"""Words of one of the credentials after a name."""


def parted(source: str, line: Line) -> list[str]:
    """What a line says, parted at line breaks, between elements whose words touch, and at bars and dots.

    Layouts set elements apart that the source does not: "<span>Jane Roe</span><span>May 3, 2024</span>".
    """
    if len(line.words) > _LONGEST:
        return [line.words]
    if len(line.pieces) == 1:
        return [words for words in _BETWEEN.split(line.words) if words]
    found = [""]
    last: Element | None = None
    for element, start, end in line.pieces:
        piece = html.unescape(source[start:end])
        touch = element is not last and found[-1][-1:].isalnum() and (piece[:1].isupper() or piece[:1].isdigit())
        if element.name == "br" or touch:
            found.append("")
        if element.name != "br":
            found[-1] += piece
        last = element
    whole = (" ".join(words.split()) for words in found)
    return [words for one in whole for words in _BETWEEN.split(one) if words]


def is_byline(said: list[str]) -> bool:
    """Whether what a line says begins with a byline, or is made of them."""
    if _is_signed(said[0]):
        return True
    return any(map(_is_signed, said)) and all(map(may_stand_in_byline, said))


def may_stand_in_byline(words: str) -> bool:
    """Whether words may stand in a line of bylines: one, a date, a name with credentials, how long it takes to read."""
    return furniture.line(words) is not None or iso_date(words) is not None or has_credentials(words)


def date_in(words: str) -> str | None:
    """The date that words are or that they give after "Published on" or the like."""
    date = iso_date(words)
    if date is None and (found := furniture.line(words)) is not None:
        date = found.date
    return date


def is_full_name(words: str) -> bool:
    """Whether words may be the whole name of a person, perhaps with credentials."""
    names, *titles = (part.split() for part in words.split(","))
    if not 2 <= len(names) <= _MOST_NAMES or not looks_like_person(words) or any(len(t) > _MOST_TITLES for t in titles):
        return False
    return iso_date(words) is None and furniture.line(words) is None


def has_credentials(words: str) -> bool:
    """Whether words are the name of a person with credentials that people have: "Jane Roe, RD"."""
    someone = person(words) if is_full_name(words) else None
    return someone is not None and any(map(begins_with_credential, someone.credentials))


def _is_signed(words: str) -> bool:
    found = furniture.line(words)
    return found is not None and found.role in _ROLES
