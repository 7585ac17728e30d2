"""Where hyperlinks might stand: every place where a page names another page, in any form, with what is seen there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs
import numpy as np

from nutrigraph.queries.link_names import Form, LinkNames, Reading
from nutrigraph.queries.link_words import PageWords


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page as a place of hyperlinks and as their target; pages are known by their number in the site.

    `names` are its title and what its concept is called; without any, no hyperlink leads to it. `links` are the pages
    that its hyperlinks lead to, each with the link's words. `mentions` are the source spans of concepts on the page,
    each with the page about that concept (None if there is none).
    """

    path: str
    names: tuple[str, ...]
    links: tuple[tuple[int, str], ...] = ()
    mentions: tuple[tuple[int, int, int | None], ...] = ()


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

    def places(self, number: int, page: SitePage, words: PageWords) -> tuple[list[Place], set[int]]:
        """The places on the page with that number, one for each target and phrase; and all phrases on the page."""
        spans = self._spans(words)
        keys = {key for _, _, key in spans}
        covers = _covers(words, [(first, last) for first, last, _ in spans], page)
        found: dict[tuple[int, int], list[tuple[tuple[bool, bool, int, int], int, int, Reading, float]]] = {}
        for first, last, key in spans:
            inside = [token for token in words.words[first : last + 1] if token.is_word]
            capitals = inside[0].text[:2].isupper()
            readings = self.names.readings(key, " ".join(token.norm for token in inside), capitals)
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
        ends = np.cumsum([len(stem) + 1 for stem in words.stems])  # where each stem's blank is
        table = np.array(matches)
        first = np.searchsorted(ends, table[:, 1] + 1)
        last = np.searchsorted(ends, table[:, 2] - 1)
        indices = words.indices
        return [
            (indices[a], indices[b], key)
            for a, b, key in zip(first.tolist(), last.tolist(), table[:, 0].tolist(), strict=True)
        ]


def _covers(words: PageWords, spans: Sequence[tuple[int, int]], page: SitePage) -> set[tuple[int, int]]:
    """The spans that lie within a longer one, or within the mention of a concept with a longer name."""
    wide = list(spans)
    if page.mentions:
        starts = words.source_starts
        for start, end, _ in page.mentions:
            first = bisect_left(starts, start)
            last = bisect_left(starts, end) - 1
            if first < len(starts) and starts[first] == start and last > first:
                wide.append((first, last))
    within: set[tuple[int, int]] = set()
    longest: tuple[int, int] | None = None
    for span in sorted(set(wide), key=lambda span: (span[0], -span[1])):
        if longest is not None and span[1] <= longest[1]:
            within.add(span)
        else:
            longest = span
    return within


def _is_free(words: PageWords, first: int, last: int) -> bool:
    passage = words.passages[words.number[first]]
    if not (passage.links or passage.protected):
        return True
    start, end = words.words[first].start, words.words[last].end
    return not any(a < end and start < b for spans in (passage.links, passage.protected) for a, b in spans)


def _place(
    number: int,
    key: int,
    words: PageWords,
    best: tuple[tuple[bool, bool, int, int], int, int, Reading, float],
    count: int,
) -> Place:
    (taken, within, _, _), first, last, reading, rival = best
    tokens = words.words
    passage = words.passages[words.number[first]]
    start, end, surface = passage.surface(tokens[first].start, tokens[last].end)
    text = passage.text.visible[tokens[first].start : tokens[last].end]
    before = tokens[first - 1] if first and tokens[first - 1].is_word else None
    after = tokens[last + 1] if tokens[last + 1].is_word else None
    return Place(
        page=number,
        target=reading.page,
        key=key,
        form=reading.form,
        anchor=reading.anchor,
        likeness=reading.likeness,
        rival=rival,
        words=sum(token.is_word for token in tokens[first : last + 1]),
        letters=len(" ".join(token.norm for token in tokens[first : last + 1] if token.is_word)),
        before=before.norm if before else "",
        after=after.norm if after else "",
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
