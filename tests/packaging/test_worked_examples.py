"""The worked examples of docs/vocabularies.md do what they say: their files are written and their commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("graph_builder", "ontology", "queries", "visualizations")
RUN = [sys.executable, "-c", "from nutrigraph.cli import main; main()"]


@dataclass(frozen=True)
class Step:
    """A file to write (or to append to, `appended`), or a command with the lines that it shows."""

    file: str = ""
    appended: bool = False
    text: str = ""
    command: str = ""


def steps() -> list[Step]:
    text = (ROOT / "docs" / "vocabularies.md").read_text(encoding="utf-8")
    found: list[Step] = []
    blocks = re.findall(r"^(?:(Appended to )?`([^`\n]+)`:\n\n)?```(\w+)\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    for appended, file, kind, body in blocks:
        if kind == "console":
            for part in re.split(r"^\$ nutrigraph ", body, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                found.append(Step(command=command, text=shown))
        else:
            found.append(Step(file=file, appended=bool(appended), text=body))
    return found


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the code, to be changed as the last example says."""
    for folder in ("nutrigraph", *FOLDERS):
        ignored = shutil.ignore_patterns(*FOLDERS) if folder == "nutrigraph" else None
        shutil.copytree(ROOT / folder, tmp_path / "clone" / folder, ignore=ignored)
    for folder in FOLDERS:
        (tmp_path / "clone" / "nutrigraph" / folder).symlink_to(Path("..") / folder)
    return tmp_path / "clone"


def test_the_worked_examples_are_true(clone: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(clone), "COLUMNS": "100"}
    project = tmp_path / "project"
    shutil.copytree(ROOT / "nutrigraph" / "example", project)
    commands = [step.command for step in steps() if step.command]
    assert len(commands) >= 11
    for step in steps():
        if step.file:
            target = (clone if step.appended else project) / step.file
            with target.open("a" if step.appended else "w", encoding="utf-8") as file:
                file.write(step.text)
            continue
        done = subprocess.run(
            [*RUN, *shlex.split(step.command)], cwd=project, env=environment, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, (step.command, done.stderr)
        told = [line for line in step.text.splitlines() if line.strip() and line != "..."]
        shown = done.stdout.splitlines()
        assert [line for line in told if line not in shown] == [], (step.command, done.stdout)
        assert "..." in step.text or len(told) == len([line for line in shown if line.strip()]), step.command
