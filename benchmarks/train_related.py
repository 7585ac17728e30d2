"""Learns the weights of missing relations and writes them to queries/related_model.json.

    python benchmarks/train_related.py GRAPH … [-o FILE]

Each GRAPH (see relation_graphs.py) counts the same, whatever its size.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from relation_graphs import graph

from nutrigraph.queries.likeness import Known
from nutrigraph.queries.relatedness import Model, Question, calibrated, fit, questions

SEEDS = (1, 2)
MOST = 120
EACH = 250.0
"""What each graph weighs, in questions."""


def learn(graphs: Sequence[Known]) -> Model:
    """The model that these graphs teach."""
    asked: list[list[Question]] = [
        [one for seed in SEEDS for one in questions(known, seed=seed, most=MOST, others=MOST)] for known in graphs
    ]
    every = np.concatenate([one.evidence[::7] for group in asked for one in group])
    mean, scale = every.mean(0), every.std(0) + 1e-6
    start = Model(mean, scale, np.zeros(len(mean)))
    right = [[one for one in group if one.answers.any()] for group in asked]
    even = [replace(one, weight=EACH / sum(int(q.answers.sum()) for q in group)) for group in right for one in group]
    model = Model(mean, scale, fit(even, start, prior=3.0))
    return calibrated(model, [one for group in asked for one in group])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graphs", nargs="+")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parents[1] / "queries/related_model.json")
    arguments = parser.parse_args()
    model = learn([graph(name) for name in arguments.graphs])
    data = {name: [round(float(value), 5) for value in getattr(model, name)] for name in ("mean", "scale", "weights")}
    data["bend"] = [round(value, 5) for value in model.bend]
    arguments.output.write_text(json.dumps(data) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
