"""How likely an editor is to set a hyperlink: shipped weights, moved to a site's own habits as far as its links tell.

The shipped weights are a logistic regression learned on two glossaries of other people (`benchmarks/train_links.py`;
the weights are data, in link_model.json). On a site with links of its own the same regression is fitted again around
them: the shipped weights are the mean of a Gaussian prior, so that a few links move them little and many links replace
them. With the extra `learn` a forest of extremely randomised trees (Geurts, Ernst and Wehenkel 2006) has a say as well,
the more the more links there are. Both are probabilities of what they were fitted to, and are compared with it by
`links --measure`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec
from typing import Final

import numpy as np

from nutrigraph.queries.link_features import FEATURES, Bools, Candidates
from nutrigraph.queries.link_site import Floats, Ints

FOLDS: Final = 5
_PRECISION: Final = 10.0
"""Of the prior on each weight, in units of standardised features."""
_FEWEST_LINKS: Final = 150
"""With fewer the forest has so little to say that it is not worth the seconds that it takes to load."""
_HALFWAY: Final = 100
"""With so many links the forest has half of the say that it has in the end."""
_TREES: Final = 100
_MOST_ROWS: Final = 10_000
"""That the forest learns from: with more it takes longer and says the same."""
_CONVERGED: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over FEATURES: log odds = intercept + Σ weights · (feature − mean) / scale."""

    mean: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def standardised(self, features: Floats) -> Floats:
        # What lies far outside of all that was seen says no more than the furthest that was seen.
        return np.clip((features - self.mean) / self.scale, -_FURTHEST, _FURTHEST)

    def log_odds(self, features: Floats) -> Floats:
        return self.intercept + self.standardised(features) @ self.weights


_FURTHEST: Final = 6.0


@cache
def shipped() -> Weights:
    """The weights that come with nutrigraph."""
    data = json.loads(resources.files("nutrigraph.queries").joinpath("link_model.json").read_text(encoding="utf-8"))
    rows = [data["features"][name] for name in FEATURES]
    mean, scale, weights = (np.array([row[column] for row in rows]) for column in ("mean", "scale", "weight"))
    return Weights(mean, scale, weights, float(data["intercept"]))


def has_forest() -> bool:
    """Whether the extra `learn` is installed."""
    return find_spec("sklearn") is not None


def probabilities(candidates: Candidates, known: Bools, start: Weights | None = None) -> Floats:
    """How likely an editor would be to set each hyperlink, from 0 to 1, if the page had none yet.

    `known` are the rows that may be learned from: those of pages whose hyperlinks are known. A page is never judged by
    a model that has seen it: the pages are parted in five, and each part is judged by what the other four teach.
    """
    start = start or shipped()
    result = np.empty(len(candidates.page))
    part = _part(candidates.page)
    for number in range(FOLDS):
        judged = part == number
        if judged.any():
            learned = known & ~judged
            result[judged] = _judge(candidates.features, candidates.linked, learned, judged, start)
    return result


def judged_by(candidates: Candidates, learned: Bools, judged: Bools, start: Weights | None = None) -> Floats:
    """The probabilities of the rows `judged`, learned from the rows `learned`."""
    return _judge(candidates.features, candidates.linked, learned, judged, start or shipped())


def _judge(features: Floats, linked: Bools, learned: Bools, judged: Bools, start: Weights) -> Floats:
    links = int(linked[learned].sum())
    if not links:
        return _logistic(start.log_odds(features[judged]))
    weights = fit(features[learned], linked[learned], start)
    odds = weights.log_odds(features[judged])
    if links >= _FEWEST_LINKS and has_forest():
        say = 0.5 * links / (links + _HALFWAY)
        odds = (1 - say) * odds + say * _forest(features[learned], linked[learned], features[judged])
    return _logistic(odds)


def fit(
    features: Floats,
    linked: Bools,
    start: Weights,
    columns: Sequence[str] = FEATURES,
    prior_precision: float = _PRECISION,
) -> Weights:
    """The most probable weights, given these rows and the Gaussian prior around `start` (Newton's method); only those
    of `columns` and the intercept may differ from it."""
    chosen = np.array([FEATURES.index(name) for name in columns])
    x = np.column_stack([start.standardised(features)[:, chosen], np.ones(len(features))])
    fixed = start.log_odds(features) - x @ np.r_[start.weights[chosen], start.intercept]
    prior = np.r_[start.weights[chosen], start.intercept]
    precision = np.full(len(prior), prior_precision)
    precision[-1] = 0.1  # the site's own rate of links is learned at once

    def loss(weights: Floats) -> float:
        odds = fixed + x @ weights
        return float((np.logaddexp(0, odds) - linked * odds).sum() + (precision * (weights - prior) ** 2).sum() / 2)

    weights = prior.copy()
    now = loss(weights)
    for _ in range(50):
        p = _logistic(fixed + x @ weights)
        gradient = x.T @ (linked - p) - precision * (weights - prior)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        while (after := loss(weights + step)) > now and float(np.abs(step).max()) > _CONVERGED:
            step /= 2  # Newton's step is too long where the curvature changes fast
        weights, now = weights + step, min(now, after)
        if float(np.abs(step).max()) < _CONVERGED:
            break
    result = start.weights.copy()
    result[chosen] = weights[:-1]
    return Weights(start.mean, start.scale, result, float(weights[-1]))


def _forest(features: Floats, linked: Bools, judged: Floats) -> Floats:
    """The log odds that a forest gives, learned from some rows, for others."""
    trees = import_module("sklearn.ensemble")  # its own types are not those of its parameters
    forest = trees.ExtraTreesClassifier(_TREES, min_samples_leaf=3, max_features=0.4, random_state=0, n_jobs=-1)
    rows = np.linspace(0, len(features) - 1, min(len(features), _MOST_ROWS)).astype(np.int64)
    forest.fit(features[rows].astype(np.float32), linked[rows])
    p: Floats = forest.predict_proba(judged.astype(np.float32))[:, 1]
    odds: Floats = np.log((p + 1e-4) / (1 - p + 1e-4))
    return odds


def _part(pages: Ints) -> Ints:
    """Which of the five parts each page is in: the same in each run."""
    return (pages * 2654435761 % 4294967296) * FOLDS // 4294967296


def _logistic(odds: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return result


def blank(features: Floats) -> Weights:
    """Weights of zero, with the mean and scale of these features: what training starts from."""
    scale = features.std(axis=0)
    return Weights(features.mean(axis=0), np.where(scale > 1e-9, scale, 1.0), np.zeros(len(FEATURES)), 0.0)
