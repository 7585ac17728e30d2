"""A page as it was read: its visible text, block by block, with the place of every character in the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter

_FIRST = itemgetter(0)


class BlockKind(StrEnum):
    """What a block of text is to a reader of the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CELL = "cell"
    QUOTE = "quote"
    CODE = "code"
    CAPTION = "caption"
    """What stands under a figure or over a table."""
    RELATED = "related"
    """An entry under "Related terms": a mention, and never a sentence that states something."""
    FURNITURE = "furniture"
    """Banner, navigation, biography, shop: on the page, and no part of what it says."""


@dataclass(frozen=True, slots=True)
class Text:
    """Visible words, and where each of them stands in the source.

    `runs` are (visible offset, source offset, source length of one visible character run): within a run the visible
    characters are the source's own, one to one. A character that stands for several of the source (an entity, folded
    white space) is a run of its own, `source_length` long. Runs are in order and cover the whole of `visible`.
    """

    visible: str
    runs: tuple[tuple[int, int, int], ...]

    @classmethod
    def verbatim(cls, visible: str, start: int) -> Text:
        """Text that is the source's own from offset `start` on."""
        return cls(visible, ((0, start, len(visible)),))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source's half-open span of visible[start:end], which must not be empty."""
        if not 0 <= start < end <= len(self.visible):
            raise ValueError(f"no text at {start}:{end} of {len(self.visible)} characters")
        return self._source(start)[0], self._source(end - 1)[1]

    def _source(self, at: int) -> tuple[int, int]:
        """The source span of one visible character."""
        number = bisect_right(self.runs, at, key=_FIRST) - 1 if len(self.runs) > 1 else 0
        visible, source, length = self.runs[number]
        following = self.runs[number + 1][0] if number + 1 < len(self.runs) else len(self.visible)
        if following - visible == length:
            return source + at - visible, source + at - visible + 1
        return source, source + length


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of a block: the visible span of its anchor and its target as the page writes it."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item …: `level` is a heading's (1-6) or a list item's depth, else 0.

    `section` is the text of the heading it stands under (None before the first), a heading's own text for a heading.
    `protected` are visible spans that nobody may link or rewrite (code, images).
    `lead_in` is the index, in the document's blocks, of the paragraph ending in a colon that introduces a list item.
    """

    kind: BlockKind
    text: Text
    section: str | None = None
    level: int = 0
    links: tuple[Link, ...] = ()
    protected: tuple[tuple[int, int], ...] = ()
    lead_in: int | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The person who reviewed the page, with credentials ("Ph.D.", "RD") in the page's order."""

    name: str
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about itself. Dates are ISO 8601 as far as the page gives them, None where it does not."""

    title: str
    url: str | None = None
    author: str | None = None
    reviewer: Reviewer | None = None
    reviewed: str | None = None
    published: str | None = None
    modified: str | None = None
    aliases: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page read: `path` from the project folder with forward slashes, `source` the decoded file (byte-order mark
    dropped, line ends as they are), `kind` "glossary" (about the concept of its title) or "article".

    Of a page inside an export `source` is the part that begins at `offset` of the file; all places count in the file.
    `language` is the tag that the page declares.
    """

    path: str
    source: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    kind: str = "glossary"
    related_terms: tuple[str, ...] = field(default=())
    offset: int = 0
    language: str | None = None

    @property
    def title(self) -> str:
        return self.metadata.title

    def quoted(self, start: int, end: int) -> str:
        """The characters that stand at these places of the file."""
        return self.source[start - self.offset : end - self.offset]
