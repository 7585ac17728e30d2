"""Processes that look through pages for a build: one for each processor, each with a matcher of its own.

They are plain children that talk through pipes, started the same way everywhere: a build may run in a notebook, in a
thread, or in a script without a main guard, and holds files and locks that no copy of its process may have. A child
whose build was killed finds its pipe closed and ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from nutrigraph.errors import StoreError
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.shares import Reader, Share

_ALONE: Final = 1_500_000
"""Bytes. Fewer are looked through before other processes would have begun."""
_CHILD: Final = "from nutrigraph.workers import work; work()"


def processes(size: int) -> int:
    """How many processes look through pages of so many bytes: as the environment's NUTRIGRAPH_PROCESSES says, else this
    one alone for few pages, and one for each processor that this one may run on for many."""
    given = os.environ.get("NUTRIGRAPH_PROCESSES", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    if size < _ALONE:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def look_through(shares: Sequence[Share], reader: Reader, tell: Callable[[int], object]) -> Iterator[Share]:
    """Looks through the pages of all shares, by several processes where that is faster; yields each share when it is
    done, in their order. `tell` is called with the number of pages that are done, more and more."""
    todo = [share for share in shares if not reader.is_done(share)]
    count = sum(len(share.pages) for share in shares) - sum(len(share.pages) for share in todo)
    tell(count)
    number = min(processes(sum(file.size for share in todo for file, _ in share.pages)), len(todo))
    if number < 2:
        counted = _Counter(count, tell)
        waiting = {share.name for share in todo}
        for share in shares:
            if share.name in waiting:
                reader.look_through(share, counted.one_more)
            yield share
        return
    with _Children(reader, number) as children:
        yield from children.run(shares, todo, _Counter(count, tell))


@dataclass(slots=True)
class _Counter:
    count: int
    tell: Callable[[int], object]

    def one_more(self, number: int = 1) -> None:
        self.count += number
        self.tell(self.count)


class _Children:
    """The children, each fed by a thread."""

    def __init__(self, reader: Reader, count: int) -> None:
        path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)  # they find what we found
        self._children = [
            subprocess.Popen(
                [sys.executable, "-P", "-c", _CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # Ctrl-C is for the build, which tells them
            )
            for _ in range(count)
        ]
        vocabulary = reader.matcher.vocabulary
        parts = tuple(replace(part, triples=tuple) for part in vocabulary.parts)
        self._setup = pickle.dumps((replace(vocabulary, parts=parts), reader.namespace, reader.folder))
        self._todo: queue.SimpleQueue[Share] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Share | BaseException] = queue.SimpleQueue()

    def __enter__(self) -> _Children:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.kill()
            child.communicate()

    def run(self, shares: Sequence[Share], todo: Sequence[Share], counted: _Counter) -> Iterator[Share]:
        for share in todo:
            self._todo.put(share)
        for child in self._children:
            threading.Thread(target=self._feed, args=(child,), daemon=True).start()
        waiting = {share.name for share in todo}
        for share in shares:
            while share.name in waiting:
                found = self._done.get()
                if isinstance(found, BaseException):
                    raise found
                waiting.discard(found.name)
                counted.one_more(len(found.pages))
            yield share

    def _feed(self, child: subprocess.Popen[bytes]) -> None:
        """Gives a child one share after the other, until none is left."""
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(self._setup)
            while True:
                share = self._todo.get_nowait()
                pickle.dump(share, child.stdin)
                child.stdin.flush()
                answer = pickle.load(child.stdout)
                self._done.put(answer if isinstance(answer, BaseException) else share)
        except queue.Empty:
            return
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            self._done.put(StoreError("A process that looked through pages ended unexpectedly. Build again."))


def work() -> None:
    """What a child does: it looks through one share after the other, as long as its build lives."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but answers goes to standard output
    try:
        vocabulary, namespace, folder = pickle.load(source)
        reader = Reader(Matcher(vocabulary), namespace, folder)
        gc.freeze()  # what stays need not be looked at again and again
        while True:
            share: Share = pickle.load(source)
            reader.look_through(share, lambda: None)
            pickle.dump(None, answers)
            answers.flush()
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):
        os._exit(0)  # the build was killed: nobody waits for anything
    except Exception as error:
        pickle.dump(error, answers)
        answers.flush()
