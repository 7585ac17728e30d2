"""Visible text put together piece by piece, with the place of every character in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter

from nutrigraph.graph_builder.document import Text

_HIDDEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]+")
_PIECES = re.compile(rf"(?P<space>\s{{2,}})|(?P<hidden>{_HIDDEN.pattern})")
"""White space that is seen as one space; characters that are not seen (soft hyphen, zero-width space)."""
_ODD_SPACE = re.compile(r"[^\S ]")


class TextBuilder:
    """Collects pieces in the order of the source; white space is folded, none is kept at either end."""

    def __init__(self) -> None:
        self._visible: list[str] = []
        self._runs: list[tuple[int, int, int]] = []
        self._length = 0
        self._space: tuple[int, int] | None = None
        """The source span of white space that is written when something visible follows."""

    def __len__(self) -> int:
        """Where the next visible character will stand."""
        return self._length + (self._space is not None)

    def verbatim(self, piece: str, start: int) -> None:
        """A slice of the source, as it stands there from `start` on."""
        done = 0
        for match in _PIECES.finditer(piece):
            self._plain(piece[done : match.start()], start + done)
            if match.lastgroup == "space":
                self.space(start + match.start(), start + match.end())
            done = match.end()
        self._plain(piece[done:], start + done)

    def space(self, start: int, end: int) -> None:
        """White space or a line break of the source, seen as one space."""
        if self._space is not None:
            self._space = (self._space[0], end)
        elif self._length:
            self._space = (start, end)

    def replaced(self, visible: str, start: int, end: int) -> None:
        """Characters that stand for others of the source, such as an entity."""
        if visible.isspace():
            self.space(start, end)
        elif visible := _HIDDEN.sub("", visible):
            self._flush(start)
            self._append(visible, start, end - start)

    def text(self) -> Text:
        """What was collected so far."""
        return Text("".join(self._visible), tuple(self._runs))

    def _plain(self, piece: str, start: int) -> None:
        """A slice in which no two white spaces stand together; those at its ends may meet others."""
        if not piece:
            return
        piece = _ODD_SPACE.sub(" ", piece)
        words = piece.strip(" ")
        lead = piece.index(words) if words else len(piece)
        if lead:
            self.space(start, start + lead)
        if words:
            self._flush(start + lead)
            self._append(words, start + lead, len(words))
            if lead + len(words) < len(piece):
                self.space(start + lead + len(words), start + len(piece))

    def _flush(self, following: int) -> None:
        """Writes the space that was waiting, which ends before the source offset `following`."""
        if self._space is not None:
            start, end = self._space
            self._space = None
            self._append(" ", start, min(end, following) - start)

    def _append(self, visible: str, start: int, length: int) -> None:
        self._runs.append((self._length, start, length))
        self._visible.append(visible)
        self._length += len(visible)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def part(text: Text, start: int, end: int) -> Text:
    """The part [start:end] of a text, with the runs it needs."""
    runs: list[tuple[int, int, int]] = []
    for number in range(bisect_right(text.runs, start, key=itemgetter(0)) - 1, len(text.runs)):
        visible, source, length = text.runs[number]
        if visible >= end:
            break
        following = text.runs[number + 1][0] if number + 1 < len(text.runs) else len(text.visible)
        left, right = max(start, visible), min(end, following)
        if following - visible == length:
            runs.append((left - start, source + left - visible, right - left))
        else:
            runs.append((left - start, source, length))
    return Text(text.visible[start:end], tuple(runs))
