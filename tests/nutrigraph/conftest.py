"""A small project: without a graph, and built."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("nutrigraph")
SETTINGS = """[project]
title = "A small glossary"
base_url = "https://www.example.org/glossary/"

[[pages]]
path = "pages"
"""
PAGES = {
    "insulin.md": "---\nreviewer: Ada Berg, RD\nreviewed: 2024-05-01\n---\n# Insulin\n\n"
    "Insulin is a hormone. The pancreas produces insulin. Insulin lowers blood glucose.\n",
    "insulin-resistance.md": "# Insulin resistance\n\nInsulin resistance causes type 2 diabetes. "
    "Obesity is a risk factor for insulin resistance. Cells then respond poorly to insulin.\n",
    "vitamin-d.md": "# Vitamin D\n\nVitamin D is a nutrient.\n",
}


def write_small_project(folder: Path) -> Path:
    (folder / "pages").mkdir(parents=True)
    (folder / "nutrigraph.toml").write_text(SETTINGS, encoding="utf-8")
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project that no test changes."""
    folder = write_small_project(tmp_path_factory.mktemp("built") / "small")
    subprocess.run([COMMAND, "build"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one's own that was never built."""
    return write_small_project(tmp_path / "small")
