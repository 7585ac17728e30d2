"""The first sheet of an Excel workbook (.xlsx) as rows of text, read with openpyxl."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from nutrigraph.errors import MissingExtra, SourceError
from nutrigraph.ontology.unpacking import LARGEST_DOCUMENT, LARGEST_TEXT, MOST_GROWTH, Content, Tell, whole

ENDING: Final = ".xlsx"
_ALWAYS_ALLOWED: Final = 10_000_000


def rows(path: str, content: Content, tell: Tell | None = None) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row of the first sheet, with the row's number; of formulas their last result.

    MissingExtra without openpyxl. SourceError if it is no workbook or unpacks to more than a file may hold.
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(f"Reading {path}, an Excel workbook,", "office") from None
    data = whole(path, content, tell)
    _check_size(path, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of colours and charts that it does not read
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its size may be wrong, or enormous
            width = 0
            for line, given in enumerate(sheet.iter_rows(values_only=True), 1):
                cells = [_text(path, line, cell) for cell in given]
                while cells and not cells[-1].strip():
                    cells.pop()
                width = width or len(cells)
                yield line, cells + [""] * (width - len(cells))
            book.close()
    except SourceError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parts raise on a damaged file
        problem = f"it cannot be read as an Excel workbook ({type(error).__name__}: {error})"
        raise SourceError(path, f"{problem}; save it again, or as CSV in UTF-8") from None


def _check_size(path: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceError(path, f"this is no Excel workbook (.xlsx): {error}") from None
    if size > min(LARGEST_DOCUMENT, max(_ALWAYS_ALLOWED, len(data) * MOST_GROWTH)):
        raise SourceError(path, "it unpacks to more than a workbook of terms may hold; save the sheet as CSV in UTF-8")


def _text(path: str, line: int, cell: Any) -> str:
    if cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if len(text) > LARGEST_TEXT:
        raise SourceError(path, f"a cell has more than {LARGEST_TEXT:,} characters", line=line)
    return text
