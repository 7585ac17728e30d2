"""A project folder and its nutrigraph.toml."""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from nutrigraph.errors import ProjectError

FILE_NAME: Final = "nutrigraph.toml"
EXAMPLE_URL: Final = "https://www.example.org/glossary/"
KINDS: Final = ("glossary", "article")
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "project": ("title", "base_url", "concepts", "language"),
    "pages": ("path", "kind"),
    "vocabulary": ("bundled", "files", "restrictions"),
    "links": ("never", "first_mention", "most", "prefer", "leave"),
    "gaps": ("off", "min_pages", "max_review_age"),
    "store": ("location",),
    "queries": ("services",),
}


@dataclass(frozen=True, slots=True)
class PagesFolder:
    """A folder of pages: `path` from the project folder, `kind` "glossary" or "article"."""

    path: str
    kind: str = "glossary"


@dataclass(frozen=True, slots=True)
class LinkRules:
    """A site's own rules for hyperlinks: words that `never` become one; `first_mention`: only where a page names the
    target for the first time; at `most` so many on a page, those it has included (None: any number); the page that
    words `prefer` where they may mean several; pages to `leave` alone, as patterns of paths."""

    never: tuple[str, ...] = ()
    first_mention: bool = False
    most: int | None = None
    prefer: tuple[tuple[str, str], ...] = ()
    leave: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapSettings:
    """Which gaps are reported: the kinds in `off` are not; a concept without a page is from `min_pages` pages that name
    it on; a review is out of date after `max_review_age` months (None: never)."""

    off: tuple[str, ...] = ()
    min_pages: int = 3
    max_review_age: int | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """What nutrigraph.toml says.

    `restrictions` asks for OWL's existential restrictions as plain relations too. `services` are the hosts (with a
    port, if it is not the usual one) that a query may ask with SERVICE.

    `folder` is absolute. `base_url` and `concepts` (the namespace of the project's own concepts) end in a slash or,
    for `concepts`, in "#". All paths are as written, relative to `folder`, with forward slashes.
    """

    folder: Path
    title: str
    base_url: str
    concepts: str
    language: str = "en"
    pages: tuple[PagesFolder, ...] = ()
    bundled: tuple[str, ...] = ("nutrition",)
    files: tuple[str, ...] = ()
    restrictions: bool = False
    links: LinkRules = LinkRules()
    gaps: GapSettings = GapSettings()
    store_location: str = ".nutrigraph"
    services: tuple[str, ...] = ()

    @property
    def location(self) -> Path:
        """The folder in which the snapshots of the graph live."""
        return self.folder / self.store_location


def is_address(text: str) -> bool:
    """Whether that is a web address rather than a folder."""
    return text.lower().startswith(("http://", "https://"))


def find_project(start: Path) -> Path:
    """The nearest folder from `start` upwards that has a nutrigraph.toml; ProjectError if there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise ProjectError(
        f"There is no {FILE_NAME} in {start} or in a folder above it. "
        "Create a project here with: nutrigraph init (or name its folder with --project)."
    )


def read_project(folder: Path) -> Project:
    """The project in `folder`; ProjectError with file and line if its nutrigraph.toml cannot be used."""
    folder = folder.resolve()
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise ProjectError(f"There is no {FILE_NAME} in {folder}. Create one with: nutrigraph init") from None
    except UnicodeDecodeError:
        raise ProjectError(f"{FILE_NAME} in {folder} is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise ProjectError(f"{FILE_NAME} in {folder} cannot be read: {error.strerror}.") from None
    return _Settings(text).project(folder)


def write_project(
    folder: Path, *, title: str | None = None, base_url: str = EXAMPLE_URL, pages: Sequence[str] = ("pages",)
) -> Path:
    """Writes a new nutrigraph.toml into `folder` (made if needed) and returns its path; never overwrites one."""
    target = folder / FILE_NAME
    if target.exists():
        raise ProjectError(f"{target} exists already; nothing was changed.")
    lines = ["[project]", f"title    = {_quoted(title or folder.resolve().name)}", f"base_url = {_quoted(base_url)}"]
    for path in pages:
        lines += ["", "[[pages]]", f"path = {_quoted(path)}"]
    lines += ["", "[vocabulary]", 'bundled = ["nutrition"]', "files   = []", "", "[store]", 'location = ".nutrigraph"']
    text = "\n".join(lines) + "\n"
    _Settings(text).project(folder)  # what is refused when reading must not be written
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{FILE_NAME}.{os.getpid()}"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(target)
    except OSError as error:
        raise ProjectError(f"{target} cannot be written: {error.strerror}.") from None
    return target


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


class _Settings:
    """The text of a nutrigraph.toml while it is being checked: knows where each key stands, for the messages."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        try:
            self._tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
            if match:
                raise ProjectError(f"{FILE_NAME}, line {match[2]}, column {match[3]}: {match[1]}.") from None
            raise ProjectError(f"{FILE_NAME}, line {max(len(self._lines), 1)}: {error}.") from None

    def project(self, folder: Path) -> Project:
        self._known("", self._tables, tuple(_KEYS))
        project = self._table("project")
        vocabulary = self._table("vocabulary")
        base_url = self._url("project", project, "base_url")
        pages = self._pages()
        return Project(
            folder=folder,
            title=self._string("project", project, "title", folder.resolve().name),
            base_url=base_url,
            concepts=self._url("project", project, "concepts", base_url + "concept/"),
            language=self._language(project),
            pages=pages,
            bundled=self._strings(vocabulary, "bundled", ("nutrition",)),
            files=tuple(self._inside("vocabulary", "files", path) for path in self._strings(vocabulary, "files", ())),
            restrictions=self._flag("vocabulary", vocabulary, "restrictions"),
            links=self._links(),
            gaps=self._gaps(),
            store_location=self._location(pages),
            services=self._hosts(),
        )

    def _links(self) -> LinkRules:
        table = self._table("links")
        most = table.get("most")
        if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 0):
            raise self._error("links", "most", "most must be a whole number of links, without quotes")
        prefer = table.get("prefer", {})
        if not isinstance(prefer, dict) or not all(isinstance(path, str) for path in prefer.values()):
            problem = 'prefer gives the page for some words: prefer = { "fat" = "pages/dietary-fat.md" }'
            raise self._error("links", "prefer", problem)
        return LinkRules(
            never=self._strings(table, "never", (), "links"),
            first_mention=self._flag("links", table, "first_mention"),
            most=most,
            prefer=tuple((words, self._inside("links", "prefer", path)) for words, path in prefer.items()),
            leave=self._strings(table, "leave", (), "links"),
        )

    def _pages(self) -> tuple[PagesFolder, ...]:
        tables = self._tables.get("pages", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._error("", "pages", "write each folder of pages as a [[pages]] table, with double brackets")
        folders: list[PagesFolder] = []
        for number, table in enumerate(tables):
            self._known("pages", table, _KEYS["pages"], number)
            if "path" not in table:
                raise self._error("", "pages", 'a [[pages]] table needs path = "…"', number)
            path = self._inside("pages", "path", self._string("pages", table, "path", "", number), number)
            kind = self._string("pages", table, "kind", "glossary", number)
            if kind not in KINDS:
                problem = f'kind is "glossary" or "article", not {kind!r}{_near(kind, KINDS)}'
                raise self._error("pages", "kind", problem, number)
            if path in (folder.path for folder in folders):
                raise self._error("pages", "path", f"{path!r} is in another [[pages]] table already", number)
            folders.append(PagesFolder(path, kind))
        return tuple(folders)

    def _hosts(self) -> tuple[str, ...]:
        hosts = self._strings(self._table("queries"), "services", (), "queries")
        for host in hosts:
            if not re.fullmatch(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?", host):
                raise self._error("queries", "services", f'must be hosts such as "www.example.org", not {host!r}')
        return tuple(host.lower() for host in hosts)

    def _gaps(self) -> GapSettings:
        table = self._table("gaps")
        default = GapSettings()
        return GapSettings(
            off=self._strings(table, "off", default.off, "gaps"),
            min_pages=self._count("gaps", table, "min_pages") or default.min_pages,
            max_review_age=self._count("gaps", table, "max_review_age"),
        )

    def _location(self, pages: Iterable[PagesFolder]) -> str:
        location = self._inside(
            "store", "location", self._string("store", self._table("store"), "location", ".nutrigraph")
        )
        if location == ".":
            raise self._error("store", "location", "must be a folder of its own, as snapshots are deleted from it")
        for folder in (PurePosixPath(folder.path) for folder in pages):
            if folder.is_relative_to(location) or (folder.parts and PurePosixPath(location).is_relative_to(folder)):
                problem = f"must lie apart from the pages in {str(folder)!r}, as snapshots are deleted from it"
                raise self._error("store", "location", problem)
        return location

    def _language(self, table: Mapping[str, object]) -> str:
        language = self._string("project", table, "language", "en")
        if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
            raise self._error(
                "project", "language", f'must be a language tag such as "en" or "pt-BR", not {language!r}'
            )
        return language

    def _url(self, section: str, table: Mapping[str, object], key: str, default: str | None = None) -> str:
        if default is None and key not in table:
            raise self._error(
                "", section, f"{key} is missing; pages get their addresses from it: {key} = {EXAMPLE_URL!r}"
            )
        url = self._string(section, table, key, default or "")
        forbidden = r'\s<>"{}|\\^`?' + ("" if key == "concepts" else "#")
        if not re.fullmatch(rf"https?://[^/{forbidden}]+(/[^{forbidden}]*)?", url):
            raise self._error(section, key, f"must be a web address such as {EXAMPLE_URL!r}, not {url!r}")
        return url if url.endswith(("/", "#")) else url + "/"

    def _inside(self, section: str, key: str, path: str, number: int = 0) -> str:
        """A path with forward slashes that cannot lead out of the project."""
        pure = PurePosixPath(path.replace("\\", "/"))
        if not path or "\0" in path or pure.is_absolute() or PureWindowsPath(path).drive or ".." in pure.parts:
            raise self._error(section, key, f"{path!r} must be a path below the project folder, without ..", number)
        return str(pure)

    def _table(self, name: str) -> Mapping[str, object]:
        table = self._tables.get(name, {})
        if not isinstance(table, dict):
            raise self._error("", name, f"must be a table, [{name}]")
        self._known(name, table, _KEYS[name])
        return table

    def _string(self, section: str, table: Mapping[str, object], key: str, default: str, number: int = 0) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self._error(section, key, f'{key} must be text in quotes, {key} = "…"', number)
        return value

    def _flag(self, section: str, table: Mapping[str, object], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._error(section, key, f"{key} must be true or false, without quotes")
        return value

    def _count(self, section: str, table: Mapping[str, object], key: str) -> int | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self._error(section, key, f"{key} must be a whole number from 1 up, without quotes")
        return value

    def _strings(
        self, table: Mapping[str, object], key: str, default: tuple[str, ...], section: str = "vocabulary"
    ) -> tuple[str, ...]:
        value = table.get(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise self._error(section, key, f'{key} must be a list of texts, {key} = ["…"]')
        return tuple(value)

    def _known(self, section: str, table: Mapping[str, object], keys: tuple[str, ...], number: int = 0) -> None:
        for key in table:
            if key not in keys:
                # A key in the wrong table is as common as a typing error.
                homes = [name for name, known in _KEYS.items() if key in known]
                hint = f" It belongs under [{homes[0]}]." if homes else _near(key, keys)
                what = f"unknown key {key!r} in [{section}]" if section else f"unknown table or key {key!r}"
                raise self._error(section, key, what + "." + (hint or f" Known: {', '.join(keys)}."), number)

    def _error(self, section: str, key: str, problem: str, number: int = 0) -> ProjectError:
        line = self._line(section, key, number)
        place = f"{FILE_NAME}, line {line}" if line else FILE_NAME
        return ProjectError(f"{place}: {problem.rstrip('.?')}{'?' if problem.endswith('?') else '.'}")

    def _line(self, section: str, key: str, number: int) -> int | None:
        """The line of a key (or, with an empty section, of a table), in the `number`-th table of that name."""
        pattern = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
        header = re.compile(rf"\s*\[\[?\s*{re.escape(section or key)}\s*\]")
        inside, seen = section == "", -1
        for count, line in enumerate(self._lines, start=1):
            if header.match(line):
                seen += 1
                if not section and seen == number:
                    return count
                inside = seen == number
            elif re.match(r"\s*\[[^=]*\]\s*(#.*)?$", line):
                inside = False
            elif inside and pattern.match(line):
                return count
        return None


def _near(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
