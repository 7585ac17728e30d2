"""HTML read as a page: the main content apart from the rest, each character with its place in the source."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from html.entities import html5
from typing import NamedTuple

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.biographies import without_biographies
from nutrigraph.graph_builder.document import Block, BlockKind, Document, Link, Metadata, Text
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_article_body import leave_out_untold
from nutrigraph.graph_builder.html_bylines import read_bylines
from nutrigraph.graph_builder.html_fact_boxes import set_apart
from nutrigraph.graph_builder.html_lines import Line, lines_of
from nutrigraph.graph_builder.html_marks import Mark, marks_of
from nutrigraph.graph_builder.html_measured import Part, leads_home
from nutrigraph.graph_builder.html_tree import HEADINGS, Element, Tree, parse
from nutrigraph.graph_builder.main_content import parts_of
from nutrigraph.graph_builder.plain_text import is_heading, is_question, title_from_path
from nutrigraph.graph_builder.sections import Arranged, arrange
from nutrigraph.graph_builder.structured_data import merged, read_structured_data, title_parts, without_site
from nutrigraph.graph_builder.text_builder import TextBuilder, trimmed

_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]{0,31};?)")
_CODE = frozenset("code kbd samp tt var".split())
_BOLD = frozenset("b strong".split())
_LISTS = frozenset("ul ol menu dir".split())
_KINDS = {
    "summary": BlockKind.HEADING,
    "dt": BlockKind.HEADING,
    "dd": BlockKind.PARAGRAPH,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_HEADING, _CAPTION, _QUESTION = int(Mark.HEADING), int(Mark.CAPTION), int(Mark.QUESTION)
_LAID_OUT = frozenset("table h1 h2 h3 nav form".split())
_LONGEST_HEADING = 150
_LONGEST_RELATED = 40
_TITLE_WITHIN = 5
"""Blocks at the beginning among which the title of a page stands."""


class _Place(NamedTuple):
    """What an element makes of its text: the kind of its blocks, a heading's level, the depth of its list."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    depth: int = 0
    bold: bool = False
    code: bool = False
    asks: bool = False


def read_html(path: str, source: str, kind: str) -> Document:
    """The page in `source`, decoded text with its own line ends; `path` is from the project folder."""
    tree = parse(source)
    said = read_structured_data(source, tree)
    content = read_content(source, tree, named=said.window_title, site=said.site, article=said.article)
    arranged = content.arranged
    seen = Metadata(
        title=without_site(content.title, said.site),
        author=arranged.author,
        reviewer=arranged.reviewer,
        reviewed=arranged.reviewed,
        published=arranged.published,
        modified=arranged.modified,
    )
    metadata = merged(merged(said.metadata, seen), content.bylines)
    title = metadata.title or title_parts(said.window_title or "")[0] or title_from_path(path)
    if content.title and content.title.lower() in (part.lower() for part in title_parts(title)):
        title = content.title  # "Insulin | Example Health", and the page itself is headed "Insulin"
    metadata = replace(metadata, title=title)
    blocks = tuple(without_biographies(arranged.blocks, metadata))
    return Document(
        path, source, metadata, blocks, kind, arranged.related_terms, language=tree.language or said.language
    )


@dataclass(frozen=True, slots=True)
class Content:
    """The main content of a page in HTML: its blocks with their places, its first <h1> (else empty), and what bylines
    and biographies say of the page."""

    arranged: Arranged
    title: str
    bylines: Metadata


def read_content(
    source: str,
    tree: Tree,
    *,
    named: str | None = None,
    site: str | None = None,
    article: str | None = None,
    blank_lines_part: bool = False,
) -> Content:
    """The main content of a page; `blank_lines_part` as for `lines_of`. `named` is the title of its window: it tells
    which line is the title of a page that has no <h1>. `article` is the text that the page gives to machines."""
    lines = lines_of(source, tree, blank_lines_part=blank_lines_part)
    names = frozenset(part.lower() for part in title_parts(named or ""))
    parted = parts_of(tree, lines, names, site or "")
    parts, bylines = read_bylines(source, lines, parted.parts)
    writer = _Writer(source, tree)
    blocks: list[Block] = []
    before = [0]
    """How many blocks come before each line."""
    facts = {number for first, after in parted.facts for number in range(first, after)}
    if article:
        leave_out_untold(lines, parts, facts, article, named or "")
    for number, (line, part) in enumerate(zip(lines, parts, strict=True)):
        if part is not Part.CONTENT:
            block = None
        elif number in facts:
            block = writer.fact(set_apart(line))
        else:
            block = writer.block(line)
        if block is not None:
            blocks.append(block)
        before.append(len(blocks))
    boxes = [(before[first], before[after]) for first, after in parted.boxes]
    title = _title(blocks, names)
    if title is not None and blocks[title].level != 1:
        blocks[title] = replace(blocks[title], kind=BlockKind.HEADING, level=1)
    first = blocks[title].text.visible if title is not None else ""
    if len(title_parts(first)) > 1:
        first = without_site(first, next((line.words for line in lines if leads_home(line)), None))
        if first.lower() not in (named or "").lower():  # "Overview - Insulin", and the window says "Insulin"
            first = next((part for part in title_parts(first) if part.lower() in names), first)
    return Content(arrange(blocks, inferred=False, boxes=boxes), first, bylines)


def _title(blocks: Sequence[Block], names: Collection[str]) -> int | None:
    """Which block is the title of the page: the <h1>, or where there is none or several head sections, the block near
    the beginning that says what the window says."""
    headed = [n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1]
    named = [n for n, block in enumerate(blocks) if block.text.visible.lower() in names]
    if len(headed) == 1 or any(number in named for number in headed):
        return headed[0]
    return next((number for number in named if number < _TITLE_WITHIN), headed[0] if headed else None)


class _Writer:
    """Writes lines as blocks."""

    def __init__(self, source: str, tree: Tree) -> None:
        self.source = source
        self.places = _places(tree)
        self.level = 1
        """The level of the last heading that the page marks as one."""

    def block(self, line: Line) -> Block | None:
        """The line as a block; None where it shows nothing."""
        place = self.places[line.holder.number]
        builder = TextBuilder()
        links: list[Link] = []
        protected: list[tuple[int, int]] = []
        link, opened = None, 0
        for element, start, end in line.pieces:
            if element.link is not link:
                if link is not None:
                    links.append(Link(opened, len(builder), link.attributes.get("href", "").strip()))
                link, opened = element.link, len(builder)
            begin = len(builder)
            if element.name == "br":
                builder.space(start, end)
            else:
                self._write(builder, start, end)
            if self.places[element.number].code:
                protected.append((begin, len(builder)))
        if link is not None:
            links.append(Link(opened, len(builder), link.attributes.get("href", "").strip()))
        text = builder.text()
        return self._block(line, place, text, links, protected) if text.visible else None

    def fact(self, line: Line) -> Block | None:
        """A line of a box of facts, where the terms of a list are the names of properties and head nothing."""
        block = self.block(line)
        if block is None or line.holder.name not in ("dt", "dd"):
            return block
        return replace(block, kind=BlockKind.CELL, level=0)

    def _block(
        self, line: Line, place: _Place, text: Text, links: Sequence[Link], protected: Sequence[tuple[int, int]]
    ) -> Block:
        kind, level = place.kind, place.level
        if kind is BlockKind.HEADING and level:
            self.level = level
        elif kind is BlockKind.HEADING or self._heads(line, place, text.visible):
            kind, level = BlockKind.HEADING, min(self.level + 1, 6)
        elif kind is BlockKind.LIST_ITEM:
            level = place.depth
        whole = len(text.visible)
        spans = ((*trimmed(text.visible, link.start, min(link.end, whole)), link.target) for link in links)
        covered = (trimmed(text.visible, start, min(end, whole)) for start, end in protected)
        return Block(
            kind,
            text,
            level=level,
            links=tuple(Link(start, end, target) for start, end, target in spans if start < end),
            protected=tuple((start, end) for start, end in covered if start < end),
        )

    def _heads(self, line: Line, place: _Place, words: str) -> bool:
        """Whether a line that no tag marks as one is a heading: a question alone, or a short line all in bold."""
        if len(words) > _LONGEST_HEADING or place.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return False
        bold = all(
            self.places[element.number].bold or element.name == "br" or self.source[start:end].isspace()
            for element, start, end in line.pieces
        )
        if place.kind is BlockKind.LIST_ITEM:
            return is_question(words) and (bold or place.asks)
        role = furniture.line(words) if len(words) < _LONGEST_RELATED else None
        if role is not None and role.role is Role.RELATED and role.rest == len(words):
            return True
        return is_question(words) or ((bold or place.asks) and is_heading(words) and not words.endswith(":"))

    def _write(self, builder: TextBuilder, start: int, end: int) -> None:
        """A text with its character references resolved."""
        source = self.source
        if source.find("&", start, end) < 0:
            builder.verbatim(source[start:end], start)
            return
        done = start
        for match in _REFERENCE.finditer(source, start, end):
            seen, length = _resolved(match[0])
            if length:
                builder.verbatim(source[done : match.start()], done)
                done = match.start() + length
                builder.replaced(seen, match.start(), done)
        builder.verbatim(source[done:end], done)


def _resolved(reference: str) -> tuple[str, int]:
    """What a character reference stands for, and how many of its characters do; ("", 0) where it is none."""
    if reference[1] == "#":
        return html.unescape(reference), len(reference)
    for length in range(len(reference), 2, -1):
        if seen := html5.get(reference[1:length]):
            return seen, length
    return "", 0


def _places(tree: Tree) -> list[_Place]:
    """What each element makes of its text, by its number."""
    places = [_Place()]
    made: dict[tuple[_Place, str], _Place] = {}
    layout = _laid_out(tree)
    for element in tree.elements[1:]:
        above = places[element.parent.number if element.parent else 0]
        place = made.get((above, element.name))
        if place is None:
            place = made[above, element.name] = _by_name(element.name, above)
        if element.number in layout:
            place = _Place()
        elif place is above and element.written:
            place = _by_attributes(element, above)
        places.append(place)
    return places


def _by_name(name: str, above: _Place) -> _Place:
    """The place in an element called so; the same as above where the name says nothing."""
    if name in HEADINGS:
        return _Place(BlockKind.HEADING, int(name[1]), above.depth)
    if name in _LISTS:
        return above._replace(depth=above.depth + 1)
    if name == "li":
        return _Place(BlockKind.LIST_ITEM, 0, max(above.depth, 1))
    if name in ("td", "th"):
        return _Place(BlockKind.CELL)
    if name == "p" and above.kind is BlockKind.HEADING:
        return _Place(BlockKind.PARAGRAPH, 0, above.depth)  # in a heading that was not closed
    if name in _BOLD:
        return above._replace(bold=True)
    if name in _CODE:
        return above._replace(code=True)
    if name in _KINDS:
        return _Place(_KINDS[name], 0, above.depth)
    return above


def _by_attributes(element: Element, above: _Place) -> _Place:
    mark = marks_of(element)
    if mark & _HEADING:
        level = element.attributes.get("aria-level", "")
        return _Place(BlockKind.HEADING, int(level) if level in tuple("123456") else 2, above.depth)
    if mark & _CAPTION:
        return _Place(BlockKind.CAPTION, 0, above.depth)
    parent = element.parent
    is_name = "itemprop" in element.written and element.attributes.get("itemprop") == "name"
    if mark & _QUESTION or (is_name and parent is not None and "schema.org/Question" in parent.written):
        return above._replace(asks=True)
    return above


def _laid_out(tree: Tree) -> set[int]:
    """The numbers of the cells of tables that lay out the page: with headings or tables inside, or with one cell."""
    tables: list[Element | None] = [None]
    """The table that each element stands in."""
    layout = set[int]()
    cells: list[tuple[int, int]] = []
    for element in tree.elements[1:]:
        table = tables[element.parent.number if element.parent else 0]
        if table is not None and element.name in _LAID_OUT:
            layout.add(table.number)
        if element.name in ("td", "th") and table is not None:
            cells.append((element.number, table.number))
        if element.name == "table":
            table = element
            if element.written and element.attributes.get("role", "").lower() in ("presentation", "none"):
                layout.add(element.number)
        tables.append(table)
    several = Counter(table for _, table in cells)
    return {cell for cell, table in cells if table in layout or several[table] == 1}
