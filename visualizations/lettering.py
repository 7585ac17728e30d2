"""How much room words take: widths without a font at hand, and lines broken to fit."""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = {
    "i": 22, "j": 22, "l": 22, "'": 19, "|": 26, ".": 28, ",": 28, ":": 28, ";": 28, "!": 28, " ": 28, "I": 28,
    "f": 28, "t": 28, "/": 28, "r": 33, "(": 33, ")": 33, "-": 33, "[": 28, "]": 28, "c": 50, "k": 50, "s": 50,
    "v": 50, "x": 50, "y": 50, "z": 50, "J": 50, "m": 83, "w": 72, "M": 83, "W": 94, "F": 61, "T": 61, "Z": 61, "L": 56,
    "E": 67, "A": 67, "B": 67, "K": 67, "P": 67, "S": 67, "V": 67, "X": 67, "Y": 67, "G": 78, "O": 78, "Q": 78,
    "C": 72, "D": 72, "H": 72, "N": 72, "R": 72, "U": 72, "@": 102, "%": 89, "&": 67, "→": 100, "←": 100,
}  # fmt: skip
"""Hundredths of the type size, as in Arial and the fonts that share its widths; what is not listed is 56 wide."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is in pixels at a type size in pixels, rather too wide than too narrow."""
    hundredths = sum(_width_of(character) for character in text)
    return hundredths * size * (1.12 if bold else 1.05) / 100


def lines(text: str, size: float, room: float, *, bold: bool = False, most: float | None = None) -> tuple[str, ...]:
    """The text in as few lines no wider than `room` as it takes, of about the same length.

    A word wider than that may take up to `most`, then it is broken. Put together the lines are the text again, white
    space folded: a line that ends between two words ends with the space.

    >>> lines("is a risk factor for", 14, 88)
    ('is a risk ', 'factor for')
    """
    words = [
        piece + glue
        for word in text.split()
        for pieces in [_pieces(word, size, max(room, most or room), bold)]
        for piece, glue in zip(pieces, [""] * (len(pieces) - 1) + [" "], strict=True)
    ] or [" "]
    words[-1] = words[-1].rstrip() or " "
    room = max(room, *(_drawn(word, size, bold) for word in words))
    filled = _fill(words, size, room, bold)
    while room > 40:  # the narrowest room that takes no more lines makes them even
        narrower = _fill(words, size, room * 0.94, bold)
        if len(narrower) > len(filled) or max(_drawn(line, size, bold) for line in narrower) > room * 0.94:
            break
        filled, room = narrower, room * 0.94
    return tuple(filled)


def _drawn(line: str, size: float, bold: bool) -> float:
    return width(line.rstrip(), size, bold=bold)


def _fill(words: list[str], size: float, room: float, bold: bool) -> list[str]:
    filled = [words[0]]
    for word in words[1:]:
        if _drawn(filled[-1] + word, size, bold) <= room:
            filled[-1] += word
        else:
            filled.append(word)
    return filled


def _pieces(word: str, size: float, most: float, bold: bool) -> list[str]:
    """A word in pieces no wider than `most`; marks that combine stay with their letter."""
    pieces = [""]
    for character in word:
        full = pieces[-1] and width(pieces[-1] + character, size, bold=bold) > most
        if full and not unicodedata.combining(character):
            pieces.append("")
        pieces[-1] += character
    return pieces


def _width_of(character: str) -> int:
    if character in _NARROW:
        return _NARROW[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return 100 if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0x1F000 else 58
