"""Files for people: written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from nutrigraph.errors import ProjectError


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
