"""Pages as words, for finding and weighing places for hyperlinks: normal forms, stems, and what a stem is here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nutrigraph.graph_builder.document import BlockKind, Text
from nutrigraph.graph_builder.tokens import normal_form, tokens, words_and_marks
from nutrigraph.page_cache import Passage

CLOSED: Final = frozenset((BlockKind.HEADING, BlockKind.CODE, BlockKind.QUOTE, BlockKind.FURNITURE, "caption"))
"""Kinds of passages in which no hyperlink is set."""
_POSSESSIVES: Final = frozenset(("'s", "’s", "'S", "’S"))
_LOOSE: Final = frozenset("-/'’‐‑–") | _POSSESSIVES
"""Marks that may part no words."""
_SUFFIXES: Final = tuple(
    sorted(
        (
            "ability ibility able ible ably ibly ization izing ized izes ize ations ation ating ated ative ates ate at "
            "ions ion ings ing ed er ers or ors ity ness ments ment al ally ly es e s y ive ance ence ancy ency ist "
            "ists ism ic ics ical ous ously"
        ).split(),
        key=lambda suffix: (-len(suffix), suffix),
    )
)
_SHORTEST_STEM: Final = 4


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """What words of one family have in common: a normal form without its English endings, at least four letters long.

    It is coarse on purpose, as it only proposes: how alike two words really are is weighed later.

    >>> [stem(word) for word in ("scalability", "scaling", "scalable", "fat", "acidic", "acidity")]
    ['scal', 'scal', 'scal', 'fat', 'acid', 'acid']
    """
    if len(word) <= _SHORTEST_STEM or not word[0].isalpha():
        return word
    ends = True
    while ends:
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
                word = word[: -len(suffix)]
                break
        else:
            ends = False
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


@lru_cache(maxsize=1 << 17)
def words_of(name: str) -> tuple[str, ...]:
    """The normal forms of a name's words, without punctuation marks and possessives.

    >>> words_of("Crohn’s diseases"), words_of("beta-cells")
    (('crohn', 'disease'), ('beta', 'cell'))
    """
    return tuple(token.norm for token in tokens(name) if token.is_word)


def stem_key(words: Iterable[str]) -> str:
    """The stems of some normal forms, parted by spaces: what phrases are looked up by."""
    return " ".join(map(stem, words))


@dataclass(frozen=True, slots=True)
class PageWords:
    """The running text of a page as words: only passages in which a hyperlink may stand.

    `texts` are its words and marks as they stand, "\\n" where a passage ends; token i begins at `starts[i]` of the
    visible words of `passages[number[i]]`, and `norms[i]` is its normal form, empty for a mark. `stems` are those of
    the words, "|" where a passage ends or a mark parts the words; stem n is that of token `indices[n]`, as marks that
    join words have none. `aside` are the normal forms of headings and other passages.
    """

    passages: Sequence[Passage]
    texts: list[str]
    starts: list[int]
    number: list[int]
    norms: list[str]
    stems: list[str]
    indices: list[int]
    aside: list[str]

    def end(self, token: int) -> int:
        """Where a token ends in the visible words of its passage."""
        return self.starts[token] + len(self.texts[token])

    def source_starts(self) -> NDArray[np.int64]:
        """Where each token begins in the source, in ascending order; the end of a passage counts as one further."""
        found = np.empty(len(self.texts), dtype=np.int64)
        number = np.array(self.number, dtype=np.int64)
        starts = np.array(self.starts, dtype=np.int64)
        bounds = np.flatnonzero(np.r_[len(number) > 0, number[1:] != number[:-1], len(number) > 0])
        for first, behind in pairwise(bounds.tolist()):
            found[first : behind - 1] = _sources(self.passages[number[first]].text, starts[first : behind - 1])
            found[behind - 1] = found[behind - 2] + 1 if behind > 1 else 0
        return found


def page_words(passages: Sequence[Passage]) -> PageWords:
    """The words of a page's passages."""
    words = PageWords(passages, [], [], [], [], [], [], [])
    for n, passage in enumerate(passages):
        texts, starts = words_and_marks(passage.text.visible)
        norms, stems = map(list, zip(*map(_forms, texts), strict=True)) if texts else ([], [])
        if passage.kind in CLOSED:
            if passage.kind != BlockKind.FURNITURE:
                words.aside.extend(filter(None, norms))
            continue
        first = len(words.texts)
        if _LOOSE.isdisjoint(texts):
            words.stems.extend(stems)
            words.indices.extend(range(first, first + len(texts)))
        else:
            kept = [i for i, text in enumerate(texts) if text not in _LOOSE or not _joins(texts, starts, norms, i)]
            words.stems.extend(stems[i] for i in kept)
            words.indices.extend(first + i for i in kept)
        words.texts.extend(texts)
        words.starts.extend(starts)
        words.norms.extend(norms)
        words.texts.append("\n")
        words.starts.append(0)
        words.norms.append("")
        words.number.extend([n] * (len(texts) + 1))
        words.stems.append("|")
        words.indices.append(first + len(texts))
    return words


@lru_cache(maxsize=1 << 17)
def _forms(text: str) -> tuple[str, str]:
    """The normal form and the stem of a word; none and "|" for a mark."""
    if not text[0].isalnum():
        return "", "|"
    norm = normal_form(text)
    return norm, stem(norm)


def _joins(texts: Sequence[str], starts: Sequence[int], norms: Sequence[str], i: int) -> bool:
    """Whether a mark parts no words: a possessive, or what stands inside a compound, without blanks: and/or."""
    if texts[i] in _POSSESSIVES:
        return True
    return (
        0 < i < len(texts) - 1
        and starts[i - 1] + len(texts[i - 1]) == starts[i]
        and starts[i] + len(texts[i]) == starts[i + 1]
        and bool(norms[i - 1] and norms[i + 1])
    )


def _sources(text: Text, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of some visible characters begins in the source (`Text.source_span`, for many at once)."""
    if len(text.runs) == 1 and text.runs[0] == (0, text.runs[0][1], len(text.visible)):
        return starts + text.runs[0][1]
    runs = np.array(text.runs, dtype=np.int64).reshape(-1, 3)
    number = np.searchsorted(runs[:, 0], starts, "right") - 1
    verbatim = np.diff(runs[:, 0], append=len(text.visible)) == runs[:, 2]
    found: NDArray[np.int64] = runs[number, 1] + np.where(verbatim[number], starts - runs[number, 0], 0)
    return found
