"""How answers leave the command line: text and tables for people, JSON and CSV for programs.

Everything from pages and vocabularies is somebody else's text: what a terminal would take for a command (control
characters, direction overrides) is removed before it is shown to a person.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

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
        break_long_words=False,
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
    for row in [list(headings), [*("-" * wide for wide in widths[:-1]), "-" * min(widths[-1], last)], *cells]:
        start = "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row[:-1], widths, strict=False))
        wrapped = textwrap.wrap(row[-1], last, break_long_words=False, break_on_hyphens=False) or [""]
        gap = "  " if start else ""
        lines += [(start + gap + wrapped[0]).rstrip(), *(" " * left + more for more in wrapped[1:])]
    return "\n".join(lines)


def table_or_records(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table where its columns leave room for the last one, else one block a row with a line for each column."""
    widest = [max(width(clean(cell)) for cell in column) for column in zip(headings, *rows, strict=True)]
    if sum(widest[:-1]) + 2 * len(widest) + 20 <= screen_width():
        return table(headings, rows)
    margin = max(map(width, headings)) + 2
    return "\n\n".join(
        "\n".join(
            paragraph(cell, " " * margin, name.ljust(margin))
            for name, cell in zip(headings, row, strict=True)
            if clean(cell)
        )
        for row in rows
    )


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
    show_bytes(json_text(value).encode("utf-8"))


def show_csv(records: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Prints `csv_text` as UTF-8."""
    show_bytes(csv_text(records, columns).encode("utf-8"))


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def csv_text(records: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """A header and one line for each record; a column such as "subject.label" reaches into a nested object."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.replace(".", "_") for column in columns)
    writer.writerows([_cell(record, column) for column in columns] for record in records)
    return buffer.getvalue()


def _cell(record: Mapping[str, object], column: str) -> object:
    value: object = record
    for key in column.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, (list, tuple)):
        value = "|".join(str(item) for item in value)
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value  # or a spreadsheet would take it for a formula
    return value
