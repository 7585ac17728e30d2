"""Maps and networks in a real Jupyter: a notebook is run, exported, and opened in the browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import Frame

from tests.browser.conftest import Opened, Opener
from tests.nutrigraph.conftest import write_small_project

CELLS = (
    "import nutrigraph\nkg = nutrigraph.open('small')\nreport = kg.build()",
    "kg.map('insulin')",
    "kg.network()",
    "mine = kg.network()\nmine.add_node('mine', label='<b onclick=x>Mine</b>', color='red')\nmine.show('mine.html')",
    "from IPython.display import HTML\nHTML('<style>*{color:red!important;font-size:3px!important}</style>')",
)

_NOTHING_FROM_ELSEWHERE = [f"--HTMLExporter.{what}_url=" for what in ("mathjax", "require_js", "jquery")]
"""What Jupyter's own page would fetch; ours asks for nothing."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page that Jupyter makes of a notebook in which each cell was run."""
    folder = tmp_path_factory.mktemp("notebook")
    write_small_project(folder / "small")
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [_cell(*cell) for cell in enumerate(CELLS)],
    }
    (folder / "tried.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    places = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("RUNTIME", "CONFIG", "DATA")}
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", *_NOTHING_FROM_ELSEWHERE, "tried.ipynb"],
        cwd=folder,
        env={**os.environ, **places, "IPYTHONDIR": str(folder / "ipython"), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "mine.html").is_file()
    return (folder / "tried.html").read_text(encoding="utf-8")


def _cell(number: int, source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": f"cell{number}",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }


def _frames(shown: Opened) -> list[Frame]:
    frames = [element.content_frame() for element in shown.page.query_selector_all("iframe")]
    return [frame for frame in frames if frame]


def test_maps_and_networks_show_themselves_in_a_notebook(opened: Opener, exported: str) -> None:
    shown = opened(exported)
    map_, network, mine = _frames(shown)
    assert map_.locator("svg.map [data-concept]").first.is_visible()
    assert (
        map_.locator("svg.map [data-concept] text").first.evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    )
    for frame in (network, mine):
        frame.wait_for_selector("#canvas canvas", state="visible")
        assert frame.evaluate(_DRAWN) > 100
        assert (
            frame.evaluate("() => { try { return Boolean(parent.document); } catch (error) { return false; } }")
            is False
        )
    assert "<b onclick=x>Mine</b>" in mine.inner_text("#list")
    assert shown.complaints == []
    assert [address for address in shown.requests if not address.startswith("about:")] == []


_DRAWN = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return dots.filter((value, place) => place % 4 === 3 && value).length;
}"""
