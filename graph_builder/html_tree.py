"""HTML scanned into its elements and texts, each with its place in the source.

Follows the parsing of the HTML standard (tokens, void and raw-text elements, implied end tags, scopes) as far as it
decides which text stands in which element; text stays in the order of the source, and a quote that is never closed
ends with its tag instead of swallowing the page. Nothing recurses and every end tag finds its element in constant time:
hostile nesting costs no more than other pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+)?+)?+"
_TAG = re.compile(rf"</?([a-zA-Z][^\s/>]*+)((?:[\s/]*+{_ATTRIBUTE})*+)([\s/]*+)>")
_NAMED_VALUE = re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+))?+)?+")
_HREF = re.compile(r"(?:^|[\s\"'/])href\s*=", re.IGNORECASE)
_OPENING = re.compile(r"<(/?[a-zA-Z]|[!?]|/(?=.))", re.DOTALL)
_COMMENT_END = re.compile(r"--!?>")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOST_ELEMENTS = 500_000
"""Ten megabytes of a page that people read have some hundred thousand; each takes a few hundred bytes of memory."""
VOID = _names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
LISTED = _names("li td th dd dt")
"""Elements that hold an item of a list or a cell of a table."""
BLOCKS = HEADINGS | _names(
    "address amp-accordion amp-ad amp-app-banner amp-consent amp-embed amp-list amp-sidebar amp-social-share "
    "amp-sticky-ad amp-user-notification article aside blockquote button caption center dd details dialog dir div dl "
    "dt fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead tr ul"
)
"""The elements that begin a new line of text."""

_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in "script style xmp iframe noembed noframes noscript textarea title".split()
}
_CLOSE_PARAGRAPH = HEADINGS | _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form header "
    "hgroup hr main menu nav ol p pre search section summary table ul li dd dt xmp"
)
_SPECIAL = BLOCKS | _names("applet marquee object select template textarea svg math")
_OPEN_TO_ITEMS = _names("address div p li dd dt")
"""Special elements inside which a new list item still ends the one before."""
_SCOPES = _names("applet button caption marquee object table td template th svg math")
"""Elements out of which no end tag reaches."""
_TABLE_PARTS = _names("caption tbody td tfoot th thead tr")
_ENDED_BY: Mapping[str, tuple[str, ...]] = {
    "li": ("li",),
    "dd": ("dd", "dt"),
    "dt": ("dd", "dt"),
    "option": ("option",),
    "optgroup": ("option", "optgroup"),
    "button": ("button",),
    "td": ("td", "th", "caption"),
    "th": ("td", "th", "caption"),
    "tr": ("tr", "caption"),
    "tbody": ("tbody", "thead", "tfoot", "tr", "caption"),
    "thead": ("tbody", "thead", "tfoot", "tr", "caption"),
    "tfoot": ("tbody", "thead", "tfoot", "tr", "caption"),
}
"""The open elements that a start tag ends."""
_IMPLYING = _CLOSE_PARAGRAPH | _ENDED_BY.keys() | {"a"}
_FOREIGN = ("svg", "math")
_BREAKS_OUT = HEADINGS | _names("blockquote body center dd div dl dt img li menu meta ol p pre span table ul")
_INTEGRATED = ("foreignobject", "desc", "annotation-xml")


class TooManyElements(ValueError):
    """A page is larger than can be read in reasonable memory; the message says by what."""


class Element:
    """An element: its attributes as written, its parent, and whether its text is in a hyperlink."""

    __slots__ = ("_attributes", "link", "name", "number", "parent", "written")

    def __init__(self, name: str, written: str, parent: Element | None, number: int) -> None:
        self.name = name
        self.written = written
        self.parent = parent
        self.number = number
        """Its place in the order of start tags: a parent's is smaller than its children's."""
        self.link: Element | None = parent.link if parent else None
        """The <a> with an href that it stands in, or is."""
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> Mapping[str, str]:
        if self._attributes is None:
            self._attributes = read_attributes(self.written)
        return self._attributes


class Event(Enum):
    """What the source goes through, in order."""

    OPEN = auto()
    CLOSE = auto()
    TEXT = auto()
    BREAK = auto()
    """A line break inside a text."""


@dataclass(slots=True)
class Tree:
    """`events` are (what, element, start, end): the span of a tag or of a text in the source. `root` stands for the
    body, with the attributes of <body>; `language` is what <html> declares; `elements` are in the order of their start
    tags, the root first."""

    root: Element
    language: str | None = None
    elements: list[Element] = field(default_factory=list)
    events: list[tuple[Event, Element, int, int]] = field(default_factory=list)
    raw: list[tuple[Element, int, int]] = field(default_factory=list)
    """Raw-text elements (script, title, textarea …) with the span of what they hold."""


def read_attributes(written: str) -> dict[str, str]:
    """Names in lower case, values with entities resolved; the first of two equal names counts."""
    found: dict[str, str] = {}
    for match in _NAMED_VALUE.finditer(written):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return found


def parse(source: str) -> Tree:
    """The elements and texts of a page or of a part of one. TooManyElements if it has more than MOST_ELEMENTS."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = Tree(Element("body", "", None, 0))
        self.tree.elements.append(self.tree.root)
        self.stack = [self.tree.root]
        self.where: dict[str, list[int]] = {}
        """The places in the stack of the open elements of each name."""
        self.special, self.scopes, self.fences = [0], [0], [0]
        """The places in the stack of open special elements, of scopes, and of special ones that items don't reach."""

        self.foreign = 0
        """How many <svg> and <math> are open."""

    def run(self) -> Tree:
        source, events = self.source, self.tree.events
        text = 0
        while opening := _OPENING.search(source, text):
            at = opening.start()
            if text < at:
                events.append((Event.TEXT, self.stack[-1], text, at))
            text = self._markup(at, opening[1])
        if text < len(source):
            events.append((Event.TEXT, self.stack[-1], text, len(source)))
        for _ in range(len(self.stack) - 1):
            self._pop(len(source))
        return self.tree

    def _markup(self, at: int, opening: str) -> int:
        """Reads what begins at `at` with "<"; returns where the source goes on."""
        source = self.source
        if opening[-1].isalpha():
            tag = _TAG.match(source, at)
            if tag is None:
                return len(source)  # a tag that is not closed swallows the rest, as it does in every browser
            name = tag[1].lower()
            if opening[0] == "/":
                self._end(name, at, tag.end())
                return tag.end()
            return self._start(name, tag[2], "/" in tag[3], at, tag.end())
        if opening == "!" and source.startswith("--", at + 2):
            if source.startswith((">", "->"), at + 4):
                return source.index(">", at) + 1
            closed = _COMMENT_END.search(source, at + 4)
            return closed.end() if closed else len(source)
        if opening == "!" and self._in_foreign() and source.startswith("[CDATA[", at + 2):
            return self._after("]]>", at)
        return self._after(">", at)

    def _after(self, mark: str, at: int) -> int:
        end = self.source.find(mark, at)
        return end + len(mark) if end >= 0 else len(self.source)

    def _start(self, name: str, written: str, closed: bool, at: int, end: int) -> int:
        if name in ("html", "body", "head"):
            root = self.tree.root
            if name == "html" and self.tree.language is None:
                self.tree.language = read_attributes(written).get("lang") or read_attributes(written).get("xml:lang")
            if name != "head" and written:
                root.written += " " + written
            return end
        if len(self.tree.elements) > MOST_ELEMENTS:
            raise TooManyElements(f"more than {MOST_ELEMENTS:,} elements")
        if name in _IMPLYING or self._in_foreign():
            self._imply_ends(name, at)
        parent = self.stack[-1]
        element = Element(name, written, parent, len(self.tree.elements))
        self.tree.elements.append(element)
        if name == "br":
            self.tree.events.append((Event.BREAK, element, at, end))
            return end
        if name in _RAW and not self._in_foreign():
            found = _RAW[name].search(self.source, end)
            stop = found.start() if found else len(self.source)
            self.tree.raw.append((element, end, stop))
            return self._after(">", stop) if found else stop
        self.tree.events.append((Event.OPEN, element, at, end))
        if name in VOID or (closed and (name in _FOREIGN or self._in_foreign())):
            self.tree.events.append((Event.CLOSE, element, end, end))
            return end
        if name == "a" and _HREF.search(written):
            element.link = element
        self._push(element)
        return end

    def _in_foreign(self) -> bool:
        return self.foreign > 0

    def _imply_ends(self, name: str, at: int) -> None:
        """Ends the open elements that a start tag ends without saying so."""
        where = self.where
        if name in _BREAKS_OUT and self._in_foreign() and not any(where.get(part) for part in _INTEGRATED):
            self._pop_to(min(where[part][0] for part in _FOREIGN if where.get(part)), at)
        if name in _CLOSE_PARAGRAPH and (open_ := where.get("p")) and open_[-1] > self.scopes[-1]:
            self._pop_to(open_[-1], at)
        if name in HEADINGS and self.stack[-1].name in HEADINGS:
            self._pop(at)
        if name in _TABLE_PARTS:
            barrier = (where.get("table") or [0])[-1]
        elif name == "a":
            if (open_ := where.get("a")) and open_[-1] > self.special[-1]:
                self._pop_to(open_[-1], at)
            return
        else:
            barrier = self.fences[-1] if name != "button" else 0
        for ended in _ENDED_BY.get(name, ()):
            if (open_ := where.get(ended)) and open_[-1] > barrier:
                self._pop_to(open_[-1], at)

    def _end(self, name: str, at: int, end: int) -> None:
        where = self.where
        if name in HEADINGS:
            # an end tag of any heading ends the open one, whatever its level
            name = max(HEADINGS & where.keys(), key=lambda one: where[one][-1:] or [0], default=name)
        open_ = where.get(name)
        if not open_:
            if name in ("br", "p"):
                self.tree.events.append((Event.OPEN, Element("p", "", self.stack[-1], 0), at, end))
            return
        if name in _TABLE_PARTS:
            barrier = (where.get("table") or [0])[-1]
        elif name in _SCOPES:
            barrier = 0
        elif name in _SPECIAL:
            barrier = self.fences[-1] if name == "li" else self.scopes[-1]
        else:
            barrier = self.special[-1]
        if open_[-1] > barrier:
            self._pop_to(open_[-1], at, end)

    def _push(self, element: Element) -> None:
        place, name = len(self.stack), element.name
        self.stack.append(element)
        self.where.setdefault(name, []).append(place)
        if name in _SPECIAL:
            self.special.append(place)
            if name not in _OPEN_TO_ITEMS:
                self.fences.append(place)
            if name in _SCOPES:
                self.scopes.append(place)
                self.foreign += name in _FOREIGN

    def _pop_to(self, place: int, at: int, end: int | None = None) -> None:
        """Ends the element at `place` in the stack, and all inside it."""
        while len(self.stack) > place + 1:
            self._pop(at)
        self._pop(at, end)

    def _pop(self, at: int, end: int | None = None) -> None:
        element = self.stack.pop()
        name = element.name
        self.where[name].pop()
        if name in _SPECIAL:
            self.special.pop()
            if name not in _OPEN_TO_ITEMS:
                self.fences.pop()
            if name in _SCOPES:
                self.scopes.pop()
                self.foreign -= name in _FOREIGN
        self.tree.events.append((Event.CLOSE, element, at, at if end is None else end))
