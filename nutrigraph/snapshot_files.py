"""The SQLite files of a snapshot, opened to read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from nutrigraph.errors import NotBuiltError, StoreError


class Connection(sqlite3.Connection):
    """An open file, which any thread may ask. It stays readable when the file is deleted, and closes itself."""

    path: Path

    def __del__(self) -> None:
        self.close()


def connect(path: Path) -> Connection:
    """Opens a file; NotBuiltError if it is not there, StoreError if it is damaged."""
    if not path.is_file():
        raise NotBuiltError(f"The graph is not complete: {path} is missing. Build it with: nutrigraph build")
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, factory=Connection)
    connection.path = path
    with reading(connection):
        connection.execute("PRAGMA schema_version").fetchone()
    return connection


@contextmanager
def reading(file: Path | Connection) -> Iterator[Connection]:
    """An open file, or one opened for this; StoreError where what is read shows that it is damaged."""
    with nullcontext(file) if isinstance(file, Connection) else closing(connect(file)) as connection:
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            where = connection.path.parent
            raise StoreError(f"The graph in {where} is damaged ({error}). Run: nutrigraph build") from None
