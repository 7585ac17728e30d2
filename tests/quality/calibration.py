"""How well the confidence of statements agrees with how often they are right.

    python tests/quality/calibration.py

Prints for each half of the sentences the number of statements, their mean confidence, the share that is right, and the
expected calibration error: the mean distance of the two over groups of equal confidence, weighted by their size. Then
the same with confidences that are the shares of right statements of each group in the other half (cross-validation).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nutrigraph.graph_builder.reading import read_page

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.quality.gold import GoldPage, sentence_pages
from tests.quality.score import SYMMETRIC, Extractor, ends_right, extractor, placed, sentence_of


class Judged(NamedTuple):
    """A statement's confidence, and whether the gold has it."""

    confidence: float
    right: bool


def judged(pages: Iterable[GoldPage], run: Extractor) -> list[Judged]:
    """The statements about the gold's sentences, names of one thing (`same_as`) apart."""
    found = []
    for page in pages:
        for said in map(placed, run(read_page(page.path, page.source.encode("utf-8"), page.kind)).statements):
            sentence, predicate = sentence_of(said, page), said.statement.predicate
            if sentence is not None and predicate != "same_as":
                right = any(
                    r.predicate == predicate
                    and not r.held
                    and ends_right(said, r, sentence, undirected=predicate in SYMMETRIC)
                    for r in sentence.relations
                )
                found.append(Judged(said.statement.confidence, right))
    return found


def shares(statements: Iterable[Judged]) -> dict[float, float]:
    """The share of right statements for each confidence, one of each kind added: a few are no certainty."""
    groups: defaultdict[float, list[int]] = defaultdict(lambda: [1, 2])
    for confidence, right in statements:
        groups[confidence][0] += right
        groups[confidence][1] += 1
    return {confidence: right / count for confidence, (right, count) in groups.items()}


def error(statements: Sequence[Judged], confidences: Mapping[float, float] | None = None) -> float:
    """The expected calibration error, of the statements' own confidences or of others given for them."""
    groups: dict[float, list[bool]] = defaultdict(list)
    for confidence, right in statements:
        groups[confidence].append(right)
    distances = (
        len(rights) * abs((confidences or {}).get(confidence, confidence) - sum(rights) / len(rights))
        for confidence, rights in groups.items()
    )
    return sum(distances) / len(statements)


def main() -> None:
    run = extractor()
    halves = {half: judged(sentence_pages(half), run) for half in ("develop", "test")}
    for half, other in (("develop", "test"), ("test", "develop")):
        statements = halves[half]
        mean = sum(s.confidence for s in statements) / len(statements)
        right = sum(s.right for s in statements) / len(statements)
        print(
            f"{half:8} n {len(statements)}  mean confidence {mean:.3f}  right {right:.3f}  ECE {error(statements):.3f}"
        )
        print(f"{'':8} with the shares of the other half  ECE {error(statements, shares(halves[other])):.3f}")


if __name__ == "__main__":
    main()
