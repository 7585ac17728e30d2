from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.nutrigraph.command import process, run
from tests.nutrigraph.few_terms import add_few_terms


def ask(folder: Path, *arguments: str, status: int = 0) -> str:
    done = run(folder, *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_a_sound_project_with_the_bundled_vocabulary_ends_with_status_0(project: Path) -> None:
    assert process(project, "build").returncode == 0
    done = process(project, "validate")

    assert (done.returncode, done.stdout) == (0, "Nothing is wrong.\n")
    assert "Traceback" not in done.stderr


def test_what_is_wrong_in_a_vocabulary_is_found_with_its_file(project: Path) -> None:
    add_few_terms(project)
    ask(project, "build")
    assert json.loads(ask(project, "validate", "--format", "json")) == []
    settings = (project / "nutrigraph.toml").read_text(encoding="utf-8")
    settings = settings.replace('"few_terms.ttl"', '"few_terms.ttl", "own.ttl"')
    (project / "nutrigraph.toml").write_text(settings, encoding="utf-8")
    (project / "own.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <https://e.org/> .\n"
        ':a a skos:Concept ; skos:prefLabel "A one"@en, "A two"@en ; skos:broader :b .\n'
        ':b a skos:Concept ; skos:prefLabel "B\\u0007"@en ; skos:broader :a .\n',
        encoding="utf-8",
    )
    ask(project, "build")

    found = json.loads(ask(project, "validate", "--format", "json", status=1))

    assert {(one["check"], one["severity"], one["source"]) for one in found} == {
        ("concept-one-label", "error", "own.ttl"),
        ("hierarchy-cycle", "error", "own.ttl"),
        ("label-unprintable", "error", "own.ttl"),
    }
    table = ask(project, "validate", "--format", "csv", "--severity", "info", status=1)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) > len(found)
    assert [row["check"] for row in rows if row["severity"] != "info"] == [one["check"] for one in found]
    shown = ask(project, "validate", status=1)
    assert "error: hierarchy-cycle (1)" in shown
    assert "own.ttl" in shown
    assert "\x07" not in shown


def test_before_the_first_build_it_says_what_to_do(project: Path) -> None:
    assert "nutrigraph build" in run(project, "validate").stderr
