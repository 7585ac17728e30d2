"""The demonstration, and the README's tour through it: the commands answer what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
COMMAND = Path(sys.executable).with_name("nutrigraph")


def tour() -> list[tuple[str, list[str]]]:
    """Each command of the README's console blocks with the lines shown for it."""
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ nutrigraph "):
                steps.append((line.removeprefix("$ nutrigraph "), []))
            else:
                steps[-1][1].append(line)
    return steps


def run(folder: Path, *arguments: str) -> str:
    return subprocess.run([COMMAND, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def figures_aside(text: str) -> list[str]:
    """The lines without what every better vocabulary changes a little: probabilities and scores."""
    return re.sub(r"\b[01]\.\d\d\b", "#", text).splitlines()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration's folder, which no test changes, and what it said."""
    folder = tmp_path_factory.mktemp("tour")
    return folder / "nutrigraph-demo", run(folder, "demo")


@pytest.mark.parametrize(("command", "lines"), tour(), ids=[command for command, _ in tour()])
def test_the_tour_is_true(
    command: str, lines: list[str], made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    folder, _ = made
    shown = figures_aside(run(folder, *shlex.split(command)))
    told = [line for line in figures_aside("\n".join(lines)) if line != "..."]

    assert [line for line in told if line not in shown] == []
    assert "..." in lines or shown == told


def test_the_demonstration_can_be_repeated_on_what_it_left(made: tuple[Path, str], tmp_path: Path) -> None:
    left, said = made
    folder = shutil.copytree(left, tmp_path / "again")
    page = folder / "pages" / "glucose.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMy own words.\n", encoding="utf-8")
    again = run(tmp_path, "demo", "again")

    for text in (said, again):
        assert "Pancreas" in text
        assert "map.html" in text.splitlines()[-2]
        assert "network.html" in text.splitlines()[-1]
    assert page.read_text(encoding="utf-8").endswith("My own words.\n")
    assert "https://" not in (folder / "map.html").read_text(encoding="utf-8").split("<body")[0]
