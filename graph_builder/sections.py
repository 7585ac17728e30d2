"""The blocks of a page put in order: which heading each stands under, which say something and which are furniture."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import looks_like_person, person
from nutrigraph.graph_builder.document import Block, BlockKind, Reviewer
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.text_builder import part

_SAYS_NOTHING = frozenset({BlockKind.HEADING, BlockKind.FURNITURE, BlockKind.RELATED, BlockKind.CODE})
_LONGEST_TERM = 80
_BETWEEN_TERMS = re.compile(r"\s*[;|•·\n]\s*")
_BETWEEN_LISTED_TERMS = re.compile(r"\s*(?:[;|•·\n]|,(?:\s+and\b)?|\band\b(?=[^,]{0,80}$))\s*")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
"""A web or mail address: nobody may link words inside it."""

_BEFORE_MEANING = re.compile(r"\s*:\s|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Arranged:
    """The blocks with their places, and what the page says about itself in its text."""

    blocks: tuple[Block, ...]
    related_terms: tuple[str, ...]
    reviewer: Reviewer | None
    author: str | None
    reviewed: str | None
    published: str | None
    modified: str | None


def arrange(blocks: Sequence[Block], *, inferred: bool, boxes: Iterable[tuple[int, int]] = ()) -> Arranged:
    """Gives each block its section and lead-in and finds furniture, related terms, reviewer and dates.

    `inferred`: the headings are guessed from plain text, so that a name under "Reviewed by:" or a term under "Related
    terms" may look like one. `boxes` are spans of blocks, none across another, whose headings count only inside of
    them: what follows a list of definitions stands under the heading that the list stands under.
    """
    walk = _Walk(blocks, inferred)
    begun: dict[int, list[int]] = {}
    for begin, end in sorted(boxes, key=itemgetter(1), reverse=True):
        if begin < end:
            begun.setdefault(begin, []).append(end)
    around: list[tuple[int, _Section]] = []
    """The ends of the boxes that the walk is in, and the sections that go on after them."""
    for index in range(len(blocks)):
        while around and around[-1][0] <= index:
            walk.section = around.pop()[1]
        around.extend((end, walk.section) for end in begun.get(index, ()))
        walk.take(index)
    placed = _led_in(walk.placed)
    return Arranged(
        tuple(placed),
        tuple(walk.related_terms),
        walk.reviewer,
        walk.author,
        walk.dates.get("reviewed"),
        walk.dates.get("published"),
        walk.dates.get("modified"),
    )


@dataclass(frozen=True, slots=True)
class _Section:
    """What the walk is under: a heading, or a line such as a byline that tells what follows."""

    heading: str | None = None
    role: Role | None = None
    """Of the heading or line; None for one that says something."""
    level: int = 7
    """Of the heading; 7 for a byline that is none."""


class _Walk:
    """One pass over the blocks of a page."""

    def __init__(self, blocks: Sequence[Block], inferred: bool) -> None:
        self.blocks = blocks
        self.inferred = inferred
        self.placed: list[Block] = []
        self.related_terms: list[str] = []
        self.reviewer: Reviewer | None = None
        self.author: str | None = None
        self.dates: dict[str, str] = {}
        self.section = _Section()
        self.name: str | None = None
        """Whose byline the walk is under."""
        self.awaits_name = False
        self.in_biography = False
        self.said_something = False

    def take(self, index: int) -> None:
        block = self.blocks[index]
        text = block.text.visible
        line = None if block.kind is BlockKind.CODE else furniture.line(text)
        if line is not None and (line.role is not Role.BOX or block.kind is BlockKind.HEADING):
            self._open(block, line)
        elif block.kind is BlockKind.HEADING and not self._covers_heading(index):
            self.section = _Section(text)
            self._place(block, BlockKind.HEADING)
        elif self.section.role is Role.RELATED and (block.kind is BlockKind.HEADING or _lists_terms(block)):
            self._entries(block, 0, listed=False)
        elif self._covers(block):
            if self.awaits_name and looks_like_person(text):
                self._meet(person(text))
            self.awaits_name = False
            self._place(block, BlockKind.CODE if block.kind is BlockKind.CODE else BlockKind.FURNITURE)
        else:
            if self.section.role is not Role.RELATED:
                self._enter(None)
            self.said_something = self.said_something or block.kind not in _SAYS_NOTHING
            self._place(block, block.kind)

    def _enter(self, role: Role | None, level: int = 7) -> None:
        """A role begins or ends under the same heading."""
        if role is not None or self.section.role is not None:
            self.section = _Section(self.section.heading, role, level)

    def _open(self, block: Block, line: furniture.Line) -> None:
        """A line that plays a role."""
        is_heading = block.kind is BlockKind.HEADING
        if line.date and line.event:
            self.dates.setdefault(line.event, line.date)
        if line.role is Role.BANNER or line.role is Role.DATE:
            self.reviewer = self.reviewer or line.person
            if is_heading and self.section.role is Role.RELATED:
                self._enter(Role.BOX, block.level)  # what follows, such as more links, is no term
            self._place(block, BlockKind.FURNITURE)
            return
        self._enter(line.role, block.level if is_heading else 7)
        if line.role is Role.RELATED and line.rest < len(block.text.visible):
            self._entries(block, line.rest, listed=True)
            self._enter(None)
        elif line.role is Role.RELATED:
            self.section = dataclasses.replace(self.section, heading=block.text.visible)
            self._place(block, BlockKind.HEADING)
        else:
            self.name, self.in_biography = None, False
            self.awaits_name = line.person is None
            self._meet(line.person)
            self._place(block, BlockKind.FURNITURE)

    def _meet(self, someone: Reviewer | None) -> None:
        """The person of the byline that the walk is under."""
        if someone is None:
            return
        self.name = someone.name
        if self.section.role is Role.REVIEWER:
            self.reviewer = self.reviewer or someone
        elif self.section.role is Role.AUTHOR:
            self.author = self.author or someone.name

    def _covers_heading(self, index: int) -> bool:
        """Whether a heading belongs to what the walk is under, rather than ending it."""
        block = self.blocks[index]
        text = block.text.visible
        role = self.section.role
        if role is None:
            return False
        if not self.inferred:
            return block.level > self.section.level
        if text.endswith("?"):
            return False
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        said = following.text.visible if following and following.kind is BlockKind.PARAGRAPH else None
        if said is not None and furniture.line(said) is not None:
            said = None
        if role is Role.RELATED:
            return said is None and len(text) <= _LONGEST_TERM
        if role is Role.BOX:
            return said is None
        if self.awaits_name and looks_like_person(text):
            return said is None or self.said_something or furniture.is_biography(said, text)
        return not self.in_biography and said is not None and furniture.is_biography(said, self.name)

    def _covers(self, block: Block) -> bool:
        """Whether a block that is no ordinary heading is furniture, by what it stands under."""
        role = self.section.role
        if role is None or role is Role.RELATED:
            return False
        if role is Role.BOX or block.kind is BlockKind.HEADING or self.in_biography or self.awaits_name:
            return True
        text = block.text.visible
        under_heading = self.section.level < 7 and (not self.inferred or self.said_something)
        self.in_biography = under_heading or furniture.is_biography(text, self.name)
        return self.in_biography

    def _entries(self, block: Block, start: int, *, listed: bool) -> None:
        """The terms of a line under, or after, "Related terms"."""
        text = block.text.visible
        commas = listed or (block.kind is not BlockKind.LIST_ITEM and text.count(",") > 1)
        between = _BETWEEN_LISTED_TERMS if commas else _BETWEEN_TERMS
        ends = [(match.start(), match.end()) for match in between.finditer(text, start)]
        begins = [start, *(after for _, after in ends)]
        for begin, stop in zip(begins, [*(before for before, _ in ends), len(text)], strict=True):
            end = begin + len(text[begin:stop].rstrip(" ."))
            if begin == end:
                continue
            links = tuple(
                dataclasses.replace(link, start=max(link.start, begin) - begin, end=min(link.end, end) - begin)
                for link in block.links
                if link.start < end and link.end > begin
            )
            protected = tuple(
                (max(left, begin) - begin, min(right, end) - begin)
                for left, right in block.protected
                if left < end and right > begin
            )
            words = text[begin:end]
            linked = bool(links) and links[0].start == 0
            self.related_terms.append(words[: links[0].end] if linked else _BEFORE_MEANING.split(words)[0])
            piece = dataclasses.replace(block, text=part(block.text, begin, end), links=links, protected=protected)
            self._place(piece, BlockKind.RELATED)

    def _place(self, block: Block, kind: BlockKind) -> None:
        level = block.level if kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0
        words = block.text.visible
        protected = block.protected
        if "@" in words or "://" in words or "www." in words.lower():
            addresses = (match.span() for match in _ADDRESS.finditer(words))
            protected = tuple(sorted({*block.protected, *addresses}))
        self.placed.append(
            dataclasses.replace(block, kind=kind, section=self.section.heading, level=level, protected=protected)
        )


def _lists_terms(block: Block) -> bool:
    """Whether a block under "Related terms" is an entry, and no sentence."""
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.CELL):
        return True
    text = block.text.visible
    covered = sum(link.end - link.start for link in block.links)
    if covered and covered * 2 >= len(text):
        return True
    return len(text) <= _LONGEST_TERM and not text.endswith((".", "?", "!", ":"))


def _led_in(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each list item with the index of the block ending in a colon that introduces it."""
    result: list[Block] = []
    leads: dict[int, int | None] = {}
    for index, block in enumerate(blocks):
        introduces = index if block.text.visible.endswith(":") else None
        if block.kind is BlockKind.LIST_ITEM:
            result.append(dataclasses.replace(block, lead_in=leads.get(block.level)))
            leads[block.level + 1] = introduces
        else:
            result.append(block)
            leads = {1: introduces} if block.kind is not BlockKind.FURNITURE else {}
    return result
