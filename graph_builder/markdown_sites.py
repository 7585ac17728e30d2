"""What generators of sites put into Markdown and readers never see: shortcodes and tags of templates, fences of
containers, imports, attributes, the place of a table of contents. Admonitions and definition lists are read."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin

from nutrigraph.graph_builder.markdown_notes import hidden
from nutrigraph.graph_builder.wikilinks import wikilink

_TAG = re.compile(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}", re.DOTALL)
"""Of Hugo, Jekyll, Liquid, Jinja and Handlebars."""
_TEMPLATED = re.compile(r"\[((?:\\.|[^\[\]\\\n])+)\]\(([^()\n]*(?:\{\{|\{%)[^()\n]*)\)")
_TARGET = re.compile(r"[\"'“]([^\"'”]+)[\"'”]|\{%-?\s*(?:link|post_url)\s+(\S+?)\s*-?%\}")
_REFERENCE = re.compile(r"\]\((\{\{[<%]\s*(?:rel)?ref\s+\")[^\"\n{}]+?(\.md)?(?:#[^\"\n]*)?(\"\s*[%>]\}\})\)")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}|\[TOC\]\s*$|\[\[_TOC_\]\]")
_CONTAINER = re.compile(r":{3,}(?:\s*(?:\{[^}]*\}|[A-Za-z][\w-]*(?:[ \[{].*)?))?\s*$")
_MODULE = re.compile(r"import\s[^.]*\sfrom\s*['\"].*|import\s*['\"].*|export\s+(?:const|let|default|function)\b.*")
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def read_sites(parser: MarkdownIt) -> None:
    """Makes a parser of CommonMark know them."""
    parser.use(deflist_plugin).use(admon_plugin)
    parser.block.ruler.before("fence", "container", _container, _INTERRUPTS)
    parser.block.ruler.before("paragraph", "module", _module)
    parser.inline.ruler.before("link", "templated", _templated)
    parser.inline.ruler.before("wikilink", "tag", _tag)


class ReferenceForm(NamedTuple):
    """How Hugo's pages write hyperlinks: what stands before the name of a file and behind it, and the name's ending."""

    before: str
    ending: str
    after: str


def reference_form(source: str) -> ReferenceForm | None:
    """That of a page's first such hyperlink; None without any."""
    found = _REFERENCE.search(source)
    return ReferenceForm(found[1], found[2] or "", found[3]) if found else None


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """ ":::tip", "::: {.note}" and ":::", whatever they hold."""
    return _left_out(state, start, silent, _CONTAINER)


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines of MDX that import and export."""
    return state.blkIndent == 0 and _left_out(state, start, silent, _MODULE)


def _left_out(state: StateBlock, line: int, silent: bool, pattern: re.Pattern[str]) -> bool:
    if not pattern.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]):
        return False
    if not silent:
        state.line = line + 1
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "{[":
        return False
    return hidden(state, _TAG, silent) or hidden(state, _ATTRIBUTES, silent)


def _templated(state: StateInline, silent: bool) -> bool:
    """[glucose]({{< ref "glucose.md" >}}): a hyperlink by the name of a file, as a wikilink is."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    found = _TEMPLATED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        named = _TARGET.search(found[2])
        target = wikilink((named[1] or named[2]).strip("/")) if named else _TAG.sub("", found[2]).strip()
        last = state.posMax
        state.pos, state.posMax = found.span(1)
        state.push("link_open", "a", 1).attrs = {"href": target}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = last
    state.pos = found.end()
    return True
