"""The lines of text that an HTML page shows, furniture included: what stands between two block elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nutrigraph.graph_builder.html_marks import Mark, marks_of
from nutrigraph.graph_builder.html_tree import BLOCKS, HEADINGS, Element, Event, Tree

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*|\r\n?[ \t]*\r\n?\s*")
_BOLD = frozenset({"b", "strong"})
_HEADED = HEADINGS | {"dt"}
_LONGEST_HEADING = 80
_NEAR = 5
"""Elements between the words of a heading and what is around it."""
_UNSEEN = int(Mark.UNSEEN)
_BETWEEN_LINKS = re.compile(r"\s*[|\[\]•·,/>»«–—-]\s+|\s*[|\[\]•·»«]\s*")


@dataclass(slots=True)
class Line:
    """One line: `holder` is the block element around it, `pieces` are the texts in it as (element, start, end) of the
    source, a line break with an element called "br". `words` are its visible words roughly (the reader resolves them
    exactly), `linked` of its `length` characters are in hyperlinks, marks between links not counted."""

    holder: Element
    pieces: list[tuple[Element, int, int]]
    words: str
    linked: int
    length: int


def lines_of(source: str, tree: Tree, *, blank_lines_part: bool) -> list[Line]:
    """The lines of a page in order. `blank_lines_part`: as in what WordPress stores, blank lines part paragraphs."""
    return [line for line in _Lines(source, blank_lines_part).walk(tree) if line.words]


class _Lines:
    def __init__(self, source: str, blank_lines_part: bool) -> None:
        self.source = source
        self.blank_lines_part = blank_lines_part
        self.pieces: list[tuple[Element, int, int]] = []
        self.last: Element | None = None
        """What holds the last line."""

    def walk(self, tree: Tree) -> Iterator[Line]:
        holders = [tree.root]
        unseen: Element | None = None
        preformatted = 0
        for what, element, start, end in tree.events:
            if unseen is not None:
                if what is Event.CLOSE and element is unseen:
                    unseen = None
                    if element.name in BLOCKS and self.pieces:
                        yield self._line(holders[-1])
            elif what is Event.TEXT:
                if self.blank_lines_part and not preformatted:
                    yield from self._parted(element, start, end, holders[-1])
                else:
                    self.pieces.append((element, start, end))
            elif what is Event.BREAK:
                if self._broken_already() or self._is_headed():
                    yield self._line(holders[-1])
                elif self.pieces:
                    self.pieces.append((element, start, end))
            elif what is Event.OPEN:
                if marks_of(element) & _UNSEEN and not self._unfolds(element):
                    unseen = element
                elif element.name in BLOCKS:
                    if self.pieces:
                        yield self._line(holders[-1])
                    if element.number:
                        holders.append(element)
                        preformatted += element.name == "pre"
            elif element.name in BLOCKS:
                if self.pieces:
                    yield self._line(holders[-1])
                if holders[-1] is element:
                    holders.pop()
                    preformatted -= element.name == "pre"
        if self.pieces:
            yield self._line(tree.root)

    def _unfolds(self, element: Element) -> bool:
        """Whether a hidden element comes right after the heading or button that shows it, as answers do."""
        if element.name not in BLOCKS:
            return False
        switch = self.pieces[-1][0] if self.pieces else self.last
        headed = False
        for _ in range(_NEAR):
            if switch is None or switch is element.parent:
                return False
            headed = headed or switch.name in _HEADED
            if "aria-expanded" in switch.written.lower():
                above = switch.parent
                return headed or (above is not None and above.name in _HEADED)
            switch = switch.parent
        return False

    def _broken_already(self) -> bool:
        """Whether nothing but white space stands behind the last line break: two of them part paragraphs."""
        for element, start, end in reversed(self.pieces):
            if element.name == "br":
                return True
            if not self.source[start:end].isspace():
                return False
        return False

    def _is_headed(self) -> bool:
        """Whether the line so far is a few words in bold: before a line break they are a heading."""
        words = ""
        for element, start, end in self.pieces:
            words += self.source[start:end]
            above = element.parent
            bold = element.name in _BOLD or (above is not None and above.name in _BOLD)
            if not bold and (element.name == "br" or not self.source[start:end].isspace()):
                return False
            if len(words) > _LONGEST_HEADING:
                return False
        return bool(words.strip()) and not words.rstrip().endswith((":", ",", "."))

    def _parted(self, element: Element, start: int, end: int, holder: Element) -> Iterator[Line]:
        for match in _BLANK_LINE.finditer(self.source, start, end):
            self.pieces.append((element, start, match.start()))
            yield self._line(holder)
            start = match.end()
        if start < end:
            self.pieces.append((element, start, end))

    def _line(self, holder: Element) -> Line:
        pieces, self.pieces = self.pieces, []
        self.last = pieces[-1][0]
        linked = 0
        if len(pieces) == 1:
            element, start, end = pieces[0]
            words = self.source[start:end]
            if element.link is not None:
                linked = len(words.strip())
        else:
            parts = [" " if element.name == "br" else self.source[start:end] for element, start, end in pieces]
            for (element, _, _), part in zip(pieces, parts, strict=True):
                if element.link is not None:
                    linked += len(part.strip())
            words = "".join(parts)
        if "&" in words:
            words = html.unescape(words)
        words = " ".join(words.split())
        length = len(words) - sum(map(len, _BETWEEN_LINKS.findall(words))) if linked else len(words)
        return Line(holder, pieces, words, min(linked, length), length)
