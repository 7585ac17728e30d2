"""What editors linked later: a repository made here, its pages as they were, and what would have been suggested."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import nutrigraph
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.link_commands import show_measure
from nutrigraph.queries.link_measure import LinkHistory
from tests.nutrigraph.test_link_fixing import EXPORT, GLUCOSE, POST, SETTINGS

ODD = '-x\n"ü:(top).md'
BURNT = "The sugar in the blood that they burn is"
POSTS = (
    ("Fibre", 1, "<p>No sugar in the blood comes from it, and no glucose at all.</p>"),
    ("Muscle", 2, "<p>Muscles burn the sugar in the blood, glucose, all day.</p>"),
)


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "x")


def export(**changes: str) -> str:
    posts = (POST.format(title=t, name=t, id=n, content=f"<![CDATA[{changes.get(t, c)}]]>") for t, n, c in POSTS)
    return EXPORT.format(posts="\n".join(posts))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A project below the root of a repository: three hyperlinks were set after its first commit, one to a new page."""
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "-q")
    folder = root / "docs"
    pages = folder / "pages"
    pages.mkdir(parents=True)
    (folder / "nutrigraph.toml").write_text(SETTINGS)
    (root / ".gitignore").write_text(".nutrigraph\n")
    (pages / "glucose.md").write_text(GLUCOSE.replace("sugar", "sugar in the blood"))
    (pages / ODD).write_text(f"# Muscle work\n\n{BURNT} glucose.\n")
    (pages / "brain.md").write_text(f"# Brain\n\n{BURNT} glucose. They need no insulin.\n")
    (pages / "site.xml").write_text(export())
    commit(root)
    (pages / ODD).write_text(f"# Muscle work\n\n{BURNT} [glucose](glucose.md).\n")
    (pages / "brain.md").write_text(f"# Brain\n\n{BURNT} glucose. They need no [insulin](insulin.md).\n")
    (pages / "insulin.md").write_text("# Insulin\n\nA hormone.\n")
    link = '<a href="https://www.example.org/glossary/glucose">glucose</a>'
    (pages / "site.xml").write_text(export(Muscle=f"<p>Muscles burn the sugar in the blood, {link}, all day.</p>"))
    commit(root)
    built = nutrigraph.open(folder)
    built.build()
    return built


def test_what_editors_set_later_is_counted_among_what_would_have_been_suggested(graph: KnowledgeGraph) -> None:
    history = graph.link_history()
    assert isinstance(history, LinkHistory)
    assert (history.added, history.named) == (2, 2)
    counts = [(row.suggested, row.added) for row in history.rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0][0] > counts[0][1] >= 1


def test_the_report_says_since_when(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    show_measure(graph, "table", None)
    shown = capsys.readouterr().out
    assert "editors set 2 links between pages that were there; 2 of them" in " ".join(shown.split())
    assert "set since" in shown


def test_without_a_history_the_report_says_so(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")  # no git
    assert graph.link_history() is None
    show_measure(graph, "table", None)
    assert "no history in git" in capsys.readouterr().out
