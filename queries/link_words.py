"""Pages as words, for finding and weighing places for hyperlinks: normal forms, stems, and what a stem is here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nutrigraph.graph_builder.document import BlockKind
from nutrigraph.graph_builder.tokens import Token, tokens
from nutrigraph.page_cache import Passage

CLOSED: Final = frozenset((BlockKind.HEADING, BlockKind.CODE, BlockKind.QUOTE, BlockKind.FURNITURE, "caption"))
"""Kinds of passages in which no hyperlink is set."""
_GLUE: Final = frozenset("-/'’‐‑–")
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

    `words` are its tokens, `passages[number[i]]` is where token i stands. `stems` are those of the words, "|" where a
    passage ends or a mark parts the words; stem n is that of token `indices[n]`, as marks that join words have none.
    `norms` are the normal forms of the words, `aside` those of headings and other passages.
    """

    passages: tuple[Passage, ...]
    words: tuple[Token, ...]
    number: tuple[int, ...]
    stems: tuple[str, ...]
    indices: tuple[int, ...]
    norms: tuple[str, ...]
    aside: tuple[str, ...]

    @property
    def source_starts(self) -> list[int]:
        """Where each token begins in the source, the ends of passages where the next token begins."""
        starts: list[int] = []
        for n, token in enumerate(self.words):
            text = self.passages[self.number[n]].text
            starts.append(
                text.source_span(token.start, token.end)[0] if token.end else (starts[-1] + 1 if starts else 0)
            )
        return starts


_END: Final = Token("\n", 0, 0, "\n", "|", False)


def page_words(passages: Sequence[Passage]) -> PageWords:
    """The words of a page's passages."""
    words: list[Token] = []
    number: list[int] = []
    aside: list[str] = []
    for n, passage in enumerate(passages):
        found = tokens(passage.text.visible)
        if passage.kind in CLOSED:
            if passage.kind != BlockKind.FURNITURE:
                aside += [token.norm for token in found if token.is_word]
            continue
        words += found
        words.append(_END)
        number += [n] * (len(found) + 1)
    stems: list[str] = []
    indices: list[int] = []
    norms: list[str] = []
    for i, token in enumerate(words):
        if token.is_word:
            stems.append(stem(token.norm))
            norms.append(token.norm)
        elif _joins(words, i) or token.norm == "'s":
            continue
        else:
            stems.append("|")
        indices.append(i)
    return PageWords(
        tuple(passages), tuple(words), tuple(number), tuple(stems), tuple(indices), tuple(norms), tuple(aside)
    )


def _joins(words: Sequence[Token], i: int) -> bool:
    """Whether a mark stands inside a compound, without blanks: cloud-native, and/or."""
    token = words[i]
    return (
        token.text in _GLUE
        and 0 < i < len(words) - 1
        and words[i - 1].end == token.start
        and words[i + 1].start == token.end
        and words[i - 1].is_word
        and words[i + 1].is_word
    )
