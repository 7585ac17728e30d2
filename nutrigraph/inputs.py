"""What a build is made from: the bytes of pages, vocabularies and decisions, and one hash over all of it."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Final

from nutrigraph.errors import ProjectError, SourceError
from nutrigraph.graph_builder.decisions import FILE_NAME as DECISIONS_FILE
from nutrigraph.graph_builder.reading import ENDINGS, EXPORTS
from nutrigraph.ontology.unpacking import digest
from nutrigraph.project import FILE_NAME as SETTINGS_FILE
from nutrigraph.project import PagesFolder, Project

_ENGINE: Final = (
    "nutrigraph",
    "nutrigraph.graph_builder",
    "nutrigraph.ontology",
    "nutrigraph.queries",
)
_PACKAGES: Final = ("nutrigraph", "markdown-it-py", "PyYAML", "ahocorasick-rs")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of a [[pages]] folder: `path` from the project folder, `below` from that folder, both with forward
    slashes. `source` is where its `size` bytes are, or these themselves; None where it cannot be read, and `problem`
    then says why.

    A page of an export has the path "export.xml#12" and the path "export/12" below its folder; `source` is its part of
    the export in UTF-8, which begins at `offset` of it. `language` is the project's.
    """

    path: str
    below: str
    kind: str
    digest: str
    source: Path | bytes | None
    size: int = 0
    problem: str | None = None
    language: str | None = None
    offset: int = 0

    def read(self) -> bytes:
        """The bytes of which `digest` is told: files are read when they are needed, as there may be very many.
        SourceError if they cannot be read or have changed."""
        if isinstance(self.source, bytes):
            return self.source
        try:
            data = self.source.read_bytes() if self.source else None
        except OSError:
            data = None
        if data is None or _digest(data) != self.digest:
            raise SourceError(self.path, self.problem or "changed while it was read. Run the command again.")
        return data


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the graph depends on.

    `vocabularies` are the digests of the vocabulary files by path. `page_key` covers what every page's graph depends
    on beside its own file, `vocabulary_key` the vocabularies' triples, `content_hash` all (32 hexadecimal digits).
    """

    pages: tuple[PageFile, ...]
    vocabularies: tuple[tuple[str, str], ...]
    decisions: bytes
    page_key: str
    vocabulary_key: str
    content_hash: str


def read_inputs(project: Project) -> Inputs:
    """Reads the project's files; ProjectError if a folder of pages is missing or there is no page at all."""
    pages = page_files(project)
    vocabularies = tuple((path, digest(project.folder / path)) for path in project.files)
    decisions = _decisions(project)
    page_key = hash_of([engine(), project.base_url, project.concepts, project.language])
    vocabulary_key = hash_of([page_key, project.bundled, vocabularies, project.restrictions])
    identity = [(page.path, page.below, page.kind, page.digest) for page in pages]
    content_hash = hash_of([vocabulary_key, project.title, identity, _digest(decisions)])[:32]
    return Inputs(pages, vocabularies, decisions, page_key, vocabulary_key, content_hash)


def is_source(project: Project, file: Path) -> bool:
    """Whether a file, there or not, is one that people keep and a build reads: settings, decisions, vocabularies, or
    what counts as a page in a folder of pages."""
    file = file.resolve()
    if any(_same(file, project.folder / path) for path in (SETTINGS_FILE, DECISIONS_FILE, *project.files)):
        return True
    folders = [project.folder / folder.path for folder in project.pages]
    if any(_same(file, folder) for folder in folders):
        return True
    return file.suffix.lower() in ENDINGS and any(_same(above, top) for above in file.parents for top in folders)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)  # also where upper and lower case do not count
    except OSError:
        return one == other.resolve()


@cache
def engine() -> str:
    """A hash of the versions of nutrigraph and of what reads for it, of its code and its ontology: what others make of
    the same pages differs."""
    digest = hashlib.sha256("".join(f"{name} {version(name)}\0" for name in _PACKAGES).encode())
    for package in _ENGINE:
        for file in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
            if file.is_file() and file.name.endswith((".py", ".ttl", ".tsv")):
                digest.update(f"{package}/{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def page_files(project: Project) -> tuple[PageFile, ...]:
    found: dict[str, PageFile] = {}
    # A folder inside another one has its own kind: the deeper folder is the one that counts.
    for folder in sorted(project.pages, key=lambda folder: len(PurePosixPath(folder.path).parts)):
        for path in _walk(project, folder):
            file = replace(_page_file(project, folder, path), language=project.language)
            found.update((page.path, page) for page in pages_in(file))
    if not found:
        where = ", ".join(folder.path for folder in project.pages) or "nutrigraph.toml, which names no [[pages]] folder"
        raise ProjectError(f"There are no pages in {where}. Pages are files that end in {', '.join(sorted(ENDINGS))}.")
    return tuple(found[path] for path in sorted(found))


def _walk(project: Project, folder: PagesFolder) -> list[str]:
    """The paths of a folder's pages from the project folder; hidden files and folders, and the store, are none."""
    top = project.folder / folder.path
    if not top.exists():
        raise ProjectError(
            f"There is no folder {folder.path!r} in {project.folder}. Make it, or change [[pages]] in nutrigraph.toml."
        )
    if not top.resolve().is_relative_to(project.folder.resolve()):
        raise ProjectError(f"The folder {folder.path!r} is a link out of the project folder. Use a folder inside it.")
    if not top.is_dir():
        if top.suffix.lower() in ENDINGS:
            return [folder.path]
        known = ", ".join(sorted(ENDINGS))
        raise ProjectError(f"[[pages]] {folder.path!r} is neither a folder nor a file that ends in {known}.")
    paths: list[str] = []
    for parent, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".") and Path(parent, name) != project.location]
        for name in files:
            if not name.startswith(".") and PurePosixPath(name).suffix.lower() in ENDINGS:
                paths.append(Path(parent, name).relative_to(project.folder).as_posix())
    return paths


def pages_in(file: PageFile) -> Iterator[PageFile]:
    """The pages of a file: itself, or those of an export."""
    if file.source is None or PurePosixPath(file.path).suffix.lower() not in EXPORTS:
        yield file
        return
    from nutrigraph.graph_builder.wordpress import posts

    none = replace(file, source=None, size=0)
    try:
        for post in posts(file.path, file.read()):
            if post.problem is not None:
                place = f"{file.path}#{post.id}" if post.id else file.path
                yield replace(none, path=place, digest=f"! {post.problem}", problem=post.problem)
                continue
            data = post.source.encode("utf-8")
            yield replace(
                file,
                path=f"{file.path}#{post.id}",
                below=f"{posixpath.splitext(file.below)[0]}/{post.id}",
                digest=_digest(b"%d " % post.offset + data),
                source=data,
                size=len(data),
                offset=post.offset,
            )
    except SourceError as error:
        yield replace(none, digest=f"! {error.problem}", problem=error.problem)


def _page_file(project: Project, folder: PagesFolder, path: str) -> PageFile:
    below = PurePosixPath(path).relative_to(PurePosixPath(folder.path)).as_posix()
    if below == ".":
        below = PurePosixPath(path).name  # the [[pages]] path is the file itself
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        return PageFile(shown, shown, folder.kind, "", None, problem="the name of the file is not UTF-8. Rename it.")
    file = project.folder / path
    try:
        if not file.resolve(strict=True).is_relative_to(project.folder.resolve()):
            problem = "is a link out of the project folder. Put the page itself there."
        elif not file.is_file():  # a pipe would be waited for, for ever
            problem = "is no file of text but a pipe, socket or device. Put a file there."
        else:
            data = file.read_bytes()
            return PageFile(path, below, folder.kind, _digest(data), file.absolute(), len(data))
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, before Python 3.13
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}."
    return PageFile(path, below, folder.kind, f"! {problem}", None, problem=problem)


def _decisions(project: Project) -> bytes:
    try:
        return (project.folder / DECISIONS_FILE).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SourceError(DECISIONS_FILE, f"cannot be read: {error.strerror}.") from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hash_of(value: object) -> str:
    """64 hexadecimal digits for a value that JSON can hold."""
    return _digest(json.dumps(value, ensure_ascii=True).encode())
