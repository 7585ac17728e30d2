"""[[Wikilinks]]: links by the name of a page, wherever its file is, as Obsidian, Foam and wikis have them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

_WIKILINK: Final = re.compile(r"(?<!\\)\[\[[^\[\]\n]{1,400}\]\]")
_MARKS: Final = frozenset("#|[]^")
_PAGE_ENDING: Final = re.compile(r"\.(md|markdown|txt|html?)$", re.IGNORECASE)
_APART: Final = re.compile(r"[\s_-]+")


def wikilink(name: str) -> str:
    """The target of a wikilink as links have it: its name in brackets, so that it is told from an address."""
    return f"[[{name}]]"


def linked_name(target: str) -> str | None:
    """The name of the page in a wikilink's target, without its section: "" for one on the same page. None for an
    address."""
    if not (target.startswith("[[") and target.endswith("]]")):
        return None
    return re.split(r"[#^]", target[2:-2], maxsplit=1)[0].strip()


def uses_wikilinks(source: str) -> bool:
    """Whether a page of Markdown has a wikilink."""
    return _WIKILINK.search(source) is not None


def names_of_files(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The paths of pages by the names that wikilinks may call their files by, those highest up first."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        named[_plain(posixpath.basename(path))].append(path)
    return {name: tuple(found) for name, found in named.items()}


def file_named(name: str, page: str, named: Mapping[str, tuple[str, ...]]) -> str | None:
    """The path that a wikilink of the page at path `page` means: of the files with that name, below the folders that it
    names, the one beside the page, else the one highest up. Case does not count, nor do spaces against hyphens."""
    wanted = _plain(posixpath.normpath(name.lstrip("/")))
    while wanted.startswith("../"):
        wanted = wanted[3:]
    found = [
        path
        for path in named.get(wanted.rpartition("/")[2], ())
        if "/" not in wanted or f"/{_plain(path)}".endswith(f"/{wanted}")
    ]
    beside = posixpath.dirname(page)
    return next((path for path in found if posixpath.dirname(path) == beside), found[0] if found else None)


def wikilink_names(path: str) -> list[str]:
    """How a wikilink may call the page at a path, the shortest first; none where it would be read otherwise."""
    parts = posixpath.splitext(path)[0].split("/")
    names = ("/".join(parts[-count:]) for count in range(1, len(parts) + 1))
    return [name for name in names if not set(name) & _MARKS]


def _plain(path: str) -> str:
    """A path as wikilinks compare it: without the ending of a page, in lower case."""
    return _APART.sub(" ", _PAGE_ENDING.sub("", path).casefold())
