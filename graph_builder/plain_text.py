"""Plain text read as a page: paragraphs between blank lines, headings by their form, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from nutrigraph.graph_builder.document import Block, BlockKind, Document, Metadata
from nutrigraph.graph_builder.sections import arrange
from nutrigraph.graph_builder.sentences import sentences
from nutrigraph.graph_builder.text_builder import TextBuilder

_LINE_END = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"[-*•‣◦–·]\s+(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
_TERM_AND_MEANING = re.compile(r"[^:]+:\s+\S")
_CLOSING = " \"'”’»)]"

_ASKING = re.compile(r"(?:what|who)(?:['’]s|\s+(?:is|are))\s+(?:(?:an?|the)\s+)?", re.IGNORECASE)
_ASKS_MORE = frozenset("best worst most for to in of with between and or if that when why how".split())
_LONGEST_NAME = 5


def read_plain_text(path: str, source: str, kind: str) -> Document:
    """The page in `source`, decoded text with its own line ends; `path` is from the project folder."""
    blocks: list[Block] = []
    for lines in _paragraphs(source):
        blocks.extend(block for block in _blocks(source, lines) if block.text.visible)  # soft hyphens are not seen
    if blocks and blocks[0].kind is BlockKind.HEADING:
        blocks[0] = Block(BlockKind.HEADING, blocks[0].text, level=1)
    arranged = arrange(blocks, inferred=True)
    title = title_from_path(path)
    if arranged.blocks and arranged.blocks[0].kind is BlockKind.HEADING:
        first = arranged.blocks[0].text.visible
        title = title if is_question(first) else first
    metadata = Metadata(
        title=title,
        author=arranged.author,
        reviewer=arranged.reviewer,
        reviewed=arranged.reviewed,
        published=arranged.published,
        modified=arranged.modified,
    )
    return Document(path, source, metadata, arranged.blocks, kind, arranged.related_terms)


def title_from_path(path: str) -> str:
    """A title for a page that has none: its file's name, hyphens as spaces."""
    return PurePosixPath(path).stem.replace("-", " ").strip() or path


def is_question(text: str) -> bool:
    """Whether a line is a question, and nothing but questions."""
    return all(text[start:end].rstrip(_CLOSING).endswith("?") for start, end in sentences(text))


def asked_about(title: str) -> str:
    """What a title asks about; the title itself where it asks for something else, or for nothing.

    >>> asked_about("What is the glycemic index?"), asked_about("What is the best diet for diabetes?")
    ('glycemic index', 'What is the best diet for diabetes?')
    """
    begins = _ASKING.match(title.strip())
    words = title.strip()[begins.end() :].rstrip("? ").split() if begins else []
    short = 0 < len(words) <= _LONGEST_NAME and _ASKS_MORE.isdisjoint(word.lower() for word in words)
    return " ".join(words) if short and title.rstrip().endswith("?") else title


def is_heading(text: str) -> bool:
    """Whether a line alone in its paragraph is a heading, by the contract's rule."""
    if is_question(text):
        return True
    parts = sentences(text)
    if len(parts) > 1 and any(text[start:end].rstrip(_CLOSING).endswith(".") for start, end in parts):
        return False
    return not text.rstrip(_CLOSING).endswith(".") and not _TERM_AND_MEANING.match(text)


def _paragraphs(source: str) -> Iterator[list[tuple[int, int]]]:
    """The lines of each paragraph, as spans without the white space around them."""
    lines: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.span() for match in _LINE_END.finditer(source)), (len(source), len(source))]:
        line = source[start : end[0]]
        words = line.strip()
        if words:
            begin = start + line.index(words)
            lines.append((begin, begin + len(words)))
        elif lines:
            yield lines
            lines = []
        start = end[1]
    if lines:
        yield lines


def _blocks(source: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    """The blocks of one paragraph: itself, or what comes before its list, and the list's items."""
    indents: list[int] = []
    gathered: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(lines):
        marker = _marker(source, lines, number, bool(indents))
        if marker is None:
            gathered.append((start, end))
            continue
        if gathered:
            yield _block(source, gathered, len(indents), len(lines) == 1)
        indent = _indent(source, start)
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        gathered = [(marker, end)]
    yield _block(source, gathered, len(indents), len(lines) == 1)


def _indent(source: str, start: int) -> int:
    """How many blanks and tabs stand before a line's first word."""
    first = start
    while first and source[first - 1] in " \t":
        first -= 1
    return start - first


def _marker(source: str, lines: list[tuple[int, int]], number: int, in_list: bool) -> int | None:
    """Where the words of a list item begin, if this line is one."""
    start, end = lines[number]
    if bullet := _BULLET.match(source, start, end):
        return bullet.end()
    numbered = _NUMBER.match(source, start, end)
    if numbered is None or (len(lines) == 1 and is_question(source[start:end])):
        return None
    # a number may begin a line of running text by chance: it needs a list, a colon or a paragraph's beginning before it
    if in_list or number == 0 or source[slice(*lines[number - 1])].endswith(":"):
        return numbered.end()
    return None


def _block(source: str, lines: list[tuple[int, int]], depth: int, alone: bool) -> Block:
    builder = TextBuilder()
    before: int | None = None
    for start, end in lines:
        if before is not None:
            builder.space(before, start)
        builder.verbatim(source[start:end], start)
        before = end
    text = builder.text()
    if depth:
        return Block(BlockKind.LIST_ITEM, text, level=depth)
    if alone and is_heading(text.visible):
        return Block(BlockKind.HEADING, text, level=2)
    return Block(BlockKind.PARAGRAPH, text)
