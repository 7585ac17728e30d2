"""What goes wrong is told in plain words, with exit status 2, and nothing on the disk is changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.nutrigraph.command import COMMAND, Done, process, run
from tests.nutrigraph.few_terms import add_few_terms


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (entry for entry in folder.rglob("*") if entry.is_file())
    return {str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def refused(folder: Path, *arguments: str, given: str = "", how: Callable[..., Done] = run) -> str:
    """The message of a command that must fail and leave the folder as it was."""
    before = everything(folder)
    done = how(folder, *arguments, given=given)
    assert done.returncode == 2, f"{done.returncode}: {done.stdout} {done.stderr}"
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "bug in nutrigraph" not in done.stderr
    assert everything(folder) == before
    return done.stderr


def test_an_empty_folder(tmp_path: Path) -> None:
    assert "nutrigraph init" in refused(tmp_path, "build")
    assert "nutrigraph.toml" in refused(tmp_path, "search", "insulin")
    assert "nutrigraph.toml" in refused(tmp_path, "search", "insulin", "--project", "nowhere")


def test_a_project_without_pages(project: Path) -> None:
    for page in (project / "pages").iterdir():
        page.unlink()

    assert "pages" in refused(project, "build")


def test_a_folder_that_is_a_project_already(project: Path) -> None:
    assert "exists already" in refused(project, "init")


def test_an_unknown_key_with_its_near_miss(project: Path) -> None:
    settings = project / "nutrigraph.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("base_url", "base_ulr"), encoding="utf-8")

    message = refused(project, "build")
    assert "line 3" in message
    assert "base_url" in message


def test_a_vocabulary_with_a_syntax_error_names_file_and_line(project: Path) -> None:
    (project / "terms.ttl").write_text("@prefix ex: <http://e.org/> .\nex:a ex:b ex:c .\nex:a ex:b .\n")
    with (project / "nutrigraph.toml").open("a", encoding="utf-8") as settings:
        settings.write('[vocabulary]\nfiles = ["terms.ttl"]\n')

    assert "terms.ttl, line 3" in refused(project, "build")


def test_a_vocabulary_that_is_not_there(project: Path) -> None:
    with (project / "nutrigraph.toml").open("a", encoding="utf-8") as settings:
        settings.write('[vocabulary]\nfiles = ["gone.csv"]\n')

    assert "gone.csv" in refused(project, "build")


@pytest.mark.parametrize(
    "arguments",
    [("search", "x"), ("show", "x"), ("path", "a", "b"), ("statements",), ("mentions",), ("links",), ("gaps",),
     ("neighbours", "x"), ("query", "hedged"), ("map",), ("network",), ("export", "--format", "turtle")],
)  # fmt: skip
def test_a_graph_that_was_never_built(arguments: tuple[str, ...], project: Path) -> None:
    assert "nutrigraph build" in refused(project, *arguments)


def test_a_concept_that_does_not_exist_has_near_misses(built: Path) -> None:
    for command in ("show", "neighbours", "map"):
        message = refused(built, command, "insulinn")
        assert "Insulin" in message
    assert "Pancreas" in refused(built, "path", "pancreass", "insulin")


def test_a_sparql_error_names_its_place(built: Path) -> None:
    message = refused(built, "query", "-", given="SELECT * WHERE {\n  ?s ?p }")

    assert "line 2, column" in message
    assert "SERVICE" in refused(built, "query", "-", given="SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }")
    assert "only questions" in refused(built, "query", "-", given="DROP ALL")


def test_a_query_that_takes_too_long_is_stopped(built: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    assert "longer than 0.5 seconds" in refused(built, "query", "-", "--timeout", "0.5", given=slow, how=process)


def test_wrong_parameters_of_a_query(built: Path) -> None:
    assert "risk-factors" in refused(built, "query", "risk-factor")
    assert "concept" in refused(built, "query", "risk-factors")
    assert "concept" in refused(built, "query", "risk-factors", "--param", "cncept=insulin")
    assert "name=value" in refused(built, "query", "risk-factors", "--param", "insulin")
    assert "twice" in refused(built, "query", "risk-factors", "--param", "concept=a", "--param", "concept=b")


def test_mistyped_commands_options_and_pages(built: Path) -> None:
    assert '"search"' in refused(built, "serch", "x")
    assert "--format" in refused(built, "search", "x", "--formt", "json")
    assert "TEXT" in refused(built, "search")
    assert "pages/insulin.md" in refused(built, "statements", "--page", "pages/insuln.md")
    assert "pages/insulin.md" in refused(built, "mentions", "--page", "insulin.md")


def test_an_output_that_cannot_be_written(built: Path) -> None:
    assert "nowhere" in refused(built, "map", "-o", "nowhere/map.html")


@pytest.mark.parametrize("target", ["pages/insulin.md", "pages/../pages/new.TXT", "nutrigraph.toml", "review.tsv"])
def test_an_output_never_takes_the_place_of_a_source(target: str, built: Path) -> None:
    for command in (("map",), ("network",), ("export", "--format", "csv")):
        assert "Choose another file" in refused(built, *command, "-o", target)


def test_an_output_never_takes_the_place_of_a_vocabulary(project: Path) -> None:
    add_few_terms(project)
    assert run(project, "build").returncode == 0

    assert "Choose another file" in refused(project, "export", "--format", "skos", "-o", "few_terms.ttl")


def test_an_iri_that_is_not_in_the_graph(built: Path) -> None:
    concept = "concept=https://nope.example/x"
    assert "https://nope.example/x" in refused(built, "query", "treatments", "--param", concept)
    assert "https://nope.example/x" in refused(
        built, "query", "-", "--param", concept, given="SELECT * {\n#VALUES concept\n?concept ?p ?o }"
    )
    assert "'concept'" in refused(built, "query", "treatments", "--param", "concept=http://[")


def test_a_folder_that_is_not_the_demonstrations(tmp_path: Path, project: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear", encoding="utf-8")

    assert "not empty" in refused(tmp_path, "demo", "mine")
    assert "not empty" in refused(tmp_path, "demo", str(project))
    assert "letter.txt" in refused(tmp_path, "demo", "mine/letter.txt")


def test_a_page_that_cannot_be_read_is_left_out(project: Path) -> None:
    (project / "pages" / "latin.md").write_bytes("# Caf\u00e9".encode("latin-1"))
    (project / "pages" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    add_few_terms(project)
    done = run(project, "build")

    assert done.returncode == 0
    assert "pages/latin.md" in done.stderr
    assert "pages/picture.txt" in done.stderr
    assert "3 pages read" in done.stdout


def test_very_long_names_are_shown_in_part(built: Path) -> None:
    long = "x" * 100_000
    for command in (["show", long], ["query", long], ["query", "produced-by", "--param", f"concept={long}"]):
        message = refused(built, *command)
        assert message.startswith("No ")
        assert len(message) < 3000
    assert "File name too long" in refused(built, "show", "insulin", "--project", long)


@pytest.mark.skipif(sys.platform == "win32", reason="a way of the shells of Unix")
def test_streams_may_be_closed(built: Path) -> None:
    for closed, command, status in ((">&-", "show insulin", 0), ("2>&-", "show nothing", 2), ("<&-", "query -", 2)):
        line = f'"{COMMAND}" {command} {closed}'
        done = subprocess.run(["sh", "-c", line], cwd=built, capture_output=True, text=True, check=False)
        assert done.returncode == status
        assert "bug" not in done.stderr
        assert "Traceback" not in done.stderr
