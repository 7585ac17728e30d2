"""What furniture leaves behind: its titles, and the small print below it."""

from __future__ import annotations

from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_measured import MeasuredPage, Part
from nutrigraph.graph_builder.html_tree import HEADINGS, LISTED, Element

_SHORT = 80
"""Characters of a title, and of a line of small print."""
_LISTED = LISTED | frozenset("figcaption caption pre summary".split())


def leave_out_leftovers(page: MeasuredPage) -> None:
    """The titles of what was left out, and short lines after it at the end of the page."""
    for number in page.left():
        is_before = page.parts[number + 1 : number + 2] == [Part.FURNITURE]
        if is_before and _may_be_left(page, number, page.lines[number]) and _heads_nothing(page, number):
            page.parts[number] = Part.FURNITURE
    _leave_out_last_lines(page)
    page.count()


def _may_be_left(page: MeasuredPage, number: int, line: Line) -> bool:
    return (
        len(line.words) < _SHORT
        and not line.words.endswith((".", "!", ":"))
        and (not line.words.endswith("?") or line.holder.number in page.headings)
        and number not in page.titles
        and line.holder.name not in _LISTED
        and not page.is_related(number)
    )


def _heads_nothing(page: MeasuredPage, number: int) -> bool:
    """Whether all that a line heads was left out: up to the next heading, or to the end of the box that it begins."""
    after = number + 1
    while after < len(page.lines) and page.parts[after] is Part.FURNITURE:
        after += 1
    holder = page.lines[number].holder
    if holder.number in page.headings:
        if after == len(page.lines):
            return True
        following = page.lines[after].holder
        return following.number in page.headings and _level(following) <= _level(holder)
    while holder.parent is not None and page.ranges[holder.number][0] == number:
        if number + 1 < page.ranges[holder.number][1] <= after:
            return True
        holder = holder.parent
    return False


def _level(element: Element | None) -> int:
    """Of the heading that an element stands in."""
    while element is not None and element.name not in HEADINGS:
        element = element.parent
    return int(element.name[1]) if element is not None else 0


def _leave_out_last_lines(page: MeasuredPage) -> None:
    """Short lines that say nothing, after furniture, with which a page ends."""
    number = len(page.lines) - 1
    last = number
    while number >= 0:
        if page.parts[number] is Part.CONTENT:
            is_heading = page.lines[number].holder.number in page.headings
            if is_heading or not _may_be_left(page, number, page.lines[number]):
                return
            if not page.lines[number].words[-1].isascii():
                return
        elif page.parts[number] is Part.FURNITURE:
            for one in range(number, last + 1):
                if page.parts[one] is Part.CONTENT:
                    page.parts[one] = Part.FURNITURE
            last = number
        number -= 1
