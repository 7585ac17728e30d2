"""Bars that tell a waiting person how far a command is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager


@contextmanager
def progress_bars(*names: str) -> Generator[list[Callable[[int, int], None] | None]]:
    """For each name what to tell of its progress: a bar on standard error where a person is watching, else nothing."""
    if not sys.stderr.isatty():
        yield [None] * len(names)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining
    from rich.text import Text

    class Speed(ProgressColumn):
        """Pages a second; vocabularies are counted in bytes, which say little."""

        def render(self, task: Task) -> Text:
            counted = task.speed is not None and task.description.endswith("pages")
            return Text(f"{task.speed:.1f} pages/s" if counted else "")

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Speed(), Remaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def told(name: str) -> Callable[[int, int], None]:
            task = bars.add_task(name, total=None, visible=False)
            return lambda done, total: bars.update(task, completed=done, total=total, visible=True)

        yield [told(name) for name in names]
