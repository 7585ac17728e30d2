"""A small project: without a graph, and built; and servers that follow a script."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # for tests.nutrigraph.bad_server

from tests.nutrigraph.bad_server import Handler, Server, Step
from tests.nutrigraph.command import process
from tests.nutrigraph.few_terms import add_few_terms

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
    add_few_terms(folder)
    assert process(folder, "build").returncode == 0
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one's own that was never built."""
    return write_small_project(tmp_path / "small")


@pytest.fixture
def servers() -> Iterator[Callable[..., Server]]:
    """A function that starts a server with a script."""
    running: list[Server] = []

    def start(*script: Step) -> Server:
        server = Server(list(script) or [Handler.reply])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stopping.set()
        server.shutdown()
        server.server_close()
