"""How much room words take: widths without a font at hand, and lines broken to fit."""

from __future__ import annotations

import unicodedata
from typing import Final

_WIDTHS: Final = {
    letter: hundredths
    for hundredths, letters in {
        28: "ijlI'J|", 32: " .,", 35: "r:;\\/tf", 39: "()[]!-", 41: "*_`", 52: "sz?\"", 55: "c", 59: "vxyk",
        65: "eoaPFLE$", 69: "YTZSRXBACVK", 73: "w", 77: "UHNDG", 80: "OQ", 86: "M", 97: "m", 99: "W@%&", 84: "+<=>#~^",
        100: "→←",
    }.items()
    for letter in letters
}  # fmt: skip
"""Hundredths of the type size, as in DejaVu Sans, the widest of the faces that a page without fonts of its own falls
back to (in Arial and its like words take some 12 % less); what is not listed is 64 wide."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is in pixels at a type size in pixels, rather too wide than too narrow."""
    hundredths = sum(_width_of(character) for character in text)
    return hundredths * size * (1.14 if bold else 1.0) / 100


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
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return 100 if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0x1F000 else 64
