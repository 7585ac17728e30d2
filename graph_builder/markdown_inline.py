"""The words inside a Markdown block: what is seen of them, and where each character stands in the source.

markdown-it says what a text means and not where it stands. A rule put before all its others sees every step of the
inline parser; what a step consumed gives the tokens that it made their places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from nutrigraph.graph_builder.document import Link, Text
from nutrigraph.graph_builder.markdown_notes import read_notes
from nutrigraph.graph_builder.markdown_sites import read_sites
from nutrigraph.graph_builder.text_builder import TextBuilder, trimmed
from nutrigraph.graph_builder.wikilinks import wikilink

_WIKILINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]|\n]{1,200}))?\]\]")
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_LINK_TAG = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_CODE_TAG = re.compile(r"<(/?)(?:code|kbd|samp|pre)\b", re.IGNORECASE)
_DEEPEST = 50
"""Nesting beyond this is read as plain words; it keeps hostile pages within Python's recursion limit."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the characters of a block's content stand in the source: from `contents[n]` on, at `sources[n]` and on."""

    contents: tuple[int, ...]
    sources: tuple[int, ...]

    def of(self, at: int) -> int:
        """The source offset of a character of the content."""
        number = bisect_right(self.contents, at) - 1
        return self.sources[number] + at - self.contents[number]

    def pieces(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """content[start:end] in pieces that stand in the source as they are: (start, end, source offset)."""
        result = []
        number = bisect_right(self.contents, start) - 1
        while start < end:
            following = self.contents[number + 1] if number + 1 < len(self.contents) else end
            stop = min(end, following)
            result.append((start, stop, self.sources[number] + start - self.contents[number]))
            start, number = stop, number + 1
        return result


@dataclass(frozen=True, slots=True)
class Inline:
    """What is seen of a block's content."""

    text: Text
    links: tuple[Link, ...]
    protected: tuple[tuple[int, int], ...]


class Parser(MarkdownIt):
    """CommonMark with tables, strikethrough, [[wikilinks]] and what apps for notes and generators of sites add; link
    targets stay as the page writes them."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": _DEEPEST})
        self.enable(["table", "strikethrough"])
        self.inline.ruler2.disable("fragments_join")  # it would join tokens that have different places
        self.inline.ruler.before("text", "places", self._step)
        self.inline.ruler.before("link", "wikilink", _wikilink)
        read_notes(self)
        read_sites(self)
        self._steps: _Steps | None = None

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link

    def block_tokens(self, source: str, env: dict[str, object]) -> list[Token]:
        """The block tokens of a text whose line ends are line feeds; `env` receives its link references."""
        tokens: list[Token] = []
        self.block.parse(source, self, env, tokens)
        return tokens

    def read(self, content: str, places: Places, env: dict[str, object]) -> Inline:
        """What is seen of a block's content."""
        state = StateInline(content, self, env, [])
        self._steps = _Steps(state)
        self.inline.tokenize(state)
        self._steps.finish()
        self._steps = None
        for rule in self.inline.ruler2.getRules(""):
            rule(state)
        writer = _Writer(content, places)
        for token in state.tokens:
            writer.write(token)
        return writer.inline()

    def _step(self, state: StateInline, silent: bool) -> bool:
        if not silent and self._steps is not None and state is self._steps.state:
            self._steps.finish()
            self._steps.begin()
        return False


class _Steps:
    """Gives each inline token its span of the content, as `meta["span"]`."""

    def __init__(self, state: StateInline) -> None:
        self.state = state
        self.begin()
        self.pending_start = 0

    def begin(self) -> None:
        self.start = self.state.pos
        self.made = len(self.state.tokens)
        self.was_pending = bool(self.state.pending)

    def finish(self) -> None:
        """Places the tokens that the parser made since `begin`, and notes where its pending words begin."""
        made = self.state.tokens[self.made :]
        cursor, end = self.start, self.state.pos
        for number, token in enumerate(made):
            if "span" in token.meta:
                continue
            if number == 0 and self.was_pending and token.type == "text":
                token.meta["span"] = (self.pending_start, self.pending_start + len(token.content))
            elif token.type == "text":
                cursor = self._text(token, cursor, end)
            else:
                token.meta["span"] = (self.start, end)
                if token.type == "link_open":
                    cursor = self.start + 1
        if not self.was_pending or made:
            self.pending_start = self.start

    def _text(self, token: Token, cursor: int, end: int) -> int:
        at = self.state.src.find(token.content, cursor, max(end, cursor + len(token.content)))
        if at < 0:
            token.meta["span"] = (cursor, max(cursor, end))
            return cursor
        token.meta["span"] = (at, at + len(token.content))
        return at + len(token.content)


class _Writer:
    """Writes what is seen of the tokens, in order."""

    def __init__(self, content: str, places: Places) -> None:
        self.content = content
        self.places = places
        self.builder = TextBuilder()
        self.links: list[Link] = []
        self.protected: list[tuple[int, int]] = []
        self.open_links: list[tuple[int, str]] = []
        self.open_code: int | None = None

    def write(self, token: Token) -> None:
        start, end = token.meta.get("span", (0, 0))
        match token.type:
            case "text":
                self._words(token.content, start, end)
            case "text_special" if token.content == token.markup:
                self._words(token.content, start, start + len(token.markup))
            case "text_special" if token.info == "escape":
                self._words(token.content, start + 1, start + len(token.markup))
            case "text_special":
                self._replaced(token.content, start, start + len(token.markup))
            case "softbreak" | "hardbreak":
                self._replaced(" ", start, max(end, start + 1))
            case "code_inline":
                self._code(token, start)
            case "link_open":
                self.open_links.append((len(self.builder), str(token.attrs.get("href", ""))))
            case "link_close":
                self._close_link()
            case "html_inline":
                self._tag(token.content, start, end)
            case _:
                pass  # emphasis, images: nothing of them is seen as words

    def inline(self) -> Inline:
        text = self.builder.text()
        end = len(text.visible)
        links = ((*trimmed(text.visible, link.start, min(link.end, end)), link.target) for link in self.links)
        protected = (trimmed(text.visible, start, min(stop, end)) for start, stop in self.protected)
        return Inline(
            text,
            tuple(Link(start, stop, target) for start, stop, target in links if start < stop),
            tuple((start, stop) for start, stop in protected if start < stop),
        )

    def _words(self, words: str, start: int, end: int) -> None:
        if self.content[start:end] != words:
            self._replaced(words, start, end)
            return
        for first, last, source in self.places.pieces(start, end):
            self.builder.verbatim(self.content[first:last], source)

    def _replaced(self, words: str, start: int, end: int) -> None:
        if words and start < end:
            self.builder.replaced(words, self.places.of(start), self.places.of(end - 1) + 1)

    def _code(self, token: Token, start: int) -> None:
        first = start + len(token.markup)
        opened = len(self.builder)
        end = first + len(token.content)
        words = self.content[first:end].replace("\n", " ")
        if words != token.content or not self.content.startswith(token.markup, end):
            first += 1  # the parser took away one blank at each side
        end = first + len(token.content)
        self._words(self.content[first:end], first, end)
        self.protected.append((opened, len(self.builder)))

    def _tag(self, tag: str, start: int, end: int) -> None:
        if _BREAK_TAG.match(tag):
            self._replaced(" ", start, end)
        elif found := _LINK_TAG.match(tag):
            self.open_links.append((len(self.builder), found[1]))
        elif tag[:3].lower() == "</a":
            self._close_link()
        elif found := _CODE_TAG.match(tag):
            if found[1] and self.open_code is not None:
                self.protected.append((self.open_code, len(self.builder)))
            self.open_code = None if found[1] else len(self.builder)

    def _close_link(self) -> None:
        if self.open_links:
            start, target = self.open_links.pop()
            self.links.append(Link(start, len(self.builder), target))


def _wikilink(state: StateInline, silent: bool) -> bool:
    """[[Glucose]] and [[glucose|blood sugar]]: the target, and the words that are seen."""
    if not state.src.startswith("[[", state.pos) or state.linkLevel:
        return False
    match = _WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    references = state.env.get("references", {})
    if match[2] is None and normalizeReference(match[1]) in references:
        return False
    if not silent:
        seen = 1 if match[2] is None else 2
        state.push("link_open", "a", 1).attrs = {"href": wikilink(match[1].removesuffix("\\").strip())}
        token = state.push("text", "", 0)
        token.content = match[seen]
        token.meta["span"] = match.span(seen)
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True
