"""What the extractor says stays at least as right and as complete as it was when these floors were set.

The gold is pinned by its hash: a changed sentence is a changed measure, and the floors have to be looked at again.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from nutrigraph.ontology.relations import load_relations
from tests.quality.calibration import error, judged, shares
from tests.quality.gold import EXAMPLE, INSULIN_GOLD, SENTENCES, insulin_page, sentence_pages
from tests.quality.score import Score, extractor, score

PINNED = {
    SENTENCES: "8ec01ed285ed1c18af70cda1fa1955159c8525cad4f23174fa05a56db42d76c2",
    INSULIN_GOLD: "d78241d66b19103cccbe0798f38fcccdc5978e4e3828e38f23b3f7b8c721a73a",
    EXAMPLE / "pages" / "insulin.txt": "153e09d7a4e849654cb4eb40e67495210b03dcfed2425f20246a01eb83b6d099",
}


class Floor(NamedTuple):
    """The least precision and recall of statements and mentions that a test accepts."""

    precision: float
    recall: float
    mention_precision: float
    mention_recall: float
    modality: float


FLOORS = {
    "insulin": Floor(0.97, 0.85, 0.98, 0.97, 0.97),
    "develop": Floor(0.96, 0.84, 0.98, 0.98, 0.98),
    "test": Floor(0.9, 0.74, 0.98, 0.98, 0.98),
}


@cache
def scored(name: str) -> Score:
    return score([insulin_page()] if name == "insulin" else sentence_pages(name), extractor())


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_the_gold_is_the_one_the_floors_were_set_on(path: Path) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found == PINNED[path], f"{path.name} changed: look at the floors again"


@pytest.mark.parametrize("name", FLOORS)
def test_statements_and_mentions_are_as_right_and_as_complete_as_promised(name: str) -> None:
    result, floor = scored(name), FLOORS[name]
    reached = Floor(
        result.statements.precision,
        result.statements.recall,
        result.mentions.precision,
        result.mentions_recalled.recall,
        result.modality.precision,
    )
    details = [] if name == "test" else result.lines  # the test half is not read while developing
    too_low = [
        f"{part} {now:.3f} < {least}"
        for part, now, least in zip(Floor._fields, reached, floor, strict=True)
        if now < least
    ]
    assert not too_low, "\n".join([*too_low, *details])


def test_confidence_says_how_often_a_statement_is_right() -> None:
    run = extractor()
    develop, test = (judged(sentence_pages(half), run) for half in ("develop", "test"))
    assert min(len(develop), len(test)) >= 250
    assert error(develop) <= 0.1
    assert error(test) <= 0.1
    assert error(test, shares(develop)) <= 0.1
    assert error(develop, shares(test)) <= 0.1


def test_nothing_is_said_from_banner_shop_or_biography() -> None:
    assert scored("insulin").outside_sentences == []


@pytest.mark.parametrize("name", FLOORS)
def test_what_a_sentence_denies_is_never_asserted(name: str) -> None:
    assert scored(name).negated_as_asserted == []


@pytest.mark.parametrize("name", FLOORS)
def test_two_kinds_called_the_same_are_held_not_published(name: str) -> None:
    assert scored(name).held_but_published == []


@pytest.mark.parametrize("name", ["develop", "test"])
def test_advice_and_mere_nearness_state_nothing(name: str) -> None:
    assert scored(name).on_empty_sentences == []


def test_both_halves_have_every_construction_and_a_hundred_sentences() -> None:
    halves = {
        half: [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines() if f'"half": "{half}"' in line]
        for half in ("develop", "test")
    }
    assert all(len(sentences) >= 75 for sentences in halves.values())
    develop, test = ({sentence["construction"] for sentence in sentences} for sentences in halves.values())
    assert develop == test


@pytest.mark.parametrize("half", ["develop", "test"])
def test_the_gold_itself_is_consistent(half: str) -> None:
    relations = load_relations()
    for page in [*sentence_pages(half), insulin_page()]:
        for sentence in page.sentences:
            start, end = sentence.span
            assert page.source[start:end] == sentence.text
            assert all(start <= m.span[0] < m.span[1] <= end for m in sentence.mentions)
            assert {r.predicate for r in sentence.relations} <= relations.keys()
            assert {r.modality for r in sentence.relations} <= {"asserted", "hedged", "negated"}
