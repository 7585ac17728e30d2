"""How long the command line takes to answer, as multiples of the start of bare Python on the same machine.

Measured in turns, so that a busy moment hits all of them; the fastest of each counts. Ends with status 1 when a
command is slower than what is promised.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 15
PROMISED = {"nutrigraph --help": 12.0, "nutrigraph search": 25.0}


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    program = Path(sys.executable).with_name("nutrigraph")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        subprocess.run([program, "demo", project / "demo"], check=True, stdout=subprocess.DEVNULL)
        commands: dict[str, list[str | Path]] = {
            # The interpreter below the environment, whose start-up hooks would flatter us.
            "python -c pass": [getattr(sys, "_base_executable", sys.executable), "-I", "-c", "pass"],
            "nutrigraph --help": [program, "--help"],
            "nutrigraph search": [program, "search", "blood sugar"],
        }
        best = dict.fromkeys(commands, float("inf"))
        for _ in range(ROUNDS):
            for name, command in commands.items():
                best[name] = min(best[name], seconds(command, project / "demo"))
    bare = best["python -c pass"]
    slow = False
    for name, took in best.items():
        limit = PROMISED.get(name)
        too_slow = limit is not None and took / bare > limit
        slow = slow or too_slow
        note = f"  (at most {limit:g}){' TOO SLOW' if too_slow else ''}" if limit else ""
        print(f"{name:20}  {took * 1000:6.0f} ms  {took / bare:5.1f} x{note}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
