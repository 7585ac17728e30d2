"""The commands that list and add vocabularies."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from nutrigraph.cli import commands, main


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(commands, [*arguments, "--project", str(folder)], catch_exceptions=False)
    return result.stdout


def test_a_vocabulary_is_added_listed_and_used(project: Path) -> None:
    (project / "terms.csv").write_text("label,synonyms\nQuokka milk,milk of quokkas\n", encoding="utf-8")
    before = (project / "nutrigraph.toml").read_text(encoding="utf-8")

    assert "1 concepts with 2 names" in run(project, "vocabulary", "add", str(project / "terms.csv"))

    after = (project / "nutrigraph.toml").read_text(encoding="utf-8")
    assert after == before + '\n[vocabulary]\nfiles = ["terms.csv"]\n'
    listed = json.loads(run(project, "vocabulary", "list", "--format", "json"))
    assert listed[0] == {"vocabulary": "terms.csv", "kind": "file", "concepts": 1, "names": 2}
    assert [one["kind"] for one in listed] == ["file", "bundled"]
    assert "already" in run(project, "vocabulary", "add", str(project / "terms.csv"))
    assert (project / "nutrigraph.toml").read_text(encoding="utf-8") == after
    run(project, "build")
    assert "Quokka milk" in run(project, "search", "milk of quokkas")
    assert "terms.csv" in run(project, "vocabulary", "list")


def test_what_cannot_be_read_is_not_added(project: Path, tmp_path: Path) -> None:
    before = (project / "nutrigraph.toml").read_bytes()
    (project / "bad.ttl").write_text("@prefix a: <http://e.org/> .\na:b a:c .\n", encoding="utf-8")
    (tmp_path / "outside.csv").write_text("label\nOats\n", encoding="utf-8")
    (project / "terms.docx").write_text("x", encoding="utf-8")
    for file in (project / "bad.ttl", tmp_path / "outside.csv", project / "none.csv", project / "terms.docx"):
        assert main(["vocabulary", "add", str(file), "--project", str(project)]) == 2
    assert (project / "nutrigraph.toml").read_bytes() == before


def test_the_messages_say_what_to_do(project: Path, tmp_path: Path) -> None:
    (project / "bad.ttl").write_text("@prefix a: <http://e.org/> .\na:b a:c .\n", encoding="utf-8")
    (tmp_path / "outside.csv").write_text("label\nOats\n", encoding="utf-8")

    def said(file: Path) -> str:
        command = ["nutrigraph", "vocabulary", "add", str(file), "--project", str(project)]
        program = Path(sys.executable).with_name(command[0])
        return subprocess.run([program, *command[1:]], capture_output=True, encoding="utf-8", check=False).stderr

    assert "bad.ttl, line 2" in said(project / "bad.ttl")
    assert "Copy it there" in said(tmp_path / "outside.csv")
