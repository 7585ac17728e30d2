"""A page's bytes read into a Document, by the ending of its file."""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.document import Document
from nutrigraph.graph_builder.plain_text import read_plain_text

ENDINGS = frozenset({".txt", ".md", ".markdown"})
"""The endings of files that can be read as pages, in lower case."""


def read_page(path: str, data: bytes, kind: str = "glossary") -> Document:
    """The page in `data`. `path` is from the project folder, with forward slashes; its ending says the format.

    `kind` is "glossary" or "article". Raises SourceError for a page that is not UTF-8 text, for front matter that
    cannot be understood, and for an ending that is not in ENDINGS.
    """
    ending = PurePosixPath(path).suffix.lower()
    if ending not in ENDINGS:
        known = ", ".join(sorted(ENDINGS))
        raise SourceError(path, f'pages with the ending "{ending}" cannot be read; use one of {known}.')
    source = _decoded(path, data)
    if ending == ".txt":
        return read_plain_text(path, source, kind)
    from nutrigraph.graph_builder.markdown import read_markdown  # its parser takes a while to load

    return read_markdown(path, source, kind)


def _decoded(path: str, data: bytes) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(path, "the file is UTF-16, not UTF-8. Save it again with the encoding UTF-8.")
    zero = data.find(b"\0")
    if zero >= 0:
        raise SourceError(path, f"the file is binary (a zero byte at position {zero}). Move it out of the pages.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
        raise SourceError(path, f"{problem}. Save the file again with the encoding UTF-8.", line=line) from None
