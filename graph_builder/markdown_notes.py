"""What apps for notes put into Markdown and show otherwise or not at all: comments, embedded pages, highlights,
footnotes, names of blocks, and marks of callouts and tasks."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]{1,400}\]\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\[\s]{1,50}\]:?")
_CALLOUT = re.compile(r"\[![A-Za-z][\w-]{0,30}\][+-]?(?!\()")
_TASK = re.compile(r"\[([ xX])\](?=\s)")
_BLOCK_NAME = re.compile(r"\^[A-Za-z0-9-]{1,50}(?=\s*$)")
_HIGHLIGHT = re.compile(r"==(?=\S)[^=\n]+(?<=\S)==")


def read_notes(parser: MarkdownIt) -> None:
    """Makes a parser of CommonMark know them."""
    parser.block.ruler.before("paragraph", "comment", _comment_block)
    parser.inline.ruler.before("link", "mark", _mark)
    parser.inline.ruler.before("image", "embedded", _embedded)
    parser.inline.ruler.before("emphasis", "comment", _comment)
    parser.inline.ruler.before("emphasis", "highlight", _highlight)


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines from one that begins with %% to one that ends with it."""
    if not state.src.startswith("%%", state.bMarks[start] + state.tShift[start]):
        return False
    for number in range(start, end):
        first = state.bMarks[number] + state.tShift[number] + (2 if number == start else 0)
        if state.src[first : state.eMarks[number]].rstrip().endswith("%%"):
            if not silent:
                state.line = number + 1
            return True
    return False


def _comment(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "%" or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    return hidden(state, _COMMENT, silent)


def _embedded(state: StateInline, silent: bool) -> bool:
    """![[chart.png]] and ![[Glucose#Uses]] show what stands elsewhere: nothing of them is this page's text."""
    return state.src[state.pos] == "!" and hidden(state, _EMBEDDED, silent)


def _mark(state: StateInline, silent: bool) -> bool:
    """[!note] and [ ] at the beginning, ^name at the end, and [^1] anywhere."""
    if state.src[state.pos] not in "[^":
        return False
    if state.pos == 0 and (hidden(state, _CALLOUT, silent) or (_is_task(state) and hidden(state, _TASK, silent))):
        return True
    if state.pos and state.src[state.pos - 1].isspace() and hidden(state, _BLOCK_NAME, silent):
        return True
    return hidden(state, _FOOTNOTE, silent)


def _is_task(state: StateInline) -> bool:
    """Whether brackets hold the mark of a task, and not a link's words."""
    found = _TASK.match(state.src)
    return found is not None and normalizeReference(found[1]) not in state.env.get("references", {})


def _highlight(state: StateInline, silent: bool) -> bool:
    """The marks of ==highlighted words==."""
    if not state.src.startswith("==", state.pos):
        return False
    if not _HIGHLIGHT.match(state.src, state.pos):
        opening = _HIGHLIGHT.match(state.src, max(state.src.rfind("==", 0, state.pos), 0))
        if opening is None or opening.end() != state.pos + 2:
            return False
    return _skip(state, state.pos + 2, silent)


def hidden(state: StateInline, pattern: re.Pattern[str], silent: bool) -> bool:
    """Leaves out what a pattern finds where the parser stands; False if it finds nothing."""
    found = pattern.match(state.src, state.pos, state.posMax)
    return found is not None and _skip(state, found.end(), silent)


def _skip(state: StateInline, end: int, silent: bool) -> bool:
    if state.pending and not silent:
        state.pushPending()  # what follows has a place of its own
    state.pos = end
    return True
