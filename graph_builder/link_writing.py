"""Hyperlinks written into a page's source, as its format and its site write them, without changing anything else."""

from __future__ import annotations

import html
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urldefrag, urlsplit

from nutrigraph.graph_builder.reading import EXPORTS, MARKDOWN, ending_of, file_of
from nutrigraph.graph_builder.wikilinks import linked_name, wikilink

_PLAIN: Final = frozenset({".txt"})
_SAFE: Final = "/~!$&'*+,;=:@-._"
"""What may stand in an address as it is. Brackets would end a link in Markdown."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A hyperlink to write: the source's span of its words, and the address; that of a wikilink in brackets. `written`
    is what a page of Markdown has for the address, where that is something else."""

    start: int
    end: int
    address: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A page as hyperlinks know it: its path from the project folder and its IRI."""

    path: str
    iri: str


def takes_links(path: str) -> bool:
    """Whether hyperlinks can be written into a page with that path: not into plain text."""
    return ending_of(path) not in _PLAIN


def write_links(path: str, source: str, links: Iterable[NewLink]) -> str:
    """The source of a page, or of the file that it stands in, with the hyperlinks in it; spans must not overlap.

    Markdown gets [words](address) or [[page|words]], HTML and the text of an export <a href="address">words</a>.
    """
    ending = ending_of(path)
    parts: list[str] = []
    done = 0
    for link in sorted(links, key=lambda link: link.start):
        words = source[link.start : link.end]
        parts.append(source[done : link.start])
        if link.written:
            parts.append(f"[{words}]({link.written})")
        elif (name := linked_name(link.address)) is not None:
            parts.append(wikilink(words if words == name else f"{name}|{words}"))
        elif ending in MARKDOWN:
            parts.append(f"[{words}]({link.address})")
        else:
            opening, closing = f'<a href="{html.escape(link.address)}">', "</a>"
            if ending in EXPORTS and not _in_cdata(source, link.start):
                opening, closing = html.escape(opening, quote=False), html.escape(closing, quote=False)
            parts += [opening, words, closing]
        done = link.end
    return "".join([*parts, source[done:]])


def _in_cdata(source: str, at: int) -> bool:
    return source.rfind("<![CDATA[", 0, at) > source.rfind("]]>", 0, at)


def styles(page: Address, target: Address) -> Iterator[tuple[str, str]]:
    """The ways in which a page may write where another one is: (name of the way, address)."""
    relative = posixpath.relpath(target.path, posixpath.dirname(page.path) or ".")
    bare = posixpath.splitext(relative)[0]
    if file_of(target.path) == target.path:
        yield "file", relative
        yield "./file", f"./{relative}"
        yield "bare", bare
        yield "bare/", f"{bare}/"
        yield "./bare", f"./{bare}"
        yield "html", f"{bare}.html"
    iri = target.iri.rstrip("/")
    address = urlsplit(iri).path
    here = urlsplit(page.iri).path.rstrip("/")
    for ending in ("", "/", ".html"):
        yield f"iri{ending}", iri + ending
        yield f"root{ending}", address + ending
        yield f"beside{ending}", posixpath.relpath(address, posixpath.dirname(here)) + ending
        yield f"below{ending}", posixpath.relpath(address, here) + ending


def habits(links: Iterable[tuple[Address, str, Address]]) -> Counter[str]:
    """How often a site's hyperlinks between its pages (page, address as written, target) are written in each way."""
    found: Counter[str] = Counter()
    for page, written, target in links:
        address = urldefrag(written).url
        found.update({name for name, form in styles(page, target) if address in (form, quote(form, safe=_SAFE + "%"))})
    return found


def address(page: Address, target: Address, habits: Mapping[str, int]) -> str:
    """Where the target is, written as the site mostly does; by default as the path to its file, in an export as IRI."""
    forms = dict(styles(page, target))
    default = "iri" if file_of(page.path) != page.path or "file" not in forms else "file"
    best = max(forms, key=lambda name: (habits.get(name, 0), name == default))
    form = forms[best]
    return quote(form, safe=_SAFE + "%")
