"""How well missing hyperlinks are found: links that editors set are hidden and asked back, on cross-linked glossaries.

    python benchmarks/links.py FOLDER FOLDER [--seeds 5]

Page → target. Five-fold: the hyperlinks of a fold's pages are hidden, the others are learned from, around weights
trained on the other FOLDER alone. Zero-shot: no hyperlink is known, those weights judge alone. Beside it, in the same
run: exact titles (FlashText), and all names without plural, case, hyphen and spelling, longest match (Aho–Corasick).
Figures are means over the seeds with 95 % intervals (t); ECE is the expected calibration error over ten bins.

FlashText is among the tools that the project is developed with.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

import numpy as np
from flashtext import KeywordProcessor
from link_corpus import Corpus, read_corpus
from train_links import train

from nutrigraph.queries.link_features import Bools, Candidates
from nutrigraph.queries.link_model import Weights, judged_by
from nutrigraph.queries.link_site import Floats, Ints
from nutrigraph.queries.link_words import CLOSED, page_words, words_of

PRECISION = 0.8
T_95 = {1: 0.0, 2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78}


def recall_at(linked: Bools, odds: Floats, links: int, precision: float = PRECISION) -> float:
    """The highest recall with at least that precision, over all thresholds."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(linked[order])
    enough = right / np.arange(1, len(order) + 1) >= precision
    return float(right[enough].max() / links) if enough.any() else 0.0


def threshold(linked: Bools, p: Floats, precision: float = PRECISION) -> float:
    """The lowest probability above which that precision is reached."""
    order = np.argsort(-p, kind="stable")
    right = np.cumsum(linked[order])
    enough = np.flatnonzero(right / np.arange(1, len(order) + 1) >= precision)
    return float(p[order][enough[-1]]) if len(enough) else 1.0


def best_f1(linked: Bools, odds: Floats, links: int) -> float:
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(linked[order])
    return float((2 * right / (np.arange(1, len(order) + 1) + links)).max())


def calibration_error(linked: Bools, p: Floats, bins: int = 10) -> float:
    part = np.minimum((p * bins).astype(int), bins - 1)
    return sum(
        float((part == b).mean() * abs(p[part == b].mean() - linked[part == b].mean()))
        for b in range(bins)
        if (part == b).any()
    )


def rates(found: set[tuple[int, int]], links: frozenset[tuple[int, int]]) -> str:
    right = len(found & links)
    precision, recall = right / len(found), right / len(links)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}"


def flashtext(corpus: Corpus) -> set[tuple[int, int]]:
    """Exact titles."""
    titles = KeywordProcessor()
    for n, page in enumerate(corpus.pages):
        titles.add_keyword(page.names[0], str(n))
    return {
        (n, int(target))
        for n, passages in enumerate(corpus.passages)
        for passage in passages
        if passage.kind not in CLOSED
        for target in titles.extract_keywords(passage.text.visible)
        if int(target) != n
    }


def aho_corasick(corpus: Corpus) -> set[tuple[int, int]]:
    """All names, without plural, case, hyphen and spelling; the longest match."""
    import ahocorasick_rs

    names: dict[str, int] = {}
    for n, page in enumerate(corpus.pages):
        for name in page.names:
            names.setdefault(" ".join(words_of(name)), n)
    keys = list(names)
    automaton = ahocorasick_rs.AhoCorasick(
        [f" {key.replace(' ', '  ')} " for key in keys], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    found = set()
    for n, passages in enumerate(corpus.passages):
        words = page_words(passages)
        joined = "  ".join(words.norms[i] or "|" for i in words.indices)
        found |= {(n, names[keys[key]]) for key, _, _ in automaton.find_matches_as_indexes(f" {joined} ")}
    return {(n, target) for n, target in found if n != target}


def five_fold(corpus: Corpus, start: Weights, seed: int) -> dict[str, float]:
    fold = np.random.default_rng(seed).permutation(len(corpus.pages)) % 5
    linked: list[Bools] = []
    odds: list[Floats] = []
    taken = right = 0
    for number in range(5):
        found = corpus.candidates(fold == number)
        asked = fold[found.page] == number
        p = judged_by(found, ~asked, asked, start)
        linked.append(found.linked[asked])
        odds.append(p)
        limit = threshold(found.linked[~asked], _held_out(found, fold, number, start))
        taken += int((p >= limit).sum())
        right += int(found.linked[asked][p >= limit].sum())
    y, p = np.concatenate(linked), np.concatenate(odds)
    links = len(corpus.linked)
    return {
        "recall at precision ≥ .8": recall_at(y, p, links),
        "best F1": best_f1(y, p, links),
        "threshold of the training folds: precision": right / max(1, taken),
        "threshold of the training folds: recall": right / links,
        "ECE": calibration_error(y, p),
    }


def _held_out(found: Candidates, fold: Ints, number: int, start: Weights) -> Floats:
    """The probabilities of the training folds' rows, each judged by what the others teach."""
    rows = fold[found.page] != number
    result = np.zeros(len(rows))
    for other in {*range(5)} - {number}:
        judged = fold[found.page] == other
        result[judged] = judged_by(found, rows & ~judged, judged, start)
    held: Floats = result[rows]
    return held


def mean_interval(values: list[float]) -> str:
    spread = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{statistics.mean(values):.3f} ± {T_95.get(len(values), 1.96) * spread / len(values) ** 0.5:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs=2, metavar="FOLDER")
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    corpora = [read_corpus(folder) for folder in arguments.folders]
    for corpus, other in zip(corpora, reversed(corpora), strict=True):
        start = train([other])
        print(f"{corpus.name}: {len(corpus.pages)} pages, {len(corpus.linked)} linked pairs")
        print(f"  FlashText, exact titles              {rates(flashtext(corpus), corpus.linked)}")
        print(f"  Aho–Corasick, normalised names       {rates(aho_corasick(corpus), corpus.linked)}")
        found = corpus.candidates(np.ones(len(corpus.pages), bool))
        p = judged_by(found, np.zeros(len(found.page), bool), np.ones(len(found.page), bool), start)
        links = len(corpus.linked)
        print(f"  zero-shot (trained on {other.name})")
        print(f"    recall at precision ≥ .8  {recall_at(found.linked, p, links):.3f}")
        print(f"    best F1 {best_f1(found.linked, p, links):.3f}  ECE {calibration_error(found.linked, p):.3f}")
        runs = [five_fold(corpus, start, seed) for seed in range(arguments.seeds)]
        print(f"  five-fold, {arguments.seeds} seeds")
        for name in runs[0]:
            print(f"    {name:44} {mean_interval([run[name] for run in runs])}", flush=True)


if __name__ == "__main__":
    main()
