"""Every command is documented, and the documentation is the commands' own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nutrigraph.cli import commands

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_is_what_the_commands_say(tmp_path: Path) -> None:
    script = tmp_path / "write_reference.py"
    script.write_bytes((DOCS / "write_reference.py").read_bytes())
    subprocess.run([sys.executable, script], check=True, stderr=subprocess.DEVNULL)
    written = (tmp_path / "reference.md").read_text(encoding="utf-8")

    assert (DOCS / "reference.md").read_text(encoding="utf-8") == written, "run: make reference"
    assert [name for name in commands.commands if f"\n## {name}\n" not in written] == []
