"""How names are compared: their forms for looking up, and how alike two of them are."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LEAST_SIMILARITY: Final = 0.55


def plain(name: str) -> str:
    """The name in lower case with single spaces."""
    text = unicodedata.normalize("NFC", name).encode("utf-8", "ignore").decode("utf-8")
    return " ".join(text.casefold().split())


def fold(name: str) -> str:
    """Letters and digits in lower case without accents, words parted by one space; plain where nothing is left."""
    text = unicodedata.normalize("NFKD", plain(name)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’")
    return " ".join(re.findall(r"[^\W_]+", text)) or plain(name).replace("\0", "")


def squash(folded: str) -> str:
    """A folded name without spaces, its words in the singular."""
    return "".join(_singular(word) for word in folded.split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def similarity(typed: str, name: str) -> float:
    """How alike two names are, 0 to 1: one minus the share of letters to change; a little less where the words stand
    in another order, three quarters of it for a run of the name's words as long as what was typed.

    >>> round(similarity("insuln", "insulin"), 2)
    0.86
    """
    typed_words, words = typed.split(), name.split()
    count = len(typed_words)
    likeness = [_likeness(typed, name)]
    if count > 1:
        likeness.append(0.95 * _likeness(" ".join(sorted(typed_words)), " ".join(sorted(words))))
    if len(words) > count:
        runs = (" ".join(words[at : at + count]) for at in range(len(words) - count + 1))
        likeness += [0.75 * _likeness(typed, run) for run in runs]
    return max(likeness)


def _likeness(one: str, other: str) -> float:
    longer, shorter = max(len(one), len(other), 1), min(len(one), len(other))
    if shorter / longer < LEAST_SIMILARITY:  # each letter of the difference has to be inserted
        return 0.0
    return 1 - _distance(one, other) / longer


def _distance(one: str, other: str) -> int:
    """The number of letters to insert, delete, change or swap with their neighbour (optimal string alignment)."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]  # what they share at both ends changes nothing
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, facing in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and facing == one[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]
