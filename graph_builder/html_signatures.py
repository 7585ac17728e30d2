"""The author of an HTML page where nothing says "by": a name beside a date below the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import begins_with_credential, person
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_byline_parts import date_in, has_credentials, is_full_name, parted
from nutrigraph.graph_builder.html_lines import Line

_LONGEST = 120
_BELOW_TITLE = 5
"""Lines below the title of a page in which it is signed."""
_BESIDE = 2
"""Words from a name to a date that is beside it: a dot or how long it takes to read may stand between."""
_OF_PERSON = re.compile(r"/(?:authors?|people|person|team|staff|profiles?|contributors?|writers?|experts?|bio)/|/@")


def signature(source: str, lines: Sequence[Line], title: int) -> str | None:
    """The name that a page is signed with. Topics and sections of a site stand there too: a name has credentials, is
    linked to a person's page, comes again before a biography, or is made of words that are nothing but names."""
    below = [
        (words, line)
        for line in lines[title + 1 : title + 1 + _BELOW_TITLE]
        if len(line.words) < _LONGEST
        for words in parted(source, line)
    ]
    dates = [number for number, (words, _) in enumerate(below) if date_in(words)]
    for number, (words, line) in enumerate(below):
        if not any(abs(number - date) <= _BESIDE for date in dates) or not is_full_name(words):
            continue
        if number and _awaits_name(below[number - 1][0]):
            continue
        someone = person(words)
        if someone is not None and (
            has_credentials(words) or _leads_to_person(line) or _is_told_of(someone.name, lines[title + 1 :])
            or _is_only_name(someone.name, line, lines)
        ):  # fmt: skip
            return someone.name
    return None


def _awaits_name(words: str) -> bool:
    """Whether words are a label that says whose name follows."""
    found = furniture.line(words)
    return found is not None and found.role in (Role.REVIEWER, Role.AUTHOR) and found.person is None


def _leads_to_person(line: Line) -> bool:
    links = {element.link for element, _, _ in line.pieces if element.link is not None}
    return any(_OF_PERSON.search(link.attributes.get("href", "")) for link in links)


def _is_told_of(name: str, lines: Sequence[Line]) -> bool:
    """Whether a line is the name and the next one tells of the person."""
    return any(
        line.words.startswith(name)
        and len(line.words) < _LONGEST
        and (following.words.startswith(name.split()[0] + " ") or begins_with_credential(following.words))
        for line, following in pairwise(lines)
    )


def _is_only_name(name: str, line: Line, lines: Sequence[Line]) -> bool:
    """Whether the words of a name that leads nowhere stand in no sentence of the page, and in no menu."""
    if line.linked or any(other.linked and other.words == name for other in lines):
        return False
    wanted = {word.lower() for word in name.split() if word[0].isupper()}
    return not any(wanted & set(other.words.split()) for other in lines)
