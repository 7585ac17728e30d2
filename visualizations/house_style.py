"""House style: the colours of the pages we write, set by a publisher's own custom properties.

    --accent: #a3265c; --paper: #ffffff; --dark-accent: #f4a6c6;

A property that begins with `--dark-` is for readers who prefer dark pages.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from nutrigraph.errors import ProjectError
from nutrigraph.visualizations.page import palette

_DECLARATION: Final = re.compile(r"--([\w-]+)\s*:\s*([^;{}]*)(?:;|(?=\})|$)")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_VALUE: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z]+|(?:rgb|hsl|oklch|oklab|lab|lch)a?\([\d\s.,%/a-z-]+\)")


def house_style(css: str, file: str) -> str:
    """The rules that a style sheet of custom properties gives; `file` is its name for messages.

    Colours alone can be set: names are those of our own palette, and a value that is no colour (which could load
    something from elsewhere) is an error. ProjectError says which line and what to write.
    """
    known = properties()
    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), css)
    light: list[str] = []
    dark: list[str] = []
    rest = plain
    for found in _DECLARATION.finditer(plain):
        name, value = found[1], found[2].strip()
        line = plain.count("\n", 0, found.start()) + 1
        own = name.removeprefix("dark-")
        if own not in known:
            near = difflib.get_close_matches(own, known, n=1)
            hint = f"did you mean --{near[0]}?" if near else f"there are: {', '.join('--' + one for one in known)}"
            raise ProjectError(f"{file}, line {line}: there is no property --{name}; {hint}")
        if not _VALUE.fullmatch(value):
            raise ProjectError(f"{file}, line {line}: --{name} must be a colour such as #a3265c or rgb(163 38 92)")
        (dark if name != own else light).append(f"--{own}:{value}")
        rest = rest.replace(found[0], " " * len(found[0]), 1)
    leftover = re.sub(r":root|[{}\s;]", "", rest)
    if leftover:
        raise ProjectError(f"{file}: only custom properties (--accent: #a3265c;) can be set, found: {leftover[:40]}")
    rules = f":root{{{';'.join(light)}}}" if light else ""
    return rules + (f"@media screen and (prefers-color-scheme:dark){{:root{{{';'.join(dark)}}}}}" if dark else "")


def properties() -> tuple[str, ...]:
    """The names of the colours that can be set, without their hyphens in front."""
    return tuple(palette())
