"""Boxes of facts beside the text of an HTML page: "Key facts", an infobox. They stand where menus and offers stand, and
belong to what the page says: names of properties with their values, or short items, under a title that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_marks import Mark
from nutrigraph.graph_builder.html_measured import MeasuredPage, Part
from nutrigraph.graph_builder.html_tree import Element

_FACTS = int(Mark.FACTS)
_LONGEST = 200
"""Lines of a box."""
_LONGEST_TITLE = 60
_LONGEST_NAME = 40
"""Characters of the name of a property."""
_AROUND_TITLE = 5
"""Elements around a title of which one holds the box."""
_SHORT = 5
_PARTS = 2
_ROWS = 2
_UNTITLED_ROWS = 3
_MOST_LINKED = 0.5
_BESIDES = 0.25
"""The share of lines that are no row, such as what a picture in the box shows."""
_TITLE = re.compile(
    r"\b(?:facts?(?: (?:box|file|sheet))?|at a glance|in brief|key (?:points|information|data))\b", re.IGNORECASE
)
_SAYS_NOTHING = frozenset(
    "a about an and at basic box brief data essential fact fast file for glance important in information key main "
    "nutrition nutritional of on point quick sheet some the".split()
)
_NAMED_VALUE = re.compile(rf"[^:.?!]{{2,{_LONGEST_NAME}}}: ?\S")
_OF_THE_SITE = re.compile(
    r"\b(?:our|we|us|your|my)\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b\d{1,2}[:.]\d\d ?[-–—] ?\d{1,2}[:.]\d\d\b"
    r"|\bopen(?:ing)? (?:hours|times)\b|(?:phone|tel|e-?mail|fax|price|cost)\b",
    re.IGNORECASE,
)
"""What tells of a shop or a practice rather than of the subject: offers, hours, how to reach it."""
_REACHES = ("tel:", "mailto:")
_ELSEWHERE = frozenset("nav footer dialog form".split())


def fact_boxes(page: MeasuredPage) -> list[tuple[int, int]]:
    """The spans of lines of the boxes of facts among what was left out of a page."""
    found: list[tuple[int, int]] = []
    subject = frozenset(_words(page.lines[page.titles[0]].words)) if page.titles else frozenset[str]()
    for number, line in enumerate(page.lines):
        if page.parts[number] is Part.FURNITURE and (not found or number >= found[-1][1]):
            box = _titled(page, number, line, subject) or _marked(page, number, line)
            if box is not None:
                found.append(box)
    return found


def set_apart(line: Line) -> Line:
    """A line of a box with white space between a name and its value that nothing but their style parts."""
    if not _is_parted(line):
        return line
    pieces = line.pieces[:1]
    for piece in line.pieces[1:]:
        _, _, before = pieces[-1]
        if piece[0] is not pieces[-1][0]:
            pieces.append((Element("br", "", line.holder, 0), before, piece[1]))
        pieces.append(piece)
    return replace(line, pieces=pieces)


def _titled(page: MeasuredPage, number: int, line: Line, subject: frozenset[str]) -> tuple[int, int] | None:
    """The box under a line that says that facts follow, or that is the name of the page's subject."""
    if line.linked or len(line.words) > _LONGEST_TITLE or not line.words[0].isalnum():
        return None
    words = set(_words(line.words)) - _SAYS_NOTHING
    says_so = _TITLE.search(line.words) is not None
    if not words <= subject or not (says_so or words):
        return None
    for element in _around(line.holder):
        first, after = page.ranges[element.number]
        most = min(after, number + _LONGEST)
        end = _next_title(page, number + 1, most)
        if end == most < after:
            return None
        if end > number + 1 and (_rows(page, number + 1, end) >= _ROWS or (says_so and _lists(page, number + 1, end))):
            return number, end
        if end < after or first < number:
            break
    return None


def _marked(page: MeasuredPage, number: int, line: Line) -> tuple[int, int] | None:
    """The box that this line begins and that is called one by its class, or an aside in the text with several rows."""
    is_titled = line.holder.number in page.headings
    for element in _around(line.holder):
        first, after = page.ranges[element.number]
        if first != number or after - first > _LONGEST:
            return None
        is_marked = page.marks[element.number] & _FACTS
        if is_marked or (element.name == "aside" and element.number in page.texts and not is_titled):
            rows = _rows(page, number + is_titled, after)
            return (number, after) if rows >= (_ROWS if is_marked else _UNTITLED_ROWS) else None
    return None


def _around(element: Element | None) -> Iterator[Element]:
    """An element and some around it, as far as they may hold a box."""
    for _ in range(_AROUND_TITLE):
        if element is None or element.parent is None or element.name in _ELSEWHERE:
            return
        yield element
        element = element.parent


def _next_title(page: MeasuredPage, number: int, after: int) -> int:
    """The next line that is a heading, up to a bound."""
    return next((n for n in range(number, after) if page.lines[n].holder.number in page.headings), after)


def _rows(page: MeasuredPage, first: int, after: int) -> int:
    """How many properties with their values some lines are; 0 where they are something else."""
    rows = others = 0
    number = first
    while number < after:
        words, length = _row(page, number, after)
        if length == 0:
            others += 1
        elif not _may_tell(page, number, number + length, words):
            return 0
        else:
            rows += 1
        number += max(length, 1)
    if others > 1 and others > rows * _BESIDES:
        return 0
    return rows if _few_links(page, first, after) else 0


def _row(page: MeasuredPage, number: int, after: int) -> tuple[str, int]:
    """The property with its value that begins at a line, and of how many lines it is made; 0 if none begins there."""
    line = page.lines[number]
    if _NAMED_VALUE.match(line.words) or _is_parted(line):
        return line.words, 1
    if len(line.words) > _LONGEST_NAME or number + 1 >= after:
        return "", 0
    if line.holder.name == "dt":
        end = number + 1
        while end < after and _is_in(page.lines[end].holder, "dd"):
            end += 1
    else:
        row = line.holder.parent
        if row is None or page.ranges[row.number][0] != number or page.ranges[row.number][1] > after:
            return "", 0
        end = page.ranges[row.number][1]
        if row.name != "tr" and end != number + 2:
            return "", 0
    value = " ".join(one.words for one in page.lines[number + 1 : end])
    return (f"{line.words.rstrip(':')}: {value}", end - number) if value else ("", 0)


def _is_parted(line: Line) -> bool:
    """Whether a line is two pieces in elements of their own: a name at the left and its value at the right."""
    texts = [element for element, _, _ in line.pieces if element is not line.holder and element.name != "br"]
    return (
        len({element.number for element in texts}) == _PARTS
        and len(line.words) < _LONGEST_NAME * 2
        and all(element.parent is line.holder for element in texts)
        and texts[0].link is None
    )


def _is_in(element: Element | None, name: str) -> bool:
    while element is not None and element.name != name and element.name not in ("dl", "dt", "table"):
        element = element.parent
    return element is not None and element.name == name


def _lists(page: MeasuredPage, first: int, after: int) -> bool:
    """Whether some lines are the items of a list, each of which says something."""
    lines = page.lines[first:after]
    return (
        len(lines) >= _ROWS
        and all(line.holder.name == "li" or _is_in(line.holder, "li") for line in lines)
        and all(_may_tell(page, n, n + 1, page.lines[n].words) for n in range(first, after))
        and _few_links(page, first, after)
    )


def _may_tell(page: MeasuredPage, first: int, after: int, words: str) -> bool:
    """Whether a row or item tells something of the subject: a byline, a price or an address does not."""
    if furniture.line(words) is not None or _OF_THE_SITE.search(words):
        return False
    for line in page.lines[first:after]:
        if line.holder.name == "button" or furniture.is_price(line.words) or furniture.line(line.words) is not None:
            return False
        for element, _, _ in line.pieces:
            if element.link is not None and element.link.attributes.get("href", "").startswith(_REACHES):
                return False
    return True


def _few_links(page: MeasuredPage, first: int, after: int) -> bool:
    lines = page.lines[first:after]
    return sum(line.linked for line in lines) <= _MOST_LINKED * sum(line.length for line in lines)


def _words(text: str) -> list[str]:
    """The words of a title, whether one or several are meant."""
    return [word if len(word) < _SHORT else word.removesuffix("s") for word in re.findall(r"\w+", text.lower())]
