"""Decisions: written by a command, kept in a file that people own, heeded from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nutrigraph.commands_review import list_, review
from nutrigraph.errors import ProjectError, QueryError, SourceError
from nutrigraph.graph_builder.decisions import COLUMNS, read_decisions
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.reviewing import decide, queue, reviewer, stale, take_over
from tests.nutrigraph.few_terms import add_few_terms


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
    add_few_terms(tmp_path)
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


def test_a_decision_on_words_that_are_gone_is_shown(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    page = graph.project.folder / "pages" / "pump.txt"
    (waiting,) = queue(graph)
    decide(graph, waiting.id, "accept", "Jo Doe")
    assert stale(again(graph)) == []
    page.rename(page.with_name("device.txt"))
    (moved,) = [s for s in again(graph).statements() if s.review]
    assert (moved.id == waiting.id, moved.review and moved.review.mark) == (False, "moved")
    page.with_name("device.txt").write_text("Insulin pump\n\nAn insulin pump delivers insulin.\n")
    after = again(graph)
    assert [decision.id for decision in stale(after)] == [waiting.id]
    folder = str(graph.project.folder)
    list_.main(["--project", folder], standalone_mode=False)
    shown = capsys.readouterr().out
    assert "No page says that any more:" in shown
    assert waiting.evidence.quote_text.split()[0] in shown.partition("any more:")[2]
    list_.main(["--project", folder, "--format", "json"], standalone_mode=False)
    streams = capsys.readouterr()
    assert json.loads(streams.out) == []
    assert "No page says that any more:" in streams.err


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


def test_a_silenced_dead_link_is_written_with_its_target(graph: KnowledgeGraph) -> None:
    page = graph.project.folder / "pages" / "links.md"
    page.write_text("# Links\n\nRead [this](gone1.md).\n")
    after = again(graph)
    (dead,) = [gap for gap in after.gaps() if gap.kind == "dead-link"]
    assert decide(after, dead.id, "silence", "Jo Doe").object == "gone1.md"
    page.write_text("# Links\n\nRead [that](gone2.md).\n")
    assert "dead-link" in {gap.kind for gap in again(graph).gaps()}


def test_the_file_only_grows(graph: KnowledgeGraph) -> None:
    file = graph.project.folder / "review.tsv"
    (waiting,) = queue(graph)
    there = "reviewer\tid\tkind\tdecision\tdate\tquote\tobject\tpredicate\tsubject\tpage\n"
    there += "Somebody\t0000000000000000\tgap\tsilence"
    file.write_text(there)
    decide(graph, waiting.id, "reject", "Jo\tDoe\n")
    before, line = file.read_text()[: len(there)], file.read_text()[len(there) :]
    assert before == there
    assert line.startswith(f"\nJo Doe\t{waiting.id}\tstatement\treject\t")
    assert line.endswith(f"\t{waiting.evidence.page}\n")


@pytest.mark.parametrize("there", [b"", b"\n", b"\r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_gets_its_header(graph: KnowledgeGraph, there: bytes) -> None:
    (waiting,) = queue(graph)
    file = graph.project.folder / "review.tsv"
    file.write_bytes(there)
    decide(graph, waiting.id, "reject", "Jo Doe")
    (decision,) = read_decisions(file.read_bytes())
    assert (decision.id, decision.quote) == (waiting.id, waiting.evidence.quote_text)


def test_a_file_that_would_lose_the_words_is_refused(graph: KnowledgeGraph) -> None:
    (waiting,) = queue(graph)
    file = graph.project.folder / "review.tsv"
    header = b"id\tkind\tpage\tsubject\tpredicate\tdecision\treviewer\tdate\n"
    file.write_bytes(header)
    with pytest.raises(SourceError, match="line 1: add the columns object, quote to"):
        decide(graph, waiting.id, "reject", "Jo Doe")
    assert file.read_bytes() == header


def test_decisions_taken_over_are_written_together_or_not_at_all(graph: KnowledgeGraph) -> None:
    target, given = graph.project.folder / "review.tsv", graph.project.folder / "given.tsv"
    header = "\t".join(COLUMNS)
    lines = [f"{number:016}\tgap\t\t\t\t\t\tsilence\tJo Doe\t2026-01-01\t" for number in range(3_000)]
    given.write_text("\n".join([header, *lines, lines[0], lines[1] + "with a note"]) + "\n")
    narrow = b"id\tkind\tdecision\treviewer\tdate\n"
    target.write_bytes(narrow)
    with pytest.raises(SourceError, match="line 1: add the column note to"):
        take_over(graph, given)
    assert target.read_bytes() == narrow
    target.write_text(f"{header}\n{lines[7]}")
    assert len(take_over(graph, given)) == 3_000
    assert target.read_text().count("\n") == 3_002
    assert len(read_decisions(target.read_bytes())) == 3_001
    assert take_over(graph, given) == []
    target.unlink()
    target.mkdir()
    with pytest.raises(ProjectError, match="cannot be written"):
        take_over(graph, given)


def test_nobody_decides_nothing(graph: KnowledgeGraph) -> None:
    (waiting,) = queue(graph)
    command = review.commands["accept"]
    with pytest.raises(QueryError, match="--by NAME"):
        command.main([waiting.id, "--by", " ", "--project", str(graph.project.folder)], standalone_mode=False)
    with pytest.raises(QueryError, match="--by NAME"):
        command.main([waiting.id, "--by", "", "--project", str(graph.project.folder)], standalone_mode=False)
    assert not (graph.project.folder / "review.tsv").exists()


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
