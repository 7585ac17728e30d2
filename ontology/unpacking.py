"""The content of a vocabulary file to read from: unpacked where it is compressed, and never more than allowed."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final, cast

from nutrigraph.errors import SourceError

Content = bytes | Path
"""A file's bytes, or where it is: large files are read from there piece by piece."""
Tell = Callable[[int], None]
"""Is told, now and then, how many bytes of a file have been read since the last time."""

LARGEST_TEXT: Final = 1_000_000
"""The most characters that one text (a label, a definition) in a vocabulary may have."""
LARGEST_DOCUMENT: Final = 500_000_000
"""The most bytes of a file that has to be held in memory as a whole (JSON, tables, Excel)."""
MOST_GROWTH: Final = 200
"""A compressed file may unpack to so many times its size; ontologies grow 5 to 30 times, a "bomb" 1000 times."""
_ALWAYS_ALLOWED: Final = 10_000_000
_PIECE: Final = 1 << 20


def opened(path: str, content: Content, tell: Tell | None = None) -> IO[bytes]:
    """The content of a file to read from, unpacked if its name ends in `.gz`.

    Reading raises SourceError if the compressed file is damaged or grows beyond MOST_GROWTH; what is missing or may
    not be read is a SourceError here.
    """
    try:
        packed: IO[bytes] = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
    except FileNotFoundError:
        raise SourceError(path, "there is no such file; correct [vocabulary] files in nutrigraph.toml") from None
    except OSError as error:
        raise SourceError(path, f"it cannot be read: {error.strerror}") from None
    return cast(IO[bytes], io.BufferedReader(_Unpacked(path, packed, size, tell), _PIECE))


def whole(path: str, content: Content, tell: Tell | None = None) -> bytes:
    """All of the content; SourceError if it is more than LARGEST_DOCUMENT."""
    with opened(path, content, tell) as file:
        data = file.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        limit = f"{LARGEST_DOCUMENT // 1_000_000} MB"
        raise SourceError(
            path, f"it holds more than {limit}, the most that is read of such a file; use N-Triples (.nt)"
        )
    return data


def text(path: str, content: Content, tell: Tell | None = None) -> str:
    """All of the content as text; SourceError with the line if it is not UTF-8."""
    data = whole(path, content, tell)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "this is not UTF-8 text; save the file in UTF-8", line=line) from None


def digest(content: Content) -> str:
    """The SHA-256 of a file as it is, in hexadecimal digits; of nothing if it cannot be read."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    try:
        with content.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # reading it will say what is wrong
        return hashlib.sha256(b"").hexdigest()


class _Unpacked(io.RawIOBase):
    """Unpacks while it is read, counts, and stops what grows without end."""

    def __init__(self, path: str, packed: IO[bytes], size: int, tell: Tell | None) -> None:
        compressed = path.lower().endswith(".gz")
        self._path = path
        self._packed = packed
        self._file = cast(IO[bytes], gzip.GzipFile(fileobj=packed)) if compressed else packed
        self._left = max(_ALWAYS_ALLOWED, size * MOST_GROWTH) if compressed else None
        self._tell = tell
        self._told = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            problem = f"the compressed file is damaged ({error}); compress it again"
            if self._left is None:
                problem = f"it cannot be read: {error}"
            raise SourceError(self._path, problem) from None
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                problem = (
                    f"the compressed file unpacks to more than {MOST_GROWTH} times its size, as no vocabulary does"
                )
                raise SourceError(self._path, f"{problem}; unpack it yourself if it is one")
        if self._tell is not None and not self._packed.closed:
            place = self._packed.tell()
            self._tell(place - self._told)
            self._told = place
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()
