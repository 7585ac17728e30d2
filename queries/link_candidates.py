"""Where hyperlinks might stand: every place where a page names another page, in any form, with what is seen there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import ahocorasick_rs
import numpy as np

from nutrigraph.queries.link_names import Form, LinkNames, Reading
from nutrigraph.queries.link_words import PageWords


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page as a place of hyperlinks and as their target; pages are known by their number in the site.

    `names` are its title and what its concept is called; without any, no hyperlink leads to it. `links` are the pages
    that its hyperlinks lead to, each with the link's words. `concept` is what it is about, one IRI for all joined.
    """

    path: str
    names: tuple[str, ...]
    links: tuple[tuple[int, str], ...] = ()
    concept: str | None = None


class Place(NamedTuple):
    """One phrase by which a page names another: the best of its places there.

    `key` is the number of the phrase; `start` and `end` are the source's span, `surface` what stands there, `text` its
    visible words, `before` and `after` the normal forms of the words next to it ("" for a mark or an end). `within`: it
    is part of a longer name. `free`: a hyperlink may stand there. `token` is the number of words before it, `times` how
    often the phrase stands for the target on the page, `rival` the likeness of the best other page for the same words.
    """

    page: int
    target: int
    key: int
    form: Form
    anchor: bool
    likeness: float
    rival: float
    words: int
    letters: int
    before: str
    after: str
    capital: bool
    capitals: bool
    within: bool
    free: bool
    token: int
    times: int
    start: int
    end: int
    surface: str
    text: str


class Finder:
    """Finds the places for hyperlinks, page by page."""

    def __init__(self, names: LinkNames) -> None:
        self.names = names
        self._automaton = ahocorasick_rs.AhoCorasick([f" {key} " for key in names.keys])

    def places(
        self, number: int, words: PageWords, mentions: Sequence[tuple[int, int]] = ()
    ) -> tuple[list[Place], set[int]]:
        """The places on the page with that number, one for each target and phrase; and all phrases on the page.
        `mentions` are the source spans of concepts there."""
        spans = self._spans(words)
        keys = {key for _, _, key in spans}
        covers = _covers(words, [(first, last) for first, last, _ in spans], mentions)
        covers |= {(first, last) for first, last, _ in spans if _in_compound(words, first, last)}
        found: dict[tuple[int, int], list[tuple[tuple[bool, bool, int, int], int, int, Reading, float]]] = {}
        for first, last, key in spans:
            said = " ".join(filter(None, words.norms[first : last + 1]))
            readings = self.names.readings(key, said, words.texts[first][:2].isupper())
            for reading in readings:
                if reading.page == number:
                    continue
                rival = max((other.likeness for other in readings if other is not reading), default=-1.0)
                rank = (not _is_free(words, first, last), (first, last) in covers, int(reading.form), first)
                found.setdefault((reading.page, key), []).append((rank, first, last, reading, rival))
        places = []
        for (_, key), places_of in found.items():
            best = min(places_of, key=lambda place: place[0])
            places.append(_place(number, key, words, best, len(places_of)))
        return places, keys

    def _spans(self, words: PageWords) -> list[tuple[int, int, int]]:
        """First token, last token and phrase of every name in the text, overlapping ones too."""
        text = f" {' '.join(words.stems)} "
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not matches:
            return []
        ends = np.cumsum(np.fromiter(map(len, words.stems), np.int64) + 1)  # where each stem's blank is
        table = np.array(matches)
        first = np.searchsorted(ends, table[:, 1] + 1)
        last = np.searchsorted(ends, table[:, 2] - 1)
        indices = words.indices
        return [
            (indices[a], indices[b], key)
            for a, b, key in zip(first.tolist(), last.tolist(), table[:, 0].tolist(), strict=True)
        ]


def _covers(
    words: PageWords, spans: Sequence[tuple[int, int]], mentions: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The spans that lie within a longer one, or within the mention of a concept with a longer name."""
    wide = set(spans)
    if mentions and spans:
        starts = words.source_starts()
        said = np.array(mentions, dtype=np.int64)
        first = np.searchsorted(starts, said[:, 0])
        last = np.searchsorted(starts, said[:, 1]) - 1
        longer = np.flatnonzero(last > first)
        longer = longer[starts[first[longer]] == said[longer, 0]]
        wide.update(zip(first[longer].tolist(), last[longer].tolist(), strict=True))
    within: set[tuple[int, int]] = set()
    longest: tuple[int, int] | None = None
    for span in sorted(wide, key=lambda span: (span[0], -span[1])):
        if longest is not None and span[1] <= longest[1]:
            within.add(span)
        else:
            longest = span
    return within


def _in_compound(words: PageWords, first: int, last: int) -> bool:
    """Whether a hyphen ties the words to another one: "insulin" in "insulin-dependent"."""
    visible = words.passages[words.number[first]].text.visible
    before, after = (
        visible[max(0, words.starts[first] - 2) : words.starts[first]],
        visible[words.end(last) : words.end(last) + 2],
    )
    return (len(after) == 2 and after[0] in _HYPHENS and after[1].isalnum()) or (
        len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()
    )


_HYPHENS: Final = frozenset("-‐‑")


def _is_free(words: PageWords, first: int, last: int) -> bool:
    passage = words.passages[words.number[first]]
    start, end = words.starts[first], words.end(last)
    if passage.text.visible[:start].endswith("[") and passage.text.visible.startswith("]", end):
        return False  # a hyperlink in Markdown that leads nowhere: it wants mending, not another one inside
    if not (passage.links or passage.protected):
        return True
    return not any(a < end and start < b for spans in (passage.links, passage.protected) for a, b in spans)


def _place(
    number: int,
    key: int,
    words: PageWords,
    best: tuple[tuple[bool, bool, int, int], int, int, Reading, float],
    count: int,
) -> Place:
    (taken, within, _, _), first, last, reading, rival = best
    passage = words.passages[words.number[first]]
    visible = words.starts[first], words.end(last)
    start, end, surface = passage.surface(*visible)
    text = passage.text.visible[slice(*visible)]
    said = [*filter(None, words.norms[first : last + 1])]
    return Place(
        page=number,
        target=reading.page,
        key=key,
        form=reading.form,
        anchor=reading.anchor,
        likeness=reading.likeness,
        rival=rival,
        words=len(said),
        letters=len(" ".join(said)),
        before=words.norms[first - 1] if first else "",
        after=words.norms[last + 1],
        capital=text[:1].isupper(),
        capitals=text.isupper(),
        within=within,
        free=not taken,
        token=first,
        times=count,
        start=start,
        end=end,
        surface=surface,
        text=text,
    )
