"""A limit on what a command may take, which works whatever the engine is doing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from nutrigraph.watchdog import ended_after

LONG = """
from nutrigraph.store import Store
from nutrigraph.watchdog import ended_after
many = " ".join(map(str, range(3000)))
query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {many} }} VALUES ?b {{ {many} }} VALUES ?c {{ {many} }} }}"
with ended_after(LIMIT):
    print("begun", flush=True)
    Store.memory().rows(query)
"""


def test_a_search_of_the_engine_is_ended() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LONG.replace("LIMIT", "0.5")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "begun\n")
    assert done.stderr.startswith("The query took longer than 0.5 seconds and was stopped.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
def test_ctrl_c_ends_it_too() -> None:
    running = subprocess.Popen([sys.executable, "-c", LONG.replace("LIMIT", "300")], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "begun\n"
    time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert running.returncode == -signal.SIGINT


def test_what_ends_in_time_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGINT)
    for limit in (60, float("inf"), float("nan")):
        with ended_after(limit):
            assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL
        assert signal.getsignal(signal.SIGINT) == before
    with pytest.raises(ValueError, match="inside"), ended_after(60):
        raise ValueError("inside")
    assert signal.getsignal(signal.SIGINT) == before
