"""How probable it is that two concepts are related although nothing says so: one small model over their likeness.

The model orders the candidates of one concept (a conditional logit: the softmax of a weighted sum of evidence), and a
second, tiny one makes a probability of the score. The shipped weights are data (related_model.json), learned on public
glossaries and vocabularies; where a site has relations of its own, it moves towards what they show.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from nutrigraph.queries.likeness import FEATURES, Known, Likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_COLUMN: Final = {name: number for number, name in enumerate(FEATURES)}
_RANKED: Final = (
    *("names_it", "is_named", "named_rarely", "text", "text_of_neighbours", "text_of_its_neighbours"),
    *("named_alike", "named_together", "label", "label_of_neighbours", "letters"),
    *("walk", "walk_back", "adamic_adar", "katz"),
)
_AS_THEY_ARE: Final = (
    *("names_it", "is_named", "text", "label", "label_of_neighbours", "text_of_neighbours", "text_of_its_neighbours"),
    *("label_ends_alike", "label_within", "near", "degree_there", "letters", "named_alike", "named_together"),
)
HIDDEN_SHARE: Final = 0.1
"""So much of the known relations is hidden to learn from."""
_PRIOR: Final = 20.0
"""How many times more than one hidden relation the shipped weights count."""
_ENOUGH: Final = 50
"""From so many known relations on, a site shows something of its own."""
_TAUGHT: Final = 80
_NEGATIVES: Final = 240


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the evidence (after subtracting `mean` and dividing by `scale`), and of the probability: `bend` is
    (constant, weight of the score, weight of its share among all candidates, in logarithms)."""

    mean: Numbers
    scale: Numbers
    weights: Numbers
    bend: tuple[float, float, float] = (0.0, 0.0, 1.0)

    def scores(self, evidence: Numbers) -> Numbers:
        return ((evidence - self.mean) / self.scale) @ self.weights

    def probabilities(self, evidence: Numbers) -> Numbers:
        """For each candidate of one concept."""
        constant, steep, share = self.bend
        scores = self.scores(evidence)
        return np.asarray(1 / (1 + np.exp(-(constant + steep * scores + share * _log_share(scores)))))


@dataclass(frozen=True, slots=True)
class Question:
    """One concept with its candidates: their evidence, and which of them were hidden."""

    evidence: Numbers
    answers: NDArray[np.bool_]
    weight: float = 1.0


def evidence(row: Numbers) -> Numbers:
    """The evidence that the model weighs, from `Likeness.row` of one concept with all its candidates: measures by rank
    among the candidates (which carries over from site to site), some as they are, and some together."""

    def of(name: str) -> Numbers:
        return np.asarray(row[:, _COLUMN[name]])

    names, named = (of(name) > 0 for name in ("names_it", "is_named"))
    either = (names | named).astype(float)
    columns = [_log_rank(of(name)) for name in _RANKED]
    columns += [names.astype(float), named.astype(float), (names & named).astype(float)]
    columns += [names * of("named_early"), named * of("named_early_there")]
    columns += [of(name) for name in _AS_THEY_ARE]
    columns += [np.sqrt(np.maximum(of("text"), 0)), names * of("degree_there")]
    columns += [either * of(name) for name in ("text", "label", "near", "named_rarely")]
    return np.column_stack(columns)


def _log_rank(values: Numbers) -> Numbers:
    """The logarithm of one over the rank; equal values share their best rank, the lowest ones are last."""
    ordered = np.sort(values)[::-1]
    rank = 1.0 + np.searchsorted(-ordered, -values, side="left")
    return -np.log(np.where(values <= ordered[-1], len(values), rank) + 2.0)


def _log_share(scores: Numbers) -> Numbers:
    top = scores.max()
    return np.asarray(scores - top - np.log(np.exp(scores - top).sum()))


@cache
def shipped() -> Model:
    """The model that comes with nutrigraph."""
    data = json.loads(files("nutrigraph.queries").joinpath("related_model.json").read_text(encoding="utf-8"))
    mean, scale, weights = (np.array(data[name]) for name in ("mean", "scale", "weights"))
    return Model(mean, scale, weights, tuple(data["bend"]))


def adapted(known: Known, seed: int = 0) -> Model:
    """The shipped model, moved towards what the known relations show: some are hidden and asked back."""
    start = shipped()
    if len(known.pairs) < _ENOUGH:
        return start
    asked = questions(known, seed=seed, most=_TAUGHT, others=_TAUGHT)
    weights = fit([one for one in asked if one.answers.any()], start, prior=_PRIOR)
    return calibrated(replace(start, weights=weights), asked, firm=_PRIOR)


def hide(known: Known, share: float, seed: int) -> tuple[Known, list[tuple[int, int]]]:
    """What is known without a share of its pairs, and the hidden pairs."""
    pairs = sorted(known.pairs)
    random.Random(seed).shuffle(pairs)
    count = max(1, round(len(pairs) * share))
    return replace(known, pairs=frozenset(pairs[count:])), pairs[:count]


def candidates(likeness: Likeness, concept: int) -> NDArray[np.bool_]:
    """Which concepts may be missing relations of this one: all but itself and those it is related to."""
    open_ = np.ones(likeness.size, bool)
    open_[concept] = False
    open_[likeness.neighbours(concept)] = False
    return open_


def questions(known: Known, *, seed: int, most: int, others: int = 0) -> list[Question]:
    """Hides a share of the pairs and asks for them from both ends, at most `most` pairs; and from `others` concepts
    of which none is hidden, each of which stands for as many as there are."""
    left, hidden = hide(known, HIDDEN_SHARE, seed)
    likeness = Likeness(left)
    answers: dict[int, list[int]] = {}
    for one, other in hidden:
        answers.setdefault(one, []).append(other)
        answers.setdefault(other, []).append(one)
    asked = list(dict.fromkeys(end for pair in hidden[:most] for end in pair))
    found = [_question(likeness, concept, answers[concept], seed, len(answers) / len(asked)) for concept in asked]
    rest = [concept for concept in range(likeness.size) if concept not in answers]
    random.Random(seed).shuffle(rest)
    weight = len(rest) / max(1, min(others, len(rest)))
    return found + [_question(likeness, concept, [], seed, weight) for concept in rest[:others]]


def _question(likeness: Likeness, concept: int, hidden: Sequence[int], seed: int, weight: float) -> Question:
    open_ = candidates(likeness, concept)
    answers = np.zeros(likeness.size, bool)
    answers[list(hidden)] = True
    return Question(evidence(likeness.row(concept)[open_]), answers[open_], weight)


def fit(asked: Iterable[Question], start: Model, prior: float, rounds: int = 60) -> Numbers:
    """Weights under which the hidden candidates come first: Newton's method on the conditional likelihood, drawn to
    the weights of `start` by `prior`. Of each question a sample of the candidates is looked at."""
    sample = np.random.default_rng(0)
    data: list[tuple[Numbers, int, float]] = []
    for one in asked:
        scaled = (one.evidence - start.mean) / start.scale
        wrong = np.flatnonzero(~one.answers)
        likely = wrong[np.argsort(-start.scores(one.evidence)[wrong])[: _NEGATIVES // 4]]
        rivals = np.union1d(likely, sample.choice(wrong, min(_NEGATIVES, len(wrong)), replace=False))
        for right in np.flatnonzero(one.answers).tolist():
            data.append((scaled[np.append(rivals, right)], len(rivals), one.weight))
    weights = start.weights.copy()
    current = _objective(weights, data, start.weights, prior)
    for _ in range(rounds):
        slope = -prior * (weights - start.weights)
        bend = prior * np.eye(len(weights))
        for rows, right, weight in data:
            share = np.exp(_log_share(rows @ weights))
            mean = share @ rows
            slope += weight * (rows[right] - mean)
            bend += weight * ((rows * share[:, None]).T @ rows - np.outer(mean, mean))
        step, size = np.linalg.solve(bend, slope), 1.0
        better = _objective(weights + step, data, start.weights, prior)
        while size > 1e-4 and better <= current:
            size /= 2
            better = _objective(weights + size * step, data, start.weights, prior)
        if size <= 1e-4:
            break
        weights = weights + size * step
        if better - current < 1e-3:
            break
        current = better
    return weights


def _objective(weights: Numbers, data: Sequence[tuple[Numbers, int, float]], centre: Numbers, prior: float) -> float:
    fitted = sum(weight * float(_log_share(rows @ weights)[right]) for rows, right, weight in data)
    return fitted - 0.5 * prior * float(((weights - centre) ** 2).sum())


def calibrated(model: Model, asked: Iterable[Question], firm: float = 1.0, rounds: int = 40) -> Model:
    """The model with a probability that fits how often its candidates were hidden ones (Platt's scaling, drawn to what
    the model has by `firm`)."""
    rows: list[Numbers] = []
    hits: list[NDArray[np.bool_]] = []
    counts: list[Numbers] = []
    for one in asked:
        scores = model.scores(one.evidence)
        rows.append(np.column_stack([np.ones(len(scores)), scores, _log_share(scores)]))
        hits.append(one.answers)
        counts.append(np.full(len(scores), one.weight))
    table, right, weight = np.concatenate(rows), np.concatenate(hits).astype(float), np.concatenate(counts)
    centre = np.array(model.bend)
    bend = centre.copy()
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(table @ bend, -30, 30)))
        slope = table.T @ (weight * (right - chance)) - firm * (bend - centre)
        curve = (table * (weight * chance * (1 - chance))[:, None]).T @ table + firm * np.eye(3)
        step = np.linalg.solve(curve, slope)
        bend = bend + np.clip(step, -1, 1)
        if float(np.abs(step).max()) < 1e-4:
            break
    return replace(model, bend=(float(bend[0]), float(bend[1]), float(bend[2])))
