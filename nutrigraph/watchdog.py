"""A limit on the time that a command takes, whatever it is doing: the engine has no such limit for a query."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nutrigraph.printing import say


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Ends the process with status 2, and says so, if what is done inside takes longer.

    Nothing may be half written inside: an answer is printed behind it. The engine lets other threads run while it
    searches, so that this one is never kept from ending the process; but Python cannot interrupt the engine, so Ctrl-C
    ends the process at once as well.
    """

    def end() -> None:
        say(f"The query took longer than {seconds:g} seconds and was stopped. Allow it more time with --timeout.")
        sys.stderr.flush()
        os._exit(2)

    watch = threading.Timer(seconds if seconds < threading.TIMEOUT_MAX else threading.TIMEOUT_MAX, end)
    watch.daemon = True
    watch.start()
    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_DFL) if in_main else None
    try:
        yield
    finally:
        watch.cancel()
        if before is not None:
            signal.signal(signal.SIGINT, before)
