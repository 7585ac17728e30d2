"""Commands as people type them: in a process of their own, or here, where nothing has to be loaded again."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from nutrigraph.cli import main

COMMAND = Path(sys.executable).with_name("nutrigraph")
Done = subprocess.CompletedProcess[str]


def process(folder: Path, *arguments: str, given: str | None = None) -> Done:
    """The real command, for what depends on the process: streams, signals, time limits, what is installed."""
    return subprocess.run(
        [COMMAND, *arguments], cwd=folder, input=given, capture_output=True, encoding="utf-8", check=False
    )


def run(folder: Path, *arguments: str, given: str = "") -> Done:
    """What `process` does and gives back, by the same entry point but in this process: a third of the time."""
    streams = [io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8") for text in (given, "", "")]
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stdout(streams[1]), redirect_stderr(streams[2]):
        patch.setattr(sys, "stdin", streams[0])
        status = main(arguments)
    written = []
    for stream in streams[1:]:
        stream.seek(0)
        written.append(stream.read())
    return Done([str(COMMAND), *arguments], status, *written)
