"""Missing relations: hides a tenth of a graph's relations and asks for them from both ends, side by side with Adamic
and Adar's measure, personalised PageRank and TF-IDF.

    python benchmarks/related.py TESTED … [--also GRAPH …] [--seeds N]

Every graph (see relation_graphs.py) is tested by a model that learned on the others alone, named with it or by --also;
"adapted" moves that model by the relations of the tested graph that were not hidden, as `nutrigraph related` does.
Fails if the adapted model is not ahead of each of the three, by mean reciprocal rank and by hits among the first ten.
"""

from __future__ import annotations

import argparse
import sys
import time
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from relation_graphs import graph
from train_related import learn

from nutrigraph.queries import relatedness
from nutrigraph.queries.likeness import Known, Likeness
from nutrigraph.queries.relatedness import Model, adapted, candidates, evidence, hide

MOST = 150
BINS = 10
OURS = ("ours, other graphs", "ours, adapted")
OTHERS = ("Adamic–Adar", "personalised PageRank", "TF-IDF")


def measure(known: Known, model: Model, seeds: int) -> tuple[dict[str, list[float]], float]:
    """The rank of each hidden relation under each method (ties share their mean rank), and the expected calibration
    error of the adapted model over all pairs with a probability of .05 or more."""
    ranks: dict[str, list[float]] = {name: [] for name in (*OTHERS, *OURS)}
    said: list[tuple[float, bool]] = []
    for seed in range(seeds):
        left, hidden = hide(known, 0.1, 1000 + seed)
        likeness = Likeness(left)
        with patch.object(relatedness, "shipped", return_value=model):
            own = adapted(left, seed)
        answers: dict[int, set[int]] = {}
        for one, other in hidden:
            answers.setdefault(one, set()).add(other)
            answers.setdefault(other, set()).add(one)
        for start, end in [(a, b) for pair in hidden[:MOST] for a, b in (pair, pair[::-1])]:
            open_ = candidates(likeness, start)
            open_[list(answers[start] - {end})] = False
            right = int(np.flatnonzero(np.flatnonzero(open_) == end)[0])
            seen = evidence(likeness.row(start)[open_])
            scores = {
                "Adamic–Adar": likeness.adamic_adar(start)[open_],
                "personalised PageRank": likeness.walk(start)[open_],
                "TF-IDF": likeness.text_likeness(start)[open_],
                "ours, other graphs": model.scores(seen),
                "ours, adapted": own.scores(seen),
            }
            for name, score in scores.items():
                ranks[name].append(_rank(score, right))
        for concept in (
            np.random.default_rng(seed).choice(likeness.size, min(300, likeness.size), replace=False).tolist()
        ):
            open_ = candidates(likeness, concept)
            chances = own.probabilities(evidence(likeness.row(concept)[open_]))
            for other in np.flatnonzero(chances >= 0.05).tolist():
                said.append((float(chances[other]), int(np.flatnonzero(open_)[other]) in answers.get(concept, ())))
    return ranks, _calibration_error(said)


def _rank(scores: NDArray[np.float64], right: int) -> float:
    value = scores[right]
    return float(1 + (scores > value).sum() + ((scores == value).sum() - 1) / 2)


def _calibration_error(said: list[tuple[float, bool]]) -> float:
    if not said:
        return float("nan")
    chance = np.array([one for one, _ in said])
    right = np.array([hit for _, hit in said], float)
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    return float(
        sum(
            abs(chance[place == n].mean() - right[place == n].mean()) * (place == n).mean() for n in set(place.tolist())
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tested", nargs="+")
    parser.add_argument("--also", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    graphs = {name: graph(name) for name in (*arguments.tested, *arguments.also)}
    behind = False
    for name in arguments.tested:
        begun = time.perf_counter()
        model = learn([known for other, known in graphs.items() if other != name])
        ranks, error = measure(graphs[name], model, arguments.seeds)
        asked = len(ranks["TF-IDF"])
        print(f"{name}: {len(graphs[name].names)} concepts, {len(graphs[name].pairs)} relations, {asked} questions")
        figures = {}
        for method, found in ranks.items():
            rank = np.array(found)
            figures[method] = float((1 / rank).mean()), float((rank <= 10).mean())
            print(f"  {method:24} MRR {figures[method][0]:.3f}   Hits@10 {figures[method][1]:.3f}")
        print(f"  calibration error of the adapted model {error:.3f}; {time.perf_counter() - begun:.0f} s", flush=True)
        best = [max(figures[other][n] for other in OTHERS) for n in (0, 1)]
        behind |= any(figures["ours, adapted"][n] <= best[n] for n in (0, 1))
    return int(behind)


if __name__ == "__main__":
    sys.exit(main())
