"""A vocabulary of a few terms, for projects that are built again and again."""

from __future__ import annotations

import shutil
from pathlib import Path

SETTINGS = '[vocabulary]\nbundled = []\nfiles = ["few_terms.ttl"]\n'


def add_few_terms(folder: Path) -> None:
    """Gives a project that has settings the few terms instead of the bundled vocabulary."""
    shutil.copy(Path(__file__).with_suffix(".ttl"), folder)
    with (folder / "nutrigraph.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
