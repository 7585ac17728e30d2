"""Pages are looked through in shares. What a share gave is kept on disk, so that a build that is killed loses nothing.

    .nutrigraph/work/<hash>.json    what was found on each page of a share
                     <hash>.trig    the graphs of these pages

The hash is of everything that the share's result depends on: a later build uses what it finds, whatever else changed.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.inputs import PageFile, hash_of
from nutrigraph.page_cache import Findings
from nutrigraph.page_places import Place
from nutrigraph.page_results import look_through

MOST_PAGES = 32
MOST_BYTES = 100_000
"""A share ends when it has so many pages, or so many bytes: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Share:
    """Pages to look through at once, each with its place in the graph; `name` is the hash of what the result depends
    on."""

    name: str
    pages: tuple[tuple[PageFile, Place], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """What pages are looked through with: `namespace` begins the IRIs of terms that no vocabulary knows, `folder` is
    where results are kept."""

    matcher: Matcher
    namespace: str
    folder: Path

    def is_done(self, share: Share) -> bool:
        """Whether a share was looked through, and all that was found is there as it was written."""
        found, trig = _files(self.folder, share.name)
        try:
            return bool(json.loads(found.read_bytes())[0] == _check(trig.read_bytes()))
        except (OSError, ValueError, LookupError, TypeError):
            return False

    def look_through(self, share: Share, tell: Callable[[], object]) -> None:
        """Writes down what the pages of a share say; `tell` is called after each page."""
        results: list[Findings] = []
        graphs: list[str] = []
        for file, place in share.pages:
            result, graph = look_through(file, place.iri, place.about, self.matcher, self.namespace)
            results.append(Findings.of(result))
            graphs.append(graph)
            tell()
        found, trig = _files(self.folder, share.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        data = "".join(graphs).encode("utf-8")
        _write(trig, data)
        _write(found, json.dumps([_check(data), results], ensure_ascii=False).encode("utf-8"))

    def results(self, share: Share) -> list[Findings]:
        """What was found on the pages of a share that is done, in their order."""
        found, _ = _files(self.folder, share.name)
        return [Findings(*page) for page in json.loads(found.read_bytes())[1]]

    def graphs(self, share: Share) -> Path:
        """The file with the graphs of a share that is done."""
        return _files(self.folder, share.name)[1]


def shares(pages: Sequence[tuple[PageFile, Place]], common: str) -> list[Share]:
    """Cuts pages into shares; `common` is a hash of what the results of all pages depend on."""
    found: list[Share] = []
    start = size = 0
    for n, (file, _) in enumerate(pages, 1):
        size += file.size
        if n == len(pages) or n - start == MOST_PAGES or size >= MOST_BYTES:
            part = tuple(pages[start:n])
            depends = [common, *((file.path, file.kind, file.digest, file.offset, place.key) for file, place in part)]
            name = hash_of(depends)[:32]
            found.append(Share(name, part))
            start, size = n, 0
    return found


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.json", folder / f"{name}.trig"


def _check(data: bytes) -> list[int]:
    """The size of data and its checksum: after a power cut a file may be there with nothing in it."""
    return [len(data), zlib.crc32(data)]


def _write(path: Path, data: bytes) -> None:
    """Writes a file in one step: if the build is killed it is there as a whole, or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)
