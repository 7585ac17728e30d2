"""What a page may be called in a hyperlink's words: its names, forms derived from them, and the site's own anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from nutrigraph.queries.link_words import stem_key, words_of

_QUALIFIED: Final = re.compile(r"(.+\S)\s+\(([^()]+)\)")
_ABBREVIATION: Final = re.compile(r"[A-Z][A-Za-z0-9-]{1,7}")
_SHORTEST_HALF: Final = 3
_LONGEST_NAME: Final = 12
"""Words. Longer titles are sentences, which nobody repeats word for word."""


_MOST_PARTIAL: Final = 20
"""Pages that a phrase may mean as a part of their names."""


class Form(IntEnum):
    """How words go with a page, the surest first."""

    NAME = 0
    """Its title or a name of the concept that it is about, but for plural, case, hyphen and spelling."""
    PART_OF_TITLE = 1
    """The title without what stands in brackets, or what stands there; words that the site's links to it stand at."""
    COMPOUND = 2
    """A name written as one word or as two; the initials of a name."""
    FAMILY = 3
    """Words of the same family as a name (scaling: scalability), or a paraphrase of it."""
    HEAD = 4
    """A name without its last word."""
    TAIL = 5
    """A name without its first word."""
    NONE = 6
    """Nothing but the site's own links says that the words mean the page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that some words may mean: `form` is how they go with its names, `anchor` whether the site's hyperlinks to
    it stand at such words, `likeness` (0 to 1) how like the nearest of its names they are."""

    page: int
    form: Form
    anchor: bool
    likeness: float


@dataclass(slots=True)
class _Target:
    """How one phrase of stems goes with one page: by which words, in which form."""

    page: int
    forms: dict[str, Form] = field(default_factory=dict)
    initials: bool = False
    anchor: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether nothing ties phrase and page but a part of a name, another writing of one, or initials."""
        return not self.anchor and min(self.forms.values(), default=Form.NONE) > Form.PART_OF_TITLE

    def form(self, words: str, capitals: bool) -> Form:
        if words in self.forms:
            return self.forms[words]
        if self.initials and capitals:
            return Form.COMPOUND
        # other words with the same stems: as good as the family of a name, never better than part of one
        return max(Form.FAMILY, min((f for f in self.forms.values() if f is not Form.COMPOUND), default=Form.NONE))


class LinkNames:
    """The phrases that may lead to pages, numbered in `keys`; pages are numbers too.

    `names` are each page's, its title first; `anchors` are (words, page) of the site's hyperlinks.
    """

    def __init__(self, names: Sequence[Sequence[str]], anchors: Iterable[tuple[str, int]]) -> None:
        table: dict[str, dict[int, _Target]] = {}

        def target(words: Sequence[str], page: int) -> _Target:
            return table.setdefault(stem_key(words), {}).setdefault(page, _Target(page))

        self.words = [[words_of(name) for name in own] for own in names]
        for page, own in enumerate(names):
            for name in own:
                for words, form in _forms(name):
                    if 0 < len(words) <= _LONGEST_NAME:
                        forms = target(words, page).forms
                        forms[" ".join(words)] = min(form, forms.get(" ".join(words), form))
                if initials := _initials(name):
                    target((initials,), page).initials = True
        for text, page in anchors:
            if 0 < len(words := words_of(text)) <= _LONGEST_NAME:
                target(words, page).anchor = True
        for targets in table.values():
            _leave_out_what_says_nothing(targets)
        self.keys = sorted(key for key, targets in table.items() if targets)
        self.number = {key: number for number, key in enumerate(self.keys)}
        self._targets = [tuple(table[key].values()) for key in self.keys]
        self._plain = [[" ".join(words) for words in own] for own in self.words]
        self._read: dict[tuple[int, str, bool], tuple[Reading, ...]] = {}

    def readings(self, key: int, words: str, capitals: bool) -> tuple[Reading, ...]:
        """What `words` (normal forms with the stems of `keys[key]`) may mean; `capitals` is whether they are written in
        capital letters, as initials are."""
        known = self._read.get((key, words, capitals))
        if known is None:
            known = tuple(
                Reading(target.page, form, target.anchor, self.likeness(words, target.page))
                for target in self._targets[key]
                if (form := target.form(words, capitals)) is not Form.NONE or target.anchor
            )
            self._read[key, words, capitals] = known
        return known

    def count(self, key: int) -> int:
        """How many pages a phrase may mean."""
        return len(self._targets[key])

    def likeness(self, words: str, page: int) -> float:
        """How like the nearest of the page's names some words are: the share of the longer that both begin with."""
        return max((_likeness(words, name) for name in self._plain[page]), default=0.0)


def _leave_out_what_says_nothing(targets: dict[int, _Target]) -> None:
    """Takes the pages away that a phrase goes with by part of a name alone where it so goes with many: of a hundred
    names that end in "acid" the word says none."""
    partial = [page for page, target in targets.items() if target.is_partial]
    if len(partial) > _MOST_PARTIAL:
        for page in partial:
            del targets[page]


def _forms(name: str) -> Iterator[tuple[Sequence[str], Form]]:
    """The words of a name and of what is derived from it."""
    yield words_of(name), Form.NAME
    if qualified := _QUALIFIED.fullmatch(name):
        yield words_of(qualified[1]), Form.PART_OF_TITLE
        if _ABBREVIATION.fullmatch(qualified[2]):
            yield words_of(qualified[2]), Form.PART_OF_TITLE
        name = qualified[1]
    words = words_of(name)
    if len(words) > 1:
        yield words[:-1], Form.HEAD
        yield words[1:], Form.TAIL
    for at in range(len(words) - 1):
        yield (*words[:at], words[at] + words[at + 1], *words[at + 2 :]), Form.COMPOUND
    for at, word in enumerate(words):
        for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            yield (*words[:at], word[:cut], word[cut:], *words[at + 1 :]), Form.COMPOUND


def _initials(name: str) -> str:
    qualified = _QUALIFIED.fullmatch(name)
    words = words_of(qualified[1] if qualified else name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _likeness(one: str, other: str) -> float:
    """The share of the longer text that both begin with."""
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared / max(len(one), len(other), 1)
