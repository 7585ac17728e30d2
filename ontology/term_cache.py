"""What vocabulary files name, kept so that unchanged files need not be read again."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from pathlib import Path
from typing import Any

from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.rdf_terms import Terms


class TermCache:
    """Terms by a key of 64 hexadecimal digits, one file each in `folder`; `earlier` is the folder of a build before.

    A damaged file counts as none: the vocabulary is read again. With `read_only` nothing is written.
    """

    def __init__(self, folder: Path, earlier: Path | None = None, *, read_only: bool = False) -> None:
        self._folder = folder
        self._read_only = read_only
        self._earlier = earlier

    def get(self, key: str) -> Terms | None:
        """The terms put under that key; those of an earlier build are taken over."""
        target = self._folder / f"{key}.json"
        if not target.exists() and self._earlier is not None:
            self._take_over(self._earlier / target.name, target)
        try:
            rows, replaced = json.loads(target.read_text(encoding="utf-8"))
            return Terms(tuple(map(_concept, rows)), replaced)
        except (OSError, ValueError, TypeError):
            return None

    def put(self, key: str, terms: Terms) -> None:
        if self._read_only:
            return
        rows = [[getattr(concept, field.name) for field in dataclasses.fields(Concept)] for concept in terms.concepts]
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps([rows, dict(terms.replaced)], ensure_ascii=False, separators=(",", ":"))
        (self._folder / f"{key}.json").write_text(text, encoding="utf-8")

    def _take_over(self, source: Path, target: Path) -> None:
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, target)
            except OSError:  # a file system without links
                shutil.copyfile(source, target)


def _concept(row: list[Any]) -> Concept:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return Concept(*values)
