"""Menus, lists of other pages and indexes of letters on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.html_measured import MeasuredPage, Part
from nutrigraph.graph_builder.html_tree import LISTED, Element

_CONTAINERS = frozenset("div section article aside ul ol dl table tbody tr td p li form fieldset center menu".split())
_LISTS = frozenset("ul ol dl table menu".split())
_MOSTLY_LINKS = 0.6
_ONLY_LINKS = 0.9
_HOLD_ALL = frozenset("body td div center form".split())
"""Elements that may hold all the text of a page, parted by line breaks."""
_TWO_LINKS = 0.75
"""The share of two links in a text that says no more."""
_LETTERS = re.compile(r"(?:(?:[A-Z]|#|0-9|All)\s*[|·•]?\s*){5,}")


def leave_out_links(page: MeasuredPage) -> None:
    before = [-1] * len(page.lines)
    """For each line the last one of the content before it."""
    last = -1
    for number, part in enumerate(page.parts):
        before[number] = last
        if part is Part.CONTENT:
            last = number
    prose = _with_prose(page)
    done = 0
    for element in page.shown:
        first, after = page.ranges[element.number]
        if after <= done or element.name not in _CONTAINERS or element is page.main:
            continue
        if element.name == "p" and page.main is not None and not _indexes_letters(page, first, after):
            continue
        if _lists_links(page, element, before, prose) or _indexes_letters(page, first, after):
            page.mark(element, Part.FURNITURE)
            done = after
    for number, line in enumerate(page.lines):
        only_links = page.links[number] > 1 and line.linked >= line.length * _ONLY_LINKS
        if only_links and line.holder.name in _HOLD_ALL and not _is_introduced(page, number, before[number]):
            page.parts[number] = Part.FURNITURE


def _with_prose(page: MeasuredPage) -> set[int]:
    """The numbers of the elements that hold a paragraph of the content themselves."""
    return {
        line.holder.parent.number
        for line, sentence, part in zip(page.lines, page.sentences, page.parts, strict=True)
        if sentence and part is Part.CONTENT and line.holder.name == "p" and line.holder.parent is not None
    }


def _indexes_letters(page: MeasuredPage, first: int, after: int) -> bool:
    """A B C … Z"""
    if after - first > 40:
        return False
    return _LETTERS.fullmatch(" ".join(line.words[:10] for line in page.lines[first:after])) is not None


def _lists_links(page: MeasuredPage, element: Element, before: Sequence[int], prose: set[int]) -> bool:
    """Whether nearly all that an element says are names of other pages, and nothing makes them part of the text."""
    first, after = page.ranges[element.number]
    _, linked, links, sentences, length = (count[after] - count[first] for count in page.counts)
    if links < 2 or sentences or linked < length * (_MOSTLY_LINKS if links > 2 else _TWO_LINKS):
        return False
    start = next(n for n in range(first, after) if page.parts[n] is Part.CONTENT)
    if _is_introduced(page, start, before[start]):
        return False
    if page.main is not None and _is_list_under_heading(page, first, after):
        return False
    # a list in the midst of paragraphs
    listed: Element | None = element if element.name in _LISTS else None
    above = element
    while listed is None and above.parent is not None and above.name in (*LISTED, "tr", "tbody"):
        above = above.parent
        listed = above if above.name in _LISTS else None
    return listed is None or listed.parent is None or listed.parent.number not in prose


def _is_introduced(page: MeasuredPage, number: int, before: int) -> bool:
    """Whether the lines from one on are related terms, or belong to the sentence with a colon before them."""
    if page.is_related(number):
        return True
    if before < 0:
        return False
    if page.is_related(before, alone=True):
        return True
    return page.lines[before].words.endswith(":") and furniture.line(page.lines[before].words) is None


def _is_list_under_heading(page: MeasuredPage, first: int, after: int) -> bool:
    """Whether some lines are a heading and a list, or one item or cell each."""
    if page.lines[first].holder.number not in page.headings:
        return False
    return all(line.holder.name in LISTED for line in page.lines[first + 1 : after])
