"""A folder with a concept map for each page: only what changed is written, and nothing that is not ours is touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

from nutrigraph.errors import ProjectError
from nutrigraph.ontology.namespaces import slug
from nutrigraph.visualizations import concept_map, map_index
from nutrigraph.visualizations.view import MapView
from nutrigraph.writing import write_file

INDEX: Final = "index.html"
MANIFEST: Final = "manifest.json"
_LONGEST_NAME: Final = 80

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was done to the files of a site, by name. `left` are maps that are no longer wanted but that somebody
    changed after they were written: they stay."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]


def write_site(
    folder: Path, title: str, views: Iterable[MapView], *, language: str = "en", progress: Progress | None = None
) -> SiteReport:
    """Writes a map for each view, an index and a manifest into `folder`, which is made if it is not there.

    The manifest has for each file its SHA-256 and what it was drawn from. A map whose view has not changed is not drawn
    again; a map that is no longer wanted is removed, unless it was changed since. ProjectError before anything is
    written if a file with the name of ours is there that the manifest does not know, or if the manifest is damaged.
    """
    drawn = _named(views)
    before = _manifest(folder)
    _refuse_foreign(folder, {INDEX, *drawn}, before)
    planned = {name: before.get(name, {"sha256": ""}) for name in (INDEX, *drawn)}
    _write_manifest(folder, title, {**before, **planned})  # an interrupted run knows its files again
    files: dict[str, dict[str, str]] = {}
    written: list[str] = []
    entries = []
    for count, (name, view) in enumerate(drawn.items()):
        if progress:
            progress(count, len(drawn))
        entries.append(map_index.entry(name, view))
        source = _view_digest(view, language)
        known = before.get(name, {})
        if known.get("view") == source and _digest_of(folder / name) == known.get("sha256"):
            files[name] = known
            continue
        html = concept_map.render(view, language=language)
        files[name] = {"concept": view.focus, "sha256": _digest(html.encode("utf-8")), "view": source}
        written += _write(folder, name, html)
    if progress:
        progress(len(drawn), len(drawn))
    index = map_index.render(title, entries, language=language)
    files[INDEX] = {"sha256": _digest(index.encode("utf-8"))}
    written += _write(folder, INDEX, index)
    stale = {name: known for name, known in before.items() if name not in files}
    left = [name for name, known in stale.items() if _digest_of(folder / name) not in (known["sha256"], None)]
    removed = [name for name in stale if name not in left and (folder / name).is_file()]
    _write_manifest(folder, title, files)
    for name in removed:
        (folder / name).unlink(missing_ok=True)
    kept = sorted(set(files) - set(written))
    return SiteReport(tuple(sorted(written)), tuple(kept), tuple(sorted(removed)), tuple(sorted(left)))


def file_stem(label: str) -> str:
    """What the name of a map's file begins with: the slug of a label, as short and plain as file systems want it.

    >>> file_stem("../Type 2 diabetes"), file_stem("糖" * 500)[:6]
    ('type-2-diabetes', 'E7B396')
    """
    return slug(label).replace("%", "")[:_LONGEST_NAME].strip("-") or "concept"


def _named(views: Iterable[MapView]) -> dict[str, MapView]:
    """The views by the names of their files: the slug of the concept's label, with a number where two are the same."""
    named: dict[str, MapView] = {}
    for view in sorted(views, key=lambda view: view.focus):
        label = next(concept.label for concept in view.concepts if concept.id == view.focus)
        stem = file_stem(label)
        name, number = f"{stem}.html", 1
        while name in named or name == INDEX:
            number += 1
            name = f"{stem}-{number}.html"
        named[name] = view
    return named


def _manifest(folder: Path) -> Mapping[str, dict[str, str]]:
    """What the last run wrote: by file name its digests. Names that would lead elsewhere are a damaged manifest."""
    path = folder / MANIFEST
    if not path.exists():
        return {}
    damaged = ProjectError(f"{path} is not a manifest of concept maps. Move it away, or choose another folder.")
    try:
        read = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise damaged from None
    files = cast("object", read.get("files")) if isinstance(read, dict) else None
    if not isinstance(files, dict):
        raise damaged
    for name, known in cast("dict[str, object]", files).items():
        digest = cast("dict[str, object]", known).get("sha256") if isinstance(known, dict) else None
        if Path(name).name != name or not name.endswith(".html") or not isinstance(digest, str):
            raise damaged
    return cast("dict[str, dict[str, str]]", files)


def _write_manifest(folder: Path, title: str, files: Mapping[str, object]) -> None:
    manifest = {
        "generator": f"nutrigraph {version('nutrigraph')}",
        "title": title,
        "files": dict(sorted(files.items())),
    }
    _write(folder, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _refuse_foreign(folder: Path, names: set[str], before: Mapping[str, object]) -> None:
    foreign = sorted(name for name in names if name not in before and (folder / name).exists())
    if foreign:
        raise ProjectError(
            f"{folder / foreign[0]} is there already and was not written by this command. Move it away, or choose "
            "another folder with -o."
        )


def _write(folder: Path, name: str, text: str) -> list[str]:
    """Writes the file unless it says just that; its name if it was written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"{folder} cannot be made: {error.strerror}.") from None
    if _digest_of(folder / name) == _digest(text.encode("utf-8")):
        return []
    write_file(folder / name, text)
    return [name]


def _view_digest(view: MapView, language: str) -> str:
    drawn_from = [version("nutrigraph"), language, view.title, view.as_json()]
    return _digest(json.dumps(drawn_from, ensure_ascii=True, sort_keys=True).encode("ascii"))


def _digest_of(path: Path) -> str | None:
    return _digest(path.read_bytes()) if path.is_file() else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
