"""A text as names are looked for in it: the normal forms of its words in one string, and the place of each in the text.

Reading words one by one costs more than finding names among them. What a run of characters between two blanks gives is
remembered, so that a text is split, looked up and joined; places are worked out for the words that matter alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain

from nutrigraph.graph_builder.tokens import Token, tokens

UNSAID = frozenset("the an your their its his her our".split())
"""Determiners: they may stand inside a name in text and change nothing."""
_INITIAL = re.compile(r"(?<![^\W_])([A-Z])\.(?=\s*[a-z])")
"""The full stop of "E. coli"."""
_BRACKETED = re.compile(r"\(\s*[A-Z][A-Z0-9]{1,7}\s*\)")
"""An abbreviation in brackets, which may stand inside a name: "fasting plasma glucose (FPG) test"."""


class WordStream:
    """`string` holds the normal forms of the words of `text` and a mark for what parts them, each with a space behind
    it and one before the first. Articles, possessives, and hyphens inside words are not in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Read as "E  coli", which leaves all places as they are.
        self._runs = (_INITIAL.sub(r"\1 ", text) if "." in text else text).split(" ")
        spelled = list(map(_spelled, self._runs))
        self.string = " " + "".join(spelled)
        self._begins = list(accumulate(map(len, spelled), initial=1))

    @classmethod
    def without_abbreviations(cls, text: str) -> WordStream | None:
        """The same without abbreviations in brackets; None if there are none."""
        if "(" not in text:
            return None
        blanked, count = _BRACKETED.subn(lambda match: " " * len(match[0]), text)
        return cls(blanked) if count else None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where string[start:end], which begins and ends with a space, stands in the text."""
        first = bisect_right(self._begins, start + 1) - 1
        _, begin, _ = _word_at(self._runs[first], start + 1 - self._begins[first])
        last = bisect_right(self._begins, end - 1) - 1
        _, _, stop = _word_at(self._runs[last], end - 1 - self._begins[last])
        return self._places[first] + begin, self._places[last] + stop

    @cached_property
    def _places(self) -> list[int]:
        """Where each run begins in the text."""
        return list(accumulate(map((1).__add__, map(len, self._runs)), initial=0))

    # All words and marks, by number

    @cached_property
    def words(self) -> Sequence[Token]:
        """The tokens of the text; their spans count in their runs."""
        return list(chain.from_iterable(self._by_run))

    @cached_property
    def _by_run(self) -> list[tuple[Token, ...]]:
        return list(map(_tokens, self.text.split(" ")))

    @cached_property
    def _run_places(self) -> list[int]:
        return list(accumulate(map((1).__add__, map(len, self.text.split(" "))), initial=0))

    @cached_property
    def _counts(self) -> list[int]:
        """How many tokens stand before each run."""
        return list(accumulate(map(len, self._by_run), initial=0))

    def numbers(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and the last token of text[start:end], which begins and ends with one."""
        places = self._run_places
        first = bisect_right(places, start) - 1
        last = bisect_right(places, end - 1) - 1
        before = sum(token.end <= start - places[first] for token in self._by_run[first])
        inside = sum(token.end < end - places[last] for token in self._by_run[last])
        return self._counts[first] + before, self._counts[last] + inside

    def place(self, number: int) -> tuple[int, int]:
        """Where the token of that number stands in the text."""
        run = bisect_right(self._counts, number) - 1
        token = self.words[number]
        return self._run_places[run] + token.start, self._run_places[run] + token.end


@lru_cache(maxsize=1 << 17)
def _tokens(run: str) -> tuple[Token, ...]:
    return tuple(tokens(run))


@lru_cache(maxsize=1 << 17)
def _spelled(run: str) -> str:
    """What a run of characters without blanks gives to the stream."""
    return "".join(f"{part} " for part, _, _ in _spelling(run))


@lru_cache(maxsize=1 << 17)
def _spelling(run: str) -> tuple[tuple[str, int, int], ...]:
    """The same part by part, each with where it stands in the run."""
    words = _tokens(run)
    return tuple(
        (token.norm if token.is_word else "," if token.text == "," else "|", token.start, token.end)
        for n, token in enumerate(words)
        if token.norm != "'s" and token.norm not in UNSAID and token.text != "a" and not _joins(words, n)
    )


def _word_at(run: str, offset: int) -> tuple[str, int, int]:
    """The part of a run's spelling that `offset` falls into."""
    parts = _spelling(run)
    number = 0
    while offset > len(parts[number][0]):
        offset -= len(parts[number][0]) + 1
        number += 1
    return parts[number]


def _joins(words: Sequence[Token], n: int) -> bool:
    """Whether a mark stands inside a name: waist-hip, waist:hip, Graves' disease."""
    before = words[n - 1] if n > 0 else None
    if before is None or before.end != words[n].start:
        return False
    if words[n].text in "-:/":
        return n + 1 < len(words) and words[n].end == words[n + 1].start
    return words[n].text in "'’" and before.text.endswith("s")
