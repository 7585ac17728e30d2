"""What a text says, as lines of tests write it."""

from __future__ import annotations

from collections.abc import Callable

Said = Callable[[str], set[str]]
"""What the fixtures `said` and `titled` are: they give the statements of a text, each as a line."""


def lines(text: str) -> set[str]:
    """What is expected, said in one line."""
    return set(text.split("; ")) if text else set()
