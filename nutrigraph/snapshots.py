"""Snapshots: every build is a folder of its own, which never changes once `current` names it.

    .nutrigraph/
        current                   one line: the name of the snapshot that readers open
        lock                      held while a build runs
        work/                     what was found on pages, until the build that needs it is published (see `shares`)
        snapshots/<content hash>/ store/  terms/  names.sqlite  pages.sqlite  paths.sqlite  checks.json  manifest.json

A reader sees a whole snapshot or the one before it, whenever a build is killed. `manifest.json` is written last: a
folder without it is what a killed build left.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from nutrigraph.errors import BusyError, NotBuiltError, StoreError
from nutrigraph.store import Store

_NAME: Final = re.compile(r"[0-9a-f]{32}")
"""Only folders with such a name are ever deleted."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the graph, in `folder`."""

    folder: Path

    def store(self, services: Collection[str] = ()) -> Store:
        """The graph, read-only; `services` are the hosts that a query may ask with SERVICE."""
        return Store.open(self.store_path, services)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def store_path(self) -> Path:
        return self.folder / "store"

    @property
    def names_path(self) -> Path:
        """The index of names for `term_index.search`."""
        return self.folder / "names.sqlite"

    @property
    def pages_path(self) -> Path:
        """What is known of each page (see `page_cache`)."""
        return self.folder / "pages.sqlite"

    @property
    def paths_path(self) -> Path:
        """The edges that `paths` walks over."""
        return self.folder / "paths.sqlite"

    @property
    def terms_path(self) -> Path:
        """What the vocabulary files name (see `term_cache`)."""
        return self.folder / "terms"

    @property
    def manifest_path(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def manifest(self) -> Mapping[str, object]:
        """What the build wrote down: counts, pages left out, hashes of its inputs."""
        try:
            manifest: Mapping[str, object] = json.loads(self.manifest_path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.manifest_path} cannot be read: {error}. Use: nutrigraph build") from None
        return manifest

    @property
    def complete(self) -> bool:
        """Whether a build ended here, rather than being killed."""
        return self.manifest_path.is_file()

    @property
    def checks_path(self) -> Path:
        """The size and checksum of every file, for `sound`."""
        return self.folder / "checks.json"

    @property
    def sound(self) -> bool:
        """Whether a build ended here and all is as it left it, which reads every file."""
        try:
            checks: dict[str, list[int]] = json.loads(self.checks_path.read_text(encoding="utf-8"))
            return isinstance(self.manifest, dict) and all(
                _check(self.folder / name) == check for name, check in checks.items()
            )
        except (OSError, ValueError, AttributeError, StoreError):
            return False


def snapshot_at(location: Path, name: str) -> Snapshot:
    """The snapshot of that name, complete or not, there or not."""
    return Snapshot(location / "snapshots" / name)


def published(location: Path) -> Snapshot | None:
    """The snapshot that readers open, None if nothing was ever built there."""
    try:
        name = (location / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{location / 'current'} cannot be read: {error}. Delete it and use: nutrigraph build"
        ) from None
    snapshot = snapshot_at(location, name)
    return snapshot if _NAME.fullmatch(name) and snapshot.complete else None


def current(location: Path) -> Snapshot:
    """The snapshot that readers open; NotBuiltError if there is none."""
    if snapshot := published(location):
        return snapshot
    raise NotBuiltError(f"There is no graph in {location} yet. Build it with: nutrigraph build")


@contextmanager
def building(location: Path) -> Iterator[None]:
    """Holds the right to build at `location`, made if needed; BusyError if another process has it.

    The operating system takes the right back from a process that ends in whatever way.
    """
    new = not location.exists()
    try:
        location.mkdir(parents=True, exist_ok=True)
        lock = (location / "lock").open("ab")
    except OSError as error:
        raise StoreError(f"{location} cannot be written: {error.strerror}.") from None
    with lock:
        if not _locked(lock):
            raise BusyError(f"Another build is running in {location}. Wait until it has ended, then build again.")
        _delete_leftovers(location)
        try:
            yield
        except BaseException:
            if new:
                _forget(location)
            raise


if sys.platform == "win32":
    import msvcrt

    def _locked(lock: IO[bytes]) -> bool:
        try:
            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(lock: IO[bytes]) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise StoreError(f"{lock.name} cannot be locked: {error.strerror}.") from None
        return True


def begin(location: Path, name: str) -> Snapshot:
    """An empty folder for a new snapshot. Hold `building`."""
    snapshot = snapshot_at(location, name)
    _delete(snapshot)
    snapshot.folder.mkdir(parents=True)
    ignored = location / ".gitignore"
    if not ignored.exists():
        ignored.write_text("# The graph is built from the pages.\n*\n", encoding="ascii")
    return snapshot


def finish(snapshot: Snapshot, manifest: Mapping[str, object]) -> None:
    """Flushes a new snapshot to disk and marks it as complete. Its store must be closed."""
    checks = {}
    for folder, _, files in os.walk(snapshot.folder):
        for file in files:
            path = Path(folder, file)
            _sync(path)
            if not file.startswith("LO"):  # LOG and LOCK say nothing, and may be written by readers
                checks[path.relative_to(snapshot.folder).as_posix()] = _check(path)
        _sync(Path(folder))
    _write(snapshot.checks_path, json.dumps(checks, indent=1, sort_keys=True) + "\n")
    _write(snapshot.manifest_path, json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def publish(location: Path, snapshot: Snapshot) -> None:
    """Makes a complete snapshot the one that readers open, and keeps the one before it. Hold `building`."""
    before = published(location)
    if before == snapshot:
        return
    _write(location / "current", snapshot.name + "\n")
    keep = {snapshot.name, before.name if before else ""}
    for other in _snapshots(location):
        if other.name not in keep:
            _delete(other)


def work_folder(location: Path) -> Path:
    """Where a build keeps what it found on pages, for itself or the next one."""
    return location / "work"


def clear_work(location: Path) -> None:
    """Deletes what builds found on pages, when it is published. Hold `building`."""
    shutil.rmtree(work_folder(location), ignore_errors=True)


def discard(snapshot: Snapshot) -> None:
    """Deletes a snapshot whose build failed."""
    _delete(snapshot)


def _forget(location: Path) -> None:
    """Deletes the folder that `building` made, if nothing was built there."""
    with contextlib.suppress(OSError):  # whatever is not empty stays
        if published(location) is None and not any(_snapshots(location)) and not work_folder(location).exists():
            if (location / "snapshots").exists():
                (location / "snapshots").rmdir()
            for name in (".gitignore", "lock"):
                (location / name).unlink(missing_ok=True)
            location.rmdir()


def _delete_leftovers(location: Path) -> None:
    """Deletes what killed builds left."""
    for snapshot in _snapshots(location):
        if not snapshot.complete:
            _delete(snapshot)
    for unfinished in location.glob("*.unfinished"):
        unfinished.unlink(missing_ok=True)


def _snapshots(location: Path) -> list[Snapshot]:
    folder = location / "snapshots"
    if not folder.is_dir():
        return []
    return [Snapshot(entry) for entry in sorted(folder.iterdir()) if _NAME.fullmatch(entry.name)]


def _delete(snapshot: Snapshot) -> None:
    """Deletes a snapshot, its manifest first, so that half of it is never taken for a whole one."""
    snapshot.manifest_path.unlink(missing_ok=True)
    shutil.rmtree(
        snapshot.folder, ignore_errors=True
    )  # a reader on Windows may hold a file: the next build tries again


def _check(path: Path) -> list[int]:
    """The size of a file and its checksum."""
    size = checksum = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
    return [size, checksum]


def _write(path: Path, text: str) -> None:
    """Replaces a file in one step that survives a power cut."""
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():
        return  # Windows cannot flush a folder, and needs not
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
