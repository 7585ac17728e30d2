"""The example glossary: every gap that was planted in it is found, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import nutrigraph
from nutrigraph.demo import _copy_example
from nutrigraph.queries.gap import KINDS, Gap

PLANTED = json.loads((Path(__file__).parent / "planted_gaps.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> list[Gap]:
    folder = tmp_path_factory.mktemp("example") / "glossary"
    _copy_example(folder)
    graph = nutrigraph.open(folder)
    graph.build()
    return graph.gaps(today=date(2026, 1, 1))


def is_it(gap: Gap, planted: dict[str, str | None]) -> bool:
    if gap.kind != planted["kind"]:
        return False
    if planted["page"] is None:
        return gap.page is None and gap.concept is not None and gap.concept.label == planted["concept"]
    return planted["page"] in {gap.page} | ({place.page for place in gap.evidence} if gap.kind == "island" else set())


@pytest.mark.parametrize("planted", PLANTED, ids=lambda row: f"{row['kind']} {row['page'] or row['concept']}")
def test_planted_gap_is_found(gaps: list[Gap], planted: dict[str, str | None]) -> None:
    assert any(is_it(gap, planted) for gap in gaps)


def test_nothing_else_is_found(gaps: list[Gap]) -> None:
    others = [gap for gap in gaps if gap.kind != "concept-without-page"]
    assert [gap for gap in others if not any(is_it(gap, planted) for planted in PLANTED)] == []
    found, planted = Counter(gap.kind for gap in others), Counter(row["kind"] for row in PLANTED)
    assert {kind for kind in found if found[kind] > planted[kind]} == set()


def test_pages_are_wanted_about_what_several_pages_name(gaps: list[Gap]) -> None:
    """Beyond the planted three these are many and all true: named on three pages or more, and related to something."""
    wanted = [gap for gap in gaps if gap.kind == "concept-without-page"]
    assert wanted[0].concept is not None
    assert wanted[0].concept.label == "Blood glucose level"
    assert all(len({place.page for place in gap.evidence}) >= 3 for gap in wanted if len(gap.evidence) < 5)


def test_every_kind_is_planted() -> None:
    assert set(KINDS) == {row["kind"] for row in PLANTED}
