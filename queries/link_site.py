"""A site as numbers: its places for hyperlinks, how alike its pages are, and what its own hyperlinks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nutrigraph.page_cache import PageText
from nutrigraph.queries.link_candidates import Finder, Place, SitePage
from nutrigraph.queries.link_names import LinkNames
from nutrigraph.queries.link_words import page_words, stem, stem_key, words_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_TITLE_WEIGHT: Final = 2
"""The words of a page's title count so often beside those of its text."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """A sparse matrix, a row a page: `words[starts[i]:starts[i + 1]]` are row i's columns, `weights` their values."""

    starts: Ints
    words: Ints
    weights: Floats
    width: int

    def likeness(self, rows: Ints, others: Ints) -> Floats:
        """The dot product of each pair of rows; `rows` must be sorted."""
        result = np.zeros(len(rows))
        dense = np.zeros(self.width)
        bounds = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1], True]) if len(rows) else np.zeros(1, int)
        lengths = np.diff(self.starts)
        for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            row = int(rows[a])
            own = slice(int(self.starts[row]), int(self.starts[row + 1]))
            dense[self.words[own]] = self.weights[own]
            targets = others[a:b]
            sizes = lengths[targets]
            ends = np.cumsum(sizes)
            index = np.arange(int(ends[-1])) + np.repeat(self.starts[targets] - ends + sizes, sizes)
            products = dense[self.words[index]] * self.weights[index]
            result[a:b] = np.add.reduceat(np.r_[products, 0.0], np.minimum(ends - sizes, len(products))) * (sizes > 0)
            dense[self.words[own]] = 0.0
        return result


@dataclass(frozen=True, slots=True)
class Site:
    """All that is known of a site before anything is weighed. `places` are sorted by page.

    `idf` is the inverse document frequency of each normal form in `vocabulary`; `on` are the pages that have each
    phrase of `names`, as (page, phrase) rows; `links` are (page, target, phrase) rows of the hyperlinks (phrase -1:
    words that lead nowhere else); `length` counts each page's words.
    """

    pages: Sequence[SitePage]
    names: LinkNames
    places: Sequence[Place]
    vocabulary: dict[str, int]
    idf: Floats
    by_word: Vectors
    by_stem: Vectors
    on: Ints
    links: Ints
    length: Ints


def read_site(pages: Sequence[SitePage], texts: Iterable[PageText]) -> Site:
    """Reads a site; `texts` are those of each of the `pages`, which need not be in memory together."""
    names = LinkNames([page.names for page in pages], ((text, target) for page in pages for target, text in page.links))
    finder = Finder(names)
    places: list[Place] = []
    on: list[Ints] = [np.empty((0, 2), dtype=np.int64)]
    vocabulary: dict[str, int] = {}
    counts: list[tuple[Ints, Ints]] = []
    length: list[int] = []
    for number, (page, text) in enumerate(zip(pages, texts, strict=True)):
        words = page_words(text.passages)
        found, keys = finder.places(number, words, text.mentions)
        places += found
        on.append(np.array([(number, key) for key in keys], dtype=np.int64).reshape(-1, 2))
        counted = Counter(filter(None, words.norms))
        counted.update(words.aside)
        if page.names:
            for word in words_of(page.names[0]):
                counted[word] += _TITLE_WEIGHT
        ids = np.array([vocabulary.setdefault(word, len(vocabulary)) for word in counted], dtype=np.int64)
        counts.append((ids, np.array(list(counted.values()), dtype=np.int64)))
        length.append(len(words.texts))
    links = [
        (number, target, names.number.get(stem_key(words_of(text)), -1))
        for number, page in enumerate(pages)
        for target, text in page.links
    ]
    starts = np.cumsum([0, *(len(ids) for ids, _ in counts)])
    columns = np.concatenate([np.empty(0, dtype=np.int64), *(ids for ids, _ in counts)])
    times = np.concatenate([np.empty(0, dtype=np.int64), *(own for _, own in counts)]).astype(np.float64)
    stems: dict[str, int] = {}
    stem_of = np.array([stems.setdefault(stem(word), len(stems)) for word in vocabulary], dtype=np.int64)
    idf = _idf(columns, len(vocabulary), len(pages))
    return Site(
        pages, names, places, vocabulary, idf,
        _vectors(starts, columns, times, idf),
        _vectors(*_merged(starts, stem_of[columns], times), None, len(stems)),
        np.concatenate(on),
        np.array(links, dtype=np.int64).reshape(-1, 3),
        np.array(length, dtype=np.int64),
    )  # fmt: skip


def _idf(columns: Ints, width: int, pages: int) -> Floats:
    return np.log((pages + 1) / (np.bincount(columns, minlength=width) + 0.5))


def _merged(starts: Ints, columns: Ints, times: Floats) -> tuple[Ints, Ints, Floats]:
    """The same with the counts of equal columns of a row added up."""
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    width = int(columns.max(initial=0)) + 1
    cells, index = np.unique(rows * width + columns, return_inverse=True)
    return (
        np.searchsorted(cells, np.arange(len(starts)) * width).astype(np.int64),
        (cells % width).astype(np.int64),
        np.bincount(index, weights=times, minlength=len(cells)).astype(np.float64),
    )


def _vectors(starts: Ints, columns: Ints, times: Floats, idf: Floats | None, width: int = 0) -> Vectors:
    """TF-IDF, each row of length one: (1 + log tf) · idf."""
    if idf is None:
        idf = _idf(columns, width, len(starts) - 1)
    weights = (1 + np.log(times)) * idf[columns]
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(starts) - 1))
    return Vectors(starts, columns, weights / np.maximum(norms[rows], 1e-12), len(idf))
