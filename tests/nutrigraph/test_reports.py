"""Reports and decisions on the command line: HTML, SARIF, checks with limits, and taking decisions over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nutrigraph.graph_builder.decisions import COLUMNS
from tests.nutrigraph.command import run


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project in a folder of a repository."""
    root = tmp_path_factory.mktemp("repository")
    (root / ".git").mkdir()
    shutil.copytree(built, root / "docs" / "glossary")
    return root / "docs" / "glossary"


@pytest.mark.parametrize("command", ["gaps", "links"])
def test_html_and_sarif(site: Path, command: str) -> None:
    html = run(site, command, "--format", "html", "-o", "report.html")
    assert (html.returncode, html.stdout) == (0, "")
    assert (site / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    log = json.loads(run(site, command, "--format", "sarif").stdout)
    found = json.loads(run(site, command, "--format", "json").stdout)
    results = log["runs"][0]["results"]
    assert {one["partialFingerprints"]["nutrigraph/v1"] for one in results} == {one["id"] for one in found}
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert uris <= {"docs/glossary/nutrigraph.toml", *(f"docs/glossary/{page}" for page in pages(site))}


@pytest.mark.parametrize(("command", "shape"), [("gaps", "csv"), ("gaps", "table"), ("links", "json")])
def test_every_format_goes_into_a_file(site: Path, command: str, shape: str) -> None:
    written = run(site, command, "--format", shape, "-o", "out")
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "Wrote out.\n")
    assert (site / "out").read_text(encoding="utf-8") == run(site, command, "--format", shape).stdout


def test_what_does_not_go_together_is_said(site: Path) -> None:
    assert "--fix writes into the pages" in run(site, "links", "--fix", "-o", "out").stderr
    assert run(site, "links", "--measure", "--format", "csv").returncode == 2


def test_a_report_never_takes_the_place_of_a_page(site: Path) -> None:
    page = next((site / "pages").iterdir())
    before = page.read_bytes()
    done = run(site, "gaps", "--format", "html", "-o", str(page))
    assert done.returncode == 2
    assert "is a source of the project" in done.stderr
    assert page.read_bytes() == before


def pages(site: Path) -> list[str]:
    return [str(path.relative_to(site)) for path in (site / "pages").iterdir()]


def test_check_with_limits(site: Path) -> None:
    found = json.loads(run(site, "gaps", "--format", "json").stdout)
    warnings = sum(one["severity"] == "warning" for one in found)
    assert warnings
    assert not any(one["severity"] == "error" for one in found)
    assert run(site, "gaps", "--check").returncode == 1
    assert run(site, "gaps", "--check", "--fail-on", "error").returncode == 0
    assert run(site, "gaps", "--check", "--fail-on", "warning", "--allow", str(warnings)).returncode == 0
    assert run(site, "gaps", "--check", "--fail-on", "warning", "--allow", str(warnings - 1)).returncode == 1
    assert run(site, "gaps", "--check", "--kind", "dead-link").returncode == 0
    wrong = run(site, "gaps", "--kind", "dead-lnk")
    assert wrong.returncode == 2
    assert 'Did you mean "dead-link"?' in wrong.stderr


def test_decisions_of_a_report_are_taken_over_once(site: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(site, project)
    gap = json.loads(run(project, "gaps", "--format", "json").stdout)[0]
    pair = json.loads(run(project, "related", "--min-probability", "0", "--format", "json").stdout)[0]
    rows = [
        (gap["id"], "gap", gap["page"] or "", "", gap["kind"], "", "", "silence", "Ann", "2026-01-02", "on purpose"),
        (
            pair["id"],
            "relation",
            "",
            pair["subject"]["label"],
            "",
            pair["object"]["label"],
            "",
            "reject",
            "Ann",
            "",
            "",
        ),
    ]
    file = tmp_path / "decisions.tsv"
    file.write_text("\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    assert "2 decisions added" in run(project, "review", "import", str(file)).stderr
    assert "0 decisions added" in run(project, "review", "import", str(file)).stderr
    assert gap["id"] not in run(project, "gaps", "--format", "csv").stdout
    assert pair["id"] not in run(project, "related", "--min-probability", "0", "--format", "csv").stdout
    before = (project / "review.tsv").read_bytes()
    file.write_text("id\tkind\n1\tgap\n", encoding="utf-8")
    wrong = run(project, "review", "import", str(file))
    assert wrong.returncode == 2
    assert "decisions.tsv" in wrong.stderr
    assert (project / "review.tsv").read_bytes() == before


def test_related_by_the_command(site: Path) -> None:
    shown = run(site, "related", "insulin", "--min-probability", "0")
    assert shown.returncode == 0
    assert "Insulin – " in shown.stdout
    assert run(site, "related", "no such thing").returncode == 2


def test_deciding_on_a_relation(site: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(site, project)
    pair = json.loads(run(project, "related", "--min-probability", "0", "--format", "json").stdout)[0]
    decided = run(project, "review", "reject", pair["id"], "--by", "Ann")
    assert (decided.returncode, decided.stderr) == (0, f"Rejected by Ann: relation {pair['id']}.\n")
    assert pair["id"] not in run(project, "related", "--min-probability", "0", "--format", "csv").stdout
