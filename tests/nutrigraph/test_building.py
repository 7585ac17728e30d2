"""Builds: what is read again, what is not, and that the graph depends on nothing but the inputs."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from nutrigraph.building import BuildReport, build
from nutrigraph.errors import BusyError, ProjectError, SourceError
from nutrigraph.graph_builder.decisions import COLUMNS
from nutrigraph.ontology.namespaces import DECISIONS_GRAPH, INFERRED_GRAPH, NG, NGO, RDF
from nutrigraph.page_cache import PageCache
from nutrigraph.project import read_project
from nutrigraph.queries.edges import stated_edges
from nutrigraph.queries.path_index_writing import write_path_index
from nutrigraph.snapshots import Snapshot, building, current
from nutrigraph.store import Store
from tests.nutrigraph import few_terms

BASE = "https://www.example.org/glossary/"
PAGES = {
    "insulin.txt": "What is insulin?\n\nInsulin is a hormone. Beta cells produce insulin.\n",
    "beta-cell.md": "---\ntitle: Beta cell\n---\n\nA beta cell is a cell. Beta cells produce [insulin](insulin.txt).\n",
    "pancreas.md": "# Pancreas\n\nThe pancreas is an organ. Zebra milk is white. Beta cells produce insulin.\n",
    "zoo.md": "# Quokka milk\n\nNobody drinks this, and it says nothing about health.\n",
}
FACT = f"{{ <{NG}beta-cell> <{NGO}produces> <{NG}insulin> }}"
ASK_FACT = f"ASK {FACT}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path / "project")


def new_project(folder: Path) -> Path:
    (folder / "pages").mkdir(parents=True)
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    (folder / "nutrigraph.toml").write_text(
        f'[project]\ntitle = "Test"\nbase_url = "{BASE}"\n[[pages]]\npath = "pages"\n', encoding="utf-8"
    )
    few_terms.add_few_terms(folder)
    return folder


def change(project: Path, name: str, text: str) -> None:
    (project / "pages" / name).write_text(text, encoding="utf-8")


def built(project: Path) -> BuildReport:
    return build(read_project(project))


def snapshot(project: Path) -> Snapshot:
    return current(read_project(project).location)


def store(project: Path) -> Store:
    return snapshot(project).store()


def export(project: Path) -> bytes:
    return store(project).dump("nquads")


def clean_export(project: Path, folder: Path) -> bytes:
    """The export of the same inputs, built at once somewhere else."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".nutrigraph"))
    built(folder)
    return export(folder)


def decide(project: Path, decision: str) -> None:
    page = f"GRAPH <{BASE}insulin> {{ ?s <{RDF}object> <{NG}insulin> }}"
    row = store(project).rows(f"SELECT ?s {{ {page} }}")[0]
    id_ = str(row[0]).rpartition("-")[2]
    line = "\t".join([id_, "statement", *[""] * 5, decision, "Ann", "2024-05-01", ""])
    (project / "review.tsv").write_text("\t".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")


def test_the_first_build_reads_everything_and_the_next_nothing(project: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = build(read_project(project), lambda done, total: seen.append((done, total)))
    assert (report.pages_read, report.pages_kept, report.published) == (4, 0, True)
    assert seen == [(n, 4) for n in range(5)]
    again = built(project)
    assert (again.pages_read, again.pages_kept, again.published) == (0, 4, False)
    assert (again.statements, again.mentions) == (report.statements, report.mentions)
    assert report.statements >= 3
    assert report.content_hash == again.content_hash == snapshot(project).name


def test_a_fact_on_three_pages_counts_once(project: Path) -> None:
    built(project)
    graph = store(project)
    said = graph.rows(
        f"PREFIX rdf: <{RDF}> SELECT ?page "
        f"{{ GRAPH ?page {{ ?s rdf:subject <{NG}beta-cell> ; rdf:object <{NG}insulin> }} }}"
    )
    assert {row[0] for row in said} == {BASE + name for name in ("insulin", "beta-cell", "pancreas")}
    assert graph.rows(f"SELECT (COUNT(*) AS ?n) {FACT}") == [("1",)]


def test_a_fact_stays_while_one_page_says_it(project: Path) -> None:
    built(project)
    for name in ("insulin.txt", "beta-cell.md"):
        change(project, name, "# Something\n\nNothing to say.\n")
    built(project)
    assert store(project).ask(ASK_FACT)
    change(project, "pancreas.md", "# Pancreas\n\nBeta cells do not produce insulin. Beta cells may produce insulin.\n")
    built(project)
    assert not store(project).ask(ASK_FACT)


def test_a_changed_body_reads_one_page(project: Path, tmp_path: Path) -> None:
    built(project)
    change(project, "pancreas.md", "# Pancreas\n\nThe pancreas is a gland.\n")
    report = built(project)
    assert (report.pages_read, report.pages_kept) == (1, 3)
    assert export(project) == clean_export(project, tmp_path / "clean")


def test_a_new_title_reads_the_pages_that_contain_its_words(project: Path, tmp_path: Path) -> None:
    built(project)
    change(project, "zebra.md", "# Zebra milk\n\nThis is what foals drink.\n")
    report = built(project)
    assert report.pages_read == 2  # the page itself, and the pancreas page
    mentions = f"ASK {{ GRAPH <{BASE}pancreas> {{ ?p <https://schema.org/mentions> <{BASE}concept/zebra-milk> }} }}"
    assert store(project).ask(mentions)
    assert export(project) == clean_export(project, tmp_path / "clean")
    (project / "pages" / "zebra.md").unlink()
    change(project, "zoo.md", "# Quokka milk\n\nSomebody drinks this.\n")
    report = built(project)
    assert (report.pages_read, report.pages_removed, report.pages_kept) == (2, 1, 2)
    assert not store(project).ask(mentions)
    assert export(project) == clean_export(project, tmp_path / "clean")


def test_a_new_name_in_a_vocabulary_reads_the_pages_that_contain_its_words(project: Path, tmp_path: Path) -> None:
    built(project)
    (project / "terms.csv").write_text("label,synonyms\nWhite fluid,zebra milk|something else\n", encoding="utf-8")
    settings = project / "nutrigraph.toml"
    settings.write_text(settings.read_text().replace("files = [", 'files = ["terms.csv", '))
    assert built(project).pages_read == 1
    assert export(project) == clean_export(project, tmp_path / "clean")


def test_a_decision_reads_no_page(project: Path, tmp_path: Path) -> None:
    built(project)
    for name in ("beta-cell.md", "pancreas.md"):
        (project / "pages" / name).unlink()
    built(project)
    assert store(project).ask(ASK_FACT)
    decide(project, "reject")
    report = built(project)
    assert (report.pages_read, report.pages_kept, report.published) == (0, 2, True)
    assert not store(project).ask(ASK_FACT)
    status = f"ASK {{ GRAPH <{DECISIONS_GRAPH}> {{ ?s <{NGO}status> <{NGO}rejected> ; <{NGO}decidedBy> 'Ann' }} }}"
    assert store(project).ask(status)
    assert export(project) == clean_export(project, tmp_path / "clean")
    (project / "review.tsv").unlink()
    built(project)
    assert store(project).ask(ASK_FACT)


def test_what_contradicts_a_reviewed_statement_is_held(project: Path) -> None:
    change(project, "no.md", "# No\n\nBeta cells do not produce insulin.\n")
    built(project)
    negated = f"GRAPH <{BASE}no> {{ ?s <{NGO}modality> <{NGO}negated> }}"
    held = f"GRAPH <{DECISIONS_GRAPH}> {{ ?s <{NGO}status> <{NGO}held> }}"
    assert store(project).ask(f"ASK {{ {negated} }}")
    assert not store(project).ask(f"ASK {{ {held} }}")
    decide(project, "accept")
    built(project)
    assert store(project).ask(f"ASK {{ {negated} {held} }}")
    assert store(project).ask(ASK_FACT)


def test_paths_are_made_of_what_the_graph_holds(project: Path, tmp_path: Path) -> None:
    change(project, "no.md", "# No\n\nBeta cells do not produce insulin. Glucagon may raise blood glucose levels.\n")
    built(project)
    decide(project, "accept")
    built(project)
    claims = [(edge.triple, claim) for edge in stated_edges(store(project), held=True) for claim in edge.claims]
    assert {claim.status for _, claim in claims} >= {"published", "hedged"}
    assert {claim.reviewed for _, claim in claims} == {True, False}
    write_path_index(tmp_path / "index", claims, store(project), {})
    assert tables(snapshot(project).paths_path) == tables(tmp_path / "index")


def tables(index: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(index)) as connection:
        return [list(connection.execute(f"SELECT * FROM {name}")) for name in ("concept", "claim", "link")]


def test_the_opposite_of_a_reviewed_statement_is_held(project: Path) -> None:
    change(project, "up.md", "# Up\n\nGlucagon raises blood glucose levels.\n")
    change(project, "down.md", "# Down\n\nGlucagon lowers blood glucose levels.\n")
    built(project)
    (row,) = store(project).rows(f"SELECT ?s {{ GRAPH <{BASE}up> {{ ?s <{NGO}modality> <{NGO}asserted> }} }}")
    line = [str(row[0]).rpartition("-")[2], "statement", *[""] * 5, "accept", "Ann", "2024-05-01", ""]
    (project / "review.tsv").write_text("\t".join(COLUMNS) + "\n" + "\t".join(line) + "\n", encoding="utf-8")
    built(project)
    held = f"GRAPH <{DECISIONS_GRAPH}> {{ ?s <{NGO}status> <{NGO}held> }} GRAPH ?page {{ ?s <{RDF}object> ?object }}"
    assert [str(page) for (page,) in store(project).rows(f"SELECT ?page {{ {held} }}")] == [f"{BASE}down"]


def test_going_back_to_the_build_before_reads_nothing(project: Path) -> None:
    built(project)
    first = export(project)
    change(project, "insulin.txt", "Insulin is something else.\n")
    built(project)
    change(project, "insulin.txt", PAGES["insulin.txt"])
    report = built(project)
    assert (report.pages_read, report.published) == (0, True)
    assert export(project) == first


def test_a_page_that_cannot_be_read_is_left_out(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("# Outside\n", encoding="utf-8")
    (project / "pages" / "link.md").symlink_to(outside)
    (project / "pages" / "latin.txt").write_bytes(b"caf\xe9")
    (project / "pages" / "binary.md").write_bytes(b"\0\1\2\3" * 100)
    (project / "pages" / ".hidden.md").write_text("# Hidden\n", encoding="utf-8")
    (project / "pages" / "picture.png").write_bytes(b"\x89PNG")
    report = built(project)
    assert [path for path, _ in report.left_out] == ["pages/binary.md", "pages/latin.txt", "pages/link.md"]
    assert all(reason for _, reason in report.left_out)
    assert report.pages_read == 4
    assert built(project).left_out == report.left_out
    change(project, "latin.txt", "Coffee is a drink.\n")
    assert built(project).pages_read == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_among_the_pages_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "pages" / "pipe.md")
    ((path, reason),) = built(project).left_out
    assert path == "pages/pipe.md"
    assert "pipe" in reason


def test_of_two_pages_with_one_address_the_first_is_built(project: Path, tmp_path: Path) -> None:
    change(project, "insulin.md", "# Insulin\n\nInsulin is a protein.\n")
    report = built(project)
    ((path, reason),) = report.left_out
    assert path == "pages/insulin.txt"
    assert "pages/insulin.md" in reason
    assert report.pages_read == 4
    (project / "pages" / "insulin.md").unlink()
    report = built(project)
    assert (report.pages_read, report.left_out) == (1, ())
    assert export(project) == clean_export(project, tmp_path / "clean")


def test_pages_are_about_concepts(project: Path) -> None:
    change(project, "quokka.md", "---\ntitle: Quokka milk\naliases: [Beuteltiermilch]\n---\n\nText.\n")
    change(project, "known.md", "---\ntitle: The sugar of the blood\naliases: [glucose]\n---\n\nText.\n")
    (project / "pages" / "blog").mkdir()
    (project / "pages" / "blog" / "news.md").write_text("# News of today\n\nText.\n", encoding="utf-8")
    settings = project / "nutrigraph.toml"
    settings.write_text(settings.read_text() + '[[pages]]\npath = "pages/blog"\nkind = "article"\n')
    built(project)
    with PageCache.open(snapshot(project).pages_path) as cache:
        pages = {page.path.removeprefix("pages/"): page for page in cache.pages()}
    about = {name: page.about for name, page in pages.items()}
    assert about["insulin.txt"] == NG + "insulin"
    assert about["known.md"] == NG + "glucose"
    assert about["quokka.md"] == BASE + "concept/quokka-milk"
    assert about["zoo.md"] == BASE + "concept/quokka-milk-2"
    assert about["blog/news.md"] is None
    assert pages["blog/news.md"].iri == BASE + "news"
    alt = f"ASK {{ <{BASE}concept/quokka-milk> <http://www.w3.org/2004/02/skos/core#altLabel> ?n }}"
    assert store(project).ask(alt)


def test_hyperlinks_follow_the_pages(project: Path, tmp_path: Path) -> None:
    built(project)
    links = f"SELECT ?t {{ GRAPH ?g {{ <{BASE}beta-cell> <http://purl.org/dc/terms/references> ?t }} }}"
    assert store(project).rows(links) == [(BASE + "insulin",)]
    with PageCache.open(snapshot(project).pages_path) as cache:
        (link,) = next(page for page in cache.pages() if page.path == "pages/beta-cell.md").hyperlinks
    assert PAGES["beta-cell.md"][link.start : link.end] == "insulin"
    (project / "pages" / "insulin.txt").unlink()
    assert built(project).pages_read == 0
    assert store(project).rows(links) == [(BASE + "insulin.txt",)]
    assert export(project) == clean_export(project, tmp_path / "clean")


def test_two_builds_at_once_are_refused(project: Path) -> None:
    with building(read_project(project).location), pytest.raises(BusyError):
        built(project)
    assert built(project).published


def test_bad_inputs_change_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    (project / "review.tsv").write_text("what\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"review\.tsv, line 1"):
        built(project)
    (project / "review.tsv").unlink()
    settings = project / "nutrigraph.toml"
    text = settings.read_text()
    (project / "bad.ttl").write_text("@prefix a: <http://e.org/> .\na:b a:c .\n", encoding="utf-8")
    settings.write_text(text.replace("few_terms.ttl", "bad.ttl"))
    with pytest.raises(SourceError, match=r"bad\.ttl, line 2"):
        built(project)
    (project / "bad.ttl").unlink()
    settings.write_text(text.replace('path = "pages"', 'path = "texts"'))
    with pytest.raises(ProjectError, match="texts"):
        built(project)
    assert sorted(project.rglob("*")) == before


def test_a_folder_without_pages_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "nutrigraph.toml").write_text(
        f'[project]\nbase_url = "{BASE}"\n[[pages]]\npath = "pages"\n', encoding="utf-8"
    )
    with pytest.raises(ProjectError, match=r"no pages in pages.*\.md"):
        built(tmp_path)


def test_a_damaged_snapshot_does_not_stand_in_the_way(project: Path, tmp_path: Path) -> None:
    built(project)
    shutil.rmtree(snapshot(project).store_path)
    change(project, "insulin.txt", "Insulin is a protein.\n")
    assert built(project).pages_read == 4
    assert export(project) == clean_export(project, tmp_path / "clean")


@pytest.mark.parametrize("damage", ["names.sqlite", "pages.sqlite", "store/*.sst", "store/CURRENT", "manifest.json"])
def test_a_damaged_graph_is_noticed_and_built_anew(project: Path, tmp_path: Path, damage: str) -> None:
    built(project)
    expected = export(project)
    for file in snapshot(project).folder.glob(damage):
        data = file.read_bytes()
        file.unlink()  # what other snapshots link to stays
        file.write_bytes(data[: len(data) // 2].replace(b"a", b"b"))
    report = built(project)
    assert report.pages_read == len(PAGES)
    assert export(project) == expected
    assert built(project).pages_read == 0


CHILD = """
import sys
from pathlib import Path
from nutrigraph.building import build
from nutrigraph.project import read_project
print("ready", flush=True)
report = build(read_project(Path(sys.argv[1])))
"""


def start_build(project: Path) -> subprocess.Popen[bytes]:
    """A build in a process of its own, which has just begun."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(project)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def test_twenty_killed_builds_damage_nothing(project: Path, tmp_path: Path) -> None:
    built(project)
    with start_build(new_project(tmp_path / "measured")) as child:
        began = time.monotonic()
        child.wait()
        whole = time.monotonic() - began
    moments = random.Random(20)
    killed = 0
    for number in range(20):
        change(project, "insulin.txt", PAGES["insulin.txt"] + f"\nZebra milk number {number} is white.\n")
        change(project, "zebra.md", f"# Zebra milk {number % 3}\n\nIt is a drink.\n")
        with start_build(project) as child:
            time.sleep(moments.uniform(0, whole))
            child.kill()
            killed += child.wait() != 0
        graph = store(project)
        assert len(graph.dump("nquads").splitlines()) == len(graph)
        assert graph.ask(ASK_FACT)
        with PageCache.open(snapshot(project).pages_path) as cache:
            assert len(cache.pages()) in (4, 5)
    assert killed
    built(project)
    assert export(project) == clean_export(project, tmp_path / "elsewhere")
    left = list((project / ".nutrigraph" / "snapshots").iterdir())
    assert len(left) <= 2
    assert all(Snapshot(folder).complete for folder in left)


def test_the_order_of_hashes_in_memory_changes_nothing(project: Path, tmp_path: Path) -> None:
    exports = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        shutil.copytree(project, folder)
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        subprocess.run(
            [sys.executable, "-c", CHILD, str(folder)], check=True, stdout=subprocess.DEVNULL, env=environment
        )
        exports.add(export(folder))
    assert len(exports) == 1


def inferred(project: Path) -> set[tuple[str | None, ...]]:
    graph = f"GRAPH <{INFERRED_GRAPH}>"
    return set(store(project).rows(f"SELECT ?s ?p ?o {{ {graph} {{ ?s ?p ?o FILTER(STRSTARTS(STR(?p), '{NGO}')) }} }}"))


def test_what_follows_from_facts_stands_in_a_graph_of_its_own(project: Path) -> None:
    change(project, "parts.md", "# Parts\n\nThe pancreatic islets are part of the pancreas.\n")
    change(project, "cells.md", "# Cells\n\nBeta cells are part of the pancreatic islets.\n")
    built(project)
    follows = (NG + "beta-cell", NGO + "part_of", NG + "pancreas")

    assert follows in inferred(project)
    triple = " ".join(f"<{iri}>" for iri in follows)
    assert not store(project).ask(f"ASK {{ {triple} }}")  # the default graph holds what is stated
    query = f"ASK {{ GRAPH ?g {{ ?x <{RDF}subject> <{follows[0]}> ; <{RDF}object> <{follows[2]}> }} }}"
    assert not store(project).ask(query)

    change(project, "cells.md", "# Cells\n\nBeta cells may be part of the pancreatic islets.\n")
    built(project)
    assert follows not in inferred(project)
    assert export(project) == clean_export(project, project.parent / "clean")
