"""Decisions: written by a command, kept in a file that people own, heeded from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutrigraph.errors import ProjectError, QueryError
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.reviewing import decide, queue, reviewer


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "pump.txt").write_text(
        "Insulin pump\n\nAn insulin pump is also known as insulin pump therapy. An insulin pump delivers insulin.\n"
    )
    (tmp_path / "pages" / "insulin.txt").write_text("Insulin\n\nInsulin is a hormone. Insulin pumps deliver it.\n")
    (tmp_path / "nutrigraph.toml").write_text(
        '[project]\ntitle = "T"\nbase_url = "https://www.example.org/"\n\n[[pages]]\npath = "pages"\n'
    )
    graph = KnowledgeGraph(tmp_path)
    graph.build()
    return graph


def again(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The project built and opened anew."""
    fresh = KnowledgeGraph(graph.project.folder)
    fresh.build()
    return fresh


def test_what_two_kinds_are_called_waits_until_a_person_decides(graph: KnowledgeGraph) -> None:
    (waiting,) = queue(graph)
    assert (waiting.status, waiting.predicate.name) == ("held", "same_as")
    decide(graph, waiting.id, "accept", "Jo Doe", "as the manual has it")
    after = again(graph)
    assert queue(after) == []
    (accepted,) = [s for s in after.statements() if s.id == waiting.id]
    assert accepted.status == "published"
    assert accepted.review is not None
    assert (accepted.review.by, accepted.review.note) == ("Jo Doe", "as the manual has it")


def test_a_rejected_statement_is_no_fact_any_more(graph: KnowledgeGraph) -> None:
    (delivers,) = [s for s in graph.statements() if s.predicate.name == "delivers" and "delivers" in s.evidence.quote]
    for statement in [s for s in graph.statements() if s.predicate.name == "delivers"]:
        decide(graph, statement.id, "reject", "Jo Doe")
    after = again(graph)
    assert {s.status for s in after.statements() if s.predicate.name == "delivers"} == {"rejected"}
    assert delivers.object.id not in {
        step.object.id for p in after.paths("insulin pump", "hormone") for step in p.steps
    }


def test_a_rejected_link_and_a_silenced_gap_do_not_come_back(graph: KnowledgeGraph) -> None:
    link, gap = graph.links(0.0)[0], graph.gaps()[0]
    decide(graph, link.id, "reject", "Jo Doe")
    decide(graph, gap.id, "silence", "Jo Doe", "on purpose")
    assert link.id not in {other.id for other in graph.links(0.0)}
    assert gap.id not in {other.id for other in graph.gaps()}


def test_the_file_only_grows(graph: KnowledgeGraph) -> None:
    file = graph.project.folder / "review.tsv"
    (waiting,) = queue(graph)
    file.write_bytes(b"id\tkind\tdecision\treviewer\n0000000000000000\tgap\tsilence\tSomebody")
    decide(graph, waiting.id, "reject", "Jo\tDoe\n")
    assert file.read_bytes() == (
        b"id\tkind\tdecision\treviewer\n0000000000000000\tgap\tsilence\tSomebody\n"
        + waiting.id.encode()
        + b"\tstatement\treject\tJo Doe\n"
    )


def test_what_cannot_be_decided_is_said(graph: KnowledgeGraph) -> None:
    (waiting,) = queue(graph)
    with pytest.raises(QueryError, match="Nothing has the id"):
        decide(graph, "0123456789abcdef", "accept", "Jo Doe")
    with pytest.raises(QueryError, match="accepted or rejected"):
        decide(graph, waiting.id, "silence", "Jo Doe")
    assert not (graph.project.folder / "review.tsv").exists()


def test_somebody_has_to_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProjectError, match="--by NAME"):
        reviewer(tmp_path)
