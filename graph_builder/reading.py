"""A page's bytes read into a Document, by the ending of its file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.decoding import decoded, decoded_html
from nutrigraph.graph_builder.document import BlockKind, Document
from nutrigraph.graph_builder.html_tree import TooManyElements
from nutrigraph.graph_builder.language import other_language
from nutrigraph.graph_builder.plain_text import read_plain_text

ENDINGS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xml"})
"""The endings of files that can be read as pages, in lower case."""

EXPORTS = frozenset({".xml"})
"""The endings of files that hold many pages each."""

MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_POST = re.compile(r"\.xml#[^/]*\Z", re.IGNORECASE)
_LARGEST = 10_000_000
"""Bytes. No page that people read is as long; it would hold up all others."""


def file_of(path: str) -> str:
    """The file that a page stands in: for a page of an export the export, else the page itself.

    >>> file_of("site.xml#12"), file_of("notes/c#.md")
    ('site.xml', 'notes/c#.md')
    """
    return path.rpartition("#")[0] if _POST.search(path) else path


def ending_of(path: str) -> str:
    """The ending of the file that a page stands in, which tells its format, in lower case."""
    return PurePosixPath(file_of(path)).suffix.lower()


def read_page(
    path: str, data: bytes, kind: str = "glossary", *, language: str | None = None, offset: int = 0
) -> Document:
    """The page in `data`. `path` is from the project folder, with forward slashes; its ending says the format.

    `kind` is "glossary" or "article". `language` is the project's; without it, pages in any language are read. A page
    of an export ("export.xml#12") is given as `nutrigraph.graph_builder.wordpress.posts` gives it, in UTF-8, with its
    `offset`. Raises SourceError for a page that is no text in an encoding that can be told, too large, or in another
    language, for front matter that cannot be understood, and for an ending that is not in ENDINGS.
    """
    try:
        document = _read(path, data, kind, offset)
    except TooManyElements as error:
        raise SourceError(path, f"the page has {error}. Split it, or move it out of the pages.") from None
    if language is not None:
        texts = [block.text.visible for block in document.blocks if block.kind is not BlockKind.CODE]
        other = other_language(texts, language, document.language)
        if other is not None:
            problem = f"the page is in {other}, and the project's language is {language!r}"
            raise SourceError(path, f"{problem} (nutrigraph.toml). Move it into a project of its own.")
    return document


def _read(path: str, data: bytes, kind: str, offset: int) -> Document:
    ending = ending_of(path)
    if ending not in ENDINGS or (ending in EXPORTS and file_of(path) == path):
        known = ", ".join(sorted(ENDINGS))
        raise SourceError(path, f'pages with the ending "{ending}" cannot be read; use one of {known}.')
    if len(data) > _LARGEST:
        problem = f"the page has {len(data) / 1e6:.1f} MB, and pages of more than {_LARGEST // 10**6} MB are not read"
        raise SourceError(path, f"{problem}. Split it, or move it out of the pages.")
    # the readers of the formats take a while to load
    if ending in EXPORTS:
        from nutrigraph.graph_builder.wordpress import read_post

        return read_post(path, data.decode("utf-8"), offset, kind)
    if ending in _HTML:
        from nutrigraph.graph_builder.html_page import read_html

        return read_html(path, decoded_html(path, data), kind)
    source = decoded(path, data)
    if ending == ".txt":
        return read_plain_text(path, source, kind)
    from nutrigraph.graph_builder.markdown import read_markdown

    return read_markdown(path, source, kind)
