"""What people type and what comes back, on a small project; and what only the process itself can show."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest

from nutrigraph.cli import commands
from tests.nutrigraph.command import COMMAND, process, run
from tests.nutrigraph.few_terms import add_few_terms

LINKS = ("links", "--min-probability", "0.05")
"""A site of three pages gives no reason to be surer of any link."""


def ask(folder: Path, *arguments: str, given: str = "", status: int = 0) -> str:
    done = run(folder, *arguments, given=given)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


def ask_json(folder: Path, *arguments: str) -> Any:
    return json.loads(ask(folder, *arguments, "--format", "json"))


def test_help_names_every_command(tmp_path: Path) -> None:
    shown = process(tmp_path, "--help").stdout

    assert process(tmp_path).stdout == shown
    for name in commands.commands:
        assert f"\n  {name} " in shown


def every_command() -> list[tuple[str, ...]]:
    """All commands as they are typed, those inside `review` too."""
    typed: list[tuple[str, ...]] = []
    for name, command in commands.commands.items():
        typed += [(name, part) for part in command.commands] if isinstance(command, click.Group) else [(name,)]
    return typed


@pytest.mark.parametrize("typed", every_command(), ids=" ".join)
def test_every_command_takes_the_project_and_explains_itself(typed: tuple[str, ...], tmp_path: Path) -> None:
    done = process(tmp_path, *typed, "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert "--project DIR" in done.stdout


def test_init_writes_a_project_that_can_be_built(tmp_path: Path) -> None:
    (tmp_path / "new" / "texts").mkdir(parents=True)
    (tmp_path / "new" / "texts" / "insulin.md").write_text("# Insulin\n\nInsulin is a hormone.\n", encoding="utf-8")

    ask(tmp_path, "init", "new", "--pages", "texts", "--title", 'My "own"')

    assert "1 pages read" in ask(tmp_path, "build", "--project", "new")
    assert "1 unchanged" in ask(tmp_path / "new" / "texts", "build")


def test_search_gives_names_with_what_matched(built: Path) -> None:
    hits = ask_json(built, "search", "insuln")

    assert hits[0]["label"] == "Insulin"
    assert set(hits[0]) >= {"id", "label", "matched", "score"}
    assert "Insulin" in ask(built, "search", "insuln")
    assert ask_json(built, "search", "qqqqqqqq") == []


def test_show_gives_one_object_with_its_relations(built: Path) -> None:
    card = ask_json(built, "show", "insulin")

    assert card["label"] == "Insulin"
    assert card["page"] == "pages/insulin.md"
    text = ask(built, "show", card["id"])
    assert "“Insulin is a hormone.”" in text
    assert "Ada Berg" in text


def test_path_gives_chains_with_a_sentence_for_each_step(built: Path) -> None:
    [best, *_] = ask_json(built, "path", "obesity", "type 2 diabetes")

    assert [node["label"] for node in best["nodes"]] == ["Obesity", "Insulin resistance", "Type 2 diabetes"]
    assert all(step["evidence"] for step in best["steps"])
    text = ask(built, "path", "obesity", "type 2 diabetes", "-k", "1")
    assert "“Insulin resistance causes type 2 diabetes.”" in text


def test_two_concepts_that_no_page_connects_are_not_stated(built: Path) -> None:
    assert ask(built, "path", "vitamin d", "insulin resistance").startswith("Not stated.")
    assert ask_json(built, "path", "vitamin d", "insulin resistance") == []


def test_neighbours_are_the_concepts_around_one(built: Path) -> None:
    around = ask_json(built, "neighbours", "insulin resistance")

    assert {"Obesity", "Type 2 diabetes"} <= {one["label"] for one in around["neighbours"]}
    assert "Obesity" in ask(built, "neighbours", "insulin resistance")


def test_queries_are_listed_and_each_is_a_query(built: Path) -> None:
    known = ask_json(built, "queries")

    assert len(known) >= 10
    assert set(known[0]) >= {"name", "title", "description", "for", "parameters", "example"}
    assert known[0]["name"] in ask(built, "queries")


def test_a_named_query_answers_in_the_standard_formats(built: Path) -> None:
    asked = ("query", "risk-factors", "--param", "concept=insulin resistance")
    answer = json.loads(ask(built, *asked, "--format", "json"))

    assert answer["results"]["bindings"][0]["factor"]["value"] == "Obesity"
    header = answer["head"]["vars"]
    assert ask(built, *asked, "--format", "csv").splitlines()[0] == ",".join(header)
    assert ask(built, *asked, "--format", "tsv").splitlines()[0] == "\t".join(f"?{name}" for name in header)
    assert ask(built, *asked, "--format", "xml").startswith("<?xml")
    assert "Obesity is a risk factor" in ask(built, *asked)


def test_what_no_page_says_is_answered_not_stated(built: Path) -> None:
    assert ask(built, "query", "risk-factors", "--param", "concept=vitamin d").startswith("Not stated")


def test_any_sparql_runs_from_a_file_and_from_standard_input(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "count.rq"
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s <https://w3id.org/nutrigraph/ontology#causes> ?o }"
    file.write_text(text, encoding="utf-8")

    assert ask(built, "query", str(file), "--format", "csv").split() == ["n", "1"]
    assert ask(built, "query", "-", "--format", "csv", given=text).split() == ["n", "1"]
    assert ask(built, "query", "-", given="ASK { ?s ?p ?o }") == "yes\n"
    made = ask(built, "query", "-", given="CONSTRUCT { ?s a ?s } WHERE { ?s ?p ?o } LIMIT 1")
    assert made.rstrip().endswith(".")


def test_statements_have_the_shape_that_scripts_rest_on(built: Path) -> None:
    statements = ask_json(built, "statements", "--page", "pages/insulin.md")
    source = (built / "pages" / "insulin.md").read_text(encoding="utf-8")

    assert statements
    for one in statements:
        evidence = one["evidence"]
        assert source[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert evidence["page"] == "pages/insulin.md"
        assert evidence["date"] == "2024-05-01"
        assert {"id", "subject", "predicate", "object", "modality", "status", "review", "flags"} <= set(one)
    about = ask_json(built, "statements", "--concept", "obesity")
    assert "risk_factor_for" in [one["predicate"]["name"] for one in about]
    assert "Obesity" in ask(built, "statements", "--concept", "obesity")


def test_mentions_are_slices_of_the_source(built: Path) -> None:
    mentions = ask_json(built, "mentions", "--page", "pages/insulin.md")
    source = (built / "pages" / "insulin.md").read_text(encoding="utf-8")

    assert {one["concept"]["label"] for one in mentions} >= {"Insulin", "Pancreas"}
    assert all(source[one["start"] : one["end"]] == one["surface"] for one in mentions)
    assert {one["in"] for one in mentions} == {"heading", "text"}
    assert "Pancreas" in ask(built, "mentions")


def test_checks_end_with_1_only_when_asked_to(built: Path) -> None:
    for command in (LINKS, ("gaps",)):
        assert ask_json(built, *command)
        assert ask(built, *command, "--check", status=1) == ask(built, *command)
    assert process(built, "gaps", "--check").returncode == 1


def test_csv_has_a_header_and_a_line_for_each_record(built: Path) -> None:
    for command in (("statements",), ("mentions",), LINKS, ("gaps",)):
        records = ask_json(built, *command)
        rows = list(csv.DictReader(io.StringIO(ask(built, *command, "--format", "csv"))))
        assert len(rows) == len(records)
        assert "page" in rows[0] or "evidence_page" in rows[0]


@pytest.mark.parametrize(
    "form", ["turtle", "trig", "nquads", "ntriples", "jsonld", "graphml", "kgx", "cytoscape", "csv"]
)
def test_exports_are_the_same_in_a_file_and_on_standard_output(form: str, built: Path, tmp_path: Path) -> None:
    shown = ask(built, "export", "--format", form)
    ask(built, "export", "--format", form, "-o", str(tmp_path / "out"))

    assert (tmp_path / "out").read_bytes().decode("utf-8").split() == shown.split()
    assert "nsulin" in shown


def test_map_and_network_are_written_whole(built: Path, tmp_path: Path) -> None:
    ask(built, "map", "insulin", "-o", str(tmp_path / "m.html"))
    ask(built, "network", "-o", str(tmp_path / "n.html"))

    assert {entry.name for entry in tmp_path.iterdir()} == {"m.html", "n.html"}
    for name in ("m.html", "n.html"):
        assert (tmp_path / name).read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_a_community_is_drawn_by_its_name_or_by_a_concept_in_it(built: Path, tmp_path: Path) -> None:
    community = ask_json(built, "overview")["communities"][0]
    for name in (community["name"], community["concepts"][0]["label"]):
        page = ask(built, "map", "--community", name, "-o", "-")
        drawn = re.findall(r'data-concept="([^"]*)"', page)
        assert set(drawn) == {concept["id"] for concept in community["concepts"][:28]}
    ask(built, "map", "--community", "no such thing", "-o", "-", status=2)
    ask(built, "map", "insulin", "--community", "insulin", "-o", "-", status=2)


def test_a_reader_that_stops_early_is_no_error(built: Path) -> None:
    line = f'"{COMMAND}" export --format nquads | head -1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], cwd=built, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_output_does_not_depend_on_the_terminals_encoding(built: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([COMMAND, "show", "insulin"], cwd=built, env=environment, capture_output=True, check=False)

    assert done.returncode == 0
    assert b"Insulin" in done.stdout


def test_labels_cannot_steer_the_terminal(project: Path) -> None:
    (project / "pages" / "evil.md").write_text(
        '---\ntitle: "Evil \\x1B[31m term \\u202E x"\n---\n\nIt is a hormone.\n', encoding="utf-8"
    )
    add_few_terms(project)
    ask(project, "build")

    for arguments in (("search", "evil"), ("gaps",), ("statements",), ("mentions",)):
        shown = ask(project, *arguments)
        assert not {"\x1b", "\u202e"} & set(shown)
