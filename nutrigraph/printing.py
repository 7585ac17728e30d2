"""How answers leave the command line: tables for people, JSON and CSV for programs, files that are whole or absent.

Everything from pages and vocabularies is somebody else's text: what a terminal would take for a command (control
characters, direction overrides) is removed before it is shown to a person.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nutrigraph.errors import ProjectError

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def clean(value: object) -> str:
    """One line of text that cannot steer a terminal; empty for None."""
    return "" if value is None else _CONTROL.sub(" ", _UNSEEN.sub("", str(value))).strip()


def width(text: str) -> int:
    """The columns that `text` takes in a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def screen_width() -> int:
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 140))


def paragraph(text: object, indent: str = "", first: str | None = None) -> str:
    """Text wrapped to the screen, every line after `indent` (the first after `first`, if given)."""
    lines = textwrap.wrap(
        clean(text),
        screen_width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table for people: columns as wide as their longest cell, the last one wrapped to what is left of the screen."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(headings, *cells, strict=True)]
    left = sum(widths[:-1]) + 2 * (len(widths) - 1)
    last = max(screen_width() - left, 30)
    lines: list[str] = []
    for row in [list(headings), ["-" * min(wide, last) for wide in widths], *cells]:
        start = "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row[:-1], widths, strict=False))
        wrapped = textwrap.wrap(row[-1], last, break_on_hyphens=False) or [""]
        gap = "  " if start else ""
        lines += [(start + gap + wrapped[0]).rstrip(), *(" " * left + more for more in wrapped[1:])]
    return "\n".join(lines)


def show(text: str) -> None:
    """Prints text for people on standard output."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def say(text: str) -> None:
    """Prints a message on standard error, where it does not mix with the answer."""
    sys.stderr.write(text.rstrip("\n") + "\n")


def show_bytes(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def show_json(value: object) -> None:
    """Prints JSON as UTF-8, whatever the terminal's encoding."""
    show_bytes(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


def show_csv(records: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Prints a header and one line for each record; a column such as "subject.label" reaches into a nested object."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.replace(".", "_") for column in columns)
    writer.writerows([_cell(record, column) for column in columns] for record in records)
    show_bytes(buffer.getvalue().encode("utf-8"))


def _cell(record: Mapping[str, object], column: str) -> object:
    value: object = record
    for key in column.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, (list, tuple)):
        value = "|".join(str(item) for item in value)
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value  # or a spreadsheet would take it for a formula
    return value


def write_file(path: Path, content: str | bytes) -> None:
    """Writes a whole file or leaves what was there: a reader never sees half of it."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = path.resolve()  # a link stays a link
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and not target.is_file():  # /dev/stdout, a pipe: nothing to replace
            target.write_bytes(data)
            return
        try:
            unfinished.write_bytes(data)
            if target.exists():
                unfinished.chmod(target.stat().st_mode & 0o777)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror}.") from None
