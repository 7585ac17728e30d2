"""The README's tour shows what the commands really answer."""

from __future__ import annotations

import re
import shlex
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


def figures_aside(text: str) -> list[str]:
    """The lines without what every better vocabulary changes a little: probabilities and scores."""
    return re.sub(r"\b[01]\.\d\d\b", "#", text).splitlines()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tour") / "nutrigraph-demo"
    subprocess.run([COMMAND, "demo", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.mark.parametrize(("command", "lines"), tour(), ids=[command for command, _ in tour()])
def test_the_tour_is_true(command: str, lines: list[str], demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    done = subprocess.run([COMMAND, *shlex.split(command)], cwd=demo, capture_output=True, encoding="utf-8", check=True)
    shown = figures_aside(done.stdout)
    told = [line for line in figures_aside("\n".join(lines)) if line != "..."]

    assert [line for line in told if line not in shown] == []
    assert "..." in lines or shown == told
