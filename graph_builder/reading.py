"""A page's bytes read into a Document, by the ending of its file."""

from __future__ import annotations

from pathlib import PurePosixPath

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.decoding import decoded, decoded_html
from nutrigraph.graph_builder.document import Document
from nutrigraph.graph_builder.plain_text import read_plain_text

ENDINGS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"})
"""The endings of files that can be read as pages, in lower case."""

_HTML = frozenset({".html", ".htm", ".xhtml"})
_LARGEST = 10_000_000
"""Bytes. No page that people read is as long; it would hold up all others."""


def read_page(path: str, data: bytes, kind: str = "glossary") -> Document:
    """The page in `data`. `path` is from the project folder, with forward slashes; its ending says the format.

    `kind` is "glossary" or "article". Raises SourceError for a page that is no text in an encoding that can be told,
    or too large, for front matter that cannot be understood, and for an ending that is not in ENDINGS.
    """
    ending = PurePosixPath(path).suffix.lower()
    if ending not in ENDINGS:
        known = ", ".join(sorted(ENDINGS))
        raise SourceError(path, f'pages with the ending "{ending}" cannot be read; use one of {known}.')
    if len(data) > _LARGEST:
        problem = f"the page has {len(data) / 1e6:.1f} MB, and pages of more than {_LARGEST // 10**6} MB are not read"
        raise SourceError(path, f"{problem}. Split it, or move it out of the pages.")
    if ending in _HTML:
        from nutrigraph.graph_builder.html_page import read_html

        return read_html(path, decoded_html(path, data), kind)
    source = decoded(path, data)
    if ending == ".txt":
        return read_plain_text(path, source, kind)
    from nutrigraph.graph_builder.markdown import read_markdown  # its parser takes a while to load

    return read_markdown(path, source, kind)
