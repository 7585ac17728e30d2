"""Markdown read as a page: headings, paragraphs, lists, quotes and tables, each character with its place."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from nutrigraph.graph_builder.document import Block, BlockKind, Document, Metadata
from nutrigraph.graph_builder.front_matter import FrontMatter, read_front_matter
from nutrigraph.graph_builder.markdown_inline import Inline, Parser, Places
from nutrigraph.graph_builder.plain_text import title_from_path
from nutrigraph.graph_builder.sections import Arranged, arrange
from nutrigraph.graph_builder.text_builder import TextBuilder, part

_LINE_END = re.compile(r"\r\n?|\n")
_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED_PIPE = re.compile(r"\\(?=\|)")
_TAGS = re.compile(r"(?:#[^\W\d][\w/-]*\s*)+")
"""A line of tags, as apps for notes have them."""
_HEADING_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}$")


def read_markdown(path: str, source: str, kind: str) -> Document:
    """The page in `source`, decoded text with its own line ends; `path` is from the project folder.

    Raises SourceError for front matter that cannot be understood.
    """
    front = read_front_matter(path, source)
    reader = _Reader(source, front.body)
    arranged = arrange(reader.read(), inferred=False, boxes=reader.boxes)
    title = front.metadata.title or _first_heading(arranged) or title_from_path(path)
    related = tuple(dict.fromkeys((*front.related, *arranged.related_terms)))
    return Document(path, source, _metadata(front, arranged, title), arranged.blocks, kind, related)


def _first_heading(arranged: Arranged) -> str | None:
    headings = (block for block in arranged.blocks if block.kind is BlockKind.HEADING and block.level == 1)
    return next((heading.text.visible for heading in headings), None)


def _metadata(front: FrontMatter, arranged: Arranged, title: str) -> Metadata:
    """The front matter's word first, then what the text says."""
    said = front.metadata
    return dataclasses.replace(
        said,
        title=title,
        author=said.author or arranged.author,
        reviewer=said.reviewer or arranged.reviewer,
        reviewed=said.reviewed or arranged.reviewed,
        published=said.published or arranged.published,
        modified=said.modified or arranged.modified,
    )


class _Reader:
    """The blocks of one page, whose Markdown begins at offset `body` of the source."""

    def __init__(self, source: str, body: int) -> None:
        self.source = source
        ends = [match.span() for match in _LINE_END.finditer(source, body)]
        starts = [body, *(end for _, end in ends)]
        self.lines = list(zip(starts, [*(start for start, _ in ends), len(source)], strict=True))
        """The source span of each line, without its end."""
        self.parser = Parser()
        self.env: dict[str, object] = {}
        self.found: list[Block] = []
        self.boxes: list[tuple[int, int]] = []
        """The spans in `found` of lists of definitions."""
        self.tokens = self.parser.block_tokens("\n".join(source[start:end] for start, end in self.lines), self.env)

    def read(self) -> list[Block]:
        for block in self._blocks():
            if block.text.visible:
                self.found.append(block)
        return self.found

    def _blocks(self) -> Iterator[Block]:
        heading: Token | None = None
        lists = quotes = last = 0
        is_term = False
        begun: list[int] = []
        row: list[Token] = []
        for token in self.tokens:
            match token.type:
                case "heading_open":
                    heading = token
                    last = int(token.tag[1:])
                case "dt_open" | "dt_close":
                    is_term = token.nesting > 0
                case "dl_open":
                    begun.append(len(self.found))
                case "dl_close":
                    self.boxes.append((begun.pop(), len(self.found)))
                case "heading_close":
                    heading = None
                case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                    lists += token.nesting
                case "blockquote_open" | "blockquote_close":
                    quotes += token.nesting
                case "tr_open":
                    row = [token]
                case "tr_close":
                    yield from self._cells(row[1:])
                    row = []
                case "inline" if row:
                    row.append(token)
                case "inline" if is_term:
                    places = self._places(token.content, _first_line(token))
                    yield from self._block(BlockKind.HEADING, token, places, min(last + 1, 6))
                case "inline" if heading is not None:
                    yield from self._heading(token, heading)
                case "inline":
                    kind = BlockKind.LIST_ITEM if lists else BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH
                    yield from self._block(kind, token, self._paragraph_places(token), lists)
                case "fence" | "code_block":
                    yield from self._code(token)
                case _:
                    pass

    def _block(self, kind: BlockKind, token: Token, places: Places | None, level: int = 0) -> Iterator[Block]:
        if places is not None:
            read = self.parser.read(token.content, places, self.env)
            is_tags = kind is BlockKind.PARAGRAPH and _TAGS.fullmatch(read.text.visible)
            yield _with(BlockKind.FURNITURE if is_tags else kind, read, level)

    def _heading(self, token: Token, heading: Token) -> Iterator[Block]:
        places: Places | None
        if heading.markup.startswith("#"):
            start, end = self.lines[_first_line(token)]
            marker = self.source.find(heading.markup, start, end) + len(heading.markup)
            at = self.source.find(token.content, marker, end)
            places = Places((0,), (at,)) if at >= 0 else None
        else:
            places = self._paragraph_places(token)
        for block in self._block(BlockKind.HEADING, token, places, int(heading.tag[1:])):
            attributes = _HEADING_ATTRIBUTES.search(block.text.visible)
            yield dataclasses.replace(block, text=part(block.text, 0, attributes.start())) if attributes else block

    def _code(self, token: Token) -> Iterator[Block]:
        content = token.content.rstrip("\n")
        places = self._places(content, _first_line(token) + (token.type == "fence"))
        if content.strip() and places is not None:
            builder = TextBuilder()
            for start, end, source in places.pieces(0, len(content)):
                builder.verbatim(content[start:end], source)
            yield Block(BlockKind.CODE, builder.text())

    def _paragraph_places(self, token: Token) -> Places | None:
        """The places of a paragraph's content. The parser drops lines of unusual white space from its beginning."""
        first, after = token.map or (0, 0)
        for start in range(first, after - token.content.count("\n")):
            if places := self._places(token.content, start):
                return places
        return None

    def _places(self, content: str, first: int) -> Places | None:
        """The places of content whose lines are the ends of the source's lines from `first` on."""
        contents: list[int] = []
        sources: list[int] = []
        at = 0
        for number, line in enumerate(content.split("\n")):
            if first + number >= len(self.lines):
                return None
            start, end = self.lines[first + number]
            words = line.strip()
            whole = self.source[start:end].rstrip()
            if not whole.endswith(words):
                return None
            begin = start + len(whole) - len(words) if words else start
            lead = min(len(line) - len(line.lstrip()) if words else 0, begin - start)
            # where the parser wrote several blanks for one tab, the first of them share a place
            contents.append(at + max(0, (len(line) - len(line.lstrip()) if words else 0) - lead))
            sources.append(begin - lead)
            if contents[-1] > at:
                contents.insert(-1, at)
                sources.insert(-1, start)
            at += len(line) + 1
        return Places(tuple(contents), tuple(sources))

    def _cells(self, cells: Sequence[Token]) -> Iterator[Block]:
        """The cells of a table's row: the pipes of its line part them."""
        if not cells:
            return
        start, end = self.lines[_first_line(cells[0])]
        bounds = [start - 1, *(match.start() for match in _PIPE.finditer(self.source, start, end)), end]
        columns = [(left + 1, right) for left, right in itertools.pairwise(bounds)]
        for skipped in (0, 1):  # a pipe may stand before the first cell, or nothing but a quote's or list's mark
            paired = itertools.zip_longest(cells, columns[skipped : skipped + len(cells)])
            found = [(cell, self._cell(cell, column)) for cell, column in paired]
            if all(places is not None or not cell.content for cell, places in found):
                for cell, places in found:
                    yield from self._block(BlockKind.CELL, cell, places)
                return

    def _cell(self, cell: Token, column: tuple[int, int] | None) -> Places | None:
        """The places of a cell's content, which has | where the source has \\|."""
        if column is None or not cell.content:
            return None
        start, end = column
        raw = self.source[start:end]
        kept = [0, *(match.end() for match in _ESCAPED_PIPE.finditer(raw))]
        ends = [*(place - 1 for place in kept[1:]), len(raw)]
        parts = [raw[left:right] for left, right in zip(kept, ends, strict=True)]
        content = "".join(parts).rstrip()
        if not content.endswith(cell.content.rstrip()):
            return None
        shift = len(content) - len(cell.content.rstrip())
        contents, sources, at = [], [], -shift
        for place, piece in zip(kept, parts, strict=True):
            if at + len(piece) > 0 or not piece:
                contents.append(max(at, 0))
                sources.append(start + place + max(-at, 0))
            at += len(piece)
        return Places(tuple(contents), tuple(sources))


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _with(kind: BlockKind, read: Inline, level: int) -> Block:
    return Block(kind, read.text, level=level, links=read.links, protected=read.protected)
