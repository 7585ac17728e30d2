"""The lines of an HTML page, measured: how long they are, how much of that is in hyperlinks, which an element holds.

Parts of the page are left out line by line; what is left is counted anew then.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum, auto
from itertools import accumulate

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_marks import Mark, marks_of
from nutrigraph.graph_builder.html_tree import HEADINGS, Element, Tree

_ARTICLE = int(Mark.ARTICLE)
_MAIN = int(Mark.MAIN)
_SITE_TITLE = int(Mark.SITE_TITLE)
_SURE = int(Mark.SURE)
_SENTENCE = 25
"""Characters of plain text that a sentence has at least."""
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|#\w*)?", re.IGNORECASE)
_EMAIL = re.compile(r"""(?:type|name|placeholder)\s*=\s*(?:["'][^"']*|\w*)(?:\be-?mail\b|\w@\w)""", re.IGNORECASE)


class Part(Enum):
    """What a line belongs to."""

    CONTENT = auto()
    PEOPLE = auto()
    """Who wrote and reviewed the page, and when."""
    FURNITURE = auto()


class MeasuredPage:
    """The lines of a page, what each belongs to as far as that is known, and which of them each element holds.

    `names`, in lower case, are those that the title of the page's window is made of, `site` is what the page calls its
    site. `titles` are the lines that are
    the page's title, `main` the element with its main content, if one is known; `shown` the elements that hold lines.
    """

    def __init__(self, tree: Tree, lines: Sequence[Line], names: Collection[str], site: str) -> None:
        self.lines = lines
        self.site_names = frozenset({*names, site.lower()})
        self.parts = [Part.CONTENT] * len(lines)
        self.kept = -1
        """How many lines were content when they were counted."""
        self.ranges = _ranges(tree, lines)
        self.shown = [element for element in tree.elements[1:] if element.number in self.ranges]
        self.marks = {element.number: marks_of(element) for element in self.shown}
        self.marks[0] = 0
        self.fields = [
            element for element in tree.elements[1:] if element.name == "input" and _EMAIL.search(element.written)
        ]
        self.headings, self.sites, self.texts = self._inherited()
        self._measure()
        self.count()
        self.titles = self._titles()
        if not self.titles or self._are_sections(names):
            self.titles = self._named(names) or self.titles
        self.main: Element | None = None

    def plain(self, element: Element | None) -> int:
        """How many characters outside of hyperlinks an element (None: the page) has left of its content."""
        first, after = self.ranges[element.number] if element else (0, len(self.lines))
        return self.plain_before[after] - self.plain_before[first]

    def left(self) -> list[int]:
        """The numbers of the lines that are left of the content."""
        return [number for number, part in enumerate(self.parts) if part is Part.CONTENT]

    def mark(self, element: Element, part: Part) -> None:
        """Says what the lines of an element belong to; what was left out stays so."""
        first, after = self.ranges[element.number]
        for number in range(first, after):
            if self.parts[number] is Part.CONTENT or part is Part.PEOPLE:
                self.parts[number] = part

    def around(self, anchors: Sequence[Element]) -> set[int]:
        """The numbers of the elements given and of all around them."""
        found = set[int]()
        for anchor in anchors:
            above: Element | None = anchor
            while above is not None and above.number not in found:
                found.add(above.number)
                above = above.parent
        return found

    def headings_in(self, element: Element) -> int:
        """How many lines of an element are headings."""
        first, after = self.ranges[element.number]
        return sum(line.holder.number in self.headings for line in self.lines[first:after])

    def is_related(self, number: int, *, alone: bool = False) -> bool:
        """Whether a line is headed "Related terms" or the like; `alone`: and names none itself."""
        words = self.lines[number].words
        found = furniture.line(words)
        return found is not None and found.role is Role.RELATED and (not alone or found.rest == len(words))

    def _inherited(self) -> tuple[set[int], set[int], set[int]]:
        """The numbers of the elements in an <h1> … <h6>, in the name of the site, and in <main> or <article>."""
        headings, sites, texts = set[int](), set[int](), set[int]()
        for element in self.shown:
            above = element.parent.number if element.parent else 0
            mark = self.marks[element.number]
            if element.name in HEADINGS or above in headings:
                headings.add(element.number)
            if mark & _SITE_TITLE or above in sites:
                sites.add(element.number)
            if above in texts or (element.parent and self.marks[above] & (_MAIN | _ARTICLE)):
                texts.add(element.number)
        return headings, sites, texts

    def _titles(self) -> list[int]:
        """The lines in an <h1> that is the title of the page and not the name of its site."""
        found = []
        inside = set[int]()
        for element in self.shown:
            if element.name == "h1" or (element.parent and element.parent.number in inside):
                inside.add(element.number)
        for number, line in enumerate(self.lines):
            holder = line.holder.number
            if holder in inside and holder not in self.sites and not leads_home(line):
                found.append(number)
        return found

    def _are_sections(self, names: Collection[str]) -> bool:
        """Whether the page has several <h1>, and none of them is its title: they head its sections."""
        return len(self.titles) > 1 and not any(self.lines[number].words.lower() in names for number in self.titles)

    def _named(self, names: Collection[str]) -> list[int]:
        """The line that is the title of a page without <h1>: a heading, else any, that says what the window says."""
        found = [
            number
            for number, line in enumerate(self.lines)
            if line.words.lower() in names
            and not line.linked
            and line.holder.number not in self.sites
            and line.holder.name != "li"
            and not self.marks[line.holder.number] & _SURE
        ]
        return sorted(found, key=lambda number: self.lines[number].holder.number not in self.headings)[:1]

    def _measure(self) -> None:
        """For each line its length, how much of that is in hyperlinks, in how many, and whether it is a sentence."""
        self.lengths = [line.length for line in self.lines]
        self.weights = [
            0 if line.holder.number in self.headings and not line.linked else line.length for line in self.lines
        ]
        self.linked = [line.linked for line in self.lines]
        self.links = [_links(line) for line in self.lines]
        self.sentences = [
            line.length - line.linked >= _SENTENCE and line.words.endswith((".", "!", "?")) for line in self.lines
        ]

    def count(self) -> None:
        """Sums over the lines of the content, up to each line, as they are now."""
        kept = self.parts.count(Part.CONTENT)
        if kept == self.kept:
            return  # lines are left out and never taken back
        self.kept = kept
        left_out = [number for number, part in enumerate(self.parts) if part is not Part.CONTENT]
        counts: list[list[int]] = []
        for values in (self.lengths, self.linked, self.links, self.sentences, self.weights):
            here = list(map(int, values))
            for number in left_out:
                here[number] = 0
            counts.append([0, *accumulate(here)])
        self.counts = counts
        self.plain_before = [length - linked for length, linked in zip(counts[0], counts[1], strict=True)]


def is_link(line: Line) -> bool:
    """Whether a line is one hyperlink to another page and nothing else."""
    targets = {element.link for element, _, _ in line.pieces if element.link is not None}
    if len(targets) != 1 or line.linked < len(line.words) * 0.9:
        return False
    return not targets.pop().attributes.get("href", "#").strip().startswith("#")


def looks_like_button(line: Line) -> bool:
    """Whether a line that is a hyperlink looks like a button."""
    link = next(element.link for element, _, _ in line.pieces if element.link is not None)
    return any(word in one.written.lower() for one in (link, line.holder) for word in ("btn", "button"))


def leads_home(line: Line) -> bool:
    """Whether a line is a hyperlink to the site's first page."""
    link = next((element.link for element, _, _ in line.pieces if element.link is not None), None)
    if link is None or line.linked < len(line.words) * 0.9:
        return False
    return _HOME.fullmatch(link.attributes.get("href", "").strip()) is not None


def _links(line: Line) -> int:
    return len({element.link.number for element, _, _ in line.pieces if element.link is not None}) if line.linked else 0


def _ranges(tree: Tree, lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """The lines of each element that has any, by its number: the first, and the one after the last."""
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        first, _ = found.get(line.holder.number, (number, 0))
        found[line.holder.number] = first, number + 1
    for element in reversed(tree.elements):
        own = found.get(element.number)
        if own is not None and element.parent is not None:
            first, after = found.get(element.parent.number, own)
            found[element.parent.number] = min(first, own[0]), max(after, own[1])
    return found
