"""How alike two concepts are, by text, names and graph: the evidence that two are related although nothing says so.

Everything is in numpy, row by row: of `n` concepts, one concept against all others takes arrays of `n` numbers, so that
memory grows with the texts and not with the square of the concepts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

FEATURES: Final = (
    "names_it",
    "is_named",
    "named_early",
    "named_early_there",
    "named_rarely",
    "text",
    "text_of_neighbours",
    "text_of_its_neighbours",
    "named_alike",
    "named_together",
    "label",
    "label_of_neighbours",
    "label_ends_alike",
    "label_within",
    "letters",
    "walk",
    "walk_back",
    "adamic_adar",
    "katz",
    "near",
    "degree",
    "degree_there",
)
"""The columns of `Likeness.row`; see there."""
_WORD: Final = re.compile(r"[^\W_]+")
_RESTART: Final = 0.3
_STEPS: Final = 12
_TINY: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of concepts 0 … n-1: their names (the preferred one first), a text about each, which others that
    text names (how often, and how far into it for the first time, from 0 to 1), and the pairs that are related."""

    names: Sequence[Sequence[str]]
    texts: Sequence[str]
    named: Sequence[Mapping[int, tuple[int, float]]]
    pairs: frozenset[tuple[int, int]]


class _Rows:
    """A sparse matrix by rows and by columns, for products of one row with all others."""

    def __init__(self, rows: Sequence[Mapping[int, float]], width: int) -> None:
        self.rows = [(np.fromiter(row, np.int64, len(row)), np.fromiter(row.values(), float, len(row))) for row in rows]
        lengths = [len(row) for row in rows]
        owner = np.repeat(np.arange(len(rows)), lengths)
        column = np.concatenate([ids for ids, _ in self.rows]) if rows else np.zeros(0, np.int64)
        value = np.concatenate([values for _, values in self.rows]) if rows else np.zeros(0)
        order = np.argsort(column, kind="stable")
        self._owner, self._value = owner[order], value[order]
        self._start = np.searchsorted(column[order], np.arange(width + 1))
        self.height = len(rows)

    def times(self, ids: NDArray[np.int64], values: Numbers) -> Numbers:
        """The product of every row with a sparse vector."""
        product = np.zeros(self.height)
        for column, value in zip(ids.tolist(), values.tolist(), strict=True):
            part = slice(self._start[column], self._start[column + 1])
            np.add.at(product, self._owner[part], value * self._value[part])
        return product

    def against(self, row: int) -> Numbers:
        return self.times(*self.rows[row])


def _weighted(bags: Sequence[Iterable[object]], *, damp: bool = True) -> tuple[_Rows, int]:
    """TF-IDF rows of length one; the count of occurrences is damped with a logarithm."""
    counts = [Counter(bag) for bag in bags]
    spread: Counter[object] = Counter(term for bag in counts for term in bag)
    number = {term: n for n, term in enumerate(spread)}
    total = len(bags)
    rows: list[dict[int, float]] = []
    for bag in counts:
        row = {
            number[term]: (1 + np.log(count) if damp else 1.0) * np.log((1 + total) / spread[term])
            for term, count in bag.items()
        }
        norm = float(np.sqrt(sum(value * value for value in row.values()))) or 1.0
        rows.append({term: value / norm for term, value in row.items()})
    return _Rows(rows, len(number)), len(number)


def words(text: str) -> list[str]:
    """The words of a text in lower case, plurals as singulars."""
    return [_singular(word) for word in _WORD.findall(text.casefold())]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


class Likeness:
    """The evidence for pairs of concepts. What is slow to compute is shared by all rows."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.size = len(known.names)
        self._tokens = [words(names[0]) for names in known.names]
        self._labels, _ = _weighted([[word for name in names for word in words(name)] for names in known.names])
        self._letters, _ = _weighted([_trigrams(names[0]) for names in known.names])
        self._texts, _ = _weighted([words(text) for text in known.texts])
        spread = Counter(other for row in known.named for other in row)
        self._rarity = np.array([np.log((1 + self.size) / (1 + spread[n])) for n in range(self.size)])
        bags = [[*row, n] for n, row in enumerate(known.named)]
        self._naming, _ = _weighted(bags)
        inverse: list[list[int]] = [[] for _ in range(self.size)]
        for n, bag in enumerate(bags):
            for other in bag:
                inverse[other].append(n)
        self._named_in, _ = _weighted(inverse)
        self._back: list[dict[int, tuple[int, float]]] = [{} for _ in range(self.size)]
        for n, row in enumerate(known.named):
            for other, said in row.items():
                self._back[other][n] = said
        ends = np.array(sorted(known.pairs), np.int64).reshape(-1, 2)
        self._from = np.concatenate([ends[:, 0], ends[:, 1]])
        self._to = np.concatenate([ends[:, 1], ends[:, 0]])
        self.degree = np.bincount(self._from, minlength=self.size).astype(float)
        order = np.argsort(self._from, kind="stable")
        self._from, self._to = self._from[order], self._to[order]
        self._first = np.searchsorted(self._from, np.arange(self.size + 1))

    def neighbours(self, concept: int) -> NDArray[np.int64]:
        """The concepts that it is related to."""
        return self._to[self._first[concept] : self._first[concept + 1]]

    def row(self, concept: int) -> Numbers:
        """The evidence for each pair of `concept` with another: an array of (n, len(FEATURES)).

        By text: how often one names the other (logarithm), how early, how rarely others do; cosine of the TF-IDF of the
        two texts, and of one with the most alike neighbour of the other; cosine of whom they name and of who names
        them. By name: cosine of TF-IDF of words and of three letters, the best of the neighbours, the same last word,
        one within the other. By graph: random walk with restart in both directions (personalised PageRank), Adamic and
        Adar's measure, Katz' measure of chains of two to four steps, whether a chain of two exists, and degrees.
        """
        text = self._texts.against(concept)
        label = self._labels.against(concept)
        names, early = self._said(self.known.named[concept])
        named, early_there = self._said(self._back[concept])
        walk = self._walk(concept)
        chains = self._chains(concept)
        known = self.neighbours(concept)
        own = np.array(self._tokens[concept][-1:])
        with np.errstate(divide="ignore"):
            walk_back = np.where(self.degree > 0, walk * max(self.degree[concept], 1) / np.maximum(self.degree, 1), 0)
        columns = (
            names,
            named,
            early,
            early_there,
            (names > 0) * self._rarity + (named > 0) * self._rarity[concept],
            text,
            self._best(text),
            self._mean_best([self._texts.against(int(n)) for n in known[:50]]),
            self._naming.against(concept),
            self._named_in.against(concept),
            label,
            self._best(label),
            np.array([bool(tokens) and tokens[-1:] == own.tolist() for tokens in self._tokens], float),
            self._within(concept),
            self._letters.against(concept),
            np.log(walk + _TINY),
            np.log(walk_back + _TINY),
            np.log1p(self._adamic_adar(concept)),
            np.log(chains + _TINY),
            (chains > 0).astype(float),
            np.full(self.size, np.log1p(self.degree[concept])),
            np.log1p(self.degree),
        )
        return np.column_stack(columns)

    def text_likeness(self, concept: int) -> Numbers:
        """The cosine of the TF-IDF of its text with that of all others."""
        return self._texts.against(concept)

    def _said(self, row: Mapping[int, tuple[int, float]]) -> tuple[Numbers, Numbers]:
        often, early = np.zeros(self.size), np.zeros(self.size)
        for other, (count, place) in row.items():
            often[other], early[other] = np.log1p(count), 1 - place
        return often, early

    def _best(self, values: Numbers) -> Numbers:
        """For each concept the best value among its neighbours."""
        best = np.zeros(self.size)
        np.maximum.at(best, self._from, values[self._to])
        return best

    def _mean_best(self, rows: Sequence[Numbers]) -> Numbers:
        return np.max(rows, axis=0) if rows else np.zeros(self.size)

    def _within(self, concept: int) -> Numbers:
        """1 where all words of one label stand in the other."""
        own = set(self._tokens[concept])
        both = [bool(own) and bool(tokens) and (own <= set(tokens) or set(tokens) <= own) for tokens in self._tokens]
        return np.array(both, float)

    def _walk(self, concept: int) -> Numbers:
        """Where a random walk from `concept` that starts again with probability .3 is found."""
        start = np.zeros(self.size)
        start[concept] = 1
        at = start.copy()
        share = 1 / np.maximum(self.degree, 1)
        for _ in range(_STEPS):
            moved = np.bincount(self._to, (at * share)[self._from], minlength=self.size)
            at = _RESTART * start + (1 - _RESTART) * moved
        return at

    def _adamic_adar(self, concept: int) -> Numbers:
        weight = np.zeros(self.size)
        near = self.neighbours(concept)
        weight[near] = 1 / np.log(np.maximum(self.degree[near], 2))
        return np.asarray(np.bincount(self._to, weight[self._from], minlength=self.size), float)

    def _chains(self, concept: int) -> Numbers:
        at = np.zeros(self.size)
        at[concept] = 1
        total = np.zeros(self.size)
        for step in range(1, 5):
            at = np.asarray(np.bincount(self._to, at[self._from], minlength=self.size), float)
            if step > 1:
                total += 0.05**step * at
        return total

    def adamic_adar(self, concept: int) -> Numbers:
        """Adamic and Adar's measure: common neighbours, each divided by the logarithm of its degree."""
        return self._adamic_adar(concept)

    def walk(self, concept: int) -> Numbers:
        """Personalised PageRank from `concept`."""
        return self._walk(concept)


def _trigrams(label: str) -> list[str]:
    text = f"  {' '.join(words(label))} "
    return [text[n : n + 3] for n in range(len(text) - 2)]
