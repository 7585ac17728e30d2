"""Adding a vocabulary file to nutrigraph.toml: everything else in it stays as it is, byte for byte."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from pathlib import Path

from nutrigraph.errors import ProjectError
from nutrigraph.project import FILE_NAME
from nutrigraph.writing import write_file

_HEADER = re.compile(r"^[ \t]*\[[ \t]*vocabulary[ \t]*\][ \t]*(?:#[^\n]*)?(?:\r?\n|$)", re.MULTILINE)
_NEXT_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_FILES = re.compile(r"^[ \t]*files[ \t]*=[ \t]*\[", re.MULTILINE)
_TOKEN = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[\s,]|\]|.""")


def add_vocabulary_file(folder: Path, path: str) -> None:
    """Writes `path` behind the others in [vocabulary] files; ProjectError if that cannot be done safely."""
    settings = folder / FILE_NAME
    try:
        text = settings.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{settings} cannot be read: {error}.") from None
    write_file(settings, with_file(text, path))


def with_file(text: str, path: str) -> str:
    """The text of a nutrigraph.toml with one more vocabulary file.

    >>> with_file('[vocabulary]\\nfiles = ["a.csv"] # ours\\n', "b.csv")
    '[vocabulary]\\nfiles = ["a.csv", "b.csv"] # ours\\n'
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + with_file(text[1:], path)
    before = tomllib.loads(text)
    wanted = copy.deepcopy(before)
    quoted = json.dumps(path, ensure_ascii=False).replace("\x7f", "\\u007f")
    try:
        wanted.setdefault("vocabulary", {}).setdefault("files", []).append(path)
        edited = _edited(text, quoted, "vocabulary" in before)
        if tomllib.loads(edited) == wanted:
            return edited
    except (tomllib.TOMLDecodeError, AttributeError):
        pass  # written in a way that is not understood here: better nothing than a guess
    raise ProjectError(f"{FILE_NAME} was not changed: add {quoted} to files under [vocabulary] yourself.")


def _edited(text: str, quoted: str, has_table: bool) -> str:
    line_end = "\r\n" if "\r\n" in text else "\n"
    header = _HEADER.search(text)
    if header is None:
        if has_table:
            return text
        gap = line_end if text.endswith("\n") or not text else line_end * 2
        return f"{text}{gap}[vocabulary]{line_end}files = [{quoted}]{line_end}"
    end = next((found.start() for found in _NEXT_TABLE.finditer(text, header.end())), len(text))
    files = _FILES.search(text, header.end(), end)
    if files is None:
        start = text[: header.end()] if header[0].endswith("\n") else text[: header.end()] + line_end
        return f"{start}files = [{quoted}]{line_end}{text[header.end() :]}"
    place, last = _end_of_values(text, files.end())
    if last == "[":
        return f"{text[:place]}{quoted}{text[place:]}"
    line = text[text.rfind("\n", 0, place) + 1 : place]
    alone = "[" not in line  # each value on a line of its own
    between = line_end + line[: len(line) - len(line.lstrip())] if alone else " "
    comma, after = ("", ",") if last == "," else (",", "")
    return f"{text[:place]}{comma}{between}{quoted}{after}{text[place:]}"


def _end_of_values(text: str, start: int) -> tuple[int, str]:
    """Behind the last value, or the comma after it, of the list that begins before `start`; and what stands there."""
    place, last = start, "["
    for token in _TOKEN.finditer(text, start):
        if token[0] == "]":
            break
        if not token[0].isspace() and not token[0].startswith("#"):
            place, last = token.end(), token[0]
    return place, last
