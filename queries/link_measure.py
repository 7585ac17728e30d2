"""How far suggestions can be trusted on this site: its own hyperlinks are hidden and looked for again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict, dataclass, replace
from typing import Final

import numpy as np

from nutrigraph.page_cache import PageRecord, PageText
from nutrigraph.queries.link_candidates import SitePage
from nutrigraph.queries.link_features import Bools, weigh
from nutrigraph.queries.link_model import FOLDS, judged_by, probabilities
from nutrigraph.queries.link_site import Floats, read_site
from nutrigraph.queries.links import site_of
from nutrigraph.store import Store

_THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Threshold:
    """What suggesting from a probability up gives: how many suggestions, the share of them that editors had linked
    (precision), and the share of the editors' links that are among them (recall)."""

    threshold: float
    suggested: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The suggestions with a probability between two values: how many, their mean probability, the share linked."""

    lowest: float
    highest: float
    suggested: int
    expected: float
    linked: float


@dataclass(frozen=True, slots=True)
class LinkMeasure:
    """What was found again of `links` hidden pairs of page and target. `calibration_error` is the mean distance of
    probability and share of links, over ten bins, by number of suggestions."""

    pages: int
    links: int
    rows: tuple[Threshold, ...]
    bins: tuple[Bin, ...]
    calibration_error: float

    def as_json(self) -> dict[str, object]:
        """The shape that `links --measure --format json` prints."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Later:
    """What would have been suggested from a probability up, and how many of these hyperlinks editors set later."""

    threshold: float
    suggested: int
    added: int


@dataclass(frozen=True, slots=True)
class LinkHistory:
    """What editors did after a `commit` of that `date`: they `added` so many pairs of page and target, both of which
    were there, `named` of them where the page had words for the target already."""

    commit: str
    date: str
    added: int
    named: int
    rows: tuple[Later, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that `links --measure --format json` prints."""
        return asdict(self)


def added_later(
    commit: str, date: str, pages: Sequence[SitePage], texts: Iterable[PageText], now: Set[tuple[int, int]]
) -> LinkHistory:
    """What would have been suggested on `pages` as they were at that commit, and how much of it editors set since;
    `now` are the (page, target) numbers that are linked today."""
    before = {(number, target) for number, page in enumerate(pages) for target, _ in page.links}
    found = weigh(read_site(pages, texts))
    p = probabilities(found, np.ones(len(found.page), bool))
    pairs = zip(found.page.tolist(), found.target.tolist(), strict=True)
    added = np.array([pair in now and pair not in before for pair in pairs], dtype=bool)
    open_ = found.free & ~found.linked
    rows = [
        Later(threshold, int((open_ & (p >= threshold)).sum()), int((open_ & added & (p >= threshold)).sum()))
        for threshold in _THRESHOLDS
    ]
    return LinkHistory(commit, date, len(now - before), int(added.sum()), tuple(rows))


def measure(store: Store, pages: Sequence[PageRecord], texts: Iterable[PageText]) -> LinkMeasure:
    """Hides the hyperlinks of a fifth of the pages at a time, learns from the others, and looks for them.

    `texts` are those of `pages`, by path. Which page is in which fifth depends on the number of pages alone.
    """
    site_pages = site_of(store, pages)
    read = list(texts)
    links = frozenset((n, target) for n, page in enumerate(site_pages) for target, _ in page.links)
    part = np.random.default_rng(0).permutation(len(pages)) % FOLDS
    linked: list[Bools] = []
    odds: list[Floats] = []
    for number in range(FOLDS) if links else ():
        hidden = part == number
        shown = [replace(page, links=()) if hide else page for page, hide in zip(site_pages, hidden, strict=True)]
        bare = [_bare(text) if hide else text for text, hide in zip(read, hidden, strict=True)]
        found = weigh(read_site(shown, bare), ~hidden)
        asked = hidden[found.page]
        odds.append(judged_by(found, ~asked, asked))
        pairs = zip(found.page[asked].tolist(), found.target[asked].tolist(), strict=True)
        linked.append(np.array([pair in links for pair in pairs], dtype=bool))
    y, p = np.concatenate([np.zeros(0, bool), *linked]), np.concatenate([np.zeros(0), *odds])
    bins = tuple(_bins(y, p))
    error = sum(b.suggested * abs(b.expected - b.linked) for b in bins) / max(1, len(p))
    return LinkMeasure(len(pages), len(links), tuple(_rows(y, p, len(links))), bins, error)


def _bare(text: PageText) -> PageText:
    return replace(text, passages=tuple(replace(passage, links=()) for passage in text.passages))


def _rows(linked: Bools, p: Floats, links: int) -> Iterable[Threshold]:
    for threshold in _THRESHOLDS:
        chosen = p >= threshold
        right = int(linked[chosen].sum())
        if chosen.any():
            yield Threshold(threshold, int(chosen.sum()), right / int(chosen.sum()), right / links)


def _bins(linked: Bools, p: Floats) -> Iterable[Bin]:
    part = np.minimum((p * _BINS).astype(int), _BINS - 1)
    for number in range(_BINS):
        chosen = part == number
        if chosen.any():
            count, said, were = int(chosen.sum()), float(p[chosen].mean()), float(linked[chosen].mean())
            yield Bin(number / _BINS, (number + 1) / _BINS, count, said, were)
