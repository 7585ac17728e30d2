"""Names of things: how they are cleaned on the way in, and when two of them are the same."""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINERS: Final = "\u200c\u200d"
"""Invisible, and part of the spelling in some scripts."""


def clean(text: str) -> str:
    """`text` on one line, as people should see it: white space folded, control and direction characters dropped.

    >>> clean("  Beta\\n cell\\u202e\\x07 ")
    'Beta cell'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (character for character in text if _is_shown(character))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _is_shown(character: str) -> bool:
    category = unicodedata.category(character)
    return character.isspace() or character in _JOINERS or category not in ("Cc", "Cf", "Cs")


def key(name: str) -> str:
    """What two names have in common if they differ in case and white space alone.

    >>> key("GLP-1 ") == key("glp-1")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def unique(names: list[str]) -> tuple[str, ...]:
    """The names that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))
